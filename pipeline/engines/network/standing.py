"""Floor 3, engines: what a Client keeps about its server while its loop comes and goes: manners and experience."""

from collections.abc import Callable

from msgspec import Struct

from pipeline.engines.network.breaker import Breaker
from pipeline.engines.network.exchange import Answer, NetworkOptions
from pipeline.engines.network.pacing import Pace, interval_s
from pipeline.engines.network.refusals import Setback
from pipeline.errors import EngineError

#: The engine's words for an answer that is no success.
Explain = Callable[[Answer], EngineError | None]

#: How many of the first waits the breaker's first rest takes.
_FIRST_REST = 30


class Manner(Struct, frozen=True, kw_only=True):
    """How a Client asks its server; see there."""

    options: NetworkOptions
    server: str
    explain: Explain


class Standing:
    """How that went so far. Only touched on the loop."""

    def __init__(self, options: NetworkOptions) -> None:
        self.breaker = Breaker(rest_s=_FIRST_REST * options.first_wait_s)
        self.last: Setback | None = None
        self.pace = Pace(interval_s=interval_s(options.requests_a_minute))
