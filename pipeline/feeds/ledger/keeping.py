"""Inside the ledger: the files of the ledgers, read strictly and written whole, each with a seal over what it says.

The seal is the digest of all else in the file. No edit of a single value passes it, be it a slip of an editor or a
merge; a ledger without one, as older versions wrote them, is held against what can be worked out of it.
"""

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline.errors import IdentityError
from pipeline.feeds.ledger.content import content_digest
from pipeline.files import sha256_of, write_atomically
from pipeline.model import Episode, ShowLedger

#: JSON has no infinity, and the loudness of silence is minus infinity; nothing else in a ledger can fail to read back.
UNSAVED_CURE = "the file was left as it was; look for a loudness that is not a number, as of an episode of silence"

#: The key of the seal, in the files alone: no value has it.
SEAL = "seal"

Ledger = TypeVar("Ledger", Episode, ShowLedger)


def load_episode(path: Path) -> Episode | None:
    """The Episode that ``path`` keeps, None where there is no such file yet.

    Raises: IdentityError where the file is damaged, or says something else than was written.
    """
    episode, is_sealed = _load(path, Episode)
    if episode is not None and not is_sealed:
        _require_fitting(path, episode)
    return episode


def save_episode(path: Path, episode: Episode) -> bool:
    """Keep ``episode`` in ``path``, as indented JSON; True if that changed the file.

    Raises: IdentityError for values that JSON cannot give back.
    """
    return _save(path, episode)


def load_show_ledger(path: Path) -> ShowLedger | None:
    """The ShowLedger that ``path`` keeps, None where there is no such file yet.

    Raises: IdentityError where the file is damaged, or says something else than was written.
    """
    return _load(path, ShowLedger)[0]


def save_show_ledger(path: Path, ledger: ShowLedger) -> bool:
    """Keep ``ledger`` in ``path``, as indented JSON; True if that changed the file."""
    return _save(path, ledger)


def _load(path: Path, kind: type[Ledger]) -> tuple[Ledger | None, bool]:
    """The value, and whether the file has a seal."""
    if not path.exists():
        return None, False
    restore = f"restore it from git: git checkout -- {path}"
    try:
        raw = msgspec.json.decode(path.read_bytes())
        seal = raw.pop(SEAL, "") if isinstance(raw, dict) else ""
        if seal and seal != _seal_of(raw):
            what = "this ledger was edited, or merged (what it says does not fit its seal)"
            raise IdentityError(what, cure=restore, path=path)
        return msgspec.convert(raw, kind), bool(seal)
    except msgspec.ValidationError as error:
        what = f"another version of audio-edition wrote this ledger, or a person did ({error})"
        raise IdentityError(what, cure=f"use that version, or {restore}", path=path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise IdentityError(f"the ledger is damaged ({error})", cure=restore, path=path) from error


def _save(path: Path, value: Ledger) -> bool:
    # Fields in the order of the model, keys of dicts sorted: a diff in git shows what changed and nothing else.
    raw: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value, order="deterministic"))
    try:
        is_whole = msgspec.convert(raw, type(value)) == value
    except msgspec.ValidationError as error:
        raise IdentityError(f"the ledger would not read back ({error})", cure=UNSAVED_CURE, path=path) from error
    if not is_whole:
        raise IdentityError("the ledger would read back otherwise than written", cure=UNSAVED_CURE, path=path)
    sealed = msgspec.json.encode({**raw, SEAL: _seal_of(raw)})
    return write_atomically(path, msgspec.json.format(sealed, indent=2) + b"\n")


def _seal_of(raw: object) -> str:
    """Of the content and not of the bytes: whoever orders or indents the file otherwise changes nothing."""
    return sha256_of(msgspec.json.encode(raw, order="deterministic"))


def _require_fitting(path: Path, episode: Episode) -> None:
    """What an Episode says of itself twice must be the same twice. Raises IdentityError."""
    files = (episode.enclosure.file, *episode.side_files)
    renamed = [file.path for file in files if file.sha256[:8] not in file.path]
    if episode.content_sha256 != content_digest(episode) or renamed:
        what = f"the name of {renamed[0]}" if renamed else "what listeners get (title, notes, date, files ...)"
        raise IdentityError(
            f"this ledger was edited: {what} does not fit its digest",
            cure=f"restore it from git: git checkout -- {path}",
            path=path,
        )
