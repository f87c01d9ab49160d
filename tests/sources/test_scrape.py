"""Plain text -> Blocks: titles, subtitles, and the promise that no line is lost."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import BODY_KINDS, Block, BlockKind
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.manuscript import Manuscript, clean
from pipeline.sources.scrape import scrape_blocks
from tests.sources.golden import GIVEN

PATH = Path("seeds/quay.txt")
PROSE = "The convoy passed at noon. Nobody in the town had expected it, and nobody in the ministry would say why."
PROSE2 = "By evening the price of cover had halved. The underwriters, who had met on Friday, went home."
TITLE = "Why the straits are quiet"
SUBTITLE = "Insurers, not navies, kept the lane open"


def blocks_of(text: str, *, front: FrontMatter | None = None) -> tuple[Block, ...]:
    front = front or read_front_matter(text, path=PATH)
    return scrape_blocks(Manuscript(path=PATH, text=text, front=front), GIVEN)


def kinds(text: str, *, front: FrontMatter | None = None) -> str:
    """The kinds of the Blocks, a letter each: Title, Subtitle, Paragraph, List item, Credit note, x for debris."""
    letters = {
        BlockKind.TITLE: "T",
        BlockKind.SUBTITLE: "S",
        BlockKind.PARAGRAPH: "P",
        BlockKind.LIST_ITEM: "L",
        BlockKind.CREDIT: "C",
        BlockKind.BOILERPLATE: "x",
    }
    return "".join(letters[block.kind] for block in blocks_of(text, front=front))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE}\n\n{PROSE}\n\n{PROSE2}", "TPP"),
        (f"{TITLE}\n{PROSE}\n{PROSE2}", "TPP"),
        (f"{TITLE}\n\n{SUBTITLE}\n\n{PROSE}", "TSP"),
        (f"{TITLE}\n{SUBTITLE}.\n\n{PROSE}\n\n{PROSE2}", "TSP" + "P"),
        # A sentence with a full stop and nothing that says it is the subtitle is the first paragraph.
        (f"{TITLE}\n\nThe convoy came early.\n\n{PROSE}", "TPP"),
        (f"{TITLE}\n{SUBTITLE}\n{PROSE}\n{PROSE2}", "TSPP"),
        (f"{TITLE}\n0:00\n-4:12\n{SUBTITLE}.\n{PROSE}", "TxxSP"),
        (f"{TITLE}\n\nBy Ines Calder\n\n14 January 2026\n\n{PROSE}", "TxxP"),
        (f"{TITLE}\n\nTomas Reyl\n14 January 2026\n\n{PROSE}", "TxxP"),
        (f"{TITLE}\n\nThis article was first published by The Quay.\n\n{PROSE}", "TCP"),
        ("Peace in the U.S. Navy and other tales\n\n" + PROSE, "TP"),
        (f"{TITLE}\n\n{PROSE}\n\n• first point\n- second point\n\n{PROSE2}", "TPLLP"),
        (f"{TITLE}\n\n{PROSE}\n\n* * *\n\n{PROSE2}", "TPxP"),
        (f"{TITLE}\n\n{PROSE}\n\nShare\n\n{PROSE2}", "TPxP"),
        (f"{TITLE}\n\n{PROSE}\n\nSpotify\n\n{PROSE2}", "TPPP"),
        # Nothing here can be a title, and none is made up.
        (f"{PROSE}\n\n{PROSE2}", "PP"),
        ("The convoy came early.\n\n" + PROSE, "PP"),
        ("The Harbour Review\n\n" + PROSE, "xP"),
    ],
)
def test_layouts(text: str, expected: str) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["The Harbour Review", TITLE], "xT"),
        (["The Harbour Review Podcast", TITLE, SUBTITLE], "xTS"),
        (["The Harbour Review", "The Harbour Review", TITLE, "0:00", TITLE, SUBTITLE], "xxTxxS"),
        # A publication that is not the show: twice in a row above the title, or above a title that is said again.
        (["Quay Notes", "Quay Notes", TITLE], "xxT"),
        (["Quay Notes", TITLE, "0:00", "-4:12", TITLE], "xTxxx"),
        (["Quay Notes", "Quay Notes", TITLE, "0:00", TITLE, SUBTITLE], "xxTxxS"),
        (["The Harbour Review", TITLE, TITLE, SUBTITLE], "xTxS"),
        ([TITLE, TITLE], "Tx"),
        (["Skip to content", "Subscribe", "Sign in", TITLE], "xxxT"),
    ],
)
def test_heads(head: list[str], expected: str) -> None:
    for gap in ("\n", "\n\n"):
        assert kinds(gap.join([*head, "", PROSE])) == expected + "P"


def test_the_front_matter_names_title_and_subtitle() -> None:
    text = f"Quay Notes\n{TITLE}\n\nThe convoy came early.\n\n{PROSE}"
    front = FrontMatter(title="Why the Straits Are Quiet!", subtitle="the convoy came early")
    assert kinds(text, front=front) == "xTSP"


def test_a_title_in_front_matter_may_be_missing_in_the_text() -> None:
    front = FrontMatter(title="Another title")
    assert kinds(f"{PROSE}\n\n{PROSE2}", front=front) == "PP"
    page = blocks_of(f"{TITLE}\n0:00\n{TITLE}\n\n{PROSE}", front=front)
    assert [block.is_spoken for block in page] == [False, False, False, True]
    assert "front matter" in page[0].fate.reason


def test_a_first_heading_is_no_title_if_the_front_matter_has_one() -> None:
    assert kinds(f"What the insurers saw\n\n{PROSE}", front=FrontMatter(title="Another title")) == "PP"


def test_bullets_are_no_words() -> None:
    assert blocks_of(f"{TITLE}\n\n{PROSE}\n\n• first point")[-1].text == "first point"


LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "The Harbour Review",
            TITLE,
            SUBTITLE,
            PROSE,
            PROSE2,
            "0:00",
            "-6:59",
            "Share",
            "Spotify",
            "18",
            "* * *",
        ),
        *("An earlier version of this analysis was published by The Quay.", "We hope you'll share this.", "• a point"),
        *("Discussion about this post", "© 2026", "By Ines Calder", "Jan 14, 2026", "  indented and in lower case  "),
    ]
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(LINES | st.text(max_size=40)).map("\n".join).map(clean), st.sampled_from(["", TITLE, "Another"]))
def test_every_line_ends_up_in_exactly_one_block(text: str, title: str) -> None:
    blocks = blocks_of(text, front=FrontMatter(title=title))
    covered = "".join(text[block.span.start : block.span.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.span.end <= other.span.start for one, other in pairwise(blocks))
    assert all(block.fate.reason for block in blocks)
    assert [block.kind for block in blocks].count(BlockKind.TITLE) <= 1
    assert [block.kind for block in blocks].count(BlockKind.SUBTITLE) <= 1


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.sampled_from([PROSE, PROSE2, "It held.", "Why did it hold?"]), min_size=1).map(tuple))
def test_prose_is_never_lost(paragraphs: tuple[str, ...]) -> None:
    text = "\n\n".join([TITLE, PROSE, *paragraphs])
    assert [block.text for block in blocks_of(text) if block.kind in BODY_KINDS] == [PROSE, *paragraphs]


def test_every_character_of_the_real_scrape_is_in_one_block(vortex: Path) -> None:
    text = vortex.read_text(encoding="utf-8")
    covered = "".join(text[block.span.start : block.span.end] for block in blocks_of(text, front=FrontMatter()))
    assert "".join(covered.split()) == "".join(text.split())
