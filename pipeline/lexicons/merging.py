"""Which entries are of one name, and what becomes of entries that come from elsewhere."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from msgspec import Struct

from pipeline.model import Lexicon, LexiconEntry

#: Grapheme with single blanks, language in small letters, and whether its capitals matter.
Name = tuple[str, str, bool]

Kept = TypeVar("Kept")


class Outcome(Enum):
    """What becomes of an entry that is given to a lexicon."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"


class Change(Struct, frozen=True, kw_only=True):
    """One entry that was given, and the one of its name that was there ``before``. KEPT keeps the latter."""

    outcome: Outcome
    entry: LexiconEntry
    before: LexiconEntry | None = None


def changes_of(lexicon: Lexicon, given: Iterable[LexiconEntry], *, is_overwriting: bool = False) -> tuple[Change, ...]:
    """What becomes of each given entry, in order: one that somebody reviewed stays, unless ``is_overwriting``.

    Of several given entries of one name the first counts, as PLS has it.
    """
    known = {name_of(entry): entry for entry in lexicon.entries}
    taken: dict[Name, LexiconEntry] = {}
    changes = []
    for entry in given:
        first = same_name(taken, entry)
        before = first or same_name(known, entry)
        is_reviewed = before is not None and before.status == "reviewed"
        change = _change(entry, before, is_firm=first is not None or (is_reviewed and not is_overwriting))
        changes.append(change)
        stays = before if change.outcome in {Outcome.KEPT, Outcome.UNCHANGED} else None
        taken.setdefault(name_of(entry), stays or entry)
    return tuple(changes)


def _change(entry: LexiconEntry, before: LexiconEntry | None, *, is_firm: bool) -> Change:
    if before is None:
        outcome = Outcome.NEW
    elif entry == before or (is_firm and _sound(entry) == _sound(before)):
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.KEPT if is_firm else Outcome.CHANGED
    return Change(outcome=outcome, entry=entry, before=before)


def _sound(entry: LexiconEntry) -> tuple[str, str, str, bool]:
    return (entry.say, entry.ipa, entry.read_as, entry.case)


def name_of(entry: LexiconEntry) -> Name:
    """What two entries of one name have in common."""
    return (" ".join(entry.grapheme.split()), entry.language.lower(), entry.case)


def same_name(known: Mapping[Name, Kept], entry: LexiconEntry) -> Kept | None:
    """What is known under the entry's name: with the same regard for capitals, else with the other."""
    grapheme, language, case = name_of(entry)
    return known.get((grapheme, language, case), known.get((grapheme, language, not case)))
