"""Floor 4: the same sound in the other forms that show.toml asks for: M4A and Opus for players, FLAC for the archive.

They are encoded as a whole from the samples that the MP3 was made from, and kept in the store: what a tag or a chapter
says can change without encoding again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.audio import Mix, master_samples
from pipeline.audio.encoding import require_bitrate
from pipeline.audio.formats import FORMATS, encode_m4a, encode_opus, format_version, with_chapters, write_flac
from pipeline.audio.loudness import Samples
from pipeline.errors import StoreError
from pipeline.model import EpisodeChapter, Master, SoundSettings, Timeline
from pipeline.project import Project
from pipeline.store import Store, recipe_key
from pipeline.tagging import EpisodeTag, tag_flac_file, tag_mp4, tag_ogg
from pipeline.workshop import Workshop

_VERSION = 1

#: The form that stays with the publisher.
_ARCHIVE = "flac"


class OtherForm(Struct, frozen=True, kw_only=True):
    """The sound in another form, without tags: its name in show.toml, and where it lies in the store."""

    name: str
    key: str


class Recording(Struct, frozen=True, kw_only=True):
    """The Master and what it was made of: all that other forms need."""

    timeline: Timeline
    mix: Mix
    master: Master


def encode_other_forms(recording: Recording, *, settings: SoundSettings, workshop: Workshop) -> tuple[OtherForm, ...]:
    """The forms for listeners that ``settings`` ask for, in the order of FORMATS; what the store has is not made again.

    Raises: AudioError where a library that makes one is not installed, with the command that brings it.
    """
    return tuple(_encoded(name, recording, settings=settings, workshop=workshop) for name in _wanted(settings))


def require_makeable(settings: SoundSettings) -> None:
    """Nothing, if the sound can be encoded as ``settings`` ask: told before anything is spoken or paid for.

    Raises:
        ConfigError: a bit rate that MP3 does not have.
        AudioError: a library that makes a form is not installed, with the command that brings it.
    """
    require_bitrate(settings.bitrate_kbps)
    for name in settings.formats:
        format_version(name)


def missing_forms(recording: Recording, *, settings: SoundSettings, store: Store) -> tuple[str, ...]:
    """The names of the forms for listeners that `encode_other_forms` would encode."""
    return tuple(name for name in _wanted(settings) if not store.has(_key(name, recording)))


def published_form(form: OtherForm, *, tag: EpisodeTag, chapters: tuple[EpisodeChapter, ...], store: Store) -> bytes:
    """The whole file of a form, with tags and chapters.

    Raises: StoreError if the store has lost it in the meantime; TagError for more than it can carry.
    """
    sound = store.get(form.key)
    if sound is None:
        raise StoreError(f"the cache lost the {form.name} while it was in use", cure="run the same command again")
    if form.name != "m4a":
        return tag_ogg(sound, tag)
    listed = [(chapter.start_ms, chapter.title) for chapter in chapters]
    return tag_mp4(with_chapters(sound, listed, duration_ms=tag.duration_ms) if listed else sound, tag)


def archive_path(project: Project, recording: Recording, *, slug: str) -> Path | None:
    """Where the FLAC master lies: under masters/, outside of what is published; None if show.toml asks for none.

    Its name carries the digest of what it was made from; those of before are left for their owner to delete.
    """
    if _ARCHIVE not in project.show.sound.formats:
        return None
    return project.root / "masters" / f"{slug}-{_key(_ARCHIVE, recording)[:8]}{FORMATS[_ARCHIVE].ending}"


def write_archive(
    path: Path, recording: Recording, *, tag: EpisodeTag, settings: SoundSettings, workshop: Workshop
) -> None:
    """The FLAC master with its tags, unless it is there.

    Raises: StoreError if the disk does not take it; AudioError where it cannot be encoded.
    """
    if path.is_file():
        return
    workshop.progress.begin(_ARCHIVE, 1)
    samples = _samples(recording, settings=settings, workshop=workshop)
    write_flac(path, samples, sample_rate=recording.timeline.sample_rate)
    tag_flac_file(path, tag)
    workshop.progress.end(f"{path.stat().st_size / 1e6:.1f} MB")


def _wanted(settings: SoundSettings) -> list[str]:
    return [name for name in FORMATS if name in settings.formats and name != _ARCHIVE]


def _encoded(name: str, recording: Recording, *, settings: SoundSettings, workshop: Workshop) -> OtherForm:
    key = _key(name, recording)
    workshop.progress.begin(name, 1)
    if workshop.store.get(key) is not None:  # and not broken by a power failure
        workshop.progress.end("from the cache")
        return OtherForm(name=name, key=key)
    samples = _samples(recording, settings=settings, workshop=workshop)
    data = _ENCODERS[name](samples, recording)
    workshop.store.put(key, data)
    workshop.progress.end(f"{len(data) / 1e6:.1f} MB")
    return OtherForm(name=name, key=key)


def _m4a(samples: Iterator[Samples], recording: Recording) -> bytes:
    rate, bitrate_kbps = recording.timeline.sample_rate, FORMATS["m4a"].bitrate_kbps
    return encode_m4a(samples, sample_rate=rate, bitrate_kbps=bitrate_kbps, sample_count=recording.timeline.length)


def _opus(samples: Iterator[Samples], recording: Recording) -> bytes:
    rate, bitrate_kbps = recording.timeline.sample_rate, FORMATS["opus"].bitrate_kbps
    return encode_opus(samples, sample_rate=rate, bitrate_kbps=bitrate_kbps)


_ENCODERS: dict[str, Callable[[Iterator[Samples], Recording], bytes]] = {"m4a": _m4a, "opus": _opus}


def _samples(recording: Recording, *, settings: SoundSettings, workshop: Workshop) -> Iterator[Samples]:
    return master_samples(
        recording.timeline, recording.mix, made=recording.master, settings=settings, workshop=workshop
    )


def _key(name: str, recording: Recording) -> str:
    return recipe_key(
        "other form",
        _VERSION,
        name=name,
        pieces=recording.master.pieces,
        bitrate_kbps=FORMATS[name].bitrate_kbps,
        tools=format_version(name),
    )
