"""What a person sees while something is under way."""

import pytest

from pipeline.cli.telling import Bars, ByteBars, Lines


def test_a_bar_is_never_more_than_full() -> None:
    bars = Bars()
    bars.begin("master", 2)
    bars.advance(5)
    (bar,) = bars._bars.tasks
    bars.close()
    assert (bar.completed, bar.total) == (5, 5)


@pytest.mark.parametrize("kind", [Lines, Bars, ByteBars])
def test_an_outcome_is_shown_as_it_is(kind: type[Lines | Bars], capsys: pytest.CaptureFixture[str]) -> None:
    telling = kind()
    telling.begin("read [b]it", 3)
    telling.advance(3)
    telling.end("[x] of [/y], and \\[z]")
    telling.close()
    assert "read [b]it: [x] of [/y], and \\[z]" in capsys.readouterr().err
