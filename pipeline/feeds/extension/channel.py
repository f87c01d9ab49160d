"""Floor 3, inside the feeds: what feedgen cannot say of a channel."""

from collections.abc import Iterator

from pipeline.feeds.extension.elements import Element, address, given, label, one_line
from pipeline.feeds.extension.item import AI_CONTENT, aware, boolean, rfc822
from pipeline.feeds.extension.persons import persons_of_show
from pipeline.feeds.pages import Page
from pipeline.model import Episode, EpisodeKind, RemoteShow, Show
from pipeline.notes import carried_text

#: Apple uses the first pair, newer wording the first two (feeds.md A14 and section 1.10).
MOST_CATEGORIES = 2

_FEED_TYPE = "application/rss+xml"
_CURE = "correct it under [feed] in show.toml"
_EDITIONS_CURE = "correct its url under [[editions]] in show.toml"


def channel_elements(page: Page) -> Iterator[Element]:
    """The elements in their order. Source: feeds.md 1.2, 1.7, T1, T2."""
    show = page.show
    # feedgen would say "now", and every build would differ.
    yield Element(name="lastBuildDate", text=_last_change(page.episodes))
    yield from _links(page)
    yield from (_category(category) for category in show.categories[:MOST_CATEGORIES])
    yield Element(name="itunes:explicit", text=boolean(show.explicit))
    yield from _for_directories(page)
    yield from _identity(page)
    yield from persons_of_show(show)
    yield from _rights_and_money(show)
    yield _image(page)
    yield from _frequency(show)
    yield from _texts(show)
    if page.is_head:
        yield from (_trailer(show, episode) for episode in page.episodes if _is_trailer(episode))
    yield from _other_shows(show)
    if show.feed.is_private:
        # What search engines keep to. Source: HTML, meta name="robots"; as the W3C validator knows it in a channel.
        yield Element(name="xhtml:meta", attributes={"name": "robots", "content": "noindex"})


def _last_change(episodes: tuple[Episode, ...]) -> str:
    """When what stands here changed last, as far as the Episodes know."""
    published = (aware(episode.published, episode) for episode in episodes)
    revised = (aware(revision.published_at, episode) for episode in episodes for revision in episode.revisions)
    return rfc822(max((*published, *revised)))


def _links(page: Page) -> Iterator[Element]:
    """Pages, other languages and the hub; the page's own address feedgen says."""
    show = page.show
    for rel, path in page.links:
        yield Element(name="atom:link", attributes={"rel": rel, "href": show.url(path), "type": _FEED_TYPE})
    for edition in show.language_editions:
        feed_url = address(edition.feed_url, f"the feed of the {edition.language} edition", cure=_EDITIONS_CURE)
        about = (
            ("rel", "alternate"),
            ("hreflang", edition.language),
            ("href", feed_url),
            ("type", _FEED_TYPE),
            ("title", one_line(edition.title)),
        )
        yield Element(name="atom:link", attributes=given(about))
    if show.feed.websub_hub:
        hub = address(show.feed.websub_hub, "feed.websub_hub", cure=_CURE)
        yield Element(name="atom:link", attributes={"rel": "hub", "href": hub})


def _category(category: str) -> Element:
    """ "News > Politics" as two nested elements (RSS: channel/itunes:category)."""
    outer, _, inner = (one_line(name) for name in category.partition(">"))
    nested = (Element(name="itunes:category", attributes={"text": inner}),) if inner else ()
    return Element(name="itunes:category", attributes={"text": outer}, children=nested)


def _for_directories(page: Page) -> Iterator[Element]:
    settings = page.show.feed
    if settings.is_private:
        yield Element(name="itunes:block", text="Yes")  # any other word does nothing (feeds.md A28)
        yield Element(name="podcast:block", text="yes")
    if settings.is_complete:
        yield Element(name="itunes:complete", text="Yes")
    move = page.ledger.open_move
    if move is not None and page.is_head:
        feed = f"{move.new_url.rstrip('/')}/{page.show.feed_path}"
        yield Element(name="itunes:new-feed-url", text=feed)
    if settings.apple_verify:
        yield Element(name="itunes:applepodcastsverify", text=one_line(settings.apple_verify))


def _identity(page: Page) -> Iterator[Element]:
    show = page.show
    email = carried_text(show.email).strip()
    owner = {"owner": email} if show.feed.has_owner and email else {}
    yield Element(name="podcast:guid", text=page.ledger.podcast_guid)
    yield Element(name="podcast:locked", attributes=owner, text="yes" if show.feed.is_locked else "no")
    yield Element(name="podcast:medium", text="podcast")


def _rights_and_money(show: Show) -> Iterator[Element]:
    for funding in show.feed.funding:
        url = address(funding.url, f"the address of “{label(funding.text)}” in feed.funding", cure=_CURE)
        yield Element(name="podcast:funding", attributes={"url": url}, text=label(funding.text))
    name = label(show.feed.license)
    if name:
        url = show.feed.license_url and address(show.feed.license_url, "feed.license_url", cure=_CURE)
        yield Element(name="podcast:license", attributes=given([("url", url)]), text=name)


def _image(page: Page) -> Element:
    """The cover in the form of 2026-02. Source: podcast-namespace, docs/tags/image.md."""
    about = {
        "href": page.show.url(page.artwork.path),
        "alt": label(page.show.title),
        "aspect-ratio": "1/1",
        "type": page.artwork.media_type,
        "purpose": "artwork",
    }
    return Element(name="podcast:image", attributes=about)


def _frequency(show: Show) -> Iterator[Element]:
    frequency = show.feed.update_frequency
    if frequency is not None:
        about = (("complete", "true" if show.feed.is_complete else ""), ("rrule", one_line(frequency.rrule)))
        yield Element(name="podcast:updateFrequency", attributes=given(about), text=label(frequency.text))


def _texts(show: Show) -> Iterator[Element]:
    yield AI_CONTENT
    code = one_line(show.feed.apple_verify)
    if code:
        yield Element(name="podcast:txt", attributes={"purpose": "applepodcastsverify"}, text=code)
    for free in show.feed.texts:
        text = carried_text(free.text).strip()
        yield Element(name="podcast:txt", attributes=given([("purpose", label(free.purpose))]), text=text)


def _is_trailer(episode: Episode) -> bool:
    return episode.listing.kind is EpisodeKind.TRAILER


def _trailer(show: Show, episode: Episode) -> Element:
    """Source: podcast-namespace, docs/tags/trailer.md."""
    sound, season = episode.enclosure.file, episode.listing.season
    about = (
        ("pubdate", rfc822(aware(episode.published, episode))),
        ("url", show.url(sound.path)),
        ("length", str(sound.length_bytes)),
        ("type", sound.media_type),
        ("season", str(season) if season is not None else ""),
    )
    return Element(name="podcast:trailer", attributes=given(about), text=label(episode.title))


def _other_shows(show: Show) -> Iterator[Element]:
    """Who publishes this one, and which others its listeners may like."""
    if show.feed.publisher is not None:
        publisher = _remote_item(show.feed.publisher, "feed.publisher", medium="publisher")
        yield Element(name="podcast:publisher", children=(publisher,))
    if show.feed.podroll:
        others = tuple(_remote_item(other, "feed.podroll") for other in show.feed.podroll)
        yield Element(name="podcast:podroll", children=others)


def _remote_item(other: RemoteShow, key: str, *, medium: str = "") -> Element:
    feed_url = other.feed_url and address(other.feed_url, f"an address in {key}", cure=_CURE)
    about = (
        ("feedGuid", one_line(other.feed_guid)),
        ("feedUrl", feed_url),
        ("medium", medium),
        ("title", label(other.title)),
    )
    return Element(name="podcast:remoteItem", attributes=given(about))
