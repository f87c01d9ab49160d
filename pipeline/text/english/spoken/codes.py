"""Numbers that name something and count nothing: laws, resolutions, flights, versions, verses, telephone numbers."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, decimal, digits, pairs, year
from pipeline.text.english.spoken.patterns import LEFT, RIGHT
from pipeline.text.needs import LINKED, clue, figure

_CODED = (
    "[Rr]esolution|[Ss]ection|[Dd]irective|[Rr]egulation|[Dd]ecree|[Ff]light|Boeing|Airbus|Route|Highway|Room|Unit|Order|Law|Brigade|"
    "Bill|Form|Convoy|[Aa]rticle|Rule|Proposition|Channel|Interstate|UNSCR|NSDD|NSC"
)
_CODE_END = rf"{RIGHT}(?![.,–-][0-9])"
_NUMBERED = regex(rf"(?:\b(?:(?:{_CODED})|Res\.|E\.O\.)\s|§\s?)(?P<code>[0-9]{{3,5}}){_CODE_END}(?!/)")
_NUMBERED_LIST = regex(
    rf"\b(?:{_CODED})s\s(?P<code>[0-9]{{3,5}}(?:,\s[0-9]{{3,5}})*+(?:,?\s(?:and|or|to)\s[0-9]{{3,5}})?){_CODE_END}"
)
#: Regulation (EU) 2016/679: the year of it, and which of that year.
_OF_A_YEAR = regex(
    r"\b(?:Directive|Regulation|Decision|Law|Resolution|Decree|Order|Case)s?\s(?:\((?:EU|EC|EEC|CFSP)\)\s)?(?:No\.?\s)?"
    rf"(?P<year>(?:19|20)[0-9]{{2}})/(?P<code>[0-9]{{1,4}}){RIGHT}"
)
#: Public Law 87-195, P.L. 480: not from one number to another.
_LAW = regex(
    r"(?<![\w.])(?P<law>Public\sLaw|Pub\.\sL\.|P\.\s?L\.|PL|S?NIE)\s(?P<number>No\.\s)?"
    rf"(?P<code>[0-9]{{2,3}}(?:[-–][0-9]{{1,4}})?){_CODE_END}"
)
#: A bill of the American Congress: H.R. 1234, S. 2155.
_BILL = regex(rf"(?<![\w.])(?P<house>H\.\s?R\.\s?|S\.\s(?=[0-9]{{2}}))(?P<code>[0-9]{{1,5}}){_CODE_END}")
_AIRLINER = regex(rf"{LEFT}(?P<type>7[0-9]7)-(?P<size>[1-9]00|[89]|10){RIGHT}")
_VERSE = regex(
    r"\b(?:Genesis|Exodus|Leviticus|Deuteronomy|Joshua|Judges|Samuel|Kings|Job|Psalms?|Proverbs|Ecclesiastes|Isaiah|"
    r"Jeremiah|Ezekiel|Daniel|Hosea|Amos|Micah|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|"
    r"Hebrews|James|Peter|Revelation|Qur['’]?an|Koran|Surah?)\s"
    rf"(?P<chapter>[0-9]{{1,3}}):(?P<verse>[0-9]{{1,3}})(?:[-–](?P<last>[0-9]{{1,3}}))?{RIGHT}"
)
#: Whom to call: 911, 999, 112.
_EMERGENCY = regex(
    r"(?:(?<=\b[Dd]ial\s)|(?<=\b[Cc]all\s)|(?<=\bcalled\s)|(?<=\bcalling\s)|(?<=\b[Rr]ing\s)|(?<=\brang\s))"
    r"(?P<code>[019]11|999|112)(?![\w,.][0-9])(?!\w)|"
    r"(?<![\w.,])(?P<call>911|999|112)(?=\s(?:calls?|callers?|operators?|dispatch\w*|emergency)\b)"
)
_CODE = regex(rf"{LEFT}[0-9]{{2,5}}(?:[-‐‑–][0-9]{{2,5}}){{2,6}}{RIGHT}")
#: 14-0-1, 4-4-2, 10-20-30, 232-207-1: no telephone has groups so short.
_THREE = regex(
    rf"{LEFT}(?:0|[1-9][0-9]{{0,2}})[-–](?:0|[1-9][0-9]?|[1-9][0-9]{{2}}(?=[-–][0-9]{RIGHT}))[-–](?:0|[1-9][0-9]?)"
    rf"{RIGHT}(?![-–/.,:]?[0-9])(?!-[a-z])"
)
_VERSION = regex(rf"{LEFT}[0-9]{{1,6}}(?:\.[0-9]{{1,6}}){{2,}}{RIGHT}")
#: A gun is called by its calibre: .50 "fifty", .303 "three oh three".
_CALIBRE = regex(
    r"(?<![\w.])\.(?P<calibre>[0-9]{2,3})(?=[\s-](?:cal(?:ibre|iber)?|rifles?|rounds?|Browning|machine|pistols?|bullets?|"
    r"ammunition|cartridges?)\b)"
)


def _numbered(found: re.Match[str], locale: Locale) -> Said:
    """Resolution 1701 "seventeen oh one", Resolutions 242 and 338 "two forty-two and three thirty-eight"."""
    del locale
    said = re.sub("[0-9]+", lambda code: pairs(code[0]), found["code"])
    return Said(said, start=found.start("code"), end=found.end("code"))


def _of_a_year(found: re.Match[str], locale: Locale) -> Said:
    said = f"{year(int(found['year']), locale)} slash {pairs(found['code'])}"
    return Said(said, start=found.start("year"), end=found.end())


def _law(found: re.Match[str], locale: Locale) -> str:
    del locale
    law = "Public Law" if found["law"].startswith("Pub") else " ".join(re.sub(r"\W", "", found["law"]))
    codes = [pairs(code) for code in re.findall("[0-9]+", found["code"])]
    return " ".join([law, *(["number"] if found["number"] else []), *codes])


def _bill(found: re.Match[str], locale: Locale) -> Said:
    del locale
    is_initial = found["house"].startswith("S")
    return Said(f"{'S' if is_initial else 'H R'} {pairs(found['code'])}", 0.8 if is_initial else 1.0)


def _emergency(found: re.Match[str], locale: Locale) -> str:
    del locale
    return digits(found[0])


def _airliner(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f"{pairs(found['type'])} {pairs(found['size'])}"


def _verse(found: re.Match[str], locale: Locale) -> Said:
    said = f"{cardinal(int(found['chapter']), locale)} {cardinal(int(found['verse']), locale)}"
    if found["last"]:
        said += f" to {cardinal(int(found['last']), locale)}"
    return Said(said, start=found.start("chapter"), end=found.end())


def _code(found: re.Match[str], locale: Locale) -> Said:
    """Three groups and more are a telephone number or the like: digit by digit, a breath between the groups."""
    del locale
    return Said(", ".join(digits(group) for group in re.findall("[0-9]+", found[0])), 0.7)


def _three(found: re.Match[str], locale: Locale) -> Said:
    return Said(", ".join(cardinal(int(each), locale) for each in re.findall("[0-9]+", found[0])), 0.8)


def _version(found: re.Match[str], locale: Locale) -> str:
    return " point ".join(decimal(part, locale) for part in found[0].split("."))


def _calibre(found: re.Match[str], locale: Locale) -> str:
    del locale
    return pairs(found["calibre"])


#: Behind the last letters of the words and names of what is numbered.
_CODE_AFTER = figure(
    r"[0-9§](?:(?<=§)|"
    r"(?<=(?:on|ve|ee|ht|ng|us|te|ay|om|it|er|aw|de|ll|rm|oy|le|el|CR|DD|SC|[a-z]s|[sO]\.)\s.)[0-9]{2})"
)
_YEAR_AND_CODE = clue(r"/[0-9](?<=[0-9]{4}/[0-9])", "/")
_POINTS = figure(r"\.[0-9]+\.", before=".", after=".")
_POINT_BEFORE = figure(r"\.[0-9]{2,3}[\s-]", before=".")
_HOUSE = figure(r"[SR]\.\s?[0-9]", before=".")
_LAW_NAME = clue(r"L\.?\s|Law|NIE", "LN")
_CALL = figure(r"[019](?:11|99|12)(?![0-9])")
_JET = clue(r"7[0-9]7-", "7")
_CHAPTER = clue(r":[0-9]", ":")
_TWO_LINKS = clue(r"[0-9][-–][0-9]{1,3}[-–][0-9]", "-–")

#: Before anything else is read out of their figures.
CODE_RULES = (
    Rule("number", _LAW_NAME, _LAW, _law),
    Rule("number", _HOUSE, _BILL, _bill),
    Rule("number", _YEAR_AND_CODE, _OF_A_YEAR, _of_a_year),
    Rule("number", _CODE_AFTER, _NUMBERED, _numbered),
    Rule("number", _CODE_AFTER, _NUMBERED_LIST, _numbered),
    Rule("number", _CALL, _EMERGENCY, _emergency),
    Rule("number", _JET, _AIRLINER, _airliner),
    Rule("number", _CHAPTER, _VERSE, _verse),
    Rule("number", _POINT_BEFORE, _CALIBRE, _calibre),
)

#: After the dates and years, which have links and points too.
LINKED_CODE_RULES = (
    Rule("score", _TWO_LINKS, _THREE, _three),
    Rule("code", LINKED, _CODE, _code),
    Rule("version", _POINTS, _VERSION, _version),
)
