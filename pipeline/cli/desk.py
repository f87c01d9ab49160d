"""What every command needs of the terminal: the show it works on, where progress goes, and JSON."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.model import Finding, VoiceChoice
    from pipeline.progress import Progress
    from pipeline.project import Project
    from pipeline.sources import Source
    from pipeline.workflow import Order

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}

Command = TypeVar("Command", bound=Callable[..., Any])


def show_option(command: Command) -> Command:
    """Adds --show, which every command takes."""
    option = click.option(
        "--show",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the show. Default: the one that holds show.toml, here or above.",
    )
    return option(command)


def voice_options(command: Command) -> Command:
    """Adds --engine and --voice, which choose another reader this once."""
    engine = click.option(
        "--engine", default="", metavar="NAME", help="Another speech engine than the show's, this once."
    )
    voice = click.option(
        "--voice", default="", metavar="NAME", help="Another voice, this once: NAME, or ENGINE:NAME. See `voices list`."
    )
    return engine(voice(command))


def voice_choice(options: dict[str, Any]) -> "VoiceChoice":
    """What --engine and --voice say."""
    from pipeline.model import VoiceChoice

    return VoiceChoice(engine=options["engine"].strip(), name=options["voice"].strip())


def project_at(folder: Path | None, *, sources: Sequence[Path] = ()) -> "Project":
    """The show in ``folder``; else the one that the articles lie in, else the one around the current folder."""
    from pipeline.errors import ConfigError
    from pipeline.project import SHOW_FILE, find_root, open_project

    if folder is not None:
        if not (folder / SHOW_FILE).is_file():
            raise ConfigError(f"there is no {SHOW_FILE} in it", cure="name the folder of a show", path=folder)
        return open_project(folder)
    around = {root for path in sources for root in path.resolve().parents if (root / SHOW_FILE).is_file()}
    if len(around) > 1:
        names = " and ".join(sorted(str(root) for root in around))
        raise ConfigError(f"the articles belong to different shows, {names}", cure="build them one show at a time")
    return open_project(around.pop() if around else find_root(Path()))


def script_order(project: "Project", source: str, *, options: dict[str, Any]) -> "Order":
    """What is asked for by a command that only looks at an article, be it a file or an address.

    ``options`` are --published, --author, --engine, --voice and --allow-private. What comes from an address goes into
    no file.
    """
    from pipeline.workflow import Order

    fetched = _fetched(project, source, is_private_allowed=options["allow_private"])
    return Order(
        source=fetched.path if fetched else Path(source),
        fetched=fetched,
        now=utc_now(),
        published=options["published"],
        author=options["author"],
        voice=voice_choice(options),
    )


def _fetched(project: "Project", source: str, *, is_private_allowed: bool) -> "Source | None":
    """What came from an address; None for a file. Only then the library for the web is loaded."""
    if "://" not in source:
        return None
    from pipeline.importing import open_source

    return open_source(project, source, is_private_allowed=is_private_allowed)


def progress_on_terminal(*, is_quiet: bool) -> "Progress":
    """Bars where somebody looks, a line a stage elsewhere, nothing where silence is asked for."""
    if is_quiet:
        from pipeline.progress import Silence

        return Silence()
    from pipeline.cli.telling import Bars, Lines

    return Bars() if sys.stderr.isatty() else Lines()


def print_finding(finding: "Finding") -> None:
    """What, the cure, and who says so."""
    severity = finding.severity.value
    click.echo(f"{click.style(severity, fg=COLOURS[severity], bold=True)} {finding.where}: {finding.what}")
    click.echo(f"  {finding.cure}")
    click.echo(click.style(f"  {finding.rule}: {finding.source}", dim=True))


def print_warning(text: str) -> None:
    """One line on stderr, even where only results and errors are asked for: something is not as show.toml wants it."""
    click.echo(f"{click.style('warning', fg=COLOURS['warning'], bold=True)}: {text}", err=True)


def counted(count: int, thing: str) -> str:
    """ "1 episode", "2 episodes"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def print_json(value: object) -> None:
    """Results for programs, on stdout."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def utc_now() -> datetime:
    """The clock, read here and handed down."""
    return datetime.now(UTC)
