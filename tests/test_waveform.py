"""The picture of a sound: a picture whatever the chapters are called, and nothing in it lies on anything else."""

import io
import math
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from pipeline.artwork.waveform import ChapterLine, Waveform, png_waveform, printable, svg_waveform
from pipeline.artwork.waveform.scene import (
    MARGIN_PX,
    NUMBER_PX,
    SMALL_SIZE_PX,
    TITLE_INDENT_PX,
    WIDTH_PX,
    estimated_width,
    fitted,
    scene_of,
)

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(\"x\")</script> & 'quotes' \x1b[31m\u202e שלום 🚢"


def waveform(*chapters: tuple[float, str], duration_s: float = 600.0, level: float = 0.3) -> Waveform:
    rms = tuple(level * abs(math.sin(number / 50)) for number in range(1500))
    return Waveform(
        title="The ferry that waited",
        facts="10:00 · −16.0 LUFS",
        duration_s=duration_s,
        column_s=duration_s / 1500,
        lowest=tuple(-2 * one for one in rms),
        highest=tuple(2 * one for one in rms),
        rms=rms,
        chapters=tuple(ChapterLine(start_s=start_s, title=title) for start_s, title in chapters),
    )


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_title_is_text_and_nothing_else() -> None:
    svg = svg_waveform(waveform((0, "Opening"), (60, NASTY), (300, "Closing")))
    tree = ET.fromstring(svg)
    assert not list(tree.iter(f"{SVG}script"))
    shown = [text for text in texts(svg) if text.startswith("<script>")]
    assert shown
    whole = [element.text for element in tree.iter(f"{SVG}title")]
    assert printable(NASTY) in whole
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert "שלום 🚢" in printable(NASTY)


@given(
    st.lists(st.tuples(st.floats(-5, 700), st.text(max_size=200)), max_size=60),
    st.floats(0, 100_000),
)
def test_whatever_the_chapters_are_it_is_a_picture(chapters: list[tuple[float, str]], duration_s: float) -> None:
    drawn = waveform(*chapters, duration_s=duration_s)
    tree = ET.fromstring(svg_waveform(drawn))
    assert len(tree.findall(f".//{SVG}line[@class='chapter']")) == len(chapters)
    scene = scene_of(drawn)
    for x, y in (*scene.peaks, *scene.loud):
        assert MARGIN_PX <= x <= WIDTH_PX - MARGIN_PX
        assert scene.wave_top <= y <= scene.wave_bottom


@given(st.lists(st.floats(0, 600), min_size=1, max_size=80))
def test_no_flag_lies_on_another_and_no_line_runs_through_one(starts: list[float]) -> None:
    flags = [flag for flag in scene_of(waveform(*((start, "T" * 60) for start in starts))).flags if flag.number]
    for left, right in pairwise(flags):
        assert left.x <= right.x
    for flag in flags:
        end = flag.x + (TITLE_INDENT_PX + flag.room if flag.room else NUMBER_PX)
        for other in flags:
            # A line goes down from its flag, through all that stands lower.
            crosses = other.top <= flag.top and flag.x < other.x < end
            assert not crosses


def test_every_chapter_stands_in_the_list_with_its_number_and_time() -> None:
    shown = texts(svg_waveform(waveform(*((number * 2.0, f"Part {number}") for number in range(255)))))
    assert "Part 254" in shown
    assert "8:28" in shown
    assert "255" in shown


def test_a_title_is_cut_to_its_room() -> None:
    for title in ("W" * 90, "Insurers before admirals, and what they charge", "日本語の章題" * 9):
        cut = fitted(title, 200, measure=lambda text: estimated_width(text, 15))
        assert cut.endswith("…")
        assert estimated_width(cut, 15) <= 200
        assert title.startswith(cut[:-1])
    assert fitted("Fee", 200, measure=lambda text: estimated_width(text, 15)) == "Fee"
    assert fitted("Fee", 1, measure=lambda text: estimated_width(text, 15)) == ""


@pytest.mark.parametrize(("number", "digits"), [(1, 1), (11, 2), (101, 3)])
def test_a_title_stands_clear_of_its_number(number: int, digits: int) -> None:
    starts = [0.01 * place for place in range(number - 1)]
    scene = scene_of(waveform(*((start, "A") for start in starts), (300, "The one behind")))
    last = scene.flags[-1]
    assert (last.number, last.title) == (number, "The one behind")
    face = ImageFont.load_default(SMALL_SIZE_PX)
    assert last.title_x - (last.x + 6) >= face.getlength("4" * digits) + 8
    assert f'x="{last.title_x:g}"' in svg_waveform(
        waveform(*((start, "A") for start in starts), (300, "The one behind"))
    )


def test_the_svg_reads_in_the_dark() -> None:
    svg = svg_waveform(waveform())
    light, dark = svg.split("prefers-color-scheme: dark")
    assert "--ground: #fbfaf7" in light
    assert "--ground: #16181d" in dark


def test_the_png_shows_what_is_loud() -> None:
    quiet, loud = (Image.open(io.BytesIO(png_waveform(waveform(level=level)))) for level in (0.05, 0.45))
    assert quiet.size == loud.size
    assert quiet.width == WIDTH_PX
    blue = [int(np.sum(np.all(np.abs(np.asarray(of) - (0x2F, 0x5D, 0x8A)) < 12, axis=2))) for of in (quiet, loud)]
    assert blue[1] > 5 * blue[0] > 0


def test_the_png_takes_titles_that_its_typeface_has_not() -> None:
    image = Image.open(io.BytesIO(png_waveform(waveform((0, NASTY), (100, "日本語の章題"), (200, "")))))
    image.load()
    assert image.format == "PNG"


def test_a_png_from_which_letters_are_missing_says_so() -> None:
    plain, missing = (
        Image.open(io.BytesIO(png_waveform(waveform((0, title)))))
        for title in ("Opening", "Opening \U000e0123\U0001f6a2")
    )
    note = missing.height - plain.height
    assert note > 0
    below = np.asarray(missing.convert("L").crop((0, plain.height - 10, missing.width, missing.height)))
    assert below.min() < 140  # something is written there
    again = Image.open(io.BytesIO(png_waveform(waveform((0, "Closing")))))
    assert again.height == plain.height


@pytest.mark.parametrize("count", [0, 1])
def test_a_sound_of_one_column_or_none_is_drawn(count: int) -> None:
    drawn = Waveform(
        title="",
        facts="",
        duration_s=count / 44100,
        column_s=1 / 44100,
        lowest=(-0.5,) * count,
        highest=(0.5,) * count,
        rms=(0.5,) * count,
    )
    ET.fromstring(svg_waveform(drawn))
    Image.open(io.BytesIO(png_waveform(drawn))).load()
