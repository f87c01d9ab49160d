"""Floor 3, voices: the licence that the card of a model states. Pure.

Cards are Markdown by many hands: a line of a list, a heading with text below it, YAML at the top.
"""

import re

from pipeline.patterns import regex
from pipeline.voices.offers import printable

_LINE = regex(r"^[^\w\n]*licen[cs]e[^\w\n:=]*[:=][^\S\n]*(?P<words>[^\n]*\w[^\n]*)$", re.IGNORECASE | re.MULTILINE)
_HEADING = regex(r"^#+[^\S\n]*licen[cs]e\W*\n+(?![^\S\n]*#)[^\w\n]*(?P<words>\w[^\n]*)$", re.IGNORECASE | re.MULTILINE)
_LINK = regex(r"\[([^\]]+)\]\(([^)\s]+)[^)]*\)")
_ADDRESS = regex(r"^[^\w\n]*url[^\w\n:]*:\W*?(?P<words>https?://[^\s>)\]]+)", re.IGNORECASE | re.MULTILINE)
_ELSEWHERE = regex(r"see (the )?(url|link)( above| below)?\.?", re.IGNORECASE)

_MOST_CHARS = 200


def licence_in(card: str) -> str:
    """The licence that ``card`` states, in its words and on one line; "" if it states none.

    Several (of the recordings and of what the model was trained from) are joined by "; ". Where it says "see URL", the
    address that it gives is named.
    """
    found = [*_LINE.finditer(card), *_HEADING.finditer(card)]
    stated = [_in_words(match["words"], card) for match in sorted(found, key=lambda match: match.start())]
    return "; ".join(dict.fromkeys(words for words in stated if words))[:_MOST_CHARS]


def _in_words(stated: str, card: str) -> str:
    """Without the marks of Markdown, and "[CC BY 4.0](https://...)" as "CC BY 4.0 (https://...)"."""
    plain = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", stated)
    words = printable(re.sub(r"[*`<>\"]", " ", plain)).strip("_ ")
    address = _ADDRESS.search(card)
    return f"see {address['words']}" if _ELSEWHERE.fullmatch(words) and address else words
