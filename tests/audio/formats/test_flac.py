"""The archive master: not a bit lost, and never half a file."""

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audio.formats import write_flac
from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError, StoreError
from tests.audio.formats.sounds import RATE, heard_by_ffmpeg, in_blocks, tone


def read(path: Path) -> np.ndarray:
    """The samples as whole numbers of 24 bits."""
    samples, sample_rate = soundfile.read(path, dtype="int32")
    assert sample_rate == RATE
    assert (samples & 0xFF == 0).all()
    return samples >> 8


@given(
    numbers=st.lists(st.integers(-(1 << 23), (1 << 23) - 1), min_size=1, max_size=50),
    size=st.integers(1, 20),
)
def test_every_number_of_24_bits_comes_back(
    numbers: list[int], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("flac") / "sound.flac"
    samples = np.array(numbers, dtype=np.float32) / np.float32(1 << 23)
    write_flac(path, in_blocks(samples, size), sample_rate=RATE)
    assert read(path).tolist() == numbers


def test_another_decoder_hears_the_same(tmp_path: Path) -> None:
    path, samples = tmp_path / "sound.flac", tone(100_003, peak=0.9)
    write_flac(path, in_blocks(samples), sample_rate=RATE)
    assert soundfile.info(path).subtype == "PCM_24"
    assert np.abs(heard_by_ffmpeg(path) - samples).max() <= 2**-24


def test_what_is_above_full_scale_is_clipped_and_does_not_turn_over(tmp_path: Path) -> None:
    path = tmp_path / "sound.flac"
    write_flac(path, [np.array([1.0, 1.5, -1.0, -7.0, 0.5], dtype=np.float32)], sample_rate=RATE)
    assert read(path).tolist() == [(1 << 23) - 1, (1 << 23) - 1, -(1 << 23), -(1 << 23), 1 << 22]


def test_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_flac(tmp_path / name, in_blocks(tone(50_000)), sample_rate=RATE)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_memory_stays_flat(tmp_path: Path) -> None:
    ten_seconds = tone(RATE * 10)
    tracemalloc.start()
    write_flac(tmp_path / "sound.flac", (ten_seconds for _ in range(12)), sample_rate=RATE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * ten_seconds.nbytes
    assert soundfile.info(tmp_path / "sound.flac").frames == 12 * len(ten_seconds)


@pytest.mark.parametrize("fault", [RuntimeError("the cache is gone"), OSError("the share is gone")])
def test_a_fault_in_the_samples_leaves_the_old_file_and_nothing_else(fault: Exception, tmp_path: Path) -> None:
    def broken() -> Iterator[Samples]:
        yield tone(100_000)
        raise fault

    path = tmp_path / "sound.flac"
    path.write_bytes(b"as it was")
    with pytest.raises(type(fault), match="is gone"):
        write_flac(path, broken(), sample_rate=RATE)
    assert path.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [path]


def test_no_sound_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="no sound to encode"):
        write_flac(tmp_path / "sound.flac", [], sample_rate=RATE)
    assert list(tmp_path.iterdir()) == []


def test_a_rate_that_flac_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="FLAC at 0 Hz cannot be written"):
        write_flac(tmp_path / "sound.flac", [tone(100)], sample_rate=0)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"a file")
    with pytest.raises(StoreError, match="make the folder writable"):
        write_flac(tmp_path / "archive" / "sound.flac", [tone(100)], sample_rate=RATE)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from pipeline.audio.formats import write_flac
from pipeline.errors import AudioError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
noise = np.random.default_rng(7).uniform(-0.5, 0.5, 200_000).astype(np.float32)
try:
    write_flac(Path(sys.argv[1]), [noise], sample_rate=44100)
except AudioError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The system's limit on the size of a file stands for the disk: writing fails in the same place."""
    path = tmp_path / "sound.flac"
    path.write_bytes(b"as it was")
    command = [sys.executable, "-c", FULL_DISK, path]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "free the disk" in said
    assert path.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [path]
