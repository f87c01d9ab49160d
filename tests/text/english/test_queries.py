"""Copy queries: each rule on what it is for, and on what looks like it and is right; then real and hostile texts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article, Block, BlockKind, Fate, FateKind, Span
from pipeline.sources import Given, Source
from pipeline.sources.reading import read_article
from pipeline.text.english.queries import find_copy_queries
from pipeline.text.english.queries.slip_table import SLIPS

P = BlockKind.PARAGRAPH


def article(*texts: str | tuple[BlockKind, str], fate: FateKind = FateKind.SPOKEN) -> Article:
    blocks = [(P, text) if isinstance(text, str) else text for text in texts]
    return Article(
        slug="harbour",
        title="A harbour for sale",
        subtitle="",
        author="Ines Calder",
        published=datetime(2026, 3, 2, 6, tzinfo=UTC),
        language="en-GB",
        source_url="",
        summary="",
        tags=(),
        blocks=tuple(
            Block(kind=kind, text=text, span=Span(0, len(text)), fate=Fate(kind=fate, reason="as the test wants"))
            for kind, text in blocks
        ),
    )


def flagged(*texts: str | tuple[BlockKind, str]) -> list[tuple[str, str]]:
    """Rule and characters of each query."""
    asked = article(*texts)
    return [(query.rule, asked.blocks[query.block].text[query.start : query.end]) for query in find_copy_queries(asked)]


def test_a_whole_article() -> None:
    asked = article(
        (BlockKind.TITLE, "A harbour for for sale"),
        "Amaro wants to keep the lenders on site.",
        (BlockKind.HEADING, "Who pays"),
        (BlockKind.LIST_ITEM, "the pilots,who stayed"),
        "They met on Monday, 4 March 2025, in the office that the company had built for the lenders (a decade ago.",
    )
    found = [(each.block, each.rule, each.what, each.excerpt) for each in find_copy_queries(asked)]
    assert found == [
        (0, "doubled word", "Is one “for” too many?", "A harbour for for sale"),
        (
            1,
            "mistaken word",
            "“keep the lenders on site”: is “in sight” or “on side” meant?",
            "Amaro wants to keep the lenders on site.",
        ),
        (3, "missing blank", "Is a blank missing after “,”?", "the pilots,who stayed"),
        (
            4,
            "date",
            "Is it the day or the date? 4 March 2025 was a Tuesday.",
            "They met on Monday, 4 March 2025, in the office that the…",
        ),
        (4, "unpaired mark", "Where is this “(” closed?", "…that the company had built for the lenders (a decade ago."),
    ]


def test_only_what_is_spoken_is_asked_about() -> None:
    assert find_copy_queries(article("The the pilots left.", fate=FateKind.NOTES)) == ()
    assert flagged((BlockKind.TABLE, "The the pilots left."), (BlockKind.CODE, "if if")) == []


RIGHT = (
    # words twice
    "He had had enough, and it was very very late; bye bye, he said.",
    "Boutros Boutros-Ghali and Duran Duran met at Sing Sing.",
    "She gave her her passport. It was a so-so deal, and again-again he left.",
    # words taken for others
    "You should of course keep the staff on site, and keep inspectors and their tools on site.",
    "Those who reign in peace lead to nothing; its border is its own, and it’s the border that counts.",
    "Their own fleet has led the way. It was led by Tomas Reyl, to lead the others.",
    "In principle the principal reason is its principles; the affected towns felt the effect.",
    "The crew poured over the side, and the tug towed the long barge.",
    "Peak interest rates passed by in large numbers; we used too much force.",
    "There own nobody’s goods. Let loose the dogs; lose the war.",
    # a and an
    "A one-off, a European union, a unit, an hour, an honest heir, an FBI man, a U-turn, an MP, a euro.",
    "Schedule A includes Plan A entries.",
    # marks
    "See www.harbour.example/Toll.Now or Harbour.com, e.g. at 3.30 p.m. in the U.S. and at No.10.",
    "He waited . . . and waited... and left (twice) [sic] at once: 1) by day, 2) by night.",
    '“He said ‘no’,” she said. ‘Not now.’ The ’90s were the pilots’ years. The 5" gun said "no".',
    "The lender (Amaro, the bank’s “friend”) paid; the tugs’ crews — all of them — did not…",
    # subjects and verbs
    "The minister of trade, said Ines Calder, was out. The treaty, were the Senate to sign it, would hold.",
    "The pilots, who left, are back. The harbour, is it not, is closed. The pact, is, however, dead.",
    "When the pilots left, were they paid?",
    # dates
    "On Tuesday, 4 March 2025, and Tuesday, March 4, 2025, and on 29 February 2024, all was well.",
    "In 1999, on Tuesday 23 February, and on Monday 1 June, nothing happened.",
    # sentences
    "He left with e.g. five tugs, approx. nine boats etc. and so on. iPhone users stayed. van Dyck left.",
    # names
    "Kyiv, which Russians call Kiev, is far from Iran. Iranian and Ukrainian pilots met Ukrainians.",
    "Medvedev met Medvedeva; Marshall met the Marshal; President Johnson met President Johnston.",
    # left in the copy
    "Article XXX of the pact (check the annex) is done; he said [he] would link it.",
    # spelling
    "The labour of the Labor Party; he said “the color of labor”. Four prizes for the size of our tour.",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert flagged(text) == []


WRONG = (
    ("doubled word", "the the", "They left the the harbour."),
    ("doubled word", "The the", "The the harbour is closed."),
    ("doubled word", "in\nin", "They left in\nin the night."),
    ("doubled word", "that that", "He knew that that the harbour was sold."),
    ("doubled word", "a the", "It was a the harbour."),
    ("a or an", "a integral", "It is a integral part."),
    ("a or an", "A hour", "A hour later they left."),
    ("a or an", "an European", "It is an European port."),
    ("a or an", "an port", "It is an port."),
    ("missing blank", "sold.In", "It was sold.In May they left."),
    ("missing blank", "Amaro,who", "Said Amaro,who left."),
    ("missing blank", "ThePanama", "He crossed ThePanama Canal."),
    ("two marks", "..", "It was sold.. In May they left."),
    ("two marks", ",,", "Amaro,, they said, left."),
    ("two marks", ", ,", "Amaro, , they said, left."),
    ("blank before a mark", " ,", "Amaro , they said, left."),
    ("comma before a verb", ", said", "The minister of trade, said on Monday that it was over."),
    ("comma before a verb", ", are", "It is over. Those who left, are back."),
    ("comma before a verb", ", is", "What matters, is that the tugs left."),
    ("comma before a verb", ", will", "Turning from the quay and its pilots now, will cost the port its trade."),
    ("unpaired mark", "(", "The lender (Amaro paid."),
    ("unpaired mark", ")", "The lender Amaro) paid."),
    ("unpaired mark", "[", "The lender [Amaro (the bank) paid."),
    ("unpaired mark", "“", "He said “no and left."),
    ("unpaired mark", "”", "He said no” and left."),
    ("unpaired mark", '"', 'He said "no and left.'),
    ("unpaired mark", "‘", "He said “‘no” and left."),
    ("date", "Monday, 4 March 2025", "On Monday, 4 March 2025 it sank."),
    ("date", "Monday the 4th of March 2025", "On Monday the 4th of March 2025 it sank."),
    ("date", "Monday, March 4, 2025", "On Monday, March 4, 2025 it sank."),
    ("date", "Tuesday 23 February", "On Tuesday 23 February it sank."),
    ("date", "31 June 2025", "On 31 June 2025 it sank."),
    ("date", "29 February 2025", "On 29 February 2025 it sank."),
    ("small letter", "they", "The tugs were sold. they left."),
    ("small letter", "desire", "desire for a port of their own kept them there."),
    ("no end mark", "home", "The pilots of the harbour all wanted to go home"),
    ("left in the copy", "[TK]", "It cost [TK] dollars."),
    ("left in the copy", "XXX", "President XXX said no."),
    ("left in the copy", "Lorem ipsum", "Lorem ipsum dolor sit amet."),
    ("left in the copy", "TODO", "It cost TODO dollars."),
    ("left in the copy", "(link)", "The pact (link) is dead."),
    ("left in the copy", "[image]", "The pact is dead. [image]"),
    ("left in the copy", "[insert the number]", "It cost [insert the number] dollars."),
)


@pytest.mark.parametrize(("rule", "place", "text"), WRONG)
def test_what_is_wrong_is_asked_about(rule: str, place: str, text: str) -> None:
    assert flagged(text) == [(rule, place)]


#: One for each row of the table of slips, in its order: what is written, after what, before what.
SLIPPED = """\
Beijing would keep Amaro on site. | He lost site of it. | It lay within site of the port. | a line of site
She set her sights; he set his sites on Ostrava. | They should of left. | For all intensive purposes it is over.
He tows the party line. | a mute point | They had to reign in spending. | reigning in the banks | a free reign
It peaked their interest. | He pored; she poured over the old documents. | They honed in on it. | a sneak peak
with baited breath | deep-seeded fears | A case and point is Amaro. | at their beckon call | to wet the appetite
to nip it in the butt | They are one in the same. | By in large it works. | the statue of limitations
an escape goat | to extract revenge | to diffuse the crisis | to flaunt the rules | a central tenant of it
a shoe-in | a slight of hand | a tough road to hoe | to wreck havoc | on tender hooks | much hand-ringing
another tact | to cease the moment | a seize fire | He could care less. | Irregardless of that, he left.
weather or not he left | largely do to the war | undo influence | Bear in mind; they bare the brunt.
to sew discord | It has lead to war. | They were lead by Reyl. | It will led the fleet. | They will loose the war.
loosing the war | He is on the lose. | Its a shame. | It’s own fleet left. | Their is a port.
There are there own leaders. | They’re own fleet left. | Who’s army is it? | Whose going there? | Your not alone.
He agreed in principal, and left. | a matter of principal | the principals of war | the principle reason
It had an affect on them. | It badly effected them. | It did not effect the price. | They compliment each other.
complimentary goals | He paid her a complement. | more then a port | too soon, to late to leave
a boarder crossing | the Security Counsel | her legal council | marshal law | a court-marshall | the Marshal Plan
the local populous | hoards of tourists | canon fodder | unexploded ordinance | a calvary charge
an eminent threat | to illicit a response | elicit trade | adverse to risk | unphased | heavy causalities
to stand trail for it | the Untied States | a matter of pubic opinion | They are supposed too be there."""


def test_each_slip_of_the_table_is_found() -> None:
    examples = [example.strip() for line in SLIPPED.splitlines() for example in line.split(" | ")]
    assert len(examples) == len(SLIPS)
    for slip, example in zip(SLIPS, examples, strict=True):
        asked = [query.what for query in find_copy_queries(article(example)) if query.rule == "mistaken word"]
        assert [what for what in asked if f"“{slip.meant}”" in what], (slip.meant, example, asked)


def test_a_quotation_of_several_paragraphs_closes_only_once() -> None:
    assert flagged("“We will pay. It is late.", "“We will pay soon.”", "He left.") == []
    assert flagged("“We will pay. It is late.", "He left.") == [("unpaired mark", "“")]
    assert flagged('"We will pay. It is late.', '"We will pay soon."') == []


def test_a_paragraph_that_goes_on_in_a_list_needs_no_end_mark() -> None:
    text = "The pilots of the harbour all wanted the same of"
    assert flagged(text, (BlockKind.LIST_ITEM, "the lenders")) == []
    assert flagged(text, (BlockKind.QUOTATION, "the lenders.")) == []
    assert flagged((BlockKind.HEADING, text)) == []


def test_the_rarer_spelling_of_a_name_is_asked_about() -> None:
    name = "two spellings of a name"
    assert flagged("Zelensky spoke. Zelensky left.", "Zelenskyy came back.") == [(name, "Zelenskyy")]
    assert flagged("They left Kiev for good.", "Kyiv is calm. Kyiv is far.") == [(name, "Kiev")]
    assert flagged("Erdoğan spoke for long.", "Erdoğan left.", "Erdogan’s men stayed.") == [(name, "Erdogan")]
    assert flagged("Tomas Ostrava spoke. Tomas Ostrava left.", "Tomas Osstrava came.") == [(name, "Osstrava")]
    assert flagged("Calder spoke. Ines left.", "Tomas Calder met Ines Caldera.") == []


def test_the_rarer_of_two_spellings_of_a_word_is_asked_about() -> None:
    mixed = "mixed spelling"
    assert flagged("The harbour is theirs. The harbour is open.", "A harbor is for sale.") == [(mixed, "harbor")]
    assert flagged("They organise it.", "They organize it, and organize more.") == [(mixed, "organise")]
    assert flagged("They analysed the analyses.", "They analyzed it, and analyzed more.") == [(mixed, "analysed")]
    assert flagged((BlockKind.QUOTATION, "The harbor is ours."), "The harbour is theirs.") == []


def test_what_is_said_twice_is_asked_about() -> None:
    text = "Nobody in the harbour office had ever seen the letter."
    assert flagged(f"{text} It lay there.", f"He said no. {text}") == [("repetition", text)]
    assert flagged("He said no.", "He said no.") == []


def test_real_prose_raises_few_questions(shared) -> None:
    given_ = Given(language="en-GB", publish_time="06:00", show_title="The Harbour Review")
    paths = sorted((shared / "archive").glob("*.md"))
    articles = [read_article(Source(path=path, name=path.name), given_) for path in paths]
    queries = [query for one in articles for query in find_copy_queries(one)]
    assert 20 <= len(queries) <= len(articles) / 2


def test_the_slip_that_started_it_is_found(shared, vortex) -> None:
    known = Given(
        published="2025-05-01",
        default_author="Ines Calder",
        language="en-GB",
        publish_time="06:00",
        show_title="The Harbour Review",
    )
    queries = find_copy_queries(read_article(Source(path=vortex, name=vortex.name), known))
    assert any(query.rule == "mistaken word" and "on site" in query.excerpt for query in queries)


HOSTILE = (
    "a" * 200_000,
    "a " * 100_000,
    "the the " * 20_000,
    " " * 200_000,
    "“" * 50_000,
    "“‘" * 20_000 + "’”" * 20_000,
    "(" * 50_000,
    "." * 200_000,
    ", " * 50_000,
    "9" * 200_000,
    "A" * 200_000,
    "Ab " * 50_000,
    "The " * 50_000,
    "Monday, " * 20_000,
    "Monday 1 May " * 20_000,
    "keep the one on site" * 10_000,
    "\ud800 " * 20_000,
    "x’" * 50_000,
    "[tk" * 30_000,
    "peaked a’s " * 20_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_takes_linear_time(text: str) -> None:
    find_copy_queries(article(text))


@given(
    texts=st.lists(st.text(st.sampled_from("aAb The.,;:!?()[]“”‘’\"' 19Monday MayKievXT\n"), max_size=200), max_size=4)
)
def test_every_query_names_its_place(texts: list[str]) -> None:
    asked = article(*texts)
    queries = find_copy_queries(asked)
    assert list(queries) == sorted(queries, key=lambda query: (query.block, query.start, query.end))
    for query in queries:
        text = asked.blocks[query.block].text
        assert 0 <= query.start < query.end <= len(text)
        assert query.rule
        assert query.what.endswith(("?", "."))
        shown = query.excerpt.removeprefix("…").removesuffix("…")
        assert shown in " ".join(text.split())
        assert len(query.excerpt) <= 62
        place = " ".join(text[query.start : query.end].split())
        assert place in shown or shown in place
