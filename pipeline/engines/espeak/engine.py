"""The host's side of espeak-ng: a Session is one worker process (processes.py), taken or started for it."""

from collections.abc import Sequence
from difflib import get_close_matches
from threading import Lock
from typing import TypeVar

from pipeline.engines.contract import Capabilities, Concurrency, NoOptions, Voice
from pipeline.engines.espeak.processes import Worker, give_back, greeting, take_worker
from pipeline.engines.espeak.protocol import (
    Failed,
    LibraryVoice,
    Pronounce,
    Pronounced,
    Request,
    SetVoice,
    Speak,
    Spoken,
)
from pipeline.engines.marks import word_marks
from pipeline.engines.notation import Notation
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, Timing, VoiceSettings

Wanted = TypeVar("Wanted", Spoken, Pronounced)

SAMPLE_RATE = 22050

_LICENCE = "GPL-3.0-or-later"


class EspeakEngine:
    """espeak-ng 1.52 from the espeakng-loader wheel. Voices are language tags, with a variant: "en-gb", "en-us+f3"."""

    name = "espeak"
    capabilities = Capabilities(
        concurrency=Concurrency.PROCESS,
        is_deterministic=True,
        is_network=False,
        max_chars=100_000,
        timing=Timing.EXACT,
        notation=Notation.ESPEAK,
    )
    Options = NoOptions

    def __init__(self, options: NoOptions | None = None) -> None:
        """Nothing is set; what there is to say is said by the voice's name."""

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - one library and its data speak all voices
        """The library's version, and that of the wheel that brings library and data."""
        from importlib.metadata import version  # noqa: PLC0415 - the worker loads this module too, and it is slow

        return f"{greeting().version}, espeakng-loader {version('espeakng-loader')}"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """That of the library and its data."""
        return _LICENCE

    def voices(self) -> tuple[Voice, ...]:
        """One voice a language tag, by tag."""
        return tuple(
            Voice(name=voice.language, language=voice.language, label=voice.label, quality="draft", licence=_LICENCE)
            for voice in _by_language(greeting().voices).values()
        )

    def open(self, settings: VoiceSettings) -> "EspeakSession":
        """A worker process that speaks with ``settings.name``.

        Raises:
            EngineUnavailable: the library does not start here.
            VoiceNotFound: no voice has that language tag, or no such variant.
        """
        voices = greeting().voices
        worker = take_worker(SetVoice(_find_voice(settings.name, voices), settings.pace_wpm))
        if worker is None:
            raise _voice_not_found(settings.name, voices)
        return EspeakSession(worker)


class EspeakSession:
    """One voice in one worker process."""

    def __init__(self, worker: Worker) -> None:
        self._worker: Worker | None = worker
        self._lock = Lock()
        self._is_asking = False

    def speak(self, text: str) -> Clip:
        """The sound of ``text`` with a mark a word. Text without a letter or digit gives an empty Clip."""
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=SAMPLE_RATE)
        answer = self._ask(Speak(_sendable(text)), kind=Spoken, text=text)
        starts = [(word.char_start, word.sample) for word in answer.words]
        return Clip(
            pcm=answer.pcm,
            sample_rate=SAMPLE_RATE,
            marks=word_marks(text, starts, sample_count=len(answer.pcm) // 2),
        )

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How the voice says each of ``texts``, in IPA with the stress before the vowel; all of them in one go."""
        return self._ask(Pronounce(tuple(map(_sendable, texts))), kind=Pronounced, text=", ".join(texts)).ipa

    def close(self) -> None:
        """End what the worker is doing; one that does nothing waits for the next Session of its voice."""
        with self._lock:
            worker, self._worker = self._worker, None
            is_idle = not self._is_asking
        if worker is None:
            return
        if is_idle:
            give_back(worker)
        else:
            worker.close()

    def _ask(self, request: Request, *, kind: type[Wanted], text: str) -> Wanted:
        """The worker's answer. Raises EngineError if there is none of that kind, or the Session is closed."""
        with self._lock:
            worker = self._worker
            if worker is None:
                raise EngineError("the session with espeak-ng is closed", cure="open another one", utterance=text)
            self._is_asking = True
        try:
            answer = worker.ask(request)
        except BaseException:  # its answer would be taken for that to the next question
            self._leave(worker)
            raise
        finally:
            with self._lock:
                self._is_asking = False
        if answer is None:
            self._leave(worker)
        if not isinstance(answer, kind):
            raise worker.failure(answer.what if isinstance(answer, Failed) else "no answer came back", text)
        return answer

    def _leave(self, worker: Worker) -> None:
        """Nobody is to use a worker that is gone."""
        with self._lock:
            self._worker = None
        worker.close()


def _sendable(text: str) -> str:
    """``text``, as long as before, without what ends a C string or is no character (half of a surrogate pair)."""
    return text.replace("\0", " ").encode(errors="replace").decode()


def _by_language(voices: Sequence[LibraryVoice]) -> dict[str, LibraryVoice]:
    """The first voice of each language tag, sorted by tag: a tag is what people know."""
    first: dict[str, LibraryVoice] = {}
    for voice in voices:
        first.setdefault(voice.language, voice)
    return dict(sorted(first.items()))


def _find_voice(name: str, voices: Sequence[LibraryVoice]) -> str:
    language, plus, variant = name.partition("+")
    found = _by_language(voices).get(language.lower())
    if found is None:
        raise _voice_not_found(name, voices)
    return found.identifier + plus + variant


def _voice_not_found(name: str, voices: Sequence[LibraryVoice]) -> VoiceNotFound:
    names = list(_by_language(voices))
    near = get_close_matches(name.lower(), names, n=4) or [tag for tag in names if tag.startswith("en")]
    return VoiceNotFound(
        f'espeak has no voice "{name}"',
        cure=f"set [voice] name in show.toml to one of: {', '.join(near)}",
    )
