"""The meter against the standard's own test signals and against other implementations."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyloudnorm
import pytest
import soxr
from scipy.signal import lfilter

from pipeline.audio.loudness import (
    BLOCK,
    PEAK_SPAN,
    SILENCE_LUFS,
    Meter,
    block_energies,
    decibels,
    span_peaks,
    true_peak,
)
from pipeline.engines.espeak import EspeakEngine
from pipeline.model import Loudness, VoiceSettings

RATES = (16000, 22050, 24000, 44100, 48000)


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """Three sentences of the draft voice, 22.05 kHz."""
    session = EspeakEngine().open(VoiceSettings())
    try:
        sentences = (
            "The harbour at Ostrava does not exist, and yet six ministers have signed for its defences.",
            "Success, says Salka, is a question of persistence; sixty-six systems switched at once.",
            "Who pays?",
        )
        pcm = [np.frombuffer(session.speak(sentence).pcm, dtype="<i2") for sentence in sentences]
    finally:
        session.close()
    return (np.concatenate(pcm) / 32768).astype(np.float32)


def tone(seconds: float, *, sample_rate: int, level_db: float, frequency: float = 1000.0) -> np.ndarray:
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def read(samples: np.ndarray, sample_rate: int) -> Loudness:
    meter = Meter(len(samples), sample_rate)
    meter.add(block_energies(samples, sample_rate), start=0, peak=true_peak(samples))
    return meter.read()


def weighted_by_the_table(samples: np.ndarray) -> np.ndarray:
    """Through the K filter with the coefficients printed in BS.1770-4 for 48 kHz."""
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585])
    high_pass = ([1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621])
    return lfilter(*high_pass, lfilter(*shelf, samples.astype(np.float64)))


def ideal_peak(samples: np.ndarray) -> float:
    """The highest level of the wave through ``samples`` repeated for ever, at eight times the rate."""
    spectrum = np.fft.rfft(samples.astype(np.float64))
    dense = np.zeros(4 * len(samples) + 1, dtype=np.complex128)
    dense[: len(spectrum)] = spectrum
    return float(np.abs(np.fft.irfft(dense, 8 * len(samples))).max() * 8)


@pytest.mark.parametrize("sample_rate", RATES)
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # EBU Tech 3341, cases 1 to 5; those are stereo, and one channel of the same tone reads 3.01 LU less.
        ([(20, -23)], -23.0),
        ([(20, -33)], -33.0),
        ([(10, -36), (60, -23), (10, -36)], -23.0),
        ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
        ([(20, -26), (20.1, -20), (20, -26)], -23.0),
    ],
)
def test_ebu_tech_3341(parts: list[tuple[float, float]], expected: float, sample_rate: int) -> None:
    samples = np.concatenate([tone(s, sample_rate=sample_rate, level_db=level) for s, level in parts])
    assert read(samples, sample_rate).integrated_lufs == pytest.approx(expected - 3.01, abs=0.1)


def test_energies_are_those_of_the_standard_s_own_coefficients() -> None:
    rng = np.random.default_rng(1)
    samples = (rng.standard_normal(48000 * 7) * rng.uniform(0.01, 0.3, 7).repeat(48000)).astype(np.float32)
    samples += np.float32(0.2)  # an offset, which the filter must take away to the last bit that counts
    total = np.concatenate(([0.0], np.cumsum(weighted_by_the_table(samples) ** 2)))
    borders = np.arange(0, 7 * 44100, BLOCK) * 48000 / 44100
    expected = np.diff(np.interp(borders, np.arange(len(total)), total)) * 44100 / 48000
    energies = block_energies(samples, 48000)[: len(expected)]
    # Between the borders of its rows our own sum is a straight line as well.
    assert np.cumsum(energies) == pytest.approx(np.cumsum(expected), rel=0.01)
    assert 10 * np.log10(energies.sum() / expected.sum()) == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize("sample_rate", RATES)
def test_a_click_has_its_energy_wherever_it_lies_even_at_the_very_end(sample_rate: int) -> None:
    def energy(place: int) -> float:
        samples = np.zeros(sample_rate, dtype=np.float32)
        samples[place] = 1
        return float(block_energies(samples, sample_rate).sum())

    assert energy(sample_rate - 1) == pytest.approx(energy(100), rel=1e-5)
    assert energy(sample_rate // 2) == pytest.approx(energy(100), rel=1e-5)


def test_blocks_at_the_project_s_rate_begin_every_576_samples() -> None:
    samples = np.zeros(BLOCK * 10, dtype=np.float32)
    samples[BLOCK * 4] = 1  # nothing can be heard of it before
    energies = block_energies(samples, 44100)
    assert len(energies) == -(-(BLOCK * 10 + 6615) // BLOCK)
    assert not energies[:4].any()
    assert energies[4] > 100 * energies[5]


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 65536, 65537])
def test_any_length_is_measured(length: int) -> None:
    samples = np.full(length, 0.5, dtype=np.float32)
    energies = block_energies(samples, 44100)
    assert energies.dtype == np.float32
    assert (energies.sum() > 0) == (length > 0)
    assert len(span_peaks(samples, above=0.0)) == -(-length // PEAK_SPAN)


def test_clips_measured_at_their_own_rate_read_as_they_do_at_the_project_s(speech: np.ndarray) -> None:
    resampled = soxr.resample(speech, 22050, 44100)
    at_home, resampled_to = (Meter(len(resampled), 44100) for _ in range(2))
    at_home.add(block_energies(speech, 22050), start=0, peak=true_peak(speech))
    resampled_to.add(block_energies(resampled, 44100), start=0, peak=true_peak(resampled))
    expected = resampled_to.read()
    assert at_home.read().integrated_lufs == pytest.approx(expected.integrated_lufs, abs=0.01)
    assert at_home.read().range_lu == pytest.approx(expected.range_lu, abs=0.05)
    assert at_home.read().true_peak_dbtp == pytest.approx(expected.true_peak_dbtp, abs=0.1)


def test_pieces_measured_one_by_one_add_up_to_the_whole(speech: np.ndarray) -> None:
    """Against one meter over the whole, and against pyloudnorm on it."""
    rng = np.random.default_rng(7)
    sentence = soxr.resample(speech, 22050, 44100)
    pieces = [sentence * np.float32(gain) for gain in rng.uniform(0.2, 1.2, 8)]
    distance = -(-(len(sentence) + 5000) // 1152) * 1152
    meter = Meter(distance * len(pieces), 44100)
    for number, piece in enumerate(pieces):
        meter.add(block_energies(piece, 44100), start=number * distance, peak=true_peak(piece))
    whole = np.concatenate([np.pad(piece, (0, distance - len(piece))) for piece in pieces])
    reference = pyloudnorm.Meter(44100, filter_class="DeMan").integrated_loudness(whole.astype(np.float64))
    apart, together = meter.read(), read(whole, 44100)
    assert apart.integrated_lufs == pytest.approx(reference, abs=0.01)
    assert apart.integrated_lufs == pytest.approx(together.integrated_lufs, abs=1e-4)
    assert apart.range_lu == pytest.approx(together.range_lu, abs=1e-3)
    assert apart.true_peak_dbtp == pytest.approx(together.true_peak_dbtp, abs=1e-4)


def test_a_piece_that_rings_beyond_the_timeline_is_cut_there() -> None:
    meter = Meter(44100, 44100)
    samples = tone(1.0, sample_rate=44100, level_db=-20)
    meter.add(block_energies(samples, 44100), start=0, peak=0.0)
    before = meter.read()
    meter.add(block_energies(samples, 44100), start=88200, peak=0.0)
    assert meter.read() == before


def test_ten_hours_are_measured_in_flat_memory() -> None:
    minute = block_energies(tone(60, sample_rate=44100, level_db=-20), 44100)
    tracemalloc.start()
    try:
        meter = Meter(44100 * 36000, 44100)
        for number in range(600):
            meter.add(minute[:4594], start=number * 4594 * BLOCK, peak=0.1)
        reading = meter.read()
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.integrated_lufs == pytest.approx(-23.01, abs=0.1)
    assert highest < 40_000_000


def test_energies_of_a_long_piece_take_little_memory() -> None:
    samples = tone(120, sample_rate=44100, level_db=-20)
    block_energies(samples[:1000], 44100)
    tracemalloc.start()
    try:
        block_energies(samples, 44100)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert highest < samples.nbytes / 4


def test_threads_measure_the_same_to_the_bit(speech: np.ndarray) -> None:
    def measure(_: int) -> tuple[bytes, float]:
        return block_energies(speech, 22050).tobytes(), true_peak(speech)

    alone = measure(0)
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert all(result == alone for result in pool.map(measure, range(12)))


@pytest.mark.parametrize("sample_rate", RATES)
def test_true_peak_between_the_samples(sample_rate: int) -> None:
    # A tone at a quarter of the rate, 45 degrees off: no sample is above -9 dB, the wave reaches -6 dB.
    phase = np.arange(sample_rate) * np.pi / 2 + np.pi / 4
    wave = (0.5 * np.sin(phase)).astype(np.float32)
    wave[:2000] *= np.linspace(0, 1, 2000, dtype=np.float32)
    wave[-2000:] *= np.linspace(1, 0, 2000, dtype=np.float32)
    assert decibels(float(np.abs(wave).max())) < -8.9
    assert read(wave, sample_rate).true_peak_dbtp == pytest.approx(-6.02, abs=0.01)


def test_true_peak_of_speech_is_that_of_an_oversampling_of_all_of_it(speech: np.ndarray) -> None:
    dense = float(np.abs(soxr.resample(speech, 1, 4)).max())
    assert decibels(true_peak(speech)) == pytest.approx(decibels(dense), abs=0.01)
    assert true_peak(speech) == pytest.approx(float(span_peaks(speech, above=0.0).max()), rel=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_true_peak_of_noise_is_found_though_it_lies_between_low_samples(seed: int) -> None:
    rng = np.random.default_rng(seed)
    white = rng.standard_normal(int(rng.integers(500, 30000))).astype(np.float32)
    assert true_peak(white) == pytest.approx(float(span_peaks(white, above=0.0).max()), rel=1e-6)


@pytest.mark.parametrize("seed", range(10))
def test_true_peak_is_that_of_the_ideal_wave(seed: int) -> None:
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.standard_normal(4096))
    spectrum[int(0.9 * len(spectrum)) :] = 0  # sound reaches to nine tenths of half the rate
    noise = np.fft.irfft(spectrum, 4096)
    found = true_peak(np.tile(noise, 3).astype(np.float32))
    # Four places a sample, as the standard has them, may miss the top by what eight would find.
    assert decibels(found) == pytest.approx(decibels(ideal_peak(noise)), abs=0.35)
    assert decibels(found) <= decibels(ideal_peak(noise)) + 0.05


@pytest.mark.parametrize("place", [0, 1, 31, 32, 33, 998, 999])
def test_a_click_is_its_own_peak(place: int) -> None:
    samples = np.zeros(1000, dtype=np.float32)
    samples[place] = -0.8
    assert true_peak(samples) == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize("place", range(30, 66))
def test_two_clicks_side_by_side_reach_above_both_wherever_they_lie(place: int) -> None:
    samples = np.zeros(128, dtype=np.float32)
    samples[place : place + 2] = 0.5
    assert true_peak(samples) == pytest.approx(0.5 * 4 / np.pi, rel=0.01)  # the sinc's value half way to both


def test_silence_has_a_number() -> None:
    assert read(np.zeros(44100, dtype=np.float32), 44100) == Loudness(
        integrated_lufs=SILENCE_LUFS, true_peak_dbtp=-120.0, range_lu=0.0
    )
    assert read(np.zeros(0, dtype=np.float32), 44100).integrated_lufs == SILENCE_LUFS


def test_loudness_range_of_two_levels() -> None:
    # EBU Tech 3342, case 1: 20 s at -20, 20 s at -30 gives 10 LU.
    samples = np.concatenate([tone(20, sample_rate=48000, level_db=level) for level in (-20, -30)])
    assert read(samples, 48000).range_lu == pytest.approx(10, abs=1)
