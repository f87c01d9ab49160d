"""`audio-edition init`: a new show, alone or beside the one that is there."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.founding import Founding
    from pipeline.model import ShowSettings


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--add", "name", default="", metavar="NAME", help="A second show in FOLDER, of that name (a-z, 0-9, -).")
@click.option("--title", help="Name of the show. Default: the folder's name, or NAME.")
@click.option("--author", help="Who publishes it. Default: the title; with --add, as in show.toml.")
@click.option("--email", help="Where directories send claim codes. Default: podcast@example.com; with --add, the same.")
@click.option("--base-url", help="Where it will be online. Default: https://audio.example.com/; with --add, the same.")
@click.option("--link", help="The publication's own site. Default: https://example.com/; with --add, the same.")
@click.option(
    "--language", type=click.Choice(["en-GB", "en-US"]), help="How numbers and dates are said. Default: en-GB."
)
def init(folder: Path, name: str, **given: str | None) -> None:
    """Make a new show in FOLDER: show.toml, lexicon.toml, seeds/ and a cover drawn from the title.

    Nothing that is there already is touched. Everything can be changed later in show.toml, which explains its keys:
    among them the voice, a second one for quotations, what is announced before and after an article, what becomes of
    tables and footnotes, and whether a build waits until every hard name is reviewed.

    With --add NAME it is a second show in the same folder: shows/NAME.toml, with its articles in seeds/NAME/.
    """
    from pipeline.founding import add_show, found_show

    if name:
        folder, main = _main_show(folder)
        founding = _founding(given, main=main, called=name)
        written = add_show(folder, name, founding=founding)
    else:
        founding = _founding(given, main=None, called=folder.resolve().name)
        written = found_show(folder, founding)
    for path in written:
        click.echo(f"  {path}")
    settings = folder / (f"shows/{name}.toml" if name else "show.toml")
    seeds = folder / "seeds" / name
    first = "description and categories above all" if name else "base_url, link and email above all"
    click.echo(f'"{founding.title}" is ready. Next: go through {settings} ({first}),')
    click.echo(f"put an article into {f'seeds/{name}'.rstrip('/')}/ and the folder into git, then")
    article = shlex.quote(str(seeds / "article.md"))
    click.echo(f"  audio-edition script {article}     # what will be said")
    click.echo(f"  audio-edition episode {article}")


def _main_show(folder: Path) -> "tuple[Path, ShowSettings]":
    """The folder that gets a second show, ``folder`` or one above it, and what its main show says."""
    from pipeline.project import SHOW_FILE, find_root, load_show_settings

    root = folder if (folder / SHOW_FILE).is_file() else find_root(folder)
    return root, load_show_settings(root / SHOW_FILE)


def _founding(given: dict[str, str | None], *, main: "ShowSettings | None", called: str) -> "Founding":
    """What was given; else what the main show has; else a placeholder, which `check` finds."""
    from pipeline.founding import Founding

    title = given["title"] or called.replace("-", " ").replace("_", " ").strip().title() or "A new show"
    return Founding(
        title=title,
        author=given["author"] or (main.author if main else title),
        email=given["email"] or (main.email if main else "podcast@example.com"),
        base_url=given["base_url"] or (main.base_url if main else "https://audio.example.com/"),
        link=given["link"] or (main.link if main else "https://example.com/"),
        language=given["language"] or (main.language if main else "en-GB"),
    )
