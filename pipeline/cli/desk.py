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
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The folder of the show, or DIR/shows/NAME.toml. Default: the one with show.toml, here or above.",
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
    """The show in ``folder``, which may be its file; else that of the articles, else that around the current folder."""
    from pipeline.project import open_chosen

    return open_chosen(folder, sources=sources)


def of_show(project: "Project") -> str:
    """ " --show shows/NAME.toml", for a command to type; "" for the main show, which is the one without it."""
    return f" --show shows/{project.name}.toml" if project.name else ""


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


def without_token(project: "Project", path: object) -> str:
    """``path`` without the token of a private show: what a command says may end in a log that others read."""
    return str(path).replace(project.show.token, "…") if project.show.token else str(path)


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
