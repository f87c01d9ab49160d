"""Floor 3, sources: what stands in a paragraph and is not its words -> Blocks below it: pictures, notes, tags. Pure."""

import re
from collections.abc import Callable, Iterator

from markdown_it.token import Token
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Fate, FateKind, Link, Span
from pipeline.patterns import regex
from pipeline.sources.debris import dropped
from pipeline.sources.fates import BY_POLICY
from pipeline.sources.markdown.obsidian import embedded
from pipeline.sources.markdown.page import Page
from pipeline.sources.markdown.parser import inline_tokens_of
from pipeline.sources.markdown.tags import COMMENT_REASON, shown_by
from pipeline.sources.markdown.words import Words, description_of, label_of, plain, words_from

NAMELESS_FIGURE = Fate(kind=FateKind.DROPPED, reason="a picture without a description cannot be told of in words")

#: Alternatives that say no more than "a picture": names of files, names that cameras give, the word itself.
NAMELESS = regex(
    r".{0,100}\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)|[0-9a-f_-]{16,}"
    r"|(?:alt(?:ernative)?(?: text)?|dsc[nf]?|fig(?:ure)?|graphic|ima?ge?|no alt text|photo(?:graph)?|pic(?:ture)?|pxl"
    r"|screen ?shot|thumbnail|untitled)[\W\d_]*",
    re.IGNORECASE,
)


def other_blocks(words: Words, page: Page, *, span: Span) -> Iterator[Block]:
    """The Blocks of the ``others`` of ``words``, and of those inside them; all have the ``span`` of the text."""
    links = () if words.text else words.links
    for token in words.others:
        for block in _MAKERS[token.type](token, page):
            yield replace(block, span=span, links=(*block.links, *links))
            links = ()
        if token.type == "footnote_ref":
            yield from other_blocks(replace(_note_words(token, page), links=()), page, span=span)


NOWHERE = Span(0, 0)


def _figure(description: str, caption: str, *, links: tuple[Link, ...] = ()) -> Block:
    text = "" if NAMELESS.fullmatch(description) else description
    fate = BY_POLICY if text or caption else NAMELESS_FIGURE
    return Block(kind=BlockKind.FIGURE, text=text or caption, span=NOWHERE, fate=fate, caption=caption, links=links)


def _picture(token: Token, page: Page) -> Iterator[Block]:
    del page
    yield _figure(description_of(token), plain(str(token.attrs.get("title", ""))))


def _note(token: Token, page: Page) -> Iterator[Block]:
    words = _note_words(token, page)
    yield Block(
        kind=BlockKind.FOOTNOTE,
        text=words.text,
        span=NOWHERE,
        fate=BY_POLICY,
        links=words.links,
        label=label_of(token),
        marks=words.marks,
    )


def _note_words(token: Token, page: Page) -> Words:
    return words_from(page.note(token.meta["id"]), base=page.base)


def _formula(token: Token, page: Page) -> Iterator[Block]:
    del page
    yield Block(kind=BlockKind.FORMULA, text=token.content.strip(), span=NOWHERE, fate=BY_POLICY)


def _tag(token: Token, page: Page) -> Iterator[Block]:
    shown = shown_by(token.content)
    if shown is None:
        return
    caption = words_from(inline_tokens_of(shown.caption, page.environment), base=page.base)
    if shown.kind is BlockKind.FIGURE:
        yield _figure(plain(shown.text), caption.text, links=caption.links)
    elif shown.kind is BlockKind.EMBED:
        links = (Link(text=caption.text, url=shown.url),) if shown.url else ()
        yield _embed_block(caption.text, links=links)
    else:
        yield _dropped(token.content, shown.reason)


def _embed(token: Token, page: Page) -> Iterator[Block]:
    del page
    file = embedded(token.content)
    yield _figure(file.shown, "") if file.is_picture else _embed_block(file.shown or file.name, links=())


def _comment(token: Token, page: Page) -> Iterator[Block]:
    del page
    yield _dropped(token.content, token.meta.get("reason", COMMENT_REASON))


def _embed_block(caption: str, *, links: tuple[Link, ...]) -> Block:
    return Block(kind=BlockKind.EMBED, text=caption, span=NOWHERE, fate=BY_POLICY, links=links, caption=caption)


def _dropped(text: str, reason: str) -> Block:
    verdict = dropped(reason)
    return Block(kind=verdict.kind, text=text, span=NOWHERE, fate=verdict.fate)


_MAKERS: dict[str, Callable[[Token, Page], Iterator[Block]]] = {
    "image": _picture,
    "footnote_ref": _note,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "tag": _tag,
    "embed": _embed,
    "comment": _comment,
}
