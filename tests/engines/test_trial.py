"""The trial itself: each of these engines breaks one promise of the contract, and the check of that promise says so."""

import time
from collections.abc import Sequence
from itertools import count
from threading import Lock

import pytest
from msgspec import Struct
from msgspec.structs import replace

from pipeline.engines import Concurrency, Notation, Voice
from pipeline.engines.tone import ToneEngine, ToneSession
from pipeline.engines.trial import CHECKS, ContractBroken, try_engine
from pipeline.errors import EngineError, EngineUnavailable, VoiceNotFound
from pipeline.model import Clip, Timing, VoiceSettings

TONE = VoiceSettings(engine="tone", name="low")


class Mended(ToneSession):
    """What the broken ones are made of: one voice, one pace, and a chance to spoil what it gives."""

    def __init__(self, engine: "Spoilt") -> None:
        super().__init__(lowest_hz=110, letter=1000)
        self.engine = engine

    def speak(self, text: str) -> Clip:
        return self.spoil(super().speak(text), text)

    def spoil(self, clip: Clip, text: str) -> Clip:
        return clip


class Spoilt(ToneEngine):
    """The tone engine with Sessions of another kind."""

    Session: type[Mended] = Mended
    buffer = ""

    def open(self, settings: VoiceSettings) -> ToneSession:
        super().open(settings).close()
        return self.Session(self)


class MarkAfterTheEnd(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            marks = tuple(replace(mark, sample_end=mark.sample_end + 1) for mark in clip.marks[-1:])
            return replace(clip, marks=clip.marks[:-1] + marks)


class MarkOutsideTheText(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            marks = tuple(replace(mark, char_end=mark.char_end + 1) for mark in clip.marks[-1:])
            return replace(clip, marks=clip.marks[:-1] + marks)


class MarksBackwards(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            times = [(mark.sample_start, mark.sample_end) for mark in reversed(clip.marks)]
            marks = zip(clip.marks, times, strict=True)
            return replace(clip, marks=tuple(replace(mark, sample_start=a, sample_end=b) for mark, (a, b) in marks))


class WordWithoutAMark(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, marks=clip.marks[:2] + clip.marks[3:])


class MarksBetterThanDeclared(Spoilt):
    capabilities = replace(ToneEngine.capabilities, timing=Timing.ALIGNED)


class MarksThoughNoneAreDeclared(Spoilt):
    capabilities = replace(ToneEngine.capabilities, timing=None)


class NoMarksThoughDeclared(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, marks=())


class NoRate(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, sample_rate=0)


class FarTooLong(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, pcm=clip.pcm + bytes(2 * 10 * clip.sample_rate)) if clip.pcm else clip


class HalfASample(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, pcm=clip.pcm + b"\1" if clip.pcm else b"")


class OnlyTheFirstWord(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            first = 2 * clip.marks[0].sample_end if clip.marks else 0
            return replace(clip, pcm=clip.pcm[:first] + bytes(len(clip.pcm) - first))


class SilentOnOddText(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return clip if text.isascii() else Clip(pcm=b"", sample_rate=clip.sample_rate)


class SaysNothingAfterANul(Spoilt):
    class Session(Mended):
        is_stuck = False

        def spoil(self, clip: Clip, text: str) -> Clip:
            self.is_stuck = self.is_stuck or "\0" in text
            return Clip(pcm=b"", sample_rate=clip.sample_rate) if self.is_stuck else clip


class FallsOverHalfASurrogatePair(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            text.encode()
            return clip


class NotTheNotationItDeclares(Spoilt):
    capabilities = replace(ToneEngine.capabilities, notation=Notation.ESPEAK)

    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            if "[[" in text:
                raise EngineError("it cannot say [[", cure="leave it out")
            return clip


class BlankIsAnError(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            if not clip.pcm and text == "...":
                raise EngineError("there is nothing to say", cure="say something")
            return clip


class BlankIsALittleSilence(Spoilt):
    class Session(Mended):
        def spoil(self, clip: Clip, text: str) -> Clip:
            return clip if clip.pcm else replace(clip, pcm=bytes(200))


class ColdOrWarm(Spoilt):
    class Session(Mended):
        calls = 0

        def spoil(self, clip: Clip, text: str) -> Clip:
            self.calls += 1
            return replace(clip, pcm=clip.pcm + bytes(2 * self.calls if clip.pcm else 0))


class HeardPhonemes(Spoilt):
    class Session(Mended):
        is_stirred = False

        def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
            self.is_stirred = True
            return super().phonemes(texts)

        def spoil(self, clip: Clip, text: str) -> Clip:
            return replace(clip, pcm=clip.pcm + b"\1\0") if self.is_stirred and clip.pcm else clip


class PhonemesRememberWhatWasAsked(Spoilt):
    class Session(Mended):
        asked = 0

        def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
            self.asked += 1
            return tuple("ə" * self.asked + ipa for ipa in super().phonemes(texts))


class PhonemesForWhatIsNotBlank(Spoilt):
    class Session(Mended):
        def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
            return super().phonemes([text for text in texts if text])


class AnyVoiceWillDo(Spoilt):
    def open(self, settings: VoiceSettings) -> ToneSession:
        return self.Session(self)


class VoiceNotFoundAndNoMore(Spoilt):
    def open(self, settings: VoiceSettings) -> ToneSession:
        try:
            return super().open(settings)
        except VoiceNotFound as error:
            raise VoiceNotFound("there is no such voice", cure="ask for another one") from error


class TwoInOneBuffer(Spoilt):
    class Session(Mended):
        def speak(self, text: str) -> Clip:
            self.engine.buffer = text
            time.sleep(0.02)
            return super().speak(self.engine.buffer)


class SpeaksAfterItsEnd(Spoilt):
    class Session(Mended):
        is_over = False

        def speak(self, text: str) -> Clip:
            self.is_over = self.is_over or len(text) > 1000
            return super().speak(text)

        def close(self) -> None:
            if self.is_over:
                super().close()


class ClosedOnceOnly(Spoilt):
    class Session(Mended):
        def close(self) -> None:
            if self._closed.is_set():
                raise EngineError("it is closed already", cure="close it once")
            super().close()


class SpeaksToTheEnd(Spoilt):
    class Session(Mended):
        def speak(self, text: str) -> Clip:
            if len(text) > 1000 * len("word "):
                time.sleep(4)
            return super().speak(text)


class CloseWaitsForTheEnd(Spoilt):
    class Session(Mended):
        def __init__(self, engine: Spoilt) -> None:
            super().__init__(engine)
            self.lock = Lock()

        def speak(self, text: str) -> Clip:
            with self.lock:
                if len(text) > 1000 * len("word "):
                    time.sleep(4)
                return super().speak(text)

        def close(self) -> None:
            with self.lock:
                super().close()


class VersionOfTheMoment(Spoilt):
    moments = count()

    def version(self, settings: VoiceSettings) -> str:
        return str(next(self.moments))


class NoVersion(Spoilt):
    def version(self, settings: VoiceSettings) -> str:
        return ""


class VersionAfterAWhile(Spoilt):
    def version(self, settings: VoiceSettings) -> str:
        time.sleep(0.1)
        return "1"


class VersionWithTheKey(Spoilt):
    def version(self, settings: VoiceSettings) -> str:
        return "1, harbour-12345678"


class VoicesTwice(Spoilt):
    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in super().voices() for _ in range(2))


class VoicesOfNoLanguage(Spoilt):
    def voices(self) -> tuple[Voice, ...]:
        return tuple(replace(voice, language="") for voice in super().voices())


class NoLicence(Spoilt):
    def licence(self, settings: VoiceSettings) -> str:
        return None  # type: ignore[return-value]  # that is what is wrong with it


class ManyAtOnceAndNobodyKnowsHowMany(Spoilt):
    capabilities = replace(ToneEngine.capabilities, concurrency=Concurrency.ASYNC)


class OptionsThatTakeAnything(Spoilt):
    class Options(Struct, frozen=True):
        """Unknown keys are not refused."""


BROKEN: dict[type[Spoilt], set[str]] = {
    MarkAfterTheEnd: {"marks_lie_on_the_words"},
    MarkOutsideTheText: {"marks_lie_on_the_words"},
    MarksBackwards: {"marks_lie_on_the_words"},
    WordWithoutAMark: {"marks_lie_on_the_words"},
    MarksBetterThanDeclared: {"marks_lie_on_the_words"},
    MarksThoughNoneAreDeclared: {"marks_lie_on_the_words"},
    NoMarksThoughDeclared: {"marks_lie_on_the_words"},
    NoRate: {"clips_are_sound_of_a_plausible_length"},
    FarTooLong: {"clips_are_sound_of_a_plausible_length"},
    HalfASample: {"clips_are_sound_of_a_plausible_length"},
    OnlyTheFirstWord: {"clips_are_sound_of_a_plausible_length"},
    SilentOnOddText: {"odd_text_is_spoken_or_refused"},
    SaysNothingAfterANul: {"odd_text_is_spoken_or_refused"},
    FallsOverHalfASurrogatePair: {"odd_text_is_spoken_or_refused", "marks_lie_on_the_words"},
    NotTheNotationItDeclares: {"exact_sounds_of_names_are_taken"},
    BlankIsAnError: {"text_without_a_word_is_no_sound"},
    BlankIsALittleSilence: {"text_without_a_word_is_no_sound"},
    ColdOrWarm: {"the_same_text_gives_the_same_bytes"},
    HeardPhonemes: {"phonemes_change_no_sound"},
    PhonemesRememberWhatWasAsked: {"phonemes_stand_alone"},
    PhonemesForWhatIsNotBlank: {"phonemes_stand_alone"},
    AnyVoiceWillDo: {"an_unknown_voice_is_refused_with_the_nearest_names"},
    VoiceNotFoundAndNoMore: {"an_unknown_voice_is_refused_with_the_nearest_names"},
    TwoInOneBuffer: {"two_sessions_speak_at_once"},
    SpeaksAfterItsEnd: {"a_closed_session_stays_closed"},
    ClosedOnceOnly: {"a_closed_session_stays_closed"},
    SpeaksToTheEnd: {"close_ends_a_running_call"},
    CloseWaitsForTheEnd: {"close_ends_a_running_call"},
    VersionOfTheMoment: {"version_can_stand_in_a_cache_key"},
    NoVersion: {"version_can_stand_in_a_cache_key"},
    VersionAfterAWhile: {"version_can_stand_in_a_cache_key"},
    VersionWithTheKey: {"version_can_stand_in_a_cache_key"},
    VoicesTwice: {"voices_can_be_told_apart"},
    VoicesOfNoLanguage: {"voices_can_be_told_apart"},
    NoLicence: {"licence_is_told"},
    ManyAtOnceAndNobodyKnowsHowMany: {"capabilities_hold_together"},
    OptionsThatTakeAnything: {"options_refuse_what_they_do_not_know"},
}


def test_what_the_broken_engines_are_made_of_is_sound() -> None:
    assert try_engine(Spoilt(), TONE) == ()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_promise_is_caught_by_the_check_of_it(broken: type[Spoilt], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_API_KEY", "harbour-12345678")
    failures = try_engine(broken(), TONE)
    assert {failure.partition(":")[0] for failure in failures} == BROKEN[broken], failures
    assert not any("harbour-12345678" in failure for failure in failures)


def test_every_check_is_seen_to_catch_something() -> None:
    assert {check.__name__ for check in CHECKS} == {name for names in BROKEN.values() for name in names}


def test_a_broken_promise_says_what_was_promised_and_what_was_seen() -> None:
    (check,) = (check for check in CHECKS if check.__name__ == "clips_are_sound_of_a_plausible_length")
    with pytest.raises(ContractBroken, match=r"the sample rate is that of the samples.*; 0 Hz came with") as caught:
        check(NoRate(), TONE)
    assert not isinstance(caught.value, EngineError)


def test_an_engine_that_is_not_there_cannot_be_tried() -> None:
    class Missing(Spoilt):
        def open(self, settings: VoiceSettings) -> ToneSession:
            raise EngineUnavailable("it is not installed", cure="install it")

    with pytest.raises(EngineUnavailable, match="install it"):
        try_engine(Missing(), TONE)
