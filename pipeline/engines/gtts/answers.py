"""Floor 3, inside gtts: what Google answers -> the sound in it. Pure.

The answer opens with `)]}'`, and JSON follows: lengths as bare numbers, if they are there at all, and lists of rows.
The row of our call holds JSON once more, in a string, and in it the sound in base64. gTTS itself looks for it line by
line with a regular expression, and takes whatever has no such line, a page that asks for consent too, for silence.

Source: gTTS 2.5.4, gtts/tts.py (request and regular expression).
"""

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

from pipeline.engines.network import BadAnswer
from pipeline.patterns import regex

#: The name of the call, in the request as in the row that answers it.
CALL = "jQ1olc"

_GUARD = regex(r"\s*\)\]\}'")
_BLANK = regex(r"\s*")
_DECODER = json.JSONDecoder()


def sound_of(body: bytes) -> bytes:
    """The file of sound, an MP3, that Google sent for one part.

    Raises: BadAnswer for anything else: a page, no sound, sound of another part too, JSON or base64 that is broken.
    """
    text = body.decode("utf-8", errors="replace")
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise BadAnswer("sent a page instead of sound")
    rows = [row for value in _values(text) for row in _rows(value)]
    if not rows:
        raise BadAnswer("sent no sound")
    if len(rows) > 1:
        raise BadAnswer(f"sent sound {len(rows)} times and was asked once")
    return _unpacked(rows[0])


def _values(text: str) -> Iterator[Any]:
    """The JSON values one after another, whatever lies on which line."""
    guard = _GUARD.match(text)
    at = _end_of_blank(text, guard.end() if guard else 0)
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise BadAnswer("sent an answer that is not whole") from error
        yield value
        at = _end_of_blank(text, at)


def _end_of_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _rows(value: Any) -> Iterator[list[Any]]:
    """The rows that answer our call; the others tell how long it took."""
    for row in value if isinstance(value, list) else ():
        if isinstance(row, list) and row[:2] == ["wrb.fr", CALL]:
            yield row


def _unpacked(row: list[Any]) -> bytes:
    """The sound of the row. Where Google does not speak a text, it says null, as it does at times when it is ill."""
    packed = row[2] if len(row) > 2 else None
    if not isinstance(packed, str):
        raise BadAnswer("sent no sound")
    try:
        fields = json.loads(packed)
        encoded = fields[0] if isinstance(fields, list) and fields else None
        sound = b64decode(encoded, validate=True) if isinstance(encoded, str) else b""
    except (ValueError, RecursionError) as error:
        raise BadAnswer("sent sound in broken base64") from error
    if not sound:
        raise BadAnswer("sent no sound")
    return sound
