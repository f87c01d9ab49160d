"""Running `audio-edition` as a person does: a process of its own, from a folder."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: What makes the checkout a working show.
SHOW_FILES = ("show.toml", "lexicon.toml", "cover.jpg")


def audio_edition(*arguments: object, cwd: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    """What the command printed; its exit status must be ``status``, and nothing it says a traceback."""
    done = subprocess.run(
        [Path(sys.executable).with_name("audio-edition"), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def show_in(folder: Path) -> Path:
    """A copy of the sample show without its articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHOW_FILES:
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "seeds").mkdir()
    return folder


def ready_to_publish(show: Path) -> Path:
    """The show with addresses that are no example's, so that nothing stands in the way of publishing."""
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace(".example", ".net"), encoding="utf-8")
    return show


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every published or kept file of a show, with content and time of change; cache and lock are nobody's business."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts and not path.name.startswith(".audio-edition")
    }
