"""Sound as servers send it, whole and otherwise, made by the real encoders."""

import io
import json
import struct
from itertools import accumulate

import lameenc
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.network import BadAnswer, decode

RATE = 24000


def tone(seconds: float = 0.5, *, rate: int = RATE, hz: float = 440.0) -> np.ndarray:
    """Full of life all the way, so that what is missing shows."""
    return (np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate) * 12000).astype("<i2")


def file_of(samples: np.ndarray, *, format: str, subtype: str, rate: int = RATE) -> bytes:  # noqa: A002 - as soundfile
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=format, subtype=subtype)
    return file.getvalue()


def wav_of(samples: np.ndarray, *, riff: int | None = None, data: int | None = None, between: bytes = b"") -> bytes:
    """A WAV whose header says these lengths instead of the true ones."""
    sound = samples.tobytes()
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16) + between
    riff = len(head) + len(sound) + 12 if riff is None else riff
    length = len(sound) if data is None else data
    return b"RIFF" + struct.pack("<I", riff) + b"WAVE" + head + b"data" + struct.pack("<I", length) + sound


def mp3_of(
    samples: np.ndarray, *, rate: int = RATE, kbps: int = 64, channels: int = 1, vbr: int | None = None
) -> bytes:
    """An MP3 as streaming servers send it: frames and nothing else."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    if vbr is None:
        encoder.set_bit_rate(kbps)
    else:
        encoder.set_vbr(4)
        encoder.set_vbr_quality(vbr)
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def level(pcm: bytes, *, start: float, end: float) -> float:
    """Root mean square of a part of it."""
    samples = np.frombuffer(pcm, "<i2").astype(float)
    part = samples[round(len(samples) * start) : round(len(samples) * end)]
    return float(np.sqrt((part**2).mean()))


INFO = struct.pack("<4sI4s4sI6s", b"LIST", 18, b"INFO", b"ISFT", 6, b"Salka\0")


@pytest.mark.parametrize("unknown", [None, 0, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF - 36, 0x7FFFFFFF - 36])
@pytest.mark.parametrize("between", [b"", INFO])
def test_wav_whatever_length_its_header_says(unknown: int | None, between: bytes) -> None:
    samples = tone()
    assert decode(wav_of(samples, riff=unknown, data=unknown, between=between)) == (samples.tobytes(), RATE)


def test_what_follows_the_samples_of_a_wav_is_no_sound() -> None:
    samples = tone()
    assert decode(wav_of(samples) + INFO) == (samples.tobytes(), RATE)


@given(st.integers(1, 1044))
def test_a_wav_that_is_cut_anywhere(missing: int) -> None:
    with pytest.raises(BadAnswer, match=r"cut|nothing|something else"):
        decode(wav_of(tone()[:500])[:-missing])


def test_a_streamed_wav_that_is_cut_inside_a_sample() -> None:
    with pytest.raises(BadAnswer, match="the last of its samples is not whole"):
        decode(wav_of(tone(), riff=0, data=0)[:-1])


@pytest.mark.parametrize("subtype", ["PCM_24", "PCM_32", "FLOAT", "PCM_U8"])
def test_other_kinds_of_samples_become_int16(subtype: str) -> None:
    samples = tone()
    written = samples.astype(np.float32) / 32768 if subtype == "FLOAT" else samples
    pcm, rate = decode(file_of(written, format="WAV", subtype=subtype))
    off = np.abs(np.frombuffer(pcm, "<i2").astype(int) - samples).max()
    assert rate == RATE
    assert off <= (256 if subtype == "PCM_U8" else 0)


def test_channels_are_averaged_and_what_is_too_loud_is_clipped() -> None:
    left = np.array([0.5, 1.0, 3.0, -3.0, -1.0], dtype=np.float32)
    right = np.array([-0.25, 0.0, 3.0, -3.0, -1.0], dtype=np.float32)
    pcm, _ = decode(file_of(np.stack([left, right], axis=1), format="WAV", subtype="FLOAT"))
    assert np.frombuffer(pcm, "<i2").tolist() == [4096, 16384, 32767, -32768, -32768]


def test_samples_that_are_no_numbers() -> None:
    with pytest.raises(BadAnswer, match="no numbers"):
        decode(file_of(np.array([0.0, np.nan], dtype=np.float32), format="WAV", subtype="FLOAT"))


@pytest.mark.parametrize("format_", [("WAV", "PCM_16"), ("FLAC", "PCM_16"), ("OGG", "VORBIS")])
def test_a_file_without_a_sample(format_: tuple[str, str]) -> None:
    with pytest.raises(BadAnswer):
        decode(file_of(tone(0), format=format_[0], subtype=format_[1]), hint="speech")


LOSSY = [("MP3", "MPEG_LAYER_III"), ("OGG", "VORBIS"), ("OGG", "OPUS")]


@pytest.mark.parametrize(("format_", "subtype"), [*LOSSY, ("FLAC", "PCM_16")])
def test_every_format_comes_back_at_its_length(format_: str, subtype: str) -> None:
    samples = tone()
    body = file_of(samples, format=format_, subtype=subtype)
    pcm, rate = decode(body)
    assert (len(pcm) // 2, rate) == (len(samples), RATE)
    assert level(pcm, start=0.1, end=0.9) == pytest.approx(12000 / np.sqrt(2), rel=0.03)
    if subtype == "PCM_16":
        assert pcm == samples.tobytes()


@pytest.mark.parametrize(("format_", "subtype"), [*LOSSY, ("FLAC", "PCM_16")])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9, 0.999])
def test_every_format_that_is_cut_is_found_out(format_: str, subtype: str, share: float) -> None:
    body = file_of(tone(), format=format_, subtype=subtype)
    with pytest.raises(BadAnswer):
        decode(body[: int(len(body) * share)])


@pytest.mark.parametrize(("format_", "subtype"), LOSSY)
def test_what_follows_is_found_out(format_: str, subtype: str) -> None:
    with pytest.raises(BadAnswer, match="bytes in it that belong to no"):
        decode(file_of(tone(), format=format_, subtype=subtype) + b"<html>quota</html>")


def streamed(flac: bytes) -> bytes:
    """As an encoder leaves it that cannot go back to the header: no length, no digest."""
    return flac[:21] + bytes((flac[21] & 0xF0,)) + bytes(20) + flac[42:]


@pytest.mark.parametrize("seconds", [0.001, 0.01, 0.1704, 0.5, 30.0])
@pytest.mark.parametrize("rate", [RATE, 44100, 11025, 12345])
def test_a_flac_that_does_not_say_how_long_it_is(seconds: float, rate: int) -> None:
    samples = tone(seconds, rate=rate)
    body = file_of(samples, format="FLAC", subtype="PCM_16", rate=rate)
    assert streamed(body) != body
    assert decode(streamed(body)) == (samples.tobytes(), rate)


@pytest.mark.parametrize("missing", [1, 100, 5000])
def test_a_streamed_flac_that_is_cut(missing: int) -> None:
    with pytest.raises(BadAnswer):
        decode(streamed(file_of(tone(), format="FLAC", subtype="PCM_16"))[:-missing])


MPEG = [(44100, 128), (48000, 64), (32000, 96), (22050, 64), (24000, 64), (16000, 32), (12000, 24), (8000, 16)]


@pytest.mark.parametrize(("rate", "kbps"), MPEG)
def test_mp3_of_every_generation(rate: int, kbps: int) -> None:
    """MPEG-1, 2 and 2.5 without an Info frame: all of it, and the silence of coder and decoder beside it."""
    samples = tone(rate=rate)
    pcm, decoded_rate = decode(mp3_of(samples, rate=rate, kbps=kbps))
    assert decoded_rate == rate
    assert len(samples) <= len(pcm) // 2 <= len(samples) + 3 * 1152
    assert level(pcm, start=0.2, end=0.8) > 8000


def test_mp3_of_two_channels() -> None:
    pcm, _ = decode(mp3_of(np.repeat(tone(), 2), channels=2))
    assert level(pcm, start=0.2, end=0.8) > 8000


def test_mp3_of_a_varying_bit_rate_is_heard_to_its_end() -> None:
    """libsndfile guesses the length from the first bit rate; here that is far from the others."""
    noise = np.random.default_rng(6).normal(0, 3000, RATE).astype("<i2")
    samples = np.concatenate([noise, tone(2.0)])
    body = mp3_of(samples, vbr=4)
    guessed = soundfile.info(io.BytesIO(body)).frames
    pcm, _ = decode(body)
    assert guessed < len(samples)  # if not, libsndfile has learned it, and mp3.py need not say it any more
    assert len(samples) <= len(pcm) // 2 <= len(samples) + 3 * 576
    assert level(pcm, start=0.9, end=0.98) > 7000


def test_mp3_files_that_were_joined_are_heard_to_the_end() -> None:
    body = file_of(tone(), format="MP3", subtype="MPEG_LAYER_III")
    pcm, _ = decode(body + body)
    assert len(pcm) // 2 >= 2 * len(tone())
    assert level(pcm, start=0.75, end=0.95) > 8000


def test_tags_of_an_mp3_are_passed_over() -> None:
    bare = mp3_of(tone())
    title = b"TIT2\0\0\0\5\0\0\3Quay"
    id3v2 = b"ID3\4\0\0\0\0\1\0" + title.ljust(128, b"\xff")
    id3v1 = b"TAG".ljust(128, b"\0")
    assert decode(id3v2 + bare + id3v1) == decode(bare)


def test_bytes_between_the_frames_of_an_mp3() -> None:
    body = mp3_of(tone())
    for junk in (b"\0", b"<html>", b"ID3", body[:3]):
        with pytest.raises(BadAnswer, match=r"no frame|cut"):
            decode(body[:1920] + junk + body[1920:])  # 10 frames of 192 bytes


def test_an_mp3_that_lacks_its_last_frames_is_found_out_by_its_first() -> None:
    body = file_of(tone(), format="MP3", subtype="MPEG_LAYER_III")
    complaints = []
    for length in range(len(body) - 300, len(body)):
        with pytest.raises(BadAnswer, match="cut") as caught:
            decode(body[:length])
        complaints.append(caught.value.what)
    assert any("frames)" in complaint for complaint in complaints)  # where the cut is between two frames


def test_mp3s_of_two_kinds_in_one() -> None:
    with pytest.raises(BadAnswer, match="belong to no frame"):
        decode(mp3_of(tone()) + mp3_of(tone(rate=44100), rate=44100, kbps=128))


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "sent nothing instead of speech"),
        (b" \r\n", "sent nothing instead of speech"),
        (b"\n<!DOCTYPE html><html><title>Sorry", 'sent HTML or XML ("<!DOCTYPE html><html><title>Sorry") instead of'),
        (b"\xef\xbb\xbf<html>", 'sent HTML or XML ("<html>") instead of speech'),
        (json.dumps({"error": "no"}).encode(), 'sent JSON ("{"error": "no"}") instead of speech'),
        (b"too many requests", 'sent something else ("too many requests") instead of speech'),
        (bytes(100), "sent something else instead of speech"),
        (b"x" * 1000, f'sent something else ("{"x" * 40}") instead of speech'),
        (b"RIFF\0\0\0\0AVI LIST", "sent something else"),
        (b"RIFF\0\0\0\0WAVE", "sent a WAV that is cut before its first sample"),
        (b"fLaC", "sent a FLAC that is cut"),
        (b"OggS", "sent an OGG that is cut"),
        (b"ID3", "sent an MP3 that is cut"),
        (b"ID3\4\0\0\0\0\1\0", "sent an MP3 without a frame in it"),
    ],
)
def test_what_is_no_sound_is_said(body: bytes, what: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        decode(body, hint="speech")
    assert caught.value.what.startswith(what)
    assert caught.value.what.isprintable()


def test_half_an_hour_of_silence_in_a_few_bytes() -> None:
    silence = np.zeros(68 * 1024 * 1024, dtype="<i2")
    file = io.BytesIO()
    soundfile.write(file, silence, 48000, format="FLAC", subtype="PCM_16", compression_level=0.0)
    with pytest.raises(BadAnswer, match=r"sent more than 67108864 samples"):
        decode(file.getvalue())  # a few hundred KB


BODIES = [
    streamed(file_of(tone(0.1), format="FLAC", subtype="PCM_16")),
    wav_of(tone(0.02)),
    mp3_of(tone(0.1)),
    file_of(tone(0.1), format="MP3", subtype="MPEG_LAYER_III"),
    file_of(tone(0.1), format="OGG", subtype="VORBIS"),
    file_of(tone(0.1), format="FLAC", subtype="PCM_16"),
]


@given(st.sampled_from(BODIES), st.data())
def test_whatever_is_sent_is_samples_or_a_bad_answer(body: bytes, data: st.DataObject) -> None:
    damaged = bytearray(body)
    places = st.integers(0, min(len(body), 400) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=5)):
        damaged[place] = byte
    try:
        pcm, rate = decode(bytes(damaged))
    except BadAnswer:
        return
    assert pcm
    assert len(pcm) % 2 == 0
    assert rate > 0


def test_cutting_an_mp3_anywhere_but_between_two_frames_is_found_out() -> None:
    body = mp3_of(tone(0.05))
    ends = set(accumulate([192] * (len(body) // 192)))
    assert len(body) in ends
    for length in range(1, len(body)):
        if length not in ends:
            with pytest.raises(BadAnswer):
                decode(body[:length])
