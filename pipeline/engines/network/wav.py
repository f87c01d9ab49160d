"""Floor 3, engines: a WAV file, of which a streaming server could not know the length -> one that says it. Pure.

Such servers write 0, 0x7fffffff or 0xffffffff, or one of them less the header. Source: Microsoft, "Multimedia
Programming Interface and Data Specifications 1.0" (RIFF).
"""

from collections.abc import Iterator

from pipeline.engines.network.exchange import BadAnswer

#: No answer is as long: from here on a length is a way of saying that it is not known.
_UNKNOWN = 0x7FFF_0000

_CUT = "sent a WAV that is cut"


def wav_with_lengths(body: bytes) -> bytes:
    """``body`` with the true lengths in its header, and nothing after its samples.

    Raises: BadAnswer if it ends before its samples do, or in the middle of one.
    """
    frame_bytes = 0
    for name, start, length in _chunks(body):
        if name == b"fmt ":
            frame_bytes = int.from_bytes(body[start + 12 : start + 14], "little")
        if name == b"data":
            end = _end(body, start, length=length)
            if not frame_bytes or (end - start) % frame_bytes:
                raise BadAnswer(f"{_CUT}: the last of its samples is not whole")
            return b"".join((b"RIFF", _number(end - 8), body[8 : start - 4], _number(end - start), body[start:end]))
    raise BadAnswer(f"{_CUT} before its first sample")


def _chunks(body: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and stated length of what each chunk holds."""
    position = 12
    while position + 8 <= len(body):
        length = int.from_bytes(body[position + 4 : position + 8], "little")
        yield body[position : position + 4], position + 8, length
        position += 8 + length + length % 2


def _end(body: bytes, start: int, *, length: int) -> int:
    """Where the samples end."""
    if not length or length >= _UNKNOWN:
        return len(body)
    if start + length > len(body):
        raise BadAnswer(f"{_CUT}: {len(body) - start} of {length} bytes")
    return start + length


def _number(number: int) -> bytes:
    return number.to_bytes(4, "little")
