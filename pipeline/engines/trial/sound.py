"""The trial, of what a Session gives: Clips, their marks, and phonemes."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

from pipeline.engines.contract import FASTEST_CHARS_PER_S, Engine, Session
from pipeline.engines.notation import Notation
from pipeline.engines.trial.promise import (
    OTHER,
    SENTENCE,
    ContractBroken,
    failure_of,
    given,
    given_with_a_name,
    opened,
    require,
    shown,
)
from pipeline.errors import EngineError
from pipeline.model import Clip, Mark, MarkKind, Timing, VoiceSettings
from pipeline.patterns import regex
from pipeline.trimming import trimmed

BLANK = ("", "   ", "\n", "...", "—", "“”", "?!", "\u200b")
ODD = (
    "a\0b c",
    "naïve Łódź Ærø 北京 Київ",
    "word " * 400,
    "[[phonemes]] <b>&amp; </speak>",
    "half \ud800 a pair",
    "line\r\none\ttwo\x07three",
    "100 % of €5 — or so…",
)
WORDS = tuple(f"{one}{two}" for one in ("Ost", "Cal", "Rey", "Tom", "Zab") for two in ("rava", "der", "lich", "orya"))

#: A letter that takes longer is no speech, and the sample rate is likely not the true one.
_LONGEST_LETTER_S = 2
_RATES_HZ = (8_000, 192_000)

_BEST_FIRST = (Timing.EXACT, Timing.ALIGNED, Timing.INTERPOLATED)
#: From blank to blank; whether a control character is one, engines see in two ways, and no article has any.
_WORDS = (regex(r"\S+"), regex(r"[^\s\x00-\x1f\x7f]+"))


def clips_are_sound_of_a_plausible_length(engine: Engine, voice: VoiceSettings) -> None:
    """Whole samples of 16 bits at a rate that a loudspeaker knows, and as long as somebody would take to say it."""
    with opened(engine, voice) as session:
        for text in (SENTENCE, OTHER, "No."):
            require_sound(session.speak(given(text, engine)), text)


def marks_lie_on_the_words(engine: Engine, voice: VoiceSettings) -> None:
    """One mark a word or none at all, in order, without overlap, inside text and clip, no better than declared."""
    with opened(engine, voice) as session:
        for text in (given(SENTENCE, engine), given("Yes", engine)):
            clip = session.speak(text)
            _require_marks(clip, text, engine=engine)
            require(
                bool(_of_words(clip)) is (engine.capabilities.timing is not None),
                "an engine that declares a timing marks words, and one that declares none does not",
                seen=f"timing is {engine.capabilities.timing}, and {shown(text)} has {len(clip.marks)} marks",
            )
        for text in (given_with_a_name(engine), *(given(odd, engine) for odd in ODD)):
            with suppress(EngineError):  # what may be refused is another check's business
                _require_marks(session.speak(text), text, engine=engine)


def exact_sounds_of_names_are_taken(engine: Engine, voice: VoiceSettings) -> None:
    """A name in the notation that the engine declares is spoken like any other text."""
    with opened(engine, voice) as session:
        text = given_with_a_name(engine)
        try:
            require_some_sound(session.speak(text), text)
        except EngineError as error:
            raise ContractBroken(
                f"text in the notation that is declared, {engine.capabilities.notation.value}, is spoken",
                seen=f"for {shown(text)} {failure_of(error)}",
            ) from error


def text_without_a_word_is_no_sound(engine: Engine, voice: VoiceSettings) -> None:
    """Blank text and mere punctuation give an empty Clip and no error, and the Session goes on."""
    with opened(engine, voice) as session:
        for text in BLANK:
            promise = "text without a letter or digit gives a clip without samples and marks"
            try:
                clip = session.speak(given(text, engine))
            except EngineError as error:
                raise ContractBroken(promise, seen=f"for {shown(text)} {failure_of(error)}") from error
            require(
                not clip.pcm and not clip.marks,
                promise,
                seen=f"{shown(text)} has {clip.sample_count} and {len(clip.marks)}",
            )
        require_some_sound(session.speak(given(SENTENCE, engine)), SENTENCE)


def odd_text_is_spoken_or_refused(engine: Engine, voice: VoiceSettings) -> None:
    """Signs of every kind become sound or a clear EngineError, and the Session speaks on after them."""
    with opened(engine, voice) as session:
        for text in ODD:
            _speak_or_refuse(session, text, engine=engine)
            require_some_sound(session.speak(given(SENTENCE, engine)), SENTENCE)


def the_same_text_gives_the_same_bytes(engine: Engine, voice: VoiceSettings) -> None:
    """In any Session, cold or warm, whatever was said before; for engines that declare it."""
    if not engine.capabilities.is_deterministic:
        return
    text = given(SENTENCE, engine)
    clips = []
    for warm_up in ("", "Something else before it.", "A third thing, longer than the others, to stir its state."):
        with opened(engine, voice) as session:
            session.speak(given(warm_up, engine))
            clips += [session.speak(text) for _ in range(2)]
    require(
        all(clip == clips[0] for clip in clips),
        "a deterministic engine gives the same clip for the same text",
        seen=f"{len(set(clips))} different clips of {len(clips)} came back",
    )


def phonemes_stand_alone(engine: Engine, voice: VoiceSettings) -> None:
    """One text of IPA for each, on one line, the same whatever was asked before it, and never an error."""
    texts = ["The vote is over. Nobody won.", *WORDS, "", "...", "a\0b", "\ud800b", "北京", "x" * 1000]
    texts = [given(text, engine) for text in texts]
    with opened(engine, voice) as session:
        together = session.phonemes(texts)
        require(
            len(together) == len(texts) and session.phonemes([]) == (),
            "phonemes come one for each text",
            seen=f"{len(together)} came for {len(texts)}",
        )
        backwards = session.phonemes(texts[::-1])[::-1]
        alone = tuple(session.phonemes([text])[0] for text in texts)
    _require_the_same(texts, together, other=backwards)
    _require_the_same(texts, together, other=alone)
    require(not any("\n" in ipa for ipa in together), "phonemes are one line", seen=ascii("".join(together))[:80])


def phonemes_change_no_sound(engine: Engine, voice: VoiceSettings) -> None:
    """What is asked between two utterances is not heard; for engines that say the same thing twice."""
    if not engine.capabilities.is_deterministic:
        return
    text = given(SENTENCE, engine)
    with opened(engine, voice) as session:
        before = {session.speak(text) for _ in range(2)}
        session.phonemes([given(word, engine) for word in WORDS])
        after = session.speak(text)
    # Where it already was another each time, that is what another check says.
    require(
        after in before or len(before) > 1,
        "asking for phonemes changes no sound",
        seen="the clip after it is another one",
    )


def require_sound(clip: Clip, text: str) -> None:
    """Nothing, if ``clip`` can be the sound of ``text``. Raises ContractBroken."""
    lowest, highest = _RATES_HZ
    require(
        lowest <= clip.sample_rate <= highest,
        f"the sample rate is that of the samples, {lowest} to {highest} Hz",
        seen=f"{clip.sample_rate} Hz came with {shown(text)}",
    )
    require(
        len(clip.pcm) % 2 == 0,
        "pcm is whole samples of two bytes",
        seen=f"{len(clip.pcm)} bytes came for {shown(text)}",
    )
    letters = sum(character.isalnum() for character in text)
    lasts, sounds = (part.sample_count / part.sample_rate for part in (clip, trimmed(clip)))
    require(
        letters / FASTEST_CHARS_PER_S <= sounds and lasts <= letters * _LONGEST_LETTER_S,
        "a clip is as long as its text takes to say, and not silent",
        seen=f"{lasts:.2f} s, {sounds:.2f} s of them sound, came for {letters} letters, {shown(text)}",
    )


def require_some_sound(clip: Clip, text: str) -> None:
    """Nothing, if something is to be heard. Raises ContractBroken."""
    require(any(clip.pcm), "text with a letter or digit is heard", seen=f"{shown(text)} is silence")


def _require_marks(clip: Clip, text: str, *, engine: Engine) -> None:
    """Nothing, if the marks of ``clip`` can be those of ``text``. Raises ContractBroken."""
    for kind in MarkKind:
        marks = [mark for mark in clip.marks if mark.kind is kind]
        for mark in marks:
            _require_inside(mark, clip, text=text)
        require(
            all(a.sample_end <= b.sample_start and a.char_start <= b.char_start for a, b in pairwise(marks)),
            "marks come in order and do not overlap",
            seen=f"{shown(text)} has {[(mark.sample_start, mark.sample_end) for mark in marks]}",
        )
    _require_timing(clip.marks, engine.capabilities.timing)
    # Where the text is SSML, blanks stand inside its tags too.
    if engine.capabilities.notation is not Notation.SSML and _of_words(clip):
        marked = [text[mark.char_start : mark.char_end] for mark in _of_words(clip)]
        words = [pattern.findall(text) for pattern in _WORDS]
        require(marked in words, "one mark lies on each word, from blank to blank", seen=f"{marked} for {words[0]}")


def _speak_or_refuse(session: Session, text: str, *, engine: Engine) -> None:
    """What an engine cannot say it refuses, with words; anything else that it raises is a fault of it."""
    try:
        clip = session.speak(given(text, engine))
    except EngineError as error:
        require(error.what and error.cure, "a refusal says why, and what to do about it", seen=repr(error))
    else:
        require_some_sound(clip, text)


def _require_the_same(texts: Sequence[str], ipa: Sequence[str], *, other: Sequence[str]) -> None:
    for text, one, two in zip(texts, ipa, other, strict=True):
        require(
            one == two,
            "phonemes do not depend on what else is asked",
            seen=f"{shown(text)} is {one!r} among others and {two!r} otherwise",
        )


def _require_inside(mark: Mark, clip: Clip, *, text: str) -> None:
    require(
        0 <= mark.char_start <= mark.char_end <= len(text) and 0 <= mark.sample_start <= mark.sample_end,
        "a mark lies inside the text",
        seen=f"{mark} in {shown(text)}, which has {len(text)} characters",
    )
    require(
        mark.sample_end <= clip.sample_count,
        "a mark lies inside the clip",
        seen=f"{mark} in a clip of {clip.sample_count} samples",
    )


def _require_timing(marks: Sequence[Mark], declared: Timing | None) -> None:
    allowed = () if declared is None else _BEST_FIRST[_BEST_FIRST.index(declared) :]
    better = [mark for mark in marks if mark.kind is MarkKind.WORD and mark.timing not in allowed]
    require(not better, f"no mark is better than the timing that is declared, {declared}", seen=f"{better[:1]}")


def _of_words(clip: Clip) -> list[Mark]:
    return [mark for mark in clip.marks if mark.kind is MarkKind.WORD]
