"""PLS: our own comes back whole, others' are understood, and what is made to do harm does none."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from lxml import etree

from pipeline.errors import ConfigError
from pipeline.lexicons.pls import OWN, PLS, from_pls, to_pls
from pipeline.model import Lexicon, LexiconEntry
from tests.lexicons.strategies import lexicons

SECRET = "the-harbour-master-s-secret"

THEIRS = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!-- names of the coast -->
<lexicon version="1.0" xmlns="{PLS}" alphabet="ipa" xml:lang="en-US">
  <meta name="author" content="The Causeway Letter"/>
  <metadata><anything xmlns="urn:x">at all</anything></metadata>
  <lexeme role="x:noun" xmlns:x="urn:roles">
    <grapheme>Ostrava</grapheme>
    <grapheme orthography="Latn"> Ostrau
    </grapheme>
    <phoneme>/ˈɔstrava/</phoneme>
    <phoneme prefer="true"> ˈɒstrəvə </phoneme>
    <alias>Ostrahva</alias>
    <example>Ostrava lies inland.</example>
  </lexeme>
  <lexeme><grapheme>FCAS</grapheme><alias>F-kass</alias><alias prefer="1">F<!-- as said --> kass</alias></lexeme>
  <lexeme><grapheme>Reyl</grapheme><phoneme alphabet="x-sampa">raIl</phoneme><alias>Rile</alias></lexeme>
  <lexeme><grapheme>Amaro</grapheme><phoneme alphabet="x-sampa">a"maro</phoneme><phoneme>aˈmaro</phoneme></lexeme>
</lexicon>
"""


def document(lexemes: str, *, attributes: str = 'alphabet="ipa" xml:lang="en-GB"', head: str = "") -> bytes:
    return f'{head}<lexicon version="1.0" xmlns="{PLS}" {attributes}>\n{lexemes}\n</lexicon>'.encode()


def proposed(grapheme: str, **values: str) -> LexiconEntry:
    return LexiconEntry(grapheme=grapheme, status="proposed", language="en-US", **values)


def test_a_document_of_others_is_understood() -> None:
    assert from_pls(THEIRS.encode()).entries == (
        proposed("Ostrava", say="Ostrahva", ipa="ˈɒstrəvə"),
        proposed("Ostrau", say="Ostrahva", ipa="ˈɒstrəvə"),
        proposed("FCAS", say="F kass"),
        proposed("Reyl", say="Rile"),
        proposed("Amaro", ipa="aˈmaro"),
    )


def test_what_is_written_is_a_pls_document() -> None:
    lexicon = Lexicon(
        entries=(
            LexiconEntry(grapheme="Kyiv", say="Keev", ipa="ˈkiːɪv", note="the <capital> & more"),
            LexiconEntry(grapheme="SDF", read_as="letters"),
            LexiconEntry(grapheme="SIPRI", read_as="word", language="en-GB", case=False, status="proposed"),
            LexiconEntry(grapheme="Derry", say="Dairy", language="en-US"),
        )
    )
    root = etree.fromstring(to_pls(lexicon, "en-GB"))
    assert root.tag == f"{{{PLS}}}lexicon"
    assert dict(root.attrib) == {
        "version": "1.0",
        "alphabet": "ipa",
        "{http://www.w3.org/XML/1998/namespace}lang": "en-GB",
    }
    # To a reader that knows nothing of us: this language's first, the exact sound first.
    plain = [[(etree.QName(part).localname, part.text) for part in lexeme] for lexeme in root]
    assert plain == [
        [("grapheme", "SIPRI"), ("alias", "Sipri")],
        [("grapheme", "Kyiv"), ("phoneme", "ˈkiːɪv"), ("alias", "Keev")],
        [("grapheme", "SDF"), ("alias", "S D F")],
    ]
    foreign = {name for element in root.iter() for name in element.attrib} - set(root.attrib)
    assert all(name.startswith(f"{{{OWN}}}") for name in foreign)


@given(lexicons(max_size=5))
def test_everything_comes_back(entries: list[LexiconEntry]) -> None:
    read = from_pls(to_pls(Lexicon(entries=tuple(entries)), "en-GB")).entries
    assert read == tuple(sorted(entries, key=lambda entry: -len(entry.language)))


def test_entries_for_other_languages_stay_out() -> None:
    entries = tuple(LexiconEntry(grapheme="Derry", say="Dairy", language=tag) for tag in ("", "en", "en-US", "de"))
    assert {entry.language for entry in from_pls(to_pls(Lexicon(entries=entries), "en-GB")).entries} == {"", "en"}


def test_strokes_inside_a_transcription_stay() -> None:
    (entry,) = from_pls(document("<lexeme><grapheme>A</grapheme><phoneme>[ˈeɪ]</phoneme></lexeme>")).entries
    assert entry.ipa == "ˈeɪ"


@pytest.mark.parametrize(
    ("lexemes", "line", "message"),
    [
        (
            "<lexeme><grapheme>A</grapheme>\n<phoneme alphabet='x-sampa'>eI</phoneme></lexeme>",
            3,
            'a phoneme is written in "x-sampa"; write it in IPA with alphabet="ipa", or add a respelling as <alias>',
        ),
        ("\n<lexeme><grapheme>A</grapheme></lexeme>", 3, "a lexeme says nothing; give it a <phoneme> or an <alias>"),
        ("<lexeme><grapheme> </grapheme><alias>ay</alias></lexeme>", 2, "a lexeme has no grapheme"),
        ("<lexeme><grapheme>A</grapheme><alias> </alias></lexeme>", 2, "a lexeme says nothing"),
        (
            f"<lexeme xmlns:o='{OWN}' o:status='heard'><grapheme>A</grapheme><alias>ay</alias></lexeme>",
            2,
            "“A”: Invalid enum value 'heard'",
        ),
        ("<lexeme>", 3, "is no XML"),
    ],
)
def test_a_fault_names_the_line_and_the_cure(lexemes: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_pls(document(lexemes), path=Path("names.pls"))
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.path) == (line, Path("names.pls"))
    assert "\n" not in str(caught.value)


def test_a_phoneme_without_an_alphabet_is_not_guessed_at() -> None:
    with pytest.raises(ConfigError, match="names no alphabet"):
        from_pls(document("<lexeme><grapheme>A</grapheme><phoneme>eI</phoneme></lexeme>", attributes=""))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<rss/>",
        b"<lexicon version='1.0'/>",
        b'<?xml version="1.0" encoding="klingon"?><lexicon/>',
        "<lexicon>é</lexicon>".encode("latin-1"),
        b"\xff\xfe<",
    ],
)
def test_what_is_no_pls_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        from_pls(data)
    assert "\n" not in str(caught.value)


_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE lexicon>",
        '<!DOCTYPE lexicon SYSTEM "names.dtd">',
        '<!DOCTYPE lexicon [<!ENTITY word SYSTEM "{secret}">]>',
        f'<!DOCTYPE lexicon [<!ENTITY e0 "ha">{_BOMB}<!ENTITY word "&e11;">]>',
        '<!DOCTYPE lexicon [<!ENTITY % more SYSTEM "{secret}"> %more;]>',
    ],
)
def test_a_document_that_declares_anything_is_refused(head: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    word = "&word;" if "word" in head else "A"
    lexemes = f"<lexeme><grapheme>{word}</grapheme><alias>ay</alias></lexeme>"
    with pytest.raises(ConfigError) as caught:
        from_pls(document(lexemes, head=head.replace("{secret}", secret.as_uri())))
    assert SECRET not in str(caught.value)


def test_depth_is_bounded() -> None:
    with pytest.raises(ConfigError, match="no XML"):
        from_pls(document("<x>" * 100_000))


@pytest.mark.parametrize("value", ["bell\x07", "half \ud800"])
def test_what_xml_cannot_hold_is_told_by_name(value: str) -> None:
    with pytest.raises(ConfigError, match="'Reyl' cannot stand in XML"):
        to_pls(Lexicon(entries=(LexiconEntry(grapheme="Reyl", say="Rile", note=value),)), "en-GB")


def test_a_lexicon_of_a_house_survives_the_way_through_a_file(root: Path) -> None:
    lexicon = msgspec.toml.decode((root / "lexicon.toml").read_bytes(), type=Lexicon)
    assert from_pls(to_pls(lexicon, "en-GB")) == lexicon
