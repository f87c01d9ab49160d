"""What a text must hold before a rule is worth trying: a sign out of a few, and perhaps what a cheap search finds.

Most texts give most rules nothing to say, so this is where the time would go. Whatever a rule's pattern finds, its
need must be met by: a test holds all rules to that.
"""

import re

from msgspec import Struct


class Need(Struct, frozen=True, eq=False):
    """Met by a text that has one of ``signs``, where there are any, and in which ``clue`` is found, where there is one.

    Needs are compared by identity, so that rules which share one share its answer.
    """

    signs: frozenset[str] = frozenset()
    clue: re.Pattern[str] | None = None


def sign(*signs: str) -> Need:
    """One of the characters of ``signs``."""
    return Need(frozenset("".join(signs)))


def figure(clue: str) -> Need:
    """A figure from 0 to 9, and what ``clue`` finds."""
    return Need(frozenset("0123456789"), re.compile(clue))


def clue(pattern: str, signs: str = "") -> Need:
    """What ``pattern`` finds, in a text that has one of ``signs``."""
    return Need(frozenset(signs), re.compile(pattern))


FIGURE = sign("0123456789")
YEAR = figure(r"[12][0-9]{3}")
LINKED = figure(r"[0-9][/⁄‐‑–—−-]|[0-9]\s[-–]")
LETTERED = figure(r"[0-9]['’]?[A-Za-z]")
CAPITALS = clue(r"[A-Z][A-Z]")
