"""Floor 3: the cache. What a recipe gave lies under the digest of the recipe, so that nothing is made twice.

Everything in it can be made again; deleting the folder loses time and nothing else.
"""

import hashlib
from pathlib import Path

import msgspec

from pipeline.errors import StoreError
from pipeline.files import write_atomically

_MAGIC = b"audio-edition 1\n"
_DIGEST_BYTES = 32


def recipe_key(stage: str, version: int, **arguments: object) -> str:
    """The name of what a recipe gives: SHA-256 of the canonical JSON of stage, its version and every argument.

    ``arguments`` must hold all that the result depends on, tool and engine versions included, and no position.
    """
    recipe = msgspec.json.encode([stage, version, arguments], order="deterministic")
    return hashlib.sha256(recipe).hexdigest()


class Store:
    """A folder of blobs by key. Each blob carries its digest, and one that is not whole is a miss."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """What lies under ``key``; None if there is nothing, or something broken."""
        try:
            stored = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(
                f"the cache cannot be read: {error.strerror or error}",
                cure="make the folder readable; it may be deleted as a whole while no build runs",
                path=self.folder,
            ) from error
        head, blob = stored[: len(_MAGIC)], stored[len(_MAGIC) + _DIGEST_BYTES :]
        digest = stored[len(_MAGIC) : len(_MAGIC) + _DIGEST_BYTES]
        if head != _MAGIC or hashlib.sha256(blob).digest() != digest:
            return None
        return blob

    def has(self, key: str) -> bool:
        """Whether anything lies under ``key``; only `get` tells whether it is whole."""
        return self._path(key).is_file()

    def put(self, key: str, blob: bytes, *, is_synced: bool = True) -> None:
        """Lay ``blob`` under ``key``, whole or not at all; what is not ``is_synced`` a power failure may take.

        Raises: StoreError if the disk does not take it.
        """
        write_atomically(self._path(key), _MAGIC + hashlib.sha256(blob).digest() + blob, is_synced=is_synced)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


class ReadOnlyStore(Store):
    """A store that takes nothing: for those who only look."""

    def put(self, key: str, blob: bytes, *, is_synced: bool = True) -> None:
        """Nothing happens."""
