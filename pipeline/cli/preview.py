"""`audio-edition preview`: hear and see it on this machine."""

from pathlib import Path

import click

from pipeline.cli.desk import project_at, show_option


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="0 takes a free one.")
@show_option
def preview(*, folder: Path | None, port: int) -> None:
    """Serve the show on this machine, as a web server would, until Ctrl-C.

    Open the address in a browser, or subscribe to the feed with a podcast app on this machine. Only episodes/ and
    feeds/ are served, to this machine alone; addresses in the feed and the pages point here.
    """
    from pipeline.preview import serve

    project = project_at(folder)
    show = project.show

    def tell(url: str) -> None:
        private = "   (private: only those find it whom you give this address)" if show.feed.is_private else ""
        click.echo(f"Preview at {url}   feed: {url}{show.feed_path}   (Ctrl-C ends it){private}")

    serve(project.root, show.base_url, port=port, on_ready=tell, front_page=show.page_path)
