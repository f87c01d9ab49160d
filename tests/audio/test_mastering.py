"""The Master: what another meter reads of it, what a correction costs, and that nothing depends on the workers."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import av
import msgspec
import numpy as np
import pyloudnorm
import pytest

from pipeline.audio import SAMPLE_RATE, Mix, calibrate, master, master_samples, mp3_stream
from pipeline.audio.calibration import calibration_script
from pipeline.audio.pieces import pieces_of, prepare_clip
from pipeline.engines import find_engine
from pipeline.errors import AudioError, StoreError
from pipeline.files import write_parts_atomically
from pipeline.model import (
    Clip,
    Master,
    Music,
    MusicKind,
    Narration,
    PauseSettings,
    Role,
    Script,
    SoundSettings,
    StoredMusic,
    Timeline,
    Utterance,
    VoiceSettings,
)
from pipeline.narration import narrate
from pipeline.narration.clips import save_clip
from pipeline.progress import Silence
from pipeline.store import Store, recipe_key
from pipeline.timeline import Staging, arrange
from pipeline.workshop import Workshop

RATE = 22050
SETTINGS = SoundSettings()


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(store=Store(tmp_path / "cache"), workers=2, progress=Silence())


def syllables(seconds: float, *, hertz: float, level: float = 0.3, seed: int = 1) -> np.ndarray:
    """Something like speech: a buzz with overtones in bursts of a fifth of a second, some louder than others."""
    time = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * hertz * overtone * time) / overtone for overtone in range(1, 12))
    loudness = np.random.default_rng(seed).uniform(0.3, 1, round(seconds * 5) + 1)[(time * 5).astype(int)]
    return level * buzz * np.sin(np.pi * time * 5) ** 2 * loudness


def stored(workshop: Workshop, *sounds: np.ndarray, rate: int = RATE) -> Narration:
    """A Narration of these sounds."""
    clips = []
    for sound in sounds:
        pcm = np.clip(np.rint(sound * 32767), -32768, 32767).astype("<i2").tobytes()
        key = recipe_key("test", 1, pcm=pcm, rate=rate)
        clips.append(save_clip(workshop.store, key, clip=Clip(pcm=pcm, sample_rate=rate), is_costly=False))
    return Narration(clips=tuple(clips), synthesised=0)


def laid_out(narration: Narration, *, music: Music = Music()) -> Timeline:  # noqa: B008 - it is frozen
    """Each Clip a paragraph of its own, the first one the opening."""
    said = tuple(
        Utterance(
            display="x",
            spoken="x",
            forms=(),
            role=Role.BODY if number else Role.TITLE,
            pause_after_ms=600,
            block=number,
        )
        for number in range(len(narration.clips))
    )
    script = Script(title="Ferries", language="en-GB", utterances=said)
    staging = Staging(music=music)
    return arrange(script, narration, sample_rate=SAMPLE_RATE, pauses=PauseSettings(), staging=staging)


def mastered(narration: Narration, workshop: Workshop, *, gain_db: float = 0.0, **settings: object) -> Master:
    mix = Mix(narration=narration, gains_db=(gain_db,) * len(narration.clips))
    return master(laid_out(narration), mix, settings=SoundSettings(**settings), workshop=workshop)


def stream_of(made: Master, workshop: Workshop) -> bytes:
    return b"".join(mp3_stream(workshop.store, made))


def decoded(stream: bytes) -> np.ndarray:
    with av.open(BytesIO(stream)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def speech(workshop: Workshop, count: int = 12) -> Narration:
    sounds = (syllables(2 + number % 3, hertz=100 + 20 * number, seed=number) for number in range(count))
    return stored(workshop, *sounds)


@pytest.mark.parametrize("target", [-14.0, -16.0, -19.0, -23.0])
def test_another_meter_reads_the_target_of_what_is_decoded(workshop: Workshop, target: float) -> None:
    made = mastered(speech(workshop), workshop, loudness_lufs=target)
    heard = decoded(stream_of(made, workshop))
    assert len(heard) == made.sample_count
    assert len(stream_of(made, workshop)) == made.length_bytes
    measured = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(heard.astype(np.float64))
    assert measured == pytest.approx(target, abs=0.5)
    assert measured == pytest.approx(made.after.integrated_lufs, abs=0.1)
    dense = np.abs(np.fft.irfft(np.fft.rfft(heard), len(heard) * 4) * 4)
    assert 20 * np.log10(dense.max()) <= -1.0


def test_the_same_bytes_with_one_worker_and_with_four(tmp_path: Path) -> None:
    streams = set()
    for workers in (1, 4):
        workshop = Workshop(store=Store(tmp_path / str(workers)), workers=workers, progress=Silence())
        streams.add(stream_of(mastered(speech(workshop), workshop), workshop))
    assert len(streams) == 1


def test_a_corrected_sentence_makes_its_own_piece_again_and_no_other(workshop: Workshop) -> None:
    sounds = [syllables(2, hertz=100 + 20 * number) for number in range(8)]
    one = mastered(stored(workshop, *sounds), workshop, gain_db=4.0)
    sounds[3] = syllables(2.37, hertz=155)
    two = mastered(stored(workshop, *sounds), workshop, gain_db=4.0)
    assert [a == b for a, b in zip(one.pieces, two.pieces, strict=True)] == [number != 3 for number in range(8)]
    # What did not change is the same to the last byte of the file, but for where it lies.
    frames = stream_of(two, workshop)[len(two.info_frame) :]
    tail = stream_of(one, workshop)[-100_000:]
    assert frames.endswith(tail)


def test_what_was_made_before_is_not_made_again(workshop: Workshop) -> None:
    narration = speech(workshop)
    one = mastered(narration, workshop)
    pieces = {path: path.stat().st_mtime_ns for path in workshop.store.folder.rglob("*") if path.is_file()}
    assert mastered(narration, workshop) == one
    assert {path: path.stat().st_mtime_ns for path in workshop.store.folder.rglob("*") if path.is_file()} == pieces


def test_a_piece_that_was_lost_is_made_again(workshop: Workshop) -> None:
    narration = speech(workshop)
    one = mastered(narration, workshop)
    before = stream_of(one, workshop)
    lost = workshop.store.folder / one.pieces[2][:2] / one.pieces[2][2:]
    lost.unlink()
    with pytest.raises(StoreError, match="run the same command again"):
        stream_of(one, workshop)
    assert stream_of(mastered(narration, workshop), workshop) == before


def test_pieces_share_out_every_clip(workshop: Workshop) -> None:
    narration = speech(workshop)
    timeline = laid_out(narration)
    mix = Mix(narration=narration, gains_db=tuple(float(number) for number in range(len(narration.clips))))
    found = [
        (start + clip.start, clip.length, clip.gain_db)
        for start, piece in pieces_of(timeline, mix)
        for clip in piece.clips
    ]
    assert found == [(place.start, place.length, float(place.utterance)) for place in timeline.placements]
    assert sum(piece.length for _, piece in pieces_of(timeline, mix)) == timeline.length


def test_voices_of_unequal_level_come_out_alike(workshop: Workshop) -> None:
    """Each has a gain of its own, found on a minute of it."""
    quiet = stored(workshop, *(syllables(3, hertz=110, level=0.05, seed=number) for number in range(6)))
    loud = stored(workshop, *(syllables(3, hertz=190, level=0.5, seed=number) for number in range(6)))
    gains = [calibrate(one, settings=SETTINGS, workshop=workshop) for one in (quiet, loud)]
    both = Narration(clips=(*quiet.clips, *loud.clips), synthesised=0)
    mix = Mix(narration=both, gains_db=(gains[0],) * 6 + (gains[1],) * 6)
    timeline = laid_out(both)
    heard = decoded(stream_of(master(timeline, mix, settings=SETTINGS, workshop=workshop), workshop)).astype(float)
    half = timeline.placements[6].start
    levels = [pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(part) for part in (heard[:half], heard[half:])]
    assert levels[0] == pytest.approx(levels[1], abs=0.3)
    assert levels[0] == pytest.approx(-16, abs=0.5)


def test_the_gain_of_a_real_voice_brings_it_to_the_target(workshop: Workshop) -> None:
    minute = narrate(calibration_script("en-GB"), VoiceSettings(), engine=find_engine("espeak"), workshop=workshop)
    gain_db = calibrate(minute, settings=SETTINGS, workshop=workshop)
    made = mastered(minute, workshop, gain_db=gain_db)
    assert made.correction_db == 0
    assert made.after.integrated_lufs == pytest.approx(-16, abs=0.3)
    assert made.after.true_peak_dbtp <= -2.0
    assert made.before.integrated_lufs < -18


def test_a_silent_voice_is_told(workshop: Workshop) -> None:
    with pytest.raises(AudioError, match="the voice is silent"):
        calibrate(stored(workshop, np.zeros(RATE * 5)), settings=SETTINGS, workshop=workshop)


def test_what_clips_and_what_is_empty_comes_out_right(workshop: Workshop) -> None:
    square = np.sign(np.sin(np.arange(RATE * 3) * 0.05))
    narration = stored(workshop, square, np.zeros(0), syllables(3, hertz=120), np.zeros(1))
    made = mastered(narration, workshop)
    heard = decoded(stream_of(made, workshop))
    assert len(heard) == made.sample_count
    assert np.abs(heard).max() <= 10 ** (-1 / 20)


@pytest.mark.parametrize("rate", [8000, 16000, 24000, 44100, 48000])
def test_a_clip_of_any_rate_has_the_length_of_the_timeline(rate: int) -> None:
    pcm = np.zeros(rate // 3, dtype="<i2").tobytes()
    for length in (SAMPLE_RATE // 3, SAMPLE_RATE // 3 + 1, 0):
        assert len(prepare_clip(Clip(pcm=pcm, sample_rate=rate), SAMPLE_RATE, length=length)) == length


def music(workshop: Workshop, kind: MusicKind, *, seconds: float) -> Music:
    tone = (0.1 * np.sin(np.arange(round(seconds * SAMPLE_RATE)) * 2 * np.pi * 880 / SAMPLE_RATE)).astype("<f4")
    tone *= np.hanning(len(tone)).astype("<f4") if kind is not MusicKind.BED else 1
    key = recipe_key("test music", 1, kind=kind, seconds=seconds)
    workshop.store.put(key, tone.tobytes())
    return Music(pieces=(StoredMusic(kind=kind, key=key, length=len(tone)),))


def heard_with(found: Music, workshop: Workshop) -> tuple[np.ndarray, Timeline]:
    narration = speech(workshop)
    timeline = laid_out(narration, music=found)
    mix = Mix(narration=narration, gains_db=(0.0,) * len(narration.clips), music=found, duck_db=8)
    made = master(timeline, mix, settings=SETTINGS, workshop=workshop)
    assert made.after.integrated_lufs == pytest.approx(-16, abs=0.5)
    return decoded(stream_of(made, workshop)), timeline


def strength_at(heard: np.ndarray, hertz: float) -> float:
    """How strong a tone is in it, in dB."""
    wave = np.exp(-2j * np.pi * hertz / SAMPLE_RATE * np.arange(len(heard)))
    return float(20 * np.log10(2 * np.abs(np.mean(heard * wave * np.hanning(len(heard)) * 2)) + 1e-9))


def test_music_is_heard_where_it_lies(workshop: Workshop) -> None:
    heard, timeline = heard_with(music(workshop, MusicKind.INTRO, seconds=3), workshop)
    (intro,) = timeline.music
    assert strength_at(heard[intro.start : intro.end], 880) > -30
    assert strength_at(heard[timeline.placements[-1].end :], 880) < -80


def test_a_bed_gives_way_to_the_voice(workshop: Workshop) -> None:
    heard, timeline = heard_with(music(workshop, MusicKind.BED, seconds=5), workshop)
    bed, voice = timeline.music[0], timeline.placements[0]
    alone = strength_at(heard[bed.start + 22050 : voice.start - 11025], 880)
    under = strength_at(heard[voice.start + 22050 : voice.end - 11025], 880)
    assert alone - under == pytest.approx(8, abs=2)


def test_room_tone_fills_the_pauses_and_changes_no_level(workshop: Workshop) -> None:
    narration = speech(workshop)
    plain = mastered(narration, workshop)
    toned = mastered(narration, workshop, room_tone=True)
    assert toned.after.integrated_lufs == pytest.approx(plain.after.integrated_lufs, abs=0.01)
    pause = slice(laid_out(narration).placements[0].end + 5000, laid_out(narration).placements[0].end + 15000)
    levels = [np.sqrt(np.mean(decoded(stream_of(made, workshop))[pause] ** 2)) for made in (plain, toned)]
    assert levels[0] < 1e-5
    assert 20 * np.log10(levels[1]) == pytest.approx(-68, abs=3)


def test_the_gentle_chain_is_another_sound_at_the_same_level(workshop: Workshop) -> None:
    narration = speech(workshop)
    plain, gentle = (mastered(narration, workshop, voice_chain=chain) for chain in ("off", "gentle"))
    assert plain.pieces != gentle.pieces
    assert gentle.after.integrated_lufs == pytest.approx(-16, abs=0.5)


def test_what_cannot_reach_the_target_is_refused(workshop: Workshop) -> None:
    clicks = np.zeros(RATE * 6)
    clicks[:: RATE // 2] = 0.9
    with pytest.raises(AudioError, match=r"the sound comes to -\d.* LUFS, not -9\.0"):
        mastered(stored(workshop, clicks), workshop, loudness_lufs=-9.0)


def test_soft_music_beside_a_short_voice_still_meets_the_target(workshop: Workshop) -> None:
    found = music(workshop, MusicKind.INTRO, seconds=12)
    narration = speech(workshop, 3)
    timeline = laid_out(narration, music=found)
    gain_db = calibrate(narration, settings=SETTINGS, workshop=workshop)
    mix = Mix(narration=narration, gains_db=(gain_db,) * 3, music=found, duck_db=8)
    made = master(timeline, mix, settings=SETTINGS, workshop=workshop)
    assert made.correction_db > 0.5
    assert made.correction_db % 0.25 == 0
    assert made.after.integrated_lufs == pytest.approx(-16, abs=0.2)
    # What other encoders are given is what the MP3 was made of.
    samples = np.concatenate(list(master_samples(timeline, mix, made=made, settings=SETTINGS, workshop=workshop)))
    heard = decoded(stream_of(made, workshop))
    assert len(samples) == len(heard)
    assert np.mean((samples - heard) ** 2) < 0.001 * np.mean(samples**2)


def test_with_a_correction_a_changed_sentence_is_still_the_only_new_piece(workshop: Workshop) -> None:
    sounds = [syllables(2, hertz=100 + 20 * number) for number in range(8)]
    one = mastered(stored(workshop, *sounds), workshop)
    sounds[3] = syllables(2.2, hertz=160)
    two = mastered(stored(workshop, *sounds), workshop)
    assert one.correction_db == two.correction_db != 0
    assert [a == b for a, b in zip(one.pieces, two.pieces, strict=True)] == [number != 3 for number in range(8)]


def test_a_piece_that_a_power_failure_broke_is_made_again(workshop: Workshop) -> None:
    narration = speech(workshop)
    one = mastered(narration, workshop)
    before = stream_of(one, workshop)
    broken = workshop.store.folder / one.pieces[2][:2] / one.pieces[2][2:]
    broken.write_bytes(bytes(broken.stat().st_size))
    assert stream_of(mastered(narration, workshop), workshop) == before


def test_music_that_nobody_speaks_over_does_not_hang_on_the_ducking(workshop: Workshop) -> None:
    found = music(workshop, MusicKind.INTRO, seconds=3)
    narration = speech(workshop)
    timeline = laid_out(narration, music=found)
    gains_db = (0.0,) * len(narration.clips)
    six, nine = (Mix(narration=narration, gains_db=gains_db, music=found, duck_db=duck_db) for duck_db in (6, 9))
    assert list(pieces_of(timeline, six)) == list(pieces_of(timeline, nine))


def test_a_full_disk_leaves_the_old_file(workshop: Workshop, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no disk that is always full")
    made = mastered(speech(workshop), workshop)
    path = tmp_path / "episode.mp3"
    path.write_bytes(b"the old sound")

    def parts():
        yield made.info_frame
        with full.open("wb") as stream:
            stream.write(b"x" * 100_000)

    with pytest.raises(StoreError, match="free the disk"):
        write_parts_atomically(path, parts(), sha256="0" * 64)
    assert path.read_bytes() == b"the old sound"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["episode.mp3"]


def test_mp3val_and_mpg123_agree_on_the_joined_pieces(workshop: Workshop, tmp_path: Path) -> None:
    missing = [name for name in ("mp3val", "mpg123") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    made = mastered(speech(workshop), workshop)
    path = tmp_path / "joined.mp3"
    path.write_bytes(stream_of(made, workshop))
    said = subprocess.run(["mp3val", path], capture_output=True, text=True, check=True).stdout
    assert "WARNING" not in said.replace('WARNING: "' + str(path) + '": No supported tags in the file', "")
    raw = subprocess.run(["mpg123", "-q", "-s", "-e", "s16", path], capture_output=True, check=True)
    assert raw.stderr == b""
    assert len(raw.stdout) == 2 * made.sample_count


def test_a_master_survives_its_store(workshop: Workshop) -> None:
    made = mastered(speech(workshop), workshop)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Master) == made
