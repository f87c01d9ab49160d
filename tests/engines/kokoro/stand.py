"""Kokoro with a model of tones, for tests that run over all engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.engines import Engine
from pipeline.engines.kokoro import KokoroEngine
from pipeline.model import VoiceSettings
from pipeline.voices.folder import VARIABLE
from tests.engines.onnx_models import install_kokoro


@contextmanager
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Engine, VoiceSettings]]:
    """The engine, and settings that name a voice of it."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "voices"))
    install_kokoro("kokoro-v1.0")
    yield KokoroEngine(), VoiceSettings(engine="kokoro", name="bf_emma")
