"""Floor 2, inside the chapters: the places that the author named in the front matter, found in what is said. Pure.

A number is a paragraph of the body. Words are looked for where something begins: first in headings and paragraphs, then
in every sentence, last in what is said around the text.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise, takewhile

from pipeline.chapters.headings import heading_title
from pipeline.chapters.passages import BODY_ROLES, OPENING_ROLES
from pipeline.chapters.words import cut
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterMark, ChapterOrigin, Role, Script, Timeline
from pipeline.text.alike import letters_of

_TEXT_ROLES = BODY_ROLES | {Role.HEADING}

#: Characters of a text in a message, beginnings and paragraphs that it names.
_SHOWN, _NEAREST, _MOST_NUMBERS = 60, 3, 5


def authored_chapters(script: Script, timeline: Timeline, *, marks: Sequence[ChapterMark]) -> tuple[Chapter, ...]:
    """One Chapter a mark, in their order, with the author's title, link and image; at sample 0 for ``at: 0``.

    A Chapter at a heading or at the paragraph right below it begins where the heading is heard. ``paragraph`` is the
    first one of the body from there on.

    Raises: ScriptError as `mark_places` does.
    """
    places = mark_places(script, marks)
    return tuple(
        Chapter(
            start=timeline.placements[place].start if place else 0,
            title=" ".join(mark.title.split()) or heading_title(script.utterances[place : place + length]),
            origin=ChapterOrigin.AUTHOR,
            paragraph=next((one.paragraph for one in script.utterances[place:] if one.role in BODY_ROLES), None),
            link=mark.link,
            image=mark.image,
        )
        for mark, place, length in zip(marks, places, _heading_lengths(script, places), strict=True)
    )


def mark_places(script: Script, marks: Sequence[ChapterMark]) -> tuple[int, ...]:
    """The number of the Utterance, from 0, at which each of ``marks`` begins. They ascend.

    Raises: ScriptError, with the line of the mark, where nothing in the text begins so, or several places do; where two
    are one place, or stand in another order than they are heard; where one has no title and is at no heading.
    """
    beginnings = _Beginnings(script)
    places = tuple(_place(mark, number, beginnings=beginnings) for number, mark in enumerate(marks, start=1))
    for number in range(1, len(places)):
        _expect_ascending(marks[number], number + 1, before=places[number - 1], place=places[number])
    for number, length in enumerate(_heading_lengths(script, places)):
        if not length and not marks[number].title.strip():
            what = f"chapter {number + 1} in the front matter has no title, and is at no heading that could give it one"
            raise ScriptError(what, cure="add `title: ...` to it", line=marks[number].line)
    return places


class _Beginnings:
    """What every Utterance begins with, in a form in which spelling makes no difference."""

    def __init__(self, script: Script) -> None:
        self.utterances = script.utterances
        self._letters = [letters_of(utterance.display) for utterance in script.utterances]
        keys = [(utterance.block, utterance.role, utterance.paragraph) for utterance in script.utterances]
        self._goes_on = [
            number > 0 and key[0] is not None and key == keys[number - 1] for number, key in enumerate(keys)
        ]
        # Few begin with the same letter: hundreds of marks need not be compared with thousands of sentences each.
        self._by_letter: dict[str, list[int]] = {}
        for number, one in enumerate(script.utterances):
            if one.role not in OPENING_ROLES:
                self._by_letter.setdefault(self._letters[number][:1], []).append(number)

    def places(self, words: str) -> list[int]:
        """The places that ``words`` fit best, each once: whole headings, beginnings of Blocks, sentences, the rest."""
        wanted = letters_of(words)
        wanted = wanted.removesuffix("...") or wanted
        fitting = [number for number in self._by_letter.get(wanted[:1], []) if self._fits(number, wanted)]
        return next((found for found in self._ranked(fitting, wanted) if found), [])

    def at_heading(self, number: int) -> int:
        """The topmost of the headings right above an Utterance; its own number where it is one or has none."""
        if self.utterances[number].role is not Role.HEADING:
            while number and self.utterances[number - 1].role is Role.HEADING:
                number -= 1
        return number

    def paragraphs(self) -> dict[int, int]:
        """The places that the number of a paragraph names, and the number."""
        return {
            self.at_heading(place): one.paragraph
            for place, one in enumerate(self.utterances)
            if one.paragraph is not None and not self._goes_on[place]
        }

    def nearest(self, words: str) -> list[str]:
        """The beginnings that are most like ``words``, the most like first, as the text has them."""
        wanted = letters_of(words)[:_SHOWN]
        shown = {
            letters[: len(wanted)]: cut(one.display, _SHOWN)
            for letters, one in zip(reversed(self._letters), reversed(self.utterances), strict=True)
            if one.role in _TEXT_ROLES
        }
        return [shown[letters] for letters in get_close_matches(wanted, shown, n=_NEAREST, cutoff=0.0)]

    def _ranked(self, fitting: list[int], wanted: str) -> Iterator[list[int]]:
        headings = [number for number in fitting if self._is_whole_heading(number, wanted)]
        text = [number for number in fitting if self.utterances[number].role in _TEXT_ROLES]
        firsts = [number for number in text if not self._goes_on[number]]
        for rank in (headings, firsts, text, fitting):
            yield sorted({self.at_heading(number) for number in rank})

    def _is_whole_heading(self, number: int, wanted: str) -> bool:
        is_first = self.utterances[number].role is Role.HEADING and not self._goes_on[number]
        return is_first and "".join(self._letters[number : self._stop(number)]) == wanted

    def _stop(self, number: int) -> int:
        """The Utterance after the Block of one."""
        stop = number + 1
        while stop < len(self._goes_on) and self._goes_on[stop]:
            stop += 1
        return stop

    def _fits(self, number: int, wanted: str) -> bool:
        """Whether the rest of a Block from an Utterance on begins with ``wanted``."""
        while not self._letters[number].startswith(wanted):
            if not wanted.startswith(self._letters[number]):
                return False
            wanted = wanted[len(self._letters[number]) :]
            number += 1
            if number == len(self._letters) or not self._goes_on[number]:
                return False
        return True


def _place(mark: ChapterMark, number: int, *, beginnings: _Beginnings) -> int:
    if isinstance(mark.at, int):
        return _place_of_paragraph(mark.at, number, beginnings=beginnings, line=mark.line)
    found = beginnings.places(mark.at)
    if len(found) == 1:
        return found[0]
    what = f"chapter {number} in the front matter begins at “{cut(mark.at, _SHOWN)}”"
    if found:
        what += f", and {len(found)} places begin so"
        raise ScriptError(what, cure=_more_words(found, beginnings), line=mark.line)
    nearest = ", ".join(f"“{words}”" for words in beginnings.nearest(mark.at))
    what += ", and no paragraph, heading or sentence begins so"
    raise ScriptError(what, cure=f"write the first words of one; the nearest are {nearest}", line=mark.line)


def _place_of_paragraph(paragraph: int, number: int, *, beginnings: _Beginnings, line: int | None) -> int:
    """The start for 0. A paragraph of which nothing is said ("* * *") stands for the one after it."""
    if paragraph == 0:
        return 0
    numbers = [one.paragraph or 0 for one in beginnings.utterances]
    place = next((place for place, one in enumerate(numbers) if one >= paragraph), None)
    if place is None or paragraph < 0:
        what = f"chapter {number} in the front matter begins at paragraph {paragraph}, and the body has {max(numbers)}"
        raise ScriptError(what, cure=f"write a number from 0 to {max(numbers)}, or the first words", line=line)
    return beginnings.at_heading(place)


def _more_words(places: Sequence[int], beginnings: _Beginnings) -> str:
    """How to say which one is meant: by more words, or by the number of a paragraph that begins there or below."""
    numbers = beginnings.paragraphs()
    known = [f"`at: {numbers[place]}`" for place in places if place in numbers]
    if not known:
        return "give more words"
    more = " ..." if len(known) > _MOST_NUMBERS else ""
    return f"give more words, or the number of the paragraph that is meant: {', '.join(known[:_MOST_NUMBERS])}{more}"


def _expect_ascending(mark: ChapterMark, number: int, *, before: int, place: int) -> None:
    if place == before:
        what = f"chapters {number - 1} and {number} in the front matter begin at the same place"
        raise ScriptError(what, cure="take one of them out", line=mark.line)
    if place < before:
        what = f"chapter {number} in the front matter begins before chapter {number - 1}"
        raise ScriptError(what, cure="write the chapters in the order in which they are heard", line=mark.line)


def _heading_lengths(script: Script, places: Sequence[int]) -> list[int]:
    """How many Utterances of headings stand at each place, up to the next place; 0 where there is none."""
    lengths = []
    for place, stop in pairwise([*places, len(script.utterances)]):
        run = takewhile(lambda one: one.role is Role.HEADING, script.utterances[place:stop])
        lengths.append(len(list(run)))
    return lengths
