"""Floor 3, inside the artwork: the picture of a sound as PNG, for chats and documents that show no SVG."""

import functools
import io

from PIL import Image, ImageDraw, ImageFont

from pipeline.artwork.waveform.scene import (
    AXIS_PX,
    FACTS_BASE_PX,
    INNER_PX,
    MARGIN_PX,
    NAME_INDENT_PX,
    ROW_PX,
    SMALL_SIZE_PX,
    TEXT_SIZE_PX,
    TIME_INDENT_PX,
    TITLE_BASE_PX,
    TITLE_SIZE_PX,
    WIDTH_PX,
    Flag,
    Point,
    Row,
    Scene,
    Tick,
    Waveform,
    fitted,
    scene_of,
)
from pipeline.errors import ConfigError

#: The light half of the SVG's colours.
_GROUND, _INK, _FAINT, _GRID = "#fbfaf7", "#1d1d1f", "#5f6068", "#e2dfd7"
_PEAK, _LOUD, _CHAPTER = "#b9cbdd", "#2f5d8a", "#a63a1e"

#: Drawn so much larger, then made smaller: Pillow's shapes have no soft edges.
_SCALE = 2

#: Faces with more than Latin letters, where the machine has one; the last resort is the one inside Pillow.
_FACES = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial Unicode.ttf", "arial.ttf", "LiberationSans-Regular.ttf")

#: In place of a title of which the face has no letter at all.
_NOT_DRAWABLE = "(see the SVG)"

#: What the picture says of itself where letters are missing from it.
_NOTE = "Letters that this typeface lacks are left out: the SVG (--plot NAME.svg) has them all."

#: No face has this character, so it shows what a face draws in place of one that it lacks.
_NOBODY_HAS = "\U0010ffff"


def png_waveform(waveform: Waveform) -> bytes:
    """The picture as a PNG, light, 1600 pixels wide.

    Letters that the typeface lacks are left out, and a line at the bottom says so.
    """
    scene = scene_of(waveform)
    note = _NOTE if any(map(_lacks_letters, _texts(scene))) else ""
    size = (WIDTH_PX, scene.height + (ROW_PX if note else 0))
    image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), _GROUND)
    pen = _Pen(ImageDraw.Draw(image))
    _draw(pen, scene)
    pen.text((MARGIN_PX, size[1] - ROW_PX / 2), note, size=SMALL_SIZE_PX, ink=_FAINT)
    stream = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


class _Pen:
    """Draws in the pixels of the Scene, whatever those of the image."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def text(self, place: Point, text: str, *, size: int, ink: str = _INK, anchor: str = "ls") -> None:
        at = (place[0] * _SCALE, place[1] * _SCALE)
        self._draw.text(at, _drawable(text, size), fill=ink, font=_font(size * _SCALE), anchor=anchor)

    def line(self, start: Point, end: Point, *, ink: str, width: float = 1) -> None:
        corners = [(x * _SCALE, y * _SCALE) for x, y in (start, end)]
        self._draw.line(corners, fill=ink, width=round(width * _SCALE))

    def shape(self, points: tuple[Point, ...], *, ink: str) -> None:
        if points:
            self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=ink)


def _draw(pen: _Pen, scene: Scene) -> None:
    pen.text((MARGIN_PX, TITLE_BASE_PX), _cut(scene.title, INNER_PX, size=TITLE_SIZE_PX), size=TITLE_SIZE_PX)
    pen.text((MARGIN_PX, FACTS_BASE_PX), _cut(scene.facts, INNER_PX), size=TEXT_SIZE_PX, ink=_FAINT)
    for tick in scene.ticks:
        _draw_tick(pen, tick, scene=scene)
    pen.line((MARGIN_PX, scene.wave_middle), (WIDTH_PX - MARGIN_PX, scene.wave_middle), ink=_GRID)
    pen.shape(scene.peaks, ink=_PEAK)
    pen.shape(scene.loud, ink=_LOUD)
    for flag in scene.flags:
        _draw_flag(pen, flag, scene=scene)
    for row in scene.rows:
        _draw_row(pen, row)


def _draw_tick(pen: _Pen, tick: Tick, *, scene: Scene) -> None:
    pen.line((tick.x, scene.wave_top), (tick.x, scene.wave_bottom + 6), ink=_GRID)
    anchor = "ls" if tick.x < MARGIN_PX + 20 else "rs" if tick.x > WIDTH_PX - MARGIN_PX - 20 else "ms"
    place = (tick.x, scene.wave_bottom + AXIS_PX - 8)
    pen.text(place, tick.label, size=SMALL_SIZE_PX, ink=_FAINT, anchor=anchor)


def _draw_flag(pen: _Pen, flag: Flag, *, scene: Scene) -> None:
    pen.line((flag.x, flag.top), (flag.x, scene.wave_bottom), ink=_CHAPTER, width=1.5)
    if flag.number:
        pen.text((flag.x + 6, flag.top + 15), str(flag.number), size=SMALL_SIZE_PX, ink=_CHAPTER)
    if flag.room:
        title = _cut(flag.title, flag.room, size=SMALL_SIZE_PX)
        pen.text((flag.title_x, flag.top + 15), title, size=SMALL_SIZE_PX)


def _draw_row(pen: _Pen, row: Row) -> None:
    pen.text((row.x, row.base), str(row.number), size=TEXT_SIZE_PX, ink=_CHAPTER)
    pen.text((row.x + TIME_INDENT_PX, row.base), row.time, size=TEXT_SIZE_PX, ink=_FAINT)
    pen.text((row.x + NAME_INDENT_PX, row.base), _cut(row.title, row.room), size=TEXT_SIZE_PX)


def _cut(text: str, room: float, *, size: int = TEXT_SIZE_PX) -> str:
    font = _font(size * _SCALE)
    return fitted(_drawable(text, size), room, measure=lambda part: font.getlength(part) / _SCALE)


def _texts(scene: Scene) -> tuple[str, ...]:
    """All that may have letters of any script."""
    return (scene.title, *(row.title for row in scene.rows))


def _lacks_letters(text: str) -> bool:
    return not all(_has(letter, TEXT_SIZE_PX * _SCALE) for letter in text)


def _drawable(text: str, size: int) -> str:
    """``text`` without the letters that the typeface lacks; they would all be the same empty box."""
    drawable = " ".join("".join(letter for letter in text if _has(letter, size * _SCALE)).split())
    return drawable or (_NOT_DRAWABLE if text else "")


@functools.lru_cache(maxsize=4096)
def _has(letter: str, size: int) -> bool:
    font = _font(size)
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(_NOBODY_HAS))


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in _FACES:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue  # this machine has no such face
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise ConfigError("this Pillow was built without FreeType", cure="pip install --force-reinstall pillow")
    return font
