"""Music as show.toml names it: any file comes out faded, levelled and in one channel, or says what is wrong with it."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile

from pipeline.audio.loudness import true_peak
from pipeline.audio.music import credit_of, looped, music_samples, prepare_music
from pipeline.errors import AudioError, ConfigError, PipelineError, StoreError
from pipeline.model import Music, MusicKind, MusicSettings
from pipeline.store import Store

RATE = 44100


def strings(seconds: float, *, rate: int = RATE, level: float = 0.1) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (level * (np.sin(2 * np.pi * 220 * time) + np.sin(2 * np.pi * 331 * time + 1))).astype(np.float32)


def loudness(samples: np.ndarray) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(np.float64)))


class Folder:
    """The folder of a show, and its cache."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path / ".cache")

    def file(self, name: str, samples: np.ndarray, *, rate: int = RATE, **options: str) -> str:
        soundfile.write(self.path / name, samples, rate, **options)
        return name

    def prepare(self, **settings: object) -> Music:
        made = MusicSettings(**settings)
        return prepare_music(made, folder=self.path, loudness_lufs=-16.0, store=self.store)

    def samples(self, kind: MusicKind, **settings: object) -> np.ndarray:
        piece = self.prepare(**settings).of(kind)
        assert piece is not None
        samples = music_samples(self.store, piece)
        assert len(samples) == piece.length
        return samples


@pytest.fixture
def show(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_all_four_pieces_at_their_levels(show: Folder) -> None:
    name = show.file("music.flac", strings(20))
    music = show.prepare(intro=name, bed=name, bump=name, outro="house", bump_s=2.0)
    assert [piece.kind for piece in music.pieces] == list(MusicKind)
    for kind, length_s, by_lu in (
        (MusicKind.INTRO, 8.0, -2),
        (MusicKind.BUMP, 2.0, -4),
        (MusicKind.OUTRO, None, -2),
        (MusicKind.BED, None, -14),
    ):
        samples = music_samples(show.store, music.of(kind))
        assert samples.dtype == np.float32
        if length_s is not None:
            assert len(samples) == round(length_s * RATE)
        assert loudness(samples) == pytest.approx(-16 + by_lu, abs=0.5)


def test_it_begins_and_ends_in_silence_and_falls_slowly(show: Folder) -> None:
    intro = show.samples(MusicKind.INTRO, intro=show.file("a.wav", strings(30)))
    assert intro[0] == intro[-1] == 0
    parts = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(intro, 40)]
    assert min(parts[1:28]) > 0.9 * max(parts)  # six of its eight seconds are even
    assert all(one > two for one, two in pairwise(parts[31:]))  # the last two come down


def test_what_ends_by_itself_keeps_its_own_end(show: Folder) -> None:
    sting = strings(3) * np.exp(-np.arange(3 * RATE) / (0.5 * RATE)).astype(np.float32) * 4
    intro = show.samples(MusicKind.INTRO, intro=show.file("sting.wav", sting, subtype="FLOAT"))
    heard = slice(RATE // 2, len(intro) - RATE // 4)
    ratio = intro[heard][np.abs(sting[heard]) > 0.01] / sting[heard][np.abs(sting[heard]) > 0.01]
    assert ratio.max() / ratio.min() < 1.2


def test_what_ends_before_the_cut_and_is_followed_by_silence_keeps_its_own_end(show: Folder) -> None:
    """The file would go on, but with nothing that is heard."""
    sting = strings(3) * np.exp(-np.arange(3 * RATE) / (0.5 * RATE)).astype(np.float32) * 4
    alone = show.samples(MusicKind.INTRO, intro=show.file("sting.wav", sting, subtype="FLOAT"))
    padded = np.concatenate((sting, np.zeros(20 * RATE, dtype=np.float32)))
    followed = show.samples(MusicKind.INTRO, intro=show.file("padded.wav", padded, subtype="FLOAT"))
    assert np.array_equal(alone, followed)


def test_silence_around_it_is_no_part_of_it(show: Folder) -> None:
    silence = np.zeros(5 * RATE, dtype=np.float32)
    name = show.file("a.flac", np.concatenate((silence, strings(3), silence)))
    assert len(show.samples(MusicKind.INTRO, intro=name)) == pytest.approx(3 * RATE, abs=50)


def test_surround_at_96_khz(show: Folder) -> None:
    """The low channel is left out, all others are heard; lengths and pitches stay."""
    rate, seconds = 96000, 3
    time = np.arange(seconds * rate) / rate
    tones = [200, 400, 600, 50, 1000, 1200]
    sound = np.column_stack([0.1 * np.sin(2 * np.pi * frequency * time) for frequency in tones])
    intro = show.samples(MusicKind.INTRO, intro=show.file("a.wav", sound, rate=rate, subtype="PCM_24"), intro_s=3.0)
    assert len(intro) == pytest.approx(3 * RATE, abs=50)
    spectrum = np.abs(np.fft.rfft(intro[RATE // 2 :][:RATE]))
    strength = {frequency: float(spectrum[frequency] / spectrum[600]) for frequency in tones}
    assert strength[200] == pytest.approx(0.707, abs=0.02)
    assert strength[400] == pytest.approx(0.707, abs=0.02)
    assert strength[1000] == pytest.approx(0.5, abs=0.02)
    assert strength[1200] == pytest.approx(0.5, abs=0.02)
    assert strength[50] < 0.01


def test_an_hour_costs_what_is_heard(show: Folder) -> None:
    """What lies behind is damaged, so whoever read it would fail; of the file itself only the digest is taken."""
    name = show.file("hour.flac", np.random.default_rng(1).normal(0, 0.1, 100 * RATE), subtype="PCM_16")
    body = bytearray((show.path / name).read_bytes())
    body[len(body) * 9 // 10 :] = bytes(len(body) - len(body) * 9 // 10)
    (show.path / name).write_bytes(body)
    assert len(show.samples(MusicKind.OUTRO, outro=name)) == 10 * RATE
    assert 50 * RATE < len(show.samples(MusicKind.BED, bed=name)) <= 60 * RATE


@pytest.mark.parametrize("seconds", [0.21, 0.3, 0.5])
def test_short_pieces_have_a_level_too(seconds: float, show: Folder) -> None:
    bump = show.samples(MusicKind.BUMP, bump=show.file("a.wav", strings(seconds)))
    assert loudness(np.tile(bump, 20)) == pytest.approx(-20, abs=1)


def test_very_soft_and_very_spiky_music(show: Folder) -> None:
    soft = show.samples(MusicKind.INTRO, intro=show.file("soft.wav", strings(4, level=0.001), subtype="FLOAT"))
    assert loudness(soft) == pytest.approx(-18, abs=0.5)
    spikes = 0.002 * np.random.default_rng(2).standard_normal(4 * RATE)
    spikes[::9000] = 0.9
    spiky = show.samples(MusicKind.INTRO, intro=show.file("spiky.wav", spikes, subtype="FLOAT"))
    assert true_peak(spiky) <= 10 ** (-3 / 20) * 1.01
    loud = show.samples(MusicKind.INTRO, intro=show.file("loud.wav", strings(4, level=30), subtype="FLOAT"))
    assert loudness(loud) == pytest.approx(-18, abs=0.5)


def test_the_second_time_no_sound_is_read(show: Folder) -> None:
    name = show.file("a.wav", strings(5))
    first = show.prepare(intro=name, bed=name)
    stamps = {path: path.stat().st_mtime_ns for path in show.store.folder.rglob("*") if path.is_file()}
    (show.path / name).rename(show.path / "b.wav")
    assert show.prepare(intro="b.wav", bed="b.wav") == first
    assert {path: path.stat().st_mtime_ns for path in show.store.folder.rglob("*") if path.is_file()} == stamps
    assert len(stamps) == 2


@pytest.mark.parametrize("change", [{"intro_s": 4.0}, {"intro_lu": -6.0}])
def test_what_is_heard_differently_is_another_piece(change: dict[str, float], show: Folder) -> None:
    name = show.file("a.wav", strings(5))
    assert show.prepare(intro=name).pieces[0].key != show.prepare(intro=name, **change).pieces[0].key
    other = Folder(show.path)
    other.file("a.wav", strings(5, level=0.2))
    assert show.prepare(intro=name, **change).pieces[0].key != Folder(show.path).prepare(intro=name).pieces[0].key


def test_the_same_bytes_in_another_cache(show: Folder, tmp_path: Path) -> None:
    name = show.file("a.flac", strings(5, rate=48000), rate=48000)
    one = show.samples(MusicKind.BED, bed=name)
    show.store = Store(tmp_path / "other")
    assert one.tobytes() == show.samples(MusicKind.BED, bed=name).tobytes()


def test_house_pieces_with_and_without_a_limit(show: Folder) -> None:
    assert 3.5 * RATE < len(show.samples(MusicKind.INTRO, intro="house")) <= 4.2 * RATE
    assert len(show.samples(MusicKind.OUTRO, outro="house", outro_s=2.0)) == 2 * RATE


@pytest.mark.parametrize("kind", ["bed", "bump"])
def test_the_house_has_no_bed_and_no_bump(kind: str, show: Folder) -> None:
    with pytest.raises(ConfigError, match=rf'\[music\] {kind} = "house"'):
        show.prepare(**{kind: "house"})


def test_no_music_is_none(show: Folder) -> None:
    assert show.prepare() == Music()
    assert not show.store.folder.exists()


def faulty(show: Folder, fault: str) -> str:
    name = f"{fault}.wav"
    if fault == "empty":
        (show.path / name).touch()
    elif fault == "text":
        (show.path / name).write_text("The strait is quiet.")
    elif fault == "silent":
        show.file(name, np.zeros(3 * RATE))
    elif fault == "none":
        show.file(name, np.zeros(0))
    elif fault == "short":
        show.file(name, strings(0.15))
    elif fault == "cut":
        show.file(name, strings(3))
        (show.path / name).write_bytes((show.path / name).read_bytes()[:100_000])
    elif fault == "folder":
        (show.path / name).mkdir()
    return name


@pytest.mark.parametrize("fault", ["missing", "empty", "text", "silent", "none", "short", "cut", "folder"])
def test_what_will_not_do_names_the_line_of_show_toml_and_the_cure(fault: str, show: Folder) -> None:
    name = faulty(show, fault)
    with pytest.raises((ConfigError, AudioError)) as caught:
        show.prepare(intro=name)
    error: PipelineError = caught.value
    assert f'[music] intro = "{name}"' in error.what
    assert error.path == show.path / name
    assert error.cure
    assert "\n" not in str(error)
    assert not show.store.folder.exists()


def test_a_folder_is_called_one(show: Folder) -> None:
    with pytest.raises(ConfigError, match=r'\[music\] intro = "\.": is a folder'):
        show.prepare(intro=".")


def test_what_the_cache_lost_is_an_error(show: Folder, tmp_path: Path) -> None:
    piece = show.prepare(intro="house").pieces[0]
    with pytest.raises(StoreError, match="intro"):
        music_samples(Store(tmp_path / "other"), piece)


def test_a_bed_of_a_file_goes_round(show: Folder) -> None:
    bed = looped(show.samples(MusicKind.BED, bed=show.file("a.ogg", strings(6))), 40 * RATE)
    levels = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(bed[RATE : 38 * RATE], 74)]
    assert min(levels) > 0.6 * max(levels)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, ""),
        ({"credit": "Nobody hears this"}, ""),
        ({"intro": "a.mp3", "credit": " Music: Tomas Reyl, CC BY 4.0 "}, "Music: Tomas Reyl, CC BY 4.0"),
        ({"intro": "house"}, "Music: audio-edition, CC0"),
        ({"outro": "house", "bed": "a.mp3"}, "Music: audio-edition, CC0"),
        (
            {"intro": "house", "bed": "a.mp3", "credit": "Bed: Ines Calder, CC BY 4.0"},
            "Bed: Ines Calder, CC BY 4.0; Music: audio-edition, CC0",
        ),
        ({"intro": "house", "outro": "house", "credit": "Tomas Reyl"}, "Tomas Reyl; Music: audio-edition, CC0"),
    ],
)
def test_the_line_for_the_credits(settings: dict[str, str], line: str) -> None:
    assert credit_of(MusicSettings(**settings)) == line
