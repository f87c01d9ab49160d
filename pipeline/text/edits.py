"""What a rule of spoken forms is, in any language, and how a table of rules is laid over a text.

A rule is a name, a pattern and a callable that says what was found. The rules are tried in the order of the table;
what one has claimed no later one touches. A rule that does not need what a text holds is not even tried.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import Generic, TypeVar

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.needs import Need, neighbours_of_figures


class Said(Struct, frozen=True, gc=False):
    """What a rule says instead of ``start`` to ``end`` of the text, or of its whole match where those are absent.

    ``ipa`` is its exact sound, for the voices that take it, where the letters would lead a voice astray.
    """

    text: str
    confidence: float = 1.0
    start: int = -1
    end: int = -1
    ipa: str = ""


class Edit(Struct, frozen=True, kw_only=True, gc=False):
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


_WORD = regex(r"[^\W\d_]+")


class Table(Generic[L]):
    """Rules in the order in which they are tried, and which of them a text may have something for.

    A rule is a bit of a number here: what the signs of a text leave over is one "and" for all rules. Most texts leave
    over the same few, so the rules of a number are remembered.
    """

    _MOST_REMEMBERED = 10_000

    def __init__(self, rules: Iterable[Rule[L]]) -> None:
        self.rules = tuple(rules)
        self._by_sign = _Bits(rule.need.signs for rule in self.rules)
        self._by_word = _Bits(rule.need.words for rule in self.rules)
        self._by_before = _Bits(rule.need.before for rule in self.rules)
        self._by_after = _Bits(rule.need.after for rule in self.rules)
        self._remembered: dict[int, tuple[Rule[L], ...]] = {}

    def rules_for(self, text: str) -> Iterator[Rule[L]]:
        """The rules whose need ``text`` meets, in their order."""
        found: dict[re.Pattern[str], bool] = {}
        for rule in self._rules_left(text):
            clue = rule.need.clue
            if clue is None:
                yield rule
                continue
            is_found = found.get(clue)
            if is_found is None:
                is_found = found[clue] = clue.search(text) is not None
            if is_found:
                yield rule

    def _rules_left(self, text: str) -> tuple[Rule[L], ...]:
        """The rules of which the text has a sign and a word, and has the sign where they need it."""
        beside = neighbours_of_figures(text)
        bits = self._by_sign.of(text) & self._by_word.of(_WORD.findall(text))
        bits &= self._by_before.of(beside.before) & self._by_after.of(beside.after)
        rules = self._remembered.get(bits)
        if rules is None:
            if len(self._remembered) >= self._MOST_REMEMBERED:
                self._remembered.clear()
            rules = tuple(compress(self.rules, map(int, reversed(f"{bits:b}"))))
            self._remembered[bits] = rules
        return rules


class _Bits:
    """Which rules ask for which sign, a bit for each rule; those that ask for none are content with any."""

    def __init__(self, asked: Iterable[frozenset[str]]) -> None:
        self._content = 0
        self._asking: dict[str, int] = {}
        for number, signs in enumerate(asked):
            self._content |= 0 if signs else 1 << number
            for each in signs:
                self._asking[each] = self._asking.get(each, 0) | 1 << number
        self._signs = frozenset(self._asking)

    def of(self, signs: Iterable[str]) -> int:
        """The rules that find one of theirs among ``signs``, and those that ask for none."""
        bits = self._content
        for each in self._signs.intersection(signs):
            bits |= self._asking[each]
        return bits


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
