"""`audio-edition voices`: which voices there are, how they sound, and those that have to be fetched."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, progress_on_terminal, show_option
from pipeline.cli.spending import Purse
from pipeline.cli.voices_install import install
from pipeline.cli.voices_list import list_voices, project_around

if TYPE_CHECKING:
    from pipeline.model import VoiceSettings
    from pipeline.project import Project
    from pipeline.sampling import Sample


@click.group()
def voices() -> None:
    """List, try and install voices, of every engine.

    \b
    What reads here:            audio-edition voices list
    What could be installed:    audio-edition voices list --available
    How one sounds:             audio-edition voices sample espeak:en-gb
    A natural one, for nothing: audio-edition voices install piper:en_GB-alba-medium

    Models lie in the platform's folder for data of programs, or in the one that AUDIO_EDITION_VOICES names.
    docs/voices.md has the engines, and what each can be told. `list` and `sample` take --show DIR, for the language
    and the engines of that show.
    """


voices.add_command(list_voices)
voices.add_command(install)


@voices.command()
@click.argument("voice")
@click.argument("text", default="")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The WAV file to write.")
@click.option("--pace", type=click.IntRange(80, 450), metavar="N", help="Words a minute. Default: the show's.")
@click.option("--yes", "is_agreed", is_flag=True, help="Do not ask above the limits of [spending] in show.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@show_option
def sample(voice: str, text: str, *, folder: Path | None, **options: Any) -> None:
    """Speak a sentence with VOICE into a WAV file.

    VOICE is ENGINE:VOICE as `voices list` shows them, or one of the show's engine. TEXT is said as it stands: numbers
    and names are the engine's own business here. Without TEXT a sentence of ours is said, in the voice's language
    where there is one (en, de, fr, es, it, pt).

    \b
      audio-edition voices sample espeak:en-gb
      audio-edition voices sample piper:en_GB-alba-medium "The ferry waited in Salka." -o alba.wav
    """
    from pipeline.files import write_atomically
    from pipeline.model import SpendingSettings
    from pipeline.sampling import sample_of

    project = project_around(folder)
    made = sample_of(
        _settings(voice, project, pace_wpm=options["pace"]),
        text,
        tables=project.show.engines if project else {},
        language=project.show.language if project else "en",
        consent=Purse(
            project.show.spending if project else SpendingSettings(), is_agreed=options["is_agreed"], is_quiet=True
        ),
    )
    path = options["output"] or Path(
        re.sub(r"[^\w.+-]+", "-", f"{made.voice.engine}-{made.voice.name}").strip("-") + ".wav"
    )
    write_atomically(path, made.wav)
    _print_sample(made, path, as_json=options["as_json"])


def _settings(words: str, project: "Project | None", *, pace_wpm: int | None) -> "VoiceSettings":
    """The voice that ``words`` name; without an engine it is one of the show's."""
    from pipeline.casting import parse_voice
    from pipeline.errors import ConfigError
    from pipeline.model import VoiceSettings

    choice = parse_voice(words)
    home = project.show.voice if project else VoiceSettings()
    engine = choice.engine or home.engine
    if not choice.name:
        raise ConfigError(
            f'of the engine "{engine}" no voice is named',
            cure=f"name one of those that `audio-edition voices list --engine {engine}` shows",
        )
    return VoiceSettings(engine=engine, name=choice.name, pace_wpm=pace_wpm or home.pace_wpm)


def _print_sample(made: "Sample", path: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "path": str(path),
                "engine": made.voice.engine,
                "voice": made.voice.name,
                "text": made.text,
                "duration_s": round(made.duration_s, 3),
                "licence": made.licence,
            }
        )
    else:
        click.echo(
            f"{path}: {made.duration_s:.1f} s, {made.voice.engine}:{made.voice.name}, "
            f"licence {made.licence or 'not stated'}"
        )


@voices.command()
@click.argument("model")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
def remove(model: str, *, yes: bool, quiet: bool) -> None:
    """Delete an installed MODEL, such as piper:en_GB-alba-medium or kokoro, from this computer.

    Episodes that it has spoken stay as they are, and so does what the cache of a show keeps of it.
    """
    from pipeline.voices import model_folder
    from pipeline.voices.installing import length_of_installed, parse_wanted
    from pipeline.voices.installing import remove as remove_model

    wanted = parse_wanted(model)
    megabytes = length_of_installed(wanted) / 1e6
    where = model_folder(wanted.engine, wanted.name)
    if not yes:
        click.confirm(f"Delete {where} ({megabytes:.1f} MB)?", abort=True, err=True)
    remove_model(wanted, progress=progress_on_terminal(is_quiet=quiet))
    if not quiet:
        click.echo(f"deleted {where}: {megabytes:.1f} MB")
