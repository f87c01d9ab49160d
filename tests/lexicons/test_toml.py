"""lexicon.toml: what is laid in reads back equal, and nothing else in the file changes."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.lexicons.toml import add_entries, add_entry, entry_lines, write_entries
from pipeline.model import Lexicon, LexiconEntry
from tests.lexicons.strategies import entries, lexicons

FILE = """\
# How the Harbour Review says names.

# Places

[[entries]]
grapheme = "Ostrava"   # the steelworks
say = "Ostrahva"       # asked at the town hall
note = "a city"

# People

[[entries]] # ours
  grapheme = 'Amaro'
  say = "Ammaro"

# the end
"""

OSTRAVA = LexiconEntry(grapheme="Ostrava", say="Ostrava", ipa="ˈɔstrava", by="I. Calder", note="a city")


def read(text: str) -> Lexicon:
    return msgspec.convert(tomllib.loads(text), Lexicon)


def test_a_new_entry_goes_to_the_end_and_all_else_stays() -> None:
    added = add_entry(FILE, LexiconEntry(grapheme="Łódź", say="Wootch", ipa="wutʂ", case=False))
    assert (
        added
        == f"""{FILE}
[[entries]]
grapheme = "Łódź"
say = "Wootch"
ipa = "wutʂ"
case = false
"""
    )


def test_an_entry_takes_the_place_of_its_namesake_key_by_key() -> None:
    changed = add_entry(FILE, OSTRAVA)
    assert changed == FILE.replace('"Ostrahva"', '"Ostrava"').replace(
        'note = "a city"\n', 'note = "a city"\nipa = "ˈɔstrava"\nby = "I. Calder"\n'
    )


def test_what_a_namesake_had_more_is_gone() -> None:
    changed = add_entry(FILE, LexiconEntry(grapheme="Ostrava", read_as="word"))
    assert 'grapheme = "Ostrava"   # the steelworks\nas = "word"\n\n# People\n' in changed


def test_the_same_again_changes_nothing() -> None:
    once = add_entry(FILE, OSTRAVA)
    assert add_entry(once, OSTRAVA) == once
    assert add_entries(FILE, read(FILE).entries) == FILE
    assert add_entries(FILE, ()) == FILE


def test_an_entry_of_another_language_is_another_entry() -> None:
    american = LexiconEntry(grapheme="Amaro", say="Amahro", language="en-US")
    both = add_entry(FILE, american)
    assert read(both).entries == (*read(FILE).entries, american)
    louder = msgspec.structs.replace(american, say="Amahrro")
    assert read(add_entry(both, louder)).entries == (*read(FILE).entries, louder)


def test_an_entry_with_other_regard_for_capitals_is_the_same_entry() -> None:
    loose = LexiconEntry(grapheme="Amaro", say="Ammaro", case=False)
    assert read(add_entry(FILE, loose)).entries == (read(FILE).entries[0], loose)


def test_two_given_entries_of_one_name_make_one() -> None:
    first, second = LexiconEntry(grapheme="Reyl", say="Rile"), LexiconEntry(grapheme="Reyl", say="Rail")
    assert read(add_entries("", (first, second))).entries == (second,)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "entries = []\n"])
def test_a_file_without_entries_takes_one(text: str) -> None:
    assert read(add_entry(text, OSTRAVA)).entries == (OSTRAVA,)
    assert add_entry("", OSTRAVA) == entry_lines(OSTRAVA)


def test_windows_line_ends_stay() -> None:
    changed = add_entries(FILE.replace("\n", "\r\n"), (OSTRAVA, LexiconEntry(grapheme="Reyl", say="Rile")))
    assert changed.count("\n") == changed.count("\r\n")
    assert changed.replace("\r\n", "\n") == add_entries(FILE, (OSTRAVA, LexiconEntry(grapheme="Reyl", say="Rile")))


def test_a_last_line_without_its_end_is_not_written_into() -> None:
    assert read(add_entry(FILE + "# no end", OSTRAVA)).entries[0] == OSTRAVA
    assert read(add_entry(FILE.removesuffix("\n\n# the end\n"), OSTRAVA)).entries[0] == OSTRAVA


def test_the_lines_to_paste_are_what_is_written() -> None:
    entry = LexiconEntry(grapheme="Łódź", ipa="wutʂ", status="proposed", note='the "Ł" is w')
    lines = '[[entries]]\ngrapheme = "Łódź"\nipa = "wutʂ"\nstatus = "proposed"\nnote = "the \\"Ł\\" is w"\n'
    assert entry_lines(entry) == lines


@given(lexicons(max_size=4), lexicons(min_size=1, max_size=3))
def test_it_reads_back_equal(there: list[LexiconEntry], given_entries: list[LexiconEntry]) -> None:
    text = "# ours\n" + "\n# between\n".join(map(entry_lines, there))
    changed = add_entries(text, given_entries)
    given_names = {(entry.grapheme, entry.language.lower()) for entry in given_entries}
    kept = [entry for entry in there if (entry.grapheme, entry.language.lower()) not in given_names]
    entries_after = read(changed).entries
    assert [entry for entry in entries_after if entry in kept] == kept
    assert {*entries_after} == {*kept, *given_entries}
    assert changed.count("# between") == text.count("# between")
    assert add_entries(changed, given_entries) == changed


@given(entries(), st.sampled_from(["café", "Łódź", "ˈkiːɪv", "黄岩岛", "‘Abd", "🎉"]))
def test_letters_of_any_kind_are_written_as_they_are_read(entry: LexiconEntry, word: str) -> None:
    assert word in entry_lines(msgspec.structs.replace(entry, ipa=word))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[entries]\n", 1, "mend that line"),
        ('entries = [{grapheme = "A", say = "b"}]\n', None, "under [[entries]]"),
        ('[[entries]]\ngrapheme = "A"\n', None, "entry 1: the entry for “A” says nothing"),
    ],
)
def test_a_file_that_is_no_lexicon_is_refused_with_the_cure(text: str, line: int | None, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        add_entry(text, OSTRAVA)
    assert message in str(caught.value)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ConfigError, match="note of 'Reyl' holds half a character"):
        add_entry("", LexiconEntry(grapheme="Reyl", say="Rile", note="\ud800"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    assert write_entries(path, (OSTRAVA,))
    assert path.read_text(encoding="utf-8") == entry_lines(OSTRAVA)
    assert not write_entries(path, (OSTRAVA,))
    broken = b'[[entries]]\ngrapheme = "A'
    path.write_bytes(broken)
    with pytest.raises(ConfigError) as caught:
        write_entries(path, (OSTRAVA,))
    assert caught.value.path == path
    assert path.read_bytes() == broken
    assert [found.name for found in tmp_path.iterdir()] == ["lexicon.toml"]


def test_a_file_that_is_not_utf_8_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_bytes('[[entries]]\ngrapheme = "é"\nsay = "e"\n'.encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        write_entries(path, (OSTRAVA,))


def test_thousands_of_entries_are_laid_in_at_once() -> None:
    many = [LexiconEntry(grapheme=f"Ostrava {number}", say=f"o {number}") for number in range(2_000)]
    text = add_entries(FILE, many)
    assert read(text).entries[2:] == tuple(many)
