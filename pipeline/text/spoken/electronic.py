"""Addresses, handles and hashtags, said shortly: nobody wants to hear a query string."""

import re

from pipeline.text.locale import Locale
from pipeline.text.numbers import MOST_DIGITS, cardinal, digits
from pipeline.text.spoken.edits import Need, Rule, Said

_TOP = r"(?:com|org|net|gov|edu|int|info|news|media|eu|uk|us|de|fr|ru|ua|cn|io|co|tv|ai|example)"
_HOST = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}{_TOP}"
_URL = re.compile(
    r"(?<!\w)(?:[a-z]{2,6}://|www\.)(?P<host>[\w.-]{1,253}(?<![.-]))(?P<rest>[/?#:][^\s\"”’)\]>]*(?<![.,;:!?]))?"
)
_MAIL = re.compile(rf"(?<![\w.])(?P<name>[\w.+-]{{1,64}})@(?P<host>{_HOST})(?!\w)")
_DOMAIN = re.compile(rf"(?<![\w.@/-])(?P<host>{_HOST})(?![\w@-])(?P<rest>/[\w/.-]*(?<!\.))?")
_HASHTAG = re.compile(r"(?<!\w)#(?P<name>[^\W\d]\w*)")
_HANDLE = re.compile(r"(?<![\w.])@(?P<name>[A-Za-z]\w*)")
_PART = re.compile(r"[0-9]+|[A-Z]{2,}(?![a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]|[^\W_]")
_SHORT_PATH = re.compile(r"/[A-Za-z-]{1,20}/?")


def _url(found: re.Match[str], locale: Locale) -> Said:
    """The host, and the path where it is one plain word; an editor should look where more was left out."""
    host = _dotted(found["host"].removeprefix("www."), locale)
    rest = found["rest"] or ""
    if _SHORT_PATH.fullmatch(rest):
        return Said(f"{host} slash {_words(rest.strip('/'), locale)}")
    return Said(host, 0.8 if rest.strip("/") else 1.0)


def _mail(found: re.Match[str], locale: Locale) -> str:
    return f"{_dotted(found['name'], locale)} at {_dotted(found['host'], locale)}"


def _hashtag(found: re.Match[str], locale: Locale) -> str:
    return f"hashtag {_words(found['name'], locale)}"


def _handle(found: re.Match[str], locale: Locale) -> str:
    return f"at {_words(found['name'], locale)}"


def _dotted(name: str, locale: Locale) -> str:
    return " dot ".join(_words(part, locale) for part in re.split("[.]+", name) if part)


def _words(name: str, locale: Locale) -> str:
    """The words inside a name: at capitals, digits, hyphens and underscores."""
    return " ".join(_number(part, locale) if part.isdigit() else part for part in _PART.findall(name))


def _number(figures: str, locale: Locale) -> str:
    if not figures.isascii():
        return figures  # the rules of other scripts' digits take it from here
    if len(figures) > MOST_DIGITS or figures.startswith("0"):
        return digits(figures)
    return cardinal(int(figures), locale)


ELECTRONIC_RULES = (
    Rule("address", Need.ANY, _URL, _url),
    Rule("address", Need.SYMBOL, _MAIL, _mail),
    Rule("address", Need.STOP, _DOMAIN, _url),
    Rule("hashtag", Need.SYMBOL, _HASHTAG, _hashtag),
    Rule("handle", Need.SYMBOL, _HANDLE, _handle),
)
