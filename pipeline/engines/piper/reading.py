"""Text in IPA notation -> the phonemes of a piper voice, sentence by sentence as its phonemiser parts them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pipeline.engines.onnx.given import given_signs
from pipeline.engines.onnx.parts import Part, parts_of, sendable
from pipeline.engines.phoneme_words import words_of
from pipeline.errors import EngineError
from pipeline.patterns import regex

_ENDS = ".!?"
_SIGNS = _ENDS + ",;:"
#: A sign at which one pauses, at the beginning of what follows a given sound: espeak-ng leaves it out there.
_LEADING_SIGN = regex(r"[^\w\s]*?([.!?,;:])")
_NO_WORDS_FIRST, _NO_WORDS_LAST = regex(r"\A\W+"), regex(r"\W+\Z")


class Reader:
    """Reads for one voice, a piper.PiperVoice. Any number of threads: piper keeps its phonemiser under a lock."""

    def __init__(self, voice: Any) -> None:
        self._voice = voice
        self._is_espeak = voice.config.phoneme_type.value == "espeak"

    def sentences(self, text: str) -> list[list[str]]:
        """The phonemes of each sentence; none for text in which nothing is said.

        Raises: EngineError for a given sound that the voice does not have.
        """
        sentences: list[list[str]] = [[]]
        before = Part("", is_sound=False)
        for part in parts_of(sendable(text)):
            said = self._said(part, is_after_sound=before.is_sound)
            if said:
                _join(sentences, said, is_parted=_is_parted(before, part))
            before = part
        return [sentence for sentence in sentences if any(sign.isalnum() for sign in "".join(sentence))]

    def words(self, text: str) -> list[list[str]]:
        """The phonemes of each word of ``text`` (between blanks) as it is said alone."""
        return [[sign for sentence in self.sentences(word) for sign in sentence] for word in words_of(text)]

    def _said(self, part: Part, *, is_after_sound: bool) -> list[list[str]]:
        if part.is_sound:
            signs = self._given(part.text)
            return [signs] if signs else []
        found = _LEADING_SIGN.match(part.text) if is_after_sound and self._is_espeak else None
        text = part.text if found is None else part.text[found.end() :]  # ": on" alone would be "colon on"
        said = [list(sentence) for sentence in self._voice.phonemize(text) if sentence]
        if found is None:
            return said
        if found[1] in _ENDS or not said:
            return [[found[1]], *said]
        return [[found[1], " ", *said[0]], *said[1:]]

    def _given(self, ipa: str) -> list[str]:
        config = self._voice.config
        if not self._is_espeak:
            raise EngineError(
                f'this voice reads letters, and cannot be told the sound "{ipa}"',
                cure='give a respelling in lexicon.toml in place of the ipa: say = "..."',
            )
        return given_signs(ipa, language=config.espeak_voice, known=config.phoneme_id_map, form="NFD")


def ipa_of(sentences: Sequence[Sequence[str]]) -> str:
    """What people read: the phonemes without the signs at which one pauses."""
    signs = "".join(" ".join("".join(sentence) for sentence in sentences))
    return unicodedata.normalize("NFC", " ".join(re.sub(r"[.!?,;:]", " ", signs).split()))


def _is_parted(before: Part, part: Part) -> bool:
    """Whether more than a hyphen or an apostrophe stands between the words of two parts."""
    between = [] if before.is_sound else _NO_WORDS_LAST.findall(before.text)
    between += [] if part.is_sound else _NO_WORDS_FIRST.findall(part.text)
    return bool("".join(between).strip("-'’"))


def _join(sentences: list[list[str]], said: list[list[str]], *, is_parted: bool) -> None:
    """Go on with the last of ``sentences``, or begin another where it has ended."""
    current = sentences[-1]
    if current and current[-1] in _ENDS:
        sentences.extend(said)
        return
    if current and is_parted and current[-1] != " " and said[0][0] not in _SIGNS:
        current.append(" ")
    current.extend(said[0])
    sentences.extend(said[1:])
