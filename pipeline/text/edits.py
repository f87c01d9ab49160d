"""What a rule of spoken forms is, in any language, and how a table of rules is laid over a text.

A rule is a name, a pattern and a callable that says what was found. The rules are tried in the order of the table;
what one has claimed no later one touches. A rule that does not need what a text holds is not even tried.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from pipeline.text.needs import Need


class Said(Struct, frozen=True):
    """What a rule says instead of ``start`` to ``end`` of the text, or of its whole match where those are absent.

    ``ipa`` is its exact sound, for the voices that take it, where the letters would lead a voice astray.
    """

    text: str
    confidence: float = 1.0
    start: int = -1
    end: int = -1
    ipa: str = ""


class Edit(Struct, frozen=True, kw_only=True):
    """One replacement: the characters ``start`` to ``end`` become ``said``; ``ipa`` is its exact sound, if known."""

    start: int
    end: int
    said: str
    rule: str
    confidence: float
    ipa: str = ""


#: What a language has several of, such as British and American English.
L = TypeVar("L")


class Rule(Struct, Generic[L], frozen=True):
    """``say`` is given each match of ``pattern`` and the locale; it answers with the words, or None to leave it alone.

    ``need`` is met by every text that ``pattern`` finds anything in.
    """

    name: str
    need: Need
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str], L], Said | str | None]


class Table(Generic[L]):
    """Rules in the order in which they are tried, and which of them a text may have something for.

    Most sentences hold few signs, and the same few: which rules are left is remembered by the signs.
    """

    _MOST_REMEMBERED = 10_000

    def __init__(self, rules: Iterable[Rule[L]]) -> None:
        self.rules = tuple(rules)
        self._signs: frozenset[str] = frozenset().union(*(rule.need.signs for rule in self.rules))
        self._remembered: dict[frozenset[str], tuple[Rule[L], ...]] = {}

    def rules_for(self, text: str) -> Iterator[Rule[L]]:
        """The rules whose need ``text`` meets, in their order."""
        met: dict[Need, bool] = {}
        for rule in self._rules_with(self._signs.intersection(text)):
            need = rule.need
            if need.clue is None:
                yield rule
                continue
            is_met = met.get(need)
            if is_met is None:
                is_met = met[need] = need.clue.search(text) is not None
            if is_met:
                yield rule

    def _rules_with(self, signs: frozenset[str]) -> tuple[Rule[L], ...]:
        """The rules that need none or one of ``signs``."""
        rules = self._remembered.get(signs)
        if rules is None:
            if len(self._remembered) >= self._MOST_REMEMBERED:
                self._remembered.clear()
            rules = tuple(rule for rule in self.rules if not rule.need.signs or rule.need.signs & signs)
            self._remembered[signs] = rules
        return rules


def edits_of(text: str, table: Table[L], *, locale: L, taken: bytearray) -> list[Edit]:
    """The replacements that the rules of ``table`` make in ``text``, in order and without overlap.

    ``taken`` has a 1 for each character that no rule may touch, and more of them afterwards.
    """
    edits: list[Edit] = []
    for rule in table.rules_for(text):
        edits += _edits_of_rule(text, rule, locale=locale, taken=taken)
    edits.sort(key=lambda edit: edit.start)
    return edits


def _edits_of_rule(text: str, rule: Rule[L], *, locale: L, taken: bytearray) -> Iterable[Edit]:
    position = 0
    while found := rule.pattern.search(text, position):
        position = max(found.end(), position + 1)
        said = rule.say(found, locale)
        if said is None:
            continue
        edit = _edit(found, said, rule=rule.name)
        last_taken = taken.rfind(1, edit.start, edit.end)
        if last_taken >= 0:
            position = last_taken + 1
        elif edit.ipa or edit.said != text[edit.start : edit.end]:
            taken[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
            yield edit


def _edit(found: re.Match[str], said: "Said | str", *, rule: str) -> Edit:
    if isinstance(said, str):
        return Edit(start=found.start(), end=found.end(), said=said, rule=rule, confidence=1.0)
    start, end = (found.start(), found.end()) if said.start < 0 else (said.start, said.end)
    return Edit(start=start, end=end, said=said.text, rule=rule, confidence=said.confidence, ipa=said.ipa)


def set_apart(said: str, found: re.Match[str]) -> str:
    """``said`` with a blank wherever it would otherwise grow together with the word beside it."""
    text = found.string
    before = " " if found.start() > 0 and text[found.start() - 1].isalnum() else ""
    after = " " if found.end() < len(text) and text[found.end()].isalnum() else ""
    return f"{before}{said}{after}"
