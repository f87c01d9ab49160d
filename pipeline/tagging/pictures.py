"""Floor 3, inside tagging: how large a picture in a tag is, from its first bytes and without decoding it.

Source: ITU-T T.81 (JPEG), annex B; W3C, Portable Network Graphics, section 11.2.2.
"""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset(range(0xD0, 0xD8)) | {0x01}  # markers without a length


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG or PNG in pixels; None where ``data`` is neither, or says no size."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """From marker to marker up to the one that opens a frame of pixels."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        if marker == 0xFF:  # a fill byte
            place += 1
        else:
            place += 2 if marker in _ALONE else 2 + max(2, *struct.unpack_from(">H", data, place + 2))
    return None
