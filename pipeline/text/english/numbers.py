"""Numbers in English words: cardinals, ordinals, years, digits. The ground that the spoken forms stand on."""

from functools import lru_cache

from pipeline.text.english.locale import Locale
from pipeline.text.tables import word_list

_ONES = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = word_list("- - twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

#: The longest number that is said as a number; beyond it the digits are said one by one.
MOST_DIGITS = 15


@lru_cache(maxsize=4096)
def cardinal(number: int, locale: Locale) -> str:
    """``number`` in words, for 0 to 10**15 - 1: "three hundred and sixty-eight", in American without the "and"."""
    parts = []
    rest = number
    for size, name in _SCALES:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{_below_thousand(count, locale)} {name}")
    if rest or not parts:
        has_and = bool(parts) and rest < 100 and not locale.is_american
        parts.append(f"and {_below_thousand(rest, locale)}" if has_and else _below_thousand(rest, locale))
    return " ".join(parts)


def _below_thousand(number: int, locale: Locale) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    said = f"{_ONES[hundreds]} hundred"
    if not rest:
        return said
    return f"{said} {_below_hundred(rest)}" if locale.is_american else f"{said} and {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def ordinal(number: int, locale: Locale) -> str:
    """``number`` as a rank: "twenty-first", "one hundredth"."""
    return ordinal_of(cardinal(number, locale))


def ordinal_of(words: str) -> str:
    """The rank that belongs to a cardinal in words: "forty-two" gives "forty-second"."""
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _IRREGULAR_ORDINALS:
        return words[:cut] + _IRREGULAR_ORDINALS[last]
    return f"{words[:cut]}{last[:-1]}ieth" if last.endswith("y") else f"{words}th"


def plural_of(words: str) -> str:
    """Many of a number in words: "sixty" gives "sixties", "six" gives "sixes"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


@lru_cache(maxsize=4096)
def year(number: int, locale: Locale) -> str:
    """A year as it is said: "nineteen ninety-one", "nineteen oh five", "two thousand and eight", "twenty ten"."""
    century, rest = divmod(number, 100)
    if number < 1010 or number > 9999 or 2000 <= number < 2010 or (century % 10 == 0 and not rest):
        return cardinal(number, locale)
    return f"{_below_hundred(century)} {year_end(rest)}" if rest else f"{_below_hundred(century)} hundred"


def year_end(rest: int) -> str:
    """The last two digits of a year: "ninety-one", "oh five"."""
    return _below_hundred(rest) if rest >= 10 else f"oh {_ONES[rest]}"


def decade(number: int, locale: Locale) -> str:
    """The ten years from ``number``, or the hundred where it ends in 00: "nineteen nineties", "eighteen hundreds"."""
    return plural_of(year(number, locale))


def digits(figures: str) -> str:
    """Each of the ASCII digits by itself: "two two three one"."""
    return " ".join(_ONES[int(figure)] for figure in figures)


def pairs(figures: str) -> str:
    """A designation's digits as people say them: 16 "sixteen", 101 "one oh one", 300 "three hundred", 2231 in pairs."""
    if len(figures) > 4 or figures.startswith("0"):
        return digits(figures)
    number = int(figures)
    if number < 100:
        return _below_hundred(number)
    front, rest = divmod(number, 100)
    if not rest:
        return f"{_ONES[front // 10]} thousand" if number % 1000 == 0 else f"{_below_hundred(front)} hundred"
    return f"{_below_hundred(front)} {year_end(rest)}"


def decimal(figures: str, locale: Locale) -> str:
    """A number as written, "1,234.5" or ".5", in words; what is longer than any number goes digit by digit.

    Below one the British say nought: 0.05 is "nought point nought five", in American "zero point zero five".
    """
    whole, point, fraction = figures.replace(",", "").partition(".")
    if not point:
        return _whole(whole, locale)
    said = f"{_whole(whole, locale)} point {digits(fraction)}" if whole else f"point {digits(fraction)}"
    return said.replace("zero", "nought") if whole == "0" and not locale.is_american else said


def _whole(figures: str, locale: Locale) -> str:
    if len(figures) > MOST_DIGITS or (len(figures) > 1 and figures.startswith("0")):
        return digits(figures)
    return cardinal(int(figures), locale)
