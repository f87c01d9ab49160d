"""Short forms that stand for two things: nm, kt, m. What the words around one tell, and how surely.

A wrong one is a false fact that sounds right, so whatever the words do not settle is for an editor to see.
"""

import re

from pipeline.patterns import regex
from pipeline.text.english.spoken.units import unit_named
from pipeline.text.tables import word_set

#: How far the words around are looked at on either side: about a sentence.
_REACH = 250

_CHIPS = regex(
    r"\b(?:(?i:(?:micro|bio)?chip(?:s|makers?|making|sets?)?|semiconductors?|transistors?|lithograph\w+|wafers?|silicon|"
    r"foundr(?:y|ies)|fabs?|(?<!peace\s)process(?:es|ors?)?|wavelengths?|lasers?|ultraviolet|infrared|light\s(?:of|at)|particles?|"
    r"virus(?:es)?|nano\w+)|EUV|DUV|TSMC|"
    r"SMIC|ASML|Intel|Nvidia)\b"
)
_OF_A_CHIP = regex(
    r"[\s-](?:[A-Z]\w+\s)?(?:(?:class|logic|manufacturing|production)\s)?(?:chips?|process(?:es|ors?)?|nodes?|transistors?|wafers?|"
    r"technolog(?:y|ies)|wavelengths?|lasers?|light|nano\w+|semiconductors?)\b|"
    r"-class\b|\s(?:and|or)\s(?:below|smaller|finer)\b"
)
_SEA = regex(
    r"(?i)\b(?:coasts?|offshore|sea|ocean|waters?|islands?|shores?|ships?|vessels?|fleets?|nav(?:y|al)|maritime|territorial|"
    r"economic\szones?|EEZ|range|missiles?|straits?|ports?|harbours?|harbors?|sail\w*|seabed|miles)\b"
)
_OUT_AT_SEA = regex(r"\s(?:off|of|from|north|south|east|west|out|offshore|limits?|zones?|belts?|radius)\b")
_OF_AN_AREA = regex(r"[\s-](?:limits?|zones?|belts?|lines?|boundar(?:y|ies)|radius|ranges?)\b")

_BOMB = regex(
    r"(?i)\b(?:bombs?|warheads?|yields?|yielding|tests?|tested|explosions?|"
    r"explosives?|exploded|blasts?|detonat\w+|nuclear|atomic|thermonuclear|TNT|devices?|weapons?|Hiroshima)\b"
)
_OF_GOODS = regex(r"\s(?:of\s(?!TNT|force|yield|explosives?|high)|a\s(?:year|month)|per\s(?:year|annum|month))")
_GOODS = regex(
    r"(?i)\b(?:copper|nickel|lithium|cobalt|alumini?um|zinc|tin|steel|iron|ore|coal|oil|crude|gas|LNG|grain|wheat|maize|"
    r"corn|rice|sugar|soya?|fertili[sz]ers?|cement|emissions?|CO2e?|CO₂|carbon|methane|exports?|imports?|output|"
    r"production|refin\w+|smelters?|mined?|mines|mining|shipments?|cargo(?:es)?|stocks?|harvest)\b"
)
_SPEED = regex(
    r"(?i)\b(?:speeds?|knots|winds?|gusts?|gusting|ma(?:king|kes?|de)|sail(?:s|ed|ing)|steam(?:s|ed|ing)|cruis(?:es|ed|ing)|"
    r"doing|fast(?:er)?|slow(?:s|ed|er)?|currents?|transit(?:s|ed|ing)?|top(?:s|ped|ping)\sout)\b"
)
_AT = regex(r"\b[Aa]t\s(?:(?:up\sto|about|around|over|under|some|nearly|almost|only|just|a\ssteady)\s)?\Z")

_DIMENSION = regex(
    r"[\s-](?:(?:long|high|tall|deep|wide|thick|broad)(?![\w-])|(?:away|apart|across|underwater|underground)\b|"
    r"in\s(?:length|height|width|depth|diameter|altitude)\b|(?:by|[x×])\s[0-9.]++\s?m\b)(?!\s(?:term|school|earners?|incomes?))"
)
_OF_DIMENSION = regex(
    r"(?:[0-9]\s?m\s(?:by|[x×])|\b(?:[Ll]ength|[Hh]eight|width|depth|diameter|altitude|thickness|distance|radius|elevation)s?\sof|\b(?:div(?:e|ed|es|ing)|dove|climb(?:ed|s|ing)?|descend(?:ed|s|ing)?|sank|dug|drilled)\s(?:down\s)?to|\b[Ww]ithin)"
    r"(?:\s(?:about|around|up\sto|over|only|some|nearly|almost|roughly))?\s\Z"
)
_PLACED = regex(
    r"\s(?:above|below|beneath|underneath|from|behind|off|north|south|east|west|inland|offshore|upstream|downstream|"
    r"beyond)\b(?!\sthe\s(?:poverty|breadline))"
)
_BUILT = regex(
    r"[\s-](?:runway|tunnel|wall|fence|hull|tower|pier|trench|crater|radius|mast|yacht|superyacht|boat|statue|wave|dam|"
    r"gap|length|height|depth|width|sprint|race|freestyle|hurdles|relay|dash|climb|drop|pool|run(?!\srate))\b"
)
_HEAT = regex(
    r"(?i)\b(?:warm\w*|temperatures?|heat\w*|cold\w*|degrees?|climate|paris|thermomet\w+|hot|hotter|cool\w*|freez\w+|"
    r"pre-?industrial|limit|goal|scorch\w*|sweltering|weather|ocean|record|summer|winter)\b"
)
_MEASURED = regex(
    r"\b(?:minus|was|is|hit|hits|reach|reached|to|above|below|over|under|at|near|nearly|around|about)\s\Z"
)
_PEOPLE_DID = regex(
    r"\s(?:voted|died|fled|starved|perished|emigrated|marched|live|lived|died|have|had|are|were|remain|registered|joined|"
    r"speak|work|worked|strong)\b"
)
_WORDS_AFTER = regex(r"-[a-z]+|(?:\s[\w’'-]++){1,3}")
_AND_ANOTHER = regex(r"\s(?:and|to|or)\s[0-9][0-9.]{0,8}+m\b")
_MANY = word_set("people men women children police cattle staff personnel troops tonnes strong-strong")
_NO_NOUNS = word_set(
    """a above across after ago always an and any as at away because before below between but by during each every for
    from had has have he her his if in into is it its last less more next no nor not of off on or our over per plus
    she since so than that the their then these they this those though thus to under until up us was we were when
    which while who will with without would yes you"""
)


def unit_meant(found: re.Match[str]) -> tuple[str, float]:
    """The unit of a quantity as the table of units has it, and how sure that is: nm may be nmi, and kt may be kts."""
    unit = unit_named(found["unit"])
    if unit == "nm":
        return _of_length(found)
    if unit == "kt":
        return _of_force(found)
    return _of_mass(found) if unit == "Mt" else (unit, 1.0)


def is_of_a_chip(found: re.Match[str]) -> bool:
    """Whether what is measured in nanometres follows at once, "5 nm chips": then it is an adjective."""
    return _OF_A_CHIP.match(found.string, found.end()) is not None


def is_of_an_area(found: re.Match[str]) -> bool:
    """Whether the nautical miles are an adjective, "the 12 nm limit"."""
    return _OF_AN_AREA.match(found.string, found.end()) is not None


def metres_meant(found: re.Match[str]) -> float | None:
    """How surely the m of "20m" is metres; None where it is millions."""
    text, end = found.string, found.end()
    if _DIMENSION.match(text, end) or _OF_DIMENSION.search(text[max(0, found.start() - 30) : found.start()]):
        return 0.9
    if _BUILT.match(text, end):
        return 0.8
    return 0.6 if _PLACED.match(text, end) else None


def is_of_something_built(found: re.Match[str]) -> bool:
    """Whether the metres are an adjective, "100m sprint", "30m waves"."""
    return _BUILT.match(found.string, found.end()) is not None


def has_something_counted(found: re.Match[str]) -> bool:
    """Whether one of the next words is what "20m" of are counted: "people", "Syrian refugees", "and 30m voters"."""
    text, end = found.string, found.end()
    if _PEOPLE_DID.match(text, end):
        return True
    another = _AND_ANOTHER.match(text, end)
    after = _WORDS_AFTER.match(text, another.end() if another else end)
    if after is None:
        return False
    if after[0].startswith("-"):
        return True
    for word in after[0].lower().split():
        if word in _NO_NOUNS:
            return False
        if word in _MANY or (word.endswith("s") and not word.endswith(("ss", "’s", "'s"))):
            return True
    return False


def is_of_heat(found: re.Match[str]) -> float | None:
    """How surely the C or F of "1.5C" is degrees; None where it is a letter."""
    has_words = _HEAT.search(_around(found)) is not None
    if found["scale"] == "F":
        return 1.0 if has_words else None
    if has_words:
        return 1.0
    is_measured = found["sign"] or "." in found["low"] or _MEASURED.search(found.string[: found.start()][-10:])
    return 0.7 if is_measured else None


def _of_length(found: re.Match[str]) -> tuple[str, float]:
    """Nautical miles, unless there is talk of chips or of light."""
    around = _around(found)
    is_at_sea = _OUT_AT_SEA.match(found.string, found.end()) or _SEA.search(around)
    if is_of_a_chip(found):
        return "nm", 1.0
    if not _CHIPS.search(around):
        return "nmi", 1.0 if is_at_sea else 0.7
    return ("nmi", 0.6) if _OUT_AT_SEA.match(found.string, found.end()) else ("nm", 0.6 if is_at_sea else 0.9)


def _of_force(found: re.Match[str]) -> tuple[str, float]:
    """Kilotons of a bomb, kilotonnes of goods, or the knots of a ship or a wind."""
    around = _around(found)
    is_bomb, is_speed = _BOMB.search(around), _SPEED.search(around)
    if _are_goods(found, around):
        return "kilotonne", 0.8 if is_bomb else 1.0
    if is_bomb:
        return "kt", 0.6 if is_speed else 1.0
    if is_speed:
        return "kts", 1.0
    is_at = _AT.search(found.string[max(0, found.start() - 20) : found.start()])
    return ("kts", 0.8) if is_at else ("kt", 0.5)


def _of_mass(found: re.Match[str]) -> tuple[str, float]:
    """Megatons of a bomb, or megatonnes of goods."""
    around = _around(found)
    if _are_goods(found, around):
        return "megatonne", 1.0
    return ("Mt", 1.0) if _BOMB.search(around) else ("megatonne", 0.7)


def _are_goods(found: re.Match[str], around: str) -> bool:
    """Whether something is weighed: "30 kt of copper", or talk of ore, grain or emissions and of no bomb."""
    if _OF_GOODS.match(found.string, found.end()):
        return True
    return _GOODS.search(around) is not None and _BOMB.search(around) is None


def _around(found: re.Match[str]) -> str:
    text = found.string
    return f"{text[max(0, found.start() - _REACH) : found.start()]} {text[found.end() : found.end() + _REACH]}"
