"""Signs that are not letters: said as words, turned into a pause, or left out where there is nothing to say."""

import re

from pipeline.text.locale import Locale
from pipeline.text.spoken.edits import Need, Rule, Said
from pipeline.text.spoken.money import CURRENCIES

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
}
_SECTION = re.compile(r"§(?P<many>§)?\s?")
_HASH = re.compile(r"#\s?(?=[0-9])")
_AND_OR = re.compile(r"(?<=\b[Aa]nd)/(?=or\b)|(?<=\b[Hh]e)/(?=she\b)|(?<=\bhis)/(?=her\b)|(?<=\bhim)/(?=her\b)")
_NAMED = re.compile(r"\s?[&+=@%‰×÷±≈~<>≤≥→°¢№¶/\\" + "".join(sign for sign in CURRENCIES if len(sign) == 1) + r"]\s?")
_DASH = re.compile(r"(?P<before>\s*)(?:—+|(?<=\s)–+(?=\s)|(?<=\s)--?(?=\s)|--+|―)(?P<after>\s*)")
_EN_DASH = re.compile(r"(?<=\w)[–‐‑−](?=\w)")
_DOTS = re.compile(r"\s?(?:…|\.(?:\s?\.){2,})[.…]*")
_SILENT = re.compile(
    r"\s?[*_^|#{}<>`™®©•·†‡■□▪●○◦★☆✓✔¦"
    "\u00ad\u200b-\u200f\u2060\ufeff\ufe0f\u20e3\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_OPENERS = frozenset("“‘([")
_PUNCTUATION = frozenset(".,;:!?…—–")


def _section(found: re.Match[str], locale: Locale) -> str:
    del locale
    return "sections " if found["many"] else "section "


def _hash(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "number "


def _and_or(found: re.Match[str], locale: Locale) -> str:
    del locale
    return " or " if found.string[: found.start()][-3:].lower() != "and" else " "


def _named(found: re.Match[str], locale: Locale) -> Said:
    sign = found[0].strip()
    name = _NAMES.get(sign) or CURRENCIES[sign][1]
    if locale.is_american:
        name = name.replace("per cent", "percent")
    return Said(_spaced(name, found), 1.0 if sign in "&+=%@" else 0.6)


def _spaced(name: str, found: re.Match[str]) -> str:
    """The name with the blanks that stood around the sign, and those that keep it from the words beside it."""
    text, start, end = found.string, found.start(), found.end()
    before = " " if found[0][0].isspace() or text[start - 1 : start].isalnum() else ""
    after = " " if found[0][-1].isspace() or text[end : end + 1].isalnum() else ""
    return f"{before}{name}{after}"


def _dash(found: re.Match[str], locale: Locale) -> str:
    """A pause, as a comma; none where the text begins or ends or a mark stands there already."""
    del locale
    text, start, end = found.string, found.start(), found.end()
    if not text[:start].strip() or not text[end:].strip():
        return "" if not text[:start].strip() else ","
    if text[start - 1] in _PUNCTUATION or text[end] in _PUNCTUATION:
        return " " if text[end] not in _PUNCTUATION else ""
    return ", "


def _en_dash(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "-"


def _dots(found: re.Match[str], locale: Locale) -> str:
    """A pause, or the end of a sentence where one follows."""
    del locale
    text, end = found.string, found.end()
    rest = text[end : end + 8].lstrip("\"'”’»)] \t\n")
    if end < len(text) and text[end] in _PUNCTUATION:
        return ""
    if not text[: found.start()].strip() or text[found.start() - 1] in _OPENERS:
        return ""
    return "," if rest[:1].islower() or rest[:1] == "I" else "."


def _silent(found: re.Match[str], locale: Locale) -> str | None:
    del locale
    return " " if _parts_words(found) else ""


def _parts_words(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return found[0] != "\u00ad" and before.isalnum() and after.isalnum()


SYMBOL_RULES = (
    Rule("symbol", Need.SYMBOL, _SECTION, _section),
    Rule("symbol", Need.SYMBOL, _HASH, _hash),
    Rule("symbol", Need.SYMBOL, _AND_OR, _and_or),
    Rule("ellipsis", Need.STOP, _DOTS, _dots),
    Rule("dash", Need.SYMBOL, _EN_DASH, _en_dash),
    Rule("dash", Need.SYMBOL, _DASH, _dash),
    Rule("symbol", Need.SYMBOL, _NAMED, _named),
    Rule("unsaid", Need.SYMBOL, _SILENT, _silent),
)
