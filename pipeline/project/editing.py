"""Inside the project: show.toml as its author's document. One value changes, and not a comment or a blank is lost."""

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pipeline.errors import ConfigError
from pipeline.files import write_atomically


def write_base_url(path: Path, url: str) -> bool:
    """Put ``url`` into the file of a show as its base_url, whole or not at all; True if that changed it.

    Raises:
        ConfigError: it cannot be read.
        StoreError: the disk does not take it; the old file is as it was.
    """
    try:
        # newline: tomlkit keeps the line ends that it sees.
        with path.open(encoding="utf-8", newline="") as stream:
            document = tomlkit.parse(stream.read())
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(
            f"cannot be read: {error}", cure="mend the file, or restore it from git", path=path
        ) from error
    if document["base_url"] == url:
        return False
    document["base_url"] = url
    return write_atomically(path, tomlkit.dumps(document).encode())
