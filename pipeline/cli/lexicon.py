"""`audio-edition lexicon`: how the house says its names, kept in lexicon.toml."""

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, project_at, show_option
from pipeline.cli.lexicon_check import check
from pipeline.patterns import regex

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.lexicons.merging import Change
    from pipeline.model import LexiconEntry
    from pipeline.project import Project


#: Source: RFC 5646, as far as articles have it: a language, and what narrows it down.
_TAG = regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _tag(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The value of --lang, which is a BCP 47 tag, "" for every language, or was not given."""
    if value and not _TAG.fullmatch(value):
        raise click.BadParameter(f'"{value}" is no tag of a language; write it like en or en-GB')
    return value


@click.group()
def lexicon() -> None:
    """Keep the house's pronunciations: names and acronyms, in lexicon.toml beside show.toml.

    \b
    How a name is said:        audio-edition lexicon add Kyiv "Keev"
    With its exact sound:      audio-edition lexicon add Łódź "Wootch" --ipa wutʂ
    An acronym as a word:      audio-edition lexicon add SIPRI --as word
    What is there:             audio-edition lexicon list
    What is still to settle:   audio-edition lexicon check
    From another program:      audio-edition lexicon import names.pls --dry-run

    Only the voice hears it: transcript and page keep what is written. A change re-speaks the sentences that hold the
    name and nothing else. Every command here takes --show DIR.
    """


lexicon.add_command(check)


@lexicon.command()
@click.argument("name")
@click.argument("say", default="")
@click.option("--ipa", default="", metavar="SOUND", help="The exact sound in IPA, for voices that take it.")
@click.option("--as", "read_as", type=click.Choice(["word", "letters"]), help="Capitals: a word, or spelled.")
@click.option(
    "--lang", callback=_tag, default="", metavar="TAG", help="Only in articles of this language, such as en-GB."
)
@click.option("--any-case", is_flag=True, help="Also where its capitals are written otherwise.")
@click.option("--proposed", is_flag=True, help="Nobody has listened to it yet.")
@click.option("--by", default="", metavar="WHO", help="Who reviewed it.")
@click.option("--source", default="", metavar="WHERE", help="Where the pronunciation comes from.")
@click.option("--note", default="", metavar="TEXT", help="What else to know of it.")
@show_option
def add(name: str, say: str, *, folder: Path | None, **options: Any) -> None:
    """Say NAME as SAY, a respelling in plain letters that any voice reads right.

    \b
      audio-edition lexicon add Kyiv "Keev"
      audio-edition lexicon add Taoiseach "Teeshock" --ipa ˈtiːʃəx --any-case --by "I. Calder"

    An entry of this name changes: what it says is replaced, its note stays unless you give another. Comments and
    order of lexicon.toml stay as they are.
    """
    from pipeline.lexicons.toml import write_entries
    from pipeline.project import LEXICON_FILE

    with project_at(folder).lock():
        project = project_at(folder)
        given = _given(name, say, **options)
        before = _entry_before(project, given)
        entry = _entry({"note": before.note, "case": before.case, **given} if before else given)
        is_changed = write_entries(project.root / LEXICON_FILE, (entry,))
    done = "changed" if before else "added"
    was = f" (was {_sound(before)})" if before and _sound(before) != _sound(entry) else ""
    click.echo(f"{done if is_changed else 'unchanged'} {_name(entry)}: {_sound(entry)}{was}")


def _given(name: str, say: str, **options: Any) -> dict[str, Any]:
    """What was said of the entry, by the keys of lexicon.toml; what was not said is left out."""
    from pipeline.lexicons.ipa import read_ipa

    values = {
        "grapheme": " ".join(name.split()),
        "say": _respelling(say),
        "ipa": read_ipa(options["ipa"]),
        "as": options["read_as"],
        "language": options["lang"],
        "case": False if options["any_case"] else None,
        "status": "proposed" if options["proposed"] else None,
        **{key: options[key].strip() for key in ("by", "source", "note")},
    }
    if not values["grapheme"]:
        raise click.UsageError("NAME is empty: give the name as your articles write it")
    if not (values["say"] or values["ipa"] or values["as"]):
        raise click.UsageError(f'say how: audio-edition lexicon add {name} "SAY", or --ipa SOUND, or --as word')
    return {key: value for key, value in values.items() if value not in {"", None}}


def _respelling(say: str) -> str:
    """SAY on one line. Raises UsageError where a voice would be silent, or guess."""
    from pipeline.proof import unreadable

    said = " ".join(say.split())
    if said and not any(map(str.isalpha, said)):
        raise click.UsageError(
            f'SAY "{said}" has no letter in it, and the name would not be heard: write how it sounds'
        )
    if signs := unreadable(said):
        raise click.UsageError(
            f'SAY "{said}" has {" ".join(signs)} in it, which each voice reads its own way: write it in letters, '
            'such as "Sukhoi fifty-seven"'
        )
    return said


def _entry(values: dict[str, Any]) -> "LexiconEntry":
    import msgspec

    from pipeline.model import LexiconEntry

    return msgspec.convert(values, LexiconEntry)


def _entry_before(project: "Project", given: dict[str, Any]) -> "LexiconEntry | None":
    from pipeline.lexicons.merging import name_of, same_name

    return same_name({name_of(entry): entry for entry in project.lexicon.entries}, _entry(given))


@lexicon.command("list")
@click.option("--status", type=click.Choice(["proposed", "reviewed"]), help="Only entries of this status.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
@show_option
def list_entries(*, folder: Path | None, status: str | None, as_json: bool) -> None:
    """List the house's pronunciations, in the order of lexicon.toml.

    \b
      audio-edition lexicon list --status proposed     what somebody has yet to listen to
    """
    from rich.console import Console

    entries = [entry for entry in project_at(folder).lexicon.entries if status in {None, entry.status}]
    if as_json:
        print_json({"entries": entries})
    elif entries:
        Console(highlight=False).print(_table(entries))
    else:
        click.echo(f"No {status or ''} entries.".replace("  ", " ") + ' Add one: audio-edition lexicon add NAME "SAY"')


def _table(entries: "Sequence[LexiconEntry]") -> "Table":
    """One row an entry, its name in one piece; a column that would be empty is not there."""
    from rich.table import Table
    from rich.text import Text

    columns: dict[str, list[str]] = {
        "name": [_name(entry) for entry in entries],
        "said": [_sound(entry) for entry in entries],
        "status": [entry.status for entry in entries],
        "by": [entry.by for entry in entries],
        "source": [entry.source for entry in entries],
        "note": [entry.note for entry in entries],
    }
    shown = {heading: cells for heading, cells in columns.items() if any(cells)}
    table = Table(box=None, pad_edge=False)
    for heading in shown:
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for row in zip(*shown.values(), strict=True):
        # As text: brackets in a note are no markup.
        table.add_row(*(Text(cell) for cell in row))
    return table


@lexicon.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("--overwrite", is_flag=True, help="Also change entries that somebody reviewed.")
@click.option("--reviewed", is_flag=True, help="Somebody has listened to them: they come in as reviewed.")
@click.option(
    "--lang", callback=_tag, metavar="TAG", help='The language they are for; "" is all. Default: the file\'s.'
)
@click.option("--json", "as_json", is_flag=True, help="Print what becomes of each entry as JSON.")
@show_option
def import_entries(file: Path, folder: Path | None, **options: Any) -> None:
    """Take the pronunciations of FILE into lexicon.toml: W3C PLS 1.0, <alias> as respelling, <phoneme> in IPA.

    \b
      audio-edition lexicon import names.pls --dry-run

    They come in as "proposed", unless FILE is an export of ours that says otherwise. What is new comes in, what was
    only proposed here changes, and an entry that somebody reviewed is kept and reported.
    """
    from pipeline.lexicons.merging import changes_of

    with nullcontext() if options["dry_run"] else project_at(folder).lock():
        project = project_at(folder)
        given = _entries_of(file, is_reviewed=options["reviewed"], language=options["lang"])
        changes = changes_of(project.lexicon, given, is_overwriting=options["overwrite"])
        if not options["dry_run"]:
            _write_changes(project, changes)
    if options["as_json"]:
        print_json({"entries": changes})
    else:
        _tell_changes(changes, is_dry_run=options["dry_run"])


def _entries_of(file: Path, *, is_reviewed: bool, language: str | None) -> "list[LexiconEntry]":
    import msgspec

    from pipeline.lexicons.pls import from_pls

    wanted = {"status": "reviewed"} if is_reviewed else {}
    if language is not None:
        wanted["language"] = language
    return [msgspec.structs.replace(entry, **wanted) for entry in from_pls(file.read_bytes(), path=file).entries]


def _write_changes(project: "Project", changes: "Sequence[Change]") -> None:
    from pipeline.lexicons.toml import write_entries
    from pipeline.project import LEXICON_FILE

    wanted = [change.entry for change in changes if change.outcome.value in {"new", "changed"}]
    if wanted:
        write_entries(project.root / LEXICON_FILE, wanted)


def _tell_changes(changes: "Sequence[Change]", *, is_dry_run: bool) -> None:
    notes = {"changed": "was", "kept": "the file has"}
    for change in changes:
        outcome = change.outcome.value
        if outcome == "unchanged":
            continue
        new, old = change.entry, change.before
        first, second = (old, new) if outcome == "kept" and old else (new, old)
        rest = f" ({notes[outcome]} {_sound(second)})" if second else ""
        click.echo(f"{outcome:<8} {_name(first)}: {_sound(first)}{rest}")
    counts = Counter(change.outcome.value for change in changes)
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "none"
    things = "entry" if len(changes) == 1 else "entries"
    click.echo(f"{len(changes)} {things}: {told}{'; nothing written' if is_dry_run else ''}")
    if counts["kept"]:
        click.echo("Kept is what somebody here has reviewed; --overwrite takes the file's instead.")


@lexicon.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--lang", callback=_tag, default="", metavar="TAG", help="The entries for this language. Default: the show's."
)
@show_option
def export_entries(*, file: Path | None, folder: Path | None, lang: str) -> None:
    """Write the pronunciations as W3C PLS 1.0, for other speech software, into FILE or to the standard output.

    \b
      audio-edition lexicon export names.pls
      audio-edition lexicon export --lang en-US > american.pls

    A PLS file is of one language: entries for others stay out of it, and how many is told. `lexicon import` reads
    everything back, notes and all.
    """
    from pipeline.files import write_atomically
    from pipeline.lexicons.pls import to_pls
    from pipeline.text.lexicon import is_for

    project = project_at(folder)
    language = lang or project.show.language
    entries = project.lexicon.entries
    written = sum(is_for(entry, language) for entry in entries)
    data = to_pls(project.lexicon, language)
    if file is None:
        click.echo(data, nl=False)
    else:
        write_atomically(file, data)
        click.echo(f"{file}: {written} of {len(entries)} entries, those for {language}")
    if file is None and written < len(entries):
        click.echo(f"{len(entries) - written} of {len(entries)} entries are for other languages", err=True)


def _name(entry: "LexiconEntry") -> str:
    """ "Taoiseach (en-GB, any case)"."""
    where = ", ".join(part for part in (entry.language, "" if entry.case else "any case") if part)
    return f"{entry.grapheme} ({where})" if where else entry.grapheme


def _sound(entry: "LexiconEntry") -> str:
    """ "Keev, /kiːv/"."""
    read_as = {"word": "as a word", "letters": "letter by letter", "": ""}[entry.read_as]
    return ", ".join(part for part in (entry.say, read_as, f"/{entry.ipa}/" if entry.ipa else "") if part)
