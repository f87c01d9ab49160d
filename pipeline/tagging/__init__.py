"""Floor 3: what a sound file says of itself, chapters included. mutagen lives here and nowhere else.

`episode_tag.py` is what there is to say, `lines.py` takes the timed lines of it from the Transcript. `id3.py` writes
it for MP3, `mp4.py` for M4A, `vorbis.py` for Opus and FLAC. The way back, for anybody's file: `reading.py` finds out
which of `id3_reading.py`, `mp4_reading.py` and `vorbis_reading.py` can make `file_tags.py` of it, and `mp3_header.py`
reads what an encoder left in the first frame of an MP3. `faults.py` turns what mutagen raises into errors with a cure.
"""

from pipeline.tagging.episode_tag import EpisodeTag, TimedLine, require_light_pictures
from pipeline.tagging.file_tags import FileChapter, FilePicture, FileTags
from pipeline.tagging.id3 import tag_bytes
from pipeline.tagging.lines import exact_lines
from pipeline.tagging.mp3_header import Mp3Header, RateMode, read_mp3_header
from pipeline.tagging.mp4 import tag_mp4
from pipeline.tagging.reading import read_tags
from pipeline.tagging.vorbis import tag_flac, tag_flac_file, tag_ogg

__all__ = [
    "EpisodeTag",
    "FileChapter",
    "FilePicture",
    "FileTags",
    "Mp3Header",
    "RateMode",
    "TimedLine",
    "exact_lines",
    "read_mp3_header",
    "read_tags",
    "require_light_pictures",
    "tag_bytes",
    "tag_flac",
    "tag_flac_file",
    "tag_mp4",
    "tag_ogg",
]
