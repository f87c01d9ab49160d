"""Floor 3: writing files so that nobody ever sees half of one."""

import hashlib
import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> bool:
    """Put ``data`` into ``path``, whole or not at all; True if that changed anything.

    Equal content is left alone, so that times and inodes of unchanged files stay. New content goes to a temporary
    file in the same folder, is synced to the disk and then takes the name over.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp gives 0600; what is published must be readable by the web server.
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def sha256_of(data: bytes) -> str:
    """The digest in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
