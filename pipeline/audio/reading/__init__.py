"""Floor 3, inside audio: anybody's sound file -> what it is, and its samples in blocks. Memory stays flat.

files.py decides who reads: libsndfile.py with mp3.py at its side, which are always there; pyav.py with the extra
`formats`; slices.py with pydub and the ffmpeg program. chapters.py asks PyAV for chapters that no tag has. Nobody
decodes more than is asked for.
"""

from pipeline.audio.reading.chapters import TrackChapter, track_chapters
from pipeline.audio.reading.files import look_at, sound_blocks
from pipeline.audio.reading.values import Block, SoundFile

__all__ = ["Block", "SoundFile", "TrackChapter", "look_at", "sound_blocks", "track_chapters"]
