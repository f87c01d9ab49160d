"""Floor 3, sources: what a tag of Jekyll or Hugo shows: a figure, something embedded, or nothing known. Pure."""

import re

from msgspec import Struct

from pipeline.model import BlockKind
from pipeline.patterns import regex

COMMENT_REASON = "a comment in the source, not part of the text"
MADE_REASON = "a tag of the site's generator; what it shows is not in this file"
VALUE_REASON = "a value that the site's generator fills in; it is not in this file"

FIGURES = regex(r"(?:^|[\W_])(?:figure|fig|image|img|imgproc|picture|photo)(?:$|[\W_])")
#: Name of the tag -> site, and the address of what it shows.
SITES = {
    "youtube": ("YouTube", "https://www.youtube.com/watch?v={id}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{id}"),
    "instagram": ("Instagram", "https://www.instagram.com/p/{id}/"),
    "gist": ("GitHub", "https://gist.github.com/{whose}{id}"),
    **dict.fromkeys(["tweet", "twitter", "x", "x_simple"], ("X", "https://x.com/{whose}status/{id}")),
}
#: X finds a post by its number, whatever stands here.
ANYBODY = {"X": "i/"}
ARGUMENT = regex(r"""(?:([\w.-]+)\s*=\s*)?("[^"]*"|'[^']*'|`[^`]*`|[^\s"'`]+|["'`])""")
IDENTIFIER = regex(r"[\w-]+")


class Shown(Struct, frozen=True, kw_only=True):
    """What a tag shows, as far as it says so itself: ``text`` and ``caption`` are inline Markdown.

    ``kind`` is FIGURE, EMBED, or BOILERPLATE with the ``reason`` why nothing is known of it.
    """

    kind: BlockKind
    text: str = ""
    caption: str = ""
    url: str = ""
    reason: str = ""


class _Tag(Struct, frozen=True, kw_only=True):
    name: str
    named: dict[str, str]
    others: tuple[str, ...]


def shown_by(source: str) -> Shown | None:
    """What the tag ``source``, braces included, shows; None for marks that only open or close a part of the text."""
    inside = source.strip("{}<>%- \t\n")
    if source.startswith("{{") and not source.startswith(("{{<", "{{%")):
        is_comment = inside.startswith("/*")
        return Shown(kind=BlockKind.BOILERPLATE, reason=COMMENT_REASON if is_comment else VALUE_REASON)
    tag = _tag(inside)
    if tag.name.startswith(("/", "end", "raw")):
        return None
    return _figure(tag) or _embed(tag) or Shown(kind=BlockKind.BOILERPLATE, reason=MADE_REASON)


def _tag(inside: str) -> _Tag:
    name, _, rest = inside.partition(" ")
    pairs = [(found[1], _unquoted(found[2])) for found in ARGUMENT.finditer(rest)]
    others = tuple(value for key, value in pairs if not key)
    if name in {"include", "include_cached", "partial"} and others:
        # `{% include media/figure.html caption="..." %}` is named for its file.
        name, others = re.sub(r"\A.*/|\.\w+\Z", "", others[0]), others[1:]
    return _Tag(name=name.casefold(), named={key: value for key, value in pairs if key}, others=others)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[0] in "\"'`" else value


def _figure(tag: _Tag) -> Shown | None:
    if not FIGURES.search(tag.name):
        return None
    caption = tag.named.get("caption") or tag.named.get("title", "")
    return Shown(kind=BlockKind.FIGURE, text=tag.named.get("alt", ""), caption=caption)


def _embed(tag: _Tag) -> Shown | None:
    site = next((name for name in SITES if tag.name == name or tag.name.startswith(f"{name}_")), None)
    if site is None:
        return None
    label, pattern = SITES[site]
    id_, user = _identifiers(tag)
    whose = f"{user}/" if user else ANYBODY.get(label, "")
    is_known = IDENTIFIER.fullmatch(id_) is not None and (not user or IDENTIFIER.fullmatch(user) is not None)
    url = id_ if id_.startswith("https://") else pattern.format(id=id_, whose=whose) if is_known else ""
    return Shown(
        kind=BlockKind.EMBED, caption=tag.named.get("title") or (f"{user} on {label}" if user else label), url=url
    )


def _identifiers(tag: _Tag) -> tuple[str, str]:
    """What is shown, and whose it is: `user="ines" id="1"`, `ines 1` or `1`."""
    id_ = tag.named.get("id") or next(reversed(tag.others), "")
    return id_, tag.named.get("user") or (tag.others[0] if len(tag.others) > 1 else "")
