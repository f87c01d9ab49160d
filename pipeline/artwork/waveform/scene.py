"""Floor 3, inside the artwork: where everything in the picture of a sound lies, in pixels. Pure.

From the top: the title and the facts, the flags of the chapters, the waveform, the time, the list of the chapters.
"""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from pipeline.units import clock

WIDTH_PX = 1600
MARGIN_PX = 40
INNER_PX = WIDTH_PX - 2 * MARGIN_PX
TITLE_BASE_PX, FACTS_BASE_PX = 52, 82
FLAGS_TOP_PX = 108
LANE_PX = 24
WAVE_PX = 320
AXIS_PX = 34
ROW_PX = 28

TITLE_SIZE_PX, TEXT_SIZE_PX, SMALL_SIZE_PX = 26, 17, 15

#: The number of a flag, its title behind it, what each further digit adds to both, and the least room in which a title
#: says anything.
NUMBER_PX, TITLE_INDENT_PX, DIGIT_PX, LEAST_TITLE_PX = 30, 28, 10, 64

#: In the list: from the number to the time, and from there to the title.
TIME_INDENT_PX, NAME_INDENT_PX = 38, 108

_LANES = 3
_MOST_TICKS = 14
_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
#: The list has another column from so many chapters on.
_LIST_COLUMNS, _ROWS_A_COLUMN = 3, 6
_GAP_PX = 24

#: Characters that join or part letters: without them some scripts and many emoji fall apart.
_JOINERS = "\u200c\u200d"


class ChapterLine(Struct, frozen=True, kw_only=True):
    """A chapter: its start in seconds, and its title as the file has it."""

    start_s: float
    title: str


class Waveform(Struct, frozen=True, kw_only=True):
    """What is drawn: ``lowest``, ``highest`` and ``rms`` are columns of ``column_s`` seconds, full scale at 1.0."""

    title: str
    facts: str
    duration_s: float
    column_s: float
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    rms: tuple[float, ...]
    chapters: tuple[ChapterLine, ...] = ()


class Tick(Struct, frozen=True, kw_only=True):
    """A mark of the time axis."""

    x: float
    label: str


class Flag(Struct, frozen=True, kw_only=True):
    """A chapter over the waveform: its line stands at ``x`` and begins at ``top``.

    Where ``number`` is 0 there was no room for one. ``room`` is how wide its title may be; 0 is none.
    """

    x: float
    top: float
    number: int
    title: str
    room: float

    @property
    def title_x(self) -> float:
        """Where its title begins, behind the number."""
        return self.x + TITLE_INDENT_PX + _further_digits(self.number)


class Row(Struct, frozen=True, kw_only=True):
    """A chapter in the list: ``base`` is the line it is written on, ``room`` how wide its title may be."""

    x: float
    base: float
    number: int
    time: str
    title: str
    room: float


Point = tuple[float, float]


class Scene(Struct, frozen=True, kw_only=True):
    """All of the picture in pixels. ``peaks`` and ``loud`` are outlines that close by themselves."""

    height: int
    title: str
    facts: str
    wave_top: float
    peaks: tuple[Point, ...]
    loud: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    flags: tuple[Flag, ...]
    rows: tuple[Row, ...]

    @property
    def wave_middle(self) -> float:
        """Where silence lies."""
        return self.wave_top + WAVE_PX / 2

    @property
    def wave_bottom(self) -> float:
        """Where the time axis lies."""
        return self.wave_top + WAVE_PX


def scene_of(waveform: Waveform) -> Scene:
    """``waveform`` laid out; the picture is as high as its chapters want."""
    flags = tuple(_flags(waveform))
    lanes = 1 + max((round((flag.top - FLAGS_TOP_PX) / LANE_PX) for flag in flags), default=-1)
    wave_top = FLAGS_TOP_PX + lanes * LANE_PX
    list_top = wave_top + WAVE_PX + AXIS_PX + ROW_PX // 2
    rows = tuple(_rows(waveform, top=list_top))
    return Scene(
        height=round(max((row.base for row in rows), default=list_top - ROW_PX // 2)) + ROW_PX,
        title=printable(waveform.title),
        facts=printable(waveform.facts),
        wave_top=wave_top,
        peaks=_outline(waveform, waveform.highest, low=waveform.lowest, top=wave_top),
        loud=_outline(waveform, waveform.rms, low=tuple(-one for one in waveform.rms), top=wave_top),
        ticks=tuple(_ticks(waveform.duration_s)),
        flags=flags,
        rows=rows,
    )


def printable(text: str) -> str:
    """``text`` on one line, without what is no character to see: controls, marks that turn the direction of others."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    seen = "".join(letter for letter in spaced if letter.isprintable() or letter in _JOINERS)
    return " ".join(seen.split())


def fitted(text: str, room: float, *, measure: Callable[[str], float]) -> str:
    """``text``, cut to end in an ellipsis where it is wider than ``room``; "" where not even one letter fits."""
    if measure(text) <= room:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if measure(f"{text[:middle].rstrip()}…") <= room:
            fits = middle
        else:
            too_long = middle
    return f"{text[:fits].rstrip()}…" if fits else ""


def estimated_width(text: str, size: float) -> float:
    """About how wide ``text`` is in a sans-serif face of ``size`` pixels: rather too much than too little."""
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if unicodedata.combining(letter) or letter in _JOINERS:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.25  # emoji are wider than they are high
    return 0.72 if letter.isupper() or letter in "MWmw—…@%" else 0.58


def _x(seconds: float, duration_s: float) -> float:
    share = min(1.0, max(0.0, seconds / duration_s)) if duration_s > 0 else 0.0
    return round(MARGIN_PX + INNER_PX * share, 1)


def _outline(waveform: Waveform, high: tuple[float, ...], *, low: tuple[float, ...], top: float) -> tuple[Point, ...]:
    """Along the upper edge and back along the lower: the middles of the columns, and both ends of the picture."""
    last = len(high) - 1
    xs = [_x((number + 0.5) * waveform.column_s, waveform.duration_s) for number in range(len(high))]
    middle, half = top + WAVE_PX / 2, WAVE_PX / 2

    def edge(values: tuple[float, ...]) -> list[Point]:
        points = [(x, round(middle - half * max(-1.0, min(1.0, one)), 1)) for x, one in zip(xs, values, strict=True)]
        return [(MARGIN_PX, points[0][1]), *points, (WIDTH_PX - MARGIN_PX, points[last][1])] if points else []

    return (*edge(high), *reversed(edge(low)))


def _ticks(duration_s: float) -> Iterator[Tick]:
    step = next((step for step in _STEPS_S if duration_s / step <= _MOST_TICKS), _STEPS_S[-1])
    for number in range(int(duration_s / step) + 1):
        yield Tick(x=_x(number * step, duration_s), label=_time(number * step, step=step))


def _time(seconds: float, *, step: float) -> str:
    return clock(round(seconds * 1000)) if step >= 1 else f"{seconds:.1f} s"


def _flags(waveform: Waveform) -> Iterator[Flag]:
    """The flags from left to right, each as high as it can stand.

    Its line may cross none that stands lower, so the next one takes the lane below the last that it would touch; where
    there is no such lane any more it has its line and no number.
    """
    ends = [0.0] * _LANES
    starts = sorted(enumerate(waveform.chapters, start=1), key=lambda one: one[1].start_s)
    xs = [*(_x(chapter.start_s, waveform.duration_s) for _, chapter in starts), WIDTH_PX - MARGIN_PX]
    for (number, chapter), (x, following) in zip(starts, pairwise(xs), strict=True):
        lane = 1 + max((lane for lane in range(_LANES) if ends[lane] > x), default=-1)
        has_number = lane < _LANES
        room = following - x - TITLE_INDENT_PX - _further_digits(number) - 6
        if has_number:
            ends[lane] = x + NUMBER_PX + _further_digits(number)
        yield Flag(
            x=x,
            top=FLAGS_TOP_PX + min(lane, _LANES - 1) * LANE_PX,
            number=number if has_number else 0,
            title=printable(chapter.title),
            room=room if has_number and room >= LEAST_TITLE_PX else 0,
        )


def _further_digits(number: int) -> int:
    """How wide the digits of ``number`` are behind the first."""
    return DIGIT_PX * (len(str(number)) - 1)


def _rows(waveform: Waveform, *, top: float) -> Iterator[Row]:
    """The list, column by column; few chapters need only one."""
    count = len(waveform.chapters)
    columns = max(1, min(_LIST_COLUMNS, -(-count // _ROWS_A_COLUMN)))
    height = -(-count // columns)
    width = (INNER_PX - (columns - 1) * _GAP_PX) / columns
    for number, chapter in enumerate(waveform.chapters):
        column, row = divmod(number, height)
        yield Row(
            x=MARGIN_PX + column * (width + _GAP_PX),
            base=top + (row + 0.75) * ROW_PX,
            number=number + 1,
            time=clock(round(chapter.start_s * 1000)),
            title=printable(chapter.title),
            room=width - NAME_INDENT_PX,
        )
