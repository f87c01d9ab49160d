"""`audio-edition lexicon check`: the names that nobody has said how to say, and what an edit would speak again."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import counted, print_json, progress_on_terminal, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.model import LexiconEntry
    from pipeline.project import Project
    from pipeline.reviewing import Checked

#: So many articles take longer than a person waits without a sign.
_WORTH_A_BAR = 4


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("--json", "as_json", is_flag=True, help="Print it all as JSON.")
@show_option
def check(sources: tuple[Path, ...], folder: Path | None, **options: Any) -> None:
    """List the names that a voice is likely to say wrong, with the lines to paste into lexicon.toml.

    \b
      audio-edition lexicon check                      every article in seeds/
      audio-edition lexicon check seeds/article.md     one of them

    Each name comes with how the voice says it now, why it is doubtful, and the sentence that holds it. The lines are
    proposals to be edited: set `say`, listen, and take `status = "proposed"` away. Beside each article stands how many
    of its utterances would be spoken again if it were built now, and at the end come entries that wait for a listener,
    and those that no article uses. Exit status 1 if show.toml says names = "require" and a name is not reviewed, or if
    an article cannot be read.
    """
    project = project_at(folder, sources=sources)
    paths = list(sources) or _seeds(project)
    checked, faults = _check_all(project, paths, is_quiet=options["quiet"])
    # An entry is in no article only if every article was read.
    is_whole = not sources and not faults
    if options["as_json"]:
        print_json(_as_json(project, checked, faults=faults, is_whole=is_whole))
    else:
        _tell_all(project, checked, faults=faults, is_whole=is_whole)
    is_required = project.show.names == "require"
    if faults or (is_required and any(one.hard_names for one in checked.values())):
        sys.exit(1)


def _seeds(project: "Project") -> list[Path]:
    from pipeline.sources.folder import SUFFIXES

    return sorted(path for path in project.seeds.glob("[!.]*") if path.suffix.casefold() in SUFFIXES)


def _check_all(
    project: "Project", paths: Sequence[Path], *, is_quiet: bool
) -> "tuple[dict[str, Checked], dict[str, str]]":
    """What was found in each article, and what is wrong with those that cannot be read: one must not hide the rest."""
    from pipeline.errors import ScriptError, SourceError

    checked: dict[str, Checked] = {}
    faults: dict[str, str] = {}
    with closing(progress_on_terminal(is_quiet=is_quiet or len(paths) < _WORTH_A_BAR)) as progress:
        progress.begin("check", len(paths))
        for path in paths:
            try:
                checked[project.source_name(path)] = _check(project, path)
            except (SourceError, ScriptError) as error:
                faults[project.source_name(path)] = str(error)
            progress.advance()
        progress.end(counted(len(paths), "article"))
    return checked, faults


def _check(project: "Project", path: Path) -> "Checked":
    from pipeline.casting import cast_of
    from pipeline.reviewing import check_names
    from pipeline.workflow import Order, read_and_write_script

    article, script = read_and_write_script(project, Order(source=path, now=utc_now()))
    return check_names(project, article, script=script, cast=cast_of(project.show, article))


def _as_json(
    project: "Project", checked: "Mapping[str, Checked]", *, faults: Mapping[str, str], is_whole: bool
) -> dict[str, object]:
    return {
        "articles": [
            {
                "source": source,
                "title": one.title,
                "hard_names": one.hard_names,
                "utterances": one.utterances,
                "unspoken": one.unspoken,
            }
            for source, one in checked.items()
        ],
        "paste": _lines_to_paste(checked.values()),
        "proposed": [entry for entry in project.lexicon.entries if entry.status == "proposed"],
        "unused": _unused(project, checked.values()) if is_whole else [],
        "faults": [{"source": source, "what": what} for source, what in faults.items()],
    }


def _tell_all(
    project: "Project", checked: "Mapping[str, Checked]", *, faults: Mapping[str, str], is_whole: bool
) -> None:
    for source, one in checked.items():
        _tell_article(source, one)
    if lines := _lines_to_paste(checked.values()):
        click.echo(click.style("Lines for lexicon.toml, to be edited", bold=True) + "\n\n" + lines)
    _tell_entries(
        "Only proposed, until somebody listens", [one for one in project.lexicon.entries if one.status == "proposed"]
    )
    if is_whole:
        _tell_entries("In no article", _unused(project, checked.values()))
    for what in faults.values():
        click.echo(f"{click.style('error:', fg='red', bold=True)} {what}", err=True)
    names = {name.name for one in checked.values() for name in one.hard_names}
    click.echo(f"{counted(len(names), 'name')} to listen to in {counted(len(checked), 'article')}.")


def _tell_article(source: str, one: "Checked") -> None:
    to_speak = "nothing to speak again"
    if one.unspoken:
        to_speak = f"{one.unspoken} of {counted(one.utterances, 'utterance')} to be spoken"
    found = counted(len(one.hard_names), "name") if one.hard_names else "every name is known"
    click.echo(f"{click.style(source, bold=True)} ({found}; {to_speak})")
    for name in one.hard_names:
        times = "" if name.count == 1 else f", {name.count} times"
        sound = f" /{name.ipa}/" if name.ipa else ""
        click.echo(f"  {click.style(name.name, fg='yellow')}{sound}  {name.why}{times}")
        click.echo(f"      {' '.join(name.sentence.split())}")
    click.echo()


def _tell_entries(heading: str, entries: "Sequence[LexiconEntry]") -> None:
    if entries:
        click.echo(f"{click.style(heading, bold=True)}: {', '.join(entry.grapheme for entry in entries)}\n")


def _lines_to_paste(checked: "Iterable[Checked]") -> str:
    """The entries of all articles, each name once, in the order of the articles."""
    lines = {name.name: name.paste for one in checked for name in one.hard_names if name.paste}
    return "\n".join(lines.values())


def _unused(project: "Project", checked: "Iterable[Checked]") -> "list[LexiconEntry]":
    """The entries that none of the articles holds."""
    used = {entry for one in checked for entry in one.used}
    return [entry for entry in project.lexicon.entries if entry not in used]
