"""Floor 4, inside the sounding: a path -> SoundReport, in one pass over the sound."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.audio.measuring import Measurement, measure
from pipeline.audio.reading import Block, SoundFile, look_at, sound_blocks
from pipeline.errors import TagError
from pipeline.progress import Progress, Silence
from pipeline.tagging import FileTags, Mp3Header, read_mp3_header, read_tags

_STAGE = "measure"


class SoundReport(Struct, frozen=True, kw_only=True):
    """All that there is to say of a file; ``header`` is what the first frame of an MP3 says, None without one.

    ``tag_fault`` says what is wrong with the tag where it cannot be read; ``tags`` is empty then.
    """

    path: Path
    length_bytes: int
    sound: SoundFile
    measured: Measurement
    tags: FileTags
    header: Mp3Header | None = None
    tag_fault: str = ""

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
    told = progress or Silence()
    told.begin(_STAGE, round(sound.duration_s))
    return SoundReport(
        path=path,
        length_bytes=path.stat().st_size,
        sound=sound,
        measured=measure(_told(sound_blocks(path), sound.sample_rate, progress=told), sound.sample_rate),
        tags=tags,
        header=read_mp3_header(path) if sound.codec == "MP3" else None,
        tag_fault=tag_fault,
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
