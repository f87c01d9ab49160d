"""Floor 3: writing files so that nobody ever sees half of one."""

import hashlib
import os
import tempfile
from pathlib import Path

from pipeline.errors import StoreError

_TEMPORARY = ".tmp"


def write_atomically(path: Path, data: bytes, *, is_synced: bool = True) -> bool:
    """Put ``data`` into ``path``, whole or not at all; True if that changed anything.

    Equal content is left alone, so that times and inodes of unchanged files stay. New content goes to a temporary
    file in the same folder, is synced to the disk and then takes the name over. Files and new folders can be read by
    everybody, whatever the umask: most of them are served by a web server. Unless it ``is_synced``, it is whole for
    every process of this system at once, and may be broken after the power failed.

    Raises:
        StoreError: the disk does not take it; the old file is as it was.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        _make_folder(path.parent)
        _replace(path, data, is_synced=is_synced)
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            cure="free the disk, or make the folder writable",
            path=path,
        ) from error
    return True


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed build left in ``folder``. Only while nobody else can be building."""
    for path in folder.rglob(f".*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _replace(path: Path, data: bytes, *, is_synced: bool) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            if is_synced:
                os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sha256_of(data: bytes) -> str:
    """The digest in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
