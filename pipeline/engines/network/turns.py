"""Floor 3, engines: when a request may go: the breaker and the pace of all requests of a Client, kept on its loop."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from pipeline.engines.network.breaker import Breaker
from pipeline.engines.network.pacing import longest_granted_s
from pipeline.engines.network.refusals import Setback, given_up, left_alone
from pipeline.engines.network.standing import Manner, Standing
from pipeline.errors import PipelineError


class Turns:
    """Who may go when. Belongs to one loop."""

    def __init__(self, standing: Standing, *, manner: Manner) -> None:
        self._standing = standing
        self._server = manner.server
        self._longest_granted_s = longest_granted_s(manner.options.first_wait_s)
        self._change = asyncio.Event()

    async def rest(self, seconds: float) -> None:
        """Wait so long. Raises what `turn` raises, as soon as it is known."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            self._require_sense(now)
            await self._until_change(end - now)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a request may go; how the block ends says how it fared: a Setback is a failure.

        Raises:
            Throttled: the server wants to be left alone for longer than makes sense to wait.
            EngineError: it has failed too often for another request to make sense.
        """
        is_probe = await self._take()
        try:
            yield
        except Setback as setback:
            self._note_failure(setback, is_probe=is_probe)
            raise
        except PipelineError:  # a refusal, final: the server works
            self._set(self._standing.breaker.succeeded())
            raise
        except BaseException:
            self._set(self._standing.breaker.abandoned(is_probe=is_probe))
            raise
        self._set(self._standing.breaker.succeeded())

    async def _take(self) -> bool:
        """Wait for the turn. Whether the request that goes is a probe."""
        while (wait_s := self._wait_s(now := time.monotonic())) > 0:
            self._require_sense(now)
            await self._until_change(wait_s)
        standing = self._standing
        is_probe = not standing.breaker.is_closed
        standing.pace = standing.pace.taken(now=now)
        standing.breaker = standing.breaker.asked()
        return is_probe

    def _wait_s(self, now: float) -> float:
        return max(self._standing.breaker.wait_s(now=now), self._standing.pace.wait_s(now=now))

    def _require_sense(self, now: float) -> None:
        """Nothing, unless waiting makes no sense."""
        held_s = self._standing.pace.held_s(now=now)
        if held_s > self._longest_granted_s:
            raise left_alone(self._server, seconds=held_s)
        breaker = self._standing.breaker
        last = self._standing.last
        if last is not None and breaker.has_given_up(now=now):
            raise given_up(self._server, breaker, wait_s=breaker.wait_s(now=now), last=last)

    def _note_failure(self, setback: Setback, *, is_probe: bool) -> None:
        now = time.monotonic()
        self._standing.last = setback
        if setback.retry_after_s is not None:
            self._standing.pace = self._standing.pace.held(until=now + setback.retry_after_s)
        self._set(self._standing.breaker.failed(setback.what, is_probe=is_probe, now=now))

    def _set(self, breaker: Breaker) -> None:
        """Everyone who waits looks again, if it is another."""
        if breaker == self._standing.breaker:
            return
        self._standing.breaker = breaker
        self._change.set()
        self._change = asyncio.Event()

    async def _until_change(self, most_s: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(None if math.isinf(most_s) else most_s):
                await self._change.wait()
