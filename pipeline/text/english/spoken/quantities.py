"""Quantities: percentages, units of measure, and numbers with their size."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal
from pipeline.text.english.spoken.homographs import (
    has_something_counted,
    is_of_a_chip,
    is_of_an_area,
    metres_meant,
    unit_meant,
)
from pipeline.text.english.spoken.patterns import (
    LEFT,
    NO_DESIGNATION,
    NUMBER,
    RIGHT,
    SHORT_SIZE,
    TO,
    amount,
    is_attributive,
    size_word,
)
from pipeline.text.needs import figure, sign

#: One and many of each unit, in British spelling. American spelling is made from it, see ``_spelled``.
UNITS = {
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "kph": ("kilometre per hour", "kilometres per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "m/s": ("metre per second", "metres per second"),
    "km²": ("square kilometre", "square kilometres"),
    "km2": ("square kilometre", "square kilometres"),
    "m²": ("square metre", "square metres"),
    "m2": ("square metre", "square metres"),
    "m³": ("cubic metre", "cubic metres"),
    "m3": ("cubic metre", "cubic metres"),
    "sq km": ("square kilometre", "square kilometres"),
    "sq mi": ("square mile", "square miles"),
    "sq m": ("square metre", "square metres"),
    "sq ft": ("square foot", "square feet"),
    "km": ("kilometre", "kilometres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "nm": ("nanometre", "nanometres"),
    "nmi": ("nautical mile", "nautical miles"),
    "ft": ("foot", "feet"),
    "mi": ("mile", "miles"),
    "kg": ("kilogram", "kilograms"),
    "mg": ("milligram", "milligrams"),
    "kt": ("kiloton", "kilotons"),
    "kts": ("knot", "knots"),
    "Mt": ("megaton", "megatons"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "ha": ("hectare", "hectares"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"),
    "TW": ("terawatt", "terawatts"),
    "kWh": ("kilowatt-hour", "kilowatt-hours"),
    "MWh": ("megawatt-hour", "megawatt-hours"),
    "GWh": ("gigawatt-hour", "gigawatt-hours"),
    "TWh": ("terawatt-hour", "terawatt-hours"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "bpd": ("barrel per day", "barrels per day"),
    "b/d": ("barrel per day", "barrels per day"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "bp": ("basis point", "basis points"),
    "bps": ("basis point", "basis points"),
    "pp": ("percentage point", "percentage points"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°N": ("degree north", "degrees north"),
    "°S": ("degree south", "degrees south"),
    "°E": ("degree east", "degrees east"),
    "°W": ("degree west", "degrees west"),
    "°": ("degree", "degrees"),
    "′": ("minute", "minutes"),
    "″": ("second", "seconds"),
    "pc": ("per cent", "per cent"),
}
_METRE = ("metre", "metres")
_UNIT = "|".join(re.escape(unit).replace(r"\ ", r"\s") for unit in sorted(UNITS, key=len, reverse=True))

_SIGN = r"(?:(?<![^\s(\[“‘\"'])(?P<sign>[-−–+±~≈<>]))?"
_PERCENT = re.compile(rf"{_SIGN}{LEFT}(?P<low>{NUMBER})\s?%?(?:{TO}(?P<high>{NUMBER})\s?)?%(?!\w)")
_MEASURE = re.compile(
    rf"{_SIGN}{LEFT}{NO_DESIGNATION}(?P<low>{NUMBER})(?P<low_size>{SHORT_SIZE})?"
    rf"(?:{TO}(?P<high>{NUMBER})(?P<high_size>{SHORT_SIZE})?)?(?P<gap>[\s-]?)(?P<unit>{_UNIT}){RIGHT}"
)
_SPACED_METRES = re.compile(
    rf"{_SIGN}{LEFT}(?P<low>{NUMBER})(?P<low_size>(?!))?(?P<high>(?!))?(?P<gap>\s)(?P<unit>m){RIGHT}"
)
_BARE_UNIT = re.compile(r"(?<!\w)(?:km²|m²|m³)")
_SIZED = re.compile(
    rf"{_SIGN}{LEFT}{NO_DESIGNATION}(?P<low>{NUMBER})(?P<low_size>{SHORT_SIZE})?(?:{TO}(?P<high>{NUMBER}))?"
    rf"(?P<high_size>{SHORT_SIZE}){RIGHT}"
)
_SIGNS = {
    "-": "minus",
    "−": "minus",
    "–": "minus",
    "+": "plus",
    "±": "plus or minus",
    "~": "about",
    "≈": "about",
    "<": "less than",
    ">": "more than",
}


def _percent(found: re.Match[str], locale: Locale) -> str:
    word = "percent" if locale.is_american else "per cent"
    said = decimal(found["low"], locale)
    if found["high"]:
        said += f" to {decimal(found['high'], locale)}"
    return f"{_sign(found)}{said} {word}"


def _measure(found: re.Match[str], locale: Locale) -> Said:
    unit, confidence = unit_meant(found)
    one, many = UNITS.get(unit, _METRE)
    said = amount(found["low"], found["low_size"], locale=locale)
    if found["high"]:
        said += f" to {amount(found['high'], found['high_size'], locale=locale)}"
    is_single = found["low"] == "1" and not found["low_size"] and not found["high"]
    is_one = is_single or found["gap"] == "-" or is_attributive(found) or _is_adjective(found, unit)
    return Said(f"{_sign(found)}{said} {_spelled(one if is_one else many, locale)}", confidence)


def _is_adjective(found: re.Match[str], unit: str) -> bool:
    """Whether it reads "155mm shells", "7nm chips", "the 12 nm limit": a calibre is always an adjective."""
    if unit == "nmi":
        return is_of_an_area(found)
    return is_of_a_chip(found) if unit == "nm" else unit == "mm" and not found["gap"]


def _bare_unit(found: re.Match[str], locale: Locale) -> str:
    return _spelled(UNITS[found[0]][1], locale)


def _spelled(unit: str, locale: Locale) -> str:
    return unit.replace("metre", "meter").replace("per cent", "percent") if locale.is_american else unit


def _sized(found: re.Match[str], locale: Locale) -> Said:
    """20m people, 20m long: a lone m is millions, unless the words beside it measure something."""
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
    is_one = is_attributive(found) or (found["low"] == "1" and not found["high"])
    return f"{_sign(found)}{said} {_spelled(_METRE[0 if is_one else 1], locale)}"


def _millions(found: re.Match[str], locale: Locale) -> str:
    said = amount(found["low"], found["low_size"], locale=locale)
    if found["high"]:
        said += f" to {decimal(found['high'], locale)}"
    return f"{_sign(found)}{said} {size_word(found['high_size'])}"


def _sign(found: re.Match[str]) -> str:
    return f"{_SIGNS[found['sign']]} " if found["sign"] else ""


_PER_CENT = sign("%")
_UNIT_AFTER = figure(rf"[0-9](?:{SHORT_SIZE})?[\s-]?(?:{_UNIT})(?!\w)")
_SQUARE = sign("²³")
_METRE_AFTER = figure(r"[0-9]\sm(?!\w)")
_SIZE_AFTER = figure(rf"[0-9]{SHORT_SIZE}")

QUANTITY_RULES = (
    Rule("percentage", _PER_CENT, _PERCENT, _percent),
    Rule("unit", _UNIT_AFTER, _MEASURE, _measure),
    Rule("unit", _SQUARE, _BARE_UNIT, _bare_unit),
    Rule("unit", _METRE_AFTER, _SPACED_METRES, _measure),
    Rule("number", _SIZE_AFTER, _SIZED, _sized),
)
