"""Addresses, handles, hashtags and telephone numbers, said shortly: nobody wants to hear a query string."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import MOST_DIGITS, cardinal, digits, year
from pipeline.text.english.spoken.acronyms import SPELLED, spelled
from pipeline.text.needs import clue, figure, sign

#: Ends of names that are no English words.
_TOP = (
    r"(?:com|org|net|gov|edu|int|mil|info|news|media|eu|uk|us|de|fr|ru|ua|cn|io|co|tv|ai|ca|au|nz|jp|kr|tw|hk|sg|"
    r"il|ir|tr|gr|"
    r"pl|cz|es|pt|nl|se|dk|fi|ch|ie|br|mx|za|sa|ae|qa|pk|bd|lk|ge|rs|hu|ro|bg|hr|lt|lv|ee|md|kz|uz|app|dev|blog|"
    r"site|xyz|"
    r"social|press|online|example)"
)
_HOST = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}{_TOP}"
#: Short names of one kind of page whose end is an English word.
_SHORT_HOSTS = r"(?:t\.me|bit\.ly|youtu\.be|wa\.me|fb\.me|t\.co|goo\.gl|buff\.ly|ow\.ly|redd\.it|tinyurl\.com|who\.int)"
_URL = regex(
    r"(?<!\w)(?:[a-z]{2,6}://|www\.)(?P<host>[\w.-]{1,253}(?<![.-]))(?P<rest>[/?#:][^\s\"”’)\]>]*(?<![.,;:!?]))?"
)
_MAIL = regex(rf"(?<![\w.])(?:mailto:)?(?P<name>[\w.+-]{{1,64}})@(?P<host>(?i:{_HOST}))(?!\w)")
_DOMAIN = regex(
    rf"(?<![\w.@/-])(?P<host>{_SHORT_HOSTS}|{_HOST})(?![\w@-])(?P<rest>/[\w/.?=&%#@-]*(?<![.?]))?(?P<possessive>['’]s)?"
)
#: The .com boom, the .uk names.
_TOP_ALONE = regex(rf"(?<![\w.])\.(?P<top>{_TOP}|NET|me|su)(?![\w.])")
_FILE = regex(
    r"(?<![\w./@-])(?P<name>[\w-]{1,64})\.(?P<kind>pdf|docx?|xlsx?|pptx?|csv|txt|zip|jpe?g|png|gif|mp[34]|html?|md|"
    r"json|exe|js)(?![\w.]*\w)"
)
#: The .docx that was sent.
_KIND_ALONE = regex(
    r"(?<![\w.])\.(?P<kind>pdf|docx?|xlsx?|pptx?|csv|txt|zip|jpe?g|png|gif|mp[34]|html?|json|exe|js)(?![\w.]*\w)"
)
_HASHTAG = regex(r"(?<!\w)#(?P<name>[^\W\d]\w*)")
_HANDLE = regex(r"(?<![\w.])@(?P<name>[A-Za-z_]\w*|[0-9]{1,4}[A-Z][a-z]\w*)(?P<host>@[\w.-]{1,253}(?<![.-]))?")
_AT_BEFORE = regex(r"\b[Aa]t\s\Z")
_PHONE = regex(
    r"(?<![\w+])(?:\+[0-9]{1,3}(?![0-9])(?:[\s.-]?\(?[0-9]++\)?){1,6}+|\([0-9]{3}\)\s?[0-9]{3}[-.\s][0-9]{4}|"
    r"0[0-9]{2,4}(?:\s[0-9]{3,4}){2})(?!\w)(?![.,][0-9])"
)
#: Source: ITU-T E.164, section 6: no international number is longer.
_MOST_OF_A_PHONE = 15
_FEWEST_OF_A_PHONE = 8
#: What a hashtag or an address with four figures at its end is about.
_YEAR = regex("(?:19|20)[0-9]{2}")
_PART = regex(r"[0-9]+|[A-Z]{2,}(?![a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]|[^\W_]")
_KINDS = {
    "pdf": "P D F",
    "doc": "doc",
    "docx": "doc X",
    "html": "H T M L",
    "htm": "H T M",
    "md": "M D",
    "js": "J S",
    "gif": "gif",
}
_VOWELS = frozenset("aeiouy")
_SPELLED_LABELS = frozenset(
    {
        "uk",
        "us",
        "eu",
        "un",
        "ai",
        "io",
        "ua",
        "fr",
        "de",
        "ru",
        "cn",
        "tv",
        "ie",
        "es",
        "se",
        "fi",
        "au",
        "ca",
        "ch",
        "il",
        "ir",
        "ae",
        "sa",
        "za",
        "iaea",
        "osce",
        "imf",
        "ecb",
        "iiss",
        "ecfr",
        "cfr",
        "fao",
        "oecd",
    }
)
_SHORT_PATH = regex(r"/[A-Za-z-]{1,20}/?")


def _url(found: re.Match[str], locale: Locale) -> Said:
    """The host, and the path where it is one plain word; an editor should look where more was left out."""
    host = _dotted(found["host"].removeprefix("www."), locale)
    rest = found["rest"] or ""
    if _SHORT_PATH.fullmatch(rest):
        return Said(f"{host} slash {_words(rest.strip('/'), locale)}")
    return Said(host, 0.8 if rest.strip("/") else 1.0)


def _domain(found: re.Match[str], locale: Locale) -> Said:
    said = _url(found, locale)
    return Said(f"{said.text}{found['possessive'] or ''}", said.confidence)


def _top_alone(found: re.Match[str], locale: Locale) -> str:
    return f"dot {_label(found['top'], locale)}"


def _file(found: re.Match[str], locale: Locale) -> str:
    kind = found["kind"]
    return f"{_words(found['name'], locale)} dot {_KINDS.get(kind) or _label(kind, locale)}"


def _kind_alone(found: re.Match[str], locale: Locale) -> str:
    return f"dot {_KINDS.get(found['kind']) or _label(found['kind'], locale)}"


def _mail(found: re.Match[str], locale: Locale) -> str:
    name, host = (found[part].lower() if found[0].isupper() else found[part] for part in ("name", "host"))
    return f"{_dotted(name, locale)} at {_dotted(host, locale)}"


def _hashtag(found: re.Match[str], locale: Locale) -> str:
    return f"hashtag {_words(found['name'], locale)}"


def _handle(found: re.Match[str], locale: Locale) -> str:
    """Its "at" is said once, also where the sentence has one of its own."""
    name = _words(found["name"], locale)
    if found["host"]:
        name += f" at {_dotted(found['host'][1:], locale)}"
    return name if _AT_BEFORE.search(found.string[max(0, found.start() - 4) : found.start()]) else f"at {name}"


def _phone(found: re.Match[str], locale: Locale) -> Said | None:
    """Digit by digit, with a breath between the groups."""
    del locale
    groups = re.findall("[0-9]+", found[0])
    is_count = groups[-1] == "000"
    if is_count or not _FEWEST_OF_A_PHONE <= len("".join(groups)) <= _MOST_OF_A_PHONE:
        return None
    said = ", ".join(digits(group) for group in groups)
    return Said(f"plus {said}" if found[0].startswith("+") else said, 0.9)


def _dotted(name: str, locale: Locale) -> str:
    parts = [part for part in re.split("[.]+", name) if part]
    return " dot ".join(_label(part, locale) for part in parts)


def _label(part: str, locale: Locale) -> str:
    """One part of an address: letters that a voice would make a word of are spelled, "uk" is "U K"."""
    if part in _SPELLED_LABELS or (part.islower() and part.upper() in SPELLED and not _VOWELS & set(part)):
        return spelled(part.upper(), has_word_after=True).removesuffix("-")
    return _words(part, locale)


def _words(name: str, locale: Locale) -> str:
    """The words inside a name: at capitals, digits, hyphens and underscores."""
    return " ".join(_number(part, locale) if part.isdigit() else part for part in _PART.findall(name))


def _number(figures: str, locale: Locale) -> str:
    if not figures.isascii():
        return figures  # the rules of other scripts' digits take it from here
    if len(figures) > MOST_DIGITS or figures.startswith("0"):
        return digits(figures)
    return year(int(figures), locale) if _YEAR.fullmatch(figures) else cardinal(int(figures), locale)


_WEB = clue(r"://|www\.", ":.")
_AT = sign("@")
_TIED_STOP = clue(r"\.(?:[a-z]|NET)", ".")
_TELEPHONE = figure(r"[+(0](?:(?<=\+)[0-9]|(?<=\()[0-9]{3}\)|(?<=\b0)[0-9]{2,4}\s[0-9]{3})")
_CROSSHATCH = sign("#")

ELECTRONIC_RULES = (
    Rule("address", _WEB, _URL, _url),
    Rule("address", _AT, _MAIL, _mail),
    Rule("address", _TIED_STOP, _DOMAIN, _domain),
    Rule("address", _TIED_STOP, _TOP_ALONE, _top_alone),
    Rule("address", _TIED_STOP, _FILE, _file),
    Rule("address", _TIED_STOP, _KIND_ALONE, _kind_alone),
    Rule("telephone", _TELEPHONE, _PHONE, _phone),
    Rule("hashtag", _CROSSHATCH, _HASHTAG, _hashtag),
    Rule("handle", _AT, _HANDLE, _handle),
)
