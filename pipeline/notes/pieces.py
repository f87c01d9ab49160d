"""Inside the notes: one piece of HTML of one text, with nothing in it that XML or an app would choke on. Pure."""

import html
import re
from urllib.parse import quote

from pipeline.patterns import regex

_ADDRESS_LIMIT_BYTES = 2000

# What XML 1.0 (section 2.2, Char) does not allow in a document, escaped or not.
_UNCARRIED = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN_ADDRESS = regex(r"https?://[A-Za-z0-9.\-:\[\]]+(/[A-Za-z0-9._~/!$&'()*+,;=:@%\-]*)?")


def carried_text(text: str) -> str:
    """``text`` without the characters that neither XML nor HTML can carry: control characters, lone surrogates."""
    return _UNCARRIED.sub("", text)


def web_address(url: str) -> str:
    """``url`` with what is not ASCII percent-encoded; empty if it is no http(s) address. Source: RFC 3986, RFC 3987."""
    scheme, separator, rest = carried_text(url).strip().partition("://")
    if scheme.lower() not in {"http", "https"} or not separator or not re.match(r"[^\s/?#]", rest):
        return ""
    address = scheme.lower() + separator + quote(rest, safe=":/?#[]@!$&'()*+,;=%~")
    return address if size(html.escape(address)) <= _ADDRESS_LIMIT_BYTES else ""


def is_plain_address(url: str) -> bool:
    """Whether every client asks for ``url`` as it stands: http(s), ASCII, no blanks.

    Source: RFC 3986; feeds.md A18 and section 5, number 7: gPodder and podboat fail on others.
    """
    return _PLAIN_ADDRESS.fullmatch(url) is not None


def paragraph(text: str) -> str:
    """``text`` as a paragraph that keeps its lines; nothing for nothing."""
    lines = [escaped(line) for line in text.splitlines()]
    kept = "<br>".join(line for line in lines if line)
    return f"<p>{kept}</p>" if kept else ""


def anchor(address: str, text: str) -> str:
    """A link to ``address`` under ``text``."""
    return f'<a href="{html.escape(address)}">{escaped(text)}</a>'


def escaped(text: str) -> str:
    """``text`` on one line, for HTML."""
    return html.escape(" ".join(carried_text(text).split()), quote=False)


def shortened(text: str, limit_bytes: int) -> str:
    """``text``, or as much of it as ends at a blank, where its HTML would take more than ``limit_bytes``."""
    line = " ".join(carried_text(text).split())
    if size(escaped(line)) <= limit_bytes:
        return text
    room, end = limit_bytes - size("…"), 0
    for character in line:
        room -= size(html.escape(character, quote=False))
        if room < 0:
            break
        end += 1
    # Languages without blanks are cut between characters.
    return (line[:end].rpartition(" ")[0] or line[:end]) + "…"


def size(text: str) -> int:
    """How many bytes ``text`` takes in a feed."""
    return len(text.encode())
