"""`audio-edition inspect` over real files, as a person and a program meet it."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import soundfile
from mutagen import id3
from PIL import Image

from pipeline.cli.inspect_drawing import Drawing
from pipeline.cli.inspect_facts import facts_of
from pipeline.cli.inspect_page import print_page
from pipeline.sounding import judge, report_on
from tests.commands import audio_edition, show_in

RATE = 44100
SECONDS = 20
TITLES = ("Opening", "<script>alert('x')</script> & \"quotes\" \x1b[31m", "שלום 🚢 ferry", "Closing")


def ffmpeg(*arguments: object) -> None:
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Speech-like bursts with a pause of two seconds at 0:08, as WAV, MP3 and M4A, the last two with chapters."""
    folder = tmp_path_factory.mktemp("sounds")
    time = np.arange(RATE * SECONDS) / RATE
    samples = 0.28 * np.sin(2 * np.pi * 440 * time) * (time % 1 < 0.8)
    samples[8 * RATE : 10 * RATE] = 0
    soundfile.write(folder / "ferry.wav", samples, RATE)
    ffmpeg("-i", folder / "ferry.wav", "-b:a", "96k", "-map_metadata", "-1", folder / "bare.mp3")
    (folder / "ferry.mp3").write_bytes((folder / "bare.mp3").read_bytes())
    tag(folder / "ferry.mp3")
    ffmpeg("-i", folder / "ferry.wav", "-i", folder / "ferry.mp3", "-map", "0:a", "-map_metadata", 1,
           "-map_chapters", 1, "-ar", 48000, "-ac", 2, "-b:a", "128k", folder / "ferry.m4a")  # fmt: skip
    return folder


def tag(path: Path) -> None:
    tags = id3.ID3()
    tags.add(id3.TIT2(text="The ferry that waited"))
    tags.add(id3.TPE1(text="Ines Calder"))
    names = [f"c{number}" for number in range(len(TITLES))]
    for number, title in enumerate(TITLES):
        tags.add(
            id3.CHAP(
                element_id=names[number],
                start_time=number * 5000,
                end_time=number * 5000 + 5000,
                sub_frames=[id3.TIT2(text=title)],
            )
        )
    tags.add(id3.CTOC(element_id="toc", flags=3, child_element_ids=names, sub_frames=[]))
    tags.save(path, v2_version=3)


def in_json(folder: Path, *arguments: object) -> dict:
    return json.loads(audio_edition("inspect", *arguments, "--json", cwd=folder).stdout)


def read_by_ffmpeg(path: Path) -> float:
    command = ["ffmpeg", "-nostats", "-i", path, "-af", "ebur128", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(said.rpartition("I:")[2].split()[0])


@pytest.mark.parametrize(
    ("name", "codec", "rate", "channels"), [("ferry.mp3", "MP3", 44100, 1), ("ferry.m4a", "AAC", 48000, 2)]
)
def test_all_of_it_is_in_the_json(folder: Path, name: str, codec: str, rate: int, channels: int) -> None:
    said = in_json(folder, name)
    assert (said["codec"], said["sample_rate"], said["channels"]) == (codec, rate, channels)
    assert said["duration_s"] == pytest.approx(SECONDS, abs=0.001)
    assert said["length_bytes"] == (folder / name).stat().st_size
    assert said["loudness"]["integrated_lufs"] == pytest.approx(read_by_ffmpeg(folder / name), abs=0.1)
    assert said["longest_silence"]["start_s"] == pytest.approx(7.8, abs=0.05)
    assert said["longest_silence"]["duration_s"] == pytest.approx(2.2, abs=0.05)
    # FFmpeg moves chapters by the delay of the decoder when it takes them from an MP3 to an M4A.
    assert [chapter["start_s"] for chapter in said["chapters"]] == pytest.approx([0, 5, 10, 15], abs=0.03)
    assert said["chapters"][2]["title"] == TITLES[2]
    assert ["title", "The ferry that waited"] in said["tags"]["fields"]
    columns = len(said["envelope"]["rms"])
    assert said["envelope"]["column_s"] * columns == pytest.approx(SECONDS, rel=0.01)
    assert {one["about"] for one in said["judgements"]} >= {"format", "loudness", "true peak", "bit rate"}


def test_a_pipe_gets_lines_and_no_escape(folder: Path) -> None:
    done = audio_edition("inspect", "ferry.mp3", cwd=folder)
    lines = done.stdout.splitlines()
    assert "format: MP3 [good]" in lines
    assert any(line.startswith("loudness: -1") and " LUFS, range " in line for line in lines)
    assert "chapter 1: 0:00  Opening" in lines
    assert "tag artist: Ines Calder" in lines
    assert any(line.startswith("chapter 2: 0:05  <script>") for line in lines)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_quiet_says_only_what_is_off(folder: Path) -> None:
    done = audio_edition("inspect", "ferry.wav", "-q", cwd=folder)
    assert done.stdout.startswith("format: off: directories take MP3 or AAC; ")
    assert "good" not in done.stdout


def test_the_picture_is_svg_or_png_by_its_name(folder: Path, tmp_path: Path) -> None:
    audio_edition("inspect", folder / "ferry.mp3", "--plot", "ferry.svg", cwd=tmp_path)
    words = {element.text for element in ET.parse(tmp_path / "ferry.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert {"The ferry that waited", "Opening", "Closing", "0:15"} <= words
    audio_edition("inspect", folder / "ferry.m4a", "--plot", "ferry.PNG", "-q", cwd=tmp_path)
    with Image.open(tmp_path / "ferry.PNG") as image:
        assert image.format == "PNG"


@pytest.mark.parametrize(
    ("plot", "said"), [("ferry.jpg", "end its name in .svg or .png"), ("no/ferry.svg", "mkdir -p no")]
)
def test_a_picture_that_cannot_be_is_told_before_anything_is_measured(folder: Path, plot: str, said: str) -> None:
    assert said in audio_edition("inspect", "ferry.mp3", "--plot", plot, cwd=folder, status=1).stderr


def test_inside_a_show_its_own_aim_counts(folder: Path, tmp_path: Path) -> None:
    show = show_in(tmp_path / "show")
    settings = (show / "show.toml").read_text(encoding="utf-8")
    assert "# loudness_lufs = -16.0" in settings
    changed = settings.replace("# loudness_lufs = -16.0", "loudness_lufs = -23.0")
    (show / "show.toml").write_text(changed, encoding="utf-8")
    here = next(one for one in in_json(folder, "ferry.mp3")["judgements"] if one["about"] == "loudness")
    there = next(
        one for one in in_json(folder, "ferry.mp3", "--show", show)["judgements"] if one["about"] == "loudness"
    )
    assert here["is_good"]
    assert "-23" in there["verdict"]
    assert "show.toml" not in there["cure"]  # it lies outside of the show
    built = show / "episodes" / "ferry" / "ferry.mp3"
    built.parent.mkdir(parents=True)
    built.write_bytes((folder / "ferry.mp3").read_bytes())
    said = next(one for one in in_json(show, built)["judgements"] if one["about"] == "loudness")
    assert "loudness_lufs = -23.0" in said["cure"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.mp3", None, "not there"),
        ("empty.mp3", b"", "empty"),
        ("text.mp3", b"Dear Sir,\n" * 500, "nothing in it can be read as sound"),
    ],
)
def test_what_is_no_sound_is_one_line(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = audio_edition("inspect", name, cwd=tmp_path, status=1)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    assert "name a sound file" in audio_edition("inspect", ".", cwd=tmp_path, status=1).stderr


@pytest.mark.parametrize("name", ["ferry.mp3", "ferry.wav", "ferry.m4a"])
def test_a_file_that_was_cut_is_an_error(folder: Path, tmp_path: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    done = audio_edition("inspect", name, cwd=tmp_path, status=1)
    assert done.stderr.count("\n") == 1
    assert "export it again" in done.stderr


def test_a_damaged_tag_does_not_hide_the_sound(folder: Path, tmp_path: Path) -> None:
    sound = (folder / "bare.mp3").read_bytes()
    sound = sound[sound.index(b"\xff\xfb") :]
    frame = b"TIT2" + (60).to_bytes(4, "big") + b"\0\0" + b"\x01\xff\xfex"
    (tmp_path / "torn.mp3").write_bytes(b"ID3\x09\0\0\0\0\0\x40" + frame.ljust(64, b"\0") + sound)
    said = in_json(tmp_path, "torn.mp3")
    assert said["duration_s"] == pytest.approx(SECONDS, abs=0.1)
    assert "damaged" in said["tags"]["fault"]


@pytest.mark.parametrize("count", [0, 1])
def test_no_sample_and_one_sample(tmp_path: Path, count: int) -> None:
    soundfile.write(tmp_path / "tiny.wav", np.full(count, 0.25), RATE)
    said = in_json(tmp_path, "tiny.wav", "--plot", "tiny.svg")
    assert said["sample_count"] == count
    assert said["loudness"]["integrated_lufs"] is None
    shown = audio_edition("inspect", "tiny.wav", "--plot", "tiny.png", cwd=tmp_path).stdout
    assert "samples)" in shown
    assert ("true peak: none\n" in shown) == (count == 0)
    assert "digital silence" not in shown


def test_silence_alone(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silence.flac", np.zeros((RATE * 3, 2)), RATE)
    lines = audio_edition("inspect", "silence.flac", cwd=tmp_path).stdout.splitlines()
    assert any(line.startswith("loudness: none [off: silent;") for line in lines)
    assert "noise floor: none: digital silence" in lines
    assert "true peak: none" in lines
    assert "channels: stereo [good]" in lines
    assert "longest silence: 3.00 s at 0:00" in lines


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_terminal_page(folder: Path, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    report = report_on(folder / "ferry.mp3")
    print_page(report, facts_of(report, judge(report)), width=width)
    shown = capsys.readouterr().out
    lines = shown.splitlines()
    assert lines[0] == "The ferry that waited"
    assert all(len(line) <= width for line in lines)
    assert "✓ good" in shown
    axis = next(number for number, line in enumerate(lines) if line.startswith("0:00") and "0:1" in line)
    assert lines[axis - 1].split() == ["1", "2", "3", "4"]
    assert lines[axis - 1].index("3") == width // 2
    assert "█" in lines[axis - 2]
    pause = lines[axis - 2][round(width * 8.3 / SECONDS) : round(width * 9.7 / SECONDS)]
    assert set(pause) == {" "}


def test_a_narrow_page_folds_no_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = report_on(folder / "ferry.mp3")
    facts = facts_of(report, judge(report))
    print_page(report, facts, width=60)
    shown = capsys.readouterr().out
    assert all(fact.value in shown and fact.verdict in shown for fact in facts)
    assert "chapters" in shown


def test_a_drawing_of_half_scale_is_half_as_high(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "half.wav", np.full(RATE, 0.5), RATE)
    rows = [
        "".join(letter for letter, _ in row)
        for row in Drawing(report_on(tmp_path / "half.wav").measured, width=10, rows=8).wave()
    ]
    assert rows == [" " * 10] * 4 + ["█" * 10] * 4
