"""Paid voices from the command line, against a server that speaks as such servers do: asked before, told before,
nothing paid twice, and the key in no file and no message."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli.spending import Purse
from pipeline.errors import ConfigError
from pipeline.model import Bill, SpendingSettings
from tests.commands import audio_edition, show_in, tree
from tests.engines.network.loopback import Call, Reply, Server
from tests.engines.openai.stand import KEY, VARIABLE, at_stand

SENTENCES = [
    f"The {name} lay at anchor off Salka for the whole of the week, and nobody who came to the quay could say why."
    for name in ("Amaro", "Reyl", "Ostrava", "Calder", "Vael", "Corvel", "Tomas", "Ines", "Marit", "Oyelaran")
]
ARTICLE = "---\ntitle: Three ships\ndate: 2026-04-01\nauthor: Ines Calder\n---\n\n" + "\n\n".join(SENTENCES) + "\n"

SETTINGS = """
[spending]
confirm_above_usd = {limit}

[engines.openai]
url = "{url}/v1"
model = "kokoro"
key_variable = "{variable}"
first_wait_s = 0.001
tries = {tries}
usd_per_million_chars = 1000
"""


class Stand:
    """A show that is read by a paid server, and what that server was asked to say."""

    def __init__(self, show: Path, server: Server) -> None:
        self.show = show
        self._server = server

    def said(self) -> list[str]:
        return [json.loads(call.body)["input"] for call in self._server.calls if call.method == "POST"]

    def configure(self, *, limit: float = 5.0, tries: int = 3) -> None:
        text = (self.show / "show.toml").read_text(encoding="utf-8").partition("\n[spending]")[0]
        settings = SETTINGS.format(limit=limit, url=self._server.url, variable=VARIABLE, tries=tries)
        (self.show / "show.toml").write_text(text + settings, encoding="utf-8")

    def episode(self, *options: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        voice = ("--voice", "openai:bf_emma")
        return audio_edition("episode", "seeds/ships.md", *voice, *options, cwd=self.show, status=status)


@pytest.fixture
def failing() -> list[str]:
    """Sentences that the server cannot say for the time being."""
    return []


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: list[str]) -> Iterator[Stand]:
    def answer(call: Call) -> Reply | None:
        is_bad = call.method == "POST" and any(sentence in call.body.decode() for sentence in failing)
        return Reply(status=500, body=b"{}") if is_bad else None

    show = show_in(tmp_path / "show")
    (show / "seeds" / "ships.md").write_text(ARTICLE, encoding="utf-8")
    with at_stand(monkeypatch, answer) as (_, server):
        made = Stand(show, server)
        made.configure()
        yield made


def test_a_dry_run_knows_the_price_and_asks_nobody(stand: Stand) -> None:
    said = json.loads(stand.episode("--dry-run", "--json").stdout)
    (one,) = said["estimates"]
    assert one["usd"] == pytest.approx(one["characters"] / 1000, abs=1e-4)
    assert one["is_network"]
    assert said["total"]["usd"] > one["usd"]
    assert not stand.said()
    told = stand.episode("--dry-run").stdout
    assert f"{one['characters']:,} characters, about ${one['usd']:.2f}" in told


def test_above_the_limit_nothing_is_asked_for_unless_somebody_agrees(stand: Stand) -> None:
    stand.configure(limit=0.1)
    before = tree(stand.show)
    refused = stand.episode(status=1).stderr
    assert "to be spoken by openai" in refused
    assert "--yes" in refused.splitlines()[-1]
    assert not stand.said()
    assert tree(stand.show) == before
    assert "to be spoken by openai" in stand.episode("--yes").stderr
    assert len(set(stand.said())) == len(stand.said()) > 10
    count = len(stand.said())
    assert "to be spoken" not in stand.episode().stderr
    assert len(stand.said()) == count


def read_in_time(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], 60)
    assert ready, "it neither asks nor goes on"
    return os.read(terminal, 1024)


@pytest.mark.parametrize(("answer", "status"), [("n\n", 1), ("\n", 1), ("y\n", 0)])
def test_who_sits_at_the_terminal_is_asked(stand: Stand, answer: str, status: int) -> None:
    stand.configure(limit=0.1)
    host, terminal = pty.openpty()
    command = [
        Path(sys.executable).with_name("audio-edition"),
        "episode",
        "seeds/ships.md",
        "--voice",
        "openai:bf_emma",
    ]
    with subprocess.Popen(command, cwd=stand.show, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        while b"Go on?" not in shown:
            shown += read_in_time(host)
        assert not stand.said()
        os.write(host, answer.encode())
        while process.poll() is None:
            try:
                shown += read_in_time(host)  # or else its screen is full some time
            except OSError:  # it has closed its end
                process.wait(timeout=120)
        assert process.stdout is not None
        process.stdout.read()
    os.close(host)
    assert process.returncode == status, shown
    assert bool(stand.said()) is (status == 0)


def test_what_came_back_before_a_failure_is_never_paid_again(stand: Stand, failing: list[str]) -> None:
    stand.configure(tries=1)
    failing.append("Ostrava")
    error = stand.episode(status=1).stderr
    assert "127.0.0.1" in error
    assert "run the same command again" in error
    before = stand.said()
    failing.clear()
    stand.episode()
    after = stand.said()[len(before) :]
    came_back = {said for said in before if "Ostrava" not in said}
    assert not came_back & set(after)
    assert any("Ostrava" in said for said in after)


def test_the_key_is_in_no_file_and_no_message(
    stand: Stand, failing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, f"{KEY}-wrong")
    refused = stand.episode(status=1).stderr
    monkeypatch.setenv(VARIABLE, KEY)
    failing.append("Ostrava")
    failed = stand.episode(status=1).stderr
    failing.clear()
    done = stand.episode("--json")
    assert KEY not in refused + failed + done.stderr + done.stdout
    assert VARIABLE in refused
    files = [path for path in stand.show.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_a_missing_key_and_an_unknown_voice_stop_the_build_before_anything_is_said(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = audio_edition(
        "episode", "seeds/ships.md", "--voice", "openai:bf_ema", cwd=stand.show, status=1
    ).stderr.splitlines()[-1]
    assert "bf_emma" in said
    monkeypatch.delenv(VARIABLE)
    assert f"export {VARIABLE}=..." in stand.episode(status=1).stderr
    assert not stand.said()


def test_a_published_sound_is_not_paid_for_again_and_then_refused(stand: Stand) -> None:
    settings = (stand.show / "show.toml").read_text(encoding="utf-8")
    (stand.show / "show.toml").write_text(settings.replace(".example", ".net"), encoding="utf-8")
    stand.episode()
    audio_edition("feed", "--published", cwd=stand.show)
    shutil.rmtree(stand.show / ".cache")
    count = len(stand.said())
    refused = stand.episode(status=1).stderr
    assert "is published" in refused
    assert "--correct" in refused
    assert len(stand.said()) == count
    stand.episode("--correct", "The sound was lost.")
    assert len(stand.said()) > count


def test_what_has_no_known_price_hides_no_known_one() -> None:
    purse = Purse(SpendingSettings(confirm_above_usd=1.0), is_agreed=False, is_quiet=True)
    purse.require(Bill(characters=100, usd=None, is_network=True), engine="one")
    purse.require(Bill(characters=100, usd=0.9, is_network=True), engine="two")
    with pytest.raises(ConfigError, match="confirm_above_usd = 1 "):
        purse.require(Bill(characters=100, usd=0.2, is_network=True), engine="two")


def test_a_sample_is_paid_for_like_anything_else(stand: Stand) -> None:
    stand.configure(limit=0.01)
    asked = ("voices", "sample", "openai:bf_emma", "The Amaro lay at anchor off Salka.")
    refused = audio_edition(*asked, cwd=stand.show, status=1).stderr
    assert "confirm_above_usd = 0.01" in refused
    assert not stand.said()
    audio_edition(*asked, "--yes", cwd=stand.show)
    assert stand.said() == [asked[-1]]
