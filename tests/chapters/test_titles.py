"""Titles of proposed chapters: short, whole, in sentence case, out of the chapter's own words, and never twice."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters.titling import topic_titles
from pipeline.chapters.titling.coding import coded, names_in
from pipeline.chapters.titling.phrases import phrases_of
from pipeline.chapters.titling.vocabulary import ENDING_ADVERBS
from pipeline.chapters.words import STOP_WORDS, cut, stem, stems_of

OPENING = (("The Causeway Letter looks at a strait that nobody guards.",),)
FILLER = "It rained in the harbour that day, and he was there."


def title_of(*sentences: str) -> str:
    """The title of a chapter of one paragraph after an opening about something else."""
    return topic_titles((OPENING, (sentences,)))[0]


def phrases(sentence: str, *more: str) -> set[str]:
    return {phrase.text for phrase in phrases_of(sentence, names_in([sentence, *more]))}


def codes(sentence: str, *names: str) -> str:
    return "".join(token.code for token in coded(sentence, frozenset(names)))


class TestWholeness:
    """What would be a fragment or half a name is no phrase at all."""

    def test_a_name_is_taken_whole(self) -> None:
        found = phrases("The board ratified the Treaty of Kestrel Bay after Ruben Alder resigned.")
        assert "Treaty of Kestrel Bay" in found
        assert found.isdisjoint({"Treaty", "Kestrel Bay", "Bay", "Kestrel", "Ruben", "Alder"})

    @pytest.mark.parametrize(
        ("sentence", "name", "halves"),
        [
            ("They wrote to Ines de Calder in spring.", "Ines de Calder", {"Ines", "Calder"}),
            ("They wrote to Tomas W. Reyl in spring.", "Tomas W. Reyl", {"Tomas", "Reyl", "Tomas W"}),
            ("They feared World War I in spring.", "World War I", {"World War", "World"}),
            ("They joined the Committee on Harbour Dues.", "Committee on Harbour Dues", {"Committee", "Harbour Dues"}),
            ("They praised Oil for Peace in spring.", "", {"Oil", "Peace"}),
        ],
    )
    def test_particles_initials_numbers_and_institutions_stay_in_a_name(self, sentence, name, halves) -> None:
        found = phrases(sentence)
        assert not name or name in found
        assert found.isdisjoint(halves)

    def test_an_adjective_of_a_country_is_half_of_a_name(self) -> None:
        assert not any(
            text.endswith("Soviet") for text in phrases("They saw the United States and Soviet-led Ostrava.")
        )
        assert not any(
            text.endswith("Iranian") for text in phrases("They saw Amaro and the Iranian (and other) ports.")
        )

    def test_ties_are_followed_to_their_end(self) -> None:
        found = phrases("It was an escalation in sanctions against the ferry lines.")
        assert "sanctions against the ferry lines" in found
        assert not any(text.endswith((" in", " against", " the")) for text in found)
        assert "acquisition" not in phrases("The acquisition of the northern ports took a decade.")

    def test_both_sides_of_between_are_kept(self) -> None:
        found = phrases("Everyone feared a quarrel between Arden and Velm.")
        assert "quarrel between Arden and Velm" in found
        assert "quarrel between Arden" not in found
        assert "quarrel between the two ports" in phrases("Everyone feared a quarrel between the two ports.")

    def test_a_head_that_two_names_share_is_not_taken_from_the_first(self) -> None:
        assert "dispute over the Velm" not in phrases("It was a dispute over the Velm and Arden islands.")
        assert "dispute over the Velm" not in phrases("It was a dispute over the Velm and Arden Islands.")
        assert "dispute over the Velm" in phrases("It was a dispute over the Velm in spring.")
        assert "increase in military" not in phrases("It was an increase in military and economic aid.")

    def test_nothing_ends_where_a_long_sentence_was_no_longer_looked_at(self) -> None:
        for words in range(30, 60):
            found = phrases("rain, " * words + "the port of the ferry lines of Velm.")
            assert found <= {
                "port of the ferry lines of Velm",
                "Port of the ferry lines of Velm",
                "Velm",
                "rain",
                "Rain",
            }

    def test_what_the_verb_takes_is_not_tied_to_its_object(self) -> None:
        assert "ship with torches" not in phrases("The crowd burnt the ship with torches.")
        assert "treaty with Ostrava" in phrases("The council signed the treaty with Ostrava.")

    @pytest.mark.parametrize(
        ("sentence", "run_together"),
        [
            ("The council gave Ostrava ownership of the port.", "Ostrava ownership"),
            ("The envoy warned Amaro of an attack.", "Amaro of an attack"),
            ("Good clients work with the trust.", "clients work"),
            ("It gave shipowners privileged status and extracted concessions.", "status and extracted concessions"),
            ("The council promised Reyl strong support.", "Reyl strong support"),
        ],
    )
    def test_what_only_stands_together_is_not_run_together(self, sentence, run_together) -> None:
        assert not any(run_together in text for text in phrases(sentence) if text != sentence[:-1])

    def test_the_first_item_of_a_list_is_no_statement(self) -> None:
        assert "Amaro signed the pact" in phrases("Amaro signed the pact, but nobody came.")
        assert "Amaro bombed ports" not in phrases("Amaro bombed ports, railways and bridges in Ostrava.")
        assert "Reyl sailed to Ostrava" not in phrases("Calder, Amaro, and Reyl sailed to Ostrava in spring.")


class TestStatements:
    def test_a_short_sentence_is_a_title(self) -> None:
        assert "The ferries returned to Velm" in phrases("The ferries returned to Velm.")

    def test_the_date_before_and_the_manner_after_are_left_out(self) -> None:
        found = phrases("In May 1972, Amaro closed the strait during the spring tides of that year.")
        assert "Amaro closed the strait" in found
        assert not any("1972" in text or "May" in text for text in found)

    def test_words_that_only_tie_sentences_are_dropped(self) -> None:
        assert "Amaro closed the strait" in phrases("Amaro also closed the strait.")

    def test_an_aside_and_an_office_are_left_out_where_they_make_it_too_long(self) -> None:
        found = phrases("Premier Ines Calder, a friend of the ferry lines, demanded a blockade of Velm.")
        assert "Ines Calder demanded a blockade of Velm" in found
        assert not any("friend of the ferry lines" in text and "demanded" in text for text in found)

    def test_a_long_statement_does_without_its_first_article(self) -> None:
        assert "Reparation board formed a grand committee" not in phrases("The board formed a grand committee.")
        assert "Harbour council imposed a naval blockade" in phrases("The Harbour council imposed a naval blockade.")

    @pytest.mark.parametrize(
        ("sentence", "statement"),
        [
            ("Amaro had severed diplomatic relations by then.", "Amaro had severed diplomatic relations"),
            ("Amaro did not ratify the treaty until spring.", "Amaro did not ratify the treaty"),
            ("Amaro refused to recognise the republic until spring.", "Amaro refused to recognise the republic"),
            ("Amaro closed the strait and sent ships.", "Amaro closed the strait"),
            ("Amaro closed the strait by sinking barges.", "Amaro closed the strait"),
            ("Amaro formed a committee to review the tolls.", "Amaro formed a committee"),
            ("Users test the ferry.", "Users test the ferry"),
        ],
    )
    def test_auxiliaries_and_second_verbs_are_understood(self, sentence, statement) -> None:
        assert statement in phrases(sentence)

    @pytest.mark.parametrize(
        ("sentence", "misread"),
        [
            ("Pair program with the crew.", "Pair program"),
            ("In spring, use ferries.", "use ferries"),
            ("Keep a spare in case video or audio drops.", "case video or audio drops"),
            ("Pilots help the crew navigate harbour rules.", "crew navigate harbour rules"),
            ("People work strange hours.", "People work"),
            ("The board hopes to see the plan.", "board hopes"),
            ("Amaro signed Bill No. 2.", "Bill No"),
        ],
    )
    def test_a_verb_is_not_taken_for_a_noun(self, sentence, misread) -> None:
        assert misread not in phrases(sentence)

    @pytest.mark.parametrize(
        ("sentence", "half"),
        [
            ("They paid the trust.", "They paid the trust"),
            ("The envoy said the trust, which had money, was closed.", "The envoy said the trust"),
            ("Amaro expected Reyl to sail to the islands.", "Amaro expected Reyl"),
            ("The council was alarmed by all of the news of the day.", "The council was alarmed"),
            ("The board agreed to the plan of the trust after weeks of talks.", "The board agreed"),
            ("Amaro proposed a free, open and fair market.", "Amaro proposed a free"),
        ],
    )
    def test_what_waits_for_more_is_none(self, sentence, half) -> None:
        assert half not in phrases(sentence)


class TestCodes:
    def test_words_are_told_apart_by_their_neighbours(self) -> None:
        assert codes("The board calls the lines.") == "DNVDNQ"
        assert codes("The calls began.") == "DNVQ"

    def test_endings_stand_in_for_a_dictionary(self) -> None:
        assert codes("a disputed line") == "dEN"
        assert codes("They disputed the line") == "OVDN"
        assert codes("a growing stockpile")[1] in "GJ"
        assert codes("We’ve seen the monopoly") == "OVDN"

    def test_the_first_word_is_a_name_only_where_others_say_so(self) -> None:
        assert codes("Amaro sailed", "amaro") == "PV"
        assert codes("Ferries sailed") == "NV"


class TestChoice:
    def test_what_the_chapter_repeats_is_its_subject(self) -> None:
        made = title_of(
            "The dredging of the channel took longer than a rearguard action.",
            "Dredging begins in autumn.",
            "The channel fills with sand, and dredging starts again.",
        )
        assert {stem("dredging"), stem("channel")} <= set(stems_of(made))

    def test_what_is_denied_is_no_title(self) -> None:
        made = title_of("Nor has there been any let-up in the dredging.", "The survey of the seabed began at last.")
        assert set(stems_of(made)) <= set(stems_of("The survey of the seabed began at last."))

    def test_the_title_of_the_article_is_no_title_of_a_part(self) -> None:
        section = (
            ("The embargo on Ostrava ended the dredging contracts of the trust.", "Dredging contracts are rare."),
            ("The embargo on Ostrava lasts.",),
        )
        assert topic_titles((OPENING, section))[0] == "Embargo on Ostrava"
        assert topic_titles((OPENING, section), "The embargo on Ostrava")[0] != "Embargo on Ostrava"

    def test_somebody_is_no_subject(self) -> None:
        made = title_of("Premier Ines Calder spoke of the dredging contract.", "Nobody had read the contract.")
        assert made == "Dredging contract"

    def test_what_is_said_once_in_passing_is_no_title(self) -> None:
        made = title_of(
            "The lighthouse law passed in spring.",
            "It rained at the sunken gallery of Velm.",
            "Nobody liked the lighthouse law.",
        )
        assert made == "Lighthouse law"

    def test_a_heading_that_the_source_did_not_mark_is_the_title_in_sentence_case(self) -> None:
        section = (
            ("The Quota System",),
            ("Amaro set a quota for each port.", "Ports sold what was left of the quota."),
        )
        assert topic_titles((OPENING, section)) == ("The quota system",)

    def test_a_capital_of_the_sentence_is_none_of_the_title_and_names_keep_theirs(self) -> None:
        made = title_of("Sanctions against Ostrava closed the yards.", "The sanctions lasted, and Ostrava sold ships.")
        assert made in {"Sanctions against Ostrava", "Sanctions against Ostrava closed the yards"}

    def test_without_a_phrase_there_is_a_number(self) -> None:
        assert topic_titles(((("The board met.",),), (("It is so.",),), (("He was there.",),))) == ("Part 2", "Part 3")

    def test_equal_chapters_get_different_titles(self) -> None:
        section = (("The dredging of the channel cost a fortune.",),)
        assert len(set(topic_titles((section, section, section, section)))) == 3


#: Small words, names, verbs and marks in any order.
WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        """the a of to and in on with for against between that which was had Amaro Ostrava Reyl Treaty Congress Soviet
    treaty ports dredging signed rejected Russian president 1972 May not its he “ ” ( ) , ; — . "the ’s agreed limited
    quickly new second growing rising plan harbour’s U.S. Jr. II de also because Food Peace committee""",
    )
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(" ".join) | st.text(min_size=1, max_size=200)
SECTIONS = st.lists(
    st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=3), min_size=2, max_size=6
)


@given(SECTIONS, st.text(max_size=30))
def test_whatever_is_written_the_titles_keep_the_promises(sections, article) -> None:
    made = topic_titles(sections, article)
    assert made == topic_titles(sections, article)
    assert len(made) == len(sections) - 1
    assert len({title.casefold() for title in made}) == len(made)
    for title, section in zip(made, sections[1:], strict=True):
        assert 0 < len(title) <= 40
        if not re.fullmatch(r"Part \d+", title):
            assert_stands_alone(title, [sentence for paragraph in section for sentence in paragraph])


def assert_stands_alone(title: str, sentences: list[str]) -> None:
    """No small word or mark at either end but an article at the front, nothing unbalanced, words in their order."""
    words = title.casefold().split()
    assert title[0].isalnum()
    assert not set(title) & set('“”"()[]{}«»„')
    assert words[-1] not in STOP_WORDS - ENDING_ADVERBS
    assert words[0] not in STOP_WORDS - {"the", "a", "an", "new"}
    assert title[-1].isalnum() or title.endswith((".", "’", "'"))
    assert any(is_within(" ".join(words), " ".join(sentence.casefold().split())) for sentence in sentences)


def is_within(title: str, sentence: str) -> bool:
    """Whether every word and mark of the title stands in the sentence, in this order."""
    pieces = re.compile(r"[^\W_]+|[^\w\s]|_")
    rest = iter(pieces.findall(sentence))
    return all(piece in rest for piece in pieces.findall(title))


def test_real_articles_get_whole_titles(shared) -> None:
    for path in sorted((shared / "archive").glob("*.md"))[::9]:
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        paragraphs = [
            re.split(r"(?<=[a-z]\.) (?=[A-Z])", text.strip()) for text in body.split("\n\n") if len(text) > 200
        ]
        sections = [paragraphs[at : at + 2] for at in range(0, len(paragraphs), 2)]
        for title, section in zip(topic_titles(sections), sections[1:], strict=True):
            if not title.startswith("Part "):
                assert_stands_alone(title, [sentence for paragraph in section for sentence in paragraph])


@pytest.mark.parametrize("hostile", ["of Amaro ", "a, ", "the J’s ", "P. ", "x" * 50, "and and ", "— ", "1 ", "- - "])
def test_hostile_text_takes_no_longer_than_other_text(hostile) -> None:
    section = ((hostile * (200_000 // len(hostile)),),)
    before = time.process_time()
    topic_titles((section, section, section))
    assert time.process_time() - before < 5


def test_cut_ends_on_a_whole_word_that_can_be_last() -> None:
    assert cut("Why  the ferries\nmatter", 45) == "Why the ferries matter"
    assert (
        cut("Why the ferries matter more than the navy of the mainland", 45)
        == "Why the ferries matter more than the navy…"
    )
    assert cut("x" * 60, 45) == "x" * 44 + "…"


@given(st.text(min_size=1, max_size=120), st.integers(10, 60))
def test_cut_keeps_to_the_limit(text, limit) -> None:
    assert len(cut(text, limit)) <= limit


def test_stems_bring_forms_of_a_word_together() -> None:
    assert stem("dredging") == stem("dredged") == stem("dredges")
    assert stem("policies") == stem("policy")
    assert stem("Velm’s") == stem("Velm")
    assert stems_of("The ferries of the islands") == (stem("ferry"), stem("island"))
