"""Floor 3, inside the feeds: what feedgen cannot say of an item, from the show, its cover and the episode alone."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime

from pipeline.chapters import image_address
from pipeline.errors import FeedError
from pipeline.feeds.extension.elements import Element, given, label, one_line
from pipeline.feeds.extension.persons import persons_of_episode
from pipeline.model import AlternateEnclosure, Episode, EpisodeChapter, Show, Soundbite, TranscriptFile, WebFile
from pipeline.notes import are_chapters_shown
from pipeline.units import timestamp

#: Types of a transcript that a player can show in step with the sound (podcast:transcript@rel).
CAPTION_TYPES = frozenset({"text/vtt", "application/x-subrip", "application/srt"})

#: That the voice is synthetic (added to the namespace on 2026-03-05).
AI_CONTENT = Element(name="podcast:txt", attributes={"purpose": "ai-content"}, text="true")

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def item_elements(show: Show, episode: Episode, *, artwork: WebFile) -> Iterator[Element]:
    """The elements in their order. Source: feeds.md 1.2, 1.7, 1.8."""
    yield Element(name="pubDate", text=rfc822(aware(episode.published, episode)))
    yield from _for_apple(show, episode)
    # An episode has no image of its own; Apple and PSP-1 recommend one all the same (feeds.md A5, 1.6).
    yield Element(name="itunes:image", attributes={"href": show.url(artwork.path)})
    yield from _place(show, episode)
    yield from (_transcript(show, form) for form in episode.transcripts)
    if episode.chapters_file is not None:
        file = {"url": show.url(episode.chapters_file.path), "type": episode.chapters_file.media_type}
        yield Element(name="podcast:chapters", attributes=file)
    yield from (_soundbite(episode, one) for one in episode.soundbites)
    yield from (_alternate_enclosure(show, one) for one in episode.alternates)
    yield from persons_of_episode(show, episode)
    yield AI_CONTENT
    if are_chapters_shown(episode.chapters):
        # Spotify reads these.
        marks = tuple(_simple_chapter(show, chapter) for chapter in episode.chapters)
        yield Element(name="psc:chapters", attributes={"version": "1.2"}, children=marks)


def rfc822(moment: datetime) -> str:
    """An aware moment as RSS wants it, "Mon, 02 Mar 2026 06:00:00 +0000", in any locale. Source: feeds.md X9."""
    utc = moment.astimezone(UTC)
    # By hand: feedgen turns the locale of the process over to write one, and the email package takes ten times as long.
    day = f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04}"
    return f"{day} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000"


def aware(moment: datetime, episode: Episode) -> datetime:
    """``moment``, which is one of ``episode``. Raises: FeedError if it has no time zone."""
    if moment.tzinfo is None:
        raise FeedError(
            f"episode {episode.slug!r} has a date without a time zone: {moment.isoformat()}",
            cure=f'write it with its zone into episodes/{episode.slug}/episode.json, as in "{moment.isoformat()}Z"',
        )
    return moment


def item_duration_s(episode: Episode) -> int:
    """The length of the sound in whole seconds (RSS: item/itunes:duration)."""
    return round(episode.enclosure.duration_s)


def boolean(value: bool) -> str:
    """As the directories write it since 2020. Source: feeds.md A6."""
    return "true" if value else "false"


def _for_apple(show: Show, episode: Episode) -> Iterator[Element]:
    listing = episode.listing
    is_explicit = show.explicit if listing.is_explicit is None else listing.is_explicit
    yield Element(name="itunes:duration", text=str(item_duration_s(episode)))
    yield Element(name="itunes:explicit", text=boolean(is_explicit))
    if listing.season is not None:
        yield Element(name="itunes:season", text=str(listing.season))
    if listing.number is not None:
        yield Element(name="itunes:episode", text=str(listing.number))
    yield Element(name="itunes:episodeType", text=listing.kind.value)


def _place(show: Show, episode: Episode) -> Iterator[Element]:
    """Season and number again, where a season can have a name (RSS: podcast:season, podcast:episode)."""
    season, number = episode.listing.season, episode.listing.number
    if season is not None:
        names = {one.number: one.name for one in show.seasons}
        name = given([("name", label(names.get(season, "")))])
        yield Element(name="podcast:season", attributes=name, text=str(season))
    if number is not None:
        yield Element(name="podcast:episode", text=str(number))


def _transcript(show: Show, transcript: TranscriptFile) -> Element:
    file = transcript.file
    form = {"url": show.url(file.path), "type": file.media_type, "language": transcript.language}
    if file.media_type in CAPTION_TYPES:
        form["rel"] = "captions"
    return Element(name="podcast:transcript", attributes=form)


def _soundbite(episode: Episode, soundbite: Soundbite) -> Element:
    """With a title always: readers disagree on what none means. Source: podcast-namespace, docs/tags/soundbite.md."""
    span = {"startTime": _seconds(soundbite.start_ms), "duration": _seconds(soundbite.duration_ms)}
    title = label(soundbite.title) or label(episode.title)
    return Element(name="podcast:soundbite", attributes=span, text=title)


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}"


def _alternate_enclosure(show: Show, alternate: AlternateEnclosure) -> Element:
    """The same sound in another form, with its digest. Source: podcast-namespace, docs/tags/alternate-enclosure.md."""
    file = alternate.file
    form = (
        ("type", file.media_type),
        ("length", str(file.length_bytes)),
        ("bitrate", str(alternate.bitrate_kbps * 1000)),
        ("title", alternate.title),
        ("codecs", alternate.codecs),
    )
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    integrity = Element(name="podcast:integrity", attributes={"type": "sri", "value": f"sha256-{digest}"})
    source = Element(name="podcast:source", attributes={"uri": show.url(file.path)})
    return Element(name="podcast:alternateEnclosure", attributes=given(form), children=(source, integrity))


def _simple_chapter(show: Show, chapter: EpisodeChapter) -> Element:
    """Source: podlove.org/simple-chapters, 1.2."""
    mark = {"start": timestamp(chapter.start_ms), "title": one_line(chapter.title)}
    if chapter.link:
        mark["href"] = chapter.link
    if chapter.image:
        mark["image"] = image_address(chapter, show.url)
    return Element(name="psc:chapter", attributes=mark)
