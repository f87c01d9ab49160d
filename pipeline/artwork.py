"""Floor 3: images. Draws a cover for a show that has none, and says what an image file really is before it goes out.

The only module that decodes or makes images. `init` draws, `feed` reads and requires the cover, `episode` reads those
of chapters; what the directories merely advise about artwork is a Finding and stands in pipeline/rules.
"""

import functools
import hashlib
import io
import struct
import warnings
from pathlib import Path, PurePath

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont, ImageOps

from pipeline.errors import ConfigError, PipelineError, SourceError
from pipeline.model import Artwork

COVER_PX = 3000
COVER_LIMIT_BYTES = 500_000
TAG_COVER_PX = 600
MARGIN_PX = 240
TEXT_WIDTH_PX = COVER_PX - 2 * MARGIN_PX
#: From the top: a short rule, the title, the subtitle, the bars.
TITLE_HEIGHT_PX = 1480
TITLE_SIZES_PX = range(760, 119, -20)
SUBTITLE_SIZE_PX = 120
SUBTITLE_BOTTOM_PX = 2160
BARS_MIDDLE_PX = 2520
BAR_COUNT = 24

#: Apple's range for either side of the square. Source: A Podcaster's Guide to RSS, itunes:image.
APPLE_SIDES_PX = range(1400, 3001)
APPLE_EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png"}

#: The most that an image of a chapter may be. An app holds it decoded while it plays in the background, and 4000 x 4000
#: pixels fill 64 MB of the little memory that a telephone leaves it. On the road 5 MB may take half a minute to come,
#: and a chapter may be over by then.
CHAPTER_IMAGE_SIDE_PX = 4000
CHAPTER_IMAGE_LIMIT_BYTES = 5_000_000

#: Pixels that become RGB without guessing. What has 16 bits a channel does not: Pillow cuts it off.
CHAPTER_IMAGE_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})

#: What is worth telling apart. Anything else, and above all what needs another program to decode, is not an image here.
READABLE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")

#: All that Pillow raises for broken bytes: each decoder has its own habits.
_BROKEN_IMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class CoverColours(Struct, frozen=True, kw_only=True):
    """The three colours of a cover as #rrggbb. ``ink`` and ``accent`` both read well on ``ground`` (WCAG AA, 4.5:1)."""

    ground: str
    ink: str
    accent: str


COVER_PALETTE = (
    CoverColours(ground="#14213d", ink="#fdfaf3", accent="#f4a340"),
    CoverColours(ground="#0f3d3e", ink="#f6f1e7", accent="#e9c46a"),
    CoverColours(ground="#5b1a2b", ink="#fbf3ec", accent="#f0a58f"),
    CoverColours(ground="#233329", ink="#f5f2e8", accent="#a9c99a"),
    CoverColours(ground="#33245a", ink="#f7f4fb", accent="#f2b5a0"),
    CoverColours(ground="#f4ecdd", ink="#1d1d1f", accent="#a63a1e"),
    CoverColours(ground="#e6ebe6", ink="#12241c", accent="#1f6650"),
)


def draw_cover(title: str, *, subtitle: str = "") -> bytes:
    """A cover that the directories take: 3000 x 3000 px RGB JPEG at 72 dpi, well under 500 KB.

    The title is set as large as it fits; colours and the bars below come from its digest, so that the same title
    always gives the same bytes with the same Pillow. A title too long for the smallest size ends in an ellipsis.

    The typeface is the one inside Pillow, which has Latin letters alone: others come out as empty boxes, so give a
    show in another script a cover of your own.
    """
    digest = hashlib.sha256(title.encode()).digest()
    colours = COVER_PALETTE[digest[0] % len(COVER_PALETTE)]
    image = Image.new("RGB", (COVER_PX, COVER_PX), colours.ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((MARGIN_PX, MARGIN_PX, MARGIN_PX + 360, MARGIN_PX + 35), fill=colours.accent)
    _draw_title(draw, title, ink=colours.ink)
    _draw_subtitle(draw, subtitle, ink=colours.accent)
    _draw_bars(draw, digest, fill=colours.accent)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    """The image in the best quality that stays within the limit; only a title without end needs less than the first."""
    for quality in (88, 75, 60, 45, 30):
        stream = io.BytesIO()
        # Baseline and not progressive: car radios show the picture of the tag only so.
        image.save(stream, "JPEG", quality=quality, optimize=True, dpi=(72, 72))
        if stream.tell() <= COVER_LIMIT_BYTES:
            break
    return stream.getvalue()


def _draw_title(draw: ImageDraw.ImageDraw, title: str, *, ink: str) -> None:
    size, lines = _fitted(title)
    _draw_lines(draw, lines, top=MARGIN_PX + 110, size=size, ink=ink)


def _draw_subtitle(draw: ImageDraw.ImageDraw, subtitle: str, *, ink: str) -> None:
    """At most two lines, just above the bars."""
    lines = _cut(_wrapped(subtitle, SUBTITLE_SIZE_PX), SUBTITLE_SIZE_PX, most=2)
    top = SUBTITLE_BOTTOM_PX - len(lines) * _line_height(SUBTITLE_SIZE_PX)
    _draw_lines(draw, lines, top=top, size=SUBTITLE_SIZE_PX, ink=ink)


def _draw_lines(draw: ImageDraw.ImageDraw, lines: list[str], *, top: int, size: int, ink: str) -> None:
    for number, line in enumerate(lines):
        place = (MARGIN_PX, top + number * _line_height(size))
        # A stroke in the same ink makes a bold of the only weight there is.
        draw.text(place, line, fill=ink, font=_font(size), stroke_width=_stroke(size), stroke_fill=ink)


def _draw_bars(draw: ImageDraw.ImageDraw, digest: bytes, *, fill: str) -> None:
    """A row of bars that stands for a voice; each height is a byte of the digest."""
    step = TEXT_WIDTH_PX / (BAR_COUNT - 0.5)
    for number, byte in enumerate(digest[1 : BAR_COUNT + 1]):
        left, half = round(MARGIN_PX + number * step), 30 + byte * 200 // 255
        box = (left, BARS_MIDDLE_PX - half, left + round(step / 2), BARS_MIDDLE_PX + half)
        draw.rounded_rectangle(box, radius=step / 4, fill=fill)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits with its words whole, and its lines; else the smallest, cut to fit."""
    for size in TITLE_SIZES_PX:
        lines = _wrapped(title, size, breaks_words=False)
        if len(lines) * _line_height(size) <= TITLE_HEIGHT_PX and all(_is_narrow(line, size) for line in lines):
            return size, lines
    size = TITLE_SIZES_PX[-1]
    return size, _cut(_wrapped(title, size), size, most=TITLE_HEIGHT_PX // _line_height(size))


def _wrapped(text: str, size: int, *, breaks_words: bool = True) -> list[str]:
    """``text`` in lines that are as full as they can be; a word wider than a line is broken if ``breaks_words``."""
    lines: list[str] = []
    for word in text.split():
        if lines and _is_narrow(f"{lines[-1]} {word}", size):
            lines[-1] += f" {word}"
        else:
            lines.extend(_pieces(word, size) if breaks_words else (word,))
    return lines


def _pieces(word: str, size: int) -> list[str]:
    """``word`` in pieces that each fit into a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and not _is_narrow(pieces[-1] + letter, size):
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(lines: list[str], size: int, *, most: int) -> list[str]:
    """At most ``most`` of the lines; where some are left out the last one kept ends in an ellipsis."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and not _is_narrow(f"{last}…", size):
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _is_narrow(line: str, size: int) -> bool:
    return _font(size).getlength(line) + 2 * _stroke(size) <= TEXT_WIDTH_PX


def _line_height(size: int) -> int:
    return size * 112 // 100


def _stroke(size: int) -> int:
    return size // 70


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise ConfigError("this Pillow was built without FreeType", cure="pip install --force-reinstall pillow")
    return font


def read_artwork(path: Path) -> Artwork:
    """What the file at ``path`` really is, as its bytes say, whatever its name. JPEG and PNG are decoded whole.

    ``mode`` is RGBA, too, where a PNG names one of its colours as transparent. A JPEG that carries further pictures
    behind the first (MPO, as telephones write it) is a JPEG.

    Raises: ConfigError if it is missing, is no image, is cut short or has too many pixels to be opened safely.
    """
    with _opened(path, _ARTWORK) as image:
        return Artwork(
            name=path.name,
            format=_format(image),
            width_px=image.width,
            height_px=image.height,
            mode="RGBA" if image.mode == "RGB" and image.has_transparency_data else image.mode,
            length_bytes=path.stat().st_size,
        )


class ChapterImage(Struct, frozen=True, kw_only=True):
    """An image of a chapter: ``data`` are the bytes of its file, ``ending`` is what its published name must end in.

    ``small`` is the same as the tag carries it: an upright RGB JPEG of at most 600 x 600 px.
    """

    data: bytes
    ending: str
    media_type: str
    small: bytes


class _Use(Struct, frozen=True, kw_only=True):
    """What an image is for, in the words of a message, and what is raised where it will not do."""

    name: str
    size: str
    error: type[PipelineError]


_ARTWORK = _Use(name="the artwork", size="3000 x 3000 pixels", error=ConfigError)
_CHAPTER_IMAGE = _Use(
    name="the image of a chapter",
    size=f"at most {CHAPTER_IMAGE_SIDE_PX} x {CHAPTER_IMAGE_SIDE_PX} pixels",
    error=SourceError,
)


def read_chapter_image(path: Path) -> ChapterImage:
    """The image at ``path`` as a chapter shows it. The same file gives the same bytes with the same Pillow.

    Raises: SourceError if it is missing, is no whole JPEG or PNG, or has more than 5 MB, 4000 pixels on a side or
    8 bits a channel.
    """
    with _opened(path, _CHAPTER_IMAGE) as image:
        kind = _format(image)
        faults = [*_limit_faults(path, image), *_chapter_format_faults(image)]
        if faults:
            cure = f"save it as a JPEG of {_CHAPTER_IMAGE.size} and {CHAPTER_IMAGE_LIMIT_BYTES // 1_000_000} MB"
            raise SourceError(f"{_CHAPTER_IMAGE.name} cannot be published: {', '.join(faults)}", path=path, cure=cure)
        small = _on_white(ImageOps.exif_transpose(image))
        small.thumbnail((TAG_COVER_PX, TAG_COVER_PX), Image.Resampling.LANCZOS)
        media_type = f"image/{kind.lower()}"
        return ChapterImage(
            data=path.read_bytes(), ending=APPLE_EXTENSIONS[kind], media_type=media_type, small=_jpeg(small)
        )


def _limit_faults(path: Path, image: Image.Image) -> list[str]:
    length, side = path.stat().st_size, max(image.size)
    faults = []
    if length > CHAPTER_IMAGE_LIMIT_BYTES:
        faults.append(f"it has {length} bytes, and apps get {CHAPTER_IMAGE_LIMIT_BYTES} at most")
    if side > CHAPTER_IMAGE_SIDE_PX:
        faults.append(f"it is {image.width} x {image.height} pixels, and {CHAPTER_IMAGE_SIDE_PX} a side are the most")
    return faults


def _chapter_format_faults(image: Image.Image) -> list[str]:
    if _format(image) not in APPLE_EXTENSIONS:
        return [f"its bytes are {_format(image)}, not JPEG or PNG"]
    return [] if image.mode in CHAPTER_IMAGE_MODES else [f"its pixels are {image.mode}, not of 8 bits a channel"]


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB; what is transparent becomes white, as on paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def tag_cover(path: Path) -> bytes:
    """The cover as the tag of an episode carries it: an RGB JPEG of at most 600 x 600 px.

    Every download carries it, so it is small; apps that show it large take the feed's. The same file gives the same
    bytes with the same Pillow.

    It wants an image that ``require_apple_artwork`` took. Raises: ConfigError as ``read_artwork``.
    """
    with _opened(path, _ARTWORK) as image:
        small = image.convert("RGB")
        small.thumbnail((TAG_COVER_PX, TAG_COVER_PX), Image.Resampling.LANCZOS)
        return _jpeg(small)


def _opened(path: Path, use: _Use) -> Image.Image:
    """The image at ``path``, to be closed; or an error that says why there is none."""
    if not path.is_file():
        cure = f"put a JPEG of {use.size} there, or name another file"
        raise use.error(f"{use.name} is not there", path=path, cure=cure)
    try:
        with warnings.catch_warnings():
            # Above about 89 million pixels Pillow warns, above twice that it refuses; here both are one refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decoded(path)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        what = f"{use.name} has too many pixels to be opened safely"
        raise use.error(what, path=path, cure=f"make it {use.size}: larger is refused") from error
    except _BROKEN_IMAGE as error:
        what = f"{use.name} cannot be read as an image ({error})"
        raise use.error(what, path=path, cure=f"save it again as a JPEG of {use.size}") from error


def _decoded(path: Path) -> Image.Image:
    # Without it Pillow knows only its five commonest formats, and fails on the names of the others.
    Image.init()
    image = Image.open(path, formats=READABLE_FORMATS)
    try:
        if _format(image) in APPLE_EXTENSIONS:
            # What is refused for its format need not be whole, and libtiff would complain to the terminal by itself.
            image.load()
    except BaseException:
        image.close()
        raise
    return image


def _format(image: Image.Image) -> str:
    return "JPEG" if image.format == "MPO" else str(image.format)


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
    extension = APPLE_EXTENSIONS.get(artwork.format)
    if extension is None:
        return [f"its bytes are {artwork.format}, not JPEG or PNG"]
    faults = [f"its pixels are {artwork.mode}, not RGB"] if artwork.mode != "RGB" else []
    if PurePath(artwork.name).suffix.lower() != extension:
        faults.append(f"its bytes are {artwork.format}, so its name must end in {extension}")
    return faults
