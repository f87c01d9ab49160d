"""Floor 3, inside the artwork: bytes become an image, or an error with a cure; an image becomes a small JPEG."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from PIL import Image

from pipeline.errors import PipelineError

#: What is published, and what its name must end in.
ENDINGS = {"JPEG": ".jpg", "PNG": ".png"}

TAG_PICTURE_PX = 600
JPEG_LIMIT_BYTES = 500_000

#: What is worth telling apart. Anything else, and above all what needs another program to decode, is not an image here.
_READABLE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")

#: All that Pillow raises for broken bytes: each decoder has its own habits.
_BROKEN_IMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class Use(Struct, frozen=True, kw_only=True):
    """What an image is for, in the words of a message, and what is raised where it will not do."""

    name: str
    size: str
    error: type[PipelineError]


@contextmanager
def told_as(use: Use, path: Path) -> Iterator[None]:
    """A block in which an image is read: what Pillow raises becomes an error of ``use`` that names ``path``."""
    if not path.is_file():
        cure = f"put a JPEG of {use.size} there, or name another file"
        raise use.error(f"{use.name} is not there", path=path, cure=cure)
    try:
        with warnings.catch_warnings():
            # Above about 89 million pixels Pillow warns, above twice that it refuses; here both are one refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        what = f"{use.name} has too many pixels to be opened safely"
        raise use.error(what, path=path, cure=f"make it {use.size}: larger is refused") from error
    except _BROKEN_IMAGE as error:
        what = f"{use.name} cannot be read as an image ({error})"
        raise use.error(what, path=path, cure=f"save it again as a JPEG of {use.size}") from error


def opened(source: Path | BinaryIO) -> Image.Image:
    """The image with its header read and no pixel decoded; to be closed where ``source`` is a path."""
    # Without it Pillow knows only its five commonest formats, and fails on the names of the others.
    Image.init()
    return Image.open(source, formats=_READABLE_FORMATS)


def format_of(image: Image.Image) -> str:
    """JPEG, PNG ...: what the bytes are. A JPEG that carries further pictures behind the first (MPO) is a JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def small_jpeg(image: Image.Image) -> bytes:
    """The image in the best quality that stays under 500 KB; only a title without end needs less than the first.

    Nothing that the file of ``image`` said beside its pixels is in it.
    """
    for quality in (88, 75, 60, 45, 30):
        stream = io.BytesIO()
        # Baseline and not progressive: car radios show the picture of the tag only so. Pillow hands on the comment of
        # a JPEG unless another is given.
        image.save(stream, "JPEG", quality=quality, optimize=True, dpi=(72, 72), comment=b"")
        if stream.tell() <= JPEG_LIMIT_BYTES:
            break
    return stream.getvalue()
