"""The host's side of espeak-ng: a Session is one worker process and the pipes to it."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from threading import Thread
from typing import IO

from pipeline.engines.contract import Capabilities, Concurrency, NoOptions, Voice
from pipeline.engines.espeak.protocol import (
    Answer,
    Failed,
    Greeting,
    LibraryVoice,
    Pronounce,
    Pronounced,
    Ready,
    Request,
    SetVoice,
    Speak,
    Spoken,
    decode_answer,
    encode,
)
from pipeline.engines.marks import word_marks
from pipeline.engines.notation import Notation
from pipeline.errors import EngineError, EngineUnavailable, VoiceNotFound
from pipeline.frames import read_frame, write_frame
from pipeline.model import Clip, Timing, VoiceSettings

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

        return f"{_greeting().version}, espeakng-loader {version('espeakng-loader')}"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """That of the library and its data."""
        return _LICENCE

    def voices(self) -> tuple[Voice, ...]:
        """One voice a language tag, by tag."""
        return tuple(
            Voice(name=voice.language, language=voice.language, label=voice.label, quality="draft", licence=_LICENCE)
            for voice in _by_language(_greeting().voices).values()
        )

    def open(self, settings: VoiceSettings) -> "EspeakSession":
        """A worker process that speaks with ``settings.name``.

        Raises:
            EngineUnavailable: the library does not start here.
            VoiceNotFound: no voice has that language tag, or no such variant.
        """
        voices = _greeting().voices
        request = SetVoice(_find_voice(settings.name, voices), settings.pace_wpm)
        worker = _Worker()
        if isinstance(worker.ask(request), Ready):
            return EspeakSession(worker)
        worker.close()
        raise _voice_not_found(settings.name, voices)


class EspeakSession:
    """One voice in one worker process."""

    def __init__(self, worker: "_Worker") -> None:
        self._worker = worker

    def speak(self, text: str) -> Clip:
        """The sound of ``text`` with a mark a word. Text without a letter or digit gives an empty Clip."""
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=SAMPLE_RATE)
        answer = self._worker.ask(Speak(_sendable(text)))
        if not isinstance(answer, Spoken):
            raise self._worker.failure(answer.what if isinstance(answer, Failed) else "no sound came back", text)
        starts = [(word.char_start, word.sample) for word in answer.words]
        return Clip(
            pcm=answer.pcm,
            sample_rate=SAMPLE_RATE,
            marks=word_marks(text, starts, sample_count=len(answer.pcm) // 2),
        )

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How the voice says each of ``texts``, in IPA with the stress before the vowel; all of them in one go."""
        answer = self._worker.ask(Pronounce(tuple(map(_sendable, texts))))
        if not isinstance(answer, Pronounced):
            what = answer.what if isinstance(answer, Failed) else "no phonemes came back"
            raise self._worker.failure(what, ", ".join(texts))
        return answer.ipa

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        self._worker.close()


class _Worker:
    """The process, its greeting, and the last lines it printed."""

    def __init__(self) -> None:
        if not hasattr(os, "fork"):
            raise EngineUnavailable(
                "espeak-ng speaks in forked processes, which this system does not have",
                cure="run audio-edition on Linux or macOS (on Windows: in WSL)",
            )
        self._process = subprocess.Popen(
            # -P: nothing is imported from the current folder, which is the user's.
            [sys.executable, "-P", "-m", "pipeline.engines.espeak.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # a group of its own, so that its copies end with it, and Ctrl-C is ours alone
        )
        self._printed: deque[bytes] = deque(maxlen=20)
        self._listener = Thread(target=self._listen, args=(self._stream(self._process.stderr),), daemon=True)
        self._listener.start()
        greeting = self._receive()
        if not isinstance(greeting, Greeting):
            self.close()
            raise EngineUnavailable(
                "espeak-ng does not start here",
                cure="reinstall its library: pip install --force-reinstall espeakng-loader",
                stderr=self._last_lines(),
            )
        self.greeting = greeting

    def ask(self, request: Request) -> Answer | None:
        """The worker's answer, None if it is gone."""
        try:
            write_frame(self._stream(self._process.stdin), encode(request))
        except (BrokenPipeError, ValueError):
            return None
        return self._receive()

    def failure(self, what: str, text: str) -> EngineError:
        """The error of an utterance that was not spoken."""
        shown = text if len(text) <= 60 else text[:57] + "..."
        return EngineError(
            f'espeak-ng could not say "{shown}": {what}',
            cure="say it differently in the article or in lexicon.toml",
            utterance=text,
            stderr=self._last_lines(),
        )

    def close(self) -> None:
        """Kill the process and free its pipes."""
        if self._process.returncode is None:  # its number is still its own: nobody waited for it yet
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            self._stream(stream).close()

    def _receive(self) -> Answer | None:
        try:
            frame = read_frame(self._stream(self._process.stdout))
        except ValueError:  # closed from another thread
            return None
        return None if frame is None else decode_answer(frame)

    def _listen(self, stream: IO[bytes]) -> None:
        self._printed.extend(stream)

    def _last_lines(self) -> str:
        return b"".join(self._printed).decode(errors="replace").strip()

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None  # noqa: S101 - all three are pipes by construction
        return stream


def _sendable(text: str) -> str:
    """``text``, as long as before, without what ends a C string or is no character (half of a surrogate pair)."""
    return text.replace("\0", " ").encode(errors="replace").decode()


@cache
def _greeting() -> Greeting:
    worker = _Worker()
    worker.close()
    return worker.greeting


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
