"""Brackets: round ones become the pauses that a reader makes for them, square ones give only their words.

A voice takes "(" for nothing at all, so that an aside would run into its sentence; commas part it.
"""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import BY_WRITTEN
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal
from pipeline.text.needs import clue, sign

_DOTS = r"(?:…|\.(?:\s?\.){2,5})"
#: What was left out of a quotation: "[...]", "(…)".
_ELISION = regex(rf"\s?(?:\[\s?{_DOTS}\s?\]|\(\s?{_DOTS}\s?\))(?P<after>\s?)")
_SIC = regex(r"(?P<before>\s?)[\[(](?P<sic>[Ss]ic|SIC)[.!]?[\])](?P<word>(?=\s[\w“‘\"]))?")
_EDITOR_SAYS = regex(r"\s?\[(?P<words>[Ee]mphasis\s[a-z ]{3,20}|[Ii]talics\s[a-z ]{3,20}|my\s(?:emphasis|italics))\]")
_EMPTY = regex(r"\s?(?:\[[^\w\[\]()]{0,8}\]|\([^\w\[\]()]{0,8}\))")
_FACE = regex(r"(?:\s|\A)[:;]['’]?-?[()](?!\w)|(?<=\s)\(:(?!\w)")
_EITHER_SEX = regex(r"(?<!\w)\((?P<she>[Ss])\)he(?!\w)")
#: Part of a word: member(s), (re)building.
_PART_OF_WORD = regex(
    r"(?P<stem>[a-z])(?P<y>y)?\((?P<ending>s|es|ies|n|ly|d|ed)\)(?!\w)|(?<!\w)\((?P<start>[A-Za-z]{1,6}-?)\)(?=[a-z])"
)
_LIST_LETTER = regex(r"\((?P<letter>[a-z])\)")
_LIST_NUMERAL = regex(r"\((?P<numeral>ii|iii|iv|vi{1,3}|ix|xi{0,3}|i(?=\)))\)")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_OPEN = regex(r"\s?[(（]\s?")
_CLOSE = regex(r"\s?[)）]")
_SQUARE = regex(r"[\[\]]")
_AFTER_CLOSE = regex(r"\]?\s+(?!-{1,2}\s)[\w“‘\"'$€£¥#@~<>≤≥§+\[-]")
_PAUSES = frozenset(".,;:!?…—–")
_OPENERS = frozenset("“‘([{（«")
_LAST_WORD = regex(r"[\w.]*\Z")
_LETTERS_WITH_STOPS = regex(r"(?:[A-Z]\.)*[A-Z]|[ap]\.m")
#: Behind Gen. (ret.) the name comes.
_RETIRED = ("(ret.", "(Ret.", "(retd.", "(res.", "(Res.")
_LOOK_BACK = 24
#: Of a state, "Calif".
_LONGEST_SHORT_NAME = 5


def _elision(found: re.Match[str], locale: Locale) -> str:
    """A pause, where words go on after it; none where a mark makes one already."""
    del locale
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - _LOOK_BACK) : start].rstrip()[-1:], text[end : end + 1]
    blank = found["after"]
    if not before or before in _OPENERS:
        return ""
    if before in _PAUSES or not after or after in _PAUSES or after in "”’\"')]":
        return blank if after not in _PAUSES else ""
    return f"…{blank or ' '}"


def _sic(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f", sic{',' if found['word'] is not None else ''}"


def _editor_says(found: re.Match[str], locale: Locale) -> str:
    """[emphasis added], which is no part of the sentence."""
    del locale
    return f", {found['words']}"


def _nothing(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return ""


def _either_sex(found: re.Match[str], locale: Locale) -> str:
    """(s)he "she or he"."""
    del locale
    return f"{found['she']}he or he"


def _part_of_word(found: re.Match[str], locale: Locale) -> Said:
    """member(s) "members", (re)building "rebuilding"."""
    del locale
    if found["start"]:
        return Said(found["start"])
    ending = found["ending"]
    stem = found["stem"] + ("" if ending == "ies" and found["y"] else found["y"] or "")
    return Said(stem + ending, 0.9)


def _list_letter(found: re.Match[str], locale: Locale) -> Said | None:
    """(a) as the capital that a voice says as a letter; the brackets fall with the others."""
    del locale
    letter = found["letter"]
    if letter == "i" or _follows_letter(found):
        return None
    return Said(letter.upper(), start=found.start("letter"), end=found.end("letter"))


def _follows_letter(found: re.Match[str]) -> bool:
    """Whether it stands right behind a word, f(x)."""
    return found.string[max(0, found.start() - 1) : found.start()].isalpha()


def _list_numeral(found: re.Match[str], locale: Locale) -> Said | None:
    if _follows_letter(found):
        return None
    said = cardinal(_NUMERALS.index(found["numeral"]) + 1, locale)
    return Said(said, start=found.start("numeral"), end=found.end("numeral"))


def _open(found: re.Match[str], locale: Locale) -> str:
    """A comma, unless a pause stands there already or a sentence begins."""
    del locale
    text, start = found.string, found.start()
    before = text[max(0, start - _LOOK_BACK) : start].rstrip()
    blank = " " if before and found[0][0].isspace() else ""
    if not before or before[-1] in _OPENERS or (before[-1] == '"' and (len(before) == 1 or before[-2].isspace())):
        return blank
    if before[-1] in _PAUSES:
        return ", " if before[-1] == "." and _is_abbreviation(before[:-1]) else " "
    return ", "


def _close(found: re.Match[str], locale: Locale) -> str:
    """A comma where the sentence goes on with a word."""
    del locale
    text, start, end = found.string, found.start(), found.end()
    inside = text[max(0, start - _LOOK_BACK) : start].rstrip()
    if text[end : end + 1].isalnum():
        return "" if inside[-1:] in _PAUSES else " "
    if not _AFTER_CLOSE.match(text, end) or not inside or inside[-1] in "([{（":
        return ""
    if inside.endswith(_RETIRED):
        return ","
    if inside[-1] in _PAUSES:
        return "," if _goes_on(text, end) and inside[-1] == "." and _is_abbreviation(inside[:-1]) else ""
    return "" if _is_reference(text, start) else ","


def _is_abbreviation(before: str) -> bool:
    """Whether the stop behind it is an abbreviation's, which falls when that is said in full."""
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    is_short_name = word[:1].isupper() and len(word) <= _LONGEST_SHORT_NAME
    return word in BY_WRITTEN or is_short_name or _LETTERS_WITH_STOPS.fullmatch(word) is not None


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 3].lstrip()[:1].islower()


_REFERENCE = regex(r"[0-9](?:\([0-9A-Za-z]{1,4}\)){0,5}\([0-9A-Za-z]{1,4}\Z|\)\([0-9A-Za-z]{1,4}\Z")


def _is_reference(text: str, close: int) -> bool:
    """Whether the bracket belongs to Article 5(1)(a), after which nobody pauses."""
    return _REFERENCE.search(text[max(0, close - _LOOK_BACK) : close]) is not None


_ROUND = sign("()（）")
_BRACKET = sign("[]")
_ELIDED = clue(r"[\[(]\s?[….]", "[(")
_SIC_MARK = clue(r"[\[(][Ss][Ii][Cc]", "[(")
_EMPHASIS = clue(r"\[(?:[Ee]mphasis|[Ii]talics|my)\s", "[")
_INNER = clue(r"\([A-Za-z]{1,6}-?\)", "(")
_FACES = clue(r"[:;]['’]?-?[()]|\(:", "()")
_HOLLOW = clue(r"[\[(][^\w\[\]()]{0,8}[\])]", "[(")

BRACKET_RULES = (
    Rule("ellipsis", _ELIDED, _ELISION, _elision),
    Rule("bracket", _SIC_MARK, _SIC, _sic),
    Rule("bracket", _EMPHASIS, _EDITOR_SAYS, _editor_says),
    Rule("unsaid", _FACES, _FACE, _nothing),
    Rule("unsaid", _HOLLOW, _EMPTY, _nothing),
    Rule("bracket", _INNER, _EITHER_SEX, _either_sex),
    Rule("bracket", _INNER, _LIST_NUMERAL, _list_numeral),
    Rule("bracket", _INNER, _LIST_LETTER, _list_letter),
    Rule("bracket", _INNER, _PART_OF_WORD, _part_of_word),
    Rule("bracket", _ROUND, _OPEN, _open),
    Rule("bracket", _ROUND, _CLOSE, _close),
    Rule("bracket", _BRACKET, _SQUARE, _nothing),
)
