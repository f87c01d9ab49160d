"""`audio-edition inspect`: what a sound file is, what it measures, and a picture of it."""

import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, progress_on_terminal, project_at, show_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import SoundSettings
    from pipeline.sounding import Judgement, SoundReport

_WIDEST = 120


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plot", type=click.Path(path_type=Path), metavar="PICTURE", help="Draw it: OUT.svg or OUT.png.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON, the outline of the sound included.")
@click.option("-q", "--quiet", is_flag=True, help="Only what is off, and errors.")
@show_option
def inspect(*, file: Path, folder: Path | None, **options: Any) -> None:
    """Tell what a sound file is and draw it: format, loudness, peaks, noise, silence, chapters, tags.

    FILE is anybody's MP3, M4A, WAV, FLAC or OGG, of any length; nothing is changed. Beside the numbers stands "good",
    or what is off and what cures it, by the rules of Apple Podcasts: MP3 or AAC at 44.1 or 48 kHz, -16 LUFS give or
    take 1, true peak at most -1 dBTP. Inside a show, or with --show, the aim is its own loudness_lufs.

    \b
    loudness         how loud it is to the ear, over all of it (LUFS), and the range between soft and loud (LU)
    true peak        the highest point of the wave, between samples too; above 0 dBTP it is cut off
    noise floor      the level of the quietest twentieth, from the first sound to the last
    longest silence  the longest stretch below -60 dBFS

    \b
    audio-edition inspect episodes/ferry/ferry-1a2b3c4d.mp3     look at an episode
    audio-edition inspect guest.m4a --plot guest.svg            and draw its waveform with its chapters
    audio-edition inspect old.mp3 --json | jq .loudness         for programs
    audio-edition inspect old.mp3 -q                            only what is off
    """
    from pipeline.sounding import check_plot, judge, plot, report_on

    if options["plot"] is not None:
        check_plot(options["plot"])
    settings = _sound_settings(folder, file)
    with closing(progress_on_terminal(is_quiet=options["quiet"])) as progress:
        report = report_on(file, progress=progress)
    judgements = judge(report, settings)
    if options["plot"] is not None:
        plot(report, options["plot"])
    if options["as_json"]:
        from pipeline.cli.inspect_json import as_json

        print_json(as_json(report, judgements))
        return
    _print(report, judgements, is_quiet=options["quiet"])
    if options["plot"] is not None and not options["quiet"]:
        click.echo(f"drawn: {options['plot']}", err=True)


def _sound_settings(folder: Path | None, file: Path) -> "SoundSettings | None":
    """[sound] of the show that is named, or in which the file or the current folder lies; None without one."""
    from pipeline.project import SHOW_FILE

    around = (file.resolve(), Path.cwd() / SHOW_FILE)
    is_inside = any((parent / SHOW_FILE).is_file() for path in around for parent in path.parents)
    return project_at(folder, sources=[file]).show.sound if folder is not None or is_inside else None


def _print(report: "SoundReport", judgements: "Iterable[Judgement]", *, is_quiet: bool) -> None:
    """What is off, where nothing else is wanted; else everything, as it suits who looks."""
    from pipeline.cli.inspect_facts import facts_of

    facts = facts_of(report, judgements)
    if is_quiet:
        click.echo("".join(f"{one.name}: {one.verdict}; {one.cure}\n" for one in facts if not one.is_good), nl=False)
    elif sys.stdout.isatty():
        from pipeline.cli.inspect_page import print_page

        print_page(report, facts, width=min(_WIDEST, shutil.get_terminal_size().columns))
    else:
        from pipeline.cli.inspect_facts import plain_lines

        click.echo("\n".join(plain_lines(report, facts)))
