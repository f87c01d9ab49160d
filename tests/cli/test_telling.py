"""What a person sees while something is under way."""

import pytest

from pipeline.cli.telling import Bars, ByteBars, Lines


@pytest.mark.parametrize("kind", [Lines, Bars, ByteBars])
def test_an_outcome_is_shown_as_it_is(kind: type[Lines | Bars], capsys: pytest.CaptureFixture[str]) -> None:
    telling = kind()
    telling.begin("read [b]it", 3)
    telling.advance(3)
    telling.end("[x] of [/y], and \\[z]")
    telling.close()
    assert "read [b]it: [x] of [/y], and \\[z]" in capsys.readouterr().err
