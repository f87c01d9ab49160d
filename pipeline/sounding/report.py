"""Floor 4, inside the sounding: a path -> SoundReport, in one pass over the sound."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.audio.measuring import Measurement, measure
from pipeline.audio.reading import Block, SoundFile, TrackChapter, look_at, sound_blocks, track_chapters
from pipeline.errors import TagError
from pipeline.progress import Progress, Silence
from pipeline.project import SHOW_FILE
from pipeline.tagging import FileChapter, FileTags, Mp3Header, read_mp3_header, read_tags

_STAGE = "measure"

#: Containers whose chapters may lie in a track of their own.
_MP4_FAMILY = ("M4A", "MP4")

#: Where a show keeps its episodes, and the masters of its archive.
_BUILT_FOLDERS = ("episodes", "masters")


class SoundReport(Struct, frozen=True, kw_only=True):
    """All that there is to say of a file; ``header`` is what the first frame of an MP3 says, None without one.

    ``tag_fault`` says what is wrong with the tag where it cannot be read; ``tags`` is empty then. ``is_built``: it lies
    where a show keeps what was built, so that its settings made it what it is. ``has_unread_track``: it may have
    chapters in a track of texts, which only PyAV reads, and that is not installed.
    """

    path: Path
    length_bytes: int
    sound: SoundFile
    measured: Measurement
    tags: FileTags
    header: Mp3Header | None = None
    tag_fault: str = ""
    is_built: bool = False
    has_unread_track: bool = False

    @property
    def title(self) -> str:
        """What its tag calls it, else the name of the file."""
        return self.tags.field("title") or self.path.name


def report_on(path: Path, *, progress: Progress | None = None) -> SoundReport:
    """What the file at ``path`` is; it is decoded once, in blocks, and ``progress`` counts the seconds.

    Raises: AudioError if it is not there, is no sound, or is cut or damaged.
    """
    sound = look_at(path)
    tags, tag_fault = _tags(path)
    track = _track(path) if sound.container in _MP4_FAMILY and not tags.chapters else ()
    told = progress or Silence()
    told.begin(_STAGE, round(sound.duration_s))
    return SoundReport(
        path=path,
        length_bytes=path.stat().st_size,
        sound=sound,
        measured=measure(_told(sound_blocks(path), sound.sample_rate, progress=told), sound.sample_rate),
        tags=tags if track is None else replace(tags, chapters=tags.chapters or track),
        header=read_mp3_header(path) if sound.codec == "MP3" else None,
        tag_fault=tag_fault,
        is_built=_is_built(path),
        has_unread_track=track is None,
    )


def _track(path: Path) -> tuple[FileChapter, ...] | None:
    """The chapters of an M4A that lie in a track of texts; None where nobody can look."""
    found = track_chapters(path)
    return None if found is None else tuple(map(_file_chapter, found))


def _file_chapter(chapter: TrackChapter) -> FileChapter:
    return FileChapter(start_ms=round(chapter.start_s * 1000), end_ms=round(chapter.end_s * 1000), title=chapter.title)


def _is_built(path: Path) -> bool:
    return any(
        parent.name in _BUILT_FOLDERS and (parent.parent / SHOW_FILE).is_file() for parent in path.resolve().parents
    )


def _tags(path: Path) -> tuple[FileTags, str]:
    """The tags, and what is wrong with them: sound can be looked at without."""
    try:
        return read_tags(path), ""
    except TagError as error:
        return FileTags(), error.what


def _told(blocks: Iterator[Block], sample_rate: int, *, progress: Progress) -> Iterator[Block]:
    """``blocks``, while ``progress`` advances by whole seconds."""
    count = 0
    for block in blocks:
        yield block
        before, count = count // sample_rate, count + len(block)
        progress.advance(count // sample_rate - before)
