"""The two pieces of our own: long enough, soft enough, smooth, and the same every time."""

from collections.abc import Callable

import numpy as np
import pyloudnorm
import pytest

from pipeline.audio.music.house import house_intro, house_outro

RATE = 44100

PIECES = pytest.mark.parametrize(("piece", "length_s"), [(house_intro, 4.2), (house_outro, 5.2)])


@PIECES
def test_length_level_and_peaks(piece: Callable[[], np.ndarray], length_s: float) -> None:
    sound = piece()
    assert sound.dtype == np.float32
    assert len(sound) == round(length_s * RATE)
    assert 0.45 < np.abs(sound).max() <= 0.5
    assert -26 < pyloudnorm.Meter(RATE).integrated_loudness(sound.astype(np.float64)) < -16
    assert abs(sound.mean()) < 1e-4


@PIECES
def test_it_begins_and_ends_softly(piece: Callable[[], np.ndarray], length_s: float) -> None:
    sound = np.abs(piece())
    assert sound[0] == 0
    assert sound[:44].max() < 0.01
    assert sound[-441:].max() < 1e-4
    assert np.abs(np.diff(piece())).max() < 0.05


@PIECES
def test_it_is_mellow(piece: Callable[[], np.ndarray], length_s: float) -> None:
    """Next to nothing above 3 kHz, so that no small loudspeaker makes it shrill."""
    power = np.abs(np.fft.rfft(piece())) ** 2
    above = np.fft.rfftfreq(len(piece()), 1 / RATE) > 3000
    assert power[above].sum() < 1e-4 * power.sum()


def test_the_opening_rises_and_the_close_comes_down() -> None:
    def pitch(sound: np.ndarray) -> float:
        """The centre of what sounds between 400 and 700 Hz."""
        power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
        hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
        band = (hertz > 400) & (hertz < 700)
        return float((hertz * power)[band].sum() / power[band].sum())

    intro, outro = house_intro(), house_outro()
    assert pitch(intro[round(0.45 * RATE) :][: RATE // 3]) + 50 < pitch(intro[round(1.3 * RATE) :][: RATE // 3])
    assert pitch(outro[: RATE // 3]) > pitch(outro[round(0.9 * RATE) :][: RATE // 3]) + 50


def test_the_same_every_time() -> None:
    assert house_intro().tobytes() == house_intro().tobytes()
