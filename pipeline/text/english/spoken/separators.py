"""Numbers written in the way of the Continent, 1,5 and 1.234.567 and 120 000: turned round for the other rules.

What comes out still has its figures and its currency; the next pass says them.
"""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.money import CURRENCY
from pipeline.text.english.spoken.patterns import LEFT, TO
from pipeline.text.needs import figure, sign

_SIZE = r"(?:[\s-]?(?:thousand|million|billion|trillion)\b|\s?(?:bn|tn|mn|bln|mln|trn)\b|[mk]\b)"
_BEFORE_SIZE = rf"(?:{TO}[0-9]{{1,3}}(?:,[0-9]{{1,2}})?)?{_SIZE}"
#: Before a size, one or two places; behind a currency, the two places of its coins.
_COMMA = regex(
    rf"{LEFT}(?:(?P<sum>{CURRENCY}\s?[0-9]{{1,3}}),(?P<coins>[0-9]{{2}})(?!\w)(?![.,][0-9])|"
    rf"(?P<whole>(?:{CURRENCY}\s?)?[0-9]{{1,3}}),(?P<places>[0-9]{{1,2}})(?={_BEFORE_SIZE}|\s?%))"
)
_DOTS = regex(
    rf"{LEFT}(?P<whole>(?:{CURRENCY}\s?)?[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{2,4}})(?:,(?P<places>[0-9]{{1,2}}))?"
    r"(?!\w)(?![.,][0-9])"
)
#: In India hundreds of thousands are lakhs, and have a comma of their own.
_LAKHS = regex(rf"{LEFT}(?:{CURRENCY}\s?)?(?P<figures>[1-9][0-9]?(?:,[0-9]{{2}}){{1,4}},[0-9]{{3}})(?!\w)(?![.,][0-9])")
#: Of a plain blank only what ends in thousands is sure to be one number.
_BLANKS = regex(
    rf"{LEFT}(?:{CURRENCY}\s?)?[1-9][0-9]{{0,2}}"
    r"(?:(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}|(?:\s[0-9]{3}){0,3}\s000|(?:\s[0-9]{3}){2,4}|(?:['’][0-9]{3}){1,4})"
    r"(?!\w)(?!['’]\w)(?!\s[0-9])"
)
#: A word with figures that a soft hyphen runs through: "2014\u00ad–2018".
_SOFTENED = regex(r"(?<!\S)(?=[^\s\u00ad]*+\u00ad)(?=[^\s0-9]*+[0-9])\S++")
_SOFT_TO_A_YEAR = regex(r"(?<=(?<![0-9])[12][0-9]{3})\u00ad(?=[12][0-9]{3}(?![0-9]))")
#: "2014¹": the mark of a footnote, without which the year is one again.
_RAISED_ON_A_YEAR = regex(
    r"(?<![\w.,])(?P<years>(?:(?:1[0-9]|20)[0-9]{2}[-–])?(?:1[0-9]|20)[0-9]{2})[¹²³⁰⁴-⁹]{1,3}(?:[,⁻–][¹²³⁰⁴-⁹]{1,3}){0,4}(?!\w)"
)
_CODE_BEFORE = regex(r"(?:\bv\.?|\b(?:[Vv]ersions?|IP|[Aa]ddress(?:es)?|[Rr]elease|[Bb]uild|[Ss]ections?))\s\Z")


def _softened(found: re.Match[str], locale: Locale) -> str:
    """Without its soft hyphens; between two years one stands for the dash it has become in the copy."""
    del locale
    return _SOFT_TO_A_YEAR.sub("–", found[0]).replace("\u00ad", "")


def _raised_on_a_year(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(found["years"], 0.8)


def _comma(found: re.Match[str], locale: Locale) -> Said:
    """€1,5 million is €1.5 million."""
    del locale
    return Said(f"{found['sum'] or found['whole']}.{found['coins'] or found['places']}", 0.8)


def _dots(found: re.Match[str], locale: Locale) -> Said | None:
    """1.234.567,8 is 1,234,567.8, but versions and addresses keep their points."""
    del locale
    if _is_of_a_host(found["whole"]) or _CODE_BEFORE.search(found.string[max(0, found.start() - 12) : found.start()]):
        return None
    places = f".{found['places']}" if found["places"] else ""
    return Said(found["whole"].replace(".", ",") + places, 0.8)


def _lakhs(found: re.Match[str], locale: Locale) -> Said:
    """Rs 1,25,000 is Rs 125,000."""
    del locale
    return Said(f"{int(found['figures'].replace(',', '')):,}", 0.8, found.start("figures"), found.end("figures"))


def _is_of_a_host(written: str) -> bool:
    """Whether it may be the address of a computer, 192.168.100.200."""
    parts = written.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)


def _blanks(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(re.sub(r"(?<=[0-9])[\s'’](?=[0-9])", ",", found[0]), 0.8)


_SEPARATED = figure(r"[0-9](?:,[0-9]{1,2}(?![0-9])|[\s'’][0-9]{3}|\.[0-9]{3}\.)")

_SOFT_HYPHEN = sign("\u00ad")
_YEAR_AND_RAISED = figure(r"[0-9]{4}[¹²³⁰⁴-⁹]")

SEPARATOR_RULES = (
    Rule("soft hyphen", _SOFT_HYPHEN, _SOFTENED, _softened),
    Rule("footnote mark", _YEAR_AND_RAISED, _RAISED_ON_A_YEAR, _raised_on_a_year),
    Rule("decimal comma", _SEPARATED, _COMMA, _comma),
    Rule("thousands", _SEPARATED, _LAKHS, _lakhs),
    Rule("thousands", _SEPARATED, _DOTS, _dots),
    Rule("thousands", _SEPARATED, _BLANKS, _blanks),
)
