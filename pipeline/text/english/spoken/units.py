"""Units of measure: how each is written and what one and many of it are called."""

import re

from pipeline.text.english.locale import Locale
from pipeline.text.tables import word_list


def _units(rows: str) -> dict[str, tuple[str, str]]:
    """A unit a row, what is written (commas between), one of it, many of it: ``ft = foot = feet``.

    Without the third column many is the first word of one with an s: "metre per second", "metres per second".
    """
    table: dict[str, tuple[str, str]] = {}
    for row in rows.strip().splitlines():
        written, one, *many = (part.strip() for part in row.split("="))
        first, *rest = one.split(" per ")
        plural = many[0] if many else " per ".join([f"{first}s", *rest])
        table |= {unit.strip(): (one, plural) for unit in written.split(",")}
    return table


#: One and many of each unit, in British spelling. American spelling is made from it, see ``spelling``.
UNITS = _units(
    """
    km/h, kph, kmh, kmph, kmhr, km/hr = kilometre per hour
    mph = mile per hour
    m/s = metre per second
    km/s = kilometre per second
    km², km2, sq km, sqkm = square kilometre
    m², m2, sq m, sqm = square metre
    cm², cm2, sq cm = square centimetre
    m³, m3, cu m, cbm = cubic metre
    ft³, ft3, cu ft = cubic foot = cubic feet
    sq mi, mi², mi2 = square mile
    sq ft, ft², ft2, sqft = square foot = square feet
    km = kilometre
    cm = centimetre
    mm = millimetre
    μm, µm = micrometre
    nm = nanometre
    nmi = nautical mile
    ft = foot = feet
    yd, yds = yard
    mi = mile
    kg = kilogram
    g = gram
    mg = milligram
    µg, μg, mcg = microgram
    t = tonne
    kt = kiloton
    kts, kn = knot
    Mt = megaton
    Gt = gigatonne
    mt = million tonne
    tCO2, t CO2 = tonne of C O two = tonnes of C O two
    ktCO2, kt CO2 = kilotonne of C O two = kilotonnes of C O two
    MtCO2, Mt CO2 = megatonne of C O two = megatonnes of C O two
    GtCO2, Gt CO2 = gigatonne of C O two = gigatonnes of C O two
    tCO2e, t CO2e = tonne of C O two equivalent = tonnes of C O two equivalent
    ktCO2e, kt CO2e = kilotonne of C O two equivalent = kilotonnes of C O two equivalent
    MtCO2e, Mt CO2e = megatonne of C O two equivalent = megatonnes of C O two equivalent
    GtCO2e, Gt CO2e = gigatonne of C O two equivalent = gigatonnes of C O two equivalent
    Mtpa, mtpa, MTPA = million tonnes per annum = million tonnes per annum
    Mtoe, mtoe = million tonnes of oil equivalent = million tonnes of oil equivalent
    dwt, DWT = deadweight tonne
    lb, lbs = pound
    oz = ounce
    ha = hectare
    l = litre
    l/100km, l/100 km, L/100km, L/100 km = litre per hundred kilometres
    ml = millilitre
    hl = hectolitre
    W = watt
    kW = kilowatt
    MW, MWe, MWp = megawatt
    GW, GWe, GWp = gigawatt
    TW = terawatt
    Wh = watt-hour
    kWh = kilowatt-hour
    MWh = megawatt-hour
    GWh = gigawatt-hour
    TWh = terawatt-hour
    kV = kilovolt
    V = volt
    kA = kiloamp
    kJ = kilojoule
    MJ = megajoule
    GJ = gigajoule
    TJ = terajoule
    PJ = petajoule
    EJ = exajoule
    kcal = kilocalorie
    Hz = hertz = hertz
    kHz = kilohertz = kilohertz
    MHz = megahertz = megahertz
    GHz = gigahertz = gigahertz
    THz = terahertz = terahertz
    KB, kB = kilobyte
    MB = megabyte
    GB = gigabyte
    TB = terabyte
    PB = petabyte
    kbps = kilobit per second
    Mbps, Mb/s, Mbit/s = megabit per second
    Gbps, Gb/s, Gbit/s = gigabit per second
    Tbps, Tb/s, Tbit/s = terabit per second
    bbl, bbls = barrel
    boe = barrel of oil equivalent = barrels of oil equivalent
    bpd, b/d, bbl/d, bbls/d = barrel per day
    kbpd, kb/d, kbd = thousand barrels per day = thousand barrels per day
    mbpd, mb/d, mbd, mmbpd, mmb/d, mmbbl/d = million barrels per day = million barrels per day
    boepd, boe/d = barrel of oil equivalent per day = barrels of oil equivalent per day
    bcm = billion cubic metre
    tcm = trillion cubic metre
    mcm = million cubic metre
    bcma = billion cubic metres per annum = billion cubic metres per annum
    bcf, Bcf = billion cubic foot = billion cubic feet
    tcf, Tcf = trillion cubic foot = trillion cubic feet
    mmcf, MMcf = million cubic foot = million cubic feet
    mmbtu, MMBtu, mmBtu, MMBTU, mBtu = million British thermal unit
    Btu, BTU = British thermal unit
    TEU, TEUs, teu = T E U = T E U's
    hp = horsepower = horsepower
    rpm = revolution per minute
    psi = pound per square inch
    hPa = hectopascal
    kPa = kilopascal
    MPa = megapascal
    GPa = gigapascal
    ppm = part per million
    ppb = part per billion
    dB = decibel
    h, hr, hrs = hour
    min, mins = minute
    sec, secs = second
    ms = millisecond
    yr, yrs = year
    bp, bps, bip, bips = basis point
    pp, pps, ppt, ppts = percentage point
    pt, pts = point
    °C = degree Celsius = degrees Celsius
    °F = degree Fahrenheit = degrees Fahrenheit
    °N = degree north = degrees north
    °S = degree south = degrees south
    °E = degree east = degrees east
    °W = degree west = degrees west
    ° = degree
    ′ = minute
    ″ = second
    pc = per cent = per cent
    """
)

#: What some of them mean beside other words, see homographs.
MEANT = _units(
    """
    m = metre
    kilotonne = kilotonne
    megatonne = megatonne
    """
)

_WORDS = word_list(
    "barrel bushel capita day dose gallon head hectare hour household kilo kilogram kilometre kilometer litre liter "
    "mile minute month night ounce person pound second share shift ton tonne unit user visit watt week worker year"
)
#: What follows a stroke: "$85/barrel", "95 g/km".
WHOLES = {
    **{unit: one for unit, (one, _) in UNITS.items() if unit.isascii() and unit.replace("2", "").isalpha()},
    **{word: word for word in _WORDS},
    "m²": "square metre",
    "m2": "square metre",
    "m³": "cubic metre",
    "m3": "cubic metre",
    "km²": "square kilometre",
    "km2": "square kilometre",
    **dict.fromkeys(("mmbtu", "MMBtu", "mmBtu", "MMBTU", "mBtu"), "million British thermal units"),
    "b": "barrel",
    "d": "day",
    "y": "year",
    "a": "year",
    "s": "second",
    "mo": "month",
    "wk": "week",
    "m": "metre",
    "gal": "gallon",
    "mt": "metric ton",
    "MT": "metric ton",
    "Mt": "megatonne",
}


def _pattern(unit: str) -> str:
    """The unit with the blanks and stops that people put into it: "km / h", "sq. km", "CO₂"."""
    blank = r"\.?\s" if unit[:3] in {"sq ", "cu "} else r"\s"
    return re.escape(unit).replace("/", r"\s?/\s?").replace(r"\ ", blank).replace("CO2", "CO[2₂]")


#: Any of them, the longest first.
UNIT = "|".join(_pattern(unit) for unit in sorted(UNITS, key=len, reverse=True))


def unit_named(written: str) -> str:
    """The unit as the table has it: "sq. km" is "sq km"."""
    return re.sub(r"\s?/\s?", "/", re.sub(r"\.?\s", " ", written)).replace("₂", "2")


def spelling(unit: str, locale: Locale) -> str:
    """The unit as British or American English spells it."""
    if not locale.is_american:
        return unit
    return unit.replace("metre", "meter").replace("litre", "liter").replace("per cent", "percent")
