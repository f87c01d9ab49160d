"""What a model wrote is shown only where nothing of it can be invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language_model.checks import known_from, summary_fault, title_fault
from pipeline.model import Role, Script, Span, Utterance


def said(text: str, role: Role = Role.BODY) -> Utterance:
    return Utterance(display=text, spoken=text, forms=(), role=role, pause_after_ms=0, block=1, span=Span(0, len(text)))


SCRIPT = Script(
    title="Who Pays For The Quiet Strait",
    language="en-GB",
    utterances=(
        Utterance(display="Read in Zurich.", spoken="", forms=(), role=Role.DISCLOSURE, pause_after_ms=0),
        said("The Price of Waiting", Role.HEADING),
        said("Insurers moved first, and Amaro’s ministry followed with a fee of 1,000 euros in 2025."),
        said("Nobody in Ostrava asked whether insurers or admirals had closed it, or what the price was."),
        said("“Piracy,” said Ines Calder of the U.S. Treasury; the EU-led talks cost €3.5bn and two years."),
    ),
)
KNOWN = known_from(SCRIPT)


@pytest.mark.parametrize(
    "title",
    [
        "Insurers before admirals",
        "Why Amaro followed",
        "What Ines Calder's Treasury asked",
        "How the EU-led talks closed",
        "The fee of 1,000 euros",
        "2025 and the price of waiting",
        "Two years in Ostrava",
        "Whether it is “piracy”",
        "Who pays for this?",
        "Ministry of the strait, and its fee 2025",
    ],
)
def test_a_title_from_the_article_may_be_shown(title: str) -> None:
    assert title_fault(title, KNOWN) == ""


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("Insurers before admirals and ministries a", "41 characters"),
        ("INSURERS BEFORE ADMIRALS", "in capitals"),
        ("Insurers before admirals.", "ends with “.”"),
        ("Insurers before admirals…", "ends with “…”"),
        ("Insurers\nbefore admirals", "not on one line"),
        ("Insurers  before admirals", "not on one line"),
        ("Insurers before admirals ", "not on one line"),
        ("Insurers \u202ebefore admirals", "not on one line"),
        ("“Insurers before admirals”", "in quotation marks"),
        ('Insurers before admirals"', "in quotation marks"),
        ("'Insurers before admirals'", "in quotation marks"),
        ("**Insurers before admirals**", "with formatting"),
        ("Insurers <b>before</b> admirals", "with formatting"),
        ("insurers before admirals", "without a capital at the start"),
        ("Insurers in Oslo", "“Oslo” is not in the article"),
        ("Oslo's insurers", "“Oslo” is not in the article"),
        ("Insurers in Zurich", "“Zurich” is not in the article"),
        ("The fee of 2,000 euros", "“2,000” is not in the article"),
        ("1 fee", "“1” is not in the article"),
        ("The fee of three euros", "“three” is not in the article"),
        ("Three years in Ostrava", "“Three” is not in the article"),
        ("Insurers and the UN-led talks", "“UN” is not in the article"),
        ("Insurers Before Admirals", "“Before” is not in the article"),
        ("The Price of admirals", "“Price” is not in the article"),
        ("Talks: Oslo was asked", "“Oslo” is not in the article"),
        ("Insurers in 東京", "“東京” is not in the article"),
    ],
)
def test_what_may_be_invented_or_looks_wrong_is_refused(title: str, why: str) -> None:
    assert title_fault(title, KNOWN) == why


@pytest.mark.parametrize(
    ("summary", "why"),
    [
        ("Insurers moved first. Amaro followed with a fee of 1,000 euros!", ""),
        ("The U.S. Treasury asked what the talks cost. It was €3.5bn.", ""),
        ("Insurers moved first", "not a whole sentence"),
        ("Insurers moved. Amaro followed. Nobody asked.", "more than two sentences"),
        ("Insurers moved first.\nAmaro followed.", "not on one line"),
        ("Insurers moved first, and Oslo followed.", "“Oslo” is not in the article"),
        ("Insurers moved first. Norway followed.", "“Norway” is not in the article"),
        ("Insurers moved in 2026.", "“2026” is not in the article"),
        ("Insurers moved" + " and moved" * 29 + ".", "305 characters"),
        ("", "not a whole sentence"),
    ],
)
def test_a_summary_is_held_to_the_same(summary: str, why: str) -> None:
    assert summary_fault(summary, KNOWN) == why


@given(st.text(max_size=60))
def test_no_text_makes_the_check_fail_and_none_that_passes_is_too_long(text: str) -> None:
    fault = title_fault(text, KNOWN)
    summary_fault(text, KNOWN)
    if not fault:
        assert 0 < len(text) <= 40
        assert text.isprintable()
        assert not any(character.isdigit() and character not in "1000 2025 3.5" for character in text)


@given(
    st.lists(
        st.sampled_from(["Oslo", "Insurers", "before", "7", "the", ".", ",", "“", "”", ":", "'", "waiting"]), max_size=8
    )
)
def test_an_invented_name_never_passes_wherever_it_stands(words: list[str]) -> None:
    title = " ".join(words)
    if "Oslo" in words or "7" in words:
        assert title_fault(title, KNOWN)
