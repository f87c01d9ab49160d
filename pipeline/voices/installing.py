"""Floor 3, voices: a model of a catalogue -> a folder here. Everything comes first, then it takes its place.

Files come into parts beside their places. When all of them are whole they are renamed, and `model.json` is written
last. Two installations of one model wait for each other; one that was stopped goes on from its parts.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from pipeline.errors import ConfigError, EngineUnavailable, StoreError, VoiceNotFound
from pipeline.patterns import regex
from pipeline.progress import Progress
from pipeline.voices.catalogues import CATALOGUES, find_offer
from pipeline.voices.depot import Depot
from pipeline.voices.folder import (
    FILE,
    Model,
    ModelFile,
    delete_model,
    find_model,
    is_whole,
    model_folder,
    save_model,
)
from pipeline.voices.model_card import licence_in
from pipeline.voices.offers import PART_SUFFIX, Offer, is_plain
from pipeline.voices.parts import Part

CARD = "MODEL_CARD"

#: How Piper's voices are called: en_GB-alba-medium. Source: the names in its catalogue.
_PIPER_VOICE = regex(r"[a-z]{2,3}_[A-Z]{2}-\w+-\w+")


class Wanted(Struct, frozen=True, kw_only=True):
    """Which model is to be here; ``is_forced`` fetches it though it is."""

    engine: str
    name: str
    is_forced: bool = False


class Installed(Struct, frozen=True, kw_only=True):
    """The model that is here now, and whether that is new."""

    model: Model
    is_new: bool


def parse_wanted(words: str, *, is_forced: bool = False) -> Wanted:
    """ "piper:en_GB-alba-medium" or "kokoro" as what is wanted.

    Raises:
        ConfigError: it names no engine whose models can be installed, or none of its models.
    """
    engine, _, name = (part.strip() for part in words.partition(":"))
    if engine not in CATALOGUES:
        example = f"piper:{words.strip()}" if _PIPER_VOICE.fullmatch(words.strip()) else "piper:en_GB-alba-medium"
        raise ConfigError(
            f'"{words}" is no voice that can be installed: it begins with no engine that has any',
            cure=f"write engine and voice, such as {example}, or kokoro",
        )
    name = name or CATALOGUES[engine].default
    if not name:
        raise ConfigError(
            f"of {engine} no voice is named",
            cure=f"choose one from `audio-edition voices list --engine {engine} --available` and write {engine}:VOICE",
        )
    if not is_plain(name):
        raise VoiceNotFound(f"{name[:80]!r} is no name of a voice", cure="write it as `voices list` shows it")
    return Wanted(engine=engine, name=name, is_forced=is_forced)


def find_whole(wanted: Wanted) -> Model | None:
    """The model, if every byte of it is here; nothing is asked of any server."""
    try:
        model = find_model(wanted.engine, wanted.name)
    except EngineUnavailable:  # a model.json that cannot be read: to install it anew is the cure
        return None
    return model if model is not None and is_whole(model) else None


def install(wanted: Wanted, *, depot: Depot, progress: Progress, tell: Callable[[Model], None]) -> Installed:
    """The model, fetched from ``depot`` unless it is here already.

    ``tell`` is called with what will be installed, its licence found out, before the large files are fetched.

    Raises:
        VoiceNotFound: the catalogue has none of that name.
        EngineUnavailable: a file does not come, or not as the catalogue says it is.
        StoreError: the disk is too small, or does not take it.
    """
    offer = find_offer(wanted.engine, wanted.name, depot=depot)
    with _alone(offer.engine, offer.name, progress=progress):
        known = find_whole(Wanted(engine=offer.engine, name=offer.name))
        if known is not None and not wanted.is_forced:  # somebody else installed it while this process waited
            return Installed(model=known, is_new=False)
        parts = {file.name: Part(file, model_folder(offer.engine, offer.name)) for file in offer.files}
        _require_space(offer, parts)
        model = _described(offer, parts, depot=depot)
        tell(model)
        _fetch(offer, parts, depot=depot, progress=progress)
        return Installed(model=_placed(model, parts), is_new=True)


def remove(wanted: Wanted, *, progress: Progress) -> None:
    """Take the model off the disk.

    Raises:
        VoiceNotFound: it is not installed.
        StoreError: the folder cannot be deleted.
    """
    with _alone(wanted.engine, wanted.name, progress=progress):
        length_of_installed(wanted)
        delete_model(wanted.engine, wanted.name)


def length_of_installed(wanted: Wanted) -> int:
    """The bytes in the model's folder, be its `model.json` broken or not.

    Raises: VoiceNotFound, with the names of those that are installed.
    """
    folder = model_folder(wanted.engine, wanted.name)
    if not (folder / FILE).is_file():
        names = ", ".join(sorted(path.parent.name for path in folder.parent.glob(f"*/{FILE}")))
        raise VoiceNotFound(
            f"{wanted.engine}:{wanted.name} is not installed",
            cure=f"installed are {names}" if names else f"no model of {wanted.engine} is",
        )
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


@contextmanager
def _alone(engine: str, name: str, *, progress: Progress) -> Iterator[None]:
    """Nobody else writes to that model meanwhile. A fault of the disk inside is a StoreError."""
    folder = model_folder(engine, name)
    # Beside the folder, which may be deleted; the system lets go of it when the process ends, however it ends.
    lock = FileLock(folder.with_name(f".{name}.lock"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress.begin(f"wait for the process that is at {engine}:{name} already", 0)
            lock.acquire()
            progress.end("done")
        folder.mkdir(exist_ok=True)
        yield
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            cure="free the disk, make the folder writable, or name another in AUDIO_EDITION_VOICES",
            path=folder,
        ) from error
    finally:
        if lock.is_locked:
            with suppress(OSError):
                folder.rmdir()  # only if nothing came into it
            lock.release()


def _require_space(offer: Offer, parts: dict[str, Part]) -> None:
    folder = model_folder(offer.engine, offer.name)
    missing = offer.length_bytes - sum(part.length_bytes for part in parts.values())
    free = shutil.disk_usage(folder).free
    if missing > free:
        raise StoreError(
            f"has {free / 1e6:.0f} MB free, and {offer.engine}:{offer.name} needs {missing / 1e6:.0f} MB more",
            cure="free the disk, or name a folder on another one in AUDIO_EDITION_VOICES",
            path=folder,
        )


def _described(offer: Offer, parts: dict[str, Part], *, depot: Depot) -> Model:
    """The model before it is there. Where the catalogue states no licence, its card is fetched and read."""
    licence = offer.licence
    card = next((file for file in offer.files if file.name == CARD), None)
    if not licence and card is not None:
        depot.fetch(card, parts[CARD], told=lambda _: None)
        licence = licence_in(parts[CARD].path.read_text(encoding="utf-8", errors="replace"))
    return Model(
        engine=offer.engine,
        name=offer.name,
        language=offer.language,
        label=offer.label,
        quality=offer.quality,
        licence=licence,
        source=depot.base,
        files=tuple(ModelFile(name=file.name, length_bytes=file.length_bytes, sha256="") for file in offer.files),
    )


def _fetch(offer: Offer, parts: dict[str, Part], *, depot: Depot, progress: Progress) -> None:
    progress.begin(f"{offer.engine}:{offer.name}", offer.length_bytes)
    for file in offer.files:
        depot.fetch(file, parts[file.name], told=progress.advance)
    progress.end(f"{offer.length_bytes / 1e6:.1f} MB, whole")


def _placed(model: Model, parts: dict[str, Part]) -> Model:
    """The model with its files in their places."""
    folder = model_folder(model.engine, model.name)
    digests = {name: part.digest("sha256") for name, part in parts.items()}
    (folder / FILE).unlink(missing_ok=True)
    for name, part in parts.items():
        part.path.replace(folder / name)
    for leftover in folder.glob(f"*{PART_SUFFIX}"):  # of files that the catalogue of another day named
        leftover.unlink()
    files = tuple(msgspec.structs.replace(file, sha256=digests[file.name]) for file in model.files)
    placed = msgspec.structs.replace(model, files=files)
    save_model(placed)
    return placed
