"""Floor 3, sources: `chapters:` in the front matter -> ChapterMarks: where a chapter begins, its title, link, image.

Only the form is judged here. Whether the text has such a place is known when it is cut into Utterances.
"""

import re
from pathlib import Path, PurePosixPath

from pipeline.errors import SourceError
from pipeline.model import ChapterMark
from pipeline.patterns import regex
from pipeline.sources.entries import Entry, text_of
from pipeline.sources.listed_keys import Kind, values_of

#: A table of contents in an MP3 counts its chapters in one byte, and opening and closing may join these.
#: Source: ID3v2 Chapter Frame Addendum 1.0, section 3.2 (CTOC, entry count).
MOST = 253

CHAPTER = Kind(
    name="chapter",
    keys=("at", "title", "link", "image"),
    other_names={
        "anchor": "at",
        "begin": "at",
        "paragraph": "at",
        "start": "at",
        "starttime": "at",
        "time": "at",
        "heading": "title",
        "name": "title",
        "href": "link",
        "url": "link",
        "img": "image",
        "picture": "image",
    },
)

PARAGRAPH = regex(r"0|[1-9]\d{0,5}")
WEB_ADDRESS = regex(r"https?://[^\s/]\S*", re.IGNORECASE)
SAFE_ADDRESS = regex(r"https://[^\s/]\S*", re.IGNORECASE)
SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
EXAMPLE = '`- at: "The first words of a paragraph"` and below it `title: ...`'


def chapter_marks(entry: Entry, *, path: Path) -> tuple[ChapterMark, ...]:
    """The marks that ``entry`` lists, in its order; () for an empty list, which asks for no chapters.

    Raises:
        SourceError: it is no list of chapters, or one of them has no place, an unknown key or a value that is none.
    """
    if entry.type != "list":
        what = f"`{entry.key}` in the front matter must be a list of chapters, and this is a {entry.type}"
        raise SourceError(what, cure=f"write {EXAMPLE}; for no chapters write []", path=path, line=entry.line)
    if len(entry.items) > MOST:
        what = f"`{entry.key}` in the front matter lists {len(entry.items)} chapters, and an MP3 has room for {MOST}"
        raise SourceError(what, cure=f"take out {len(entry.items) - MOST} of them", path=path, line=entry.line)
    return tuple(_mark(item, number, path=path) for number, item in enumerate(entry.items, start=1))


def _mark(item: Entry, number: int, *, path: Path) -> ChapterMark:
    if item.type != "mapping":
        what = f"chapter {number} in the front matter has no keys"
        raise SourceError(what, cure=f"write {EXAMPLE}", path=path, line=item.line)
    values = values_of(item, number, kind=CHAPTER, path=path)
    if "at" not in values:
        what = f"chapter {number} in the front matter has no `at`: nobody knows where it begins"
        cure = "add `at:` with the first words of a paragraph, heading or sentence, or with the number of a paragraph"
        raise SourceError(what, cure=cure, path=path, line=item.line)
    return ChapterMark(
        at=_place(values["at"], path=path),
        title=text_of(values["title"], path=path) if "title" in values else "",
        link=_link(values["link"], path=path) if "link" in values else "",
        image=_image(values["image"], path=path) if "image" in values else "",
        line=item.line,
    )


def _place(entry: Entry, *, path: Path) -> int | str:
    """A number of the body's paragraphs, or words. A time is none: it would move with every correction."""
    written = str(entry.value).strip()
    if entry.type == "number" and PARAGRAPH.fullmatch(written):
        return int(written)
    if entry.type == "text":
        return text_of(entry, path=path)
    what = f"`at` in the front matter must be a paragraph's number or words of the text, and this is a {entry.type}"
    if entry.type in {"list", "mapping"}:
        raise SourceError(what, cure='write `at: 7` or `at: "The first words"`', path=path, line=entry.line)
    cure = f'write words in quotes, `at: "{written}"`, or a whole number from 0 without them, `at: 7`'
    raise SourceError(f"{what} {written}", cure=cure, path=path, line=entry.line)


def _link(entry: Entry, *, path: Path) -> str:
    link = text_of(entry, path=path)
    if not WEB_ADDRESS.fullmatch(link):
        what = f"`link` in the front matter says {link[:60]!r}"
        raise SourceError(
            what, cure="write a full address, such as https://example.org/tables", path=path, line=entry.line
        )
    return link


def _image(entry: Entry, *, path: Path) -> str:
    image = text_of(entry, path=path)
    if SCHEME.match(image) or image.startswith("//"):
        is_fine = SAFE_ADDRESS.fullmatch(image) is not None
    else:
        is_fine = _is_beside(image)
    if is_fine:
        return image
    what = f"`image` in the front matter says {image[:60]!r}"
    cure = (
        "write the path of a file beside the article, such as images/quay.jpg, or an address that opens with https://"
    )
    raise SourceError(what, cure=cure, path=path, line=entry.line)


def _is_beside(image: str) -> bool:
    """Whether the path leads to a file in the article's own folder or below it."""
    written = PurePosixPath(image)
    return "\\" not in image and not written.is_absolute() and ".." not in written.parts and bool(written.suffix)
