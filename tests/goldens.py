"""Writes the golden files again: `make goldens`. Read the diff before you commit it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.sources import golden

if __name__ == "__main__":
    golden.write()
