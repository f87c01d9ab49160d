"""The gtts engine ready to speak, with a Google on this computer behind it: for the tests that run over all engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.engines.contract import Engine
from pipeline.engines.gtts import GttsEngine
from pipeline.engines.gtts.options import GttsOptions
from pipeline.model import VoiceSettings
from tests.engines.gtts.google import google


@contextmanager
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Engine, VoiceSettings]]:
    """The engine and a voice of it; both are good until the end of the block."""
    with google() as mind:
        yield GttsEngine(options_for(mind.server.url)), VoiceSettings(engine="gtts", name="en-GB")


def options_for(address: str, *, at_once: int = 4, tries: int = 8, timeout_s: float = 5.0) -> GttsOptions:
    """As many requests as come, and waits that nobody notices."""
    return GttsOptions(
        address=address,
        requests_a_minute=0,
        at_once=at_once,
        tries=tries,
        timeout_s=timeout_s,
        first_wait_s=0.002,
    )
