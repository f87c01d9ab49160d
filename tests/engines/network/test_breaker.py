"""The circuit breaker: when nobody asks, who asks for all, and when nobody waits any longer."""

import math

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pipeline.engines.network.breaker import Breaker

REST_S = 30.0


def failing(breaker: Breaker, times: int, *, now: float = 0.0) -> Breaker:
    for _ in range(times):
        breaker = breaker.asked().failed("takes no connection", is_probe=False, now=now)
    return breaker


def test_it_opens_at_the_tenth_failure_in_a_row() -> None:
    ninth = failing(Breaker(rest_s=REST_S), 9)
    tenth = failing(ninth, 1, now=5.0)
    assert ninth.wait_s(now=0.0) == 0
    assert (tenth.wait_s(now=5.0), tenth.wait_s(now=34.0), tenth.wait_s(now=35.0)) == (30.0, 1.0, 0.0)


@given(st.lists(st.integers(0, 9), max_size=20))
def test_a_success_in_between_starts_the_count_again(runs: list[int]) -> None:
    breaker = Breaker(rest_s=REST_S)
    for failures in runs:
        breaker = failing(breaker, failures).succeeded()
    assert breaker == Breaker(rest_s=REST_S)


def test_one_probe_goes_and_the_others_wait_for_it() -> None:
    probing = failing(Breaker(rest_s=REST_S), 10).asked()
    assert probing.wait_s(now=31.0) == math.inf
    assert probing.succeeded().is_closed


def test_a_failed_probe_makes_the_rest_twice_as_long_and_the_third_is_the_last() -> None:
    breaker, now = failing(Breaker(rest_s=REST_S), 10), 30.0
    rests = []
    for _ in range(3):
        assert not breaker.has_given_up(now=now)
        breaker = breaker.asked().failed("has a fault of its own", is_probe=True, now=now)
        rests.append(breaker.wait_s(now=now))
        now += rests[-1]
    assert rests == [60.0, 120.0, 240.0]
    assert breaker.has_given_up(now=now - 1)
    assert (breaker.failures, breaker.failed_probes, breaker.last) == (13, 3, "has a fault of its own")


def test_after_the_rest_somebody_may_try_again() -> None:
    breaker = failing(Breaker(rest_s=REST_S), 10)
    for now in (30.0, 90.0, 210.0):
        breaker = breaker.asked().failed("is down", is_probe=True, now=now)
    assert breaker.has_given_up(now=449.0)
    assert not breaker.has_given_up(now=450.0)
    assert breaker.wait_s(now=450.0) == 0
    assert breaker.asked().failed("is down", is_probe=True, now=450.0).wait_s(now=450.0) == 240.0  # not 480


def test_a_probe_that_is_called_off_makes_room_for_the_next() -> None:
    probing = failing(Breaker(rest_s=REST_S), 10).asked()
    assert probing.abandoned(is_probe=False).wait_s(now=31.0) == math.inf
    assert probing.abandoned(is_probe=True).wait_s(now=31.0) == 0


def test_what_set_out_before_the_rest_neither_lengthens_it_nor_is_a_probe() -> None:
    resting = failing(Breaker(rest_s=REST_S), 10)
    late = resting.failed("breaks the connection off", is_probe=False, now=20.0)
    assert (late.wait_s(now=20.0), late.failed_probes, late.failures) == (10.0, 0, 11)


class AnyOrder(RuleBasedStateMachine):
    """Requests that go, come back and are called off in any order at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.breaker = Breaker(rest_s=REST_S)
        self.now = 0.0
        self.under_way: list[bool] = []

    @rule(seconds=st.floats(0, 500))
    def time_goes_by(self, seconds: float) -> None:
        self.now += seconds

    @precondition(lambda self: self.breaker.wait_s(now=self.now) == 0)
    @rule()
    def a_request_goes(self) -> None:
        self.under_way.append(not self.breaker.is_closed)
        self.breaker = self.breaker.asked()

    @precondition(lambda self: self.under_way)
    @rule(how=st.sampled_from(["fails", "fails", "fails", "succeeds", "is called off"]))
    def one_comes_back(self, how: str) -> None:
        is_probe = self.under_way.pop(0)
        if how == "fails":
            self.breaker = self.breaker.failed("fails", is_probe=is_probe, now=self.now)
        elif how == "succeeds":
            self.breaker = self.breaker.succeeded()
        else:
            self.breaker = self.breaker.abandoned(is_probe=is_probe)

    @invariant()
    def nobody_waits_for_ever(self) -> None:
        """Without end only for a probe that is still out."""
        wait_s = self.breaker.wait_s(now=self.now)
        assert wait_s <= 8 * REST_S or any(self.under_way)

    @invariant()
    def it_gives_up_only_after_three_probes(self) -> None:
        assert not self.breaker.has_given_up(now=self.now) or self.breaker.failed_probes >= 3


TestAnyOrder = AnyOrder.TestCase
