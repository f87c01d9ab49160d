"""Inside the quotations: which marks belong together. One paragraph at a time, no language but the apostrophes.

Double marks (straight, curly, low) and guillemets are paired on a stack. A single mark may be an apostrophe, so those
are paired afterwards, each inside the double marks that hold it. A mark that is never closed ends with its paragraph,
or before the next mark that opens the same kind: it swallows nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec
from msgspec import Struct

from pipeline.patterns import regex


class Family(Enum):
    """Marks that can open and close one another."""

    DOUBLE = '"“”„'
    SINGLE = "'‘’‚"
    GUILLEMET = "«»"
    SINGLE_GUILLEMET = "‹›"


class Marked(Struct, frozen=True, kw_only=True):
    """What stands between two marks, these included; ``depth`` is 1 for what lies in no other."""

    start: int
    end: int
    family: Family
    is_closed: bool
    depth: int = 1


class _Role(Enum):
    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "closes what is open, otherwise opens"
    NOTHING = "no quotation mark here"


#: Every sign that may be a quotation mark.
SIGNS = "".join(family.value for family in Family)
_DOUBLE = regex(f"[{Family.DOUBLE.value}{Family.GUILLEMET.value}{Family.SINGLE_GUILLEMET.value}]")
_SINGLE = regex(f"[{Family.SINGLE.value}]")
_FAMILIES = {sign: family for family in Family for sign in family.value}
_BEFORE_OPENING = frozenset("([{—–-/…" + SIGNS)
_INCHES = regex(r"[0-9]['’′]\s?[0-9]{1,2}\Z")
#: Marks for letters left out: ’90s, ’em, rock ’n’ roll.
_ELISION = regex(
    r"['‘’](?:[0-9]{2}s?|(?:em|n|tis|twas|til|till|cause|cos|bout|round|tween|neath|gainst|im|er|ere|ello|ave)\b)",
    re.IGNORECASE,
)
_WORD = regex(r"[^\W_]+")
_AND = frozenset(("'n", "’n", "‘n", "'N", "’N", "‘N"))
#: A mark that may also be a plural's apostrophe closes nothing that opened farther back than this many characters.
_FAR = 80


def marked(text: str, *, is_reopened: bool = False) -> tuple[Marked, ...]:
    """All that stands between marks in one paragraph, by start, none crossing another.

    ``is_reopened``: the next paragraph begins with an opening mark, so that a single mark at the start of this one
    may be left open, which would otherwise be an apostrophe.
    """
    doubles = _with_depth(text, _doubles(text))
    return _with_depth(text, [*doubles, *_singles(text, doubles, is_reopened=is_reopened)])


def opening_family(text: str) -> Family | None:
    """The kind of mark that ``text`` begins with, None where it begins with a word."""
    start = len(text) - len(text.lstrip())
    if start == len(text) or text[start] not in SIGNS:
        return None
    if _FAMILIES[text[start]] is Family.SINGLE:
        return Family.SINGLE if _opens_single(text, start) else None
    return _FAMILIES[text[start]] if _role(text, start) in {_Role.OPENS, _Role.EITHER} else None


def _doubles(text: str) -> list[Marked]:
    """Pairs of all marks but the single ones, and those that were never closed."""
    stack: list[tuple[Family, int]] = []
    found: list[Marked] = []
    opened: dict[Family, list[int]] = {family: [] for family in Family}
    depths = dict.fromkeys(Family, 0)
    for match in _DOUBLE.finditer(text):
        at, family = match.start(), _FAMILIES[match[0]]
        role = _settled(text, at, is_open=depths[family] > 0, is_low=_is_low(text, stack))
        if role is _Role.OPENS:
            stack.append((family, at))
            opened[family].append(at)
            depths[family] += 1
        elif role is _Role.CLOSES and depths[family]:
            found += _popped(stack, family, depths=depths, end=at)
    found += (_unclosed(family, at, end=len(text)) for family, at in stack)
    return [each if each.is_closed else _cut(each, text, opened=opened[each.family]) for each in found]


def _popped(
    stack: list[tuple[Family, int]], family: Family, *, depths: dict[Family, int], end: int
) -> Iterator[Marked]:
    """What a closing mark at ``end`` closes, and before it whatever was left open inside."""
    while True:
        last, start = stack.pop()
        depths[last] -= 1
        if last is family:
            yield Marked(start=start, end=end + 1, family=family, is_closed=True)
            return
        yield _unclosed(last, start, end=end)


def _unclosed(family: Family, start: int, *, end: int) -> Marked:
    return Marked(start=start, end=end, family=family, is_closed=False)


def _cut(unclosed: Marked, text: str, *, opened: Sequence[int]) -> Marked:
    """``unclosed`` up to the next mark that opens the same kind, without the blanks at its end."""
    number = bisect_right(opened, unclosed.start)
    end = min(unclosed.end, opened[number]) if number < len(opened) else unclosed.end
    # Only blanks are stepped over, each once: the next opening mark lies behind them.
    while end > unclosed.start + 1 and text[end - 1].isspace():
        end -= 1
    return _unclosed(unclosed.family, unclosed.start, end=end)


def _is_low(text: str, stack: list[tuple[Family, int]]) -> bool:
    """Whether what was opened last began with „, which “ closes."""
    return bool(stack) and text[stack[-1][1]] == "„"


def _settled(text: str, at: int, *, is_open: bool, is_low: bool) -> _Role:
    """What the mark does, given whether one of its kind is open."""
    role = _role(text, at)
    if text[at] == "“" and is_low and not _may_open(text, at):
        return _Role.CLOSES
    if text[at] == "”" and not is_open and _may_open(text, at) and not _may_close(text, at):
        return _Role.OPENS
    if role is _Role.EITHER:
        return _Role.CLOSES if is_open else _Role.OPENS
    return role


def _role(text: str, at: int) -> _Role:
    if text[at] in "“„«‹":
        return _Role.OPENS
    if text[at] in "”»›":
        return _Role.CLOSES
    if _INCHES.search(text, max(0, at - 6), at):
        return _Role.NOTHING
    opens, closes = _may_open(text, at), _may_close(text, at)
    if opens is not closes:
        return _Role.OPENS if opens else _Role.CLOSES
    is_between_letters = not opens and not text[at - 1 : at].isspace()
    return _Role.NOTHING if is_between_letters else _Role.EITHER


def _may_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def _singles(text: str, doubles: Sequence[Marked], *, is_reopened: bool) -> Iterator[Marked]:
    """Pairs of single marks; what cannot be paired is an apostrophe."""
    for scope, marks in _by_scope(text, doubles).items():
        yield from _paired(text, marks)
        is_first = scope < 0 and marks and not text[: marks[0]].strip()
        if is_reopened and is_first and _opens_single(text, marks[0]) and not any(_closes(text, at) for at in marks):
            yield _unclosed(Family.SINGLE, marks[0], end=len(text.rstrip()))


def _by_scope(text: str, doubles: Sequence[Marked]) -> dict[int, list[int]]:
    """The single marks by the number of the innermost pair that holds them, -1 for none."""
    scopes: dict[int, list[int]] = {}
    stack: list[int] = []
    number = 0
    for match in _SINGLE.finditer(text):
        while number < len(doubles) and doubles[number].start < match.start():
            stack.append(number)
            number += 1
        while stack and doubles[stack[-1]].end <= match.start():
            stack.pop()
        scopes.setdefault(stack[-1] if stack else -1, []).append(match.start())
    return scopes


def _paired(text: str, marks: Sequence[int]) -> Iterator[Marked]:
    """From each opening mark to the first that surely closes before the next opens, else to one that may be a plural's.

    Each mark is looked at once for the opening mark before it.
    """
    start, perhaps = -1, -1
    for at in marks:
        if _opens_single(text, at):
            if start >= 0 and perhaps >= 0:
                yield Marked(start=start, end=perhaps + 1, family=Family.SINGLE, is_closed=True)
            start, perhaps = at, -1
        elif start >= 0 and _closes(text, at):
            if not _may_be_possessive(text, at):
                yield Marked(start=start, end=at + 1, family=Family.SINGLE, is_closed=True)
                start, perhaps = -1, -1
            elif perhaps < 0 and at - start <= _FAR:
                perhaps = at
    if start >= 0 and perhaps >= 0:
        yield Marked(start=start, end=perhaps + 1, family=Family.SINGLE, is_closed=True)


def _opens_single(text: str, at: int) -> bool:
    return text[at] != "’" and _may_open(text, at) and not _ELISION.match(text, at)


def _closes(text: str, at: int) -> bool:
    return text[at] not in "‘‚" and _may_close(text, at) and text[max(0, at - 2) : at] not in _AND


def _may_be_possessive(text: str, at: int) -> bool:
    """The dockers’ strike, dancin’ in the street."""
    is_left_out = text[at - 1] in "sSxz" or text[at - 2 : at] == "in"
    return is_left_out and text[at + 1 : at + 2].isspace()


def _with_depth(text: str, found: Sequence[Marked]) -> tuple[Marked, ...]:
    """``found`` by start and with depth, without what crosses another or holds no word."""
    words = [(word.end(), word.start()) for word in _WORD.finditer(text)] if found else []
    kept: list[Marked] = []
    ends: list[int] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        while ends and ends[-1] <= each.start:
            ends.pop()
        number = bisect_right(words, (each.start, len(text)))
        has_words = number < len(words) and words[number][1] < each.end
        if has_words and not (ends and each.end > ends[-1]):
            ends.append(each.end)
            kept.append(msgspec.structs.replace(each, depth=len(ends)))
    return tuple(kept)
