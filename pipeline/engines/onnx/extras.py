"""Floor 3, inside the engines: the optional extras of the distribution, and the command that installs one."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from pipeline.errors import EngineUnavailable

#: The distributions that bring the module `onnxruntime`; whoever has another than the first put it there by hand.
_RUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")


def require_extra(extra: str, *modules: str) -> None:
    """Nothing, if all ``modules`` can be found; none is loaded.

    Raises: EngineUnavailable, with the command that installs the ``extra``.
    """
    for module in modules:
        if find_spec(module) is None:
            raise _unavailable(extra, why=f"the package {module} is not installed")


@contextmanager
def importing(extra: str) -> Iterator[None]:
    """Around the imports of what the ``extra`` brings. Raises EngineUnavailable where one of them fails."""
    try:
        yield
    except ImportError as error:
        raise _unavailable(extra, why=str(error)) from error


def library_versions(extra: str, distribution: str) -> str:
    """The version of ``distribution`` and that of ONNX Runtime, as "piper-tts 1.8.0, onnxruntime 1.32.0".

    Raises: EngineUnavailable where one of them is not installed.
    """
    runtime = next((name for name in _RUNTIMES if _version(name)), _RUNTIMES[0])
    found = {name: _version(name) for name in (distribution, runtime)}
    for name, number in found.items():
        if not number:
            raise _unavailable(extra, why=f"the package {name} is not installed")
    return ", ".join(f"{name} {number}" for name, number in found.items())


def silence(*loggers: str) -> None:
    """Let those libraries log nothing: what goes wrong is told by our own errors."""
    for name in loggers:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _unavailable(extra: str, *, why: str) -> EngineUnavailable:
    return EngineUnavailable(
        f"the engine {extra} cannot speak here: {why}",
        cure=f"install what it needs: {sys.executable} -m pip install 'audio-edition[{extra}]'",
    )
