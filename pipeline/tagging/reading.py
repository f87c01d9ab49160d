"""Floor 3, inside tagging: what anybody's file says of itself, whichever the format."""

from pathlib import Path

from pipeline.tagging.faults import told_of
from pipeline.tagging.file_tags import FileTags
from pipeline.tagging.id3_reading import read_id3
from pipeline.tagging.mp4_reading import read_mp4
from pipeline.tagging.vorbis_reading import read_flac, read_ogg


def read_tags(path: Path) -> FileTags:
    """What the MP3, M4A, Ogg or FLAC file ``path`` says of itself; empty where it has no tag, or is none of these.

    The format is that of its bytes, whatever its name. Parts that a reader would skip are left out.

    Raises: TagError where the file cannot be read or its tag is damaged.
    """
    with told_of(path):
        with path.open("rb") as file:
            head = file.read(8)
        if head[4:] == b"ftyp":
            return read_mp4(path)
        if head.startswith(b"fLaC"):
            return read_flac(path)
        if head.startswith(b"OggS"):
            return read_ogg(path)
        return read_id3(path)
