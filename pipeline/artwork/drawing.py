"""Floor 3, inside the artwork: a cover for a show that has none, drawn from its title."""

import functools
import hashlib

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from pipeline.artwork.codec import small_jpeg
from pipeline.errors import ConfigError

COVER_PX = 3000
MARGIN_PX = 240
TEXT_WIDTH_PX = COVER_PX - 2 * MARGIN_PX
#: From the top: a short rule, the title, the subtitle, the bars.
TITLE_HEIGHT_PX = 1480
TITLE_SIZES_PX = range(760, 119, -20)
SUBTITLE_SIZE_PX = 120
SUBTITLE_BOTTOM_PX = 2160
BARS_MIDDLE_PX = 2520
BAR_COUNT = 24


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
    return small_jpeg(image)


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
