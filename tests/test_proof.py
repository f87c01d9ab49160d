"""What a person proof-reads: everything that is said, and everything that is not."""

from datetime import UTC, datetime

from pipeline.model import Article, Block, BlockKind, Fate, FateKind, Lexicon, Span
from pipeline.proof import doubts, proof_text, unspoken
from pipeline.scripting import write_script
from tests.samples import SHOW


def block(kind: BlockKind, text: str, *, fate: FateKind = FateKind.SPOKEN, reason: str = "part of the text") -> Block:
    return Block(kind=kind, text=text, span=Span(0, len(text)), fate=Fate(kind=fate, reason=reason))


ARTICLE = Article(
    slug="harbour",
    title="A harbour for sale",
    subtitle="",
    author="Ines Calder",
    published=datetime(2026, 3, 2, 6, tzinfo=UTC),
    language="en-GB",
    source_url="",
    summary="",
    tags=(),
    blocks=(
        block(BlockKind.BOILERPLATE, "Listen now", fate=FateKind.DROPPED, reason="a button of the page"),
        block(BlockKind.PARAGRAPH, "On 3/4/2025 the ZQX sold its last harbour."),
        block(BlockKind.TABLE, "word " * 60, fate=FateKind.NOTES, reason="a table is not read aloud"),
    ),
)


def test_every_block_is_either_said_or_listed_with_its_reason() -> None:
    text = proof_text(ARTICLE, write_script(ARTICLE, SHOW, Lexicon()))
    said, silent = text.split("\nNot spoken\n")
    assert "the ZQX sold its last harbour" in said
    assert "Listen now" not in said
    assert "dropped  boilerplate  Listen now\n                      a button of the page" in silent
    assert "notes    table" in silent
    assert max(len(line) for line in silent.splitlines()) < 120
    assert [one.kind for one in unspoken(ARTICLE)] == [BlockKind.BOILERPLATE, BlockKind.TABLE]


def test_readings_in_doubt_are_listed_with_their_rule() -> None:
    found = {display: (spoken, rule) for _, display, spoken, rule in doubts(write_script(ARTICLE, SHOW, Lexicon()))}
    assert {"3/4/2025", "ZQX"} <= set(found)
    assert all(spoken and rule for spoken, rule in found.values())
