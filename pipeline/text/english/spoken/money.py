"""Money: the currency goes behind the number, whatever side of it it is written on."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal, plural_of
from pipeline.text.english.spoken.patterns import (
    AMOUNT,
    NUMBER,
    RIGHT,
    SIGN,
    SIZE,
    TO,
    amount,
    has_noun_after,
    is_attributive,
    sign_word,
    size_word,
)
from pipeline.text.needs import clue, figure


def _table(rows: str) -> dict[str, tuple[str, str]]:
    """What is written, one of it and many of it, a row each: ``SEK NKr = Swedish krona = Swedish kronor``."""
    table: dict[str, tuple[str, str]] = {}
    for row in rows.strip().splitlines():
        written, one, *many = (part.strip() for part in row.split("="))
        table |= dict.fromkeys(written.split(), (one, many[0] if many else f"{one}s"))
    return table


#: One of it and many of it. Letters that are spelled stand as they are said. Source: ISO 4217.
CURRENCIES = _table(
    """
    $ = dollar
    US$ USD $US = U S dollar
    A$ AU$ AUD $A = Australian dollar
    C$ CA$ CAN$ CAD = Canadian dollar
    NZ$ NZD $NZ = New Zealand dollar
    HK$ HKD = Hong Kong dollar
    NT$ TWD = Taiwan dollar
    S$ SG$ SGD = Singapore dollar
    J$ JMD = Jamaican dollar
    TT$ = Trinidad dollar
    MX$ Mex$ MXN = Mexican peso
    ARS = Argentine peso
    CLP = Chilean peso
    ₱ = peso
    R$ BRL = Brazilian real = Brazilian reais
    € EUR = euro
    £ = pound
    GBP = pound
    EGP E£ = Egyptian pound
    ¥ JPY = yen = yen
    CNY = yuan = yuan
    RMB = renminbi = renminbi
    ₹ Rs. Rs = rupee
    INR = rupee
    PKR = Pakistani rupee
    LKR = Sri Lankan rupee
    ₽ RUB = rouble
    BYN = Belarusian rouble
    ₴ UAH = hryvnia
    ₸ KZT = tenge = tenge
    ₾ = lari = lari
    ₼ AZN = manat = manat
    UZS = Uzbek som = Uzbek som
    ₩ KRW = won = won
    ₪ ILS NIS = shekel
    ₺ = lira = lira
    CHF SFr = Swiss franc
    XOF XAF CFA = C F A franc
    SEK SKr Skr = Swedish krona = Swedish kronor
    NOK NKr Nkr = Norwegian krone = Norwegian kroner
    DKK DKr Dkr = Danish krone = Danish kroner
    ISK = Icelandic krona = Icelandic kronur
    kr = krone = kroner
    PLN zł = zloty = zlotys
    CZK Kč = koruna = koruna
    HUF = forint
    BGN = lev = leva
    AED = dirham
    QAR = Qatari riyal
    KWD = Kuwaiti dinar
    IQD = Iraqi dinar
    IRR = Iranian rial
    ZAR = rand = rand
    ₦ NGN = naira = naira
    KES KSh Ksh = Kenyan shilling
    UGX = Ugandan shilling
    GHS ₵ GH₵ = cedi
    ETB = birr = birr
    ฿ THB = baht = baht
    IDR Rp = rupiah = rupiah
    MYR = ringgit = ringgit
    ₫ VND = dong = dong
    BDT Tk = taka = taka
    ₿ BTC = bitcoin
    """
)
#: Codes that are words too or other letters: only before what is plainly a sum, "TRY 4bn".
_CODES = _table(
    """
    TRY = lira = lira
    SAR = Saudi riyal
    COP = Colombian peso
    PEN = sol = soles
    RON = leu = lei
    MAD = Moroccan dirham
    PHP = Philippine peso
    GEL = lari = lari
    AMD = dram = dram
    TND = Tunisian dinar
    DM = Deutschmark
    SDR = S D R = S D R's
    RM = ringgit = ringgit
    R = rand = rand
    """
)
_CENTS = {"$": "cents", "€": "cents", "£": "pence"}


def _any_of(signs: list[str]) -> str:
    return "(?:" + "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True)) + ")"


#: Any of them, the longest first.
CURRENCY = _any_of(list(CURRENCIES))
_SUM = (
    rf"\s?(?:{NUMBER}(?:[\s-](?:thousand|million|billion|trillion)|\s?(?:bn|tn|mn|m|k))\b|[0-9]{{1,3}},[0-9]{{3}}|"
    rf"{NUMBER}\s(?:and|to|or)\s(?:[A-Z]{{1,3}}\s?)?{NUMBER}{SIZE})"
)
_CODE = rf"(?P<code>{_any_of(list(_CODES))})(?={_SUM})\s?"
_TO = rf"(?:{TO}|-to-)"
_BEFORE = regex(
    rf"(?<!\w){SIGN}(?:(?P<us>US\s(?=\$))?(?P<currency>{CURRENCY})\s?(?P<inner>[-−–](?=[0-9.]))?|{_CODE})"
    rf"(?P<low>{AMOUNT})(?P<low_size>{SIZE})?"
    rf"(?:{_TO}(?:{CURRENCY}|R)?(?P<high>{NUMBER})(?P<high_size>{SIZE})?)?(?![0-9])"
)
_BEHIND = regex(
    rf"(?<!\w)(?<![0-9][.,]){SIGN}(?P<low>{AMOUNT})(?P<low_size>{SIZE})?"
    rf"(?:{_TO}(?P<high>{NUMBER})(?P<high_size>{SIZE})?)?\s?"
    rf"(?P<currency>{_any_of([sign for sign in CURRENCIES if sign[-1:] in 'łčr' or len(sign) == 1])}|"
    rf"{CURRENCY}(?<=[A-Z])){RIGHT}"
)
_COINS = regex(rf"(?<!\w)(?<![0-9][.,])(?P<low>{AMOUNT})(?:\s?¢|(?<![0-9]{{3}})(?P<coin>[cp])){RIGHT}(?!\.\w)")
_OF_A_TEXT = regex(
    r"\b(?:[Aa]rticles?|[Ss]ections?|[Pp]aragraphs?|[Pp]aras?\.?|[Cc]lauses?|[Aa]nnex|[Rr]ules?|[Pp]arts?|[Ff]igures?|"
    r"[Tt]ables?|[Pp]oints?|[Cc]hapters?|[Ff]ootnotes?|[Nn]otes?)\s\Z"
)
_ROUND = regex(rf"(?<!\w)(?P<currency>{CURRENCY})(?P<low>10|100|1,?000)s{RIGHT}")
_ROUND_WORDS = {"10": "tens", "100": "hundreds", "1000": "thousands"}
_TENS = regex(rf"(?<!\w)(?P<currency>{CURRENCY})(?P<low>[1-9]0)s{RIGHT}")
_REPEATED = regex(r"(?P<currency>[$€£¥])(?P=currency)++(?![0-9])")
_NO_NUMBER = regex(rf"(?<=[a-z]-)(?P<currency>[$€£])(?P<size>{SIZE})")
_SIZE_ALONE = regex(r"(?<![\w$€£/-])(?P<currency>[$€£])(?P<size>bn|tn|trn|m|k)(?![\w$€£-])")
_UNIT_FOLLOWS = regex(r"\s(?:dollars?|euros?|pounds?|yen|roubles?|rubles?|rupees?)\b")
_SHARED_SIZE = regex(rf"\s(?:and|to|or)\s(?:{CURRENCY}\s?|R){NUMBER}{SIZE}")


def _before(found: re.Match[str], locale: Locale) -> Said:
    minus = "minus " if found["inner"] else ""
    return Said(minus + _money(found, locale), 0.9 if found["code"] == "R" else 1.0)


def _behind(found: re.Match[str], locale: Locale) -> str:
    return _money(found, locale)


def _money(found: re.Match[str], locale: Locale) -> str:
    currency = found.groupdict().get("code") or found["currency"]
    if found["low_size"] is None and found["high"] is None:
        if _SHARED_SIZE.match(found.string, found.end()):
            # "between $10 and $20 billion": the first is no sum of its own.
            return sign_word(found) + decimal(found["low"], locale)
        if coins := _with_coins(found, currency, locale=locale):
            return sign_word(found) + coins
    if _UNIT_FOLLOWS.match(found.string, found.end()):
        # "$5 billion dollars" says it twice.
        return f"{sign_word(found)}{_sum(found, locale)}"
    return f"{sign_word(found)}{_sum(found, locale)} {_unit(found, currency)}"


def _unit(found: re.Match[str], currency: str) -> str:
    """The currency, in the singular where the sum is one or is used like an adjective."""
    if found.groupdict().get("us"):
        currency = "US$"
    one, many = CURRENCIES.get(currency) or _CODES[currency]
    return one if _is_one(found) or _is_tied(found) or is_attributive(found) else many


def _sum(found: re.Match[str], locale: Locale) -> str:
    said = amount(found["low"], found["low_size"], locale=locale)
    return f"{said} to {amount(found['high'], found['high_size'], locale=locale)}" if found["high"] else said


def _is_one(found: re.Match[str]) -> bool:
    return found["low"] == "1" and not found["low_size"] and not found["high"]


def _is_tied(found: re.Match[str]) -> bool:
    """Whether it reads "a $40-million package"; some write "spent $40-million on it" as well."""
    return "-" in (found["low_size"] or "") and has_noun_after(found)


def _with_coins(found: re.Match[str], currency: str, *, locale: Locale) -> str | None:
    """ "3.50" dollars as "three dollars fifty", "0.50" as "fifty cents"; None where no coins are written."""
    whole, _, coins = found["low"].partition(".")
    if len(coins) != 2 or currency not in _CENTS:
        return None
    said = decimal(coins.lstrip("0") or "0", locale)
    is_adjective = is_attributive(found)
    if not whole.strip("0"):
        return f"{said} {_coin(_CENTS[currency], is_single=is_adjective or int(coins) == 1)}"
    unit = CURRENCIES[currency][0 if whole == "1" or is_adjective else 1]
    if not int(coins):
        return f"{decimal(whole, locale)} {unit}"
    joint, tail = ("", said) if int(coins) >= 10 else ("and ", f"{said} {_CENTS[currency]}")
    return f"{decimal(whole, locale)} {unit} {joint}{tail}"


def _coin(many: str, *, is_single: bool) -> str:
    return "cent" if is_single and many == "cents" else many


def _coins(found: re.Match[str], locale: Locale) -> str | None:
    """50c, 80p, 5¢; the p of a screen and the c of an article are letters."""
    if found["coin"] and _OF_A_TEXT.search(found.string[max(0, found.start() - 12) : found.start()]):
        return None
    if found["coin"] == "p":
        return f"{decimal(found['low'], locale)} pence"
    return f"{decimal(found['low'], locale)} {_coin('cents', is_single=found['low'] == '1' or is_attributive(found))}"


def _round(found: re.Match[str], locale: Locale) -> str:
    """$1,000s: thousands of dollars."""
    del locale
    return f"{_ROUND_WORDS[found['low'].replace(',', '')]} of {CURRENCIES[found['currency']][1]}"


def _tens(found: re.Match[str], locale: Locale) -> Said:
    """In the low $70s."""
    return Said(plural_of(decimal(found["low"], locale)), 0.8)


def _repeated(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(CURRENCIES[found["currency"]][1], 0.8)


def _no_number(found: re.Match[str], locale: Locale) -> str:
    """A multi-$bn fund."""
    del locale
    return f"{size_word(found['size'])}-{CURRENCIES[found['currency']][0]}"


def _size_alone(found: re.Match[str], locale: Locale) -> str:
    """Spending, in €bn."""
    del locale
    return f"{size_word(found['size'])}s of {CURRENCIES[found['currency']][1]}"


_SIGNS = "".join(sign for sign in CURRENCIES if len(sign) == 1)
_ANY_CURRENCY = figure(
    rf"[{_SIGNS}A-Zkz](?:(?<=[{_SIGNS}])|"
    r"(?<=[A-Z])(?:[A-Z][A-Z$£₵]|s[.\s0-9]|M\s?[0-9]|[FKk]?r\s?[0-9]|[Ss]h|(?<=\bR)[0-9\s])|"
    r"(?<![A-Za-z].)(?:(?<=k)r|(?<=z)ł|(?<=K)č|(?<=T)k|(?<=R)p)(?![A-Za-z]))"
)
_COIN = figure(r"[0-9]\s?[cp¢](?!\w)", after="cp¢")
_SIGN_AND_SIZE = clue(r"[$€£][btmk]", "$€£")
_TWO_SIGNS = clue(r"[$€£¥](?:(?<=-.)|[$€£¥])", "$€£¥")

MONEY_RULES = (
    Rule("money", _ANY_CURRENCY, _ROUND, _round),
    Rule("money", _ANY_CURRENCY, _TENS, _tens),
    Rule("money", _ANY_CURRENCY, _BEFORE, _before),
    Rule("money", _ANY_CURRENCY, _BEHIND, _behind),
    Rule("money", _COIN, _COINS, _coins),
    Rule("money", _TWO_SIGNS, _REPEATED, _repeated),
    Rule("money", _TWO_SIGNS, _NO_NUMBER, _no_number),
    Rule("money", _SIGN_AND_SIZE, _SIZE_ALONE, _size_alone),
)
