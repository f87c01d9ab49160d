"""What is said of a file beside its numbers."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from msgspec.structs import replace

from pipeline.audio.measuring import Envelope, Measurement
from pipeline.audio.reading import SoundFile
from pipeline.model import Loudness, SoundSettings
from pipeline.sounding import SoundReport, judge, report_on
from pipeline.tagging import FileChapter, FileTags, Mp3Header, RateMode

SOUND = SoundFile(container="MP3", codec="MP3", sample_rate=44100, channels=1, duration_s=900.0, bitrate_kbps=96)
MEASURED = Measurement(
    sample_rate=44100,
    channels=1,
    sample_count=44100 * 900,
    loudness=Loudness(integrated_lufs=-16.2, true_peak_dbtp=-1.04, range_lu=4.0),
    noise_floor_dbfs=-61.0,
    digital_silence=0.0,
    longest_silence=None,
    clipped_samples=0,
    is_same_in_both=False,
    envelope=Envelope(samples_per_column=32768, lowest=(-0.1,), highest=(0.1,), rms=(0.05,)),
)
CHAPTERS = tuple(FileChapter(start_ms=number * 60_000, title=f"Part {number}") for number in range(4))
REPORT = SoundReport(
    path=Path("ferry.mp3"),
    length_bytes=10_800_000,
    sound=SOUND,
    measured=MEASURED,
    tags=FileTags(format="ID3v2.3", chapters=CHAPTERS),
    header=Mp3Header(sample_rate=44100, samples_a_frame=1152, rate_mode=RateMode.CONSTANT),
)


BUILT = replace(REPORT, is_built=True)


def off(report: SoundReport, settings: SoundSettings | None = None) -> dict[str, str]:
    return {one.about: f"{one.verdict}; {one.cure}" for one in judge(report, settings) if not one.is_good}


def with_loudness(report: SoundReport = REPORT, **changes: float) -> SoundReport:
    return replace(report, measured=replace(MEASURED, loudness=replace(MEASURED.loudness, **changes)))


def test_what_is_as_apple_wants_it_is_good() -> None:
    judgements = judge(REPORT)
    assert {one.about for one in judgements} == {
        "format",
        "sample rate",
        "channels",
        "bit rate",
        "loudness",
        "true peak",
        "chapters",
    }
    assert {one.verdict for one in judgements} == {"good"}


def test_too_loud_or_too_soft_says_by_how_much_to_export_it_again() -> None:
    assert off(with_loudness(integrated_lufs=-19.3)) == {
        "loudness": "3.3 LU quieter than -16 ± 1; export it again 3.3 dB louder"
    }
    assert "export it again 2.2 dB softer" in off(with_loudness(integrated_lufs=-13.8))["loudness"]


def test_of_what_a_show_built_it_names_the_setting() -> None:
    assert off(with_loudness(BUILT, integrated_lufs=-19.3)) == {
        "loudness": "3.3 LU quieter than -16 ± 1; set loudness_lufs = -16.0 under [sound] in show.toml and build again"
    }
    assert "2.0 LU louder" in off(with_loudness(integrated_lufs=-14.0))["loudness"]
    assert off(with_loudness(integrated_lufs=-15.0)) == {}


def test_a_show_with_an_aim_of_its_own_is_judged_by_that() -> None:
    mono = SoundSettings(loudness_lufs=-19.0)
    assert off(with_loudness(integrated_lufs=-19.3), mono) == {}
    assert "loudness_lufs = -19.0" in off(BUILT, mono)["loudness"]


def test_silence_and_what_is_too_short_are_said_as_such() -> None:
    assert off(with_loudness(integrated_lufs=-70.0))["loudness"].startswith("silent; ")
    short = replace(
        REPORT,
        measured=replace(MEASURED, sample_count=1, loudness=replace(MEASURED.loudness, integrated_lufs=-70.0)),
    )
    assert "too short to measure" in off(short)["loudness"]


def test_a_peak_is_judged_as_it_is_shown() -> None:
    assert off(with_loudness(true_peak_dbtp=-0.96)) == {}
    said = off(with_loudness(true_peak_dbtp=-0.6))["true peak"]
    assert "0.4 dB above -1" in said
    assert "export it again 0.4 dB softer" in said
    assert "true_peak_dbtp = -1.0" in off(with_loudness(BUILT, true_peak_dbtp=-0.6))["true peak"]


@pytest.mark.parametrize("change", [{"sample_count": 0}, {"digital_silence": 1.0}])
def test_a_peak_that_is_none_is_not_judged(change: dict[str, float]) -> None:
    silent = replace(REPORT, measured=replace(MEASURED, **change))
    assert "true peak" not in {one.about for one in judge(silent)}


@pytest.mark.parametrize(
    ("kbps", "channels", "said"),
    [(24, 1, "below the floor of 32"), (192, 1, "64 to 128"), (96, 2, "128 to 256"), (24, 2, "below the floor of 32")],
)
def test_bit_rates(kbps: int, channels: int, said: str) -> None:
    sound = replace(SOUND, bitrate_kbps=kbps, channels=channels)
    assert said in off(replace(REPORT, sound=sound))["bit rate"]
    assert "show.toml" not in off(replace(REPORT, sound=sound))["bit rate"]
    assert ("show.toml" in off(replace(BUILT, sound=sound))["bit rate"]) == (channels == 1)


def test_a_bit_rate_that_varies_is_off() -> None:
    header = Mp3Header(sample_rate=44100, samples_a_frame=1152, rate_mode=RateMode.VARIABLE)
    assert "varies" in off(replace(REPORT, header=header))["bit rate"]
    sound = replace(SOUND, has_varying_bitrate=True)
    assert "varies" in off(replace(REPORT, header=None, sound=sound))["bit rate"]
    assert off(replace(REPORT, header=None, sound=replace(sound, has_varying_bitrate=False))) == {}


def test_forms_that_directories_do_not_take() -> None:
    sound = SoundFile(
        container="WAV", codec="16-bit PCM", sample_rate=22050, channels=6, duration_s=900.0, bitrate_kbps=None
    )
    said = off(replace(REPORT, sound=sound, header=None))
    assert set(said) == {"format", "sample rate", "channels"}
    twice = replace(REPORT, measured=replace(MEASURED, is_same_in_both=True))
    assert "both are the same" in off(twice)["channels"]


@pytest.mark.parametrize(("codec", "said"), [("Opus", "good as an alternate enclosure"), ("FLAC", "good for an arch")])
def test_other_forms_are_what_they_are_for(codec: str, said: str) -> None:
    sound = SoundFile(container="OGG", codec=codec, sample_rate=48000, channels=1, duration_s=900.0, bitrate_kbps=32)
    judgements = judge(replace(REPORT, sound=sound, header=None))
    assert all(one.is_good for one in judgements)
    assert next(one for one in judgements if one.about == "format").verdict.startswith(said)


@pytest.mark.parametrize(("folder", "is_built"), [("episodes/ferry", True), ("masters", True), ("music", False)])
def test_what_lies_where_a_show_keeps_what_it_built(folder: str, is_built: bool, tmp_path: Path) -> None:
    path = tmp_path / folder / "ferry.wav"
    path.parent.mkdir(parents=True)
    soundfile.write(path, np.zeros(4410), 44100)
    assert not report_on(path).is_built
    (tmp_path / "show.toml").touch()
    assert report_on(path).is_built == is_built


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (FileTags(), "above 10 minutes"),
        (FileTags(chapters=CHAPTERS[:2]), "none under 3"),
        (FileTags(chapters=CHAPTERS[1:]), "the first starts after"),
        (FileTags(chapters=(*CHAPTERS, FileChapter(start_ms=900_000, title="Late"))), "after the end"),
        (FileTags(chapters=CHAPTERS, unlisted_chapters=2), "2 stand in no table"),
        (FileTags(chapters=(*CHAPTERS, FileChapter(start_ms=400_000, title="T" * 46))), "1 to 45"),
        (FileTags(chapters=(*CHAPTERS, FileChapter(start_ms=400_000))), "1 to 45"),
    ],
)
def test_chapters(tags: FileTags, said: str) -> None:
    assert said in off(replace(REPORT, tags=tags))["chapters"]


def test_a_short_file_needs_no_chapters() -> None:
    short = replace(MEASURED, sample_count=44100 * 300)
    assert "chapters" not in {one.about for one in judge(replace(REPORT, measured=short, tags=FileTags()))}


def test_a_tag_that_cannot_be_read_is_told() -> None:
    assert off(replace(REPORT, tag_fault="its tag is damaged"))["tags"].startswith("its tag is damaged; ")
