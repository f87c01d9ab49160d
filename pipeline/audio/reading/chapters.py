"""Floor 3, inside audio: the chapters that lie in a file beside its sound, as FFmpeg's libraries find them.

An M4A may have its chapters as a list, which every tag editor reads, or as a track of texts, as QuickTime has them.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.audio.reading.pyav import any_metadata
from pipeline.audio.reading.values import is_no_sound


class TrackChapter(Struct, frozen=True, kw_only=True):
    """A chapter: from where to where it goes, in seconds, and its title, "" where it has none."""

    start_s: float
    end_s: float
    title: str


def track_chapters(path: Path) -> tuple[TrackChapter, ...] | None:
    """The chapters of ``path`` in the order of time; None where PyAV is not installed, so that nobody can look.

    Raises: AudioError if FFmpeg does not take the file.
    """
    if find_spec("av") is None:
        return None
    # An extra, and slow to load.
    import av  # noqa: PLC0415

    try:
        with av.open(str(path), **any_metadata()) as container:
            found = container.chapters()
    except (av.FFmpegError, UnicodeDecodeError) as error:
        raise is_no_sound(path) from error
    return tuple(sorted((_chapter(one) for one in found), key=lambda chapter: chapter.start_s))


def _chapter(found: Any) -> TrackChapter:
    unit = float(found["time_base"] or 0)
    return TrackChapter(
        start_s=found["start"] * unit, end_s=found["end"] * unit, title=found["metadata"].get("title", "")
    )
