"""The files that all pages share."""

import re

import pytest

from pipeline.site import page_files

STYLE = page_files()["feeds/style.css"].decode()
GROUNDS = ("ground", "panel")
TEXTS = ("ink", "muted", "link")


def colours(scheme: str) -> dict[str, str]:
    """The custom properties of the light scheme, the first in the file, or of the dark one, the second."""
    blocks = re.findall(r":root\s*\{([^}]*)\}", STYLE)
    return dict(re.findall(r"--(\w+):\s*(#[0-9a-f]{6});", blocks[("light", "dark").index(scheme)]))


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_legible_on_every_ground(scheme: str, ground: str, text: str) -> None:
    found = colours(scheme)
    dark, light = sorted((luminance(found[ground]), luminance(found[text])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_colour_stands_outside_the_two_schemes() -> None:
    outside = re.sub(r":root\s*\{[^}]*\}", "", STYLE)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", outside)
    assert set(re.findall(r"var\(--(\w+)\)", STYLE)) <= colours("light").keys() == colours("dark").keys()


def test_nothing_is_loaded_from_anywhere() -> None:
    for content in page_files().values():
        assert not re.search(rb"url\(|@import|https?:|fetch\(|import\s*\(", content)


def test_the_files_lie_in_the_web_root() -> None:
    assert sorted(page_files()) == ["feeds/page.js", "feeds/style.css"]
