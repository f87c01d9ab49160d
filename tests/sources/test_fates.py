"""The house policy: every setting, and what is said in place of what cannot be read."""

import msgspec
import pytest

from pipeline.model import Block, BlockKind, Fate, FateKind, Link, ReadingSettings, Span
from pipeline.sources.debris import CREDIT_VERDICT, dropped
from pipeline.sources.fates import BY_POLICY, CALL_SAID, READ_ALOUD, with_house_policy
from pipeline.sources.phrases import BUTTON, CALL


def block(kind: BlockKind, text: str, *, fate: Fate = BY_POLICY, **fields: object) -> Block:
    return msgspec.structs.replace(Block(kind=kind, text=text, span=Span(0, len(text)), fate=fate), **fields)


def fate_of(kind: BlockKind, text: str, *, settings: dict[str, object] | None = None, **fields: object) -> Fate:
    one = block(kind, text, **fields)
    (made,) = with_house_policy((one,), ReadingSettings(**(settings or {})))
    assert msgspec.structs.replace(made, fate=one.fate) == one
    return made.fate


TABLE = {"rows": 3, "columns": 2}


@pytest.mark.parametrize(
    ("fields", "text", "said"),
    [
        (
            {"caption": "Tonnage by year"},
            "Year | Tonnes\n2024 | 8\n2025 | 4",
            "A table is in the show notes: Tonnage by year. It has 2 columns and 2 rows.",
        ),
        (
            {"caption": "Who paid?"},
            "Year | Tonnes\n2024 | 8\n2025 | 4",
            "A table is in the show notes: Who paid? It has 2 columns and 2 rows.",
        ),
        (
            {},
            "Year | Tonnes\n2024 | 8\n2025 | 4",
            "A table of 2 columns and 2 rows is in the show notes: Year, Tonnes.",
        ),
        (
            {"caption": "Table 3. Who paid"},
            "Year | Tonnes\n2024 | 8\n2025 | 4",
            "A table is in the show notes: Who paid. It has 2 columns and 2 rows.",
        ),
        ({}, " | \n2024 | 8\n2025 | 4", "A table of 2 columns and 2 rows is in the show notes."),
    ],
)
def test_a_table_is_announced_by_caption_and_size(fields: dict[str, object], text: str, said: str) -> None:
    fate = fate_of(BlockKind.TABLE, text, **TABLE, **fields)
    assert (fate.kind, fate.said) == (FateKind.NOTES, said)
    assert fate_of(BlockKind.TABLE, text, settings={"tables": "notes"}, **TABLE, **fields).said == ""


@pytest.mark.parametrize(
    ("text", "caption", "said"),
    [
        ("The lock gates in 1998", "", "Picture: The lock gates in 1998."),
        ("A map", "Where the cables land.", "Picture: A map. Where the cables land."),
        ("A map", "Figure 2: Where the cables land", "Picture: A map. Where the cables land."),
        ("Figure 2", "", "Picture: Figure 2."),
        ("A map of the straits", "A map of the straits, 2024", "Picture: A map of the straits, 2024."),
        (
            "A map of the straits, drawn by hand",
            "A map of the straits",
            "Picture: A map of the straits, drawn by hand.",
        ),
    ],
)
def test_a_picture_is_described_without_saying_it_twice(text: str, caption: str, said: str) -> None:
    fate = fate_of(BlockKind.FIGURE, text, caption=caption)
    assert (fate.kind, fate.said) == (FateKind.SPOKEN, said)
    silent = fate_of(BlockKind.FIGURE, text, caption=caption, settings={"figures": "notes"})
    assert (silent.kind, silent.said) == (FateKind.NOTES, "")


@pytest.mark.parametrize(("language", "said"), [("python", "Python code"), ("", "Code"), ("{.r #x}", "Code")])
def test_code_is_announced_and_never_read(language: str, said: str) -> None:
    fate = fate_of(BlockKind.CODE, "print(1)", caption=language)
    assert (fate.kind, fate.said) == (FateKind.NOTES, f"{said} is in the show notes.")
    assert fate_of(BlockKind.CODE, "print(1)", settings={"code": "notes"}).said == ""


def test_a_formula_is_announced() -> None:
    assert fate_of(BlockKind.FORMULA, r"\frac{a}{b}").said == "A formula is in the show notes."
    assert fate_of(BlockKind.FORMULA, r"\frac{a}{b}", settings={"formulas": "notes"}).said == ""


@pytest.mark.parametrize(
    ("setting", "kind"),
    [("notes", FateKind.NOTES), ("in place", FateKind.SPOKEN), ("at the end", FateKind.SPOKEN)],
)
def test_footnotes_go_where_the_show_wants_them(setting: str, kind: FateKind) -> None:
    assert fate_of(BlockKind.FOOTNOTE, "See the treaty.", settings={"footnotes": setting}).kind is kind


def test_an_embed_is_read_with_its_author() -> None:
    fate = fate_of(BlockKind.EMBED, "The strait is open.", caption="Ines Calder on Mastodon")
    assert (fate.kind, fate.said) == (FateKind.SPOKEN, "Ines Calder on Mastodon:")
    silent = fate_of(
        BlockKind.EMBED, "The strait is open.", caption="Ines Calder on Mastodon", settings={"embeds": "notes"}
    )
    assert (silent.kind, silent.said) == (FateKind.NOTES, "")


def test_an_embed_without_words_is_not_announced_as_if_it_had_some() -> None:
    fate = fate_of(BlockKind.EMBED, "A video on YouTube", caption="A video on YouTube")
    assert (fate.kind, fate.said) == (FateKind.NOTES, "")


def test_several_calls_become_one_sentence_for_listeners() -> None:
    calls = [
        block(BlockKind.BOILERPLATE, text, fate=dropped(CALL).fate)
        for text in ("Share this post!", "Subscribe to our newsletter.")
    ]
    button = block(BlockKind.BOILERPLATE, "Share", fate=dropped(BUTTON).fate)
    made = with_house_policy((calls[0], button, calls[1]), ReadingSettings())
    assert [one.fate.said for one in made] == [CALL_SAID, "", ""]
    assert [one.kind for one in made] == [BlockKind.CALL, BlockKind.BOILERPLATE, BlockKind.CALL]
    assert not any(one.is_spoken for one in made)
    silent = with_house_policy((calls[0], button, calls[1]), ReadingSettings(calls="dropped"))
    assert [one.fate.said for one in silent] == ["", "", ""]


def test_what_listeners_are_told_names_no_directory() -> None:
    assert not any(name in CALL_SAID for name in ("Apple", "Spotify", "Amazon", "Audible", "YouTube", "subscribe"))


def test_a_credit_can_stay_in_the_notes() -> None:
    credit = block(BlockKind.CREDIT, "First published by The Quay.", fate=CREDIT_VERDICT.fate)
    assert with_house_policy((credit,), ReadingSettings())[0] == credit
    assert with_house_policy((credit,), ReadingSettings(credits="notes"))[0].fate.kind is FateKind.NOTES


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://harbour-review.example/letters", FateKind.NOTES),
        ("See https://harbour-review.example/letters", FateKind.SPOKEN),
    ],
)
def test_an_address_on_its_own_line_can_stay_in_the_notes(text: str, kind: FateKind) -> None:
    line = block(BlockKind.PARAGRAPH, text, fate=READ_ALOUD)
    assert with_house_policy((line,), ReadingSettings())[0].fate.kind is FateKind.SPOKEN
    assert with_house_policy((line,), ReadingSettings(bare_urls="notes"))[0].fate.kind is kind


def test_links_can_be_left_out_while_their_words_are_said() -> None:
    link = Link(text="the treaty", url="https://treaties.example/7")
    line = block(BlockKind.PARAGRAPH, "As the treaty says.", fate=READ_ALOUD, links=(link,))
    assert with_house_policy((line,), ReadingSettings())[0].links == (link,)
    (bare,) = with_house_policy((line,), ReadingSettings(links="dropped"))
    assert (bare.text, bare.links, bare.is_spoken) == (line.text, (), True)


def test_lines_of_ones_own_site_are_debris_and_nothing_else_is() -> None:
    settings = ReadingSettings(debris=("Support our work *", "The desk’s picks"))
    lines = ["Support our work from £3 a month.", "THE DESK'S PICKS", "They support our work (and more).", "Support us"]
    made = with_house_policy(tuple(block(BlockKind.PARAGRAPH, line, fate=READ_ALOUD) for line in lines), settings)
    assert [one.fate.kind for one in made] == [FateKind.DROPPED, FateKind.DROPPED, FateKind.SPOKEN, FateKind.SPOKEN]
    assert "show.toml" in made[0].fate.reason
