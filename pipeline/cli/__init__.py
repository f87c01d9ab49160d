"""Floor 5: the command line. The only place that prints or exits; each command is a module of its name.

Commands import the pipeline inside their bodies, so that `--help` loads no audio and no XML library.
"""

import gc
import sys

import click

from pipeline import __version__
from pipeline.cli.approve import approve
from pipeline.cli.chapters import chapters
from pipeline.cli.check import check
from pipeline.cli.episode import episode
from pipeline.cli.feed import feed
from pipeline.cli.history import history
from pipeline.cli.import_posts import import_posts
from pipeline.cli.init import init
from pipeline.cli.inspect import inspect
from pipeline.cli.lexicon import lexicon
from pipeline.cli.move import move
from pipeline.cli.preview import preview
from pipeline.cli.rename import rename
from pipeline.cli.restore import restore
from pipeline.cli.script import script
from pipeline.cli.status import status
from pipeline.cli.voices import voices
from pipeline.cli.withdraw import withdraw
from pipeline.errors import PipelineError

#: A command lives for seconds and drops little that goes in circles: to look for that after every 700 objects took a
#: third of the time of a feed of ten thousand episodes.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


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
    When you upload:         audio-edition feed --published
    Where each one stands:   audio-edition status
    Somebody lets it go out: audio-edition approve my-article --by "Tomas Reyl"
    Out of the feed, back:   audio-edition withdraw my-article "why", audio-edition restore my-article
    Another address:         audio-edition rename my-article its-new-slug
    What was out, and why:   audio-edition history my-article
    At a new address:        audio-edition move --to URL
    """


for command in (
    init,
    import_posts,
    script,
    chapters,
    lexicon,
    voices,
    episode,
    preview,
    inspect,
    check,
    status,
    approve,
    feed,
    withdraw,
    restore,
    rename,
    history,
    move,
):
    cli.add_command(command)


def main() -> None:
    """Run a command. A fault that a person can mend is one line and exit status 1; any other keeps its traceback."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
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
