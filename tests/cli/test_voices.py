"""`audio-edition voices` as a publisher uses it: what is there, what it sounds like, and what has to be fetched."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import audio_edition, show_in
from tests.voices.storehouse import ALBA, CARD, FOLDER, Fault, Storehouse, storehouse

WEIGHTS = f"{FOLDER}/{ALBA}.onnx"
VOICE = f"piper:{ALBA}"


@pytest.fixture
def house() -> Iterator[Storehouse]:
    with storehouse() as made:
        made.add_piper()
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where voices are installed here."""
    for variable in ("AUDIO_EDITION_VOICES_FROM_PIPER", "AUDIO_EDITION_VOICES_FROM_KOKORO", "ELEVENLABS_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another distribution with an engine whose library is missing."""
    packages = tmp_path / "packages"
    (packages / "acme-1.0.dist-info").mkdir(parents=True)
    (packages / "acme-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (packages / "acme-1.0.dist-info" / "entry_points.txt").write_text("[audio_edition.engines]\nacme = acme:Engine\n")
    (packages / "acme.py").write_text(
        "from pipeline.engines import Capabilities, Concurrency, NoOptions\n"
        "from pipeline.errors import EngineUnavailable\n"
        "class Engine:\n"
        "    name, Options = 'acme', NoOptions\n"
        "    capabilities = Capabilities(concurrency=Concurrency.FREE, is_deterministic=True, is_network=False,\n"
        "                                max_chars=100, timing=None)\n"
        "    def __init__(self, options): pass\n"
        "    def voices(self): raise EngineUnavailable('no acme', cure='pip install acme[speech]')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(packages))


def listed(*arguments: object, cwd: Path) -> list[dict[str, object]]:
    voices: list[dict[str, object]] = json.loads(audio_edition("voices", "list", "--json", *arguments, cwd=cwd).stdout)[
        "voices"
    ]
    return voices


def test_install_tells_what_it_is_fetches_it_and_says_what_to_write(
    house: Storehouse, folder: Path, tmp_path: Path
) -> None:
    done = audio_edition("voices", "install", VOICE, "--from", house.base, cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert lines[0] == f"{VOICE} (alba, English (Great Britain), medium): 0.3 MB from {house.base}"
    assert lines[1] == "Licence: CC BY 4.0"
    assert lines[2] == f"{VOICE} is installed in {folder / 'piper' / ALBA}"
    assert f'  [voice]\n  engine = "piper"\n  name = "{ALBA}"\n' in done.stdout
    assert lines[-1] == f"For the credits: piper {ALBA}, licence CC BY 4.0"
    assert done.stderr == f"  {VOICE}: 0.3 MB, whole\n"
    assert (folder / "piper" / ALBA / f"{ALBA}.onnx").read_bytes() == house.files[WEIGHTS]


def test_the_second_time_it_says_so_and_needs_no_server(house: Storehouse, tmp_path: Path) -> None:
    audio_edition("voices", "install", VOICE, "--from", house.base, "-q", cwd=tmp_path)
    before = len(house.requests)
    done = audio_edition("voices", "install", VOICE, "--from", "http://127.0.0.1:1/", cwd=tmp_path)
    assert "was installed already" in done.stdout
    assert len(house.requests) == before
    done = audio_edition("voices", "install", VOICE, "--from", house.base, "--force", "-q", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
    assert house.asked(WEIGHTS) == ["", ""]


def test_a_licence_that_nobody_states_is_said_to_be_missing(house: Storehouse, tmp_path: Path) -> None:
    house.add_piper(card=CARD.replace("License", "Terms"))
    done = audio_edition("voices", "install", VOICE, "--from", house.base, cwd=tmp_path)
    assert "Licence: not stated; ask its maker before you publish with it\n" in done.stdout


def test_the_environment_names_mirrors_and_kokoro_has_one_of_its_own(
    house: Storehouse, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with storehouse() as other:
        other.add_kokoro("kokoro-v1.0.int8")
        monkeypatch.setenv("AUDIO_EDITION_VOICES_FROM_PIPER", house.base)
        monkeypatch.setenv("AUDIO_EDITION_VOICES_FROM_KOKORO", other.base)
        done = audio_edition("voices", "install", VOICE, "kokoro:kokoro-v1.0.int8", cwd=tmp_path)
    assert sorted(path.parent.name for path in folder.glob("*/*/model.json")) == [ALBA, "kokoro-v1.0.int8"]
    assert '  name = "af_heart"\n\n  [engines.kokoro]\n  model = "kokoro-v1.0.int8"\n' in done.stdout


def test_one_address_is_not_for_two_engines(house: Storehouse, tmp_path: Path) -> None:
    done = audio_edition("voices", "install", VOICE, "kokoro", "--from", house.base, cwd=tmp_path, status=2)
    assert "--from is the address of one engine's voices" in done.stderr
    assert house.requests == []


def test_an_unknown_voice_is_one_line_with_the_nearest(house: Storehouse, tmp_path: Path) -> None:
    done = audio_edition("voices", "install", "piper:en_GB-alba", "--from", house.base, cwd=tmp_path, status=1)
    assert done.stderr.count("\n") == 1
    assert f"what there is: {ALBA}" in done.stderr


def test_a_cut_connection_is_mended_in_the_same_run(house: Storehouse, tmp_path: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=100_000)]
    audio_edition("voices", "install", VOICE, "--from", house.base, cwd=tmp_path)
    assert house.asked(WEIGHTS) == ["", "bytes=100000-"]


def start(*arguments: object, cwd: Path) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("audio-edition")), *map(str, arguments)]
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_what_is_stopped_goes_on_where_it_was(house: Storehouse, folder: Path, tmp_path: Path, how: int) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=100_000, is_held=True)]
    with start("voices", "install", VOICE, "--from", house.base, cwd=tmp_path) as running:
        assert house.held.wait(30)
        wait_for_bytes(folder, 60_000)
        running.send_signal(how)
        _, told = running.communicate(timeout=10)
    if how == signal.SIGINT:
        assert running.returncode == 1
        assert "what is done is kept, and the same command goes on from there" in told
        assert "Traceback" not in told
    assert not list(folder.glob("*/*/model.json"))
    house.released.set()
    audio_edition("voices", "install", VOICE, "--from", house.base, cwd=tmp_path)
    first, second = house.asked(WEIGHTS)
    assert first == ""
    assert int(second.removeprefix("bytes=").rstrip("-")) >= 60_000
    assert (folder / "piper" / ALBA / f"{ALBA}.onnx").read_bytes() == house.files[WEIGHTS]


def wait_for_bytes(folder: Path, count: int) -> None:
    """Until so much has come into a part."""
    for _ in range(1000):
        if any(part.stat().st_size >= count for part in folder.glob("piper/*/*.onnx.*.part")):
            return
        signal.sigtimedwait([], 0.01)
    pytest.fail("nothing comes")


def test_two_at_once_fetch_it_once(house: Storehouse, folder: Path, tmp_path: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=300_000, is_held=True)]
    arguments = ("voices", "install", VOICE, "--from", house.base)
    with start(*arguments, cwd=tmp_path) as first:
        assert house.held.wait(30)
        with start(*arguments, cwd=tmp_path) as second:
            while len(house.asked("voices.json")) < 2:
                signal.sigtimedwait([], 0.01)
            house.released.set()
            told = [running.communicate(timeout=30) for running in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), told
    assert len(house.asked(WEIGHTS)) == 1
    assert "is installed in" in told[0][0]
    assert (folder / "piper" / ALBA / f"{ALBA}.onnx").read_bytes() == house.files[WEIGHTS]


def seen_on_a_terminal(*arguments: str, cwd: Path) -> str:
    """What a person sees of the command, on a terminal of 70 columns."""
    reader, writer = pty.openpty()
    command = [str(Path(sys.executable).with_name("audio-edition")), *arguments]
    environment = {**os.environ, "COLUMNS": "70", "TERM": "xterm"}
    with subprocess.Popen(command, cwd=cwd, stdout=writer, stderr=writer, env=environment) as running:
        os.close(writer)
        seen = b""
        try:
            while block := os.read(reader, 4096):
                seen += block
        except OSError:  # the other end is closed
            pass
        os.close(reader)
    assert running.returncode == 0, seen
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", seen.decode())


def test_a_bar_counts_bytes_where_somebody_looks(house: Storehouse, tmp_path: Path) -> None:
    seen = seen_on_a_terminal("voices", "install", VOICE, "--from", house.base, cwd=tmp_path)
    assert re.search(r"\d/300\.\d kB", seen)
    assert f"✓ {VOICE}: 0.3 MB, whole" in seen


def test_the_table_fits_a_narrow_terminal(house: Storehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIO_EDITION_VOICES_FROM_PIPER", house.base)
    seen = seen_on_a_terminal("voices", "list", "--engine", "piper", "--available", cwd=tmp_path)
    lines = seen.splitlines()
    assert all(len(line) <= 70 for line in lines)
    assert lines[0].split() == ["engine", "voice", "language", "quality", "licence"]
    assert lines[1].split()[:3] == ["piper", ALBA, "en-GB"]


def test_remove_shows_the_size_and_asks(house: Storehouse, folder: Path, tmp_path: Path) -> None:
    audio_edition("voices", "install", VOICE, "--from", house.base, "-q", cwd=tmp_path)
    kept = audio_edition("voices", "remove", VOICE, cwd=tmp_path, status=1)  # nobody is there to say yes
    assert f"Delete {folder / 'piper' / ALBA} (0.3 MB)?" in kept.stderr
    assert (folder / "piper" / ALBA).is_dir()
    done = audio_edition("voices", "remove", VOICE, "--yes", cwd=tmp_path)
    assert done.stdout == f"deleted {folder / 'piper' / ALBA}: 0.3 MB\n"
    assert not (folder / "piper" / ALBA).exists()
    assert "no model of piper is" in audio_edition("voices", "remove", VOICE, "-y", cwd=tmp_path, status=1).stderr


def test_a_broken_model_hides_no_other_and_can_be_removed(house: Storehouse, folder: Path, tmp_path: Path) -> None:
    audio_edition("voices", "install", VOICE, "--from", house.base, "-q", cwd=tmp_path)
    (folder / "piper" / "en_GB-broken-low").mkdir()
    (folder / "piper" / "en_GB-broken-low" / "model.json").write_text("{", encoding="utf-8")
    rows = listed("--engine", "piper", cwd=tmp_path)
    assert [row["voice"] for row in rows] == [ALBA, ""]
    assert "audio-edition voices install piper:en_GB-broken-low" in str(rows[1]["how"])
    audio_edition("voices", "remove", "piper:en_GB-broken-low", "--yes", cwd=tmp_path)
    assert [row["voice"] for row in listed("--engine", "piper", cwd=tmp_path)] == [ALBA]


def test_list_has_what_speaks_english_where_there_is_no_show(acme: None, tmp_path: Path) -> None:
    rows = listed(cwd=tmp_path)
    keys = {"engine", "voice", "language", "label", "quality", "licence", "is_installed", "how"}
    assert all(set(row) == keys for row in rows)
    espeak = [row for row in rows if row["engine"] == "espeak"]
    assert {"en-gb", "en-us"} <= {row["voice"] for row in espeak}
    assert all(str(row["language"]).startswith("en") for row in espeak)
    assert all(row["is_installed"] and row["licence"] == "GPL-3.0-or-later" for row in espeak)
    how = {row["engine"]: row["how"] for row in rows if not row["voice"]}
    assert how["acme"] == "pip install acme[speech]"
    assert how["elevenlabs"] == "needs the key in ELEVENLABS_API_KEY: audio-edition voices list --engine elevenlabs"
    assert how["openai"] == "needs the key in OPENAI_API_KEY: audio-edition voices list --engine openai"
    assert how["kokoro"] == "audio-edition voices install kokoro"
    assert how["piper"] == "audio-edition voices list --engine piper --available --language en"
    assert "tone" not in {row["engine"] for row in rows}


def test_list_takes_the_language_of_the_show_and_the_tables_of_its_engines(tmp_path: Path) -> None:
    show = show_in(tmp_path / "show")
    text = (show / "show.toml").read_text(encoding="utf-8").replace('language = "en-GB"', 'language = "de"')
    (show / "show.toml").write_text(f'{text}\n[engines.openai]\nurl = "http://127.0.0.1:9/v1"\n', encoding="utf-8")
    rows = listed(cwd=show / "seeds")
    assert [row["voice"] for row in rows if row["engine"] == "espeak"] == ["de"]
    how = {row["engine"]: row["how"] for row in rows if not row["voice"]}
    assert how["openai"] == "needs the server http://127.0.0.1:9/v1: audio-edition voices list --engine openai"
    assert "kokoro" not in how  # it speaks no German
    british = listed("--language", "en-GB", "--engine", "espeak", cwd=show)
    assert {"en-gb", "en-gb-scotland"} <= {row["voice"] for row in british}
    assert all(str(row["language"]).startswith("en-gb") for row in british)
    assert len(listed("--language", "all", "--engine", "espeak", "--show", show, cwd=tmp_path)) > 80


def test_list_shows_what_is_installed_and_what_could_be(
    house: Storehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.add_piper("en_GB-alan-low", folder="en/en_GB/alan/low")
    house.add_piper("de_DE-thorsten-low", folder="de/de_DE/thorsten/low")
    monkeypatch.setenv("AUDIO_EDITION_VOICES_FROM_PIPER", house.base)
    audio_edition("voices", "install", VOICE, "-q", cwd=tmp_path)
    rows = {str(row["voice"]): row for row in listed("--engine", "piper", "--available", cwd=tmp_path)}
    assert list(rows) == [ALBA, "en_GB-alan-low"]
    assert rows[ALBA]["is_installed"]
    assert rows[ALBA]["licence"] == "CC BY 4.0"
    assert not rows["en_GB-alan-low"]["is_installed"]
    assert rows["en_GB-alan-low"]["how"] == "audio-edition voices install piper:en_GB-alan-low  (0 MB)"
    assert len(listed("--engine", "piper", "--available", "--language", "all", cwd=tmp_path)) == 3


def test_kokoros_models_are_known_without_asking_anybody(tmp_path: Path) -> None:
    rows = listed("--engine", "kokoro", "--available", "--language", "en-GB", cwd=tmp_path)
    assert [row["voice"] for row in rows] == ["kokoro-v1.0", "kokoro-v1.0.fp16", "kokoro-v1.0.int8"]
    assert rows[0]["how"] == "audio-edition voices install kokoro:kokoro-v1.0  (354 MB)"
    assert {row["licence"] for row in rows} == {"Apache-2.0"}


def test_a_catalogue_that_does_not_come_hides_no_other_engine(
    house: Storehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del house.files["voices.json"]
    monkeypatch.setenv("AUDIO_EDITION_VOICES_FROM_PIPER", house.base)
    rows = listed("--available", cwd=tmp_path)
    assert "there is no index of voices" in next(str(row["how"]) for row in rows if row["engine"] == "piper")
    assert any(row["engine"] == "espeak" for row in rows)
    done = audio_edition("voices", "list", "--available", "--engine", "piper", cwd=tmp_path, status=1)
    assert "there is no index of voices" in done.stderr


def test_list_is_plain_lines_for_programs_and_says_when_there_is_nothing(tmp_path: Path) -> None:
    done = audio_edition("voices", "list", "--engine", "espeak", "--language", "de", cwd=tmp_path)
    assert done.stdout == "espeak\tde\tde\tdraft\tGPL-3.0-or-later\tinstalled\n"
    done = audio_edition("voices", "list", "--engine", "espeak", "--language", "tlh", cwd=tmp_path)
    assert "No voices for tlh" in done.stdout
    assert (
        "there is no speech engine" in audio_edition("voices", "list", "--engine", "no", cwd=tmp_path, status=1).stderr
    )


def test_a_sample_speaks_what_it_is_told(tmp_path: Path) -> None:
    done = audio_edition("voices", "sample", "espeak:en-gb", "The ferry waited in Salka.", "-o", "f.wav", cwd=tmp_path)
    with wave.open(str(tmp_path / "f.wav")) as stream:
        assert (stream.getnchannels(), stream.getsampwidth(), stream.getframerate()) == (1, 2, 22050)
        duration_s = stream.getnframes() / 22050
        assert max(stream.readframes(stream.getnframes())) > 0
    assert 1 < duration_s < 4
    assert done.stdout == f"f.wav: {duration_s:.1f} s, espeak:en-gb, licence GPL-3.0-or-later\n"


@pytest.mark.parametrize(
    ("voice", "opening"),
    [("espeak:de", "Die Fähre"), ("espeak:en-us+f3", "The ferry"), ("fr-fr", "Le ferry"), ("espeak:fi", "The ferry")],
)
def test_without_a_text_it_speaks_the_language_of_the_voice(tmp_path: Path, voice: str, opening: str) -> None:
    said = json.loads(audio_edition("voices", "sample", voice, "--json", cwd=tmp_path).stdout)
    assert said["text"].startswith(opening)
    assert (tmp_path / said["path"]).stat().st_size > 44_100
    assert said["engine"] == "espeak"


def test_a_sample_at_half_the_pace_is_longer(tmp_path: Path) -> None:
    lengths = [
        json.loads(audio_edition("voices", "sample", "en-gb", "--json", "--pace", pace, cwd=tmp_path).stdout)[
            "duration_s"
        ]
        for pace in (300, 100)
    ]
    assert lengths[1] > 2 * lengths[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["espeak:xx-yy"], 'espeak has no voice "xx-yy"'),
        (["espeak:"], 'of the engine "espeak" no voice is named'),
        (["espeak:en-gb", "..."], "says nothing at all"),
        (["espeak:en-gb", "word " * 24_000], "takes 100000 at a time"),
        (["piper:en_GB-nobody-low"], "audio-edition voices install piper:en_GB-nobody-low"),
    ],
)
def test_a_sample_that_cannot_be_is_one_line(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = audio_edition("voices", "sample", *arguments, cwd=tmp_path, status=1)
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*.wav"))
