"""One export of each kind, whole, against its golden file."""

from pathlib import Path

import pytest

from tests.sources.exports.golden import pairs

PAIRS = pairs()


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    assert PAIRS[path] == path.read_text(encoding="utf-8")
