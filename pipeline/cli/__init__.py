"""Floor 5: the command line. The only place that prints or exits; each command is a module of its name.

Commands import the pipeline inside their bodies, so that `--help` loads no audio and no XML library.
"""

import sys

import click

from pipeline import __version__
from pipeline.cli.chapters import chapters
from pipeline.cli.check import check
from pipeline.cli.episode import episode
from pipeline.cli.feed import feed
from pipeline.cli.import_posts import import_posts
from pipeline.cli.init import init
from pipeline.cli.inspect import inspect
from pipeline.cli.lexicon import lexicon
from pipeline.cli.preview import preview
from pipeline.cli.script import script
from pipeline.cli.status import status
from pipeline.cli.voices import voices
from pipeline.errors import PipelineError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="audio-edition")
def cli() -> None:
    """Turn each written analysis into a narrated episode, and keep the feed.

    \b
    A new show:              audio-edition init my-show
    Articles you have:       audio-edition import export.zip
    What will be said:       audio-edition script seeds/article.md
    Where chapters begin:    audio-edition chapters seeds/article.md
    How names are said:      audio-edition lexicon add Kyiv "Keev"
    Which voices there are:  audio-edition voices list
    A new episode:           audio-edition episode seeds/article.md
    Hear it on this machine: audio-edition preview
    What a file sounds like: audio-edition inspect FILE.mp3
    Before you publish:      audio-edition check
    """


for command in (init, import_posts, script, chapters, lexicon, episode, feed, voices, inspect, check, status, preview):
    cli.add_command(command)


def main() -> None:
    """Run a command. A fault that a person can mend is one line and exit status 1; any other keeps its traceback."""
    try:
        sys.exit(cli(standalone_mode=False))
    except click.Abort:
        click.echo("\nstopped; what is done is kept, and the same command goes on from there", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except PipelineError as error:
        click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)
        utterance = getattr(error, "utterance", "")
        if utterance and utterance[:40] not in str(error):
            click.echo(f"  | it was to say: {utterance[:120]}", err=True)
        for line in getattr(error, "stderr", "").splitlines()[-5:]:
            click.echo(f"  | {line}", err=True)
        sys.exit(1)
