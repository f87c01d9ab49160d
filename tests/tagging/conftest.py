"""The short sounds, each made once."""

from pathlib import Path

import pytest

from tests.tagging.samples import flac_sound, m4a_sound, mp3_sound, opus_sound


@pytest.fixture(scope="package")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sounds")


@pytest.fixture(scope="package")
def sound(sounds: Path) -> bytes:
    """An MP3 stream without a tag."""
    return mp3_sound(sounds)


@pytest.fixture(scope="package")
def m4a(sounds: Path) -> bytes:
    return m4a_sound(sounds)


@pytest.fixture(scope="package")
def opus(sounds: Path) -> bytes:
    return opus_sound(sounds)


@pytest.fixture(scope="package")
def flac(sounds: Path) -> bytes:
    return flac_sound(sounds)
