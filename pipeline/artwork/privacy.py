"""Floor 3, inside the artwork: the file of a picture without what it tells of who took it, where, when and with what.

Nothing is encoded anew: the pieces of the file are copied, but for those that say more than how the picture looks. So
the picture stays the same to the last bit, and a file with nothing to hide stays the same file.
Source: ITU-T T.81, annex B (JPEG); W3C, Portable Network Graphics (third edition), section 5 and 11.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Literal

from PIL import ExifTags, Image

_JPEG_START, _PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"

#: The next marker that is none of those that belong to a scan: a stuffed 0xFF, or a place to start again.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_END_OF_IMAGE, _START_OF_SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)

#: The segments for applications that say how a picture looks: JFIF without a thumbnail, the colour profile, and whether
#: the colours are those of print.
_APPEARS = re.compile(rb"\xff\xe0\x00\x10JFIF\x00|\xff\xe2..ICC_PROFILE\x00|\xff\xee..Adobe", re.DOTALL)
_EXIF = b"Exif\0\0"
_TURNED = range(2, 9)

#: The chunks that are the picture (or its frames) or say how it looks. What is private or unknown stays out.
_PNG_CHUNKS = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"hIST", b"sPLT", b"pHYs"),
        *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),
        *(b"acTL", b"fcTL", b"fdAT"),
    }
)
_PNG_OVERHEAD_BYTES = 12


def without_private_data(data: bytes) -> bytes:
    """The bytes of a JPEG or PNG without EXIF, XMP, IPTC, comments, thumbnails and what lies behind the picture.

    The colour profile stays, and so does which way is up. Other formats come back as they are.
    What is broken stays broken, for a decoder to complain of.
    """
    if data.startswith(_JPEG_START):
        return b"".join(_jpeg_pieces(data))
    if data.startswith(_PNG_START):
        return b"".join(_png_pieces(data))
    return data


def _jpeg_pieces(data: bytes) -> Iterator[bytes]:
    yield _JPEG_START
    place, is_scan = len(_JPEG_START), False
    while found := _MARKER.search(data, place):
        code, start, length_at = data[found.start() + 1], found.start(), found.end()
        if is_scan:
            yield data[place:start]
        if code == _END_OF_IMAGE:
            yield found.group()
            return
        place = length_at + int.from_bytes(data[length_at : length_at + 2])
        yield _jpeg_segment(data[start:place], code=code)
        is_scan = code == _START_OF_SCAN
    if is_scan:
        yield data[place:]


def _jpeg_segment(segment: bytes, *, code: int) -> bytes:
    """What may stay of one segment, its marker included."""
    body = segment[4:]
    if code == _APPLICATION[1] and body.startswith(_EXIF):
        exif = _upright_exif(body.removeprefix(_EXIF))
        return segment[:2] + (2 + len(_EXIF + exif)).to_bytes(2) + _EXIF + exif if exif else b""
    is_private = code == _COMMENT or (code in _APPLICATION and not _APPEARS.match(segment))
    return b"" if is_private else segment


def _png_pieces(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    place, kind = len(_PNG_START), b""
    while place < len(data) and kind != b"IEND":
        end = place + _PNG_OVERHEAD_BYTES + int.from_bytes(data[place : place + 4])
        kind = data[place + 4 : place + 8]
        if kind in _PNG_CHUNKS:
            yield data[place:end]
        elif kind == b"eXIf" and (exif := _upright_exif(data[place + 8 : end - 4])):
            yield len(exif).to_bytes(4) + kind + exif + zlib.crc32(kind + exif).to_bytes(4)
        place = end


def _upright_exif(exif: bytes) -> bytes:
    """EXIF that says which way is up and nothing else; b"" where the picture stands upright as it is."""
    orientation = _orientation(exif)
    if orientation not in _TURNED:
        return b""
    alone = Image.Exif()
    alone[ExifTags.Base.Orientation] = orientation
    return alone.tobytes().removeprefix(_EXIF)


def _orientation(exif: bytes) -> int:
    """How the picture is turned; 1, upright, where that is not said. Pillow's reader complains of what it cannot read.

    Source: TIFF 6.0, section 2: the byte order, where the entries stand and how many, 12 bytes for each.
    """
    order: Literal["little", "big"] = "little" if exif.startswith(b"II") else "big"
    start = int.from_bytes(exif[4:8], order)
    count = int.from_bytes(exif[start : start + 2], order)
    for place in range(start + 2, min(start + 2 + 12 * count, len(exif)), 12):
        if int.from_bytes(exif[place : place + 2], order) == ExifTags.Base.Orientation:
            return int.from_bytes(exif[place + 8 : place + 10], order)
    return 1
