"""How an utterance is parted for Google: nothing lost, never too long, as few as can be, and where one may breathe."""

import itertools
import time

import pytest
from gtts import gTTS
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.engines.gtts.packing import LIMIT, packed

WORDS = st.text(st.sampled_from("abzÄé北1.,;:—–-!?…()“”'\"\u0301\u200d\U0001f44d\U0001f3fd"), min_size=1, max_size=130)
BLANKS = st.sampled_from([" ", "  ", "\n", "\u00a0", " " * 120])
TEXTS = st.lists(st.one_of(WORDS, BLANKS, st.sampled_from(["Ines", "of", "the", "seven", "million"])), max_size=60)


def texts(text: str, language: str = "en") -> list[str]:
    return [part.text for part in packed(text, language=language)]


def test_a_long_sentence_is_parted_where_a_reader_breathes() -> None:
    sentence = (
        "The harbour board of Salka, which had paid for the survey and never read it, asked Ines Calder in March "
        "whether the ferries could be sold; she said that nobody would buy them before the engines were mended."
    )
    assert texts(sentence) == [
        "The harbour board of Salka, which had paid for the survey and never read it,",
        "asked Ines Calder in March whether the ferries could be sold;",
        "she said that nobody would buy them before the engines were mended.",
    ]


def test_the_limit_is_the_library_s() -> None:
    assert gTTS.GOOGLE_TTS_MAX_CHARS == LIMIT


@given(words=TEXTS, language=st.sampled_from(["en", "en-GB", "de", "zh-CN"]))
@example(words=["x" * 100, " ", "y"], language="en")
@example(words=["\u0301" * 300], language="en")
@example(words=["a" * 99, "e\u0301" * 80], language="de")
def test_nothing_is_lost_or_doubled_or_too_long(words: list[str], language: str) -> None:
    text = "".join(words)
    parts = packed(text, language=language)
    at = 0
    for part in parts:
        between = text[at : part.start]
        assert not any(character.isalnum() for character in between)
        assert text.startswith(part.text, part.start)
        assert 0 < len(part.text) <= LIMIT
        assert part.text == part.text.strip()
        assert any(character.isalnum() for character in part.text)
        at = part.start + len(part.text)
    assert not any(character.isalnum() for character in text[at:])


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=150))
def test_there_are_as_few_parts_as_can_be(words: list[str]) -> None:
    greedy, length = 1, -1
    for word in words:  # filling every part as far as it goes gives the fewest
        length += 1 + len(word)
        if length > LIMIT:
            greedy, length = greedy + 1, len(word)
    assert len(texts(" ".join(words), "xx")) == greedy


@given(st.lists(st.text("abcdefgh—,.", min_size=1, max_size=20), min_size=1, max_size=80))
def test_only_blanks_lie_between_parts_of_words(words: list[str]) -> None:
    text = " ".join(f"{word}a" for word in words)
    parts = packed(text)
    seams = [text[one.start + len(one.text) : two.start] for one, two in itertools.pairwise(parts)]
    assert all(seam in ("", " ") for seam in seams)
    assert parts[0].start == 0
    assert parts[-1].start + len(parts[-1].text) == len(text)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            (
                "Nobody at the meeting of the harbour board had expected that in the end it would be Tomas Reyl "
                "Amaro who paid for it."
            ),
            "Tomas Reyl Amaro",
        ),
        (
            (
                "The survey says that the repair of the two ferries and of the old quay at the northern end costs "
                "four point five million euros in all."
            ),
            "four point five million",
        ),
        (
            (
                "Everybody who lived on the island can tell you that the lock was opened in the spring of nineteen "
                "fifty-three by a man with a saw."
            ),
            "nineteen fifty-three",
        ),
        (
            (
                "It took the editors of The Harbour Review more than four weeks to find out where the letters of Dr. "
                "Calder had been kept until then."
            ),
            "Dr. Calder",
        ),
        (
            (
                "For nine years nobody asked what had become of the money that had been set aside by Parliament for J. "
                "R. Reyl and his two dredgers."
            ),
            "J. R. Reyl",
        ),
        (
            (
                "The students who had measured the currents off Amaro wrote to the president of the California "
                "Institute of Technology, and waited."
            ),
            "California Institute of Technology",
        ),
        (
            (
                "Of those who answered the letter that the board had sent to every house on the island, forty-seven "
                "percent were in favour of the bridge."
            ),
            "forty-seven percent",
        ),
        (
            (
                "He was the last of the keepers who could remember how the lighthouse was built in the late eighteen "
                "eighties by hand."
            ),
            "eighteen eighties",
        ),
    ],
)
def test_names_and_numbers_stay_whole(text: str, together: str) -> None:
    parts = texts(text)
    assert len(parts) > 1
    assert any(together in part for part in parts)


def test_an_apostrophe_is_no_closing_quotation_mark() -> None:
    text = (
        "Nobody at the ministry had ever thought that a letter to the editor would lead to the ferry pilots’ "
        "strike in the first week of June."
    )
    assert any("pilots’ strike" in part for part in texts(text))


def test_where_only_a_bad_place_is_left_another_part_is_asked_for() -> None:
    text = (
        "The towns had agreed to give up their shares in the ferries before the winter, and so the island "
        "parliament passed the new law on the first of March with nobody against it."
    )
    assert texts(text)[1].startswith("and so the island parliament")


def test_a_name_is_worth_another_part() -> None:
    names = "Anna Berta Clara Dora Emma Frida Gerda Hanna Irma Julia Klara Luise Martha Nora Olga Paula"
    text = f"We had seen {names} and went to see what the others had to say about it."
    assert len(text) < 2 * LIMIT
    assert names in texts(text)[1]
    assert len(texts(text)) == 3


def test_a_name_longer_than_a_part_is_parted_at_a_blank() -> None:
    parts = texts("Salka " * 40)
    assert {word for part in parts for word in part.split()} == {"Salka"}
    assert len(parts) == 3


def test_no_part_is_a_word_alone_where_another_way_is_as_good() -> None:
    text = (
        "However, the board of the harbour never asked the towns, the ministry, the pilots or the two lenders for "
        "their views."
    )
    assert min(len(part.split()) for part in texts(text)) > 3


def test_a_word_without_end_is_cut_and_its_accents_stay() -> None:
    parts = texts("ne\u0301" * 100)
    assert "".join(parts) == "ne\u0301" * 100
    assert not any(part.startswith("\u0301") for part in parts)
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert all(part[0] in "a\U0001f468" for part in texts(f"a{family}" * 60))


def test_signs_alone_are_not_asked_for() -> None:
    assert texts("... — !") == []
    assert texts("-" * 250) == []
    assert texts("« Bonjour » !", "fr") == ["« Bonjour » !"]
    french = (
        "« Nous avons attendu le bac pendant neuf ans et personne ne nous a jamais dit où il était resté depuis » !"
    )
    assert [part[-1] for part in texts(french, "fr")][-1] == "!"
    assert texts(french, "fr")[0].startswith("« N")


def test_the_pause_goes_with_the_sign() -> None:
    half = "nobody at the harbour could say what had become of the old ferry and of its two engines"
    pauses = {}
    for sign in (".", "?", ";", ":", ",", "”", ""):
        first, second = packed(f"{half}{sign} and {half}")
        assert first.text == half + sign
        assert second.pause_s == 0
        pauses[sign] = first.pause_s
    assert pauses["."] == pauses["?"] > pauses[";"] == pauses[":"] > pauses[","] > pauses[""] == pauses["”"] > 0
    dash = packed(f"{half}—and {half}")
    assert (dash[0].text, dash[0].pause_s) == (f"{half}—", pauses[";"])
    assert [part.pause_s for part in packed("x" * 250)] == [0, 0, 0]


def test_languages_without_blanks_are_parted_at_their_own_marks() -> None:
    sentence = "港口的账目没有人看过，也没有人知道它们放在哪里。"
    parts = packed(sentence * 8, language="zh-CN")
    assert len(parts) == 2
    assert all(part.text.endswith("。") for part in parts)
    assert parts[0].pause_s == 0.30


@pytest.mark.parametrize("text", ["x" * 50_000, "Ab " * 3_300, "a—" * 5_000, "e\u0301" * 25_000, '" ' * 5_000])
def test_hostile_text_takes_no_longer_than_other_text(text: str) -> None:
    began = time.process_time()
    packed(text)
    assert time.process_time() - began < 3
