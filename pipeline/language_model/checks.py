"""Floor 3, language model: whether what a model wrote may be shown. Pure.

A model that shortens may also invent. So every name and every number must stand in the article, as it stands there;
what cannot be shown to be harmless is refused, and our own words stay.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.language_model.questions import SUMMARY_CHARACTERS, TITLE_CHARACTERS
from pipeline.model import Role, Script
from pipeline.patterns import regex

#: A word or a number with what may stand inside it: "Vael's", "1,000", "0.75".
_TOKEN = regex(r"[^\W_]+(?:['’.,][^\W_]+)*")

#: After these a sentence begins, and a capital proves nothing.
_ENDS = tuple(".!?:")
_QUOTES = frozenset("\"'“”„«»‘’‚‹›`")
_MARKUP = frozenset("<>{}[]|*_`#\\")

#: Written out, a number can be as wrong as in figures; "one" is mostly none.
_NUMBER_WORDS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half
    twice double triple""".split()  # noqa: SIM905 - a list of as many strings would be read by nobody
)

#: With these a title may begin though the article has them nowhere. No month is among them, and no name.
_OPENINGS = frozenset(
    """a after again against all an and are as at back before behind below between beyond both but by can do does
    few for from has have how if in inside into is it its less little many more most much neither new no nor not
    nothing of old on only or out outside over since so still such that the their there these they this those
    though through to too toward towards under until was were what when where whether which while who whose why
    will with within without""".split()  # noqa: SIM905 - the same
)

#: In these every word may have its capital.
_HEADLINES = frozenset({Role.TITLE, Role.SUBTITLE, Role.HEADING})


class Known(Struct, frozen=True, kw_only=True):
    """What an article gives to a title: its words in small letters, and those that have capitals or figures.

    ``names`` holds no word that only the start of a sentence gave its capital.
    """

    words: frozenset[str]
    names: frozenset[str]


def known_from(script: Script) -> Known:
    """All that the article says, its title and headings included, and nothing that is only announced."""
    written = [utterance for utterance in script.utterances if utterance.span is not None]
    inside: set[str] = set()
    at_start: set[str] = set()
    for utterance in written:
        for token, is_first in _tokens(utterance.display):
            (at_start if is_first or utterance.role in _HEADLINES else inside).add(token)
    at_start.update(token for token, _ in _tokens(script.title))
    plain = {token for token in inside | at_start if _is_plain(token)}
    # "Insurers" at the start is the same word as "insurers" elsewhere; "Djevari" is never written small.
    names = (inside | {token for token in at_start if token.casefold() not in plain}) - plain
    return Known(words=frozenset(token.casefold() for token in inside | at_start), names=frozenset(names))


def title_fault(title: str, known: Known) -> str:
    """Why ``title`` cannot be shown, in a few words; "" where it can."""
    if len(title) > TITLE_CHARACTERS:
        return f"{len(title)} characters"
    if title.isupper():
        return "in capitals"
    if title.endswith((".", ",", ":", ";", "…", "-", "–", "—")):
        return f"ends with “{title[-1]}”"
    return _fault(title, known)


def summary_fault(summary: str, known: Known) -> str:
    """Why ``summary`` cannot be shown, in a few words; "" where it can."""
    if len(summary) > SUMMARY_CHARACTERS:
        return f"{len(summary)} characters"
    if not summary.endswith((".", "!", "?")):
        return "not a whole sentence"
    if len(re.findall(r"[^\W_]{3,}[.!?]+(?=\s|$)", summary)) > 2:  # "U.S." ends no sentence
        return "more than two sentences"
    return _fault(summary, known)


def _fault(text: str, known: Known) -> str:
    if not text.strip():
        return "empty"
    if not text.isprintable() or text != " ".join(text.split()):
        return "not on one line"
    if text[0] in _QUOTES or (text[-1] in _QUOTES and _QUOTES.isdisjoint(text[:-1])):
        return "in quotation marks"
    if not _MARKUP.isdisjoint(text) or "://" in text:
        return "with formatting"
    if text[0].islower():
        return "without a capital at the start"
    return next((f"“{token}” is not in the article" for token in _invented(text, known)), "")


def _invented(text: str, known: Known) -> Iterator[str]:
    """The names and numbers of ``text`` that the article does not have."""
    for token, is_first in _tokens(text):
        small = token.casefold()
        if token in known.names or (is_first and (small in known.words or small in _OPENINGS)):
            continue
        if not _is_plain(token) or (small in _NUMBER_WORDS and small not in known.words):
            yield token


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """The words and numbers of ``text`` without a possessive ending, and whether a sentence begins with each."""
    before = 0
    for found in _TOKEN.finditer(text):
        gap = text[before : found.start()].strip()
        is_first = before == 0 or gap.rstrip("".join(_QUOTES)).endswith(_ENDS) or not _QUOTES.isdisjoint(gap)
        yield re.sub(r"['’]s$", "", found[0]).replace("’", "'"), is_first
        before = found.end()


def _is_plain(token: str) -> bool:
    """Whether it is an ordinary word; scripts without small letters have no sign of one."""
    return token.islower() and not any(character.isdigit() for character in token)
