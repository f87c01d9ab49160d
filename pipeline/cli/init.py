"""`audio-edition init`: a new show."""

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--title", help="Name of the show. Default: the folder's name.")
@click.option("--author", help="Who publishes it. Default: the title.")
@click.option("--email", default="podcast@example.com", show_default=True, help="Where directories send claim codes.")
@click.option("--base-url", default="https://audio.example.com/", show_default=True, help="Where it will be online.")
@click.option("--link", default="https://example.com/", show_default=True, help="The publication's own site.")
@click.option(
    "--language",
    default="en-GB",
    show_default=True,
    type=click.Choice(["en-GB", "en-US"]),
    help="How numbers and dates are said.",
)
def init(folder: Path, title: str | None, **given: str | None) -> None:
    """Make a new show in FOLDER: show.toml, lexicon.toml, seeds/ and a cover drawn from the title.

    Nothing that is there already is touched. Everything can be changed later in show.toml, which explains its keys:
    among them the voice, a second one for quotations, what is announced before and after an article, what becomes of
    tables and footnotes, and whether a build waits until every hard name is reviewed.
    """
    from pipeline.founding import Founding, found_show

    title = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip().title() or "A new show"
    founding = Founding(
        title=title,
        author=given["author"] or title,
        email=given["email"] or "",
        base_url=given["base_url"] or "",
        link=given["link"] or "",
        language=given["language"] or "",
    )
    for path in found_show(folder, founding):
        click.echo(f"  {path}")
    click.echo(f'"{title}" is ready. Next: go through {folder / "show.toml"} (base_url, link and email above all),')
    click.echo("put an article into seeds/ and the folder into git, then")
    article = shlex.quote(str(folder / "seeds" / "article.md"))
    click.echo(f"  audio-edition script {article}     # what will be said")
    click.echo(f"  audio-edition episode {article}")
