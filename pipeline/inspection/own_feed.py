"""Floor 4, inside the inspection: the feed as it lies there, page by page, and what the rules for any feed say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import FeedError
from pipeline.feeds.document import read_document
from pipeline.model import Finding
from pipeline.patterns import regex
from pipeline.project import Project
from pipeline.rules import judged
from pipeline.rules.document import DOCUMENT_RULES, DocumentFacts
from pipeline.rules.serving import FEED_UNREADABLE

#: The way to the next page of a feed that is parted. Source: RFC 5005, sections 3 and 4.
_WAY_ON = regex(r'<atom:link\b(?=[^>]*\brel="(?:next|prev-archive)")[^>]*\bhref="([^"]*)"')


class FeedPage(Struct, frozen=True, kw_only=True):
    """One page of the feed: its ``path`` from the web root, and its bytes."""

    path: str
    data: bytes

    @property
    def text(self) -> str:
        """What is in it, whatever its bytes are."""
        return self.data.decode(errors="replace")


def feed_pages(project: Project) -> tuple[FeedPage, ...]:
    """The feed, and the pages that it goes on to, in their order; none where no feed was written yet.

    A page that is named and not there ends them: the rules say so by its episodes, which are then missing.
    """
    pages: list[FeedPage] = []
    path = project.feed_path.relative_to(project.root).as_posix()
    while path and path not in {page.path for page in pages} and (project.root / path).is_file():
        page = FeedPage(path=path, data=(project.root / path).read_bytes())
        pages.append(page)
        path = _next_path(project, page)
    return tuple(pages)


def _next_path(project: Project, page: FeedPage) -> str:
    """Where the next page lies, "" if there is none, or if it is nothing of this show's."""
    found = _WAY_ON.search(page.text)
    address = unescape(found[1]) if found is not None else ""
    root = project.show.url("")
    path = address.removeprefix(root) if address.startswith(root) else ""
    return "" if ".." in path.split("/") else path


def document_findings(project: Project, pages: Sequence[FeedPage], *, now: datetime) -> Iterator[Finding]:
    """What the rules for any feed find in the ``pages``, one page after another."""
    for page in pages:
        for finding in _of_page(page, address=project.show.url(page.path), now=now):
            yield replace(finding, where=f"{page.path}, {finding.where}")


def _of_page(page: FeedPage, *, address: str, now: datetime) -> Sequence[Finding]:
    try:
        document = read_document(page.data, address=address)
    except FeedError as error:
        return (_unreadable(error),)
    return judged(DOCUMENT_RULES, DocumentFacts(document=document, now=now))


def _unreadable(error: FeedError) -> Finding:
    return Finding(
        rule=FEED_UNREADABLE.id,
        severity=FEED_UNREADABLE.severity,
        directories=FEED_UNREADABLE.directories,
        where=f"line {error.line or 1}",
        what=error.what,
        cure="write it again: audio-edition feed",
        source=FEED_UNREADABLE.source.in_words,
    )
