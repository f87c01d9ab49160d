"""Floor 3, inside the artwork: the picture of a sound as SVG, which follows the reader's light or dark."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from pipeline.artwork.waveform.scene import (
    AXIS_PX,
    FACTS_BASE_PX,
    INNER_PX,
    MARGIN_PX,
    NAME_INDENT_PX,
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
    estimated_width,
    fitted,
    scene_of,
)

#: Letters read well on either ground (WCAG AA, 4.5:1); neither ground is the browser's, so that it fits any page.
_STYLE = f"""\
svg {{ --ground: #fbfaf7; --ink: #1d1d1f; --faint: #5f6068; --grid: #e2dfd7; --peak: #b9cbdd; --loud: #2f5d8a;
  --chapter: #a63a1e; font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }}
@media (prefers-color-scheme: dark) {{ svg {{ --ground: #16181d; --ink: #f1efe9; --faint: #a8abb3; --grid: #2c3038;
  --peak: #3a5068; --loud: #86b6e6; --chapter: #f0a58f; }} }}
text {{ fill: var(--ink); font-size: {TEXT_SIZE_PX}px; white-space: pre; }}
.title {{ font-size: {TITLE_SIZE_PX}px; font-weight: 600; }}
.faint {{ fill: var(--faint); }}
.small {{ font-size: {SMALL_SIZE_PX}px; }}
.number {{ fill: var(--chapter); font-weight: 600; }}
.grid {{ stroke: var(--grid); }}
.chapter {{ stroke: var(--chapter); stroke-width: 1.5; }}
.ground {{ fill: var(--ground); }}
.peak {{ fill: var(--peak); }}
.loud {{ fill: var(--loud); }}"""


def svg_waveform(waveform: Waveform) -> str:
    """The picture as an SVG document: text can be searched, and each chapter shows its whole title when pointed at."""
    return "\n".join((*_lines(scene_of(waveform)), ""))


def _lines(scene: Scene) -> Iterator[str]:
    size = f'width="{WIDTH_PX}" height="{scene.height}" viewBox="0 0 {WIDTH_PX} {scene.height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield f"<title>{escape(scene.title)}</title>"
    yield f"<desc>Waveform. {escape(scene.facts)}</desc>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield f'<rect class="ground" width="{WIDTH_PX}" height="{scene.height}"/>'
    yield _text((MARGIN_PX, TITLE_BASE_PX), _cut(scene.title, INNER_PX, size=TITLE_SIZE_PX * 1.08), kind="title")
    yield _text((MARGIN_PX, FACTS_BASE_PX), _cut(scene.facts, INNER_PX), kind="faint")
    for tick in scene.ticks:
        yield from _tick(tick, scene)
    yield _line((MARGIN_PX, scene.wave_middle), (WIDTH_PX - MARGIN_PX, scene.wave_middle), kind="grid")
    yield _path(scene.peaks, kind="peak")
    yield _path(scene.loud, kind="loud")
    for flag in scene.flags:
        yield from _flag(flag, scene)
    for row in scene.rows:
        yield from _row(row)
    yield "</svg>"


def _tick(tick: Tick, scene: Scene) -> Iterator[str]:
    yield _line((tick.x, scene.wave_top), (tick.x, scene.wave_bottom + 6), kind="grid")
    anchor = "start" if tick.x < MARGIN_PX + 20 else "end" if tick.x > WIDTH_PX - MARGIN_PX - 20 else "middle"
    base = scene.wave_bottom + AXIS_PX - 8
    yield f'<text x="{tick.x:g}" y="{base:g}" class="faint small" text-anchor="{anchor}">{tick.label}</text>'


def _flag(flag: Flag, scene: Scene) -> Iterator[str]:
    yield f"<g><title>{escape(flag.title)}</title>"
    yield _line((flag.x, flag.top), (flag.x, scene.wave_bottom), kind="chapter")
    if flag.number:
        yield _text((flag.x + 6, flag.top + 15), str(flag.number), kind="number small")
    if flag.room:
        title = _cut(flag.title, flag.room, size=SMALL_SIZE_PX)
        yield _text((flag.title_x, flag.top + 15), title, kind="small")
    yield "</g>"


def _row(row: Row) -> Iterator[str]:
    yield f"<g><title>{escape(row.title)}</title>"
    yield _text((row.x, row.base), str(row.number), kind="number")
    yield _text((row.x + TIME_INDENT_PX, row.base), row.time, kind="faint")
    yield _text((row.x + NAME_INDENT_PX, row.base), _cut(row.title, row.room))
    yield "</g>"


def _cut(text: str, room: float, *, size: float = TEXT_SIZE_PX) -> str:
    return fitted(text, room, measure=lambda part: estimated_width(part, size))


def _text(place: Point, text: str, *, kind: str = "plain") -> str:
    return f'<text class="{kind}" x="{place[0]:g}" y="{place[1]:g}">{escape(text)}</text>'


def _line(start: Point, end: Point, *, kind: str) -> str:
    return f'<line class="{kind}" x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}"/>'


def _path(points: tuple[Point, ...], *, kind: str) -> str:
    corners = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polygon class="{kind}" points="{corners}"/>'
