"""What every test may ask for."""

import os
import signal
from pathlib import Path

import hypothesis
import pytest

# Whoever starts the tests in the background has Ctrl-C ignored, and every process started from here would inherit that;
# some tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test is timed: machines are shared. Where a change is judged, the same examples are tried each time; elsewhere
# they are new ones, so that what nobody thought of is found at a desk.
hypothesis.settings.register_profile("here", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("here")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles and reference cases that lie beside the checkout and are no part of it."""
    folder = ROOT.parent / "shared"
    if not (folder / "seed").is_dir():
        pytest.skip("the folder ../shared with real articles is not here")
    return folder


@pytest.fixture(scope="session")
def vortex(shared: Path) -> Path:
    """The real article, as scraped, that started the project."""
    return shared / "seed" / "navigating-the-vortex.txt"
