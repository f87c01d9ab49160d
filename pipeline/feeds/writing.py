"""Floor 3: Show and Episodes in, the bytes of the feed out. The same input gives the same bytes, whenever it is asked.

feedgen writes the skeleton of RSS 2.0 and those iTunes elements it gets right, ``extension`` all others. Where
feedgen would write something else than it was told, or nothing, this refuses first.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from feedgen.feed import FeedGenerator

from pipeline import __version__
from pipeline.errors import FeedError
from pipeline.feeds.extension import ChannelExtension, ItemExtension, channel_elements, item_elements, one_line
from pipeline.model import Episode, Show, ShowLedger, WebFile
from pipeline.notes import carried_text, is_plain_address, web_address


def write_feed(show: Show, ledger: ShowLedger, *, episodes: Sequence[Episode], artwork: WebFile) -> bytes:
    """The feed as UTF-8: RSS 2.0 with itunes, podcast, psc and atom elements, the newest episode first.

    Call it from one thread: feedgen switches the locale of the process while it writes a date.

    Raises: FeedError for what no feed can say: no episode, no title, an address that is not plain, a date without
    a time zone. Source: feeds.md sections 1 and 2.
    """
    if not episodes:
        raise FeedError("a feed needs at least one episode", cure="make one: audio-edition episode SOURCE")
    # feedgen has no types: Any ends where this function returns.
    generator: Any = FeedGenerator()
    generator.load_extension("podcast", atom=False)
    generator.register_extension("edition", ChannelExtension, ItemExtension, atom=False)
    _say_show(generator, show, artwork=artwork)
    generator.edition.elements = tuple(channel_elements(show, ledger))
    # feedgen would say "now", and every build would differ.
    generator.lastBuildDate(max(_moments(episodes)))
    for episode in newest_first(episodes):
        # The default order puts each entry before all others, which is the wrong way round and quadratic.
        _say_episode(generator.add_entry(order="append"), show, episode=episode)
    return _bytes(generator)


def newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    """The Episodes in the order of the feed; equal dates by slug, so that the order is always the same."""
    return sorted(episodes, key=lambda episode: (episode.published, episode.slug), reverse=True)


def item_link(show: Show, episode: Episode) -> str:
    """Where an app sends its listener: the article, else the episode's page (RSS: item/link)."""
    return web_address(episode.source_url) or show.url(f"episodes/{episode.slug}/")


def item_duration_s(episode: Episode) -> int:
    """The length of the sound in whole seconds (RSS: item/itunes:duration)."""
    return round(episode.enclosure.duration_s)


def _say_show(generator: Any, show: Show, *, artwork: WebFile) -> None:
    generator.title(_needed(one_line(show.title), "title"))
    generator.description(_needed(carried_text(show.description).strip(), "description"))
    generator.link(href=_plain(show.feed_url, "the feed"), rel="self", type="application/rss+xml")
    # Whatever link comes last becomes the channel's link, so this one does.
    generator.link(href=_needed(web_address(show.link), "link"), rel="alternate")
    generator.language(one_line(show.language))
    generator.generator(f"audio-edition {__version__}")
    if show.copyright:
        generator.copyright(carried_text(show.copyright))
    author = _needed(one_line(show.author), "author")
    generator.podcast.itunes_author(author)
    generator.podcast.itunes_type(show.type.value)
    generator.podcast.itunes_image(_artwork_address(show, artwork))
    email = carried_text(show.email).strip()
    if show.feed.has_owner and email:
        generator.podcast.itunes_owner(name=author, email=email)


def _say_episode(entry: Any, show: Show, *, episode: Episode) -> None:
    title = one_line(episode.title)
    if not title:
        raise FeedError(f"episode {episode.slug!r} has no title", cure="give the article one and build it again")
    entry.title(title)
    entry.link(href=item_link(show, episode), rel="alternate")
    entry.description(carried_text(episode.notes_html))
    entry.guid(episode.guid, permalink=False)
    entry.pubDate(_aware(episode.published, episode.slug))
    sound = episode.enclosure.file
    entry.enclosure(
        url=_plain(show.url(sound.path), f"the sound of episode {episode.slug!r}"),
        length=str(sound.length_bytes),
        type=sound.media_type,
    )
    entry.podcast.itunes_duration(item_duration_s(episode))
    entry.podcast.itunes_episode_type("full")
    if one_line(episode.author):
        entry.podcast.itunes_author(one_line(episode.author))
    entry.edition.elements = tuple(item_elements(show, episode))


def _bytes(generator: Any) -> bytes:
    try:
        data: bytes = generator.rss_str(pretty=True)
    except ValueError as error:
        # lxml's words for a character that XML cannot carry, in a field that no author writes (GUID, media type).
        raise FeedError(
            f"the feed cannot be written ({error})",
            cure="look for a control character in episodes/*/episode.json and restore that file from git",
        ) from error
    return data


def _moments(episodes: Sequence[Episode]) -> list[datetime]:
    """Every date on which the feed changed, as far as the Episodes know."""
    moments = [_aware(episode.published, episode.slug) for episode in episodes]
    moments.extend(
        _aware(revision.published_at, episode.slug) for episode in episodes for revision in episode.revisions
    )
    return moments


def _aware(moment: datetime, slug: str) -> datetime:
    if moment.tzinfo is None:
        raise FeedError(
            f"episode {slug!r} has a date without a time zone: {moment.isoformat()}",
            cure=f'write it with its zone into episodes/{slug}/episode.json, as in "{moment.isoformat()}Z"',
        )
    return moment.astimezone(UTC)


def _needed(value: str, key: str) -> str:
    if not value:
        raise FeedError(f"the feed needs the show's {key}", cure=f"set {key} in show.toml")
    return value


def _plain(address: str, what: str) -> str:
    if not is_plain_address(address):
        raise FeedError(
            f"{what} has an address that not every app can ask for: {address}",
            cure="use letters, digits, - . _ in base_url (show.toml) and in the names of files",
        )
    return address


def _artwork_address(show: Show, artwork: WebFile) -> str:
    address = _plain(show.url(artwork.path), "the artwork")
    if not address.endswith((".jpg", ".png")):
        # feedgen would leave the image out without a word.
        raise FeedError(
            f"directories take artwork only as .jpg or .png, not {artwork.path}",
            cure='rename the file and set artwork = "cover.jpg" in show.toml',
        )
    return address
