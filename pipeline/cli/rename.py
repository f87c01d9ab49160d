"""`audio-edition rename`: give an episode another slug, and so its page another address."""

from pathlib import Path

import click

from pipeline.cli.desk import project_at, show_option
from pipeline.cli.standings import make_change


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def rename(old: str, new: str, *, folder: Path | None, is_dry: bool, as_json: bool) -> None:
    """Change the slug of an episode from OLD to NEW.

    Nothing that listeners know changes: its GUID stays, sound and transcripts stay where they are, and the page at the
    old address leads to the new one. Then write `slug: NEW` into the article, or rename its file.
    """
    from pipeline.standing import renaming_of

    project = project_at(folder)
    with project.lock():
        make_change(project, renaming_of(project, old, new=new), is_dry=is_dry, as_json=as_json)
