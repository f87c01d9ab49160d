"""The table of spoken forms: one file a class in tests/data/spoken, one case a line, every sentence our own."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "spoken"


class Case(Struct, frozen=True):
    """What is written, and how it is said in British and in American English."""

    kind: str
    written: str
    british: str
    american: str


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case of every class, by class. An American reading that is not given is the British one."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("# "):
                written, british, *american = line.split("\t")
                yield Case(path.stem, written, british, american[0] if american else "")
