"""Quantities: percentages, units of measure, and numbers with their size."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, decimal
from pipeline.text.english.spoken.homographs import (
    has_something_counted,
    is_of_a_chip,
    is_of_an_area,
    is_of_heat,
    is_of_something_built,
    metres_meant,
    unit_meant,
)
from pipeline.text.english.spoken.patterns import (
    AMOUNT,
    LEFT,
    NO_DESIGNATION,
    NO_FRACTION,
    NUMBER,
    RIGHT,
    SHORT_SIZE,
    SIGN,
    TO,
    amount,
    is_attributive,
    sign_word,
    size_word,
)
from pipeline.text.english.spoken.units import MEANT, UNIT, UNITS, WHOLES, spelling, unit_named
from pipeline.text.needs import clue, figure, sign

_PERCENT = regex(
    rf"{SIGN}{LEFT}{NO_FRACTION}(?P<low>{AMOUNT})\s?%?(?:{TO}(?P<minus>[-−–])?(?P<high>{AMOUNT})\s?)?(?P<of>[%‰])"
    r"(?P<plus>\+(?!\w))?(?!\w)"
)
_MEASURE = regex(
    rf"{SIGN}{LEFT}{NO_DESIGNATION}{NO_FRACTION}(?P<low>{AMOUNT})(?P<low_size>{SHORT_SIZE}|\s(?:million|billion)(?=\s))?"
    rf"(?:{TO}(?P<minus>[-−–])?(?P<high>{AMOUNT})(?P<high_size>{SHORT_SIZE})?)?(?P<gap>[\s-]?)(?P<unit>{UNIT}){RIGHT}"
    r"(?P<stop>\.(?=\s[a-z]))?"
)
_WEAPON = regex(
    r"\s(?:mortars?|guns?|cannons?|autocannons?|howitzers?|shells?|rounds?|rockets?|artillery|ammunition|calib\w+|"
    r"grenades?|machine|anti|tank|NATO|self-propelled|towed|bullets?|barrels?)\b"
)
#: What is called by how heavy, how far or how strong it is: "250kg bombs".
_CALLED_BY_IT = regex(
    r"\s(?:(?:glide|aerial|guided|nuclear|cruise|ballistic|wind|gas)\s)?(?:bombs?|warheads?|missiles?|rockets?|drones?|charges|"
    r"payloads?|torpedo(?:es)?|mines|satellites|pipelines?|tunnels?|reactors?|turbines?|generators?|races?|parcels|sacks|containers?|"
    r"trailers?|boats?|yachts?|fences?|walls?|towers?)\b"
)
_BY_MEASURE = regex(rf"{LEFT}(?P<first>{NUMBER})\s?[x×]\s?(?P<low>{NUMBER})(?P<gap>\s?)(?P<unit>{UNIT}){RIGHT}")
_SPACED_METRES = regex(
    rf"{SIGN}{LEFT}(?P<low>{NUMBER})(?P<low_size>(?!))?(?P<high>(?!))?(?P<minus>(?!))?(?P<gap>\s)(?P<unit>m){RIGHT}"
)
_SHARES_APART = regex(rf"(?<=[0-9]%)\s?/\s?(?={NUMBER}%)")
_SAME_UNIT = regex(
    rf"{SIGN}{LEFT}{NO_DESIGNATION}{NO_FRACTION}(?P<low>{AMOUNT})(?P<low_size>(?!))?(?P<high_size>(?!))?\s?(?P<unit>{UNIT})"
    rf"{TO}(?P<minus>[-−])?(?P<high>{AMOUNT})(?P<gap>\s?)(?P=unit){RIGHT}"
)
_UNIT_TO = regex(rf"[0-9]\s?(?:{UNIT})(?P<to>{TO})(?=[-−]?{AMOUNT}\s?(?:{UNIT}){RIGHT})")
_BARE_UNIT = regex(r"(?<!\w)(?:km²|m²|m³)")
_SQUARE_WORD = regex(r"(?<=[0-9]\s)sq\.?\s(?=(?:miles?|kilomet|met|feet|foot|yards?|inch))")
_INCHES = regex(
    rf"{LEFT}(?P<low>{AMOUNT})(?P<gap>-?)(?P<unit>in)(?![\w-])(?P<stop>\.(?=\s[a-z]))?|"
    rf"{LEFT}(?P<spaced>{AMOUNT})\sin\.(?=\s[a-z])"
)
_HEIGHT = regex(
    rf"{LEFT}(?P<feet>[0-9]{{1,2}})\s?(?:ft\.?\s?|['’′]\s?)(?P<inches>[0-9]{{1,2}})(?:\s?in(?:s|ches)?\b|[\"”″])(?!\w)"
)
_POSITION = regex(
    rf"{LEFT}(?P<degrees>[0-9]{{1,3}})°\s?(?P<minutes>[0-9]{{1,2}})[′’']\s?(?:(?P<seconds>[0-9]{{1,2}})[″”\"]\s?)?"
    rf"(?P<towards>[NSEW]){RIGHT}"
)
_QUARTERS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_HEAT = regex(
    rf"{SIGN}{LEFT}{NO_DESIGNATION}(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?\s?(?P<scale>[CF]){RIGHT}(?![+#])"
)
_PER = regex(
    r"(?<=[A-Za-z0-9%²³¢$€£])/(?P<whole>"
    + "|".join(sorted(map(re.escape, WHOLES), key=len, reverse=True))
    + rf"){RIGHT}"
)
_PER_WORD = regex(
    r"(?<=\bper\s)(?P<whole>"
    + "|".join(
        sorted((each for each in UNITS if len(each) > 1 and each.replace("2", "").isalpha()), key=len, reverse=True)
    )
    + rf"){RIGHT}"
)
_QUANTITY_BEFORE = regex(r"[0-9][\s-]?[^\s/0-9]{0,8}(?:\s(?:CO2|CO₂|[a-z]{1,9}))?\Z")
_CARBON = regex(r"(?<!\w)(?:CO₂|CO2(?=e|-?eq))(?P<same>e|-?eq)?(?!\w)")
_YEAR_ON_YEAR = regex(r"(?<![\w/])(?P<span>[yqm])/(?P<low>(?P=span))(?![\w/])")
_LETTERS_ON_LETTERS = regex(r"(?<!\w)(?:(?P<span>[YQM])o(?P=span)|(?P<low>[yqm])-o-(?P=low))(?![\w-])")
#: "yoy" behind a rate; "mom" behind anything else is a mother.
_BARE_LETTERS = regex(
    r"(?:(?<=[0-9]%\s)|(?<=[0-9]%\s\()|(?<=[0-9]%,\s)|(?<=[0-9]\sper\scent\s)|(?<=[0-9]\spercent\s))"
    r"(?P<low>(?P<span>[yqm])o(?P=span)|(?P<caps>[YQM])O(?P=caps))(?![\w-])"
)
_SPANS = {"y": "year", "q": "quarter", "m": "month"}
_PER_ANNUM = regex(r"(?<=[0-9%]\s)p\.?a(?!\w)\.?")
_SIZED = regex(
    rf"{SIGN}{LEFT}{NO_DESIGNATION}{NO_FRACTION}(?P<low>{AMOUNT})(?P<low_size>{SHORT_SIZE})?(?:{TO}(?P<high>{AMOUNT}))?"
    rf"(?P<high_size>{SHORT_SIZE}){RIGHT}"
)
_LETTER_K = regex(r"\s(?:runs?|races?|videos?|resolution|screens?|TVs?|cameras?|UHD|monitors?|displays?|footage)\b")


def _percent(found: re.Match[str], locale: Locale) -> str:
    word = "per mille" if found["of"] == "‰" else spelling("per cent", locale)
    return f"{sign_word(found)}{_extent(found, locale)} {word}{' plus' if found['plus'] else ''}"


def _extent(found: re.Match[str], locale: Locale) -> str:
    """The numbers of a quantity, from the lower to the higher."""
    groups = found.groupdict()
    said = amount(found["low"], groups.get("low_size"), locale=locale)
    if not found["high"]:
        return said
    minus = "minus " if groups.get("minus") else ""
    return f"{said} to {minus}{amount(found['high'], groups.get('high_size'), locale=locale)}"


def _measure(found: re.Match[str], locale: Locale) -> Said:
    unit, confidence = unit_meant(found)
    one, many = UNITS.get(unit) or MEANT[unit]
    is_single = found["low"] == "1" and not found["low_size"] and not found["high"]
    is_one = is_single or found["gap"] == "-" or is_attributive(found) or _is_adjective(found, unit)
    said = f"{sign_word(found)}{_extent(found, locale)} {spelling(one if is_one else many, locale)}"
    return Said(said, confidence, found.start(), found.end())


def _is_adjective(found: re.Match[str], unit: str) -> bool:
    """Whether it reads "155mm shells", "250kg bombs", "the 12 nm limit": a calibre is always an adjective."""
    if unit == "nmi":
        return is_of_an_area(found)
    if unit == "nm":
        return is_of_a_chip(found)
    if _CALLED_BY_IT.match(found.string, found.end()):
        return True
    return unit == "mm" and (not found["gap"] or _WEAPON.match(found.string, found.end()) is not None)


def _by_measure(found: re.Match[str], locale: Locale) -> str:
    """5.56×45mm, 4x100 MW."""
    one, many = UNITS[unit_named(found["unit"])]
    unit = spelling(many if found["gap"] else one, locale)
    return f"{decimal(found['first'], locale)} by {decimal(found['low'], locale)} {unit}"


def _unit_to(found: re.Match[str], locale: Locale) -> Said:
    """The hyphen of "200km–300km"."""
    del locale
    return Said(" to ", start=found.start("to"), end=found.end("to"))


def _apart(found: re.Match[str], locale: Locale) -> str:
    """60%/40%."""
    del found, locale
    return ", "


def _bare_unit(found: re.Match[str], locale: Locale) -> str:
    return spelling(UNITS[found[0]][1], locale)


def _square_word(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "square "


def _inches(found: re.Match[str], locale: Locale) -> Said:
    low = found["low"] or found["spaced"]
    is_one = low == "1" or found["gap"] == "-" or is_attributive(found)
    return Said(f"{decimal(low, locale)} {'inch' if is_one else 'inches'}", start=found.start(), end=found.end())


def _height(found: re.Match[str], locale: Locale) -> str:
    """6'2", 5ft 10in: "six foot two"."""
    return f"{cardinal(int(found['feet']), locale)} foot {cardinal(int(found['inches']), locale)}"


def _position(found: re.Match[str], locale: Locale) -> str:
    """54°40′N "fifty-four degrees forty minutes north"."""
    parts = [(found["degrees"], "degrees"), (found["minutes"], "minutes"), (found["seconds"], "seconds")]
    said = [f"{cardinal(int(figures), locale)} {name}" for figures, name in parts if figures]
    return " ".join([*said, _QUARTERS[found["towards"]]])


def _heat(found: re.Match[str], locale: Locale) -> Said | None:
    """Warming of 1.5C: degrees, where the words around speak of heat."""
    confidence = is_of_heat(found)
    if confidence is None:
        return None
    scale = "Celsius" if found["scale"] == "C" else "Fahrenheit"
    is_one = is_attributive(found) or (found["low"] == "1" and not found["high"])
    return Said(f"{sign_word(found)}{_extent(found, locale)} degree{'' if is_one else 's'} {scale}", confidence)


def _per(found: re.Match[str], locale: Locale) -> str | None:
    """$85/barrel, 95 g/km, 500 m³/d, and a price in €/t."""
    whole = spelling(WHOLES[found["whole"]], locale)
    if not _QUANTITY_BEFORE.search(found.string[max(0, found.start() - 24) : found.start()]):
        return f"per {whole}" if found.string[found.start() - 1] in "$€£" else None
    return f" per {whole}"


def _per_word(found: re.Match[str], locale: Locale) -> str:
    """30 euros per MWh."""
    return spelling(WHOLES.get(found["whole"]) or UNITS[found["whole"]][0], locale)


def _carbon(found: re.Match[str], locale: Locale) -> str:
    del locale
    return "C O two equivalent" if found["same"] else "C O two"


def _year_on_year(found: re.Match[str], locale: Locale) -> str:
    span = _SPANS[(found["span"] or found["low"])[0].lower()]
    return f"{span} {'over' if locale.is_american else 'on'} {span}"


def _per_annum(found: re.Match[str], locale: Locale) -> Said:
    del locale
    keeps_stop = found[0].endswith(".") and not found.string[found.end() : found.end() + 8].strip("\"'”’)] ")
    return Said("per annum", start=found.start(), end=found.end() - keeps_stop)


def _sized(found: re.Match[str], locale: Locale) -> Said:
    """20m people, 20m long: a lone m is millions, unless the words beside it measure something."""
    if found["high_size"] == "K" and _LETTER_K.match(found.string, found.end()):
        return Said(f"{_extent(found, locale)} K")
    if found["high_size"] != "m":
        return Said(_millions(found, locale))
    confidence = metres_meant(found)
    if confidence is not None:
        return Said(_metres(found, locale), confidence)
    return Said(_millions(found, locale), 1.0 if has_something_counted(found) else 0.7)


def _metres(found: re.Match[str], locale: Locale) -> str:
    said = decimal(found["low"], locale)
    if found["high"]:
        said += f" to {decimal(found['high'], locale)}"
    is_one = is_attributive(found) or is_of_something_built(found) or (found["low"] == "1" and not found["high"])
    return f"{sign_word(found)}{said} {spelling(MEANT['m'][0 if is_one else 1], locale)}"


def _millions(found: re.Match[str], locale: Locale) -> str:
    said = amount(found["low"], found["low_size"], locale=locale)
    if found["high"]:
        said += f" to {decimal(found['high'], locale)}"
    return f"{sign_word(found)}{said} {size_word(found['high_size'])}"


_PER_CENT = sign("%‰")
_PER_CENT_AND_STROKE = clue(r"%\s?/\s?[0-9]", "/")
_UNIT_AFTER = figure(rf"[0-9](?:{SHORT_SIZE}|\s(?:million|billion))?[\s-]?(?:{UNIT})(?!\w)")
_UNIT_AND_LINK = clue(r"[0-9]\s?[^\s0-9‐‑–—−-]{1,8}\s?[-‐‑–—−]", "-‐‑–—−")
#: One search for them all: a sentence seldom has any of them.
_SHORT_AFTER = figure(
    rf"[0-9](?:{SHORT_SIZE}|\sm(?!\w)|-?in(?![\w-])|\sin\.|\s?(?:ft|['’′])\.?\s?[0-9])", after="btmkMK-if'’′"
)
_SQUARE = sign("²³")
_SQUARE_SHORT = clue(r"[0-9]\ssq", "q")
_DEGREES = sign("°")
_DEGREES_SHORT = figure(r"[0-9]\s?[CF](?!\w)", after="CF")
_STROKE = clue(r"[A-Za-z0-9%²³¢$€£]/[A-Za-z]", "/")
_PER_LETTERS = figure(r"per\s[A-Za-z]")
_TWICE = clue(r"[yqm]/[yqm]", "/")
_TWO_LETTERS = clue(r"o(?:(?<=[YQM].)[YQM]|(?<=[yqm]-.)-[yqm])", "YQM-")
_RATE_AND_LETTERS = figure(r"[%t][\s,(]{1,2}(?:[yqm]o|[YQM]O)[yqmYQM](?!\w)")
_ANNUM = clue(r"p(?<=\sp)\.?a(?![a-z])", "0123456789%")
_CARBON_SHORT = clue(r"CO(?:₂|2(?:e|-?eq))", "₂2")

QUANTITY_RULES = (
    Rule("percentage", _PER_CENT, _PERCENT, _percent),
    Rule("percentage", _PER_CENT_AND_STROKE, _SHARES_APART, _apart),
    Rule("unit", _SHORT_AFTER, _HEIGHT, _height),
    Rule("unit", _DEGREES, _POSITION, _position),
    Rule("unit", _UNIT_AND_LINK, _SAME_UNIT, _measure),
    Rule("range", _UNIT_AND_LINK, _UNIT_TO, _unit_to),
    Rule("unit", _SQUARE_SHORT, _SQUARE_WORD, _square_word),
    Rule("unit", _UNIT_AFTER, _BY_MEASURE, _by_measure),
    Rule("unit", _UNIT_AFTER, _MEASURE, _measure),
    Rule("percentage", _TWICE, _YEAR_ON_YEAR, _year_on_year),
    Rule("percentage", _TWO_LETTERS, _LETTERS_ON_LETTERS, _year_on_year),
    Rule("percentage", _RATE_AND_LETTERS, _BARE_LETTERS, _year_on_year),
    Rule("unit", _STROKE, _PER, _per),
    Rule("unit", _PER_LETTERS, _PER_WORD, _per_word),
    Rule("unit", _SQUARE, _BARE_UNIT, _bare_unit),
    Rule("unit", _SHORT_AFTER, _INCHES, _inches),
    Rule("unit", _SHORT_AFTER, _SPACED_METRES, _measure),
    Rule("unit", _DEGREES_SHORT, _HEAT, _heat),
    Rule("unit", _CARBON_SHORT, _CARBON, _carbon),
    Rule("percentage", _ANNUM, _PER_ANNUM, _per_annum),
    Rule("number", _SHORT_AFTER, _SIZED, _sized),
)
