"""Writes the golden files again: `make goldens`. Read the diff before you commit it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.sources import golden, golden_books
from tests.sources.exports import golden as golden_exports
from tests.sources.html import golden_pages, golden_writing

if __name__ == "__main__":
    for pairs in (golden, golden_books, golden_exports, golden_pages, golden_writing):
        pairs.write()
