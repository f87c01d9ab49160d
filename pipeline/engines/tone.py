"""An engine that says nothing: every word is a tone of its own. For tests, and for trying a show without a voice.

It needs no library beside numpy and no model, says an hour in seconds, and knows to the sample where its words lie.
"""

import hashlib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from threading import Event
from typing import ClassVar

import numpy as np
from msgspec import Struct

from pipeline.engines.contract import Capabilities, Concurrency, NoOptions, Voice
from pipeline.engines.marks import word_marks
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, Timing, VoiceSettings
from pipeline.patterns import regex

SAMPLE_RATE = 24_000

_LICENCE = "CC0-1.0"

#: The lowest tone of each voice in Hz, and how many whole hertz above it there are to choose from.
_LOWEST_HZ = {"high": 600, "low": 200}
_RANGE_HZ = 2000

_AMPLITUDE = 8000
#: What is made at a time: close() waits for no more than that.
_PIECE_S = 1
#: Each tone swells and fades for so long, so that none begins with a click.
_FADE_S = 0.004
#: The word of "words a minute": five letters, and the silence after it, which is as long as a letter.
_LETTERS_OF_A_WORD = 5

_WORD = regex(r"\S+")


class ToneEngine:
    """Tones for words. Voices are "high" and "low"; the same word is the same tone wherever it stands."""

    name = "tone"
    capabilities = Capabilities(
        concurrency=Concurrency.FREE,
        is_deterministic=True,
        is_network=False,
        max_chars=100_000,
        timing=Timing.EXACT,
    )
    Options: ClassVar[type[Struct]] = NoOptions

    def __init__(self, options: NoOptions | None = None) -> None:
        """Nothing is set."""

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - one way of making tones for all voices
        """That of the tones: raised when they change."""
        return "1"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """Nobody has rights in a tone."""
        return _LICENCE

    def voices(self) -> tuple[Voice, ...]:
        """Both of them."""
        return tuple(
            Voice(name=name, language="mul", label=f"{name} tones", quality="test", licence=_LICENCE)
            for name in sorted(_LOWEST_HZ)
        )

    def open(self, settings: VoiceSettings) -> "ToneSession":
        """The voice ``settings.name``. Raises VoiceNotFound."""
        if settings.name not in _LOWEST_HZ:
            nearest = get_close_matches(settings.name, _LOWEST_HZ, n=1, cutoff=0.0)
            names = nearest + sorted(_LOWEST_HZ.keys() - set(nearest))
            raise VoiceNotFound(
                f'tone has no voice "{settings.name}"',
                cure=f"set [voice] name in show.toml to one of: {', '.join(names)}",
            )
        letter = SAMPLE_RATE * 60 // (settings.pace_wpm * (_LETTERS_OF_A_WORD + 1))
        return ToneSession(lowest_hz=_LOWEST_HZ[settings.name], letter=letter)


class ToneSession:
    """One voice at one pace: ``letter`` is how many samples a letter takes."""

    def __init__(self, *, lowest_hz: int, letter: int) -> None:
        self._lowest_hz = lowest_hz
        self._letter = letter
        self._closed = Event()

    def speak(self, text: str) -> Clip:
        """A tone for each word of ``text``, and a mark. Text without a letter or digit gives an empty Clip."""
        self._require_open(text)
        if not _length(text):
            return Clip(pcm=b"", sample_rate=SAMPLE_RATE)
        pcm, starts = bytearray(), []
        for word in _WORD.finditer(text):
            if pcm:
                pcm += bytes(2 * self._letter)
            starts.append((word.start(), len(pcm) // 2))
            for piece in self._tone(word[0]):
                self._require_open(text)
                pcm += piece
        return Clip(pcm=bytes(pcm), sample_rate=SAMPLE_RATE, marks=word_marks(text, starts, sample_count=len(pcm) // 2))

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Nothing for each: tones are no sounds of a language."""
        self._require_open(", ".join(texts))
        return ("",) * len(texts)

    def close(self) -> None:
        """End what is being spoken."""
        self._closed.set()

    def _tone(self, word: str) -> Iterator[bytes]:
        """The samples of ``word``, a second at a time; none where it has no letter or digit."""
        length = _length(word) * self._letter
        hertz = _hertz(word, lowest=self._lowest_hz)
        for start in range(0, length, _PIECE_S * SAMPLE_RATE):
            at = np.arange(start, min(length, start + _PIECE_S * SAMPLE_RATE))
            swell = np.minimum(1.0, np.minimum(at + 1, length - at) / (_FADE_S * SAMPLE_RATE))
            wave = np.sin(2 * np.pi * (at * hertz % SAMPLE_RATE) / SAMPLE_RATE)
            yield np.rint(_AMPLITUDE * swell * wave).astype("<i2").tobytes()

    def _require_open(self, text: str) -> None:
        if self._closed.is_set():
            raise EngineError("the tones were stopped", cure="open another session", utterance=text)


def _length(word: str) -> int:
    """How many letters and digits ``word`` has."""
    return sum(character.isalnum() for character in word)


def _hertz(word: str, *, lowest: int) -> int:
    """The tone of ``word``: a whole number of hertz, the same for each way of writing it with or without a comma."""
    letters = "".join(character for character in word.lower() if character.isalnum())
    digest = hashlib.sha256(letters.encode(errors="replace")).digest()
    return lowest + int.from_bytes(digest[:4], "big") % _RANGE_HZ
