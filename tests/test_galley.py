"""What a person proof-reads: everything that is said and how, what to look at, and everything that is not said."""

from datetime import UTC, datetime

import msgspec

from pipeline.galley import galley, unspoken
from pipeline.model import (
    Article,
    Block,
    BlockKind,
    CopyQuery,
    Doubt,
    Fate,
    FateKind,
    HardName,
    Review,
    Role,
    Script,
    Span,
    SpokenForm,
    Utterance,
)


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
        block(BlockKind.PARAGRAPH, "Amaro paid $3.5bn for the harbour at Kassar."),
        block(BlockKind.HEADING, "A quiet default"),
        block(BlockKind.PARAGRAPH, "“We will pay,” said Tomas Reyl."),
        Block(
            kind=BlockKind.TABLE,
            text="word " * 60,
            span=Span(0, 300),
            fate=Fate(kind=FateKind.NOTES, reason="a table is announced", said="A table is in the show notes."),
        ),
    ),
)


def utterance(display: str, spoken: str, role: Role, **more: object) -> Utterance:
    return msgspec.structs.replace(
        Utterance(display=display, spoken=spoken, forms=(), role=role, pause_after_ms=0), **more
    )


SCRIPT = Script(
    title="A harbour for sale",
    language="en-GB",
    utterances=(
        utterance("The Harbour Review", "The Harbour Review", Role.SHOW),
        utterance(
            "Amaro paid $3.5bn for the harbour at Kassar.",
            "Amaro paid three point five billion dollars for the harbour at Kah-SAR.",
            Role.BODY,
            paragraph=1,
            forms=(
                SpokenForm(start=0, end=5, spoken_start=0, spoken_end=5, rule="lexicon", ipa="aˈmaɾu"),
                SpokenForm(start=11, end=17, spoken_start=11, spoken_end=43, rule="money", confidence=0.5),
                SpokenForm(start=37, end=43, spoken_start=63, spoken_end=70, rule="lexicon"),
            ),
        ),
        utterance("A quiet default", "A quiet default", Role.HEADING),
        utterance(
            "“We will pay,”\nsaid Tomas Reyl.",
            "“We will pay,”\nsaid Tomas Reyl.",
            Role.BODY,
            paragraph=2,
            speaker="Tomas Reyl",
            is_second_voice=True,
        ),
    ),
)
REVIEW = Review(
    hard_names=(
        HardName(
            name="Reyl",
            why="in no dictionary",
            ipa="ɹˈeɪl",
            sentence="“We will pay,” said Tomas Reyl.",
            count=2,
            paste='[[entries]]\ngrapheme = "Reyl"',
        ),
    ),
    doubts=(
        Doubt(
            display="$3.5bn",
            spoken="three point five billion dollars",
            rule="money",
            confidence=0.5,
            sentence="Amaro paid $3.5bn for the harbour at Kassar.",
            override='audio-edition lexicon add "$3.5bn" "..."',
        ),
    ),
    copy_queries=(
        CopyQuery(
            rule="name", what="Is it Kassar or Qassar?", block=1, start=37, end=43, excerpt="the harbour at Kassar."
        ),
        CopyQuery(rule="mark", what="Is a mark missing?", block=2, start=0, end=1, excerpt="A quiet default"),
    ),
)

SCRIPT_TEXT = """\
A harbour for sale (en-GB)
==========================

show               The Harbour Review
body           1   Amaro paid $3.5bn for the harbour at Kassar.
                       Amaro  → Amaro /aˈmaɾu/
                       $3.5bn → three point five billion dollars (in doubt)
                       Kassar → Kah-SAR

heading            A quiet default
                   ---------------
body           2   “We will pay,” said Tomas Reyl.
                       [Tomas Reyl, the second voice]
"""
REVIEW_TEXT = """
Hard names
----------

Reyl   /ɹˈeɪl/   in no dictionary, 2 times
    “We will pay,” said Tomas Reyl.
    [[entries]]
    grapheme = "Reyl"

Doubts
------

$3.5bn → three point five billion dollars   (money)
    Amaro paid $3.5bn for the harbour at Kassar.
    audio-edition lexicon add "$3.5bn" "..."

Copy queries
------------

paragraph 1: Is it Kassar or Qassar?   (name)
    the harbour at Kassar.

heading after paragraph 1: Is a mark missing?   (mark)
    A quiet default
"""
SILENCE_TEXT = f"""
Not spoken
----------

dropped  boilerplate  Listen now
                      a button of the page
notes    table        {("word " * 18).strip()}…
                      a table is announced
                      said instead: A table is in the show notes.
"""


def test_the_whole_galley() -> None:
    assert galley(ARTICLE, SCRIPT, REVIEW) == SCRIPT_TEXT + REVIEW_TEXT + SILENCE_TEXT


def test_without_a_review_nothing_is_said_of_it() -> None:
    assert galley(ARTICLE, SCRIPT, None) == SCRIPT_TEXT + SILENCE_TEXT


def test_a_review_that_found_nothing_says_so() -> None:
    nothing = Review(hard_names=(), doubts=(), copy_queries=())
    text = galley(msgspec.structs.replace(ARTICLE, blocks=()), SCRIPT, nothing)
    assert text.count("\nnone\n") == 3
    assert "Not spoken" not in text


def test_a_long_form_does_not_push_the_arrows_away() -> None:
    display = "x" * 40 + " 7"
    forms = (
        SpokenForm(start=0, end=40, spoken_start=0, spoken_end=1, rule="electronic"),
        SpokenForm(start=41, end=42, spoken_start=2, spoken_end=7, rule="number"),
    )
    one = utterance(display, "y seven.", Role.BODY, forms=forms)
    lines = galley(ARTICLE, Script(title="T", language="en", utterances=(one,)), None).splitlines()
    assert [line.strip() for line in lines[4:6]] == ["x" * 40 + " → y", "7 → seven"]


def test_that_a_dash_is_a_pause_goes_without_saying() -> None:
    forms = (
        SpokenForm(start=5, end=8, spoken_start=5, spoken_end=7, rule="dash"),
        SpokenForm(start=13, end=14, spoken_start=12, spoken_end=12, rule="unsaid"),
    )
    one = utterance("Peace — soon.†", "Peace, soon.", Role.BODY, forms=forms)
    lines = galley(ARTICLE, Script(title="T", language="en", utterances=(one,)), None).splitlines()
    assert [line.strip() for line in lines if "→" in line] == ["† → (silence)"]


def test_what_is_not_heard() -> None:
    assert [one.kind for one in unspoken(ARTICLE)] == [BlockKind.BOILERPLATE, BlockKind.TABLE]
