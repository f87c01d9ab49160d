"""Floor 3, sources: WordPress's shortcodes, `[caption]...[/caption]` -> HTML, or nothing and the reason. Pure.

Authors write brackets too: [sic], [the minister]. A word in brackets is a shortcode only if it is one that WordPress or
a widely used plugin has, has attributes (`name="value"`), is closed ([/name]), or has an underscore, as no word has.
"""

import html
import re
from collections.abc import Callable

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.exports.notes import Notes

#: A tag of HTML, which is passed over, or what may be a shortcode. Doubled brackets are WordPress's way to show one.
TOKEN = regex(
    r"<[^<>]*>"
    r"|(?P<escape>\[)?\[(?P<closes>/)?(?P<name>[A-Za-z][\w-]{1,40})(?P<rest>(?:[\s=:][^\[\]<>]*(?:<[^<>]*>[^\[\]<>]*)*)?)"
    r"/?\](?P<escaped>\])?"
)
#: `[name/]` and `[name a="b" /]`, but not an address that ends in a slash.
SINGLE = regex(r"(?:[\s\"']|^\[\w+)/\]\Z")
ATTRIBUTE = regex(r"""([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))|(\S+)""")
NAMED = regex(r"""[A-Za-z][\w-]*\s*=\s*["'“”″\w]""")
PICTURE = regex(r"\s*((?:<a\b[^<>]*>)?\s*<img\b[^<>]*>\s*(?:</a>)?)", re.IGNORECASE)
WEB_ADDRESS = regex(r"https?://[^\s\"'<>\]]+", re.IGNORECASE)

NOTES = frozenset(["footnote", "fn", "ref", "efn_note", "mfn", "footnotes_note", "sidenote"])
EMBEDS = frozenset(
    ["embed", "youtube", "vimeo", "tweet", "twitter", "instagram", "facebook", "soundcloud", "spotify", "tiktok", "ted"]
)
CODE = frozenset(["code", "sourcecode"])
PLAYERS = {"audio": "audio", "video": "video"}
GALLERY = "a gallery whose pictures are not in the export"
REPORTED = {
    "gallery": GALLERY,
    "playlist": "a player whose recordings are not in the text",
    "audio": "a player without an address",
    "video": "a player without an address",
    "toc": "a table of contents, made by the site",
}
PLUGIN = "a shortcode that a plugin of the site fills in; its text is not in the export"
KNOWN = NOTES | EMBEDS | CODE | REPORTED.keys() | {"caption", "wp_caption", "latex", "contact-form", "contact-form-7"}


class Tag(Struct, frozen=True, kw_only=True):
    """One shortcode tag of a text: what stands there from ``start`` to ``end``."""

    name: str
    rest: str
    closes: bool
    single: bool
    start: int
    end: int

    @property
    def is_certain(self) -> bool:
        """Whether it is a shortcode even if one of its name is never closed."""
        return self.name in KNOWN or "_" in self.name or self.single or NAMED.search(self.rest) is not None


class Opened(Struct, kw_only=True):
    """A shortcode that is being read: its tag, and the HTML inside it so far."""

    tag: Tag | None
    inside: list[str]


def without_shortcodes(text: str, *, notes: Notes) -> tuple[str, tuple[Removal, ...]]:
    """``text`` with HTML in the place of its shortcodes, and those that were taken out. Footnotes go to ``notes``."""
    if "[" not in text:
        return text, ()
    tags = _tags(text)
    partners = _partners(tags)
    closed = {tag.name for tag in tags if tag.closes}
    removals: list[Removal] = []
    stack = [Opened(tag=None, inside=[])]
    at = 0
    for number, tag in enumerate(tags):
        partner = partners.get(number)
        if not (tag.is_certain or tag.name in closed):
            continue
        stack[-1].inside.append(text[at : tag.start])
        at = tag.end
        if partner is None:
            stack[-1].inside.append(_alone(tag, text[tag.start : tag.end], removals=removals))
        elif tag.closes:
            done = stack.pop()
            stack[-1].inside.append(_paired(done, notes=notes))
        else:
            stack.append(Opened(tag=tag, inside=[]))
    return _unescaped("".join([*stack[0].inside, text[at:]])), tuple(removals)


def _tags(text: str) -> list[Tag]:
    return [
        Tag(
            name=found["name"].lower(),
            rest=found["rest"],
            closes=bool(found["closes"]),
            single=SINGLE.search(found[0].removesuffix("]") if found["escaped"] else found[0]) is not None,
            start=found.start(),
            end=found.end(),
        )
        for found in TOKEN.finditer(text)
        if found["name"] and not (found["escape"] and found["escaped"])
    ]


def _partners(tags: list[Tag]) -> dict[int, int]:
    """The number of the tag that closes each one, and of the one that it closes, of all that are closed."""
    partners: dict[int, int] = {}
    open_: list[int] = []
    waiting: dict[str, int] = {}
    for number, tag in enumerate(tags):
        if not tag.closes:
            if not tag.single:
                open_.append(number)
                waiting[tag.name] = waiting.get(tag.name, 0) + 1
            continue
        while waiting.get(tag.name, 0):
            opening = open_.pop()
            waiting[tags[opening].name] -= 1
            if tags[opening].name == tag.name:
                partners |= {number: opening, opening: number}
                break
    return partners


def _paired(done: Opened, *, notes: Notes) -> str:
    inside = "".join(done.inside)
    tag = done.tag
    if tag is None:
        return inside
    if tag.name in NOTES:
        return notes.mark(inside)
    return PAIRED.get(tag.name, _kept)(tag, inside)


def _kept(_: Tag, inside: str) -> str:
    return inside


def _figure(tag: Tag, inside: str) -> str:
    picture = PICTURE.match(inside)
    if picture is None:
        return inside
    caption = inside[picture.end() :].strip() or _attributes(tag.rest).get("caption", "")
    return f'\n\n<figure class="wp-caption">{picture[1]}<figcaption>{caption}</figcaption></figure>\n\n'


def _embedded(tag: Tag, inside: str) -> str:
    return _embed(inside) or _embed(tag.rest) or inside


def _code(tag: Tag, inside: str) -> str:
    attributes = _attributes(tag.rest)
    language = attributes.get("language") or attributes.get("lang") or ""
    # The editor has written < and & as entities where the code stands in its visual mode.
    code = html.escape(html.unescape(inside.strip("\n")), quote=False)
    return f'\n\n<pre><code class="language-{html.escape(language)}">{code}</code></pre>\n\n'


def _player(tag: Tag, inside: str) -> str:
    address = WEB_ADDRESS.search(f"{tag.rest} {inside}")
    kind = PLAYERS[tag.name]
    return f'\n\n<{kind} controls src="{html.escape(address[0])}"></{kind}>\n\n' if address else ""


PAIRED: dict[str, Callable[[Tag, str], str]] = {
    "caption": _figure,
    "wp_caption": _figure,
    **dict.fromkeys(EMBEDS, _embedded),
    **dict.fromkeys(CODE, _code),
    **dict.fromkeys(PLAYERS, _player),
}


def _alone(tag: Tag, written: str, *, removals: list[Removal]) -> str:
    made = ""
    if tag.name in EMBEDS:
        made = _embed(tag.rest)
    elif tag.name in PLAYERS:
        made = _player(tag, "")
    if not made:
        removals.append(Removal(text=written, reason=REPORTED.get(tag.name, PLUGIN)))
    return made


def _embed(text: str) -> str:
    """What WordPress makes of an address on a line of its own; "" if there is none in ``text``."""
    address = WEB_ADDRESS.search(html.unescape(text))
    return f"\n\n{embed_figure(address[0])}\n\n" if address else ""


def embed_figure(address: str) -> str:
    """The HTML of something that stands elsewhere, as WordPress's own embed block has it."""
    shown = html.escape(address)
    return f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">{shown}</div></figure>'


def _attributes(rest: str) -> dict[str, str]:
    return {
        found[1].lower(): next((value for value in found.groups()[1:4] if value is not None), "")
        for found in ATTRIBUTE.finditer(rest)
        if found[1]
    }


def _unescaped(text: str) -> str:
    return re.sub(r"\[(\[/?[A-Za-z][\w-]{1,40}[^\[\]]*\])\]", r"\1", text)
