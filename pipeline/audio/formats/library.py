"""Floor 3, inside audio: FFmpeg's libraries as PyAV brings them with the extra `formats`, loaded when first needed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.errors import AudioError


def pyav() -> Any:
    """The module `av`. Raises AudioError where it is not installed, with the command that brings it."""
    try:
        # An extra: it may not be there, and loading it is slow.
        import av  # noqa: PLC0415
    except ImportError as error:
        raise missing(str(error)) from error
    return av


@contextmanager
def faults_named(form: str) -> Iterator[None]:
    """Around calls of PyAV that make ``form``. Raises AudioError for what FFmpeg says against it."""
    av = pyav()
    try:
        yield
    except av.FFmpegError as error:
        raise AudioError(
            f"{form} cannot be made: FFmpeg says {error.strerror!r}",
            cure=f"take it out of [sound] formats in show.toml, or renew FFmpeg: {_install('--upgrade ')}",
        ) from error


def missing(why: str) -> AudioError:
    """The error that says how to get what the forms need."""
    return AudioError(f"M4A and Opus cannot be made here: {why}", cure=f"install what they need: {_install()}")


def _install(options: str = "") -> str:
    return f"{sys.executable} -m pip install {options}'audio-edition[formats]'"
