"""A storehouse of voices, and a folder of one's own for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voices.storehouse import Storehouse, storehouse


@pytest.fixture
def house() -> Iterator[Storehouse]:
    """A web server with one voice of Piper."""
    with storehouse() as made:
        made.add_piper()
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where voices are installed; never the one of whoever runs the tests."""
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path / "voices"))
    for engine in ("PIPER", "KOKORO"):
        monkeypatch.delenv(f"AUDIO_EDITION_VOICES_FROM_{engine}", raising=False)
    return tmp_path / "voices"
