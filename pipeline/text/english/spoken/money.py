"""Money: the currency goes behind the number, whatever side of it it is written on."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal
from pipeline.text.english.spoken.patterns import NUMBER, RIGHT, SIZE, TO, amount, is_attributive
from pipeline.text.needs import figure

#: One of it and many of it. Letters that are spelled stand as they are said.
CURRENCIES = {
    "US$": ("U S dollar", "U S dollars"),
    "A$": ("Australian dollar", "Australian dollars"),
    "AU$": ("Australian dollar", "Australian dollars"),
    "C$": ("Canadian dollar", "Canadian dollars"),
    "CA$": ("Canadian dollar", "Canadian dollars"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars"),
    "NT$": ("Taiwan dollar", "Taiwan dollars"),
    "S$": ("Singapore dollar", "Singapore dollars"),
    "R$": ("Brazilian real", "Brazilian reais"),
    "$": ("dollar", "dollars"),
    "€": ("euro", "euros"),
    "£": ("pound", "pounds"),
    "¥": ("yen", "yen"),
    "₹": ("rupee", "rupees"),
    "₽": ("rouble", "roubles"),
    "₴": ("hryvnia", "hryvnias"),
    "₩": ("won", "won"),
    "₪": ("shekel", "shekels"),
    "₺": ("lira", "lira"),
    "USD": ("U S dollar", "U S dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "EUR": ("euro", "euros"),
    "GBP": ("pound", "pounds"),
    "JPY": ("yen", "yen"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "CNY": ("yuan", "yuan"),
    "RMB": ("renminbi", "renminbi"),
    "RUB": ("rouble", "roubles"),
    "UAH": ("hryvnia", "hryvnias"),
    "INR": ("rupee", "rupees"),
    "Rs.": ("rupee", "rupees"),
    "Rs": ("rupee", "rupees"),
}
_CENTS = {"$": "cents", "€": "cents", "£": "pence"}

#: Any of them, the longest first.
CURRENCY = "(?:" + "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True)) + ")"
#: A single letter: only before what is plainly a sum, R100bn or R1,200.
_RAND = (
    rf"(?P<rand>R)(?={NUMBER}(?:[\s-](?:thousand|million|billion|trillion)|bn|tn|mn|m|k)\b|[0-9]{{1,3}},[0-9]{{3}}|"
    rf"{NUMBER}\s(?:and|to|or)\sR{NUMBER}{SIZE})"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<sign>[-−])?(?:(?P<currency>{CURRENCY})\s?|{_RAND})(?P<low>{NUMBER})(?P<low_size>{SIZE})?"
    rf"(?:{TO}(?:{CURRENCY}|R)?(?P<high>{NUMBER})(?P<high_size>{SIZE})?)?(?![0-9])"
)
_BEHIND = re.compile(
    rf"(?<!\w)(?<![0-9][.,])(?P<sign>[-−])?(?P<low>{NUMBER})(?P<low_size>{SIZE})?"
    rf"(?:{TO}(?P<high>{NUMBER})(?P<high_size>{SIZE})?)?\s?(?P<currency>[$€£¥₹₽₴₩₪₺]|{CURRENCY}(?<=[A-Z])){RIGHT}"
)
_UNIT_FOLLOWS = re.compile(r"\s(?:dollars?|euros?|pounds?|yen|roubles?|rubles?|rupees?)\b")
_SHARED_SIZE = re.compile(rf"\s(?:and|to|or)\s(?:{CURRENCY}\s?|R){NUMBER}{SIZE}")


def _before(found: re.Match[str], locale: Locale) -> Said:
    return Said(_money(found, locale), 0.9 if found["rand"] else 1.0)


def _money(found: re.Match[str], locale: Locale) -> str:
    currency = found["currency"]
    if found["low_size"] is None and found["high"] is None:
        if _SHARED_SIZE.match(found.string, found.end()):
            # "between $10 and $20 billion": the first is no sum of its own.
            return decimal(found["low"], locale)
        if coins := _with_coins(found["low"], currency, locale=locale):
            return coins
    if _UNIT_FOLLOWS.match(found.string, found.end()):
        # "$5 billion dollars" says it twice.
        return f"{'minus ' if found['sign'] else ''}{_sum(found, locale)}"
    one, many = CURRENCIES[currency] if currency else ("rand", "rand")
    unit = one if is_attributive(found) or _is_one(found) or _is_tied(found) else many
    return f"{'minus ' if found['sign'] else ''}{_sum(found, locale)} {unit}"


def _sum(found: re.Match[str], locale: Locale) -> str:
    said = amount(found["low"], found["low_size"], locale=locale)
    return f"{said} to {amount(found['high'], found['high_size'], locale=locale)}" if found["high"] else said


def _is_one(found: re.Match[str]) -> bool:
    return found["low"] == "1" and not found["low_size"] and not found["high"]


def _is_tied(found: re.Match[str]) -> bool:
    """Whether it reads "a $40-million package"."""
    return "-" in (found["low_size"] or "")


def _with_coins(written: str, currency: str | None, *, locale: Locale) -> str | None:
    """ "3.50" dollars as "three dollars fifty", "0.50" as "fifty cents"; None where no coins are written."""
    whole, _, coins = written.partition(".")
    if len(coins) != 2 or currency is None or currency not in _CENTS:
        return None
    said = decimal(coins.lstrip("0") or "0", locale)
    if not whole.strip("0"):
        return f"{said} {_CENTS[currency]}"
    unit = CURRENCIES[currency][0 if whole == "1" else 1]
    joint = "" if int(coins) >= 10 else "and "
    tail = said if int(coins) >= 10 else f"{said} {_CENTS[currency]}"
    return f"{decimal(whole, locale)} {unit} {joint}{tail}" if int(coins) else f"{decimal(whole, locale)} {unit}"


_ANY_CURRENCY = figure(r"[$€£¥₹₽₴₩₪₺A-Z](?:(?<![A-Z])|s[.\s0-9]|[A-Z][A-Z$]|(?<=\bR)[0-9])")

MONEY_RULES = (
    Rule("money", _ANY_CURRENCY, _BEFORE, _before),
    Rule("money", _ANY_CURRENCY, _BEHIND, _money),
)
