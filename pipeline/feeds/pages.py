"""Floor 3, inside the feeds: a long feed is parted into Pages (RFC 5005), so that old ones need not be asked for again.

Pages are filled from the oldest episode on: "podcast-1.xml" holds the oldest N, "podcast-2.xml" the next N, and so on;
the head, "podcast.xml", holds the newest N to 2N - 1, and all trailers. A new episode changes the head alone. Every
N-th time a page is cut off the head: then the page before it changes as well, by its link to the newer one.
"""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.model import Episode, EpisodeKind, Show, ShowLedger, WebFile


class Page(Struct, frozen=True, kw_only=True):
    """One document of the feed, and all that it is made of.

    ``path`` is relative to the web root, ``episodes`` are those it lists, the newest first. ``links`` are the rels of
    RFC 5005 and where they lead, by path; a feed of one document has none. The head is where apps subscribe.
    """

    show: Show
    ledger: ShowLedger
    artwork: WebFile
    path: str
    episodes: tuple[Episode, ...]
    links: tuple[tuple[str, str], ...] = ()
    is_head: bool = True


def whole_feed(show: Show, ledger: ShowLedger, *, episodes: Sequence[Episode], artwork: WebFile) -> Page:
    """All ``episodes`` in one document."""
    ordered = tuple(newest_first(episodes))
    return Page(show=show, ledger=ledger, artwork=artwork, path=show.feed_path, episodes=ordered)


def pages_of(show: Show, ledger: ShowLedger, *, episodes: Sequence[Episode], artwork: WebFile) -> tuple[Page, ...]:
    """The Pages of a feed, in the order in which they must be written; one where ``items_per_page`` is 0.

    It is the newest archived page first, then older ones, the head last. So whoever follows links from the head finds
    only what is there, between any two writes: a new page leads to older ones, which are there, and nobody is led to
    it before it is written. Pages that an earlier feed had and this one does not are to be deleted after the head.
    """
    whole = whole_feed(show, ledger, episodes=episodes, artwork=artwork)
    archived = _archived(whole.episodes, show.feed.items_per_page)
    if not archived:
        return (whole,)
    paths = [_page_path(show, number) for number in range(1, len(archived) + 1)]
    pages = [
        Page(
            show=show,
            ledger=ledger,
            artwork=artwork,
            path=path,
            episodes=part,
            links=_links(show, paths, place=place),
            is_head=False,
        )
        for place, (path, part) in enumerate(zip(paths, archived, strict=True))
    ]
    moved = {episode.guid for part in archived for episode in part}
    head = Page(
        show=show,
        ledger=ledger,
        artwork=artwork,
        path=show.feed_path,
        episodes=tuple(episode for episode in whole.episodes if episode.guid not in moved),
        links=_links(show, paths, place=len(paths)),
    )
    return (*reversed(pages), head)


def newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    """The Episodes in the order of the feed; equal dates by slug, so that the order is always the same."""
    return sorted(episodes, key=lambda episode: (episode.published, episode.slug), reverse=True)


def _archived(newest: Sequence[Episode], size: int) -> list[tuple[Episode, ...]]:
    """The Episodes of each archived page, the oldest page first; those of the head are left over."""
    oldest = [episode for episode in reversed(newest) if episode.listing.kind is not EpisodeKind.TRAILER]
    count = len(oldest) // size - 1 if size else 0
    return [tuple(reversed(oldest[place * size : (place + 1) * size])) for place in range(count)]


def _page_path(show: Show, number: int) -> str:
    return f"{show.feed_path.removesuffix('.xml')}-{number}.xml"


def _links(show: Show, paths: Sequence[str], *, place: int) -> tuple[tuple[str, str], ...]:
    """The links of the page at ``place`` among ``paths``, oldest first; the head stands after the last of them.

    Source: RFC 5005, sections 3 and 4.
    """
    head = show.feed_path
    newer = [*paths, head][place + 1 : place + 2]
    older = paths[place - 1 : place] if place else []
    return (
        ("first", head),
        *(("prev", path) for path in newer),
        *(("next", path) for path in older),
        ("last", paths[0]),
        ("current", head),
    )
