"""Designations: what has letters and digits in one word, F-16s, T-72B3, 2A6, G7. They never lose their digits."""

import re
from string import ascii_uppercase

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import pairs, plural_of
from pipeline.text.english.spoken.acronyms import ORDINARY, SAID_AS_WORDS, SAID_OTHERWISE, SOUNDS, SPELLED, spelled
from pipeline.text.needs import LETTERED, clue, figure

_HYPHEN = "-‐‑–"
_LETTERS_FIRST = regex(
    rf"(?<![\w])(?P<slashed>[A-Z]{{1,2}}/)?[A-Za-z]+[{_HYPHEN}]?[0-9]+(?:[A-Za-z]+[0-9]*|"
    rf"[{_HYPHEN}][0-9]+(?![\w]))*+(?P<own>['’]s)?(?![^\W_])(?![,.][0-9])"
)
_DIGITS_FIRST = regex(r"(?<![\w.,])[0-9]+(?:[A-Za-z]+[0-9]*)++(?![^\W_])")
#: Before the rules of numbers, which would see a year, a range or a quantity: FAB-1500, ZSU-23-4, UN 2758.
_EARLY = regex(
    rf"(?<![\w./])(?:(?:[A-Z]{{1,4}}|Kh)[{_HYPHEN}][0-9]{{4}}|"
    rf"[A-Z]{{2,4}}[{_HYPHEN}][0-9]{{1,3}}[{_HYPHEN}][0-9]{{1,2}}|"
    rf"[A-Z]{{1,3}}[{_HYPHEN}][A-Z]{{1,2}}[{_HYPHEN}][0-9]{{1,3}}[A-Z]?|"
    rf"[A-Z][a-z]{{2,14}}[{_HYPHEN}][0-9]{{1,3}}(?:(?=s)|/[0-9]{{1,3}})|[A-Z]{{1,4}}[{_HYPHEN}][0-9]{{1,3}}X|"
    rf"[0-9]{{1,2}}[A-Z][{_HYPHEN}][0-9]{{1,3}})(?P<many>s)?(?![{_HYPHEN}\w])(?![,.][0-9])"
)
_CODED = regex(
    r"(?<![\w.])(?P<body>UN|UNGA|UNSC|UNSCR|UNGAR|HR|SR|HJ|EO|PL|NSDM|NSDD|NSPM|NSSM|PPD|PDD|HSPD|CVE|NGC|ISO|"
    r"Res)\s(?P<code>[0-9]{3,5})(?![\w,.]?[0-9])(?!\w)"
)
_AIRLINER = regex(
    rf"(?<![{_HYPHEN}\w,.])(?P<maker>(?:Boeing|B)\s?)?(?P<type>7[0-8]7)(?:(?P<many>s)(?!\w)|"
    rf"[{_HYPHEN}](?P<series>[1-9]00|[89]|10)(?P<letters>ER|LR|F|SP)?(?!\w)|(?=\s(?:MAX|Max|Dreamliner)))"
)
_SLASHED = regex(
    rf"(?<![\w/])(?!FY[0-9])(?P<first>[A-Z]{{1,2}}[{_HYPHEN}]?[0-9]{{1,3}}[A-Z]?[0-9]?|"
    rf"[2-6]G)/(?=[A-Z]{{1,2}}[{_HYPHEN}]?[0-9A-Z]|[2-6]G|[0-9]{{2}}(?!\w))"
)
_VARIANT = regex(r"(?<![\w.])(?P<line>BA|XBB|JN|KP|B|BQ)(?P<numbers>(?:\.[0-9]{1,3}){1,4})(?![\w.]?[0-9])(?!\w)")
#: Papers of the United Nations: A/RES/2758, S/2015/540.
_PAPER = regex(
    r"(?<![\w/])(?P<organ>[ASE])/(?:(?P<kind>[A-Z]{2,4})/(?P<session>ES-)?(?=[0-9])|(?=[0-9]{2,4}/[0-9]))"
    r"(?P<numbers>[0-9]{1,4}(?:/[0-9]{1,4}){0,3})(?![\w/])"
)
_RUN = regex(r"[A-Za-z]+|[0-9]+")
#: "one-in-5", "100s": an ordinary word tied to a number is no designation, nor are many of a number.
_WORD_AND_NUMBER = regex(rf"[a-z]+[{_HYPHEN}][0-9]+s?|[0-9]+s")
_VOWEL = regex(r"[aeiouyAEIOUY]")

#: Designations that people say in a way of their own.
_OWN = {
    "M777": "M triple seven",
    "C4ISR": "C four I S R",
    "P5": "P five",
    "V2": "V two",
    "CO2": "C O two",
    "4x4": "four by four",
    "3D": "three D",
    "WW1": "World War One",
    "WW2": "World War Two",
    "WW3": "World War Three",
}
#: Runs of letters that are spelled although they have a vowel, or said although they have none.
_RUNS = {"Il": "I L", "An": "A-N-", "IL": "I L", "AN": "A-N-", "Mk": "Mark", "mk": "Mark", "MK": "Mark", "SARS": "Sars"}


_KINDS_OF_PAPER = {"RES": "res", "DEC": "dec"}
#: J-10Cs, DF-21Ds.
_MANY_LETTERS = regex(r"[A-Z]{1,2}s")


def _designation(found: re.Match[str], locale: Locale) -> Said | None:
    """Letters spelled or said, digits as in "one oh one", a last s as the plural of what is before it."""
    del locale
    whole = found[0]
    own = found.groupdict().get("own") or ""
    whole = whole[: len(whole) - len(own)]
    if _WORD_AND_NUMBER.fullmatch(whole):
        return None
    written = re.sub(rf"[{_HYPHEN}/]", "", whole)
    if written in _OWN:
        return Said(_OWN[written] + own)
    if written.endswith("s") and written[:-1] in _OWN:
        return Said(plural_of(_OWN[written[:-1]]) + own)
    return Said(
        in_words(whole) + own,
        1.0 if re.match(r"[A-Z]|[0-9]+[A-Z]|[a-z][A-Z]|1?[0-9]{1,2}[a-z]|[a-z]{1,2}[0-9]", whole) else 0.8,
    )


def in_words(written: str) -> str:
    """A designation as people say it: "F-16s" is "F sixteens"."""
    runs = _RUN.findall(written)
    is_many = len(runs) > 1 and runs[-1] == "s" and runs[-2].isdigit()
    if _MANY_LETTERS.fullmatch(runs[-1]) and len(runs) > 1:
        return f"{in_words(written[:-1])}'s"
    words = [_said(run) for run in (runs[:-1] if is_many else runs)]
    said = "".join(word if word.endswith("-") else f"{word} " for word in words).rstrip(" ").removesuffix("-")
    return plural_of(said) if is_many else said


def _early(found: re.Match[str], locale: Locale) -> str:
    del locale
    return in_words(found[0])


def _coded(found: re.Match[str], locale: Locale) -> Said:
    """UN 2758, HR 1234: the number of a resolution or a bill, the letters are left to the rules of letters."""
    del locale
    return Said(pairs(found["code"]), start=found.start("code"), end=found.end("code"))


def _airliner(found: re.Match[str], locale: Locale) -> Said:
    """Boeing 737-800 "seven thirty-seven eight hundred"; by itself it might be from one number to another."""
    del locale
    said = pairs(found["type"])
    if found["series"]:
        letters = f" {spelled(found['letters'])}" if found["letters"] else ""
        said += f" {pairs(found['series'])}{letters}"
    is_sure = found["maker"] or not found["series"] or len(found["series"]) < 3
    start = found.end("maker") if found["maker"] and found["maker"].strip() != "B" else found.start()
    said = f"B {said}" if start == found.start() and found["maker"] else said
    return Said(plural_of(said) if found["many"] else said, 1.0 if is_sure else 0.8, start, found.end())


def _slashed(found: re.Match[str], locale: Locale) -> str:
    """T-72/T-90, A2/AD: nobody says the stroke."""
    del locale
    return f"{found['first']} "


def _variant(found: re.Match[str], locale: Locale) -> str:
    """BA.5, B.1.1.7: of a virus, without the points."""
    del locale
    return " ".join([" ".join(found["line"]), *(pairs(number) for number in re.findall("[0-9]+", found["numbers"]))])


def _paper(found: re.Match[str], locale: Locale) -> str:
    """A/RES/2758 "A res twenty-seven fifty-eight", S/2015/540 "S twenty fifteen five forty"."""
    del locale
    kind = found["kind"] or ""
    letters = [found["organ"], _KINDS_OF_PAPER.get(kind, " ".join(kind)), "E S" if found["session"] else ""]
    said = " ".join([*filter(None, letters), *map(pairs, found["numbers"].split("/"))])
    return f"A-{said[2:]}" if found["organ"] == "A" else said


def _said(run: str) -> str:
    if run.isdigit():
        return pairs(run)
    if run in _RUNS:
        return _RUNS[run]
    if run in SAID_OTHERWISE:
        return SAID_OTHERWISE[run]
    if run in SAID_AS_WORDS or run in ORDINARY or run in SOUNDS:
        return run
    is_spelled = run in SPELLED or (run.isupper() and len(run) <= 3) or not _VOWEL.search(run)
    return spelled(run.upper() if not _VOWEL.search(run) else run, has_word_after=True) if is_spelled else run


_CODE_SPACED = figure(r"[A-Zs]\s[0-9]{3}", before=f"{ascii_uppercase}s")
_SEVENS = figure(r"7[0-8]7(?:s|[-‐‑–]|\s[MD])", after="s-‐‑–MD")
_HYPHENED = figure(
    r"[A-Zh][-‐‑–][0-9](?:[0-9]{3}|[0-9]{0,2}(?:[-‐‑–]|X))|[A-Z][-‐‑–][A-Z]{1,2}[-‐‑–][0-9]|[a-z][-‐‑–][0-9]{1,3}[s/]|"
    r"[0-9][A-Z][-‐‑–][0-9]",
    before="-‐‑–",
)
_STROKE = clue(r"[0-9][A-Z]?[0-9]?/[A-Z0-9]", "/")
_DOCUMENT = figure(r"/(?<=\b[ASE]/)[A-Z0-9]")
_POINTED = figure(r"(?:BA|XBB|JN|KP|B|BQ)\.[0-9]", before=".")
_LETTER_AND_FIGURE = figure(rf"[0-9](?:(?<=[A-Za-z][0-9])|(?<=[A-Za-z][{_HYPHEN}][0-9]))")

#: Before the rules of numbers.
EARLY_DESIGNATION_RULES = (
    Rule("designation", _DOCUMENT, _PAPER, _paper),
    Rule("designation", _CODE_SPACED, _CODED, _coded),
    Rule("designation", _SEVENS, _AIRLINER, _airliner),
    Rule("designation", _HYPHENED, _EARLY, _early),
    Rule("designation", _POINTED, _VARIANT, _variant),
    Rule("designation", _STROKE, _SLASHED, _slashed),
)

DESIGNATION_RULES = (
    Rule("designation", _LETTER_AND_FIGURE, _LETTERS_FIRST, _designation),
    Rule("designation", LETTERED, _DIGITS_FIRST, _designation),
)
