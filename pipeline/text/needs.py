"""What a text must hold before a rule is worth trying: a sign out of a few, and perhaps what a cheap search finds.

Most texts give most rules nothing to say, so this is where the time would go. Whatever a rule's pattern finds, its
need must be met by: a test holds all rules to that.
"""

import re

from msgspec import Struct

from pipeline.patterns import regex


class Need(Struct, frozen=True):
    """Met by a text that has one of ``signs``, where there are any, and in which ``clue`` is found, where there is one.

    The others are tried ahead of the clue, for far less time; where there are none of them, any may be. ``words``: one
    must be in the text, where a word is letters from one other sign to the next. ``before`` and ``after``: one of the
    signs must stand before or behind some figure, with or without a blank between.
    """

    signs: frozenset[str] = frozenset()
    clue: re.Pattern[str] | None = None
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Neighbours(Struct, frozen=True, kw_only=True):
    """The signs that stand before and behind the figures of a text, with or without a blank between."""

    before: frozenset[str]
    after: frozenset[str]


_FIGURES = "0123456789"
_FIGURE = regex("[0-9]")
_NO_NEIGHBOURS = Neighbours(before=frozenset(), after=frozenset())
_BEHIND_A_FIGURE = regex(r"[0-9]\s?([^\s0-9])")


def neighbours_of_figures(text: str) -> Neighbours:
    """What stands beside the figures of ``text``; what is before them is behind them when it is read backwards."""
    if _FIGURE.search(text) is None:
        return _NO_NEIGHBOURS
    return Neighbours(
        before=frozenset(_BEHIND_A_FIGURE.findall(text[::-1])), after=frozenset(_BEHIND_A_FIGURE.findall(text))
    )


def sign(*signs: str) -> Need:
    """One of the characters of ``signs``."""
    return Need(frozenset("".join(signs)))


def figure(clue: str = "", *, before: str = "", after: str = "") -> Need:
    """A figure from 0 to 9, one of ``before`` ahead of it, one of ``after`` behind it, and what ``clue`` finds."""
    return Need(frozenset(_FIGURES), regex(clue) if clue else None, before=frozenset(before), after=frozenset(after))


def clue(pattern: str, signs: str = "") -> Need:
    """What ``pattern`` finds, in a text that has one of ``signs``."""
    return Need(frozenset(signs), regex(pattern))


def words(listed: str, *, signs: str = "") -> Need:
    """One of the words of ``listed``, in a text that has one of ``signs``; words of letters alone."""
    return Need(frozenset(signs), words=frozenset(listed.split()))


FIGURE = sign(_FIGURES)
YEAR = figure(r"[12][0-9]{3}")
LINKED = figure(r"[0-9][/⁄‐‑–—−-]|[0-9]\s[-–]", after="/⁄‐‑–—−-")
LETTERED = figure(r"[0-9]['’]?[A-Za-z]")
CAPITALS = clue(r"[A-Z][A-Z]")
