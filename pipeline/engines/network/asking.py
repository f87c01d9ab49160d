"""Floor 3, engines: a Request -> what its reader makes of the Answer, tried until it is of use. Runs on the loop."""

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

import httpx

from pipeline.engines.network.exchange import Answer, BadAnswer, Request
from pipeline.engines.network.pacing import back_off_s, longest_wait_s
from pipeline.engines.network.refusals import Setback, is_telling, refusal, telltales, used_up
from pipeline.engines.network.sending import send
from pipeline.engines.network.standing import Manner, Standing
from pipeline.engines.network.turns import Turns

T = TypeVar("T")


class Asker:
    """Asks one server for all Lines of a Client, while one loop runs. ``readers`` is where the answers are read."""

    def __init__(self, manner: Manner, *, http: httpx.AsyncClient, standing: Standing, readers: Executor) -> None:
        self._manner = manner
        self._http = http
        self._readers = readers
        self._turns = Turns(standing, manner=manner)
        self._places = asyncio.Semaphore(manner.options.at_once)

    async def ask(self, request: Request, *, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer. Raises as `Line.ask` does."""
        options = self._manner.options
        for tried in range(1, options.tries + 1):
            try:
                async with self._places, self._turns.turn():
                    return await self._once(request, read=read)
            except Setback as setback:
                last = setback
            if tried < options.tries:
                share = random.random()  # noqa: S311 - spreads requests, and guards nothing
                await self._turns.rest(back_off_s(tried, first_wait_s=options.first_wait_s, share=share))
        wait_s = last.retry_after_s or longest_wait_s(options.first_wait_s)
        raise used_up(self._manner.server, last, tries=options.tries, wait_s=wait_s) from last

    async def _once(self, request: Request, *, read: Callable[[Answer], T]) -> T:
        """One try. Raises Setback, or what is final."""
        manner = self._manner
        answer = await send(self._http, request, timeout_s=manner.options.timeout_s, server=manner.server)
        try:
            if 200 <= answer.status < 300:
                return await asyncio.get_running_loop().run_in_executor(self._readers, read, answer)
            error = manner.explain(answer) if 300 <= answer.status < 500 or answer.status == 501 else None
        except BadAnswer as bad:
            if is_telling(bad.what, telltales(request)):
                raise Setback("sends back what it was sent, and nothing of use") from None
            raise Setback(bad.what) from bad
        raise error or refusal(answer, server=manner.server, secrets=telltales(request))
