"""Article -> Script: first the whole stage on a whole article, then its corners."""

from datetime import UTC, datetime

import msgspec
import pytest

from pipeline.errors import ScriptError
from pipeline.model import (
    AnnouncementSettings,
    Article,
    Block,
    BlockKind,
    Correction,
    Fate,
    FateKind,
    Lexicon,
    LexiconEntry,
    PauseSettings,
    ReadingSettings,
    Role,
    SecondVoiceSettings,
    Span,
)
from pipeline.scripting import tells_corrections, write_script
from tests.samples import SHOW

LEXICON = Lexicon(entries=(LexiconEntry(grapheme="Kassar", say="Kah-SAR"),))


def block(kind, text, *, fate=FateKind.SPOKEN):
    return Block(kind=kind, text=text, span=Span(0, len(text)), fate=Fate(kind=fate, reason="as the test wants it"))


ARTICLE = Article(
    slug="kassar-canal",
    title="Who pays for the Kassar canal",
    subtitle="The lenders have stopped asking",
    author="Ines Calder",
    published=datetime(2026, 3, 2, 6, tzinfo=UTC),
    language="en-GB",
    source_url="https://harbour-review.example/kassar",
    summary="",
    tags=(),
    blocks=(
        block(BlockKind.TITLE, "Who pays for the Kassar canal"),
        block(BlockKind.BOILERPLATE, "Share this post", fate=FateKind.DROPPED),
        block(BlockKind.PARAGRAPH, "The US lent $3.5bn. Gen. Ostrava signed on 19 May 2025."),
        block(BlockKind.HEADING, "A quiet default"),
        block(BlockKind.QUOTATION, "“We will not pay!” he said."),
        block(BlockKind.PARAGRAPH, "* * *"),
        block(BlockKind.LIST_ITEM, "The dredgers left."),
        block(BlockKind.LIST_ITEM, "The pilots stayed."),
        block(BlockKind.FIGURE, "The lock gates in 1998", fate=FateKind.NOTES),
        block(BlockKind.PARAGRAPH, "Nobody has asked since."),
        block(BlockKind.CREDIT, "This text first appeared in The Lock Keeper."),
    ),
)


def test_a_whole_article():
    script = write_script(ARTICLE, SHOW, LEXICON)
    assert (script.title, script.language) == (ARTICLE.title, "en-GB")
    assert [(each.role, each.paragraph, each.display, each.spoken) for each in script.utterances] == [
        (Role.SHOW, None, *twice("The Harbour Review")),
        (Role.TITLE, None, "Who pays for the Kassar canal", "Who pays for the Kah-SAR canal"),
        (Role.SUBTITLE, None, *twice("The lenders have stopped asking")),
        (Role.BYLINE, None, *twice("By Ines Calder.")),
        (Role.BYLINE, None, "Published on 2 March 2026.", "Published on the second of March twenty twenty-six."),
        (Role.DISCLOSURE, None, *twice("Read by an automated voice.")),
        (Role.BODY, 1, "The US lent $3.5bn.", "The U S lent three point five billion dollars."),
        (
            Role.BODY,
            1,
            "Gen. Ostrava signed on 19 May 2025.",
            "General Ostrava signed on the nineteenth of May twenty twenty-five.",
        ),
        (Role.HEADING, None, *twice("A quiet default")),
        (Role.QUOTATION, 2, *twice("“We will not pay!” he said.")),
        (Role.LIST_ITEM, 4, *twice("The dredgers left.")),
        (Role.LIST_ITEM, 5, *twice("The pilots stayed.")),
        (Role.BODY, 6, *twice("Nobody has asked since.")),
        (
            Role.CLOSING,
            None,
            "You have been listening to “Who pays for the Kassar canal”, from The Harbour Review.",
            "You have been listening to “Who pays for the Kah-SAR canal”, from The Harbour Review.",
        ),
        (Role.CREDIT, None, *twice("This text first appeared in The Lock Keeper.")),
    ]


def twice(text):
    return text, text


def test_every_word_of_the_article_is_tied_to_its_block():
    script = write_script(ARTICLE, SHOW, LEXICON)
    tied = [each for each in script.utterances if each.block is not None]
    for each in tied:
        assert each.display == ARTICLE.blocks[each.block].text[each.span.start : each.span.end]
    spoken = {number for number, each in enumerate(ARTICLE.blocks) if each.is_spoken and each.text != "* * *"}
    assert {each.block for each in tied} == spoken
    assert [each.role for each in script.utterances if each.block is None] == [
        Role.SHOW, Role.SUBTITLE, Role.BYLINE, Role.BYLINE, Role.DISCLOSURE, Role.CLOSING,
    ]  # fmt: skip


def test_paragraphs_are_numbered_as_the_article_numbers_them():
    for each in write_script(ARTICLE, SHOW, LEXICON).utterances:
        if each.paragraph is not None:
            assert ARTICLE.body[each.paragraph - 1] is ARTICLE.blocks[each.block]


def test_the_forms_tie_display_and_spoken():
    for each in write_script(ARTICLE, SHOW, LEXICON).utterances:
        rebuilt, at = "", 0
        for form in each.forms:
            rebuilt += each.display[at : form.start] + each.spoken[form.spoken_start : form.spoken_end]
            at = form.end
        assert rebuilt + each.display[at:] == each.spoken


def test_pauses_follow_from_the_role():
    pauses = PauseSettings(
        sentence_ms=1,
        paragraph_ms=2,
        list_item_ms=3,
        heading_ms=4,
        title_ms=5,
        subtitle_ms=8,
        quotation_ms=9,
        opening_ms=6,
        closing_ms=7,
    )
    script = write_script(ARTICLE, msgspec.structs.replace(SHOW, pauses=pauses), LEXICON)
    assert [each.pause_after_ms for each in script.utterances] == [5, 5, 8, 1, 1, 6, 1, 2, 4, 9, 3, 3, 7, 2, 2]


def test_what_is_not_known_is_left_out():
    article = msgspec.structs.replace(ARTICLE, subtitle="", author="")
    show = msgspec.structs.replace(SHOW, default_author="")
    opening = [each.display for each in write_script(article, show, LEXICON).utterances[:4]]
    assert opening == [
        "The Harbour Review",
        "Who pays for the Kassar canal",
        "Published on 2 March 2026.",
        "Read by an automated voice.",
    ]


def test_the_show_s_author_stands_in_for_a_missing_byline():
    article = msgspec.structs.replace(ARTICLE, author="")
    assert "By Ines Calder." in [each.display for each in write_script(article, SHOW, LEXICON).utterances]


def test_american_dates():
    article = msgspec.structs.replace(ARTICLE, language="en-US")
    byline = write_script(article, SHOW, LEXICON).utterances[4]
    assert byline.display == "Published on March 2, 2026."
    assert byline.spoken == "Published on March second, twenty twenty-six."


def test_long_sentences_become_several_utterances():
    text = "The council waited for the survey of the harbour; " * 8 + "then it rained."
    article = msgspec.structs.replace(ARTICLE, blocks=(block(BlockKind.PARAGRAPH, text),))
    body = [each for each in write_script(article, SHOW, LEXICON).utterances if each.paragraph == 1]
    assert len(body) > 1
    assert " ".join(each.display for each in body) == text


def test_the_pieces_of_a_sentence_are_closer_together_than_sentences():
    text = (
        "The council waited for the survey of the harbour and went home; " * 4
        + "then it rained. Nobody came back. * * *"
    )
    blocks = (block(BlockKind.PARAGRAPH, text), block(BlockKind.PARAGRAPH, "So it ended."))
    show = msgspec.structs.replace(SHOW, pauses=PauseSettings(clause_ms=1, sentence_ms=2, paragraph_ms=3))
    body = [each for each in write_script(msgspec.structs.replace(ARTICLE, blocks=blocks), show, LEXICON).utterances
            if each.paragraph == 1]  # fmt: skip
    assert [(each.display[-5:], each.pause_after_ms) for each in body] == [
        ("home;", 1), ("ined.", 2), ("back.", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (block(BlockKind.PARAGRAPH, "Not this.", fate=FateKind.NOTES),),
        (block(BlockKind.PARAGRAPH, "* * *"),),
    ],
)
def test_an_article_without_a_body_is_refused(blocks):
    with pytest.raises(ScriptError, match=r"no body to say.*write a paragraph"):
        write_script(msgspec.structs.replace(ARTICLE, blocks=blocks), SHOW, LEXICON)


def test_headings_alone_are_something_to_say():
    blocks = (block(BlockKind.HEADING, "Tolls"), block(BlockKind.HEADING, "Hulls"))
    made = write_script(msgspec.structs.replace(ARTICLE, blocks=blocks), SHOW, LEXICON)
    assert [one.display for one in made.utterances if one.role is Role.HEADING] == ["Tolls", "Hulls"]


def test_a_spoken_block_is_never_left_out_in_silence():
    article = msgspec.structs.replace(ARTICLE, blocks=(*ARTICLE.blocks, block(BlockKind.TABLE, "a | b")))
    with pytest.raises(ScriptError, match=r"block 11 .* a table, is marked as spoken"):
        write_script(article, SHOW, LEXICON)


def test_other_languages_are_refused():
    with pytest.raises(ScriptError, match="“de”"):
        write_script(msgspec.structs.replace(ARTICLE, language="de"), SHOW, LEXICON)


def told(kind, text, said, *, fate=FateKind.NOTES, **fields):
    made = Block(kind=kind, text=text, span=Span(0, len(text)), fate=Fate(kind=fate, reason="policy", said=said))
    return msgspec.structs.replace(made, **fields)


def said_of(*blocks, **reading):
    article = msgspec.structs.replace(ARTICLE, blocks=blocks)
    show = msgspec.structs.replace(SHOW, reading=ReadingSettings(**reading))
    utterances = write_script(article, show, LEXICON).utterances
    start = next(number for number, each in enumerate(utterances) if each.role is Role.DISCLOSURE) + 1
    return [(each.role, each.paragraph, each.display) for each in utterances[start:]]


PARAGRAPH = block(BlockKind.PARAGRAPH, "The pilots stayed.")
MARKED = msgspec.structs.replace(PARAGRAPH, marks=("a", "b"))
NOTES = (
    told(BlockKind.FOOTNOTE, "See the treaty.", "", fate=FateKind.SPOKEN, label="a"),
    told(BlockKind.FOOTNOTE, "It was never signed.", "", fate=FateKind.SPOKEN, label="a"),
    told(BlockKind.FOOTNOTE, "Or the annex.", "", fate=FateKind.SPOKEN, label="b"),
)
CLOSING = (Role.CLOSING, None, "You have been listening to “Who pays for the Kassar canal”, from The Harbour Review.")


def test_set_phrases_stand_where_the_block_stands():
    said = said_of(
        PARAGRAPH,
        told(BlockKind.TABLE, "a | b", "A table of 2 columns and 0 rows is in the show notes: a, b."),
        told(BlockKind.FIGURE, "The lock gates", "Picture: The lock gates.", fate=FateKind.SPOKEN),
        told(BlockKind.EMBED, "It is open.", "Tomas Reyl on Mastodon:", fate=FateKind.SPOKEN),
        told(BlockKind.CODE, "print(1)", ""),
        PARAGRAPH,
    )
    assert said == [
        (Role.BODY, 1, "The pilots stayed."),
        (Role.ASIDE, None, "A table of 2 columns and 0 rows is in the show notes: a, b."),
        (Role.ASIDE, None, "Picture: The lock gates."),
        (Role.ASIDE, None, "Tomas Reyl on Mastodon:"),
        (Role.QUOTATION, None, "It is open."),
        (Role.BODY, 2, "The pilots stayed."),
        CLOSING,
    ]


def test_set_phrases_point_at_their_block_and_at_no_characters_of_it():
    table = told(BlockKind.TABLE, "a | b", "A table is in the show notes: Who paid. It has 2 columns and 1 row.")
    article = msgspec.structs.replace(ARTICLE, blocks=(PARAGRAPH, table))
    asides = [each for each in write_script(article, SHOW, LEXICON).utterances if each.role is Role.ASIDE]
    assert [(each.block, each.span) for each in asides] == [(1, None), (1, None)]


def test_a_call_is_one_short_sentence_at_the_very_end():
    call = told(BlockKind.CALL, "Subscribe and share!", "Follow the show.", fate=FateKind.DROPPED)
    credit = block(BlockKind.CREDIT, "First published by The Quay.")
    assert said_of(call, PARAGRAPH, credit)[1:] == [
        CLOSING,
        (Role.CREDIT, None, "First published by The Quay."),
        (Role.CLOSING, None, "Follow the show."),
    ]


def test_footnotes_in_place_follow_the_paragraph_that_refers_to_them():
    said = said_of(*NOTES[:2], MARKED, PARAGRAPH, NOTES[2], footnotes="in place")
    assert [display for _, _, display in said[:-1]] == [
        "The pilots stayed.",
        *("Footnote.", "See the treaty.", "It was never signed."),
        *("Footnote.", "Or the annex."),
        "The pilots stayed.",
    ]
    assert [paragraph for _, paragraph, _ in said if paragraph] == [1, 2]


def test_a_footnote_that_nothing_refers_to_is_not_lost():
    assert [display for _, _, display in said_of(PARAGRAPH, *NOTES, footnotes="in place")[1:-1]] == [
        *("Footnote.", "See the treaty.", "It was never signed."),
        *("Footnote.", "Or the annex."),
    ]


def test_footnotes_at_the_end_are_a_chapter():
    said = said_of(MARKED, *NOTES, PARAGRAPH, footnotes="at the end")
    assert [(role, display) for role, _, display in said[2:-1]] == [
        (Role.HEADING, "Notes"),
        *((Role.ASIDE, text) for text in ("Note 1.", "See the treaty.", "It was never signed.")),
        *((Role.ASIDE, text) for text in ("Note 2.", "Or the annex.")),
    ]


def test_footnotes_for_the_notes_are_not_heard():
    silent = told(BlockKind.FOOTNOTE, "See the treaty.", "", label="a")
    assert said_of(MARKED, silent) == [(Role.BODY, 1, "The pilots stayed."), CLOSING]


def test_a_quotation_of_several_paragraphs_is_announced_once():
    quotation = block(BlockKind.QUOTATION, "We will not pay.")
    said = said_of(PARAGRAPH, quotation, quotation, PARAGRAPH, quotation, quotations="announced")
    assert [display for _, _, display in said[:-1]] == [
        "The pilots stayed.",
        *("Quotation.", "We will not pay.", "We will not pay.", "End of quotation."),
        "The pilots stayed.",
        *("Quotation.", "We will not pay.", "End of quotation."),
    ]
    assert [paragraph for _, paragraph, _ in said if paragraph] == [1, 2, 3, 4, 5]


def announced(article=ARTICLE, *, corrections=(), **settings):
    show = msgspec.structs.replace(SHOW, announcements=AnnouncementSettings(**settings))
    script = write_script(article, show, LEXICON, corrections=corrections)
    return [(each.role, each.display) for each in script.utterances if each.paragraph is None]


def test_the_show_s_own_opening_and_closing():
    said = announced(
        opening=("{show}: “{title}”[, by {author}], of {date}.", "{subtitle}", "{disclosure}"),
        closing=("That was {show}.", "{credit}"),
        disclosure="A machine reads this.",
    )
    assert said == [
        (Role.TITLE, "The Harbour Review: “Who pays for the Kassar canal”, by Ines Calder, of 2 March 2026."),
        (Role.SUBTITLE, "The lenders have stopped asking"),
        (Role.DISCLOSURE, "A machine reads this."),
        (Role.HEADING, "A quiet default"),
        (Role.CLOSING, "That was The Harbour Review."),
        (Role.CREDIT, "This text first appeared in The Lock Keeper."),
    ]


def test_a_missing_byline_drops_its_phrase():
    article = msgspec.structs.replace(ARTICLE, author="", subtitle="")
    show = msgspec.structs.replace(
        SHOW, default_author="", announcements=AnnouncementSettings(opening=("“{title}”[, by {author}], of {date}.",))
    )
    assert write_script(article, show, LEXICON).utterances[0].display == (
        "“Who pays for the Kassar canal”, of 2 March 2026."
    )


def test_no_disclosure_where_the_show_wants_none():
    assert Role.DISCLOSURE not in [role for role, _ in announced(disclosure="")]


def test_a_credit_is_said_even_where_no_template_asks_for_it():
    assert announced(closing=("Goodbye.",))[-2:] == [
        (Role.CLOSING, "Goodbye."),
        (Role.CREDIT, "This text first appeared in The Lock Keeper."),
    ]


def test_a_title_that_no_template_names_is_refused():
    for article in (ARTICLE, msgspec.structs.replace(ARTICLE, blocks=ARTICLE.blocks[1:])):
        with pytest.raises(ScriptError, match=r"has a title to say, and the opening .*\{title\}.*\[announcements\]"):
            announced(article, opening=("Good evening.",))


def test_a_title_in_a_phrase_that_is_left_out_is_refused():
    with pytest.raises(ScriptError, match="has a title to say"):
        announced(opening=("{show}[: {title}. {correction}]",))


def test_a_subtitle_is_required_only_where_the_text_itself_has_it():
    announced(opening=("{title}",))
    text = block(BlockKind.SUBTITLE, ARTICLE.subtitle)
    with pytest.raises(ScriptError, match=r"has a subtitle to say, and the opening .*\{subtitle\}"):
        announced(msgspec.structs.replace(ARTICLE, blocks=(text, *ARTICLE.blocks)), opening=("{title}",))


def test_a_correction_is_told_where_a_template_asks_for_it():
    at = datetime(2026, 3, 9, 8, tzinfo=UTC)
    corrections = (
        Correction(at=at, reason="the loan is of $3.5bn", is_silent=False),
        Correction(at=at, reason="a comma", is_silent=True),
    )
    said = announced(closing=("Goodbye.", "{credit}", "{correction}"), corrections=corrections)
    assert said[-1] == (Role.CLOSING, "Corrected on 9 March 2026: the loan is of $3.5bn.")
    assert announced(closing=("Goodbye.", "[{correction}]"))[-2] == (Role.CLOSING, "Goodbye.")


def test_whether_a_correction_changes_the_sound():
    telling = msgspec.structs.replace(SHOW, announcements=AnnouncementSettings(closing=("{correction}",)))
    assert (tells_corrections(SHOW), tells_corrections(telling)) == (False, True)


QUOTED = "The pilots were blunt. “We have moored here for forty years and nobody has asked us,” said Ines Calder."


def voices(text, *, kind=BlockKind.PARAGRAPH, **settings):
    article = msgspec.structs.replace(ARTICLE, blocks=(block(kind, text),))
    show = msgspec.structs.replace(SHOW, second_voice=SecondVoiceSettings(**settings))
    said = [each for each in write_script(article, show, LEXICON).utterances if each.paragraph]
    return [(each.display, each.speaker, each.is_second_voice) for each in said]


def test_one_voice_says_everything_unless_a_second_is_named():
    assert voices(QUOTED) == [
        ("The pilots were blunt.", "", False),
        ("“We have moored here for forty years and nobody has asked us,” said Ines Calder.", "", False),
    ]


def test_a_second_voice_says_what_is_quoted_and_no_more():
    assert voices(QUOTED, name="en-gb+f3") == [
        ("The pilots were blunt.", "", False),
        ("“We have moored here for forty years and nobody has asked us,”", "Ines Calder", True),
        ("said Ines Calder.", "", False),
    ]
    assert not any(is_second for _, _, is_second in voices(QUOTED, name="en-gb+f3", least_words=30))


def test_a_block_quotation_is_for_the_second_voice_and_its_attribution_for_the_first():
    text = "We have moored here for forty years. Nobody has ever asked us anything."
    assert all(is_second for _, _, is_second in voices(text, kind=BlockKind.QUOTATION, name="en-gb+f3"))
    assert not any(is_second for _, _, is_second in voices(text, kind=BlockKind.QUOTATION))
    named = "— Ines Calder, harbour master of the free port of Kassar and the quays beyond it"
    assert not any(is_second for _, _, is_second in voices(named, kind=BlockKind.QUOTATION, name="en-gb+f3"))


def test_short_sentences_are_said_with_their_neighbours():
    said = [display for display, _, _ in voices("Was it so? No. The pilots stayed on the quay.")]
    assert said == ["Was it so?", "No. The pilots stayed on the quay."]
