"""Floor 3, engine elevenlabs: what the server answered -> sound with the times of its words, and voices. Pure.

Source: ElevenLabs API reference, "Create speech with timing" and "List voices".
"""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pipeline.engines.elevenlabs.alignment import Alignment, find_starts
from pipeline.engines.elevenlabs.requests import sendable
from pipeline.engines.marks import word_marks
from pipeline.engines.network import Answer, BadAnswer, decode
from pipeline.model import Clip, Timing

Kind = TypeVar("Kind")


class _Speech(Struct):
    audio_base64: bytes
    alignment: Alignment | None = None
    normalized_alignment: Alignment | None = None


class ListedVoice(Struct, frozen=True):
    """A voice as the list has it; ``labels`` and ``verified_languages`` are what people wrote of it, if they did."""

    voice_id: str
    name: str
    category: Any = None
    labels: Any = None
    verified_languages: Any = None


class Page(Struct, frozen=True):
    """One page of the list of voices; ``next_page_token`` is the name of the next one."""

    voices: tuple[ListedVoice, ...]
    has_more: bool = False
    next_page_token: str | None = None


def read_speech(answer: Answer, *, text: str, pcm_rate: int | None) -> Clip:
    """The Clip of ``text``, with a mark a word where the times can be told, and none otherwise.

    ``pcm_rate`` is that of raw sound, None for a file. Raises BadAnswer for what is no sound, or not all of it.
    """
    speech = _decoded(answer, _Speech)
    pcm, rate = decode(speech.audio_base64) if pcm_rate is None else (_raw(speech.audio_base64), pcm_rate)
    if not pcm:
        raise BadAnswer("sent speech without a sample in it")
    times = find_starts(sendable(text), speech.alignment, normalized=speech.normalized_alignment)
    starts = [(character, round(seconds * rate)) for character, seconds in times]
    sample_count = len(pcm) // 2
    marks = word_marks(text, starts, sample_count=sample_count, timing=Timing.ALIGNED) if starts else ()
    return Clip(pcm=pcm, sample_rate=rate, marks=marks)


def read_voices(answer: Answer) -> Page:
    """One page of the voices. Raises BadAnswer if that is none."""
    return _decoded(answer, Page)


def _raw(sound: bytes) -> bytes:
    if len(sound) % 2:
        raise BadAnswer(f"sent {len(sound)} bytes of raw sound, which is half a sample too much")
    return sound


def _decoded(answer: Answer, kind: type[Kind]) -> Kind:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = answer.headers.get("content-type", "").partition(";")[0] or "something without a type"
        raise BadAnswer(f"sent {said} that cannot be read ({error})") from error
