"""Floor 3, between the Script and an Engine: the spoken text in the engine's own notation, and the way back. Pure.

Where the lexicon gives the exact sound of a name, an engine that can be told so gets it in its own signs; any other
gets the spoken text as it is, in which the name is respelled. Marks come back in characters of what the engine was
given, and are carried back to the spoken text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from html import escape

from msgspec import Struct

from pipeline.engines.marks import word_marks
from pipeline.engines.mnemonics import UnknownSound, mnemonics_of
from pipeline.errors import EngineError
from pipeline.model import Mark, MarkKind, SpokenForm, Timing, Utterance
from pipeline.patterns import regex


class Notation(Enum):
    """How an engine is told the exact sound of a name.

    PLAIN: not at all. ESPEAK: espeak-ng's mnemonics in double brackets. IPA: IPA in double brackets, as the lexicon
    has it. SSML: ``<phoneme alphabet="ipa">``; the spoken text already is what ``<sub alias>`` would hold, so that it
    is not needed.
    Source: W3C SSML 1.1, section 3.1.10; espeak-ng 1.52, docs/markup.md and docs/phonemes.md.
    """

    PLAIN = "plain"
    ESPEAK = "espeak"
    IPA = "ipa"
    SSML = "ssml"


class Piece(Struct, frozen=True):
    """Characters ``start`` to ``end`` of the spoken text, and ``text``, which the engine is given for them."""

    start: int
    end: int
    text: str


class Rendered(Struct, frozen=True):
    """The ``pieces`` of an utterance in an engine's notation, in order; together they cover its spoken text."""

    spoken: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What the engine is given."""
        return "".join(piece.text for piece in self.pieces)


_APOSTROPHE = regex(r"['’]s?(?!\w)", re.IGNORECASE)
_WORD = regex(r"\S+")
_BRACKET = regex(r"[\[\]]")
#: What people write around a transcription, and what would end one.
_IPA_BRACKET = regex(r"[\[\]/]")
#: Sounds after which the English s is a syllable, and those after which it has no voice.
_HISSING = ("s", "z", "ʃ", "ʒ", "ʂ", "ʐ", "ɕ", "ʑ", "ʧ", "ʤ", "ʦ", "ʣ")
_VOICELESS = ("p", "t", "k", "q", "f", "θ", "x", "χ", "ʈ", "c", "ɸ", "ħ")
#: What XML 1.0 cannot hold, section 2.2.
_NOT_XML = regex(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(utterance: Utterance, notation: Notation, *, language: str) -> Rendered:
    """The spoken text of ``utterance`` as an engine of this ``notation`` takes it; ``language`` is a BCP 47 tag.

    Raises:
        EngineError: espeak-ng's English has no sound for a sign of the lexicon's IPA (nor for any other language),
            and the lexicon gives no respelling beside it.
    """
    if notation is Notation.SSML:
        pieces = [
            Piece(0, 0, "<speak>"),
            *_ssml(utterance),
            Piece(len(utterance.spoken), len(utterance.spoken), "</speak>"),
        ]
    elif notation is Notation.ESPEAK:
        pieces = list(_espeak(utterance, language))
    elif notation is Notation.IPA:
        pieces = list(_ipa(utterance, language))
    else:
        pieces = [Piece(0, len(utterance.spoken), utterance.spoken)]
    return Rendered(utterance.spoken, tuple(piece for piece in pieces if piece.text))


def carry_back(marks: Sequence[Mark], rendered: Rendered, *, sample_count: int) -> tuple[Mark, ...]:
    """``marks`` in characters of the spoken text instead of the rendered one: one a word, as `word_marks` says.

    Marks of phonemes have no place in the spoken text and are left out.
    """
    if rendered.text == rendered.spoken or not marks:
        return tuple(marks)
    ends = _text_ends(rendered)
    known = [mark for mark in marks if mark.kind is MarkKind.WORD and mark.timing is not Timing.INTERPOLATED]
    starts = [(_spoken_offset(mark.char_start, rendered, ends=ends), mark.sample_start) for mark in known]
    timing = known[0].timing if known else Timing.EXACT
    return word_marks(rendered.spoken, starts, sample_count=sample_count, timing=timing)


def _text_ends(rendered: Rendered) -> list[int]:
    """Where each piece ends in the rendered text."""
    ends = [0]
    for piece in rendered.pieces:
        ends.append(ends[-1] + len(piece.text))
    return ends[1:]


def _spoken_offset(offset: int, rendered: Rendered, *, ends: list[int]) -> int:
    """The character of the spoken text that the rendered character ``offset`` stands for."""
    number = bisect_right(ends, offset)
    if number == len(ends):
        return len(rendered.spoken)
    piece = rendered.pieces[number]
    into = offset - (ends[number] - len(piece.text))
    return piece.start + (into if len(piece.text) == piece.end - piece.start else 0)


def _ssml(utterance: Utterance) -> Iterator[Piece]:
    """Character by character where escaping makes one longer, so that every mark finds its way back."""
    at = 0
    for form in [*_with_ipa(utterance), None]:
        until = len(utterance.spoken) if form is None else form.spoken_start
        for found in re.finditer(r"[&<>]|[^&<>]+", _NOT_XML.sub(" ", utterance.spoken[at:until])):
            yield Piece(at + found.start(), at + found.end(), escape(found[0], quote=False))
        if form is not None:
            written = escape(_NOT_XML.sub(" ", utterance.spoken[form.spoken_start : form.spoken_end]), quote=False)
            sound = escape(_NOT_XML.sub(" ", form.ipa.strip().strip("/[]")))
            yield Piece(form.spoken_start, form.spoken_end, f'<phoneme alphabet="ipa" ph="{sound}">{written}</phoneme>')
            at = form.spoken_end


def _espeak(utterance: Utterance, language: str) -> Iterator[Piece]:
    spoken, at = utterance.spoken, 0
    for form in _with_ipa(utterance):
        words = _mnemonics(utterance, form, language=language)
        if words:
            yield Piece(at, form.spoken_start, _without_brackets(spoken[at : form.spoken_start]))
            at = _end_with_s(spoken, form)
            yield from _bracketed(words, form, utterance=utterance, end=at)
    yield Piece(at, len(spoken), _without_brackets(spoken[at:]))


def _ipa(utterance: Utterance, language: str) -> Iterator[Piece]:
    """A single bracket of the text is a blank too: beside a sound it would be one of its brackets."""
    spoken, at = utterance.spoken, 0
    is_english = language.partition("-")[0].lower() == "en"
    for form in _with_ipa(utterance):
        words = [] if is_english and _is_better_respelled(utterance, form) else _IPA_BRACKET.sub(" ", form.ipa).split()
        if words:
            yield Piece(at, form.spoken_start, _BRACKET.sub(" ", spoken[at : form.spoken_start]))
            at = _end_with_s(spoken, form) if is_english else form.spoken_end
            if at > form.spoken_end and spoken[at - 1] in "sS":
                words[-1] += _sound_of_s(words[-1])
            yield from _worded(words, start=form.spoken_start, end=at, spoken=spoken)
    yield Piece(at, len(spoken), _BRACKET.sub(" ", spoken[at:]))


def _is_better_respelled(utterance: Utterance, form: SpokenForm) -> bool:
    """Whether English lacks a sound of its IPA, and the lexicon gives a respelling beside it."""
    if utterance.spoken[form.spoken_start : form.spoken_end] == utterance.display[form.start : form.end]:
        return False
    try:
        mnemonics_of(form.ipa)
    except UnknownSound:
        return True
    return False


def _sound_of_s(word: str) -> str:
    """How English says the s after ``word``, which is in IPA."""
    decomposed = unicodedata.normalize("NFD", word)
    letters = "".join(sign for sign in decomposed if unicodedata.category(sign) in {"Ll", "Lo"})
    if letters.endswith(_HISSING):
        return "ɪz"
    return "s" if letters.endswith(_VOICELESS) else "z"


def _with_ipa(utterance: Utterance) -> list[SpokenForm]:
    return [form for form in utterance.forms if form.ipa.strip()]


def _without_brackets(text: str) -> str:
    """Brackets that are doubled in the text itself are no mnemonics: blanks, so that nothing moves."""
    return text.replace("[[", "  ")


def _mnemonics(utterance: Utterance, form: SpokenForm, *, language: str) -> tuple[str, ...]:
    """The form's words in mnemonics; none where its respelling is said instead."""
    written = utterance.display[form.start : form.end]
    is_respelled = utterance.spoken[form.spoken_start : form.spoken_end] != written
    if language.partition("-")[0].lower() == "en":
        try:
            return mnemonics_of(form.ipa)
        except UnknownSound as error:
            why = f"English has no sound for {error}"
    else:
        why = f"espeak-ng is told sounds in English only, and this is {language}"
    if is_respelled:
        return ()
    raise EngineError(
        f'the ipa "{form.ipa}" of “{written}” cannot be said: {why}',
        cure=f'mend the ipa of “{written}” in lexicon.toml, or give the entry a respelling too: say = "..."',
        utterance=utterance.spoken,
    )


def _bracketed(words: tuple[str, ...], form: SpokenForm, *, utterance: Utterance, end: int) -> Iterator[Piece]:
    """The mnemonics, set apart: espeak-ng says nothing at all of what follows a quotation mark without a blank.

    Where IPA and text have the same number of words, each is a piece of its own, so that each has its mark.
    """
    spoken, start = utterance.spoken, form.spoken_start
    if end > form.spoken_end and spoken[end - 1] in "sS":
        words = (*words[:-1], f"{words[-1]}|z/2")  # becomes s, z or ɪz by what stands before it
    if start and not spoken[start - 1].isspace():
        yield Piece(start, start, " ")
    yield from _worded(words, start=start, end=end, spoken=spoken)
    if spoken[end : end + 1].isalnum():
        yield Piece(end, end, " ")


def _worded(words: Sequence[str], *, start: int, end: int, spoken: str) -> Iterator[Piece]:
    """``words`` in double brackets, for ``start`` to ``end`` of ``spoken``: a piece a word where both have as many."""
    places = [found.span() for found in _WORD.finditer(spoken, start, end)]
    if len(places) != len(words):
        yield Piece(start, end, " ".join(f"[[{word}]]" for word in words))
        return
    for word, (first, last) in zip(words, places, strict=True):
        yield Piece(start, first, spoken[start:first])
        yield Piece(first, last, f"[[{word}]]")
        start = last


def _end_with_s(spoken: str, form: SpokenForm) -> int:
    """Where the form ends with the possessive that follows it: its sound belongs to the word."""
    found = _APOSTROPHE.match(spoken, form.spoken_end)
    return found.end() if found else form.spoken_end
