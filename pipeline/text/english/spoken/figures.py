"""Figures that stand by themselves: ordinals, ranges, ratios, sums, signs, plain numbers.

The last rules of this file take every digit that no other rule has taken.
"""

import re
import unicodedata

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said, set_apart
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, decimal, ordinal_of, plural_of
from pipeline.text.english.spoken.clock import CLOCK_RULES
from pipeline.text.english.spoken.codes import CODE_RULES, LINKED_CODE_RULES
from pipeline.text.english.spoken.fractions import FRACTION_RULES, PAIR_RULES
from pipeline.text.english.spoken.patterns import LEFT, NUMBER, RIGHT, SIGNS, TO
from pipeline.text.english.spoken.scores import SCORE_RULES
from pipeline.text.needs import FIGURE, LETTERED, LINKED, clue, figure, sign

_RANK = regex(rf"{LEFT}([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,15}})(?:st|nd|rd|th|ST|ND|RD|TH){RIGHT}")
#: The American forces and courts write 3d and 22d.
_SHORT_RANK = regex(
    rf"{LEFT}([0-9]{{0,2}}[23])d(?=\s(?:U\.?S\.?\s)?(?:Cavalry|Armou?red|Infantry|Marines?|Divisions?|Brigades?|Battalions?|"
    r"Regiments?|Airborne|Wing|Squadron|Corps|Army|Fleet|Stryker|Field|Fighter|Bomb|Mechani[sz]ed|Mountain|Circuit|Cir\.|MEU)(?!\w))"
)
_RANKS_TO = regex(r"(?<=[0-9](?:st|nd|rd|th))[-–](?=[0-9]+(?:st|nd|rd|th)(?!\w))")
_RANGE = regex(
    rf"{LEFT}(?P<low>{NUMBER})(?P<to>{TO})(?P<minus>[-−])?(?P<high>{NUMBER})(?P<many>['’]?s)?(?![\w])(?!{TO}[0-9])"
)
_RATIO = regex(rf"{LEFT}{NUMBER}(?:(?::|\s:\s){NUMBER}){{1,5}}{RIGHT}")
_MANY = regex(rf"{LEFT}({NUMBER})['’]?s{RIGHT}")
_TIMES = regex(rf"{LEFT}(?:(?P<first>{NUMBER}){TO})?(?P<low>{NUMBER})[xX](?!\w)")
_BY = regex(r"(?<=[0-9])(?:\s?×\s?|\sx\s|(?<![0-9]{4})x)(?=[0-9])")
_MULTIPLIED = regex(r"(?<=[0-9])\s?\*\s?(?=[0-9])")
_LESS = regex(rf"(?<=[0-9])(?:\s−\s(?=[0-9])|\s?[-–−]\s?(?={NUMBER}\s?=))")
_VERSUS = regex(r"(?<=[0-9%])\svs?\.?\s(?=[0-9])")
_SIGNED = regex(r"(?<![^\s(\[“‘\"'/:—])(?P<sign>\+/[-−–]|[-−–+±~≈]|[<>≤≥]\s?)(?=\.?[0-9])")
_POINT = regex(r"(?<![\w.])\.[0-9]+(?!\w)")
_PLAIN = regex(NUMBER)
_OTHER_DIGIT = regex(r"[²³¹⁰-⁹₀-₉Ⅰ-ↈ①-⓿❶-➓]|(?![0-9])\d")

#: A raised figure that is no power: behind a word of one or two letters, or behind another figure.
_RAISED_MARK = regex(r"(?<=\w)[¹²³⁰⁴-⁹]+(?:[,⁻–][¹²³⁰⁴-⁹]+)*")
_POWER = regex(r"\b(?P<base>10(?=[⁻¹²³⁰⁴-⁹])|[A-Za-z](?=[²³])|mc(?=²))(?P<raised>⁻?[¹²³⁰⁴-⁹]{1,3})(?![\w,¹²³⁰⁴-⁹])")
_CARET = regex(r"(?<!\w)(?P<base>[0-9]{1,3}|[A-Za-z])\^\{?(?P<raised>[-−]?[0-9]{1,3})\}?(?!\w)")
_LOWERED_DIGITS = regex(r"(?<=[A-Za-z])[₀-₉]+")
_LOWERED = str.maketrans("⁻−⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def _rank(found: re.Match[str], locale: Locale) -> str:
    return ordinal_of(decimal(found[1], locale))


def _to(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " to "


def _range(found: re.Match[str], locale: Locale) -> str:
    """5–10, -5–-3, and the 18-24s."""
    high = decimal(found["high"], locale)
    minus = "minus " if found["minus"] else ""
    return f"{decimal(found['low'], locale)} to {minus}{plural_of(high) if found['many'] else high}"


def _ratio(found: re.Match[str], locale: Locale) -> str:
    return " to ".join(decimal(part, locale) for part in re.split(r"\s?:\s?", found[0]))


def _many(found: re.Match[str], locale: Locale) -> str:
    """Hundreds, twenties; behind an apostrophe and any other number something of its own, "NSC 68's"."""
    if found[0][-2] in "'’" and not found[1].endswith("0"):
        return f"{decimal(found[1], locale)}'s"
    return plural_of(decimal(found[1], locale).removeprefix("one ") if found[1][1:] else decimal(found[1], locale))


def _times(found: re.Match[str], locale: Locale) -> str:
    first = f"{decimal(found['first'], locale)} to " if found["first"] else ""
    return f"{first}{decimal(found['low'], locale)} times"


def _by(found: re.Match[str], locale: Locale) -> str:
    """3 × 4, 3x4: the numbers on either side of a letter keep their own blanks."""
    del locale
    return "by" if found[0] == "x" else " by "


def _multiplied(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " times "


def _less(found: re.Match[str], locale: Locale) -> str:
    """5 − 3, 5-3=2."""
    del found, locale
    return " minus "


def _versus(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " versus "


def _signed(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f"{SIGNS.get(found['sign'].strip(), 'plus or minus')} "


def _plain(found: re.Match[str], locale: Locale) -> str:
    return set_apart(decimal(found[0], locale), found)


def _other_digit(found: re.Match[str], locale: Locale) -> Said:
    """A digit of another script, a raised or circled one: by its value."""
    return Said(set_apart(cardinal(int(unicodedata.numeric(found[0], 0)), locale), found), 0.5)


def _power(found: re.Match[str], locale: Locale) -> str:
    """10⁶ "ten to the power of six", x² "x squared"; a raised figure after anything else is the mark of a footnote."""
    raised = found["raised"].translate(_LOWERED)
    base = cardinal(int(found["base"]), locale) if found["base"].isdigit() else found["base"]
    if raised in {"2", "3"}:
        return f"{base} {'squared' if raised == '2' else 'cubed'}"
    said = cardinal(int(raised.lstrip("-")), locale)
    return f"{base} to the power of {'minus ' if raised.startswith('-') else ''}{said}"


def _lowered_digits(found: re.Match[str], locale: Locale) -> str:
    """The two of CO₂."""
    after = " " if found.string[found.end() : found.end() + 1].isalnum() else ""
    return f" {cardinal(int(unicodedata.normalize('NFKC', found[0])), locale)}{after}"


def _footnote(found: re.Match[str], locale: Locale) -> Said:
    """Nothing: the mark of a footnote is not said."""
    del found, locale
    return Said("", 0.8)


_RAISED_BEHIND = clue(r"\w[¹²³⁰⁴-⁹]", "¹²³⁰⁴⁵⁶⁷⁸⁹")
_RAISED = clue(r"(?:\b10|\b[A-Za-z]|\bmc)[⁻¹²³⁰⁴-⁹]", "⁻¹²³⁰⁴⁵⁶⁷⁸⁹")
_NOT_ASCII = clue(r"[^\x00-\x7f’“”—–]")
_CARET_SIGN = sign("^")
_LOWER_DIGIT = sign("₀₁₂₃₄₅₆₇₈₉")
_RANKED = figure(r"[0-9](?:[snr][tdh]|th|S|N|R|T)", after="snrtSNRT")
_SHORT_RANKED = figure(r"[23]d\s[A-Z]")
_COLON = clue(r":\s?[0-9]", ":")
_SIGN = figure(r"(?:[-−–+±~≈]|[<>≤≥]\s?)\.?[0-9]", before="-−–+±~≈<>≤≥.")
_POINT_FIRST = figure(r"\.[0-9]", before=".")
_CROSS = clue(r"[×x]\s?[0-9]", "×x")
_STAR = sign("*")
_MINUS = sign("−=")
_AGAINST = figure(r"[0-9%]\sv")

#: Before the dates: what has a shape of its own.
TIME_RULES = (*CODE_RULES, *PAIR_RULES, *CLOCK_RULES)

FIGURE_RULES = (
    Rule("power", _RAISED, _POWER, _power),
    Rule("power", _CARET_SIGN, _CARET, _power),
    Rule("footnote mark", _RAISED_BEHIND, _RAISED_MARK, _footnote),
    *FRACTION_RULES,
    Rule("range", _RANKED, _RANKS_TO, _to),
    Rule("ordinal", _RANKED, _RANK, _rank),
    Rule("ordinal", _SHORT_RANKED, _SHORT_RANK, _rank),
    *LINKED_CODE_RULES,
    Rule("sign", _MINUS, _LESS, _less),
    Rule("number", LETTERED, _TIMES, _times),
    *SCORE_RULES,
    Rule("range", LINKED, _RANGE, _range),
    Rule("ratio", _COLON, _RATIO, _ratio),
    Rule("symbol", _CROSS, _BY, _by),
    Rule("symbol", _STAR, _MULTIPLIED, _multiplied),
    Rule("symbol", _AGAINST, _VERSUS, _versus),
    Rule("number", _LOWER_DIGIT, _LOWERED_DIGITS, _lowered_digits),
)

LAST_FIGURE_RULES = (
    Rule("number", LETTERED, _MANY, _many),
    Rule("sign", _SIGN, _SIGNED, _signed),
    Rule("number", _POINT_FIRST, _POINT, _plain),
    Rule("number", FIGURE, _PLAIN, _plain),
    Rule("number", _NOT_ASCII, _OTHER_DIGIT, _other_digit),
)
