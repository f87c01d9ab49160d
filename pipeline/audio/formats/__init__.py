"""Floor 3, inside audio: the forms beside the MP3, each from a stream of samples. kinds.py is the table of them.

m4a.py, chapters.py and opus.py drive FFmpeg's libraries (library.py) through coding.py; flac.py needs libsndfile alone.
sound.py looks at what comes in. Nothing of it runs unless show.toml asks for a form.
"""

from pipeline.audio.formats.chapters import with_chapters
from pipeline.audio.formats.flac import write_flac
from pipeline.audio.formats.kinds import FORMATS, Format, format_version
from pipeline.audio.formats.m4a import encode_m4a
from pipeline.audio.formats.opus import encode_opus

__all__ = ["FORMATS", "Format", "encode_m4a", "encode_opus", "format_version", "with_chapters", "write_flac"]
