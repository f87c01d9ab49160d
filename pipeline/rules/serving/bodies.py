"""Floor 2, rules over what is served: whether the bytes of a transcript or a chapters file are one. Pure."""

from collections.abc import Callable

import msgspec


def transcript_fault(data: bytes, media_type: str) -> str:
    """What is wrong with the transcript in ``data`` if the feed says ``media_type`` of it, "" for nothing.

    Source: W3C WebVTT, 4.1; podcast-namespace, transcripts/transcripts.md.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not text in UTF-8"
    if not text.strip():
        return "is empty"
    if media_type == "application/json":
        return _json_fault(data, "segments")
    is_one, fault = _SIGNS.get(media_type, (str.strip, ""))
    return "" if is_one(text) else fault


def chapters_fault(data: bytes) -> str:
    """What is wrong with the chapters file in ``data``, "" for nothing.

    Source: podcast-namespace, chapters/jsonChapters.md: "chapters" with "startTime" in each.
    """
    fault = _json_fault(data, "chapters")
    if fault:
        return fault
    starts = [_start(chapter) for chapter in msgspec.json.decode(data)["chapters"]]
    if None in starts:
        return f'has no number as "startTime" in chapter {starts.index(None) + 1}'
    times = [start for start in starts if start is not None]
    return "" if times == sorted(times) else "has chapters that are not in the order of their times"


def _begins_as_vtt(text: str) -> bool:
    head = text.replace("\r", "\n").split("\n", 1)[0]
    return head == "WEBVTT" or head.startswith(("WEBVTT ", "WEBVTT\t"))


def _has_times(text: str) -> bool:
    return "-->" in text


def _has_tags(text: str) -> bool:
    return "<" in text


_NO_TIMES = (_has_times, "has no time in it, as 00:00:01,000 --> 00:00:02,000")
#: By what a transcript of a type is known, and what is said where that is not in it.
_SIGNS: dict[str, tuple[Callable[[str], object], str]] = {
    "text/vtt": (_begins_as_vtt, "does not begin with a line that says WEBVTT"),
    "application/x-subrip": _NO_TIMES,
    "application/srt": _NO_TIMES,
    "text/srt": _NO_TIMES,
    "text/html": (_has_tags, "has no HTML in it"),
}


def _json_fault(data: bytes, key: str) -> str:
    """What is wrong with ``data`` as a JSON object that has a list called ``key``."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "is no JSON"
    return "" if isinstance(found, dict) and isinstance(found.get(key), list) else f'is JSON without a list "{key}"'


def _start(chapter: object) -> float | None:
    start = chapter.get("startTime") if isinstance(chapter, dict) else None
    return start if isinstance(start, int | float) and not isinstance(start, bool) else None
