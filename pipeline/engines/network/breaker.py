"""Floor 3, engines: a circuit breaker: while a server is down, nobody asks, and then one asks for all. Pure.

    closed  --10 failures in a row-->  resting  --time is up, one goes as a probe-->  probing
    probing --it fails--> resting, twice as long; after 3 such probes nobody waits for it any more
    resting or probing --anything succeeds--> closed

Time is seconds of any clock that does not go back.
"""

import math

from msgspec import Struct
from msgspec.structs import replace

#: So many failures in a row, over all requests, are a server that is down and not bad luck.
_MOST_FAILURES = 10

#: After so many probes that failed one after the other it is for people to decide whether to go on.
_MOST_PROBES = 3

#: The longest rest, in first rests.
_LONGEST = 8


class Breaker(Struct, frozen=True, kw_only=True):
    """Its state. ``rest_s``: the first rest. ``failures``: since the last success, and ``last`` says what of it.

    ``rests_until`` is None while it is closed.
    """

    rest_s: float
    failures: int = 0
    failed_probes: int = 0
    last: str = ""
    rests_until: float | None = None
    is_probing: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether requests may go as they like."""
        return self.rests_until is None

    def has_given_up(self, *, now: float) -> bool:
        """Whether waiting makes no sense any more. Once a whole rest is over, the next request may try again."""
        return self.failed_probes >= _MOST_PROBES and self.wait_s(now=now) > 0

    def wait_s(self, *, now: float) -> float:
        """How long a request has to wait at least; without end while a probe is out: that will change the state."""
        if self.rests_until is None:
            return 0.0
        return math.inf if self.is_probing else max(0.0, self.rests_until - now)

    def asked(self) -> "Breaker":
        """A request goes: a probe unless the breaker is closed. Only where there was nothing to wait for."""
        return self if self.is_closed else replace(self, is_probing=True)

    def succeeded(self) -> "Breaker":
        """A request, of whatever kind, was answered."""
        return Breaker(rest_s=self.rest_s)

    def failed(self, what: str, *, is_probe: bool, now: float) -> "Breaker":
        """A request failed. What set out before the rest and fails in it says nothing new."""
        counted = replace(self, failures=self.failures + 1, last=what)
        if self.is_closed:
            return counted if counted.failures < _MOST_FAILURES else replace(counted, rests_until=now + self.rest_s)
        if not is_probe:
            return counted
        probes = self.failed_probes + 1
        rest_s = self.rest_s * min(2**probes, _LONGEST)
        return replace(counted, failed_probes=probes, is_probing=False, rests_until=now + rest_s)

    def abandoned(self, *, is_probe: bool) -> "Breaker":
        """A request was called off: if it was the probe, the next one may be it."""
        return replace(self, is_probing=False) if is_probe else self
