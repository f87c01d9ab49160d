"""A spoken text in an engine's own notation: every name is heard as asked, and every mark finds its way back."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines import Notation, Session, find_engine
from pipeline.engines.notation import Rendered, carry_back, render
from pipeline.errors import EngineError
from pipeline.model import Mark, MarkKind, Role, SpokenForm, Timing, Utterance, VoiceSettings


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    opened = find_engine("espeak").open(VoiceSettings())
    yield opened
    opened.close()


def utterance(written: str, *names: tuple[str, str, str]) -> Utterance:
    """``written`` with each (name, respelling, IPA) laid over it, in order; "" as respelling says what is written."""
    spoken, at, forms = "", 0, []
    for name, say, ipa in names:
        start = written.index(name, at)
        spoken += written[at:start]
        at = start + len(name)
        forms.append(
            SpokenForm(
                start=start,
                end=at,
                spoken_start=len(spoken),
                spoken_end=len(spoken) + len(say or name),
                rule="lexicon",
                ipa=ipa,
            )
        )
        spoken += say or name
    spoken += written[at:]
    return Utterance(display=written, spoken=spoken, forms=tuple(forms), role=Role.BODY, pause_after_ms=0)


def in_espeak(said: Utterance) -> Rendered:
    return render(said, Notation.ESPEAK, language="en-GB")


@pytest.mark.parametrize("notation", [Notation.PLAIN, Notation.ESPEAK, Notation.IPA])
def test_text_without_exact_sounds_is_given_as_it_is(notation: Notation) -> None:
    said = utterance("The Sejm met in Łódź at noon.", ("Sejm", "Saym", ""))
    assert render(said, notation, language="en-GB").text == said.spoken


def test_an_engine_that_cannot_be_told_sounds_gets_the_respelling() -> None:
    said = utterance("From Kyiv.", ("Kyiv", "Keev", "ˈkiːv"))
    assert render(said, Notation.PLAIN, language="en-GB").text == "From Keev."


def test_espeak_gets_its_mnemonics_word_by_word() -> None:
    said = utterance("Then Xi Jinping left Kyiv.", ("Xi Jinping", "", "ʃiː dʒɪnˈpɪŋ"), ("Kyiv", "Keev", "ˈkiːv"))
    assert in_espeak(said).text == "Then [[S|'i:]] [[dZ|I|n|p|'I|N]] left [[k|'i:|v]]."


@pytest.mark.parametrize(
    "written",
    [
        *("Kyiv", "Kyiv.", "Kyiv!", "In Kyiv?", "“Kyiv,” he said.", '"Kyiv" again', "‘Kyiv’ again", "'Kyiv' again"),
        *("(Kyiv)", "a (Kyiv) b", "[Kyiv]", "«Kyiv»", "a/Kyiv/b", "pro-Kyiv men", "the Kyiv-based paper", "Kyiv–Salka"),
        *("a—Kyiv—b", "Salka-Kyiv-Amaro", "newKyivan", "Kyiv…", "¿Kyiv?", "the Kyivs’ fate", "Kyiv' end", "\nKyiv\n"),
    ],
)
def test_a_name_is_heard_whatever_stands_beside_it(session: Session, written: str) -> None:
    said = utterance(written, ("Kyiv", "", "ˈkiːvə"))
    assert "kˈiːvə" in session.phonemes([in_espeak(said).text])[0]


@pytest.mark.parametrize(
    ("written", "ipa", "heard"),
    [
        ("Kyiv’s", "ˈkiːv", "kˈiːvz"),
        ("Minsk's", "ˈmɪnsk", "mˈɪnsks"),
        ("Foch’s", "ˈfɒʃ", "fˈɒʃɪz"),
        ("KYIV’S", "ˈkiːv", "kˈiːvz"),
    ],
)
def test_a_possessive_is_said_with_its_name(session: Session, written: str, ipa: str, heard: str) -> None:
    said = utterance(f"That was {written} port.", (written[:-2], "", ipa))
    assert session.phonemes([in_espeak(said).text])[0] == f"ðat wɒz {heard} pˈɔːt"


def test_brackets_of_the_text_itself_are_no_mnemonics(session: Session) -> None:
    said = utterance("He wrote [[k'i:v]] and left Kyiv.", ("Kyiv", "", "ˈkiːv"))
    heard = session.phonemes([in_espeak(said).text])[0]
    assert heard.count("kˈiːv") == 1
    assert in_espeak(utterance("a [[[[ b [[")).text.count("[[") == 0


def test_a_respelling_is_said_where_english_lacks_a_sound() -> None:
    said = utterance("The ǃKung went to Kyiv.", ("ǃKung", "Kung", "ˈǃʊŋ"), ("Kyiv", "", "ˈkiːv"))
    assert in_espeak(said).text == "The Kung went to [[k|'i:|v]]."


def test_without_a_respelling_the_entry_and_the_sign_are_named() -> None:
    said = utterance("The ǃKung went.", ("ǃKung", "", "ˈǃʊŋ"))
    with pytest.raises(
        EngineError, match=r"“ǃKung” cannot be said: English has no sound for “ǃ”.*lexicon\.toml.*say = "
    ) as caught:
        in_espeak(said)
    assert caught.value.utterance == "The ǃKung went."


def test_no_english_sounds_are_put_into_another_language() -> None:
    respelled = utterance("À Kyiv.", ("Kyiv", "Kiève", "ˈkiːv"))
    assert render(respelled, Notation.ESPEAK, language="fr-FR").text == "À Kiève."
    with pytest.raises(EngineError, match="English only, and this is fr"):
        render(utterance("À Kyiv.", ("Kyiv", "", "ˈkiːv")), Notation.ESPEAK, language="fr")


def test_ssml_holds_the_whole_text_and_the_exact_sounds() -> None:
    said = utterance("Ore & <tin> from “Kyiv”\x00.", ("Kyiv", "Keev", '/ˈkiːv"/'))
    root = ET.fromstring(render(said, Notation.SSML, language="en-GB").text)
    assert root.tag == "speak"
    assert "".join(root.itertext()) == "Ore & <tin> from “Keev” ."
    assert [(child.tag, child.attrib, child.text) for child in root] == [
        ("phoneme", {"alphabet": "ipa", "ph": 'ˈkiːv"'}, "Keev")
    ]


def in_ipa(said: Utterance, *, language: str = "en-GB") -> str:
    return render(said, Notation.IPA, language=language).text


def test_ipa_is_given_as_the_lexicon_has_it_word_by_word() -> None:
    said = utterance("Then Xi Jinping left Kyiv.", ("Xi Jinping", "", "/ʃiː dʒɪnˈpɪŋ/"), ("Kyiv", "Keev", "[ˈkiːv]"))
    assert in_ipa(said) == "Then [[ʃiː]] [[dʒɪnˈpɪŋ]] left [[ˈkiːv]]."
    assert in_ipa(utterance("To Lviv.", ("Lviv", "Luh Veev", "ləˈviːv"))) == "To [[ləˈviːv]]."
    assert in_ipa(utterance("To Kyiv.", ("Kyiv", "Keev", "//"))) == "To Keev."


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("“Kyiv,” he said.", "“[[ˈkiːv]],” he said."),
        ("pro-Kyiv men", "pro-[[ˈkiːv]] men"),
        ("newKyivan", "new[[ˈkiːv]]an"),
        ("[Kyiv]", " [[ˈkiːv]] "),
        ("see [1] and [[x]] in Kyiv", "see  1  and   x   in [[ˈkiːv]]"),
    ],
)
def test_brackets_of_the_text_are_blanks_beside_ipa_and_all_else_stays(written: str, rendered: str) -> None:
    assert in_ipa(utterance(written, ("Kyiv", "", "ˈkiːv"))) == rendered


@pytest.mark.parametrize(
    ("written", "ipa", "sound"),
    [
        ("Kyiv’s", "ˈkiːv", "ˈkiːvz"),
        ("Minsk's", "ˈmɪnsk", "ˈmɪnsks"),
        ("Foch’s", "ˈfɒʃ", "ˈfɒʃɪz"),
        ("Gwatidzo's", "ɡwaˈtid͡zo", "ɡwaˈtid͡zoz"),
        ("Lech's", "ˈlɛx", "ˈlɛxs"),
        ("Bach's", "ˈbat͡ʃ", "ˈbat͡ʃɪz"),
        ("Metz's", "ˈmɛts", "ˈmɛtsɪz"),
        ("Put's", "ˈpʊtʰ", "ˈpʊtʰs"),
        ("KYIV’S", "ˈkiːv", "ˈkiːvz"),
        ("Amaros’", "əˈmɑːroʊz", "əˈmɑːroʊz"),
    ],
)
def test_a_possessive_is_sounded_in_ipa_as_english_sounds_it(written: str, ipa: str, sound: str) -> None:
    name = re.split(r"['’]", written)[0]
    assert in_ipa(utterance(f"That was {written} port.", (name, "", ipa))) == f"That was [[{sound}]] port."


def test_no_english_s_is_put_into_another_language() -> None:
    said = utterance("Das war Minsk's Hafen.", ("Minsk", "", "ˈmɪnsk"))
    assert in_ipa(said, language="de-DE") == "Das war [[ˈmɪnsk]]'s Hafen."


def test_in_real_sentences_a_name_given_as_it_would_be_said_changes_nothing(session: Session, shared: Path) -> None:
    named = re.compile(r"[\s(“\"‘'-]([A-Z][a-z]{3,})(?!\w)")
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "archive").glob("*.md"))[:40]]
    sentences = [" ".join(line.split()) for text in texts for line in re.split(r"(?<=[a-z][.!?])\s+", text)]
    found = [(line, name[1]) for line in sentences if 30 < len(line) < 250 and (name := named.search(line))]
    ipa = session.phonemes([name for _, name in found])
    said = [utterance(line, (name, "", sound)) for (line, name), sound in zip(found, ipa, strict=True)]
    before = session.phonemes([one.spoken.replace("[[", "  ") for one in said])
    after = session.phonemes([in_espeak(one).text for one in said])
    changed = sum(letters(one) != letters(other) for one, other in zip(before, after, strict=True))
    assert len(said) > 200
    assert changed < len(said) / 50  # what is left: "U.S.-Amaro", which the spoken text does not hold


def letters(ipa: str) -> str:
    """``ipa`` without stress and blanks, which move where little words run together; every r is one."""
    return re.sub("[ˈˌ ]", "", ipa).replace("ɹ", "r")


def test_marks_of_the_engine_come_back_exact_on_the_words_of_the_spoken_text(session: Session) -> None:
    said = utterance(
        "In “Kyiv’s” port, pro-Kharkiv men met Xi Jinping's aide (from Lviv) on Tuesday.",
        ("Kyiv", "Keev", "ˈkiːv"),
        ("Kharkiv", "", "ˈxɑːkɪv"),
        ("Xi Jinping", "", "ʃiː dʒɪnˈpɪŋ"),
        ("Lviv", "Luh Veev", "ləˈviːv"),
    )
    rendered = in_espeak(said)
    clip = session.speak(rendered.text)
    marks = carry_back(clip.marks, rendered, sample_count=clip.sample_count)
    words = [said.spoken[mark.char_start : mark.char_end] for mark in marks]
    assert words == said.spoken.split()
    # The IPA of "Luh Veev" is one word, so that nobody knows where its second one begins.
    assert [word for word, mark in zip(words, marks, strict=True) if mark.timing is not Timing.EXACT] == ["Veev)"]
    known = {mark.sample_start for mark in clip.marks}
    assert all(mark.sample_start in known for mark in marks if mark.timing is Timing.EXACT)
    assert all(one.sample_start < other.sample_start for one, other in pairwise(marks))


def test_marks_keep_how_good_the_engine_says_they_are() -> None:
    rendered = in_espeak(utterance("To Kyiv now", ("Kyiv", "", "ˈkiːv")))
    words = re.finditer(r"\S+", rendered.text)
    marks = [mark(found.start(), found.end(), sample=100 * at) for at, found in enumerate(words)]
    carried = carry_back(marks, rendered, sample_count=300)
    assert [(one.char_start, one.sample_start, one.timing) for one in carried] == [
        (0, 0, Timing.ALIGNED),
        (3, 100, Timing.ALIGNED),
        (8, 200, Timing.ALIGNED),
    ]


def test_an_engine_without_marks_stays_without() -> None:
    rendered = in_espeak(utterance("To Kyiv now", ("Kyiv", "", "ˈkiːv")))
    assert carry_back((), rendered, sample_count=300) == ()


def mark(start: int, end: int, *, sample: int) -> Mark:
    return Mark(
        kind=MarkKind.WORD,
        char_start=start,
        char_end=end,
        sample_start=sample,
        sample_end=sample + 100,
        timing=Timing.ALIGNED,
    )


PARTS = st.lists(
    st.tuples(
        st.text(alphabet="ab c.,-“’'s(&<[]\u2014\n", max_size=12),
        st.sampled_from(["Kyiv", "Xi Jinping", "Łódź", "ǃK"]),
        st.sampled_from(["", "Keev", "Two Words"]),
        st.sampled_from(["", "ˈkiːv", "ʃiː dʒɪnˈpɪŋ", "ǃ"]),
    ),
    max_size=5,
)


@given(parts=PARTS, notation=st.sampled_from(Notation))
def test_pieces_cover_the_spoken_text_in_order_and_every_word_gets_its_mark(
    parts: list[tuple[str, str, str, str]], notation: Notation
) -> None:
    parts = [(before, name, say or ("Kung" if ipa == "ǃ" else ""), ipa) for before, name, say, ipa in parts]
    said = utterance("".join(before + name for before, name, _, _ in parts), *(part[1:] for part in parts))
    rendered = render(said, notation, language="en-GB")
    at = 0
    for piece in rendered.pieces:
        assert piece.start == at
        at = piece.end
    assert at == len(said.spoken)
    marks = [mark(found.start(), found.end(), sample=found.start()) for found in re.finditer(r"\S+", rendered.text)]
    carried = carry_back(marks, rendered, sample_count=len(rendered.text))
    assert [said.spoken[one.char_start : one.char_end] for one in carried] == said.spoken.split()
    times = [one.sample_start for one in carried]
    assert times == sorted(times)
