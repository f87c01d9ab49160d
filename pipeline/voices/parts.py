"""Floor 3, voices: a file that is not whole yet, beside the place where it will lie."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pipeline.voices.offers import PART_SUFFIX, OfferedFile


class Part:
    """What has come of ``file``. Its name carries the digest that the whole will have: a part is of that and no other.

    One process at a time writes to it; who does holds the lock of the model.
    """

    def __init__(self, file: OfferedFile, folder: Path) -> None:
        self.path = folder / f"{file.name}.{file.digest[:8]}{PART_SUFFIX}"

    @property
    def length_bytes(self) -> int:
        """How much there is of it."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def digest(self, algorithm: Literal["md5", "sha256"]) -> str:
        """Of what is there, in hexadecimal digits."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, algorithm).hexdigest()

    def empty(self) -> int:
        """Throw it away; how many bytes that were."""
        length_bytes = self.length_bytes
        self.path.unlink(missing_ok=True)
        return length_bytes

    @contextmanager
    def appending(self) -> Iterator[Callable[[bytes], int]]:
        """A function that adds to it. However the block is left, what was added is on the disk."""
        with self.path.open("ab") as stream:
            try:
                yield stream.write
            finally:
                stream.flush()
                os.fsync(stream.fileno())
