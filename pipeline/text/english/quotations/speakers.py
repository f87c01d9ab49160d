"""Inside the quotations: who is quoted, as the words right before or behind the marks say it.

Nothing is guessed: whoever is not named beside the quotation, in one of the ways that English has for it, is "".
Source: the shapes of attribution in The Chicago Manual of Style, 12 and 13, and in the house styles of newspapers.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.english.quotations.names import NAME, Usage, person

#: No attribution reaches farther from the marks than this many characters.
REACH = 200

_WORDS = (
    "said|says|told|tells|asked|asks|replied|replies|added|adds|wrote|writes|warned|warns|declared|declares|demanded|"
    "insisted|insists|argued|argues|answered|shouted|wondered|continued|concluded|explained|explains|remarked|recalled|"
    "recalls|exclaimed|cried|whispered|agreed|agrees|noted|notes|observed|observes|stated|states|announced|claimed|claims|quipped|joked|complained|"
    "testified|tweeted|posted|promised|vowed|pledged|urged|predicted|cautioned|stressed|emphasi[sz]ed|lamented|"
    "responded|retorted|commented|boasted|confessed|admitted|conceded|acknowledged|reflected|mused|maintained|"
    "contended|threatened|repeated|reported|suggested|asserted|proclaimed|thundered|saying|writing|adding|warning"
)
SPEECH = rf"(?:{_WORDS})\b"
_HOW = (
    r"(?:had|has|have|later|also|then|once|first|famously|again|simply|himself|herself|would\slater|went\son\sto|"
    r"was\squoted\sas|is\squoted\sas|on\s[A-Z][a-z]{2,6}day|[a-z]{2,20}ly)\s"
)
_WHEN = (
    r"(?:in|on|at|to|of|during|after|before|when|last|this|yesterday|today|from|by|as|with|again|simply|bluntly|here|"
    r"there|about|back|aloud|reporters|journalists|parliament|lawmakers|[a-z]{2,20}ly|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_ASIDE = r"[^,.;:!?“”\"«»()]{2,90}"

# Before the mark.
_SAID_BEFORE = regex(
    rf"(?:(?<=\s)|\A)(?P<verb>{SPEECH})(?P<rest>(?<=told)\s[^,.;:!?“”\"]{{1,70}}?|(?:\s{_WHEN}\b[^,.;:!?“”\"]{{0,80}}?)?)"
    rf"(?P<mark>[,:]|\sthat)?\s*\Z"
)
_SUBJECT = regex(rf"(?<![\w’'-])(?P<name>{NAME})(?:,\s{_ASIDE},)?\s(?:{_HOW}){{0,3}}\Z")
_APPOSED = regex(rf"(?P<before>[\w’'.]+),\s(?P<name>{NAME}),\s(?:{_HOW}){{0,3}}\Z")
_PRONOUN_BEFORE = regex(rf"(?:\A|(?<=\s))(?:[Hh]e|[Ss]he)\s(?:{_HOW}){{0,3}}\Z")
_BY_WORD_BEFORE = regex(
    rf"\b(?:(?:[Aa]ccording\sto|[Ii]n\sthe\swords\sof|[Tt]o\squote)\s(?P<whose>(?:{NAME}))(?:,\s{_ASIDE}(?=,))?"
    rf"|[Aa]s\s(?P<who>(?:[a-z]+\s){{0,3}}{NAME})\s(?:{_HOW}){{0,2}}(?:{SPEECH}|puts?)(?:\s(?:it|{_WHEN}[^,:“”\"]{{0,60}}))?)"
    r"[,:]?\s*\Z"
)
_LABEL = regex(rf"\A\s*(?P<name>{NAME}):\s*\Z")
_SENTENCE_START = regex(r"(?:\A\s*|[.!?…][\"'”’»)\]]*\s+|[:;—–(]\s*|[”’\"»]\s*)\Z")
#: Words that a subject may follow within a sentence; any other must be a title or another noun in apposition.
_NEVER_BEFORE = regex(
    r"\b(?:of|by|to|for|with|from|about|against|like|unlike|than|via|per|among|between|under|over|near|not|nor|neither|"
    r"either|and|or|behind|toward|towards|whether|if|even|the|a|an|this|that\sthe|these|those|every|no|[a-z]+ing)\s\Z"
)
_JOINED = regex(r"(?:(?P<before>[\w’'.]+),\sand|\b(?:but|yet|that|and\sthat))\s\Z")
_IN_A_PLACE = regex(r"\b(?:[Ii]n|[Aa]t|[Oo]n)\s\Z")

# Behind the mark.
_PARTING = frozenset(",?!…—–-")
_TAIL = r"\A,?\s*(?:[—–-]\s?)?"
_SAID_BEHIND = regex(
    rf"{_TAIL}{SPEECH}\s(?:{_HOW})?(?P<who>(?:(?:the|its|his|her|their|our|a|an)\s)?(?:[A-Z][\w-]*[’']s\s)?"
    rf"(?P<small>(?:[a-z][a-z’'-]*\s){{0,5}}?)(?P<name>{NAME}))"
)
_SAID_BEHIND_APPOSED = regex(
    rf"{_TAIL}{SPEECH}\s(?:the|its|his|her|their|our|a|an|[A-Z][\w-]*[’']s)\s(?:[A-Za-z][\w’'-]*\s){{0,6}}"
    rf"[A-Za-z][\w’'-]*,\s(?P<name>{NAME})(?=[,.;:—])"
)
_SAYS_BEHIND = regex(
    rf"{_TAIL}(?P<who>(?:[a-z][a-z-]*\s){{0,3}}(?P<name>{NAME}))(?:,\s{_ASIDE},)?\s(?:{_HOW}){{0,3}}{SPEECH}"
)
_SOMEBODY_SAYS = regex(rf"{_TAIL}(?:[\w’'-]+\s){{0,9}}?{SPEECH}")
_PRONOUN_BEHIND = regex(rf"{_TAIL}(?:(?:he|she)\s(?:{_HOW}){{0,3}}{SPEECH}|{SPEECH}\s(?:he|she)\b)")
_BY_WORD_BEHIND = regex(
    rf"{_TAIL}(?:(?:according\sto|in\sthe\swords\sof)\s(?P<whose>(?:[a-z]+\s){{0,3}}{NAME})"
    rf"|as\s(?P<who>(?:[a-z]+\s){{0,3}}{NAME})\s(?:{_HOW}){{0,2}}(?:{SPEECH}|puts?)(?:\sit)?)"
)
_SIGNED = regex(rf"\A\s*(?:[—–―]|--?)\s?(?P<name>{NAME})(?:,\s[^.!?“”\"]{{1,120}})?\.?\s*\Z")
#: "a spokesman for Amaro" is not Amaro, nor is "the Harbour Board" anybody.
_BRINGS_ANOTHER = regex(r"\b(?:of|by|to|for|with|from|in|at|on|and|or|behind|near)\s|\b(?:the|a|an)\s\Z")
_ENDS = regex(r"\Z|[.,;:!?…—–)]|\s[—–(]")
_ENDS_OR_GOES_ON = regex(rf"\Z|[.,;:!?…—–)]|\s[—–(]|\s{_WHEN}\b")
_GOES_ON = regex(
    rf"\Z|[.,;:!?…—–)]|\s[—–(]|\s{_WHEN}\b(?!\sthat)|\s(?:{NAME}|me|us|him|her|them|the\s[A-Z]\w+)(?=[.,;:\s])"
)
#: "Under the “harbour doctrine,” said Amaro, the fleet ..." quotes nobody; "..., said Amaro, who ..." does.
_COMMA_AND_CLAUSE = regex(r",\s(?!(?:who|whose|an?|his|her|speaking|adding|referring|in|on|at)\b)")
_NOTHING_SAID = regex(r"\s(?:nothing|little|no\smore|that|so)\b")
_ANOTHER_CLAUSE = regex(rf"\b(?:that|which|who|{SPEECH})\b")
_ANY_SPEECH = regex(rf"\b{SPEECH}")


class Attribution(Struct, frozen=True, kw_only=True):
    """Who is quoted: ``speaker``, or a pronoun; both empty where the words name a speaker that is nobody by name.

    ``end`` is the character behind the quotation at which the attribution ends, 0 for one before it.
    """

    speaker: str
    is_pronoun: bool = False
    end: int = 0


def attribution_before(head: str, usage: Usage) -> Attribution | None:
    """What ``head``, the words up to the opening mark, says of the speaker; None where it says nothing of one."""
    label = _LABEL.match(head)
    if label:
        return Attribution(speaker=person(label["name"], usage, is_first=True))
    by_word = _BY_WORD_BEFORE.search(head)
    if by_word:
        return Attribution(speaker=_by_word(by_word, usage))
    said = _SAID_BEFORE.search(head)
    return _said_before(said, usage) if said else None


def _said_before(said: re.Match[str], usage: Usage) -> Attribution | None:
    if not said["mark"] and not _takes_words(said):
        return None
    if _ANOTHER_CLAUSE.search(said["rest"]):
        return Attribution(speaker="")
    before = said.string[: said.start()]
    if _PRONOUN_BEFORE.search(before):
        return Attribution(speaker="", is_pronoun=True)
    return Attribution(speaker=subject_at_end(before, usage))


def _takes_words(said: re.Match[str]) -> bool:
    """Whether words may follow without a comma: one writes a book as well, and "answered by sending a “message”"."""
    if said["verb"] in {"told", "tells"}:
        return True
    return said["verb"] not in {"wrote", "writes", "writing"} and not said["rest"].strip()


def attribution_behind(tail: str, usage: Usage, *, ending: str, is_sentence: bool) -> Attribution | None:
    """What ``tail``, the words from the closing mark on, says of the speaker; None where it says nothing of one.

    ``ending`` is the last sign of the quotation; without a comma, a question or the like there nobody "said" it, and
    behind a full stop another sentence begins. ``is_sentence``: the quotation begins as a sentence does.
    """
    signed = _SIGNED.match(tail)
    if signed:
        return Attribution(speaker=person(signed["name"], usage, is_first=False), end=len(tail))
    is_parted = ending in _PARTING or tail.startswith(",")
    if not is_parted and ending != ".":
        return _by_word_behind(tail, usage)
    found = _said_behind(tail, usage, is_sentence=is_sentence) or _by_word_behind(tail, usage)
    if found or not is_parted:
        return found
    return _says_behind(tail, usage, is_sentence=is_sentence) or _somebody_says(tail, is_sentence=is_sentence)


def signature(paragraph: str, usage: Usage) -> str:
    """The name in a paragraph that is nothing but a dash and a name, "" for any other."""
    found = _SIGNED.match(paragraph) if len(paragraph) <= REACH else None
    return person(found["name"], usage, is_first=False) if found else ""


def has_speech(words: str) -> bool:
    """Whether somebody says something in ``words``."""
    return _ANY_SPEECH.search(words) is not None


def speakers_in(words: str, usage: Usage) -> Iterator[str]:
    """Who says something in ``words``, which need not be quoted."""
    for found in _ANY_SPEECH.finditer(words):
        speaker = subject_at_end(words[max(0, found.start() - REACH) : found.start()], usage)
        if speaker:
            yield speaker


def subject_at_end(text: str, usage: Usage) -> str:
    """The name that is the subject at the end of ``text``, "" where none is or another noun may be."""
    apposed = _APPOSED.search(text)
    if apposed:
        return "" if apposed["before"][0].isupper() else person(apposed["name"], usage, is_first=False)
    found = _SUBJECT.search(text)
    if not found:
        return ""
    before = text[: found.start("name")]
    is_first = _SENTENCE_START.search(before) is not None
    if not is_first and not _may_hold_subject(before):
        return ""
    return person(found["name"], usage, is_first=is_first)


def _may_hold_subject(before: str) -> bool:
    joined = _JOINED.search(before)
    if joined:
        return joined["before"] is None or not joined["before"][0].isupper()
    return not _NEVER_BEFORE.search(before) and not _IN_A_PLACE.search(before)


def _by_word(found: re.Match[str], usage: Usage) -> str:
    written = found["whose"] or found["who"]
    return person(_without_small(written), usage, is_first=False)


def _without_small(written: str) -> str:
    """ "foreign minister Ines Calder" without what is written small in front."""
    found = re.search(NAME, written)
    return written[found.start() :] if found else written


def _by_word_behind(tail: str, usage: Usage) -> Attribution | None:
    found = _BY_WORD_BEHIND.match(tail)
    return Attribution(speaker=_by_word(found, usage), end=found.end()) if found else None


def _said_behind(tail: str, usage: Usage, *, is_sentence: bool) -> Attribution | None:
    """said Amaro; said the foreign minister, Ines Calder; he said."""
    pronoun = _PRONOUN_BEHIND.match(tail)
    if pronoun:
        is_nothing = _NOTHING_SAID.match(tail, pronoun.end())
        return None if is_nothing else Attribution(speaker="", is_pronoun=True, end=pronoun.end())
    apposed = _SAID_BEHIND_APPOSED.match(tail)
    if apposed:
        return Attribution(speaker=person(apposed["name"], usage, is_first=False), end=apposed.end())
    found = _SAID_BEHIND.match(tail)
    if not found:
        return None
    between = found["who"][: -len(found["name"])]
    is_subject = not _BRINGS_ANOTHER.search(between) and _ENDS_OR_GOES_ON.match(tail, found.end())
    if not is_sentence and _COMMA_AND_CLAUSE.match(tail, found.end()):
        return None
    return Attribution(speaker=person(found["name"], usage, is_first=False) if is_subject else "", end=found.end())


def _says_behind(tail: str, usage: Usage, *, is_sentence: bool) -> Attribution | None:
    """Amaro said. Behind a fragment that must be all: "Under “dollar diplomacy,” Taft argued that ..." is not."""
    found = _SAYS_BEHIND.match(tail)
    if not found or _NOTHING_SAID.match(tail, found.end()):
        return None
    if not (_GOES_ON if is_sentence else _ENDS).match(tail, found.end()):
        return None
    is_anothers = _BRINGS_ANOTHER.search(found["who"][: -len(found["name"])])
    return Attribution(speaker="" if is_anothers else person(found["name"], usage, is_first=False), end=found.end())


def _somebody_says(tail: str, *, is_sentence: bool) -> Attribution | None:
    """The minister said; one of her aides said: an attribution, but to nobody by name."""
    found = _SOMEBODY_SAYS.match(tail) if is_sentence else None
    if not found or _NOTHING_SAID.match(tail, found.end()) or not _GOES_ON.match(tail, found.end()):
        return None
    return Attribution(speaker="", end=found.end())
