"""`audio-edition voices install`: models of voices from the net onto this computer, whole or not at all."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_warning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.progress import Progress
    from pipeline.voices import Model
    from pipeline.voices.installing import Installed, Wanted

#: A voice of each model that holds several, for the lines to put into show.toml.
_FIRST_VOICES = {"kokoro": "af_heart"}


@click.command()
@click.argument("voices", nargs=-1, required=True)
@click.option("--from", "address", default="", metavar="URL", help="A mirror: the address that its index lies at.")
@click.option("--force", is_flag=True, help="Fetch it though it is here.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
def install(*, voices: "Sequence[str]", address: str, force: bool, quiet: bool) -> None:
    """Install VOICES: piper:en_GB-alba-medium, kokoro, kokoro:kokoro-v1.0.fp16 ...

    Size and digest of every file are checked. What is cut off goes on where it ended, in this run or the next; what
    is here and whole is not fetched again.

    \b
      audio-edition voices list --engine piper --available     what there is
      audio-edition voices install piper:en_GB-alba-medium
      audio-edition voices install kokoro --from https://voices.example.org/kokoro/

    Mirrors for all that is fetched: AUDIO_EDITION_VOICES_FROM_PIPER, AUDIO_EDITION_VOICES_FROM_KOKORO.
    """
    from pipeline.voices.installing import parse_wanted

    wanted = [parse_wanted(words, is_forced=force) for words in voices]
    if address and len({one.engine for one in wanted}) > 1:
        raise click.UsageError("--from is the address of one engine's voices: install those of others by themselves")
    tell = _silence if quiet else click.echo
    for one in wanted:
        with closing(_progress(is_quiet=quiet)) as progress:
            done = _install(one, address, progress=progress, tell=tell)
        _tell_result(done, tell=tell)


def _silence(_words: str) -> None:
    pass


def _progress(*, is_quiet: bool) -> "Progress":
    from pipeline.cli.telling import ByteBars, Lines
    from pipeline.progress import Silence

    if is_quiet:
        return Silence()
    return ByteBars() if sys.stderr.isatty() else Lines()


def _install(wanted: "Wanted", address: str, *, progress: "Progress", tell: "Callable[[str], None]") -> "Installed":
    from pipeline.servers import is_this_computer
    from pipeline.voices.catalogues import base_of
    from pipeline.voices.depot import Depot
    from pipeline.voices.installing import Installed, find_whole, install

    known = None if wanted.is_forced else find_whole(wanted)
    if known is not None:
        return Installed(model=known, is_new=False)
    with closing(Depot(base_of(wanted.engine, address))) as depot:
        if depot.base.startswith("http:") and not is_this_computer(depot.base):
            print_warning(f"{depot.base} is not encrypted: whoever is on the way can change what comes from there")
        return install(wanted, depot=depot, progress=progress, tell=lambda model: tell(_announcement(model)))


def _announcement(model: "Model") -> str:
    megabytes = sum(file.length_bytes for file in model.files) / 1e6
    about = ", ".join(part for part in (model.label, model.quality) if part)
    return (
        f"{model.engine}:{model.name} ({about}): {megabytes:.1f} MB from {model.source}\n"
        f"Licence: {model.licence or 'not stated; ask its maker before you publish with it'}"
    )


def _tell_result(done: "Installed", *, tell: "Callable[[str], None]") -> None:
    from pipeline.voices import model_folder

    model = done.model
    where = model_folder(model.engine, model.name)
    state = (
        f"is installed in {where}"
        if done.is_new
        else f"was installed already, whole, in {where}; --force fetches it anew"
    )
    tell(f"{model.engine}:{model.name} {state}")
    if not done.is_new:
        return
    cure = _missing_library(model.engine)
    if cure:
        tell(f"Before it can speak: {cure}")
    tell("\n".join(["In show.toml:", "", *_settings(model), ""]))
    if model.engine in _FIRST_VOICES:
        tell(f"Its other voices: audio-edition voices list --engine {model.engine} --language all")
    tell(f"For the credits: {model.engine} {model.name}, licence {model.licence or 'not stated'}")


def _settings(model: "Model") -> list[str]:
    """The lines of show.toml with which the model reads."""
    from pipeline.voices.catalogues import CATALOGUES

    voice = _FIRST_VOICES.get(model.engine, model.name)
    lines = ["  [voice]", f'  engine = "{model.engine}"', f'  name = "{voice}"']
    if CATALOGUES[model.engine].default not in {"", model.name}:
        lines += ["", f"  [engines.{model.engine}]", f'  model = "{model.name}"']
    return lines


def _missing_library(engine: str) -> str:
    """The command that installs what the engine needs beside the model, "" if it is there."""
    from pipeline.engines import find_engine
    from pipeline.errors import EngineUnavailable

    try:
        find_engine(engine).voices()
    except EngineUnavailable as error:
        return error.cure
    return ""
