"""Piper with a voice of tones, for tests that run over all engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.engines import Engine
from pipeline.engines.piper import PiperEngine
from pipeline.model import VoiceSettings
from pipeline.voices.folder import VARIABLE
from tests.engines.onnx_models import install_piper


@contextmanager
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Engine, VoiceSettings]]:
    """The engine, and settings that name a voice of it."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "voices"))
    install_piper("en_GB-tones-medium")
    yield PiperEngine(), VoiceSettings(engine="piper", name="en_GB-tones-medium")
