"""Floor 4: what takes a while to start is started while the rest of the program is still being loaded.

The reading room and the worker of an engine are processes of their own, and Pillow lets others run while it shrinks the
cover: on another core they are ready by the time they are needed. Nothing depends on it; what fails here fails again,
and is told, where it is needed.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from pipeline.errors import PipelineError
from pipeline.model import Show
from pipeline.project import Project
from pipeline.sources import open_room


def start_early(project: Project) -> None:
    """Begin to start them, and go on at once.

    The program does not end before they are started, a fifth of a second at most: what is half started then would be
    left behind.
    """
    for start in (open_room, lambda: _start_engine(project.show), lambda: _shrink_cover(project)):
        Thread(target=_tried, args=(start,)).start()


def _tried(start: Callable[[], None]) -> None:
    with suppress(PipelineError, OSError, RuntimeError):
        start()


def _start_engine(show: Show) -> None:
    from pipeline.engines import Concurrency, find_engine  # noqa: PLC0415 - the other thread is not to wait for it

    engine = find_engine(show.voice.engine, show.engines)
    if engine.capabilities.concurrency is Concurrency.PROCESS:
        engine.version(show.voice)  # which only one of its workers can tell


def _shrink_cover(project: Project) -> None:
    from pipeline.artwork import tag_cover  # noqa: PLC0415 - the other thread is not to wait for it

    tag_cover(project.artwork_path)  # which keeps it
