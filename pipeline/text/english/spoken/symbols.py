"""Signs that are not letters: said as words, turned into a pause, or left out where there is nothing to say."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said, set_apart
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.money import CURRENCIES
from pipeline.text.needs import clue, sign
from pipeline.text.tables import word_set

#: What a sign is called where no rule has read it with its number.
_NAMES = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "per cent",
    "‰": "per mille",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "≈": "about",
    "~": "about",
    "<": "less than",
    ">": "more than",
    "≤": "at most",
    "≥": "at least",
    "→": "to",
    "°": "degrees",
    "¢": "cents",
    "№": "number",
    "¶": "paragraph",
    "/": "slash",
    "\\": "backslash",
    "^": "to the power of",
    "≠": "is not",
    "−": "minus",
    "∞": "infinity",
    "√": "the square root of",
}
_SECTION = regex(r"§(?P<many>§)?\s?")
_HASH = regex(r"#\s?(?=[0-9])")
_AND_OR = regex(r"(?<=\b[Aa]nd)/(?=or\b)|(?<=\b[Ee]ither)/(?=or\b)|(?<=\bAND)/(?=OR\b)")
_EITHER = regex(
    r"(?i)\b(?P<one>s?he|his|hers?|him|himself|s(?=/he\b))/(?P<other>he|she|his|hers?|him|herself|"
    r"himself)(?:/(?P<third>they|theirs?|them))?(?!\w)"
)
#: Short forms with a stroke, and what they stand for.
_SHORT_STROKES = {
    "w/o": "without",
    "w/": "with",
    "b/c": "because",
    "c/o": "care of",
    "n/a": "not applicable",
    "a/k/a": "also known as",
    "d/b/a": "doing business as",
    "km/h": "kilometres per hour",
    "b/d": "barrels per day",
}
_SHORT_STROKE = regex(
    r"(?<![\w/])(?:[Ww]/o|[Bb]/c|[Cc]/o|[Nn]/a|N/A|a/k/a|d/b/a|km/h|b/d)(?![\w/])|(?<![\w/])[Ww]/(?:\s(?=\w)|(?=[a-z]))"
)
#: Pairs of which one or the other is meant.
_ALTERNATIVES = regex(r"(?<![\w/])(?P<one>[A-Za-z]{2,5})/(?P<other>[A-Za-z]{2,7})(?![\w/])")
_PAIRS_WITH_OR = word_set(
    """yes/no pass/fail true/false win/lose him/her they/them mr/ms mr/mrs us/them friend/foe war/peace buy/sell on/off
    in/out for/against life/death right/wrong all/nothing now/never make/break left/right up/down stop/go"""
)
_STROKE = regex(r"(?<=[^\W\d_][^\W\d_])\s?/\s?(?=[^\W\d_]{2}|[A-Z]\.)")
#: C#, F#, C++: languages of computers, and of music.
_LANGUAGE = regex(r"(?<![\w#+])(?:(?P<sharp>[A-G])#|(?P<plus>[CG])\+\+)(?![\w#+])")
_STARRED = regex(
    r"(?<![\w*])(?P<grade>[A-E])\*(?=\s(?:grades?|students?|rating)\b)|(?<=[0-9])\s?\*\s?(?=[0-9])|"
    r"(?<=[1-7])(?P<class>\*)(?=[\s-](?:hotels?|resorts?|restaurants?|service|ratings?|reviews?|generals?|admirals?|rated)\b)"
)
_NAMED = regex(
    r"\s?(?:(?<!~)~(?!~)|[&+=@%‰×÷±≈<>≤≥≠→°¢№¶/−∞√\\"
    + "".join(sign for sign in CURRENCIES if len(sign) == 1)
    + r"])\s?|(?<=[\w)])\s?\^\s?(?=[\w(])"
)
_TAG = regex(r"\s?</?[a-zA-Z]{1,10}[1-6]?\s?/?>")
_RATE = regex(r"(?P<one>[$€£¥])/(?P<other>[$€£¥])(?!\s?[0-9])")
#: A sign of order with nothing to compare on one of its sides is a scrap of markup.
_STRAY = regex(r"[<>](?!\s?[\w$€£])|(?<![\w\s])[<>](?![0-9])|(?<=\w)[<>](?=\s)")
_GLUED_STOP = regex(r"(?<=[a-z]{3})\.(?=[A-Z][a-z]*[\s,])")
_DASH = regex(r"(?P<before>\s*)(?:—+|(?<=\s)–+(?=\s|\Z)|(?<=\s)--?(?=\s|\Z)|--+|―)(?P<after>\s*)")
#: Marks of other alphabets and keyboards by those that a voice knows.
_MARKS = {
    **dict.fromkeys("«„‟", "“"),
    **dict.fromkeys("»", "”"),
    **dict.fromkeys("‹‚‛", "‘"),
    **dict.fromkeys("›´′ʼ＇", "’"),
    **dict.fromkeys("「『《〈", "“"),
    **dict.fromkeys("」』》〉", "”"),
    **dict.fromkeys("。．", "."),
    **dict.fromkeys("、，،", ","),
    **dict.fromkeys("；؛", ";"),
    "：": ":",
    "！": "!",
    "？": "?",
    "؟": "?",
    "¿": "",
    "¡": "",
}
_MARK = regex("[" + "".join(_MARKS) + "]|(?<=[^\\W\\d_])`(?=[^\\W\\d_])")
_EN_DASH = regex(r"(?<=[\w.])[–‐‑−](?=\w)")
_DOTS = regex(r"\s?(?:…|\.(?:\s?\.){2,})[.…]*")
_PICTURES = (
    r"[*_^|#{}<>`™®©•·†‡■□▪●○◦★☆✓✔¦"
    "\u00ad\u200b-\u200f\u2060\ufeff\ufe0f\u20e3\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_SILENT = regex(rf"\A\s?{_PICTURES}\s?|\s?{_PICTURES}")
_SURE_SIGNS = frozenset("&+=@%÷≤≥±×")
#: A sign that has a name brings its own blank.
_NO_BLANK_AFTER = " \t\n\u00a0“‘\"'([-" + "".join(_NAMES) + "".join(sign for sign in CURRENCIES if len(sign) == 1)
_NO_BLANK_BEFORE = " \t\n\u00a0.,;:!?…”’\"')]"
_SEPARATED = regex(r"(?:(?<=\S)\s)?(?:\|{1,2}|[•·▪◦●■□○‣⁃])(?:\s|(?<=•))(?=\S)")
_CLOSERS = frozenset("”’\"')]")
_OPENERS = frozenset("“‘([")
_PUNCTUATION = frozenset(".,;:!?…—–")


def _section(found: re.Match[str], locale: Locale) -> str:
    del locale
    return "sections " if found["many"] else "section "


def _hash(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "number "


def _and_or(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " "


def _short_stroke(found: re.Match[str], locale: Locale) -> str:
    """w/o "without", w/ "with"."""
    short = found[0].strip().lower()
    said = "N A" if found[0] == "N/A" else _SHORT_STROKES[short]
    if locale.is_american:
        said = said.replace("kilometre", "kilometer")
    return f"{said} " if short == "w/" else said


def _alternative(found: re.Match[str], locale: Locale) -> str | None:
    """yes/no "yes or no"."""
    del locale
    return f"{found['one']} or {found['other']}" if found[0].lower() in _PAIRS_WITH_OR else None


def _language(found: re.Match[str], locale: Locale) -> str:
    """C# "C sharp"."""
    del locale
    return f"{found['sharp']} sharp" if found["sharp"] else f"{found['plus']} plus plus"


def _starred(found: re.Match[str], locale: Locale) -> str:
    """An A* grade "A star", a 5* hotel "five star"; 5*5 "five times five"."""
    del locale
    if found["class"]:
        return " star"
    return f"{found['grade']} star" if found["grade"] else " times "


def _separated(found: re.Match[str], locale: Locale) -> str:
    """A bullet or an upright stroke between two things: a pause, none where the text begins."""
    del locale
    before = found.string[max(0, found.start() - 1) : found.start()]
    return ", " if before and before not in _PUNCTUATION else " " if before else ""


def _either(found: re.Match[str], locale: Locale) -> str:
    """He/she "he or she", s/he "she or he"."""
    del locale
    one, *others = found.group("one", "other", "third")
    return " or ".join([f"{one}he" if one in "sS" else one, *filter(None, others)])


def _stroke(found: re.Match[str], locale: Locale) -> Said:
    """A short pause: whether civil/legal means "and" or "or" only its author knows."""
    del found, locale
    return Said(", ", 0.6)


def _named(found: re.Match[str], locale: Locale) -> Said:
    sign = found[0].strip()
    name = _NAMES.get(sign) or CURRENCIES[sign][1]
    if locale.is_american:
        name = name.replace("per cent", "percent")
    return Said(_spaced(name, found), 1.0 if sign in _SURE_SIGNS else 0.6)


def _spaced(name: str, found: re.Match[str]) -> str:
    """The name with the blanks that stood around the sign, and those that keep it from what stands beside it."""
    text, start, end = found.string, found.start(), found.end()
    before = " " if found[0][0].isspace() or text[start - 1 : start].strip(_NO_BLANK_AFTER) else ""
    after = " " if found[0][-1].isspace() or text[end : end + 1].strip(_NO_BLANK_BEFORE) else ""
    return f"{before if start else before.strip()}{name}{after}"


def _rate(found: re.Match[str], locale: Locale) -> str:
    """The £/$ rate "pound dollar"."""
    del locale
    return set_apart(f"{CURRENCIES[found['one']][0]} {CURRENCIES[found['other']][0]}", found)


def _nothing(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return ""


def _glued_stop(found: re.Match[str], locale: Locale) -> str:
    """The blank that was forgotten after it, lest a voice say "dot"."""
    del found, locale
    return ". "


def _mark(found: re.Match[str], locale: Locale) -> str:
    """«Правда» “Правда”; a pause that had no blank behind it gets one."""
    del locale
    said = _MARKS.get(found[0], "’")
    is_pause = said in {".", ",", ";", ":", "!", "?"}
    return f"{said} " if is_pause and found.string[found.end() : found.end() + 1].isalnum() else said


def _dash(found: re.Match[str], locale: Locale) -> str:
    """A pause, as a comma; none where the text begins or ends or a mark stands there already."""
    del locale
    text, start, end = found.string, found.start(), found.end()
    if text[end : end + 1] in _CLOSERS and not found["after"]:
        return "," if text[start - 1 : start].isalnum() else ""
    if not text[:start].strip() or not text[end:].strip():
        return "" if not text[:start].strip() else ","
    if text[start - 1] in _PUNCTUATION or text[end] in _PUNCTUATION:
        return " " if text[end] not in _PUNCTUATION else ""
    return ", "


def _en_dash(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "-"


def _dots(found: re.Match[str], locale: Locale) -> Said | str:
    """A pause, or the end of a sentence where one follows.

    The pause stays an ellipsis: every voice rests there, and a comma behind "They" would change the sentence.
    """
    del locale
    text, end = found.string, found.end()
    rest = text[end : end + 8].lstrip("\"'”’»)] \t\n")
    if end < len(text) and text[end] in _PUNCTUATION:
        return ""
    if not text[max(0, found.start() - 8) : found.start()].strip() or text[found.start() - 1] in _OPENERS:
        return Said("", 1.0, found.start(), end + text[end : end + 1].isspace())
    mark = "…" if rest[:1].islower() or rest[:1] == "I" else "."
    return f"{mark} " if text[end : end + 1].isalnum() else mark


def _silent(found: re.Match[str], locale: Locale) -> str | None:
    del locale
    return " " if _parts_words(found) else ""


def _parts_words(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return found[0] != "\u00ad" and before.isalnum() and after.isalnum()


_CODE_SIGN = sign("§#")
_AND_STROKE = clue(r"/[Oo][Rr]", "/")
_SHORT_BEFORE_STROKE = clue(r"/(?:(?<=\b[WwBbCcNnad]/)|(?<=km/))", "/")
_CURRENCY_STROKE = clue(r"/[$€£¥]", "/")
_SHARP = clue(r"[A-G](?:#|\+\+)", "#+")
_STAR = sign("*")
_BULLET = sign("|•·▪◦●■□○‣⁃")
_OR_SHE = clue(r"/(?i:h|she)", "/")
_LETTER_STROKE = clue(r"/\s?[^\W\d_]", "/")
_DOT = clue(r"…|\.\s?\.", "….")
_FOREIGN_MARK = sign("`", *_MARKS)
_EN = sign("–‐‑−")
_LONG = clue(r"[—―–]|--|\s-(?:\s|\Z)", "—―–-")
_ORDER = sign("<>")
_STOP = clue(r"\.[A-Z]", ".")

_HAS_NAME = sign(*_NAMES, *(each for each in CURRENCIES if len(each) == 1))
_ODD = clue("[*_^|#{}<>`\u00a0-\u00b7\u2000-\u200f\u2020-\u2023\u2060-\U000fffff]")

SYMBOL_RULES = (
    Rule("symbol", _CODE_SIGN, _SECTION, _section),
    Rule("symbol", _CODE_SIGN, _HASH, _hash),
    Rule("symbol", _AND_STROKE, _AND_OR, _and_or),
    Rule("symbol", _OR_SHE, _EITHER, _either),
    Rule("symbol", _SHORT_BEFORE_STROKE, _SHORT_STROKE, _short_stroke),
    Rule("symbol", _LETTER_STROKE, _ALTERNATIVES, _alternative),
    Rule("stroke", _LETTER_STROKE, _STROKE, _stroke),
    Rule("symbol", _SHARP, _LANGUAGE, _language),
    Rule("symbol", _STAR, _STARRED, _starred),
    Rule("pause", _BULLET, _SEPARATED, _separated),
    Rule("ellipsis", _DOT, _DOTS, _dots),
    Rule("mark", _FOREIGN_MARK, _MARK, _mark),
    Rule("dash", _EN, _EN_DASH, _en_dash),
    Rule("dash", _LONG, _DASH, _dash),
    Rule("unsaid", _ORDER, _TAG, _silent),
    Rule("symbol", _CURRENCY_STROKE, _RATE, _rate),
    Rule("unsaid", _ORDER, _STRAY, _nothing),
    Rule("symbol", _HAS_NAME, _NAMED, _named),
    Rule("stop", _STOP, _GLUED_STOP, _glued_stop),
    Rule("unsaid", _ODD, _SILENT, _silent),
)
