"""Floor 3, inside audio: chapters of an M4A file, without encoding again.

Both kinds are written: Nero's list (`chpl`), which most podcast apps read, and QuickTime's text track, for Apple's.
"""

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

from pipeline.audio.formats.library import faults_named, pyav
from pipeline.audio.formats.m4a import open_m4a
from pipeline.errors import TagError

_MOST_CHAPTERS = 255  # Nero's list counts them in one byte
_TITLE_BYTES = 255  # and the length of a title too


def with_chapters(m4a: bytes, chapters: Sequence[tuple[int, str]], *, duration_ms: int) -> bytes:
    """``m4a`` with these chapters in place of any it had: their starts in whole milliseconds, and their titles.

    Each ends where the next begins, the last at ``duration_ms``. The encoded sound stays as it is; tags are not kept,
    so they go on afterwards. A title that is too long for the list is cut.

    Raises:
        TagError: more than 255 chapters, or starts that are not in order within the sound, the first at 0.
        AudioError: ``m4a`` is no such file.
    """
    _require_order([start_ms for start_ms, _ in chapters], duration_ms)
    target = BytesIO()
    with (
        faults_named("M4A"),
        pyav().open(BytesIO(m4a), format="mp4") as source,
        open_m4a(target, source.streams.audio[0].sample_rate) as container,
    ):
        container.set_chapters(_entries(chapters, duration_ms))
        _copy_sound(source, container)
    return target.getvalue()


def _require_order(starts_ms: Sequence[int], duration_ms: int) -> None:
    if len(starts_ms) > _MOST_CHAPTERS:
        raise TagError(f"{len(starts_ms)} chapters are more than an M4A can list", cure=f"keep {_MOST_CHAPTERS}")
    ends_ms = [*starts_ms[1:], duration_ms]
    for number, (start_ms, end_ms) in enumerate(zip(starts_ms, ends_ms, strict=False), start=1):
        # FFmpeg's text track begins at 0, whatever the first start; its chapter would differ from that of the list.
        if not start_ms < end_ms or (number == 1 and start_ms != 0):
            raise TagError(
                f"chapter {number} would last from {start_ms} to {end_ms} ms",
                cure=f"put the chapters in order within {duration_ms} ms, the first at 0",
            )


def _entries(chapters: Sequence[tuple[int, str]], duration_ms: int) -> list[dict[str, Any]]:
    """The chapters as PyAV takes them."""
    ends_ms = [*(start_ms for start_ms, _ in chapters[1:]), duration_ms]
    return [
        {
            "id": number,
            "start": start_ms,
            "end": end_ms,
            "time_base": Fraction(1, 1000),
            "metadata": {"title": _fitting(title)},
        }
        for number, ((start_ms, title), end_ms) in enumerate(zip(chapters, ends_ms, strict=False))
    ]


def _fitting(title: str) -> str:
    """``title``, or as much of it as the list takes: FFmpeg would cut within a character."""
    encoded = title.encode()
    if len(encoded) <= _TITLE_BYTES:
        return title
    return encoded[: _TITLE_BYTES - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _copy_sound(source: Any, container: Any) -> None:
    sound = source.streams.audio[0]
    copy = container.add_stream_from_template(sound)
    for packet in source.demux(sound):
        if packet.dts is None:  # the end of the source
            continue
        packet.stream = copy
        container.mux(packet)
