"""What encoders say in the first frame, as LAME, FFmpeg and mutagen know it, and what garbage there does: nothing."""

import shutil
import subprocess
import wave
from io import BytesIO
from pathlib import Path

import hypothesis
import hypothesis.strategies as st
import pytest
from mutagen.mp3 import MP3

from pipeline.errors import TagError
from pipeline.tagging import Mp3Header, RateMode, read_mp3_header, tag_bytes
from pipeline.tagging.mp3_header import header_in
from tests.tagging.samples import FULL, SECONDS, decoded_by_ffmpeg


def lame(folder: Path, *options: str, sample_rate: int = 44_100, channels: int = 1) -> Path:
    """One second of rising silence, encoded by the program."""
    if shutil.which("lame") is None:
        pytest.skip("lame is not on this machine")
    with wave.open(str(folder / "sound.wav"), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(sample_rate)
        sound.writeframes(b"".join((n % 9000).to_bytes(2, "little") * channels for n in range(sample_rate)))
    path = folder / "sound.mp3"
    subprocess.run(["lame", "--quiet", *options, folder / "sound.wav", path], check=True)
    return path


@pytest.mark.parametrize(
    ("options", "mode"),
    [
        (["-b", "96"], RateMode.CONSTANT),
        (["--abr", "96"], RateMode.AVERAGE),
        (["-V", "5"], RateMode.VARIABLE),
        (["-V", "5", "--vbr-old"], RateMode.VARIABLE),
    ],
)
@pytest.mark.parametrize(("sample_rate", "channels"), [(44_100, 1), (48_000, 2), (22_050, 1), (16_000, 2), (8_000, 1)])
def test_lame_is_understood(
    tmp_path: Path, options: list[str], mode: RateMode, sample_rate: int, channels: int
) -> None:
    path = lame(tmp_path, *options, "--resample", str(sample_rate / 1000), sample_rate=sample_rate, channels=channels)
    header = read_mp3_header(path)
    assert header is not None
    assert (header.sample_rate, header.rate_mode) == (sample_rate, mode)
    assert header.sample_count == sample_rate, "one second, to the sample"
    assert header.length_bytes == path.stat().st_size
    assert header.encoder.startswith("LAME3.")
    assert header.sample_count == round(MP3(path).info.length * sample_rate)


def test_ffmpeg_is_understood_and_heeds_what_is_read(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sound.mp3"
    path.write_bytes(sound)
    header = read_mp3_header(path)
    assert header is not None
    assert header.encoder.startswith("Lav")
    assert header.rate_mode is RateMode.CONSTANT
    assert header.length_bytes == len(sound)
    assert header.sample_count == 44_100 * SECONDS
    assert len(decoded_by_ffmpeg(sound)) == header.sample_count * 4


def test_tags_in_front_do_not_hide_it(sound: bytes) -> None:
    alone = header_in(BytesIO(sound))
    assert alone is not None
    tag = tag_bytes(FULL)
    assert header_in(BytesIO(tag + sound)) == alone
    assert header_in(BytesIO(tag + tag + b"\0" * 700 + sound)) == alone


def test_sound_without_a_header_says_nothing(sound: bytes) -> None:
    first = sound.index(b"\xff\xfb", 4)
    assert header_in(BytesIO(sound[first:])) is None


def test_a_header_without_its_numbers_says_what_it_has(sound: bytes) -> None:
    place = sound.index(b"Info")
    short = sound[:place] + b"Xing" + bytes(4) + sound[place + 8 :]
    header = header_in(BytesIO(short))
    assert header is not None
    assert (header.frames, header.length_bytes, header.sample_count) == (None, None, None)


def test_old_encoders_write_a_name_and_no_more() -> None:
    frame = b"\xff\xfb\x90\xc4" + bytes(17) + b"Xing" + (1).to_bytes(4, "big") + (38).to_bytes(4, "big")
    frame += b"LAME3.88 (beta)" + b"U" * 400
    assert header_in(BytesIO(frame)) == Mp3Header(
        sample_rate=44_100, samples_a_frame=1152, rate_mode=RateMode.VARIABLE, frames=38, encoder="LAME3.88"
    )


def test_a_header_cut_off_is_read_as_far_as_it_goes(sound: bytes) -> None:
    place = sound.index(b"Info")
    assert header_in(BytesIO(sound[: place + 7])) is None
    header = header_in(BytesIO(sound[: place + 12]))
    assert header is not None
    assert header.frames is not None
    assert (header.length_bytes, header.encoder, header.padding) == (None, "", None)


def test_a_file_that_is_not_there_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(TagError, match=r"no\.mp3: the file cannot be read .*; name a sound file"):
        read_mp3_header(tmp_path / "no.mp3")


@hypothesis.given(st.binary(max_size=600))
def test_garbage_is_no_mp3(data: bytes) -> None:
    header = header_in(BytesIO(data))
    assert header is None or b"Xing" in data or b"Info" in data


@hypothesis.given(before=st.binary(max_size=50), after=st.binary(max_size=300))
def test_garbage_in_a_header_gives_numbers_that_make_sense(before: bytes, after: bytes) -> None:
    data = before + b"\xff\xfb\x90\xc4" + bytes(17) + b"Info" + after
    header = header_in(BytesIO(data))
    if header is not None:
        assert header.sample_count is None or header.sample_count >= 0
        assert header.encoder.isprintable()


@hypothesis.given(st.binary(max_size=40))
def test_garbage_behind_a_tag_is_no_error(head: bytes) -> None:
    header_in(BytesIO(b"ID3" + head))
