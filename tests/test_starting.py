"""What is started early: used when it is needed, and no trouble to a program that ends before."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.project import open_project
from tests.commands import audio_edition, show_in

PROGRAM = """
import sys
from pathlib import Path
from pipeline.project import open_project
from pipeline.starting import start_early
start_early(open_project(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("engine", ["espeak", "nobody", "piper"])
def test_a_program_that_ends_at_once_ends_in_silence(tmp_path: Path, engine: str) -> None:
    show = show_in(tmp_path / "show")
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(
        settings.replace('# engine = "espeak"', f'engine = "{engine}"', 1), encoding="utf-8"
    )
    assert open_project(show).show.voice.engine == engine
    for _ in range(4):
        done = subprocess.run([sys.executable, "-c", PROGRAM, show], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("", "")


def test_a_command_that_fails_at_once_says_no_more_than_why(tmp_path: Path) -> None:
    show = show_in(tmp_path / "show")
    (show / "cover.jpg").write_bytes(b"no image")
    (show / "seeds" / "ferry.md").write_text("# The ferry\n\nIt waits in Salka.\n", encoding="utf-8")
    for _ in range(4):
        done = audio_edition("episode", "-q", "seeds/ferry.md", cwd=show, status=1)
        assert len(done.stderr.splitlines()) == 1
