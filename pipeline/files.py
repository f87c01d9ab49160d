"""Floor 3: writing files so that nobody ever sees half of one."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

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
    with _faults_named(path):
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        _replace(path, (data,), is_synced=is_synced)
    return True


def write_parts_atomically(path: Path, parts: Iterable[bytes], *, sha256: str) -> bool:
    """The same of what comes in ``parts``, whose digest is known: a long sound is never in memory as a whole.

    Raises:
        StoreError: the disk does not take it; the old file is as it was.
    """
    with _faults_named(path):
        if path.is_file() and sha256_of_file(path) == sha256:
            return False
        _replace(path, parts, is_synced=True)
    return True


@contextmanager
def replacing(path: Path, *, is_synced: bool = True) -> Iterator[BinaryIO]:
    """A new file, open for whoever has to write out of order, that takes the name ``path`` over if all goes well.

    What is raised inside goes on as it is; the new file is gone then, and the old one as it was.

    Raises:
        StoreError: the disk does not take it; the old file is as it was.
    """
    with _faults_named(path):
        _make_folder(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            with _faults_named(path):
                _settle(stream, is_synced=is_synced)
        with _faults_named(path):
            temporary.chmod(0o644)
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _settle(stream: BinaryIO, *, is_synced: bool) -> None:
    stream.flush()
    if is_synced:
        os.fsync(stream.fileno())


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            cure="free the disk, or make the folder writable",
            path=path,
        ) from error


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed build left in ``folder``. Only while nobody else can be building."""
    for path in folder.rglob(f".*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _replace(path: Path, parts: Iterable[bytes], *, is_synced: bool) -> None:
    with replacing(path, is_synced=is_synced) as stream:
        stream.writelines(parts)


def sha256_of_parts(parts: Iterable[bytes]) -> tuple[str, int]:
    """The digest of all ``parts`` together, and their length in bytes."""
    digest, length_bytes = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        length_bytes += len(part)
    return digest.hexdigest(), length_bytes


def sha256_of_file(path: Path) -> str:
    """The digest of a whole file, which is never in memory as a whole."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of(data: bytes) -> str:
    """The digest in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
