"""Abbreviations other than titles, with their stop or as British papers write them without one."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import STARTERS, Kind
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.acronyms import spelled
from pipeline.text.english.spoken.letters import is_at_end
from pipeline.text.english.spoken.titles import ends_of, in_full, written
from pipeline.text.needs import clue, figure, sign, words

_NUMBERED = regex(rf"(?<![\w.]){written(Kind.NUMBERED)}\.\s?(?=[0-9]|[IVXLC]+\b)")
_CIRCA = regex(r"(?<![\w.])ca?\.\s?(?=(?:[A-Z]{0,3}[$€£¥₹₽₴₩₪₺]|(?:[A-Z]{3}|Rs\.?)\s|R)[0-9])")
_BARE_NUMBERED = regex(
    r"(?<![\w.])(?P<written>No|Mk|pp?|[Vv]ols?|[Cc]hs?|[Pp]aras?|[Ff]igs?|Arts?|Secs?|ca|Nos)(?=\s[0-9])"
)
_RESERVE = regex(r"(?<=\()[Rr]es\.(?=\))")
_BARE_UNIT = regex(
    r"(?P<written>(?<=(?:1st|2nd|3rd|[0-9]th)\s)(?:Bn|Btn|Inf|Cav|Div)|(?<=[0-9]\s)(?:Bde|Regt|Sqn|Cdo)|"
    r"(?<=[a-z]\s)(?:Bde|Regt|Sqn))(?![\w.’'-])"
)
_BARE_MARK = regex(r"(?<![\w.])(?P<written>Mk)(?=\s[IVX])")
_INSIDE = regex(rf"(?<![\w.]){written(Kind.INSIDE)}\.(?=[,;:)]|\s)")
_CLOSING = regex(rf"(?<![\w.]){written(Kind.CLOSING, Kind.MONTH)}\.(?P<many>s(?!\w))?")
_WEEKEND = regex(
    r"(?:(?<=\b[Oo]n\s)|(?<=\b[Bb]y\s)|(?<=\b[Ll]ast\s)|(?<=\b[Nn]ext\s)|(?<=[,(–-]\s)|(?<=[(–-])|(?<=\band\s)|"
    r"(?<=\A)|(?<=\bto\s))"
    r"(?P<day>Sat|Sun)\.(?=[,)–-]|\s(?:[0-9]|and\b|to\b|at\b|[A-Z][a-z]{2,4}\.?\s[0-9])|\s?\Z)"
)
_NUMBER_SIGN = regex(r"(?:№|(?<!\w)[Nn]º)\s?(?=[0-9])")
_ESTIMATED = regex(
    r"(?<![\w.])est\.(?:(?=\s?(?:[A-Z]{0,3}[$€£¥₹₽₴₩₪₺]|[0-9]{1,3}(?:[,.%\s)]|bn|m|k)|[0-9]{5}))|"
    r"(?=\s[a-z])(?!\s(?:in|by|at|as|and|to|of)\b))"
)
#: N. Korea: where a place follows, the letter is no initial.
_SIDE = regex(
    r"(?<![\w.])(?P<side>[NSEW])\.\s(?=(?:Korean?s?|African?s?|Ireland|Vietnam(?:ese)?|Sudan(?:ese)?|Jerusalem|Bank|Yemen|Timor|"
    r"Carolina|Dakota|Virginia|Asia|Europe)\b)"
)
_SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}
_EDITION = regex(
    r"(?:(?<=[0-9](?:st|nd|rd|th)\s)|(?<=\b[Rr]ev\.\s)|(?<=\b[Rr]evised\s)|(?<=\bfirst\s)|(?<=\bsecond\s))ed\."
)
_EDITOR = regex(r"(?<![\w.])(?P<written>[Ee]d)\.(?=[,)]|:|\s(?:note\b|by\b|[A-Z]))")
_VERSUS = regex(r"(?<!\w)vs(?![\w.])|(?<=[A-Za-z)]\s)v(?=\s[A-Z])")
_WITHOUT_STOPS = regex(
    r"(?<![\w.@/-])(?P<short>eg|ie|etc|cf|viz|approx|incl|aka|[Rr]etd)(?=[,;:)]?\s|[.,;:)]?\s?\Z)(?![.]\S)"
)
_SAID_WITHOUT_STOPS = {
    "eg": "for example",
    "ie": "that is",
    "etc": "et cetera",
    "cf": "compare",
    "viz": "namely",
    "approx": "approximately",
    "incl": "including",
    "aka": "also known as",
    "retd": "retired",
    "Retd": "retired",
}
_COMPANY = regex(
    r"(?<=[\w&)]\s)(?P<written>Inc|Ltd|Corp|Bros|(?<=&\s)Co|(?<=and\s)Co|(?P<spelled>plc|Plc))(?![\w.’'-]|\.\w)"
)
_OFFICE = regex(r"(?<![\w.])(?P<written>[Dd]epts?|[Gg]ovts?)(?=[\s,;:)]|\Z)")
_CLIPPED = regex(r"(?<!\w)(?P<short>[Gg]ov|[Ii]nt|[Nn]at)['’](?P<end>[tl])(?!\w)")
_CLIPPED_IN_FULL = {"govt": "government", "intl": "international", "natl": "national"}
_BARE_MONTH = regex(
    r"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\blast\s)|(?<=\bnext\s)|(?<=\bearly\s)|"
    r"(?<=\blate\s)|(?<=\bIn\s)|"
    r"(?<=\bSince\s)|(?<=\bBy\s))(?P<written>Feb|Apr|Aug|Sept?|Oct|Nov|Dec)(?=[\s,;:)]|\.?\Z)(?!\.)"
)
#: "The answer is no. 5 ships came" has no number five in it.
_PLAIN_NO = regex(r"\b(?:is|was|said|says|answer(?:ed)?|vote[sd]?|votes|a|saying|or)[\s,:]+[\"“]?\Z")
_THINGS_AFTER = regex(
    r"\s?[0-9][0-9.,]*\s(?!(?:across|as|has|is|its|perhaps|plus|this|versus|was)\b)[a-z]*(?:[a-z]s|people|men|women)\b"
)
#: Behind these a small "no" is the last word of its sentence where things are counted after it.
_ANSWER_BEFORE = regex(r"\b(?:is|was|remains|sa(?:id|ys?)|saying|answer(?:ed|s)?|vote[sd]?)[\s,:]+[\"“]?\Z")
#: © 2024, (c) 2024: in a list (c) is the third.
_COPYRIGHT = regex(r"(?:(?<![\w(])\([cC]\)\s?(?=(?:19|20)[0-9]{2}(?!\w))|©\s?(?=[0-9]{4}(?!\w)|[A-Z]))")
_COPYRIGHT_BEFORE = regex(r"\b[Cc]opyright\s?\Z")
_LIST_BEFORE = regex(r"\([bB]\)\s")
_LIST_REACH = 200


def _numbered(found: re.Match[str], locale: Locale) -> Said:
    if _is_answer(found):
        return Said("no; ", 0.7)
    return Said(f"{in_full(found['written'], locale)} ", 0.7 if _may_be_a_refusal(found) else 1.0)


def _is_answer(found: re.Match[str]) -> bool:
    if found["written"] != "no" or not found[0][-1].isspace() or not _THINGS_AFTER.match(found.string, found.end()):
        return False
    return _ANSWER_BEFORE.search(found.string[max(0, found.start() - 16) : found.start()]) is not None


def _reserve(found: re.Match[str], locale: Locale) -> str:
    """A general (res.)."""
    del found, locale
    return "reserve"


def _copyright(found: re.Match[str], locale: Locale) -> Said | None:
    """Said once, also behind the word."""
    del locale
    text, start = found.string, found.start()
    if _COPYRIGHT_BEFORE.search(text[max(0, start - 10) : start]):
        return Said("")
    is_sign = found[0].startswith("©")
    if not is_sign and _LIST_BEFORE.search(text, max(0, start - _LIST_REACH), start):
        return None
    return Said("copyright ", 1.0 if is_sign else 0.8)


def _may_be_a_refusal(found: re.Match[str]) -> bool:
    """Whether it may be the answer no, and a sentence that begins with a number behind it."""
    if found["written"] not in {"No", "no"} or not found[0][-1].isspace():
        return False
    before = found.string[max(0, found.start() - 16) : found.start()]
    is_start = found["written"] == "No" and not before.strip("\"'“‘( ")
    has_things_after = _THINGS_AFTER.match(found.string, found.end()) is not None
    return has_things_after and (is_start or _PLAIN_NO.search(before) is not None)


def _circa(found: re.Match[str], locale: Locale) -> str:
    """Before a sum, which has lost its place in front by the time that the others are read."""
    del found, locale
    return "circa "


def _bare_numbered(found: re.Match[str], locale: Locale) -> Said:
    """No 10, as British papers write it: a house, a rank; before things it may be a refusal."""
    is_unclear = found["written"] == "No" and _THINGS_AFTER.match(found.string, found.end())
    return Said(in_full(found["written"], locale), 0.7 if is_unclear else 1.0)


def _inside(found: re.Match[str], locale: Locale) -> str:
    return in_full(found["written"], locale)


def _closing(found: re.Match[str], locale: Locale) -> Said:
    """Its stop stays where it is the sentence's too."""
    said = in_full(found["written"], locale)
    if found["many"]:
        return Said(f"{said}'s")
    text, end = found.string, found.end()
    following = re.compile(r"\s+[\"“‘(]?([A-Z]\w*)").match(text, end)
    is_last = is_at_end(text, end) or (following is not None and following[1] in STARTERS)
    return Said(said, 1.0, found.start(), end - is_last)


def _weekend(found: re.Match[str], locale: Locale) -> Said:
    del locale
    is_last = is_at_end(found.string, found.end())
    return Said("Saturday" if found["day"] == "Sat" else "Sunday", 1.0, found.start(), found.end() - is_last)


def _number_sign(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "number "


def _side(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f"{_SIDES[found['side']]} "


def _estimated(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "estimated"


def _edition(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said("edition", 1.0, found.start(), found.end() - is_at_end(found.string, found.end()))


def _editor(found: re.Match[str], locale: Locale) -> str:
    """(ed.) the editor, ed. Ann Marsh edited by her."""
    del locale
    is_before_name = re.compile(r"\s[A-Z]").match(found.string, found.end()) is not None
    is_followed_by = found.string.startswith(" by", found.end())
    said = "edited" if is_followed_by else "edited by" if is_before_name else "editor"
    return said.capitalize() if found["written"] == "Ed" else said


def _versus(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "versus"


def _without_stops(found: re.Match[str], locale: Locale) -> str | None:
    del locale
    return _SAID_WITHOUT_STOPS.get(found["short"])


def _clipped(found: re.Match[str], locale: Locale) -> str | None:
    """Gov't, int'l."""
    del locale
    said = _CLIPPED_IN_FULL.get(f"{found['short'].lower()}{found['end']}")
    return said.capitalize() if said and found["short"][0].isupper() else said


def _company(found: re.Match[str], locale: Locale) -> str:
    return spelled("PLC") if found["spelled"] else in_full(found["written"], locale)


_BEFORE_NUMBER = clue(r"\.\s?[0-9IVXLC]", ".")
_ROUND_SUM = figure(r"\.(?:(?<=\bc\.)|(?<=\bca\.))\s?[A-Z$€£¥₹₽₴₩₪₺]")
_SHORT_BEFORE_FIGURE = figure(r"[0-9](?<=[osklphatgc]\s[0-9])", before="osklphatgc")
_MARK = clue(r"Mk\s", "M")
_STOP_WITHIN = clue(r"\.[,;:)\s]", ".")
_SHORT_WORD = clue(ends_of(Kind.CLOSING, Kind.MONTH), ".")
_SATURDAY = clue(r"S(?:at|un)\.", "S")
_NUMERO = sign("№º")
_RESERVIST = clue(r"\([Rr]es\.\)", "(")
_RIGHTS = clue(r"©|\([cC]\)", "©(")
_EST = clue(r"\.(?:(?<=\best\.)|(?<=\b[Ee]d\.))", ".")
_BEFORE_PLACE = clue(r"\.\s(?=[KAIVSJBYTCDE])(?<=\b[NSEW]\.\s)", ".")
_CLIP = clue(r"[vt]['’][tl]\b", "'’")
#: All that has no stop: a text seldom has any of it.
_WITHOUT_STOP = words(
    """eg etc ie cf viz approx incl aka retd Retd v vs Inc Inf Ltd Corp Bros Co Cdo Cav plc Plc Dept dept
    Depts depts govt Govt govts Govts Bde Bn Btn Regt Div Sqn Feb Apr Aug Sep Sept Oct Nov Dec"""
)

SHORTENED_RULES = (
    Rule("abbreviation", _EST, _ESTIMATED, _estimated),
    Rule("abbreviation", _EST, _EDITION, _edition),
    Rule("abbreviation", _BEFORE_PLACE, _SIDE, _side),
    Rule("abbreviation", _EST, _EDITOR, _editor),
    Rule("abbreviation", _RESERVIST, _RESERVE, _reserve),
    Rule("abbreviation", _RIGHTS, _COPYRIGHT, _copyright),
    Rule("abbreviation", _BEFORE_NUMBER, _NUMBERED, _numbered),
    Rule("abbreviation", _ROUND_SUM, _CIRCA, _circa),
    Rule("abbreviation", _SHORT_BEFORE_FIGURE, _BARE_NUMBERED, _bare_numbered),
    Rule("abbreviation", _WITHOUT_STOP, _BARE_UNIT, _inside),
    Rule("abbreviation", _MARK, _BARE_MARK, _inside),
    Rule("abbreviation", _STOP_WITHIN, _INSIDE, _inside),
    Rule("abbreviation", _SHORT_WORD, _CLOSING, _closing),
    Rule("abbreviation", _SATURDAY, _WEEKEND, _weekend),
    Rule("abbreviation", _NUMERO, _NUMBER_SIGN, _number_sign),
    Rule("abbreviation", _WITHOUT_STOP, _VERSUS, _versus),
    Rule("abbreviation", _WITHOUT_STOP, _WITHOUT_STOPS, _without_stops),
    Rule("abbreviation", _WITHOUT_STOP, _COMPANY, _company),
    Rule("abbreviation", _WITHOUT_STOP, _OFFICE, _inside),
    Rule("abbreviation", _CLIP, _CLIPPED, _clipped),
    Rule("abbreviation", _WITHOUT_STOP, _BARE_MONTH, _inside),
)
