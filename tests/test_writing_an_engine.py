"""docs/writing-an-engine.md works as it stands: its package is made, installed, tried and heard in an episode."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

ARTICLE = """---
title: The quay
author: Ines Calder
published: 2026-03-01
---

The quay of Salka is closed. Two ferries wait outside.
"""


@pytest.fixture(scope="module")
def written(root: Path) -> dict[str, str]:
    """File -> text, for the blocks of the page that say on their first line which file they are."""
    page = (root / "docs" / "writing-an-engine.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:toml|python)\n# (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    return dict(blocks)


@pytest.fixture(scope="module")
def installed(written: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on which the package is installed as pip installs it."""
    source, target = tmp_path_factory.mktemp("morse-engine"), tmp_path_factory.mktemp("site-packages")
    for name in ("pyproject.toml", "morse_engine.py", "test_morse_engine.py"):
        (source / name).write_text(written[name], encoding="utf-8")
    offline = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    pip = [sys.executable, "-m", "pip", "install", *offline, "--target", target, source]
    run(pip, cwd=source, environment=dict(os.environ))  # what pip warns of is not ours
    (target / "test_morse_engine.py").write_text(written["test_morse_engine.py"], encoding="utf-8")
    return target


def strictly(path: Path | None = None) -> dict[str, str]:
    """An environment in which warnings are errors, and the packages in ``path`` are installed."""
    return {**os.environ, "PYTHONWARNINGS": "error"} | ({} if path is None else {"PYTHONPATH": str(path)})


def run(command: list[object], *, cwd: Path, environment: dict[str, str]) -> str:
    """What the command printed; it must succeed."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=300, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_engine_of_the_page_keeps_the_contract_by_the_test_of_the_page(installed: Path) -> None:
    said = run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "test_morse_engine.py"],
        cwd=installed,
        environment=strictly(installed),
    )
    assert re.search(r"^\d\d passed", said, re.MULTILINE), said


def test_it_refuses_what_morse_code_does_not_have(installed: Path) -> None:
    code = (
        "from pipeline.engines import find_engine\n"
        "from pipeline.errors import EngineError\n"
        "from pipeline.model import VoiceSettings\n"
        "session = find_engine('morse').open(VoiceSettings(engine='morse', name='buzzer'))\n"
        "assert session.speak('naïve').sample_count == session.speak('naive').sample_count\n"
        "try:\n"
        "    session.speak('To Łódź by sea')\n"
        "except EngineError as error:\n"
        "    print(error)\n"
    )
    assert "respelling" in run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=installed, environment=strictly(installed)
    )


def test_what_the_page_points_at_is_there(root: Path) -> None:
    page = root / "docs" / "writing-an-engine.md"
    links = re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_its_voices_stand_in_the_list_beside_ours(installed: Path, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("audio-edition")
    said = run([command, "voices", "list", "--engine", "morse"], cwd=tmp_path, environment=strictly(installed))
    assert all(word in said for word in ("morse", "buzzer", "whistle", "CC0-1.0"))


def test_an_episode_is_heard_in_it(installed: Path, written: dict[str, str], tmp_path: Path) -> None:
    show = tmp_path / "show"
    command = Path(sys.executable).with_name("audio-edition")
    run([command, "init", show], cwd=tmp_path, environment=strictly())
    settings = (show / "show.toml").read_text(encoding="utf-8")
    told, count = re.subn(r"^\[voice\]\nengine = .*\nname = .*\n", written["show.toml"], settings, flags=re.MULTILINE)
    assert count == 1
    (show / "show.toml").write_text(told, encoding="utf-8")
    (show / "seeds" / "quay.md").write_text(ARTICLE, encoding="utf-8")
    run([command, "episode", "seeds/quay.md", "--quiet"], cwd=show, environment=strictly(installed))
    (ledger,) = show.glob("episodes/*/episode.json")
    voice = json.loads(ledger.read_bytes())["voice"]
    assert (voice["engine"], voice["voice"], voice["licence"]) == ("morse", "buzzer", "CC0-1.0")
    assert voice["engine_version"] == "1.0, 25.0 words a minute"
    (sound,) = show.glob("episodes/*/*.mp3")
    assert loudest_hz(sound) == pytest.approx(450, abs=5)


def loudest_hz(path: Path) -> float:
    """The frequency that is heard most in the first minute."""
    samples, rate = soundfile.read(path, always_2d=True)
    mono = samples[: 60 * rate].mean(axis=1)
    return float(np.argmax(np.abs(np.fft.rfft(mono))) * rate / len(mono))
