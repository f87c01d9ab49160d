"""Signs that are not letters: said as words, turned into a pause, or left out where there is nothing to say."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.money import CURRENCIES
from pipeline.text.needs import clue, sign

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
_AND_OR = re.compile(r"(?<=\b[Aa]nd)/(?=or\b)|(?<=\b[Ee]ither)/(?=or\b)")
_EITHER = re.compile(
    r"(?i)\b(?P<one>s?he|his|hers?|him|s(?=/he\b))/(?P<other>he|she|his|hers?|him)(?:/(?P<third>they|theirs?|them))?(?!\w)"
)
_STROKE = re.compile(r"(?<=[^\W\d_][^\W\d_])(?:\s/\s|/)(?=[^\W\d_]{2})")
_NAMED = re.compile(r"\s?[&+=@%‰×÷±≈~<>≤≥→°¢№¶/\\" + "".join(sign for sign in CURRENCIES if len(sign) == 1) + r"]\s?")
#: A sign of order with nothing to compare on one of its sides is a scrap of markup.
_STRAY = re.compile(r"[<>](?!\s?[\w$€£])|(?<![\w\s])[<>](?![0-9])|(?<=\w)[<>](?=\s)")
_SQUARE = re.compile(r"\s?\[\W{0,8}\]|[\[\]]")
_GLUED_STOP = re.compile(r"(?<=[a-z]{3})\.(?=[A-Z][a-z]*[\s,])")
_DASH = re.compile(r"(?P<before>\s*)(?:—+|(?<=\s)–+(?=\s|\Z)|(?<=\s)--?(?=\s|\Z)|--+|―)(?P<after>\s*)")
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
    del found, locale
    return " "


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
    return Said(_spaced(name, found), 1.0 if sign in "&+=%@" else 0.6)


def _spaced(name: str, found: re.Match[str]) -> str:
    """The name with the blanks that stood around the sign, and those that keep it from the words beside it."""
    text, start, end = found.string, found.start(), found.end()
    before = " " if found[0][0].isspace() or text[start - 1 : start].isalnum() else ""
    after = " " if found[0][-1].isspace() or text[end : end + 1].isalnum() else ""
    return f"{before}{name}{after}"


def _nothing(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return ""


def _glued_stop(found: re.Match[str], locale: Locale) -> str:
    """The blank that was forgotten after it, lest a voice say "dot"."""
    del found, locale
    return ". "


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
    """A pause, or the end of a sentence where one follows.

    The pause stays an ellipsis: every voice rests there, and a comma behind "They" would change the sentence.
    """
    del locale
    text, end = found.string, found.end()
    rest = text[end : end + 8].lstrip("\"'”’»)] \t\n")
    if end < len(text) and text[end] in _PUNCTUATION:
        return ""
    if not text[: found.start()].strip() or text[found.start() - 1] in _OPENERS:
        return ""
    mark = "…" if rest[:1].islower() or rest[:1] == "I" else "."
    return f"{mark} " if text[end : end + 1].isalnum() else mark


def _silent(found: re.Match[str], locale: Locale) -> str | None:
    del locale
    return " " if _parts_words(found) else ""


def _parts_words(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return found[0] != "\u00ad" and before.isalnum() and after.isalnum()


_CODE_SIGN = sign("§#")
_SLASH = sign("/")
_OR_SHE = clue(r"/(?i:h|she)", "/")
_LETTER_STROKE = clue(r"/\s?[^\W\d_]", "/")
_DOT = clue(r"…|\.\s?\.", "….")
_EN = sign("–‐‑−")
_LONG = clue(r"[—―–]|--|\s-(?:\s|\Z)", "—―–-")
_ORDER = sign("<>")
_BRACKET = sign("[]")
_STOP = clue(r"\.[A-Z]", ".")

_HAS_NAME = sign(*_NAMES, *(each for each in CURRENCIES if len(each) == 1))
_ODD = clue("[*_^|#{}<>`\u00a0-\u00b7\u2000-\u200f\u2020-\u2023\u2060-\U000fffff]")

SYMBOL_RULES = (
    Rule("symbol", _CODE_SIGN, _SECTION, _section),
    Rule("symbol", _CODE_SIGN, _HASH, _hash),
    Rule("symbol", _SLASH, _AND_OR, _and_or),
    Rule("symbol", _OR_SHE, _EITHER, _either),
    Rule("stroke", _LETTER_STROKE, _STROKE, _stroke),
    Rule("unsaid", _BRACKET, _SQUARE, _nothing),
    Rule("ellipsis", _DOT, _DOTS, _dots),
    Rule("dash", _EN, _EN_DASH, _en_dash),
    Rule("dash", _LONG, _DASH, _dash),
    Rule("unsaid", _ORDER, _STRAY, _nothing),
    Rule("symbol", _HAS_NAME, _NAMED, _named),
    Rule("stop", _STOP, _GLUED_STOP, _glued_stop),
    Rule("unsaid", _ODD, _SILENT, _silent),
)
