"""Floor 3, engines: a FLAC file, of which a streaming server could not know the length -> one that says it. Pure.

libsndfile decodes none that leaves it open. The frames cannot be counted without decoding them, but each says where it
stands. Source: RFC 9639, sections 8.2 (STREAMINFO) and 9.1 (frame header).
"""

from pipeline.engines.network.exchange import BadAnswer

#: Where the 36 bits of the number of samples lie: the second half of a byte, and four more.
_TOTAL = slice(21, 26)
_MOST_BLOCK = slice(10, 12)

_SHORTEST = 42


def flac_with_length(body: bytes) -> bytes:
    """``body`` with the number of its samples in its header. Raises BadAnswer if there is no frame in it."""
    if len(body) < _SHORTEST or body[4] & 0x7F:
        raise BadAnswer("sent a FLAC that is cut in its header")
    if int.from_bytes(body[_TOTAL], "big") & 0xF_FFFF_FFFF:
        return body
    total = (body[_TOTAL.start] & 0xF0) << 32 | _end_of_last_frame(body)
    return body[: _TOTAL.start] + total.to_bytes(5, "big") + body[_TOTAL.stop :]


def _end_of_last_frame(body: bytes) -> int:
    """The number of the first sample after it."""
    first = _behind_metadata(body)
    most = int.from_bytes(body[_MOST_BLOCK], "big")
    position = len(body)
    while (position := body.rfind(b"\xff", first, position)) >= 0:
        start = body[position : position + 16]
        if _is_alike(start, body[first : first + 4]) and (end := _end_of_frame(start, most=most)):
            return end
    raise BadAnswer("sent a FLAC without a frame in it")


def _behind_metadata(body: bytes) -> int:
    """Where the first frame begins."""
    position, is_last = 4, False
    while not is_last and position + 4 <= len(body):
        is_last = bool(body[position] & 0x80)
        position += 4 + int.from_bytes(body[position + 1 : position + 4], "big")
    return position


def _is_alike(start: bytes, first: bytes) -> bool:
    """Whether both can be frames of one file: sync code, kind of numbers, rate and size of the samples."""
    masks = (0xFF, 0xFF, 0x0F, 0x0F)
    return (
        len(start) >= 6
        and len(first) == 4
        and all(byte & mask == other & mask for byte, other, mask in zip(start, first, masks, strict=False))
    )


def _end_of_frame(start: bytes, *, most: int) -> int | None:
    """The number of the first sample after the frame that begins so; None if it is the header of none."""
    ones = 8 - (start[4] ^ 0xFF).bit_length()
    coded = 0 if ones in {1, 8} else max(1, ones)
    size_code, rate_code = start[2] >> 4, start[2] & 15
    size_end = 4 + coded + {6: 1, 7: 2}.get(size_code, 0)
    check_at = size_end + {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
    if not coded or not size_code or len(start) <= check_at or _crc8(start[:check_at]) != start[check_at]:
        return None
    number = _number(start[4 : 4 + coded])
    is_variable = start[1] & 1
    return (number if is_variable else number * most) + _block(size_code, start[4 + coded : size_end])


def _block(code: int, said: bytes) -> int:
    """How many samples the frame has."""
    if code == 1:
        return 192
    if code in {6, 7}:
        return int.from_bytes(said, "big") + 1
    return 576 << (code - 2) if code < 6 else 256 << (code - 8)


def _number(coded: bytes) -> int:
    """What UTF-8 would be if it went on to 36 bits."""
    number = coded[0] if len(coded) == 1 else coded[0] & (0x7F >> len(coded))
    for byte in coded[1:]:
        number = number << 6 | byte & 0x3F
    return number


def _crc8(data: bytes) -> int:
    """With the polynomial x^8 + x^2 + x + 1."""
    remainder = 0
    for byte in data:
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder << 1 ^ (0x07 if remainder & 0x80 else 0)) & 0xFF
    return remainder
