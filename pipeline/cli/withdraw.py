"""`audio-edition withdraw`: take a published episode out of the feed."""

from pathlib import Path

import click

from pipeline.cli.desk import project_at, show_option, utc_now
from pipeline.cli.standings import make_change


@click.command()
@click.argument("slug")
@click.argument("why")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def withdraw(slug: str, why: str, *, folder: Path | None, is_dry: bool, as_json: bool) -> None:
    """Take an episode out of the feed, and say WHY on its page.

    Its GUID and its files stay for ever: whoever has it keeps it, links to the sound still work, and `restore` puts it
    back as it was.

    \b
    audio-edition withdraw quiet-straits "A source took back what it said."
    """
    from pipeline.standing import withdrawal_of

    project = project_at(folder)
    with project.lock():
        change = withdrawal_of(project, slug, reason=why, now=utc_now())
        make_change(project, change, is_dry=is_dry, as_json=as_json)
