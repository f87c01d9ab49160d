"""Floor 4, inside the inspection: a published transcript, in whichever form -> when its cues are and what they say."""

import hashlib
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise

import msgspec
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.rules.media import TranscriptFacts

_TIMES = {
    # Hours may be left out in WebVTT. Source: W3C WebVTT, section 4.1; SubRip has no standard.
    "text/vtt": regex(
        r"(?:(\d{2,}):)?(\d\d):(\d\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?(\d\d):(\d\d)\.(\d{3})(?:[ \t].*)?"
    ),
    "application/x-subrip": regex(r"(\d{2,}):(\d\d):(\d\d),(\d{3}) --> (\d{2,}):(\d\d):(\d\d),(\d{3})"),
}
_NO_CUE = ("NOTE", "STYLE", "REGION")
_TAG = regex(r"<[^>]*>")
_BLOCKS = regex(r"\n{2,}")
_FIRST_WORDS = 6


class _Cue(Struct, frozen=True, kw_only=True):
    """One cue as a file has it."""

    start_ms: int
    end_ms: int
    text: str


class _JsonCue(Struct, frozen=True, kw_only=True, rename="camel"):
    start_time: float
    end_time: float
    body: str


class _JsonTranscript(Struct, frozen=True, kw_only=True):
    version: str
    cues: tuple[_JsonCue, ...] = msgspec.field(name="segments")  # the namespace's word


class _Unreadable(ValueError):
    """Why the text is no transcript."""


def read_transcript(path: str, data: bytes, *, media_type: str) -> TranscriptFacts:
    """What the transcript ``data`` says; ``path`` is its name from the web root. What is wrong with it is a fault."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        cues = _READERS.get(media_type, _unknown)(data)
    except (ValueError, msgspec.MsgspecError) as error:
        return TranscriptFacts(path=path, sha256=sha256, fault=_said(error))
    words = " ".join(cue.text for cue in cues).split()
    return TranscriptFacts(
        path=path,
        cues=len(cues),
        end_ms=max((cue.end_ms for cue in cues), default=0),
        is_in_order=_is_in_order(cues),
        words_sha256=words_digest(" ".join(words)),
        first_words=" ".join(words[:_FIRST_WORDS]),
        sha256=sha256,
    )


def words_digest(text: str) -> str:
    """The digest of the words of ``text``, whatever stands between them; "" where there are none.

    An arrow counts as one sign, because SubRip cannot carry it otherwise.
    """
    words = " ".join(text.split()).replace("-->", "→")
    return hashlib.sha256(words.encode(errors="replace")).hexdigest() if words else ""


def _is_in_order(cues: list[_Cue]) -> bool:
    is_each = all(cue.start_ms < cue.end_ms for cue in cues)
    return is_each and all(earlier.start_ms <= later.start_ms for earlier, later in pairwise(cues))


def _vtt(data: bytes) -> list[_Cue]:
    text = _text(data)
    head, *blocks = _BLOCKS.split(text)
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", head):
        raise _Unreadable("it does not begin with WEBVTT")
    cued = [block for block in blocks if not block.startswith(_NO_CUE)]
    return [_plain(cue) for cue in _timed(cued, times=_TIMES["text/vtt"])]


def _srt(data: bytes) -> list[_Cue]:
    text = _text(data)
    return list(_timed(_BLOCKS.split(text), times=_TIMES["application/x-subrip"]))


def _json(data: bytes) -> list[_Cue]:
    found = msgspec.json.decode(data, type=_JsonTranscript)
    return [
        _Cue(start_ms=round(cue.start_time * 1000), end_ms=round(cue.end_time * 1000), text=cue.body)
        for cue in found.cues
    ]


def _unknown(_data: bytes) -> list[_Cue]:
    raise _Unreadable("its form is not one that is written here")


_READERS: dict[str, Callable[[bytes], list[_Cue]]] = {
    "text/vtt": _vtt,
    "application/x-subrip": _srt,
    "application/json": _json,
}


def _timed(blocks: list[str], *, times: re.Pattern[str]) -> Iterator[_Cue]:
    """The cues in ``blocks``: a line of times, before it perhaps a name, behind it the text."""
    for number, block in enumerate((block.strip("\n") for block in blocks if block.strip()), start=1):
        lines = block.split("\n")
        found = next(((at, match) for at, line in enumerate(lines[:2]) if (match := times.fullmatch(line))), None)
        if found is None:
            raise _Unreadable(f"cue {number} has no times: {lines[0][:40]!r}")
        at, match = found
        values = [int(value or 0) for value in match.groups()]
        yield _Cue(start_ms=_ms(values[:4]), end_ms=_ms(values[4:]), text="\n".join(lines[at + 1 :]))


def _ms(parts: list[int]) -> int:
    hours, minutes, seconds, ms = parts
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _plain(cue: _Cue) -> _Cue:
    """The cue without its tags and escapes."""
    return msgspec.structs.replace(cue, text=unescape(_TAG.sub("", cue.text)))


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _said(error: Exception) -> str:
    return "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
