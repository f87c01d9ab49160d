"""Tables of spoken forms: ours, one file a class in tests/data/spoken, and any other with accepted readings."""

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


def reference_cases(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Class, text and accepted readings of a table with these in three columns, the readings parted by "|"."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            kind, written, readings = line.split("\t")
            yield kind, written, readings.split("|")


def comparable(text: str) -> list[str]:
    """The words alone: no case, hyphens, punctuation, "and"; percent in one word."""
    words = "".join(character if character.isalnum() else " " * (character in " -") for character in text.lower())
    return [word for word in words.replace("per cent", "percent").split() if word != "and"]
