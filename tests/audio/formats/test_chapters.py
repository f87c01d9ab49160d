"""Chapters of an M4A file as ffprobe and mutagen read them."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from mutagen.mp4 import MP4

from pipeline.audio.formats import encode_m4a, with_chapters
from pipeline.errors import AudioError, TagError
from tests.audio.formats.sounds import RATE, heard_by_ffmpeg, heard_by_pyav, tone

COUNT = RATE * 4 + 321
DURATION_MS = 4007
CHAPTERS = [(0, "The ice"), (1001, "Ostrava — “after the thaw”"), (2503, "東京から"), (3999, "Schluß 🎧")]


@pytest.fixture(scope="module")
def m4a() -> bytes:
    return encode_m4a([tone(COUNT)], sample_rate=RATE, bitrate_kbps=64, sample_count=COUNT)


def read_by_ffprobe(path: Path) -> list[tuple[float, float, str]]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", path]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return [
        (float(one["start_time"]) * 1000, float(one["end_time"]) * 1000, one.get("tags", {}).get("title", ""))
        for one in found
    ]


def read_by_mutagen(sound: bytes) -> list[tuple[float, str]]:
    return [(chapter.start * 1000, chapter.title) for chapter in MP4(BytesIO(sound)).chapters or ()]


@pytest.mark.parametrize("chapters", [CHAPTERS, CHAPTERS[:1]])
def test_both_kinds_are_read_to_the_millisecond(m4a: bytes, chapters: list[tuple[int, str]], tmp_path: Path) -> None:
    path = tmp_path / "sound.m4a"
    path.write_bytes(with_chapters(m4a, chapters, duration_ms=DURATION_MS))
    found = read_by_ffprobe(path)
    assert [title for _, _, title in found] == [title for _, title in chapters]
    assert [start for start, _, _ in found] == pytest.approx([start for start, _ in chapters], abs=1)
    ends = [start for start, _ in chapters[1:]] + [DURATION_MS]
    assert [end for _, end, _ in found] == pytest.approx(ends, abs=1)
    listed = read_by_mutagen(path.read_bytes())
    assert [title for _, title in listed] == [title for _, title in chapters]
    assert [start for start, _ in listed] == pytest.approx([start for start, _ in chapters], abs=1)


def test_quicktime_finds_its_own_track(m4a: bytes) -> None:
    sound = with_chapters(m4a, CHAPTERS, duration_ms=DURATION_MS)
    assert b"tref" in sound
    assert b"chap" in sound
    assert b"chpl" in sound


def test_not_a_sample_is_touched(m4a: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sound.m4a"
    path.write_bytes(with_chapters(m4a, CHAPTERS, duration_ms=DURATION_MS))
    assert (heard_by_pyav(path.read_bytes()) == heard_by_pyav(m4a)).all()
    assert len(heard_by_ffmpeg(path)) == COUNT
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")


def test_the_bytes_depend_on_the_chapters_alone(m4a: bytes) -> None:
    first = with_chapters(m4a, CHAPTERS, duration_ms=DURATION_MS)
    other = with_chapters(m4a, CHAPTERS[:2], duration_ms=DURATION_MS)
    assert first != other
    assert with_chapters(other, CHAPTERS, duration_ms=DURATION_MS) == first
    bare = with_chapters(m4a, [], duration_ms=DURATION_MS)
    assert with_chapters(first, [], duration_ms=DURATION_MS) == bare
    assert with_chapters(bare, CHAPTERS, duration_ms=DURATION_MS) == first
    assert read_by_mutagen(bare) == []


def test_tags_of_mutagen_go_on_afterwards(m4a: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sound.m4a"
    path.write_bytes(with_chapters(m4a, CHAPTERS, duration_ms=DURATION_MS))
    file = MP4(path)
    file["\xa9nam"] = ["The ice at Salka"]
    file["\xa9lyr"] = ["word " * 4000]
    file.save()
    assert len(read_by_ffprobe(path)) == len(CHAPTERS)
    assert (heard_by_pyav(path.read_bytes()) == heard_by_pyav(m4a)).all()


def test_as_many_as_fit_are_listed_and_one_more_is_refused(m4a: bytes) -> None:
    most = [(number * 15, f"Part {number}") for number in range(255)]
    assert len(read_by_mutagen(with_chapters(m4a, most, duration_ms=DURATION_MS))) == 255
    with pytest.raises(TagError, match=r"256 chapters .* keep 255"):
        with_chapters(m4a, [*most, (3900, "one more")], duration_ms=DURATION_MS)


def test_a_title_too_long_for_the_list_is_cut_between_characters(m4a: bytes) -> None:
    sound = with_chapters(m4a, [(0, "ü" * 200), (500, "short")], duration_ms=DURATION_MS)
    assert [title for _, title in read_by_mutagen(sound)] == ["ü" * 126 + "…", "short"]


@pytest.mark.parametrize("starts", [[0, 0], [0, 9, 5], [-1], [700, 2000], [0, DURATION_MS], [0, 5000]])
def test_starts_out_of_order_are_refused(m4a: bytes, starts: list[int]) -> None:
    with pytest.raises(TagError, match="put the chapters in order"):
        with_chapters(m4a, [(start, "Part") for start in starts], duration_ms=DURATION_MS)


def test_what_is_no_m4a_is_refused() -> None:
    with pytest.raises(AudioError, match="M4A cannot be made"):
        with_chapters(b"ID3\x03" + bytes(5000), CHAPTERS, duration_ms=DURATION_MS)
