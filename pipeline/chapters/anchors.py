"""Floor 2, inside the chapters: how front matter names the place where a Chapter begins. Pure.

It is the way back of `authored.py`: what is named here is found there.
"""

from collections.abc import Sequence
from itertools import groupby

from pipeline.chapters.passages import BODY_ROLES
from pipeline.model import Role, Script

#: Fewer words are too easily said again when the text is edited; more are no longer a name but the sentence.
_FEWEST_WORDS, _MOST_WORDS = 4, 12


def anchors(script: Script, numbers: Sequence[int]) -> tuple[int | str, ...]:
    """For each of the Utterances ``numbers``, from 0, the words with which it alone begins.

    They survive edits elsewhere. At least four, where it has as many. Where twelve would not do, the number of the
    paragraph that it opens or stands over; all that can be said where it does neither.
    """
    beginnings = _beginnings(script)
    letters = [_letters(" ".join(words)) for words in beginnings]
    return tuple(
        _words(number, beginnings[number], letters=letters)
        or _paragraph(script, number)
        or " ".join(beginnings[number])
        for number in numbers
    )


def _beginnings(script: Script) -> list[list[str]]:
    """The first words that are heard from each Utterance on until its Block ends."""
    found: list[list[str]] = []
    for _, run in groupby(reversed(script.utterances), key=lambda one: (one.block, one.role, one.paragraph)):
        following: list[str] = []
        for utterance in run:
            is_alone = utterance.block is None
            following = [*utterance.display.split(), *([] if is_alone else following)][:_MOST_WORDS]
            found.append(following)
    return found[::-1]


def _words(number: int, words: Sequence[str], *, letters: Sequence[str]) -> str:
    """As many of ``words`` as nothing else begins with; "" where all of them are not enough."""
    rivals = [*letters[:number], *letters[number + 1 :]]
    for count in range(min(_FEWEST_WORDS, len(words)), len(words) + 1):
        anchor = " ".join(words[:count]).rstrip(" ,;:—–")
        rivals = [rival for rival in rivals if rival.startswith(_letters(anchor))]
        if not rivals:
            return anchor
    return ""


def _letters(text: str) -> str:
    """What is left of ``text`` however it is compared: what begins alike in any reading begins alike here."""
    return "".join(filter(str.isalnum, text.casefold()))


def _paragraph(script: Script, number: int) -> int | None:
    """The number of the paragraph that an Utterance opens, or that is the first below its heading."""
    utterance = script.utterances[number]
    if utterance.role is Role.HEADING:
        return next((one.paragraph for one in script.utterances[number:] if one.role in BODY_ROLES), None)
    opens = number == 0 or script.utterances[number - 1].paragraph != utterance.paragraph
    return utterance.paragraph if opens else None
