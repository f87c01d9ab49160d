"""Floor 3, sources: one thing of a list in the front matter, a chapter, a person, a soundbite: what its keys say."""

from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.sources.entries import Entry


class Kind(Struct, frozen=True, kw_only=True):
    """What such a list holds: what one of them is called, its ``keys``, and what other tools call these."""

    name: str
    keys: tuple[str, ...]
    other_names: dict[str, str]


def values_of(item: Entry, number: int, *, kind: Kind, path: Path) -> dict[str, Entry]:
    """The entries of one thing that say something, by their keys. ``number`` counts the things from 1.

    Raises:
        SourceError: it has a key that its ``kind`` does not know, or one twice.
    """
    seen: dict[str, Entry] = {}
    for entry in item.items:
        if entry.key not in kind.keys:
            what = f"`{entry.key}` is no key of a {kind.name} ({kind.name} {number} in the front matter)"
            raise SourceError(what, cure=_nearest(entry.key, kind), path=path, line=entry.line)
        if entry.key in seen:
            what = f"`{entry.key}` stands twice in {kind.name} {number} of the front matter"
            raise SourceError(what, cure="keep one of them", path=path, line=entry.line)
        seen[entry.key] = entry
    return {key: entry for key, entry in seen.items() if (entry.value or "").strip()}


def _nearest(key: str, kind: Kind) -> str:
    other = kind.other_names.get(key.casefold())
    near = other or next(iter(get_close_matches(key.casefold(), kind.keys, n=1, cutoff=0.5)), "")
    names = [f"`{known}`" for known in kind.keys]
    known = f"the keys of a {kind.name} are {', '.join(names[:-1])} and {names[-1]}"
    return f"did you mean `{near}`? {known}" if near else f"{known}: take it out"
