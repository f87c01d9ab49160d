"""Floor 3, sources: a book -> one Post a chapter, in the order of reading. Pages around the chapters are only named."""

import copy
from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.sources.archive import open_archive
from pipeline.sources.draft import Draft, Post, PostKind, Removal, Source
from pipeline.sources.epub.book import Book, read_book
from pipeline.sources.epub.chapters import Chapter, Heading, Shelf, body_in, chapters_of, has_words, heading_of
from pipeline.sources.epub.documents import line_of, take_out, types_of
from pipeline.sources.epub.notes import bring_notes
from pipeline.sources.html.body import body_of

#: What is never opened: pictures, sound, fonts and the looks of the page.
UNREAD = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".tif", ".tiff", ".bmp"),
    *(".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".wav", ".webm", ".ttf", ".otf", ".woff", ".woff2", ".css", ".js"),
)
PAGE_NUMBER = "a page number of the printed book"
COUNTED = "the number of the chapter, above its title"


def epub_posts(source: Source, start: int) -> Iterator[Post]:
    """The Posts of an EPUB, one a chapter or page of it, from number ``start`` on.

    Every chapter has the title of the book as its series and its own number in it; cover, contents, copyright and the
    like are Posts of kind PAGE. A chapter that cannot be read is a broken Post, and the others go on.

    Raises:
        SourceError: it is no EPUB, is damaged, or is locked by its seller.
    """
    with open_archive(source.path, wanted=lambda name: not name.casefold().endswith(UNREAD)) as archive:
        book, shelf = read_book(archive), Shelf(archive)
        count = 0
        for position, chapter in enumerate(chapters_of(book, shelf)):
            count += _is_counted(chapter, shelf)
            if position >= start:
                yield _post(chapter, number=count, book=book, shelf=shelf)


def _is_counted(chapter: Chapter, shelf: Shelf) -> bool:
    if chapter.why:
        return False
    try:
        body = _body(chapter, shelf)
    except SourceError:
        return True
    return has_words(body, beside=heading_of(body, label="").elements)


def _post(chapter: Chapter, *, number: int, book: Book, shelf: Shelf) -> Post:
    document = chapter.documents[0]
    label = book.contents.labels.get(document.name, "")
    post = Post(
        id=f"epub:{book.identifier}#{document.id}",
        title=label or chapter.why or document.name,
        date=book.front.published,
        kind=PostKind.ARTICLE,
    )
    if chapter.why:
        return replace(post, kind=PostKind.PAGE, why=chapter.why)
    try:
        body = _body(chapter, shelf)
        heading = heading_of(body, label=label)
        named = replace(post, title=heading.title or post.title)
        if not has_words(body, beside=heading_of(body, label="").elements):
            return replace(named, kind=PostKind.EMPTY, why="it holds no text below its title")
        bring_notes(body, names=tuple(item.name for item in chapter.documents), book=book, shelf=shelf)
        return replace(named, draft=_draft(body, heading, book=book, number=number))
    except SourceError as error:
        return replace(post, is_broken=True, why=f"{error.what}; {error.cure}")


def _body(chapter: Chapter, shelf: Shelf) -> etree._Element:
    """A body of the chapter's own: that of its first document and, after it, what is in those of the others."""
    first, *others = (copy.deepcopy(body_in(shelf.tree(document.name))) for document in chapter.documents)
    for document, body in zip(chapter.documents[1:], others, strict=True):
        for link in body.iter("a"):
            link.set("data-base", document.name)
        # As a whole: words may stand in a body without a paragraph around them.
        body.tag = "div"
        first.append(body)
    return first


def _draft(body: etree._Element, heading: Heading, *, book: Book, number: int) -> Draft:
    removals = [*_take_out_heading(heading), *_take_out_page_numbers(body)]
    _describe_pictures(body)
    html = etree.tostring(body, method="html", encoding="unicode")
    written = body_of(html, base="")
    front = replace(book.front, title=heading.title, subtitle=heading.subtitle, number=number)
    return Draft(front=front, markdown=written.markdown, removals=(*removals, *written.removals))


def _take_out_heading(heading: Heading) -> Iterator[Removal]:
    for element in heading.elements:
        words = line_of(element)
        _move_marks(element)
        take_out(element)
        if words not in heading.title and words != heading.subtitle:
            yield Removal(text=words, reason=COUNTED)


def _move_marks(heading: etree._Element) -> None:
    # A note that hangs on the title: its mark moves on to the first paragraph.
    for mark in [link for link in heading.iter("a") if "noteref" in types_of(link)]:
        following = next((element for element in heading.itersiblings("p")), None)
        if following is not None:
            take_out(mark)
            following.append(mark)


def _take_out_page_numbers(body: etree._Element) -> Iterator[Removal]:
    for element in list(body.iter(etree.Element)):
        if "pagebreak" in types_of(element):
            words = line_of(element)
            take_out(element)
            if words:
                yield Removal(text=words, reason=PAGE_NUMBER)


def _describe_pictures(body: etree._Element) -> None:
    # The file of a picture stays in the book; what it shows goes on. Drawings say that in elements of their own.
    for drawing in list(body.iter("svg")):
        said = next((line_of(element) for element in drawing.iter("title", "desc") if line_of(element)), "")
        tail = drawing.tail
        drawing.clear()
        drawing.tag, drawing.tail = "img", tail
        drawing.set("alt", said)
    for picture in body.iter("img"):
        picture.attrib.pop("src", "")
