"""Floor 3, sources: the text of a WordPress post as it is kept -> plain HTML, and what was taken out of it. Pure.

Two editors write it: the older one in text with tags, blank lines and shortcodes, the newer one in HTML between block
comments (`<!-- wp:paragraph -->`). A post may hold both.
"""

import re

import msgspec

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.exports.notes import Notes
from pipeline.sources.exports.paragraphs import paragraphs_of
from pipeline.sources.exports.shortcodes import embed_figure, without_shortcodes

#: Its settings are JSON in which WordPress writes < and > as \u003c and \u003e.
BLOCK = regex(r"<!--\s+(?P<closes>/)?wp:(?P<name>[a-z][a-z0-9/_-]*)\s+(?:\{[^<>]*\}\s+)?(?P<single>/)?-->")
#: Blocks whose text is as the older editor keeps it.
CLASSIC = frozenset({"freeform"})
#: What `the_content` of WordPress itself turns into a player or card: an address alone on its line, of one of these.
EMBEDDED = regex(
    r"^[ \t]*(?:<p>)?(?P<url>https?://(?:www\.|m\.|mobile\.)?(?:youtube\.com/(?:watch|live|shorts)|youtu\.be/|vimeo\.com/\d"
    r"|(?:twitter|x)\.com/\w+/status/|instagram\.com/(?:p|reel)/|facebook\.com/\S+/(?:posts|videos)/"
    r"|(?:open\.)?spotify\.com/|soundcloud\.com/|ted\.com/talks/|tiktok\.com/@|bsky\.app/profile/)[^\s<>\"]*)"
    r"(?:</p>)?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
SYNCED = "a synced pattern of the site; its text stands in no post"
MADE_BY_SITE = "a block that the site fills in; its text is not in the export"
#: Blocks without HTML that no reader misses: dividers of pages, and what stands elsewhere in the template.
SILENT = frozenset(
    [
        "footnotes",
        "more",
        "nextpage",
        "separator",
        "spacer",
        "post-title",
        "post-date",
        "post-author",
        "post-featured-image",
        "site-title",
    ]
)


class _Footnote(msgspec.Struct, frozen=True):
    id: str
    content: str


def html_of_content(content: str, *, footnotes: str) -> tuple[str, tuple[Removal, ...]]:
    """The HTML of a post's content, and what was taken out. ``footnotes`` is the JSON that its footnote block keeps.

    Raises:
        SourceError: ``footnotes`` are damaged; without them sentences of the author would be missing.
    """
    notes = Notes()
    for note in _kept_footnotes(footnotes):
        notes.add(note.id, note.content)
    text, removals = without_shortcodes(content.replace("\r\n", "\n"), notes=notes)
    blocks: list[Removal] = []
    body = _without_blocks(text, removals=blocks)
    return body + notes.listed(), (*removals, *blocks)


def _kept_footnotes(footnotes: str) -> list[_Footnote]:
    try:
        return msgspec.json.decode(footnotes or "[]", type=list[_Footnote])
    except msgspec.DecodeError as error:
        what = "its footnotes, which WordPress keeps apart from the text, are damaged"
        raise SourceError(what, cure="open and save the post on the site, and export it again") from error


def _without_blocks(text: str, *, removals: list[Removal]) -> str:
    written: list[str] = []
    open_: list[str] = []
    at = 0
    for block in BLOCK.finditer(text):
        written.append(_between(text[at : block.start()], open_))
        at = block.end()
        name = block["name"].removeprefix("core/")
        if block["single"]:
            _report(name, block, removals=removals)
        elif not block["closes"]:
            open_.append(name)
        elif open_:
            open_.pop()
    return "".join([*written, _between(text[at:], open_)])


def _between(text: str, open_: list[str]) -> str:
    if open_ and open_[-1] not in CLASSIC:
        return text
    return paragraphs_of(EMBEDDED.sub(lambda found: f"\n{embed_figure(found['url'])}\n", text))


def _report(name: str, block: re.Match[str], *, removals: list[Removal]) -> None:
    if name not in SILENT:
        removals.append(Removal(text=block[0], reason=SYNCED if name == "block" else MADE_BY_SITE))
