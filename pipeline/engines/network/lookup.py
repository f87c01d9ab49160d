"""Floor 3, engines: what a server is asked only once for all Sessions of an engine, its list of voices for one."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Lookup(Generic[T]):
    """The answer to one question, asked when it is first wanted. Thread-safe.

    Who wants it while it is asked for waits, and gets the same answer or the same error: several Sessions that are
    opened at once do not have a server that is down tried once each, one after the other. After an error it is asked
    for anew.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._answer: Future[T] | None = None

    def result(self) -> T:
        """The answer. Raises whatever asking for it raises."""
        with self._lock:
            is_first = self._answer is None
            answer = self._answer = self._answer or Future()
        if is_first:
            self._settle(answer)
        return answer.result()

    def _settle(self, answer: Future[T]) -> None:
        try:
            answer.set_result(self._ask())
        except BaseException as error:  # noqa: BLE001 - it is raised for all who wait, Ctrl-C too: or they wait for ever
            with self._lock:
                self._answer = None
            answer.set_exception(error)
