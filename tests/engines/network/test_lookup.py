"""What is asked once, for all who want to know."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from pipeline.engines.network.lookup import Lookup
from pipeline.errors import EngineError


def test_it_is_asked_when_it_is_wanted_and_once() -> None:
    asked: list[int] = []
    lookup = Lookup(lambda: asked.append(1) or len(asked))
    assert asked == []
    assert [lookup.result() for _ in range(3)] == [1, 1, 1]


def test_those_who_want_it_at_the_same_time_get_the_same_error_and_the_next_asks_anew() -> None:
    wanting, go_on, asked = Barrier(5), Event(), []

    def ask() -> str:
        asked.append(1)
        assert go_on.wait(5)
        if len(asked) == 1:
            raise EngineError("it is down", cure="wait")
        return "up"

    lookup = Lookup(ask)

    def want() -> str:
        wanting.wait(5)
        return lookup.result()

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(want) for _ in range(4)]
        wanting.wait(5)
        while not all(future.running() for future in futures):
            pass
        go_on.wait(0.05)  # all four are inside by then
        go_on.set()
        for future in futures:
            with pytest.raises(EngineError, match="it is down"):
                future.result()
    assert len(asked) == 1
    assert lookup.result() == lookup.result() == "up"
    assert len(asked) == 2
