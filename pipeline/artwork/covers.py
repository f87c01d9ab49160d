"""Floor 3, inside the artwork: what the cover of a show really is, whether Apple takes it, and its small form."""

from functools import lru_cache
from pathlib import Path, PurePath

from PIL import Image

from pipeline.artwork.codec import ENDINGS, TAG_PICTURE_PX, Use, format_of, opened, small_jpeg, told_as
from pipeline.errors import ConfigError
from pipeline.model import Artwork

#: Apple's range for either side of the square. Source: A Podcaster's Guide to RSS, itunes:image.
APPLE_SIDES_PX = range(1400, 3001)

_ARTWORK = Use(name="the artwork", size="3000 x 3000 pixels", error=ConfigError)


def read_artwork(path: Path) -> Artwork:
    """What the file at ``path`` really is, as its bytes say, whatever its name. JPEG and PNG are decoded whole.

    ``mode`` is RGBA, too, where a PNG names one of its colours as transparent. A JPEG that carries further pictures
    behind the first (MPO, as telephones write it) is a JPEG.

    Raises: ConfigError if it is missing, is no image, is cut short or has too many pixels to be opened safely.
    """
    return _read_artwork(path, _state(path))


def tag_cover(path: Path) -> bytes:
    """The cover as the tag of an episode carries it: an RGB JPEG of at most 600 x 600 px.

    Every download carries it, so it is small; apps that show it large take the feed's. The same file gives the same
    bytes with the same Pillow.

    It wants an image that ``require_apple_artwork`` took. Raises: ConfigError as ``read_artwork``.
    """
    return _tag_cover(path, _state(path))


def _state(path: Path) -> tuple[int, ...]:
    """What changes when the file does; () where there is none."""
    if not path.is_file():
        return ()
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


# A build looks at the cover three times, and another of the same show as often again: each state is decoded once.
@lru_cache(maxsize=8)
def _read_artwork(path: Path, _state: tuple[int, ...]) -> Artwork:
    with _opened(path) as image:
        return Artwork(
            name=path.name,
            format=format_of(image),
            width_px=image.width,
            height_px=image.height,
            mode="RGBA" if image.mode == "RGB" and image.has_transparency_data else image.mode,
            length_bytes=path.stat().st_size,
        )


@lru_cache(maxsize=8)
def _tag_cover(path: Path, _state: tuple[int, ...]) -> bytes:
    # Not loaded before: a JPEG is then decoded at a fraction of its size, in a fraction of the 27 MB that it takes.
    with told_as(_ARTWORK, path), opened(path) as image:
        image.thumbnail((TAG_PICTURE_PX, TAG_PICTURE_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return small_jpeg(image.convert("RGB"))


def _opened(path: Path) -> Image.Image:
    """The image at ``path``, to be closed; or an error that says why there is none."""
    with told_as(_ARTWORK, path):
        image = opened(path)
        try:
            if format_of(image) in ENDINGS:
                # What is refused for its format need not be whole, and libtiff would complain to the terminal itself.
                image.load()
        except BaseException:
            image.close()
            raise
        return image


def require_apple_artwork(artwork: Artwork) -> None:
    """Nothing, if Apple takes this image as the cover of a show.

    Raises: ConfigError that names everything Apple refuses in it, and the one cure for all.
    Source: A Podcaster's Guide to RSS, itunes:image: square, 1400 to 3000 pixels, JPEG or PNG, RGB without an alpha
    channel, an extension that matches.
    """
    faults = [*_shape_faults(artwork), *_format_faults(artwork)]
    if faults:
        cure = "save it as a square RGB JPEG of 3000 x 3000 pixels without transparency, with a name that ends in .jpg"
        raise ConfigError(f"Apple refuses the artwork {artwork.name}: {', '.join(faults)}", cure=cure)


def _shape_faults(artwork: Artwork) -> list[str]:
    width, height = artwork.width_px, artwork.height_px
    faults = [f"it is {width} x {height} pixels and not square"] if width != height else []
    if width not in APPLE_SIDES_PX or height not in APPLE_SIDES_PX:
        faults.append(f"a side of {width} x {height} is outside 1400 to 3000 pixels")
    return faults


def _format_faults(artwork: Artwork) -> list[str]:
    """What is wrong with the bytes and with the name, which must say the same."""
    extension = ENDINGS.get(artwork.format)
    if extension is None:
        return [f"its bytes are {artwork.format}, not JPEG or PNG"]
    faults = [f"its pixels are {artwork.mode}, not RGB"] if artwork.mode != "RGB" else []
    if PurePath(artwork.name).suffix.lower() != extension:
        faults.append(f"its bytes are {artwork.format}, so its name must end in {extension}")
    return faults
