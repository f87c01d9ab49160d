"""`audio-edition episode`: the main job."""

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.progress import Progress
    from pipeline.project import Project
    from pipeline.workflow import Built


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--published", default="", metavar="DATE", help="Date of the article (2026-03-01), if it names none.")
@click.option("--author", default="", metavar="NAME", help="Byline of the article, if it names none.")
@click.option("--correct", default="", metavar="WHY", help="What was wrong with the published episode.")
@click.option("--silent", is_flag=True, help="With --correct: do not tell in the show notes.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), show_default=True, help="Workers at a time.")
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def episode(sources: tuple[Path, ...], folder: Path | None, **options: Any) -> None:
    """Build an episode from each article and write the feed.

    SOURCE is a Markdown file, or plain text as you would copy it from the site. An article that says its date and
    byline in front matter needs no options:

    \b
      ---
      date: 2026-03-01
      author: Ines Calder
      ---

    Building again costs nothing where nothing changed. A published episode changes only with --correct.
    """
    project = project_at(folder)
    with project.lock():
        built = _build(project, sources, options=options)
    if options["as_json"]:
        print_json({"episodes": [_as_json(project, one) for one in built]})
    else:
        _summarise(project, built)


def _build(project: "Project", sources: tuple[Path, ...], *, options: dict[str, Any]) -> "list[Built]":
    from pipeline.workflow import Order, build_episode, build_feed
    from pipeline.workshop import Workshop

    built = []
    with closing(_progress(quiet=options["quiet"])) as progress:
        workshop = Workshop(store=project.store, workers=options["jobs"], progress=progress)
        for source in sources:
            if not options["quiet"]:
                click.echo(f"{source}", err=True)
            order = Order(
                source=source,
                now=utc_now(),
                published=options["published"],
                author=options["author"],
                correct=options["correct"],
                is_silent=options["silent"],
            )
            built.append(build_episode(project, order, workshop=workshop))
        build_feed(project)
    return built


def _progress(*, quiet: bool) -> "Progress":
    from pipeline.cli.telling import Bars, Lines
    from pipeline.progress import Silence

    if quiet:
        return Silence()
    return Bars() if sys.stderr.isatty() else Lines()


def _as_json(project: "Project", built: "Built") -> dict[str, object]:
    made = built.episode
    return {
        "slug": made.slug,
        "title": made.title,
        "enclosure": made.enclosure.file.path,
        "url": project.show.url(made.enclosure.file.path),
        "length_bytes": made.enclosure.file.length_bytes,
        "duration_s": made.enclosure.duration_s,
        "integrated_lufs": round(made.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(made.loudness.true_peak_dbtp, 2),
        "spoken_utterances": len(built.script.utterances),
        "synthesised_utterances": built.synthesised,
        "chapters": len(made.chapters),
        "is_changed": built.is_changed,
    }


def _summarise(project: "Project", built: "list[Built]") -> None:
    """What was made, where it lies, and what to do next."""
    from pipeline.proof import unspoken
    from pipeline.units import clock

    for one in built:
        made = one.episode
        news = "" if one.is_changed else " (nothing changed)"
        click.echo(f"{click.style(made.title, bold=True)}{news}")
        size = f"{made.enclosure.file.length_bytes / 1e6:.1f} MB"
        chapters = f"{len(made.chapters)} chapters" if made.chapters else "no chapters"
        loudness = f"{made.loudness.integrated_lufs:.1f} LUFS"
        click.echo(f"  {clock(round(made.enclosure.duration_s * 1000))}, {size}, {chapters}, {loudness}")
        click.echo(f"  sound   {_shown(project.root / made.enclosure.file.path)}")
        click.echo(f"  script  {_shown(project.folder_of(made.slug) / 'script.txt')}")
        if count := len(unspoken(one.article)):
            click.echo(f"          {count} pieces of the article are not spoken; the script ends with which and why")
    click.echo(f"  feed    {_shown(project.feed_path)}")
    click.echo("Next: audio-edition preview (hear it), audio-edition check (before it goes out)")


def _shown(path: Path) -> str:
    """A path as short as it can be typed from here."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
