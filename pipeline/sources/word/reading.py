"""Floor 3, sources: a Word file -> its one Post: parts, out with what is not its text, HTML by mammoth, Markdown."""

from collections.abc import Iterator
from pathlib import PurePath

import mammoth
from lxml import etree
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.sources.draft import Draft, Post, PostKind, Removal, Source
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.html.body import body_of
from pipeline.sources.manuscript import clean
from pipeline.sources.word.fields import remove_fields
from pipeline.sources.word.markup import make_readable
from pipeline.sources.word.names import W, words_in
from pipeline.sources.word.page import Page, page_of
from pipeline.sources.word.parts import Parts, packed, read_parts
from pipeline.sources.word.properties import properties_of
from pipeline.sources.word.revisions import comments_in, remove_unseen
from pipeline.sources.word.styles import style_map, style_roles

PAGE_FRAME = "a page header or footer"
UNREAD = "something in the Word file that cannot be read"
#: How mammoth begins what it says of losses. All else it says is of styles and pictures, which are looked after here.
LOSSES = ("An unrecognised element was ignored: ", "A w:sym element with an unsupported character was ignored: ")
#: Elements that mammoth does not know and that hold no text.
WORDLESS = {"w:pgNum", "w:ptab", "w:permStart", "w:permEnd", "w:subDoc", "w:contentPart", "w:separator"}

#: Mammoth takes up to 0.1 milliseconds and two kilobytes for each: this is a book of some 15,000 paragraphs.
MOST_ELEMENTS = 60_000

#: What mammoth, which trusts what it reads, ends in where a document lacks what the format asks for.
MAMMOTH_ERRORS = (AttributeError, IndexError, KeyError, OSError, RecursionError, TypeError, ValueError)


def word_posts(source: Source, start: int) -> Iterator[Post]:
    """The one Post of a Word file (.docx), number 0.

    Raises:
        SourceError: it is no Word file, an old or encrypted one, or one that cannot be read.
    """
    if start == 0:
        yield _post(source)


def _post(source: Source) -> Post:
    parts = read_parts(source.path)
    stated = properties_of(parts.properties)
    roles = style_roles(parts.beside.get("styles"))
    removals = [*_removed(parts, roles), *_asides(parts)]
    page, losses = _page(parts, roles, source=source, stated=stated)
    written = body_of(page.html, base="")
    title = clean(page.title)
    name = PurePath(source.name).name
    post = Post(id=f"word:{source.name}", title=title or name, date=stated.published, kind=PostKind.ARTICLE)
    if not written.markdown.strip():
        return replace(post, kind=PostKind.EMPTY, why="it holds no text below its title")
    front = replace(stated, title=title, subtitle=clean(page.subtitle))
    draft = Draft(front=front, markdown=written.markdown, removals=(*removals, *losses, *written.removals))
    return replace(post, draft=draft)


def _removed(parts: Parts, roles: dict[str, str]) -> Iterator[Removal]:
    for name, root in _texts(parts):
        yield from remove_unseen(root)
        yield from remove_fields(root, roles)
        yield from make_readable(root, parts=parts.beside, links=parts.links.get(name, {}))


def _texts(parts: Parts) -> Iterator[tuple[str, etree._Element]]:
    yield "document", parts.document
    yield from ((name, parts.beside[name]) for name in ("footnotes", "endnotes") if name in parts.beside)


def _asides(parts: Parts) -> Iterator[Removal]:
    frames = {words_in([root]): None for kind, root in parts.asides if kind != "comments"}
    for words in frames:
        if words:
            yield Removal(text=words, reason=PAGE_FRAME)
    for kind, root in parts.asides:
        if kind == "comments":
            yield from comments_in(root)


def _page(
    parts: Parts, roles: dict[str, str], *, source: Source, stated: FrontMatter
) -> tuple[Page, tuple[Removal, ...]]:
    used = {
        element.get(f"{W}val", "") for _, root in _texts(parts) for element in root.iter(f"{W}pStyle", f"{W}rStyle")
    }
    _refuse_too_long(parts, source)
    try:
        result = mammoth.convert_to_html(
            packed(parts),
            style_map=style_map(roles, used=sorted(used), has_lists="numbering" in parts.beside),
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda _: {}),
        )
    except MAMMOTH_ERRORS as error:
        is_deep = isinstance(error, RecursionError)
        reason = "tables stand too deep in each other" if is_deep else f"{type(error).__name__}: {error}"
        what = f"cannot be read as a Word document ({reason})"
        cure = "open it in Word or LibreOffice and save it again as .docx"
        raise SourceError(what, cure=cure, path=source.path) from error
    losses = tuple(_losses(message.message for message in result.messages))
    return page_of(result.value, core_title=stated.title), losses


def _refuse_too_long(parts: Parts, source: Source) -> None:
    count = sum(1 for _, root in _texts(parts) for _ in root.iter())
    if count > MOST_ELEMENTS:
        what = f"holds {count:,} pieces of text and markup and {MOST_ELEMENTS:,} is the most"
        raise SourceError(what, cure="save its chapters as files of their own", path=source.path)


def _losses(messages: Iterator[str]) -> Iterator[Removal]:
    for message in dict.fromkeys(messages):
        found = next((message.removeprefix(loss) for loss in LOSSES if message.startswith(loss)), "")
        if found and found not in WORDLESS:
            yield Removal(text=found, reason=UNREAD)
