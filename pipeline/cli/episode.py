"""`audio-edition episode`: the main job."""

import os
import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import (
    counted,
    of_show,
    print_json,
    print_warning,
    progress_on_terminal,
    project_at,
    script_order,
    show_option,
    utc_now,
    voice_choice,
    voice_options,
    without_token,
)
from pipeline.cli.spending import Purse, tell_estimates
from pipeline.cli.standings import tell_waiting, write_feed
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.listing import Standing
    from pipeline.model import VoiceCredit
    from pipeline.project import Project
    from pipeline.workflow import Built, Order, WrittenFeed

#: A piece of a page with more words than this may be prose.
_PROSE_WORDS = 12


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--published", default="", metavar="DATE", help="Date of the article (2026-03-01), if it names none.")
@click.option("--author", default="", metavar="NAME", help="Byline of the article, if it names none.")
@click.option("--correct", metavar="WHY", help="What was wrong with the published episode.")
@click.option("--silent", is_flag=True, help="With --correct: do not tell in the show notes.")
@click.option("--spoken", is_flag=True, help="With --correct: tell it in the opening too, for those who listen.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), show_default=True, help="Workers at a time.")
@click.option("--allow-private", is_flag=True, help="An address may be one of your own network.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would be spoken, and what it would cost.")
@click.option("--yes", "is_agreed", is_flag=True, help="Do not ask above the limits of [spending] in show.toml.")
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@voice_options
@show_option
def episode(sources: tuple[str, ...], folder: Path | None, **options: Any) -> None:
    """Build an episode from each article and write the feed.

    SOURCE is a Markdown file, plain text as you would copy it from the site, a saved web page, a Word file, or an
    address, which is taken into seeds/ first. An article that says its date and byline in front matter needs no
    options:

    \b
      ---
      date: 2026-03-01
      author: Ines Calder
      ---

    Building again costs nothing where nothing changed. A published episode changes only with --correct. The show's
    voice reads, or the one that the front matter names ("voice: piper:en_GB-alba-medium"), or this once:

    \b
    audio-edition episode seeds/my-article.md --dry-run                 what would be spoken, and what it would cost
    audio-edition episode seeds/my-article.md --voice gtts:en-GB        by another voice, this once
    """
    _require_sense(options)
    project = project_at(folder, sources=[Path(source) for source in sources])
    if options["is_dry"]:
        _estimate(project, sources, options=options)
        return
    with project.lock():
        built = _build(project, sources, options=options)
        written = write_feed(project)
    if options["as_json"]:
        waiting = {one.slug: one for one in (written.waiting if written else ())}
        print_json({"episodes": [_as_json(project, one, standing=waiting.get(one.episode.slug)) for one in built]})
    else:
        _summarise(project, built, written=written)


def _estimate(project: "Project", sources: tuple[str, ...], *, options: dict[str, Any]) -> None:
    from pipeline.estimating import estimate

    orders = [script_order(project, source, options=options) for source in sources]
    tell_estimates([estimate(project, order) for order in orders], as_json=options["as_json"])


def _require_sense(options: dict[str, Any]) -> None:
    if (options["silent"] or options["spoken"]) and not options["correct"]:
        raise click.UsageError(f"--{'silent' if options['silent'] else 'spoken'} goes with --correct")
    if options["silent"] and options["spoken"]:
        raise click.UsageError("a correction is --silent or --spoken, not both")
    if options["correct"] is not None and not options["correct"].strip():
        raise click.UsageError("--correct wants to know what was wrong")


def _build(project: "Project", sources: tuple[str, ...], *, options: dict[str, Any]) -> "list[Built]":
    from pipeline.starting import start_early

    start_early(project)
    from pipeline.workflow import build_episode
    from pipeline.workshop import Workshop

    built: list[Built] = []
    with closing(progress_on_terminal(is_quiet=options["quiet"])) as progress:
        purse = Purse(project.show.spending, is_agreed=options["is_agreed"], is_quiet=options["quiet"])
        workshop = Workshop(store=project.store, workers=options["jobs"], progress=progress, consent=purse)
        for source in sources:
            if not options["quiet"]:
                click.echo(f"{source}", err=True)
            try:
                path = _path(project, source, options=options)
                built.append(build_episode(project, _order(path, options), workshop=workshop))
                _warn(built)
                _warn_of_unused_reason(built[-1], options["correct"])
            except PipelineError:
                if built:
                    click.echo(
                        f"{counted(len(built), 'episode')} built before it; the feed is still the old one", err=True
                    )
                raise
    return built


def _warn(built: "list[Built]") -> None:
    """What has to be known of the last one though it was built; the same of several articles is said once."""
    *before, last = (one.made.warning for one in built)
    if last and last not in before:
        print_warning(last)


def _warn_of_unused_reason(built: "Built", reason: str | None) -> None:
    """A reason that was given and is told to nobody is not to be lost in silence."""
    made = built.episode
    if reason and all(one.reason != reason for one in made.corrections):
        why = "it is what listeners have" if made.is_published else "listeners do not have it yet"
        print_warning(f"{made.slug}: there is nothing to correct, {why}; “{reason}” is not kept")


def _path(project: "Project", source: str, *, options: dict[str, Any]) -> Path:
    """The file itself, or the one in seeds/ that an address is taken into."""
    if "://" not in source:
        return Path(source)
    from pipeline.importing import seed_of

    return seed_of(project, source, is_private_allowed=options["allow_private"])


def _order(source: Path, options: dict[str, Any]) -> "Order":
    from pipeline.workflow import Order

    return Order(
        source=source,
        now=utc_now(),
        published=options["published"],
        author=options["author"],
        correct=options["correct"] or "",
        is_silent=options["silent"],
        is_spoken=options["spoken"],
        voice=voice_choice(options),
    )


def _as_json(project: "Project", built: "Built", *, standing: "Standing | None") -> dict[str, object]:
    made = built.episode
    return {
        "slug": made.slug,
        "title": made.title,
        "enclosure": made.enclosure.file.path,
        "url": project.show.url(made.enclosure.file.path),
        "length_bytes": made.enclosure.file.length_bytes,
        "duration_s": made.enclosure.duration_s,
        "voice": f"{made.voice.engine}:{made.voice.voice}",
        "integrated_lufs": round(made.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(made.loudness.true_peak_dbtp, 2),
        "spoken_utterances": len(built.made.script.utterances),
        "synthesised_utterances": built.made.synthesised,
        "chapters": len(made.chapters),
        "summary_by": made.summary_by,
        "is_changed": built.is_changed,
        "listing": standing.state if standing else "listed",
        "due": standing.due if standing else None,
    }


def _summarise(project: "Project", built: "list[Built]", *, written: "WrittenFeed | None") -> None:
    """What was made, where it lies, what is not in it, and what to do next."""
    for one in built:
        _tell(project, one)
    if written is not None:
        here = {one.episode.slug for one in built}
        tell_waiting(project, [one for one in written.waiting if one.slug in here])
        no_feed = "none yet: it begins with the first episode that is to be in it"
        click.echo(f"  feed    {without_token(project, _shown(project.feed_path)) if written.listed else no_feed}")
    is_recorded = all(one.episode.is_live or not one.episode.is_published for one in built)
    show = of_show(project)
    click.echo(f"Next: audio-edition preview{show} (hear it), audio-edition check{show} (before it goes out)")
    if not is_recorded:
        click.echo(f"      audio-edition feed --published{show} (when you upload the correction)")


def _tell(project: "Project", one: "Built") -> None:
    from pipeline.units import clock

    made = one.episode
    news = "" if one.is_changed else " (nothing changed)"
    click.echo(f"{click.style(made.title, bold=True)}{news}")
    if one.past is not None and one.past.title != made.title:
        click.echo(f"  {click.style('takes the place of', fg='yellow')}: {one.past.title}")
    click.echo(f"  by {made.author}, {made.published:%Y-%m-%d %H:%M} UTC")
    size = f"{made.enclosure.file.length_bytes / 1e6:.1f} MB"
    click.echo(f"  read by {made.voice.engine} {made.voice.voice}{_licence(made.voice)}")
    click.echo(f"  {clock(round(made.enclosure.duration_s * 1000))}, {size}, {made.loudness.integrated_lufs:.1f} LUFS")
    for chapter in made.chapters:
        click.echo(f"    {clock(chapter.start_ms):>7} {chapter.title}")
    if made.summary_by:
        click.echo(f"  summary {click.style(f'by {made.summary_by}, a machine', fg='yellow')}: {made.summary}")
    click.echo(f"  sound   {_shown(project.root / made.enclosure.file.path)}")
    _tell_other_forms(project, one)
    click.echo(f"  script  {_shown(project.folder_of(made.slug) / 'script.txt')}")
    _tell_unspoken(one)
    if one.made.synthesised:
        _tell_review(project, one)


def _tell_other_forms(project: "Project", one: "Built") -> None:
    from pipeline.other_forms import archive_path

    paths = [project.root / form.file.path for form in one.episode.alternates]
    archive = archive_path(project, one.made.recording, slug=one.episode.slug)
    for path in [*paths, *([archive] if archive else [])]:
        click.echo(f"          {_shown(path)}: {path.stat().st_size / 1e6:.1f} MB")


def _licence(credit: "VoiceCredit") -> str:
    return f" ({credit.licence})" if credit.licence else ""


def _tell_review(project: "Project", one: "Built") -> None:
    """That there is something to look at, when sound is new: whoever has seen it is not told again."""
    from pipeline.model import VoiceChoice
    from pipeline.workflow import review_script

    read_by = VoiceChoice(engine=one.episode.voice.engine, name=one.episode.voice.voice)
    review = review_script(project, one.made.article, script=one.made.script, voice=read_by)
    found = [
        counted(len(review.hard_names), "hard name"),
        counted(len(review.doubts), "doubtful reading"),
        counted(len(review.copy_queries), "question") + " of a copy editor",
    ]
    worth_a_look = [words for words in found if not words.startswith("0 ")]
    if worth_a_look:
        source = shlex.quote(_shown(project.root / one.episode.source_path))
        click.echo(f"  {click.style('look at', fg='yellow')} {', '.join(worth_a_look)}: audio-edition script {source}")


def _tell_unspoken(one: "Built") -> None:
    """How much of the article is not heard, and in full whatever could be a sentence of its author's."""
    from pipeline.galley import unspoken
    from pipeline.model import FateKind

    silent = unspoken(one.made.article)
    if silent:
        click.echo(f"          ends with {counted(len(silent), 'piece')} of the article not spoken, and why")
    for block in silent:
        is_prose = len(block.text.split()) > _PROSE_WORDS and block.text != one.made.article.title
        if is_prose and block.fate.kind is FateKind.DROPPED:
            shown = " ".join(block.text.split()[:_PROSE_WORDS])
            click.echo(f"  {click.style('left out', fg='yellow')}: {shown} ... ({block.fate.reason})")


def _shown(path: Path) -> str:
    """A path as short as it can be typed from here."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
