"""Inside the quotations: what the name of somebody who speaks looks like, and what only looks like one.

No dictionary of names: a name is capitalised words without an article. What the text itself writes with a small
letter elsewhere is a common noun at the start of a sentence, and so is a plural that occurs nowhere else.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.english.abbreviations import BY_WRITTEN, STARTERS, Kind
from pipeline.text.tables import word_list, word_set

_CAPITAL = "A-ZÀ-ÖØ-ÞĀČĆĎĐĒĖĘĚĞĢĪİĶĹĽŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽȘȚ"
_PARTICLE = (
    "(?:de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ter|ten|zu|af|av|y|e|bin|bint|ibn|abu|al|el|ul|ur|ben)"
)
_SHORT_TITLE = "(?:" + "|".join(each.written for each in BY_WRITTEN.values() if each.kind is Kind.TITLE) + r")\."
_CAPITALISED = rf"(?:(?:al|el|ad|as|ash|an|ar|d|l)[-’'])?[{_CAPITAL}](?:\.(?:-?[{_CAPITAL}]\.)*|[\w’'-]*\w)?"
_PART = rf"(?:{_SHORT_TITLE}|{_CAPITALISED})"
#: One to seven capitalised words, titles among them, with the small words that stand in names.
NAME = rf"(?:{_PART}(?:\s(?:{_PARTICLE}\s){{0,2}}{_PART}){{0,6}})"

#: Titles that are dropped: the name stands for the same person without them.
_TITLES = word_set(
    """President Vice-President Premier Minister Prime Chancellor Secretary Undersecretary Under-Secretary
    Secretary-General Senator Representative Congressman Congresswoman Governor Mayor Ambassador Envoy Consul
    Commissioner Chairman Chairwoman Chair Chief Director Director-General General Admiral Vice-Admiral Rear-Admiral
    Colonel Major Captain Commander Commodore Lieutenant Sergeant Brigadier Marshal Master Harbourmaster Professor
    Doctor Judge Justice Attorney Solicitor Speaker Spokesman Spokeswoman Spokesperson Councillor Councilman Deputy
    Delegate MP MEP Mr Mrs Ms Mx Miss Dr Prof Sir Dame Comrade Mister Madame Monsieur Analyst Historian Economist
    Professor-Emeritus Treasurer Foreign-Minister"""
) | frozenset(each.written + "." for each in BY_WRITTEN.values() if each.kind is Kind.TITLE and each.written[0] != "S")
_RANKS = regex(r"(?:Gen|Lt|Col|Maj|Capt|Sgt|Sen|Supt)\.")
#: "Secretary of State" is made one word, as long as it was.
_OFFICE_OF = regex(
    r"\b(?:Secretary|Minister|Director|Chief|Chancellor)\sof\s"
    r"(?:State|Defen[cs]e|War|Commerce|Staff|Intelligence|Finance|the\s(?:Treasury|Interior|Navy|Army|Exchequer))\b",
    re.IGNORECASE,
)
_DAYS_AND_MONTHS = word_list(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Yesterday Today Tomorrow"""
)
_LEADS = word_set(
    """Although And As Because But However If Instead Later Meanwhile Moreover Now Once Since So Still That Then Though
    When Where While Yet"""
)
_BEFORE_DAYS = frozenset(("On", "In", "By", "Last", "This"))
#: Capitalised at the start of a sentence or a label, and nobody.
_NOBODY = (
    STARTERS
    | frozenset(_DAYS_AND_MONTHS)
    | word_set(
        """Everyone Everybody Someone Somebody Anyone Nobody Another Others Other Both Many Few All Nothing Something
        Two Three Four Five Ten Dozens Hundreds Thousands People Police Reporter Question Answer Note Update Source
        Example Motto Quote Quotation Result Verdict Conclusion Headline Translation Warning Correction Title Summary
        Theme Message Lesson Slogan History Finally Later Earlier Then First Second Third Last Next Only Also Asked
        Said Says Speaking Writing Responding Replying Privately Publicly Here There Officially Again Elsewhere
        Government Parliament Opposition Public Press Media English French German Russian Chinese American British
        Ukrainian European Japanese Israeli Polish Iranian Turkish Indian God Q A I O"""
    )
)
#: What has words in it but says nothing aloud.
_PAPERS = word_set(
    """Act Agreement Accord Accords Article Bill Chapter Charter Clause Code Communique Communiqué Constitution
    Convention Covenant Declaration Doctrine Document Law Letter Memorandum Note Pact Paper Plan Policy Preamble
    Proclamation Protocol Report Resolution Section Statement Statute Telegram Treaty Ultimatum"""
)
_NAME = regex(rf"(?<![\w’'-]){NAME}")
_POSSESSIVE = regex(r"[’']s?\Z")
_SENTENCE_START = regex(r"(?:\A\s*|[.!?…][\"'”’»)\]]*\s+)\Z")
_NOT_SOMEBODY = regex(r"\b(?:[Tt]he|[Aa]n?|[Ii]n|[Aa]t|[Oo]n|near|[Ff]rom|across|outside|of|[Tt]his|[Tt]o\sthe)\s\Z")
_LEFT_WORDS = regex(r"(?<=[a-z,]\s)[A-Z][\w’'-]*\w")
_SMALL_WORDS = regex(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")


class Usage(Struct, frozen=True, kw_only=True):
    """How a text uses its words: ``small`` are those written small, ``names`` those capitalised in a sentence."""

    small: frozenset[str]
    names: frozenset[str]


def usage_of(paragraphs: Sequence[str]) -> Usage:
    """How the text uses its words."""
    return Usage(
        small=frozenset(word for text in paragraphs for word in _SMALL_WORDS.findall(text)),
        names=frozenset(word for text in paragraphs for word in _LEFT_WORDS.findall(text)),
    )


def with_joined_offices(text: str) -> str:
    """``text`` with "Secretary of State" as one word, every character in its place."""
    return _OFFICE_OF.sub(lambda found: re.sub(r"\s", "-", found[0]), text)


def person(written: str, usage: Usage, *, is_first: bool) -> str:
    """The name in ``written``, capitalised words, without its title; "" where it is nobody's.

    A title is what stands before the last word that is one. King, Queen, Pope, Lord and the like stay: few know
    these people without. ``is_first`` says that it begins a sentence, where anything is capitalised.
    """
    words = written.split()
    last_title = max((number for number, word in enumerate(words[:-1]) if _is_title(word)), default=-1)
    name = _without_lead(words[last_title + 1 :])
    return " ".join(name) if _is_persons(name, usage, is_bare=is_first and name == words) else ""


def mentions(words: str, usage: Usage) -> Iterator[str]:
    """Everything in ``words`` that may be somebody's name: what follows an article or "in" is not, nor are initials."""
    for found in _NAME.finditer(words):
        written = _POSSESSIVE.sub("", found[0])
        before = words[max(0, found.start() - 12) : found.start()]
        is_first = _SENTENCE_START.search(before) is not None
        if not _NOT_SOMEBODY.search(before) and not written.isupper():
            name = person(written, usage, is_first=is_first)
            if name:
                yield name


def _is_title(word: str) -> bool:
    first = word.partition("-")[0]
    return word in _TITLES or first in _TITLES or _RANKS.fullmatch(word) is not None


def _without_lead(words: Sequence[str]) -> list[str]:
    """The words of a name without "Then" or "On Monday" before it; "In Ostrava Amaro" cannot be parted."""
    rest = list(words)
    while len(rest) > 1:
        if rest[0] in _LEADS or rest[0] in _DAYS_AND_MONTHS:
            rest = rest[1:]
        elif len(rest) > 2 and rest[0] in _BEFORE_DAYS and rest[1] in _DAYS_AND_MONTHS:
            rest = rest[2:]
        else:
            break
    return rest


def _is_persons(name: Sequence[str], usage: Usage, *, is_bare: bool) -> bool:
    if len(name) > 5 or name[-1].endswith(("’s", "'s", "’", "'")) or _is_title(name[-1]):
        return False
    if name[0] in _NOBODY or not _PAPERS.isdisjoint(name):
        return False
    return len(name) > 1 or not is_bare or _is_used_as_name(name[0], usage)


def _is_used_as_name(word: str, usage: Usage) -> bool:
    """Whether a word that begins a sentence is a name there: known from inside one, or at least no noun."""
    if word in usage.names:
        return True
    return word.lower() not in usage.small and not word.endswith("s")
