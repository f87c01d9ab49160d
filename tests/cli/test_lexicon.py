"""`audio-edition lexicon` as an editor uses it: names in, names out, and lexicon.toml a diff that can be read."""

import difflib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.lexicon import lexicon
from pipeline.lexicons.pls import PLS
from pipeline.project import open_project
from tests.commands import audio_edition, show_in

NAMES = f"""\
<lexicon version="1.0" xmlns="{PLS}" alphabet="ipa" xml:lang="en-GB">
  <lexeme><grapheme>Ostrava</grapheme><phoneme>/ˈɔstrava/</phoneme><alias>Ostrahva</alias></lexeme>
  <lexeme><grapheme>Amaro</grapheme><alias>Amahro</alias></lexeme>
  <lexeme><grapheme>Reyl</grapheme><alias>Rile</alias></lexeme>
</lexicon>
"""

LEXICON = """\
# The Harbour Review

[[entries]]
grapheme = "Amaro"   # our columnist
say = "Ammaro"
language = "en-GB"
note = "asked him"

[[entries]]
grapheme = "Reyl"
say = "Rail"
language = "en-GB"
status = "proposed"
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    folder = show_in(tmp_path / "show")
    (folder / "lexicon.toml").write_text(LEXICON, encoding="utf-8")
    (folder / "names.pls").write_text(NAMES, encoding="utf-8")
    return folder


def change(show: Path) -> list[str]:
    """The lines that a reviewer would see added and taken out."""
    after = (show / "lexicon.toml").read_text(encoding="utf-8")
    lines = difflib.ndiff(LEXICON.splitlines(), after.splitlines())
    return [line for line in lines if line[:2] in {"+ ", "- "}]


def test_a_name_is_added_and_said_at_once(show: Path) -> None:
    done = audio_edition("lexicon", "add", "Ostrava", "Ostrahva", "--ipa", "/ˈɔstrava/", cwd=show / "seeds")
    assert done.stdout == "added Ostrava: Ostrahva, /ˈɔstrava/\n"
    assert change(show) == ["+ ", "+ [[entries]]", '+ grapheme = "Ostrava"', '+ say = "Ostrahva"', '+ ipa = "ˈɔstrava"']
    (show / "seeds" / "steel.md").write_text(
        "---\ntitle: Steel\ndate: 2026-04-01\n---\n\nThe mills of Ostrava stood still.\n", encoding="utf-8"
    )
    written = json.loads(audio_edition("script", "seeds/steel.md", "--json", cwd=show).stdout)
    assert "The mills of Ostrahva stood still." in [utterance["spoken"] for utterance in written["utterances"]]


def test_a_respelling_stands_on_one_line(show: Path) -> None:
    done = audio_edition("lexicon", "add", "Ostrava", " Ostrahva\n bay ", cwd=show)
    assert done.stdout == "added Ostrava: Ostrahva bay\n"


def test_a_name_changes_in_its_place_and_keeps_its_note(show: Path) -> None:
    done = audio_edition("lexicon", "add", "Amaro", "Amahro", "--lang", "en-GB", "--by", "I. Calder", cwd=show)
    assert done.stdout == "changed Amaro (en-GB): Amahro (was Ammaro)\n"
    assert change(show) == ['- say = "Ammaro"', '+ say = "Amahro"', '+ by = "I. Calder"']
    again = audio_edition("lexicon", "add", "Amaro", "Amahro", "--lang", "en-GB", "--by", "I. Calder", cwd=show)
    assert again.stdout == "unchanged Amaro (en-GB): Amahro\n"


def test_a_proposal_becomes_reviewed_by_adding_it(show: Path) -> None:
    audio_edition("lexicon", "add", "Reyl", "Rail", "--lang", "en-GB", cwd=show)
    assert change(show) == ['- status = "proposed"']


def test_every_option_reaches_the_file(show: Path) -> None:
    options = ("--as", "letters", "--any-case", "--proposed", "--by", "me", "--source", "the house", "--note", "x")
    done = audio_edition("lexicon", "add", "SDF", *options, "--show", show, cwd=show.parent)
    assert done.stdout == "added SDF (any case): letter by letter\n"
    listed = json.loads(audio_edition("lexicon", "list", "--json", cwd=show).stdout)["entries"][-1]
    assert listed == {
        "grapheme": "SDF",
        "say": "",
        "ipa": "",
        "as": "letters",
        "case": False,
        "language": "",
        "status": "proposed",
        "by": "me",
        "source": "the house",
        "note": "x",
    }


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("Ostrava",), 2, 'audio-edition lexicon add Ostrava "SAY"'),
        ((" ", "x"), 2, "NAME is empty"),
        (("Ostrava", "--ipa", '"Ostrava'), 1, 'is no IPA: it has "O;'),
        (("Ostrava", "x", "--lang", "British English"), 2, "write it like en or en-GB"),
        (("Ostrava", "--as", "song"), 2, "'word', 'letters'"),
        (("Ostrava", "..."), 2, "has no letter in it, and the name would not be heard"),
        (("Su-57", "Sukhoi 57"), 2, "has 5 7 in it, which each voice reads its own way"),
        (("Ostrava", "[Ostrahva]"), 2, "has [ ] in it"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_written(
    show: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = audio_edition("lexicon", "add", *arguments, cwd=show, status=status)
    assert message in done.stderr
    assert done.stdout == ""
    assert change(show) == []


def test_a_show_without_a_lexicon_gets_one(show: Path) -> None:
    (show / "lexicon.toml").unlink()
    assert "No entries. Add one" in audio_edition("lexicon", "list", cwd=show).stdout
    audio_edition("lexicon", "add", "Ostrava", "Ostrahva", cwd=show)
    assert (show / "lexicon.toml").read_text(encoding="utf-8").startswith('[[entries]]\ngrapheme = "Ostrava"\n')


def test_the_list_shows_names_whole_and_notes_as_they_are(show: Path) -> None:
    audio_edition("lexicon", "add", "Ostrava", "Ostrahva", "--note", "[bold]a city[/bold]", cwd=show)
    listed = audio_edition("lexicon", "list", cwd=show).stdout.splitlines()
    assert listed[0].split() == ["name", "said", "status", "note"]
    assert listed[1].split() == ["Amaro", "(en-GB)", "Ammaro", "reviewed", "asked", "him"]
    assert "[bold]a city[/bold]" in listed[3]
    proposed = audio_edition("lexicon", "list", "--status", "proposed", cwd=show).stdout
    assert "Reyl" in proposed
    assert "Amaro" not in proposed


def test_an_import_takes_what_is_new_and_keeps_what_was_reviewed(show: Path) -> None:
    dry = audio_edition("lexicon", "import", "names.pls", "--dry-run", cwd=show).stdout
    assert change(show) == []
    done = audio_edition("lexicon", "import", "names.pls", cwd=show).stdout
    assert done.splitlines() == [
        "new      Ostrava (en-GB): Ostrahva, /ˈɔstrava/",
        "kept     Amaro (en-GB): Ammaro (the file has Amahro)",
        "changed  Reyl (en-GB): Rile (was Rail)",
        "3 entries: 1 new, 1 kept, 1 changed",
        "Kept is what somebody here has reviewed; --overwrite takes the file's instead.",
    ]
    assert dry == done.replace("1 changed\n", "1 changed; nothing written\n")
    assert change(show) == [
        '- say = "Rail"',
        '+ say = "Rile"',
        "+ ",
        "+ [[entries]]",
        '+ grapheme = "Ostrava"',
        '+ say = "Ostrahva"',
        '+ ipa = "ˈɔstrava"',
        '+ language = "en-GB"',
        '+ status = "proposed"',
    ]
    again = audio_edition("lexicon", "import", "names.pls", "--json", cwd=show).stdout
    outcomes = [row["outcome"] for row in json.loads(again)["entries"]]
    assert outcomes == ["unchanged", "kept", "unchanged"]


def test_an_import_can_overwrite_review_and_be_for_all_languages(show: Path) -> None:
    audio_edition("lexicon", "import", "names.pls", "--overwrite", "--reviewed", cwd=show)
    entries = json.loads(audio_edition("lexicon", "list", "--json", cwd=show).stdout)["entries"]
    assert [(entry["say"], entry["status"]) for entry in entries] == [
        ("Amahro", "reviewed"),
        ("Rile", "reviewed"),
        ("Ostrahva", "reviewed"),
    ]
    audio_edition("lexicon", "import", "names.pls", "--lang", "", cwd=show)
    assert len(json.loads(audio_edition("lexicon", "list", "--json", cwd=show).stdout)["entries"]) == 6


def test_an_import_that_cannot_be_read_changes_nothing(show: Path) -> None:
    (show / "names.pls").write_text(NAMES.replace("<alias>Rile</alias>", ""), encoding="utf-8")
    done = audio_edition("lexicon", "import", "names.pls", cwd=show, status=1)
    assert "names.pls, line 4: a lexeme says nothing" in done.stderr
    assert change(show) == []


def test_an_export_comes_back_whole(show: Path) -> None:
    told = audio_edition("lexicon", "export", "ours.pls", cwd=show).stdout
    assert told == "ours.pls: 2 of 2 entries, those for en-GB\n"
    (show / "lexicon.toml").unlink()
    audio_edition("lexicon", "import", "ours.pls", cwd=show)
    assert (show / "lexicon.toml").read_text(encoding="utf-8") == LEXICON.replace(
        "# The Harbour Review\n\n", ""
    ).replace("   # our columnist", "")


def test_an_export_goes_to_the_standard_output_and_tells_what_it_leaves_out(show: Path) -> None:
    done = audio_edition("lexicon", "export", "--lang", "en-US", cwd=show)
    assert done.stdout.startswith("<?xml")
    assert "<lexeme" not in done.stdout
    assert done.stderr == "2 of 2 entries are for other languages\n"


def test_two_entries_of_one_name_are_told_with_both_lines(show: Path) -> None:
    (show / "lexicon.toml").write_text(LEXICON.replace('"Reyl"', '"Amaro"'), encoding="utf-8")
    done = audio_edition("lexicon", "list", cwd=show, status=1)
    assert 'line 9: "Amaro" has two entries for en-GB, the first in line 3; keep one of them' in done.stderr


def test_an_entry_that_says_nothing_is_told_with_its_line(show: Path) -> None:
    (show / "lexicon.toml").write_text(LEXICON.replace('say = "Rail"\n', ""), encoding="utf-8")
    done = audio_edition("lexicon", "list", cwd=show, status=1)
    assert "line 9: the entry for “Reyl” says nothing; give it `say`, `ipa` or `as`" in done.stderr


@pytest.mark.parametrize("command", [("add", "Ostrava", "Ostrahva"), ("import", "names.pls")])
def test_nothing_is_written_while_a_build_is_at_work(show: Path, command: tuple[str, ...]) -> None:
    with open_project(show).lock():
        done = audio_edition("lexicon", *command, cwd=show, status=1)
        assert "is building this show" in done.stderr
        audio_edition("lexicon", "import", "names.pls", "--dry-run", cwd=show)
    assert change(show) == []


@pytest.mark.parametrize("name", sorted(lexicon.commands))
def test_every_command_teaches_by_an_example(name: str) -> None:
    said = CliRunner(mix_stderr=False).invoke(lexicon, [name, "--help"]).output
    assert f"audio-edition lexicon {name}" in said
    assert "--show" in said
    assert all(parameter.help for parameter in lexicon.commands[name].params if parameter.param_type_name == "option")
