"""Floor 3, inside the artwork: the image of a chapter, judged and made small, without what it says of its author."""

from io import BytesIO
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageCms, ImageOps

from pipeline.artwork.codec import ENDINGS, TAG_PICTURE_PX, Use, format_of, opened, small_jpeg, told_as
from pipeline.artwork.privacy import without_private_data
from pipeline.errors import SourceError

#: The most that an image of a chapter may be. An app holds it decoded while it plays in the background, and 4000 x 4000
#: pixels fill 64 MB of the little memory that a telephone leaves it. On the road 5 MB may take half a minute to come,
#: and a chapter may be over by then.
SIDE_PX = 4000
LIMIT_BYTES = 5_000_000

#: Pixels that become RGB without guessing. What has 16 bits a channel does not: Pillow cuts it off.
_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})

#: Pixels that a colour profile can be meant for, and what it calls them. Source: ICC.1, data colour space.
_COLOUR_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}

_CHAPTER_IMAGE = Use(name="the image of a chapter", size=f"at most {SIDE_PX} x {SIDE_PX} pixels", error=SourceError)


class ChapterImage(Struct, frozen=True, kw_only=True):
    """An image of a chapter: ``data`` are the bytes to publish, ``ending`` is what their name must end in.

    ``small`` is the same as the tag carries it: an upright RGB JPEG of at most 600 x 600 px in the colours of sRGB.
    """

    data: bytes
    ending: str
    media_type: str
    small: bytes


def read_chapter_image(path: Path) -> ChapterImage:
    """The image at ``path`` as a chapter shows it. The same file gives the same bytes with the same Pillow.

    What the file says beside its pixels, their colours and which way is up is left out. It is read once, and judged by
    its header before a pixel is decoded.

    Raises: SourceError if it is missing, is no whole JPEG or PNG, or has more than 5 MB, 4000 pixels on a side or
    8 bits a channel.
    """
    with told_as(_CHAPTER_IMAGE, path):
        data = without_private_data(_read(path))
        image = opened(BytesIO(data))
        _refuse(path, [*_side_faults(image), *_format_faults(image)])
        image.load()
        kind = format_of(image)
        return ChapterImage(data=data, ending=ENDINGS[kind], media_type=f"image/{kind.lower()}", small=_small(image))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LIMIT_BYTES + 1)
    _refuse(path, [f"it has more than {LIMIT_BYTES} bytes, the most that apps get"] if len(data) > LIMIT_BYTES else [])
    return data


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        cure = f"save it as a JPEG of {_CHAPTER_IMAGE.size} and {LIMIT_BYTES // 1_000_000} MB"
        raise SourceError(f"{_CHAPTER_IMAGE.name} cannot be published: {', '.join(faults)}", path=path, cure=cure)


def _side_faults(image: Image.Image) -> list[str]:
    if max(image.size) <= SIDE_PX:
        return []
    return [f"it is {image.width} x {image.height} pixels, and {SIDE_PX} a side are the most"]


def _format_faults(image: Image.Image) -> list[str]:
    if format_of(image) not in ENDINGS:
        return [f"its bytes are {format_of(image)}, not JPEG or PNG"]
    return [] if image.mode in _MODES else [f"its pixels are {image.mode}, not of 8 bits a channel"]


def _small(image: Image.Image) -> bytes:
    profile = image.info.get("icc_profile", b"")
    small = ImageOps.exif_transpose(image)
    # What has a colour profile of its own kind can go to sRGB at once; all else is shown on white first.
    small = small if small.mode in _COLOUR_SPACES and not small.has_transparency_data else _on_white(small)
    small.thumbnail((TAG_PICTURE_PX, TAG_PICTURE_PX), Image.Resampling.LANCZOS)
    return small_jpeg(_in_srgb(small, profile).convert("RGB"))


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB; what is transparent becomes white, as on paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The image as ``profile`` means it; as it is without one, or with one for another kind of pixels, as in browsers.

    Raises: OSError if the profile is broken, or is none of colours.
    """
    if not profile:
        return image
    meant = ImageCms.ImageCmsProfile(BytesIO(profile))
    if meant.profile.xcolor_space.strip() != _COLOUR_SPACES[image.mode]:
        return image
    try:
        converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError as error:
        raise OSError(f"its colour profile cannot be used: {error}") from error
    return converted or image
