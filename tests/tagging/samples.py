"""An episode's tag, and short sounds without any, made by FFmpeg's libraries."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from msgspec.structs import replace

from pipeline.model import ChapterOrigin, EpisodeChapter
from pipeline.tagging import EpisodeTag, TimedLine

SECONDS = 12


def chapter(start_ms: int, title: str) -> EpisodeChapter:
    return EpisodeChapter(start_ms=start_ms, title=title, origin=ChapterOrigin.HEADING)


CHAPTERS = (
    chapter(0, "Opening"),
    chapter(4_321, "A title of more than fifty-one characters, as some headings are — Łódź"),
    chapter(7_000, "End"),
    chapter(9_999, "A somewhat longer one again"),
)

TAG = EpisodeTag(
    title="Why the straits are quiet — “for now”",
    artist="Ines Calder",
    album="The Harbour Review",
    published=datetime(2026, 3, 2, 6, 5, tzinfo=UTC),
    language="en-GB",
    comment="Insurers moved first.",
    publisher="The Harbour Review",
    show_url="https://harbour-review.example/",
    article_url="https://harbour-review.example/straits",
    copyright="The Harbour Review",
    guid="6f1c2f0e-6a55-4f0b-9d7a-1f0d5a3c9b11",
    lyrics="First line.\nSecond line, with 北京.",
    cover=b"\xff\xd8\xff\xe0 not a real picture",
    duration_ms=SECONDS * 1000,
    chapters=CHAPTERS,
)

LINK = "https://treaties.example/straits?part=2&lang=en"
PICTURE = b"\xff\xd8\xff\xe0 not a real picture either" * 40
RICH = replace(
    TAG,
    chapters=(
        replace(CHAPTERS[0], link=LINK, image="episodes/straits/straits-aaaaaaaa.png"),
        replace(CHAPTERS[1], image="https://pictures.example/far.png"),
        replace(CHAPTERS[2], link="https://treaties.example/" + "x" * 1900),
        replace(CHAPTERS[3], title="🚢 " * 60 + "المضيق", image="episodes/straits/straits-aaaaaaaa.png"),
    ),
    pictures={"episodes/straits/straits-aaaaaaaa.png": PICTURE},
)

FULL = replace(
    TAG,
    lines=(
        TimedLine(start_ms=0, text="Why the straits are quiet"),
        TimedLine(start_ms=3_250, text="“Nobody insures a rumour,” Tomas Reyl says."),
        TimedLine(start_ms=11_999, text="北京 disagrees."),
    ),
    description="Insurers moved first; the navies followed.\nA reading by Ines Calder.",
    category="News",
    keywords=("shipping", "insurance"),
    episode=14,
    season=2,
)


def mp3_sound(folder: Path, *, encoder: str = "libmp3lame") -> bytes:
    """A tone as MP3, with the frame of Xing and LAME in front and no tag."""
    return _encoded(folder / "sound.mp3", encoder, options={"id3v2_version": "0", "write_id3v1": "0"})


def m4a_sound(folder: Path, chapters: Sequence[EpisodeChapter] = CHAPTERS) -> bytes:
    """A tone as M4A with both kinds of chapters, its directory in front, and no tag."""
    return _encoded(folder / "sound.m4a", "aac", form="ipod", options={"movflags": "+faststart"}, chapters=chapters)


def opus_sound(folder: Path) -> bytes:
    """A tone as Ogg Opus without comments."""
    return _encoded(folder / "sound.opus", "libopus", form="ogg", sample_rate=48_000)


def flac_sound(folder: Path) -> bytes:
    """A tone as FLAC without comments."""
    return _encoded(folder / "sound.flac", "flac")


def _encoded(
    path: Path,
    codec: str,
    *,
    form: str | None = None,
    sample_rate: int = 44_100,
    options: dict[str, str] | None = None,
    chapters: Sequence[EpisodeChapter] = (),
) -> bytes:
    with av.open(path, "w", format=form, container_options={"fflags": "+bitexact", **(options or {})}) as container:
        stream = container.add_stream(codec, rate=sample_rate, layout="mono")
        assert isinstance(stream, AudioStream)
        if codec != "flac":
            stream.bit_rate = 96_000
        if chapters:
            container.set_chapters(_told_to_ffmpeg(chapters))
        tone = (0.2 * np.sin(np.arange(sample_rate * SECONDS) / 7)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(tone[np.newaxis], format="fltp", layout="mono")
        frame.sample_rate = sample_rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path.read_bytes()


def _told_to_ffmpeg(chapters: Sequence[EpisodeChapter]) -> list[Any]:
    ends = [one.start_ms for one in chapters[1:]] + [SECONDS * 1000]
    return [
        {
            "id": number,
            "start": one.start_ms,
            "end": end,
            "time_base": Fraction(1, 1000),
            "metadata": {"title": one.title},
        }
        for number, (one, end) in enumerate(zip(chapters, ends, strict=True))
    ]


def said_by_ffprobe(path: Path) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """The tags that FFmpeg's prober shows, of the file and of its streams, and chapters as milliseconds and title."""
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not on this machine")
    shown = subprocess.run(
        ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path],
        capture_output=True,
        check=True,
    )
    told = json.loads(shown.stdout)
    tags = {
        name.lower(): value
        for part in (*told["streams"], told["format"])
        for name, value in part.get("tags", {}).items()
    }
    chapters = [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in told["chapters"]]
    return tags, chapters


def decoded_by_ffmpeg(data: bytes) -> bytes:
    """The samples that FFmpeg's libraries make of a file."""

    with av.open(BytesIO(data)) as container:
        return b"".join(frame.to_ndarray().tobytes() for frame in container.decode(audio=0))
