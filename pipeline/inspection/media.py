"""Floor 4, inside the inspection: the files of an Episode -> what they really are, by the readers of every trade.

What did not change since the last check is not read again: the store keeps what was found beside size and time of
change of each file, one entry an Episode, which the next reading overwrites. ``deep`` reads everything, to the last
byte: digests and loudness cost seconds an Episode.
"""

import hashlib
import shutil
from importlib.util import find_spec
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.artwork import read_chapter_image
from pipeline.audio.measuring import measure
from pipeline.audio.reading import look_at, sound_blocks
from pipeline.errors import AudioError, SourceError, TagError
from pipeline.inspection.transcripts import read_transcript, words_digest
from pipeline.model import Episode, Loudness, WebFile
from pipeline.project import Project
from pipeline.rules.media import (
    ChapterEntry,
    ChaptersFacts,
    ImageFacts,
    MediaFacts,
    SoundFacts,
    TagFacts,
    TranscriptFacts,
)
from pipeline.store import recipe_key
from pipeline.tagging import FileTags, Mp3Header, RateMode, read_mp3_header, read_tags

#: To be raised when a reader finds more, or something else.
_VERSION = 1

#: What only PyAV or ffmpeg reads.
_MP4 = ("audio/mp4", "audio/x-m4a")


class _Kept(Struct, frozen=True, kw_only=True):
    """What the store keeps: name, size and time of change of each file, and what was found in them."""

    stamps: tuple[tuple[str, int, int], ...]
    facts: MediaFacts


class _JsonChapter(Struct, frozen=True, kw_only=True, rename="camel"):
    start_time: float
    title: str = ""
    img: str = ""
    url: str = ""


class _JsonChapters(Struct, frozen=True, kw_only=True):
    version: str
    chapters: tuple[_JsonChapter, ...]


def media_facts(project: Project, episode: Episode) -> MediaFacts:
    """What the files of ``episode`` are; those of an Episode of which none changed since then are not opened.

    Raises: StoreError where the cache cannot be read or written.
    """
    stamps = _stamps(project.root, episode)
    key = recipe_key("media facts", _VERSION, slug=episode.slug)
    kept = _decoded(project.store.get(key))
    if kept is not None and kept.stamps == stamps:
        return kept.facts
    facts = _read(project.root, episode)
    blob = msgspec.msgpack.encode(_Kept(stamps=stamps, facts=facts))
    project.store.put(key, blob, is_synced=False)
    return facts


def deep_media_facts(project: Project, episode: Episode) -> MediaFacts:
    """The same, read anew to the last byte: with the digests of all sounds, and the loudness of the enclosure."""
    facts = _read(project.root, episode)
    sound = facts.sound
    if sound is not None and not sound.fault:
        facts = msgspec.structs.replace(facts, sound=_measured(project.root, sound))
    return with_digests(project, facts)


def with_digests(project: Project, facts: MediaFacts) -> MediaFacts:
    """The ``facts`` with the digests of all sounds, which takes reading each of them to its end."""
    return msgspec.structs.replace(
        facts,
        sound=None if facts.sound is None else _digested(project.root, facts.sound),
        alternates=tuple(_digested(project.root, one) for one in facts.alternates),
    )


def _stamps(root: Path, episode: Episode) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of each file; a size of -1 where there is none."""
    stamps = []
    for file in (episode.enclosure.file, *episode.side_files):
        try:
            found = (root / file.path).stat()
        except FileNotFoundError:
            stamps.append((file.path, -1, 0))
        else:
            stamps.append((file.path, found.st_size, found.st_mtime_ns))
    return tuple(stamps)


def _decoded(blob: bytes | None) -> _Kept | None:
    """None where there is nothing, or what another version of this program left."""
    if blob is None:
        return None
    try:
        return msgspec.msgpack.decode(blob, type=_Kept)
    except msgspec.MsgspecError:
        return None


def _read(root: Path, episode: Episode) -> MediaFacts:
    transcripts = (_transcript(root, form.file) for form in episode.transcripts)
    images = (_image(root, image) for image in episode.chapter_images)
    alternates = (_sound(root, alternate.file) for alternate in episode.alternates)
    return MediaFacts(
        sound=_sound(root, episode.enclosure.file),
        alternates=tuple(one for one in alternates if one is not None),
        transcripts=tuple(one for one in transcripts if one is not None),
        chapters=_chapters(root, episode.chapters_file) if episode.chapters_file is not None else None,
        images=tuple(one for one in images if one is not None),
    )


def _sound(root: Path, file: WebFile) -> SoundFacts | None:
    path = root / file.path
    if not path.is_file():
        return None
    tag = _tag(path)
    if file.media_type in _MP4 and find_spec("av") is None and shutil.which("ffmpeg") is None:
        return SoundFacts(path=file.path, tag=tag)
    try:
        found = look_at(path)
        header = read_mp3_header(path) if found.codec == "MP3" else None
    except (AudioError, TagError) as error:
        return SoundFacts(path=file.path, tag=tag, fault=error.what)
    return SoundFacts(
        path=file.path,
        codec=found.codec,
        sample_rate=found.sample_rate,
        channels=found.channels,
        duration_s=found.duration_s,
        bitrate_kbps=found.bitrate_kbps,
        has_varying_bitrate=_has_varying_bitrate(header, counted=found.has_varying_bitrate),
        is_gapless=None if found.codec != "MP3" else header is not None and header.sample_count is not None,
        tag=tag,
    )


def _has_varying_bitrate(header: Mp3Header | None, *, counted: bool | None) -> bool | None:
    """By what its first frame says, or by all frames where they were counted."""
    if header is not None and header.rate_mode is not RateMode.CONSTANT:
        return True
    return counted if counted is not None else (False if header is not None else None)


def _tag(path: Path) -> TagFacts:
    try:
        tags = read_tags(path)
    except TagError as error:
        return TagFacts(fault=error.what)
    return TagFacts(
        format=tags.format,
        title=tags.field("title"),
        artist=tags.field("artist"),
        album=tags.field("album"),
        has_cover=bool(tags.pictures),
        chapters=tuple(ChapterEntry(start_ms=of.start_ms, title=of.title, link=of.link) for of in tags.chapters),
        unlisted_chapters=tags.unlisted_chapters,
        words_sha256=_words_of(tags),
    )


def _words_of(tags: FileTags) -> str:
    return words_digest(tags.field("lyrics"))


def _transcript(root: Path, file: WebFile) -> TranscriptFacts | None:
    data, fault = _bytes(root / file.path)
    if data is None:
        return TranscriptFacts(path=file.path, fault=fault) if fault else None
    return read_transcript(file.path, data, media_type=file.media_type)


def _chapters(root: Path, file: WebFile) -> ChaptersFacts | None:
    data, fault = _bytes(root / file.path)
    if data is None:
        return ChaptersFacts(path=file.path, fault=fault) if fault else None
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        found = msgspec.json.decode(data, type=_JsonChapters)
    except msgspec.MsgspecError as error:
        return ChaptersFacts(path=file.path, sha256=sha256, fault=str(error))
    entries = (
        ChapterEntry(start_ms=round(of.start_time * 1000), title=of.title, image=of.img, link=of.url)
        for of in found.chapters
    )
    return ChaptersFacts(path=file.path, sha256=sha256, chapters=tuple(entries))


def _image(root: Path, file: WebFile) -> ImageFacts | None:
    path = root / file.path
    if not path.is_file():
        return None
    try:
        media_type = read_chapter_image(path).media_type
    except SourceError as error:
        return ImageFacts(path=file.path, fault=error.what)
    return ImageFacts(path=file.path, media_type=media_type, sha256=_sha256_at(path))


def _bytes(path: Path) -> tuple[bytes | None, str]:
    """What is in the file, and why nothing is: "" where it is not there."""
    try:
        return path.read_bytes(), ""
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"the disk says: {error.strerror or error}"


def _measured(root: Path, sound: SoundFacts) -> SoundFacts:
    """With its loudness, which takes decoding it to the end."""
    try:
        loudness: Loudness = measure(sound_blocks(root / sound.path), sound.sample_rate).loudness
    except AudioError as error:
        return msgspec.structs.replace(sound, fault=error.what)
    return msgspec.structs.replace(sound, loudness=loudness)


def _digested(root: Path, sound: SoundFacts) -> SoundFacts:
    return msgspec.structs.replace(sound, sha256=_sha256_at(root / sound.path))


def _sha256_at(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
