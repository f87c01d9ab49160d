"""Floor 3, sources: the host's side of the reading room: Posts and Articles, read by a worker that may die over them.

The worker is started when it is first asked, asked again and again, and ended with the program. One that dies over a
Post costs that Post: another one goes on after it.
"""

import atexit
import os
from collections import deque
from collections.abc import Iterator
from itertools import count
from threading import Lock

from msgspec.structs import replace

from pipeline.errors import ConfigError, SourceError
from pipeline.model import Article
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.given import Given
from pipeline.sources.room.process import SILENCE_S, Death, ReaderFault, Worker
from pipeline.sources.room.protocol import (
    Answer,
    Ask,
    Beaten,
    Failed,
    NextPost,
    NoMore,
    OnePost,
    ReadArticle,
    Refused,
    WholeArticle,
    whole_characters,
)

WORKER = "pipeline.sources.room.worker"

#: Seconds of computing for one Post or Article: a web page or a text of half a million words takes less.
PATIENCE_S = 6.0
#: The same after a death, as long as nothing at all has come of a source: so that one that only kills is known to be
#: such within 10 seconds, and one whose first Posts are bad still gives the others.
LAST_PATIENCE_S = 1.0
#: So many deaths one after the other, and the source is given up.
MOST_LOST = 3

CURE = "split it, or save its text as Markdown (.md) and name that"


class Room:
    """One worker at a time, for all threads of this process.

    ``worker`` is the module that it runs. It may compute for ``patience_s`` over one Post or Article, and be silent by
    the clock on the wall, which a busy machine makes longer, for ``silence_s``.
    """

    def __init__(self, worker: str = WORKER, *, patience_s: float = PATIENCE_S, silence_s: float = SILENCE_S) -> None:
        self._module = worker
        self._patience_s = patience_s
        self._silence_s = silence_s
        self._lock = Lock()
        self._worker: Worker | None = None
        self._visits = count()
        self._left: deque[int] = deque()

    def open(self) -> None:
        """Start the worker, which takes a third of a second, before it is needed. Unless there is one."""
        with self._lock:
            self._worker = self._worker or Worker(self._module, silence_s=self._silence_s)

    def read_posts(self, source: Source) -> Iterator[Post]:
        """The Posts of ``source``, one by one. One that no worker survives is broken, and says why.

        Raises:
            SourceError: what is wrong with the whole source; that three in a row, or all of it, could not be read.
        """
        visit = next(self._visits)
        try:
            yield from self._posts(_sendable(source), visit)
        finally:
            # Told with the next request: this may run in the middle of another one, when garbage is collected.
            self._left.append(visit)

    def read_article(self, source: Source, given: Given) -> Article:
        """The Article in ``source``.

        Raises:
            SourceError: it cannot be read, or title, date or byline is missing.
            ConfigError: the date of --published or the show's publish_time cannot be read.
        """
        answer = self._ask(ReadArticle(_sendable(source), given), patience_s=self._patience_s)
        if isinstance(answer, WholeArticle):
            return answer.article
        raise SourceError(_why(answer), cure=CURE, path=source.path)

    def close(self) -> None:
        """End the worker. The next request starts another."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def forget(self) -> None:
        """Leave the worker to the process that this one was forked from."""
        self._lock = Lock()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.abandon()

    def _posts(self, source: Source, visit: int) -> Iterator[Post]:
        has_come = False
        lost: list[Post] = []
        for number in count():
            patience_s = self._patience_s if has_come or not lost else min(LAST_PATIENCE_S, self._patience_s)
            answer = self._ask(NextPost(visit, source, number), patience_s=patience_s)
            if isinstance(answer, NoMore):
                break
            if isinstance(answer, OnePost):
                yield from lost
                yield answer.post
                lost, has_come = [], True
                continue
            lost.append(_lost_post(number, _why(answer)))
            if len(lost) == MOST_LOST or (_is_of_silence(answer) and not has_come):
                break
        if lost and (not has_come or len(lost) == MOST_LOST):
            raise _hopeless(source, lost)
        yield from lost

    def _ask(self, request: NextPost | ReadArticle, *, patience_s: float) -> Answer | Death:
        """An answer that is no error. Raises what the worker did."""
        with self._lock:
            answer, is_fresh = self._exchange(request, patience_s=patience_s)
            if isinstance(answer, Death) and answer.is_of_memory and not is_fresh:
                # Some of that memory was what earlier readings left behind: what can be read depends on nothing else.
                answer, _ = self._exchange(request, patience_s=patience_s)
        if isinstance(answer, Refused):
            raise _error(answer, request.source)
        if isinstance(answer, Failed):
            fault = ReaderFault(f"a bug in reading {request.source.name}; please report it with these lines")
            fault.add_note(answer.traceback)
            raise fault
        return answer

    def _exchange(self, request: NextPost | ReadArticle, *, patience_s: float) -> tuple[Answer | Death, bool]:
        """What the worker says, or why it died; and whether it was a new one."""
        left = tuple(self._left.popleft() for _ in range(len(self._left)))
        worker = self._worker or Worker(self._module, silence_s=self._silence_s)
        is_fresh = not worker.has_answered
        # Taken away until it has answered: if this is interrupted, nobody may get the answer to another's request.
        self._worker, answer = None, None
        try:
            answer = worker.ask(Ask(request=request, patience_s=patience_s, left=left))
            if answer is None:
                return worker.death(), is_fresh
            self._worker = worker
            return answer, is_fresh
        finally:
            if answer is None:
                worker.close()


def _error(answer: Refused, source: Source) -> ConfigError | SourceError:
    """What the worker refused. What came from an address is called by it, and not by the file it is kept in."""
    error = ConfigError if answer.is_config else SourceError
    if source.url and answer.path == source.path:
        return error(f"{source.name} {answer.what}", cure=answer.cure)
    return error(answer.what, cure=answer.cure, path=answer.path, line=answer.line)


def _sendable(source: Source) -> Source:
    return replace(source, name=whole_characters(source.name))


def _why(answer: Answer | Death) -> str:
    assert isinstance(answer, Beaten | Death)  # noqa: S101 - all other answers were taken before
    return answer.why


def _is_of_silence(answer: Answer | Death) -> bool:
    # Whoever waits for something outside would wait for it again at the next Post.
    return isinstance(answer, Death) and answer.is_of_silence


def _lost_post(number: int, why: str) -> Post:
    name = f"post {number + 1}"
    return Post(id=f"lost:{number + 1}", title=name, date="", kind=PostKind.OTHER, why=why, is_broken=True)


def _hopeless(source: Source, lost: list[Post]) -> SourceError:
    what = lost[0].why
    if len(lost) > 1:
        what = f"{len(lost)} posts in a row could not be read, from {lost[0].title} on: it {what}"
    return SourceError(what, cure=CURE, path=source.path)


_ROOM = Room()
atexit.register(_ROOM.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_ROOM.forget)

open_room = _ROOM.open
close_room = _ROOM.close
read_posts = _ROOM.read_posts
read_article = _ROOM.read_article
