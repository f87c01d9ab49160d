"""Text in IPA notation -> the phonemes of a kokoro voice, and the signs at which it pauses.

Not by kokoro-onnx's own reader: that one takes the point in "3.5" for the end of a sentence, says the names of foreign
languages that espeak-ng notes among the sounds, and reads one text at a time for all threads.
"""

import logging
import re
import unicodedata
from collections.abc import Container, Sequence
from functools import cache
from threading import Lock
from typing import Any

from pipeline.engines.kokoro.model import espeak_data
from pipeline.engines.onnx.extras import importing
from pipeline.engines.onnx.given import given_signs
from pipeline.engines.onnx.parts import Part, parts_of, sendable
from pipeline.engines.phoneme_words import words_of
from pipeline.patterns import regex

#: Signs that the model was taught with, where no word goes on behind them.
_SIGNS = regex(r"((?:[;:!?¡¿…\"«»“”()—]|[.,](?!\w))+)")

#: What the library takes for punctuation and takes out before it reads: nothing, or "3.5" would be "3 5".
_NONE = re.compile(r"(?!)")  # by its own hand: the library asks for nothing but a Pattern


class Reader:
    """Reads in one language (espeak-ng's name of it) for a model that knows the signs in ``known``. Any thread."""

    def __init__(self, language: str, *, known: Container[str]) -> None:
        self._language = language
        self._known = known

    def phonemes(self, text: str) -> str:
        """The phonemes of ``text`` that the model knows; "" where nothing is said.

        Raises: EngineError for a given sound that the voice does not have.
        """
        said = "".join(self._said(part) for part in parts_of(sendable(text)))
        kept = " ".join("".join(sign for sign in said if sign in self._known).split())
        return kept if any(sign.isalnum() for sign in kept) else ""

    def words(self, text: str) -> list[str]:
        """The phonemes of each word of ``text`` (between blanks) as it is said alone."""
        return [self.phonemes(word) for word in words_of(text)]

    def _said(self, part: Part) -> str:
        if part.is_sound:
            return "".join(given_signs(part.text, language=self._language, known=self._known, form="NFC"))
        pieces = _SIGNS.split(part.text.replace("\n", " "))  # words and signs by turns
        spoken = _speaker_of(self._language).said(pieces[::2])
        return "".join(
            _with_blanks_of(piece, spoken[number // 2]) if number % 2 == 0 else piece
            for number, piece in enumerate(pieces)
        )


def ipa_of(phonemes: str) -> str:
    """What people read: the phonemes without the signs at which one pauses."""
    return unicodedata.normalize("NFC", " ".join(_SIGNS.sub(" ", phonemes).split()))


class _Speaker:
    """espeak-ng for one language: a copy of the library of its own, which one thread uses at a time."""

    def __init__(self, language: str) -> None:
        with importing("kokoro"):
            import espeakng_loader  # noqa: PLC0415 - loaded with the model already
            from phonemizer.backend import EspeakBackend  # type: ignore[import-untyped]  # noqa: PLC0415 - no types
            from phonemizer.backend.espeak.wrapper import (  # type: ignore[import-untyped]  # noqa: PLC0415 - no types
                EspeakWrapper,
            )
        EspeakWrapper.set_data_path(espeak_data())
        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        silent = logging.getLogger(f"{__name__}.phonemizer")
        silent.disabled = True
        self._backend: Any = EspeakBackend(
            language, punctuation_marks=_NONE, with_stress=True, language_switch="remove-flags", logger=silent
        )
        self._lock = Lock()

    def said(self, texts: Sequence[str]) -> list[str]:
        """The phonemes of each text; "" for one without a word."""
        with self._lock:
            return [" ".join(self._backend.phonemize([text])).strip() if text.strip() else "" for text in texts]


@cache
def _speaker_of(language: str) -> _Speaker:
    with _MAKING:
        return _Speaker(language)


#: One at a time: how a library is found is a setting of the whole process.
_MAKING = Lock()


def _with_blanks_of(text: str, phonemes: str) -> str:
    """``phonemes`` with the blanks that stand around ``text``, which the library leaves off."""
    if not phonemes:
        return " " if text.isspace() else ""
    return " " * text[:1].isspace() + phonemes + " " * text[-1:].isspace()
