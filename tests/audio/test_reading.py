"""Anybody's sound file: what it is, all of its samples, and one clear line where it will not do."""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import av
import lameenc
import numpy as np
import pytest
import soundfile

from pipeline.audio.reading import SoundFile, look_at, sound_blocks
from pipeline.audio.reading.slices import open_with_pydub
from pipeline.errors import AudioError, TagError
from pipeline.tagging import read_tags

RATE = 44100


def tone(seconds: float = 2.0, *, rate: int = RATE, frequency: float = 440.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def noise(seconds: float, *, rate: int = RATE) -> np.ndarray:
    return (0.1 * np.random.default_rng(5).standard_normal(round(seconds * rate))).astype(np.float32)


def read(path: Path, *, most_s: float | None = None) -> np.ndarray:
    return np.concatenate(list(sound_blocks(path, most_s=most_s)))


def written(path: Path, samples: np.ndarray, *, rate: int = RATE, **options: str) -> Path:
    soundfile.write(path, samples, rate, **options)
    return path


def mp3_frames(path: Path, samples: np.ndarray, *, bitrate_kbps: int = 96) -> Path:
    """An MP3 without a header that says how many frames it has, as streams are recorded."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(bitrate_kbps)
    path.write_bytes(encoder.encode((samples * 32767).astype("<i2").tobytes()) + encoder.flush())
    return path


def by_av(path: Path, samples: np.ndarray, *, codec: str, bit_rate: int = 128_000, layout: str = "mono") -> Path:
    """``samples`` are interleaved where ``layout`` is "stereo"."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, layout=layout, bit_rate=bit_rate)
        for start in range(0, len(samples), RATE):
            part = np.ascontiguousarray(samples[start : start + RATE].reshape(1, -1))
            frame = av.AudioFrame.from_ndarray(part, format="flt", layout=layout)
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("a.wav", {"subtype": "PCM_16"}, ("WAV", "16-bit PCM")),
        ("b.wav", {"subtype": "FLOAT"}, ("WAV", "32-bit float PCM")),
        ("c.aiff", {"subtype": "PCM_24"}, ("AIFF", "24-bit PCM")),
        ("d.flac", {"subtype": "PCM_16"}, ("FLAC", "FLAC")),
        ("e.ogg", {"format": "OGG", "subtype": "VORBIS"}, ("OGG", "Vorbis")),
        ("f.mp3", {"format": "MP3"}, ("MP3", "MP3")),
        ("no-ending", {"format": "WAV", "subtype": "PCM_16"}, ("WAV", "16-bit PCM")),
    ],
)
def test_all_that_libsndfile_takes(
    name: str, options: dict[str, str], expected: tuple[str, str], tmp_path: Path
) -> None:
    sound = np.column_stack((tone(), tone(frequency=660)))
    path = written(tmp_path / name, sound, **options)
    facts = look_at(path)
    assert (facts.container, facts.codec) == expected
    assert (facts.sample_rate, facts.channels, facts.duration_s) == (RATE, 2, 2.0)
    assert (facts.bitrate_kbps is None) == facts.codec.endswith("PCM")
    samples = read(path)
    assert samples.shape == sound.shape
    assert samples.dtype == np.float32
    assert np.corrcoef(samples[:, 1], sound[:, 1])[0, 1] > 0.999


def test_opus_at_its_own_rate(tmp_path: Path) -> None:
    path = written(tmp_path / "a.opus", tone(rate=48000), rate=48000, format="OGG", subtype="OPUS")
    assert (look_at(path).codec, look_at(path).sample_rate, look_at(path).duration_s) == ("Opus", 48000, 2.0)
    assert len(read(path)) == 96000


def test_m4a_is_as_long_as_what_went_in(tmp_path: Path) -> None:
    path = by_av(tmp_path / "a.m4a", tone(), codec="aac")
    facts = look_at(path)
    assert (facts.container, facts.codec, facts.channels, facts.duration_s) == ("M4A", "AAC", 1, 2.0)
    samples = read(path)
    assert samples.shape == (2 * RATE, 1)
    assert np.corrcoef(samples[RATE // 2 : RATE, 0], tone()[RATE // 2 : RATE])[0, 1] > 0.99


def test_pydub_reads_the_same_where_pyav_is_not(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        pytest.skip("ffmpeg is not on this machine")
    path = by_av(tmp_path / "a.m4a", noise(62.5), codec="aac")
    with open_with_pydub(path) as sound:
        slices = np.concatenate(list(sound.blocks))
        assert sound.facts == look_at(path)
    samples = read(path)
    assert slices.shape == samples.shape == (round(62.5 * RATE), 1)
    # pydub hands over 16 bits; a slice that were a sample off would be far from it.
    assert np.abs(slices - samples).max() < 1 / 16384


def test_without_both_it_says_how_to_get_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = by_av(tmp_path / "a.m4a", tone(), codec="aac")
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AudioError, match=r"audio-edition\[formats\].*install ffmpeg") as caught:
        look_at(path)
    assert sys.executable in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("bitrate_kbps", [64, 320])
def test_an_mp3_without_a_count_of_its_frames(bitrate_kbps: int, tmp_path: Path) -> None:
    path = mp3_frames(tmp_path / "a.mp3", tone(5), bitrate_kbps=bitrate_kbps)
    assert look_at(path).bitrate_kbps == bitrate_kbps
    samples = read(path)
    assert len(samples) == round(look_at(path).duration_s * RATE)
    assert len(samples) == pytest.approx(5 * RATE, abs=3000)


def test_an_mp3_whose_bit_rate_changes_is_read_to_its_end(tmp_path: Path) -> None:
    """libsndfile alone guesses the length from the first bit rate and gives a fifth of it."""
    soft = mp3_frames(tmp_path / "soft.mp3", tone(4), bitrate_kbps=64).read_bytes()
    loud = mp3_frames(tmp_path / "loud.mp3", tone(1), bitrate_kbps=320).read_bytes()
    path = tmp_path / "both.mp3"
    path.write_bytes(loud + soft)
    assert len(read(path)) == pytest.approx(5 * RATE, abs=6000)


def test_tags_and_junk_around_the_frames_of_an_mp3(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = written(tmp_path / "plain.mp3", tone())
    frames = plain.read_bytes()
    bare = mp3_frames(tmp_path / "bare.mp3", tone()).read_bytes()
    id3 = b"ID3\x04\x00\x00" + bytes((0, 0, 8, 0)) + bytes(1024)
    tail = b"APETAGEX" + bytes(300) + b"TAG" + bytes(125)
    tagged = tmp_path / "tagged.mp3"
    tagged.write_bytes(id3 + bytes(700) + frames + tail)
    assert np.array_equal(read(tagged), read(plain))
    hurt = tmp_path / "hurt.mp3"
    whole = 30 * 313  # well inside
    hurt.write_bytes(id3 + bare[:whole] + b"nothing of this is a frame" * 40 + bare[whole:] + tail)
    assert len(read(hurt)) == pytest.approx(2 * RATE, abs=4000)
    assert capfd.readouterr().err == ""


def cut(path: Path, share: float = 0.6) -> Path:
    path.write_bytes(path.read_bytes()[: round(path.stat().st_size * share)])
    return path


@pytest.mark.parametrize("name", ["a.wav", "a.aiff", "a.flac", "a.ogg", "a.mp3", "a.m4a"])
def test_what_is_cut_is_never_taken_for_whole(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sound = noise(10)
    path = tmp_path / name
    cut(by_av(path, sound, codec="aac") if name.endswith("m4a") else written(path, sound))
    with pytest.raises(AudioError, match="export it again") as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_a_stream_that_did_not_know_its_length_is_not_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(), subtype="PCM_16")
    body = bytearray(path.read_bytes())
    body[4:8] = b"\xff\xff\xff\xff"
    at = body.index(b"data") + 4
    body[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(body)
    assert len(read(path)) == 2 * RATE


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.m4a", "a.txt", "noname"])
@pytest.mark.parametrize(
    "body",
    [b"The strait is quiet.\n" * 900, b"<html><p>404</p></html>", bytes(100_000), bytes(range(256)) * 400, b"ID3"],
)
def test_what_is_no_sound_says_so(name: str, body: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(AudioError, match="read as sound") as caught:
        look_at(path)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    with pytest.raises(AudioError, match="empty"):
        look_at(tmp_path / "empty.wav")
    with pytest.raises(AudioError, match="not there"):
        look_at(tmp_path / "missing.wav")
    with pytest.raises(AudioError, match="no file"):
        look_at(tmp_path)


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    sound = tone()
    sound[500] = np.nan
    path = written(tmp_path / "a.wav", sound, subtype="FLOAT")
    with pytest.raises(AudioError, match="no numbers"):
        read(path)


@pytest.mark.parametrize(("name", "codec"), [("a.mka", "vorbis"), ("a.ogg", "vorbis"), ("a.wav", "pcm_s16le")])
def test_channels_come_in_the_order_of_wav(name: str, codec: str, tmp_path: Path) -> None:
    """Vorbis stores L, C, R ...: each channel has a tone of its own, by which it is known."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not on this machine")
    tones = "|".join(f"0.1*sin({frequency}*2*PI*t)" for frequency in (200, 400, 600, 50, 1000, 1200))
    path = tmp_path / name
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"aevalsrc={tones}:c=5.1:d=1:s=48000", "-strict", "-2"]
    subprocess.run([*command, "-c:a", "libvorbis" if codec == "vorbis" else codec, str(path)], check=True)
    spectrum = np.abs(np.fft.rfft(read(path)[:48000], axis=0))
    assert list(spectrum[1:].argmax(axis=0) + 1) == [200, 400, 600, 50, 1000, 1200]


def test_no_more_is_decoded_than_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "a.flac", noise(60))
    body = bytearray(path.read_bytes())
    body[len(body) // 2 :] = bytes(len(body) - len(body) // 2)  # whoever reads so far fails
    path.write_bytes(body)
    assert len(read(path, most_s=3.5)) == round(3.5 * RATE)
    with pytest.raises(AudioError):
        read(path)


@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_memory_stays_flat(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with soundfile.SoundFile(path, "w", RATE, 1) as out:
        for _ in range(6):
            out.write(noise(30))
    tracemalloc.start()
    count = sum(len(block) for block in sound_blocks(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 180 * RATE
    assert peak < 4_000_000


def test_blocks_that_are_not_asked_for_close_the_file(tmp_path: Path) -> None:
    """Warnings are errors: an unclosed file would be one."""
    blocks: Iterator[np.ndarray] = sound_blocks(written(tmp_path / "a.wav", noise(10)))
    assert next(blocks).shape == (65536, 1)
    del blocks


def test_the_value_is_what_inspect_shows(tmp_path: Path) -> None:
    path = by_av(tmp_path / "a.mp3", tone(3), codec="libmp3lame")
    assert look_at(path) == SoundFile(
        container="MP3", codec="MP3", sample_rate=RATE, channels=1, duration_s=3.0, bitrate_kbps=128
    )


def damaged(path: Path, at: int, body: bytes) -> Path:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(body)] = body
    path.write_bytes(whole)
    return path


def test_what_a_file_says_of_itself_may_be_in_any_encoding(tmp_path: Path) -> None:
    """Some programs write Latin-1 where UTF-8 belongs; it has nothing to do with the sound."""
    path = by_av(tmp_path / "a.m4a", tone(), codec="aac")
    at = path.read_bytes().index(b"SoundHandler")
    assert len(read(damaged(path, at, b"Stra\xdfe"))) == 2 * RATE


def test_a_codec_that_nobody_knows_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(), subtype="PCM_16")
    with pytest.raises(AudioError, match="read as sound"):
        look_at(damaged(path, 20, b"\x77\x77"))


def test_an_aac_stream_that_becomes_stereo_is_read_on(tmp_path: Path) -> None:
    mono = by_av(tmp_path / "mono.aac", tone(3), codec="aac").read_bytes()
    both = np.column_stack((tone(2, frequency=660), tone(2, frequency=660))).ravel()
    stereo = by_av(tmp_path / "stereo.aac", both, codec="aac", layout="stereo").read_bytes()
    path = tmp_path / "both.aac"
    path.write_bytes(mono + stereo)
    assert look_at(path).channels == 1
    samples = read(path)
    assert samples.shape == (pytest.approx(5 * RATE, abs=8000), 1)
    spectrum = np.abs(np.fft.rfft(samples[4 * RATE :][: RATE // 2, 0]))
    assert spectrum.argmax() * 2 == 660


def test_a_damaged_sound_says_where_and_nothing_else_reaches_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.flac", noise(10))
    with pytest.raises(AudioError, match=r"the sound is damaged near 0:0[67]"):
        read(damaged(path, path.stat().st_size * 7 // 10, bytes(3000)))
    # The first frame says how many follow, so that none is walked: only the decoder finds what is damaged inside.
    mp3 = written(tmp_path / "a.mp3", noise(10))
    read_or_told(damaged(mp3, mp3.stat().st_size // 2, b"\xff\xfb\x5e\xc4" * 400))
    tagged = tmp_path / "tag.mp3"
    tagged.write_bytes(b"ID3\x03\0\0\x80\0\1\x5d" + bytes(349) + mp3.read_bytes())
    read_or_told(tagged)
    adts = by_av(tmp_path / "a.aac", tone(), codec="aac")
    assert len(read(adts)) == pytest.approx(2 * RATE, abs=4000)
    assert capfd.readouterr() == ("", "")


def read_or_told(path: Path) -> None:
    """It is read, or there is an error of our own."""
    with contextlib.suppress(AudioError):
        read(path)


def test_the_terminal_is_back_after_an_mp3_was_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    blocks = sound_blocks(written(tmp_path / "a.mp3", noise(10)))
    next(blocks)
    os.write(2, b"heard in between")
    assert capfd.readouterr().err == "heard in between"
    assert sum(map(len, blocks))


@pytest.mark.parametrize("seed", range(4))
def test_bytes_that_flip_never_end_in_a_traceback(seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    sound = noise(1)
    bodies = [
        by_av(tmp_path / "a.m4a", sound, codec="aac").read_bytes(),
        *(written(tmp_path / f"a.{ending}", sound).read_bytes() for ending in ("wav", "flac", "ogg", "mp3")),
    ]
    path = tmp_path / "flipped"
    for _ in range(60):
        body = bytearray(chance.choice(bodies))
        for _ in range(chance.choice((1, 3, 30))):
            body[chance.randrange(chance.choice((40, 300, len(body))))] = chance.choice((0, 127, 128, 255))
        path.write_bytes(body)
        for reader in (look_at, read, read_tags):
            with contextlib.suppress(AudioError, TagError):
                reader(path)
    assert capfd.readouterr().err == ""


def stereo_frames(path: Path, seconds: float) -> bytes:
    return written(path, np.column_stack((tone(seconds), tone(seconds, frequency=660)))).read_bytes()


@pytest.mark.parametrize("has_count", [True, False])
@pytest.mark.parametrize("between", [b"", b"TAG" + bytes(125) + b"ID3\x03\0\0\0\x10\0\0" + b"\xff" * 262_144])
def test_an_mp3_that_goes_on_in_another_form_says_where(between: bytes, has_count: bool, tmp_path: Path) -> None:
    mono = written(tmp_path / "a.mp3", tone(3)) if has_count else mp3_frames(tmp_path / "a.mp3", tone(3))
    path = tmp_path / "both.mp3"
    path.write_bytes(mono.read_bytes() + between + stereo_frames(tmp_path / "b.mp3", 2))
    with pytest.raises(AudioError, match="at 0:03 it changes from 44100 Hz mono to 44100 Hz stereo"):
        look_at(path)


def test_files_of_one_form_that_were_joined_are_read_to_the_end(tmp_path: Path) -> None:
    """The header of the first counts only its own frames."""
    path = tmp_path / "both.mp3"
    one, two = written(tmp_path / "a.mp3", tone(3)), written(tmp_path / "b.mp3", tone(2))
    path.write_bytes(one.read_bytes() + two.read_bytes())
    assert look_at(path).duration_s == pytest.approx(5, abs=0.2)
    assert len(read(path)) == pytest.approx(5 * RATE, abs=8000)


def test_whether_the_bit_rate_varies_is_known_where_frames_were_counted(tmp_path: Path) -> None:
    soft = mp3_frames(tmp_path / "soft.mp3", tone(2), bitrate_kbps=64)
    loud = mp3_frames(tmp_path / "loud.mp3", tone(1), bitrate_kbps=96)
    both = tmp_path / "both.mp3"
    both.write_bytes(soft.read_bytes() + loud.read_bytes())
    assert look_at(soft).has_varying_bitrate is False
    assert look_at(both).has_varying_bitrate is True
    assert look_at(written(tmp_path / "stated.mp3", tone())).has_varying_bitrate is None


def test_a_film_is_no_m4a(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        film = container.add_stream("mpeg4", rate=25, width=32, height=32, pix_fmt="yuv420p")
        sound = container.add_stream("aac", rate=RATE, layout="mono")
        for number in range(25):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), dtype=np.uint8), format="rgb24")
            picture.pts = number
            container.mux(film.encode(picture))
        frame = av.AudioFrame.from_ndarray(tone(1).reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = RATE
        container.mux(sound.encode(frame))
        container.mux(film.encode(None))
        container.mux(sound.encode(None))
    assert (look_at(path).container, look_at(path).codec) == ("MP4", "AAC")
    if shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None:
        with open_with_pydub(path) as opened:
            assert opened.facts.container == "MP4"
