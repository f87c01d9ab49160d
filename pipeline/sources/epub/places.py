"""Floor 3, sources: where a link inside a book leads. Pure."""

import posixpath
import unicodedata
from urllib.parse import unquote, urlsplit


def member_at(href: str, *, base: str) -> tuple[str, str]:
    """Name of the member that ``href`` in the member ``base`` leads to, and the place in it; "" for one outside."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    fragment = unquote(parts.fragment)
    if not parts.path:
        return base, fragment
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), unquote(parts.path)))
    return unicodedata.normalize("NFC", joined.lstrip("/")), fragment
