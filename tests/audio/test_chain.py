"""The gentle chain does what it says, measured, and little else."""

import numpy as np
import pytest
import soxr

from pipeline.audio.chain import gentle
from pipeline.engines.espeak import EspeakEngine
from pipeline.model import VoiceSettings

RATE = 44100


@pytest.fixture(scope="module")
def voice() -> np.ndarray:
    """A sentence of the draft voice at the project's rate, at an everyday level."""
    session = EspeakEngine().open(VoiceSettings())
    try:
        pcm = session.speak("Amaro signed the agreement after midnight, and nobody in the room would say why.").pcm
    finally:
        session.close()
    own = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
    return soxr.resample(own, 22050, RATE)


def tone(frequency: float, *, seconds: float = 2.0, level_db: float = -40.0) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def band_db(samples: np.ndarray, low: float, high: float) -> float:
    """The level of what lies between two frequencies."""
    spectrum = np.fft.rfft(samples * np.hanning(len(samples)))
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE)
    return level_db(np.abs(spectrum[(frequency >= low) & (frequency < high)]))


@pytest.mark.parametrize("frequency", [10, 20, 30])
def test_rumble_goes(frequency: float) -> None:
    rumble = tone(frequency)
    assert level_db(gentle(rumble, RATE)) < level_db(rumble) - 40


@pytest.mark.parametrize("frequency", [120, 300, 1000, 3000, 15000])
def test_soft_sound_of_a_voice_s_range_stays_as_it_is(frequency: float) -> None:
    sound = tone(frequency)
    assert np.abs(gentle(sound, RATE) - sound)[1000:-1000].max() < 0.015 * np.abs(sound).max()


def test_an_offset_goes_and_leaves_no_click_at_the_ends() -> None:
    sound = tone(300) + np.float32(0.1)
    assert np.abs(gentle(sound, RATE) - tone(300)).max() < 1e-3


def test_sharp_sounds_are_turned_down_and_the_voice_under_them_stays() -> None:
    rng = np.random.default_rng(5)
    speech = sum((tone(frequency, seconds=4, level_db=-42) for frequency in (220, 440, 900, 1800, 2700)), start=0)
    hiss = np.fft.rfft(rng.standard_normal(4 * RATE))
    frequency = np.fft.rfftfreq(4 * RATE, 1 / RATE)
    hiss[(frequency < 6000) | (frequency > 8000)] = 0
    bursts = (np.sin(2 * np.pi * 2 * np.arange(4 * RATE) / RATE) > 0.6) * np.fft.irfft(hiss, 4 * RATE) * 0.06
    sound = (speech + bursts).astype(np.float32)
    result = gentle(sound, RATE)
    assert -10 < band_db(result, 6000, 8000) - band_db(sound, 6000, 8000) < -4
    assert band_db(result, 200, 3000) == pytest.approx(band_db(sound, 200, 3000), abs=0.2)


def test_a_sharp_band_that_does_not_stand_out_is_left_alone() -> None:
    sound = tone(500, level_db=-35) + tone(7000, level_db=-55)
    result = gentle(sound, RATE)
    assert band_db(result, 6000, 8000) == pytest.approx(band_db(sound, 6000, 8000), abs=0.1)


def test_swings_between_loud_and_soft_become_half_as_wide() -> None:
    loud, soft = tone(400, level_db=-6), tone(400, level_db=-18)  # -9 and -21 dB as a mean square
    result = gentle(np.concatenate((loud, soft)), RATE)
    inside = slice(RATE // 2, 3 * RATE // 2)
    swing = level_db(result[: len(loud)][inside]) - level_db(result[len(loud) :][inside])
    assert 5.5 < swing < 7.5
    assert level_db(result[len(loud) :]) < level_db(soft)  # nothing is made up for


def test_gain_moves_slowly() -> None:
    swell_db = np.interp(np.arange(6 * RATE) / RATE, (2.0, 2.05, 4.0, 4.05), (-40, -3, -3, -40))
    wave = tone(400, seconds=6, level_db=0)
    sound = (wave * 10 ** (swell_db / 20)).astype(np.float32)
    crests = np.flatnonzero(np.abs(wave) > 0.9)
    crests = crests[(crests > RATE // 10) & (crests < len(wave) - RATE // 10)]  # a cut wave is drawn to 0 at its end
    gain_db = 20 * np.log10(gentle(sound, RATE)[crests] / sound[crests])
    assert gain_db.min() < -7
    assert gain_db[[0, -1]] == pytest.approx(0, abs=0.01)
    assert (np.abs(np.diff(gain_db)) / np.diff(crests)).max() * RATE / 1000 < 0.1  # dB a millisecond


def test_nothing_is_shifted() -> None:
    sound = np.zeros(RATE, dtype=np.float32)
    sound[RATE // 2 - 200 : RATE // 2 + 201] = 0.05 * np.hanning(401) * np.cos(np.arange(-200, 201) / 3)
    result = gentle(sound, RATE)
    assert np.argmax(np.abs(result)) == RATE // 2
    around = result[RATE // 2 - 2000 : RATE // 2 + 2001]
    assert np.abs(around - around[::-1]).max() < 1e-4


def test_a_clean_voice_keeps_its_sound(voice: np.ndarray) -> None:
    result = gentle(voice, RATE)
    change = level_db(result) - level_db(voice)
    assert -6 < change <= 0
    for low, high in ((150, 500), (500, 2000), (2000, 4500), (4500, 10000)):
        assert band_db(result, low, high) - band_db(voice, low, high) == pytest.approx(change, abs=1.0)


def test_silence_stays_silence(voice: np.ndarray) -> None:
    assert not gentle(np.zeros(RATE, dtype=np.float32), RATE).any()
    spoken = np.concatenate((voice, np.zeros(2 * RATE, dtype=np.float32)))
    assert np.abs(gentle(spoken, RATE)[-RATE:]).max() < 1e-6


@pytest.mark.parametrize("sample_rate", [8000, 22050, 24000, 48000])
@pytest.mark.parametrize("length", [0, 1, 2, 100, 4801])
def test_any_length_at_any_rate_goes_through(length: int, sample_rate: int) -> None:
    sound = np.sin(np.arange(length, dtype=np.float32) / 5)
    result = gentle(sound, sample_rate)
    assert len(result) == length
    assert result.dtype == np.float32
    assert np.abs(result).max(initial=0.0) <= 1.05


def test_the_same_clip_gives_the_same_bytes_and_stays_as_it_was(voice: np.ndarray) -> None:
    before = voice.copy()
    assert gentle(voice, RATE).tobytes() == gentle(voice, RATE).tobytes()
    assert np.array_equal(voice, before)
