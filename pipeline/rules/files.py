"""Floor 2: what the directories want of the published files, and of the feed as it lies there."""

import hashlib
from collections.abc import Iterator
from html import escape

from pipeline.chapters import has_own_image, to_chapters_json
from pipeline.listing import is_correction_unapproved
from pipeline.model import Directory, Episode, Severity, WebFile
from pipeline.notes import is_plain_address
from pipeline.patterns import regex
from pipeline.rules.facts import ShowFacts
from pipeline.rules.rule import (
    APPLE,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    apple_requirements,
    namespace,
    rebuild,
    rule,
)

#: Bytes from which some apps are slow, and from which some refuse. Source: feeds.md section 5, number 11.
FEED_BUDGET_BYTES, FEED_LIMIT_BYTES = 1_000_000, 5_000_000

#: The media type that each ending of a name must have. Source: feeds.md A15 and 1.10.
ENCLOSURE_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".pdf": "application/pdf",
}

#: The same for transcripts. Source: feeds.md A31 and 1.7.
TRANSCRIPT_TYPES = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".html": "text/html",
    ".txt": "text/plain",
    ".json": "application/json",
}

#: The same for images of chapters. Source: feeds.md T5.
IMAGE_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}

_LENGTH = Source("RSS 2.0.11; Spotify, Podcast Delivery Specification 5.17", "X7, S3, T6", Confidence.PRIMARY)
_WRITE_FEED = "write it again: audio-edition feed"

_GUID = regex(r"<guid\b[^>]*>([^<]*)</guid>")
_SOUND = regex(r'<enclosure\b[^>]*\burl="([^"]*)"')


@rule("enclosure-file", Severity.ERROR, directories=EVERYONE, source=_LENGTH)
def _enclosure_file(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        yield from _not_as_kept(facts, episode, file=episode.enclosure.file)


@rule("enclosure-type", Severity.ERROR, directories=APPLE, source=apple_guide("A15"))
def _enclosure_type(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        yield from _mistyped(episode, episode.enclosure.file, types=ENCLOSURE_TYPES)


@rule(
    "transcript-file",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("A31, transcript"),
)
def _transcript_file(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for transcript in episode.transcripts:
            yield from _not_as_kept(facts, episode, file=transcript.file)


@rule(
    "transcript-type",
    Severity.ERROR,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("A31, transcript"),
)
def _transcript_type(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for transcript in episode.transcripts:
            yield from _mistyped(episode, transcript.file, types=TRANSCRIPT_TYPES)


@rule(
    "transcript-missing",
    Severity.ADVICE,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("transcript"),
)
def _transcript_missing(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        if not any(transcript.file.media_type == "text/vtt" for transcript in episode.transcripts):
            yield Fault(
                f"episode {episode.slug}",
                "it has no WebVTT transcript, the one form that all apps read",
                rebuild(episode),
            )


@rule("old-file", Severity.WARNING, directories=EVERYONE, source=apple_requirements("T8"))
def _old_file(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for revision in episode.revisions[:-1]:
            for file in (revision.enclosure.file, *revision.files):
                if facts.file_lengths.get(file.path) != file.length_bytes:
                    yield Fault(
                        f"episode {episode.slug}",
                        f"{file.path} is gone or changed, and apps that have not seen the correction still ask for it",
                        "put it back from what is online, or from a backup",
                    )


@rule(
    "chapters-file",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("chapters"),
)
def _chapters_file(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        if episode.chapters_file is not None:
            yield from _not_as_kept(facts, episode, file=episode.chapters_file)


@rule(
    "chapters-moved",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("chapters"),
)
def _chapters_moved(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        file = episode.chapters_file
        if file is None or not any(has_own_image(chapter) for chapter in episode.chapters):
            continue
        data = to_chapters_json(episode.chapters, title=episode.title, address=facts.show.url)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            yield Fault(
                f"episode {episode.slug}",
                f"{file.path} gives other addresses for its images than {facts.show.base_url}",
                _make_again(episode),
            )


@rule(
    "chapter-image-file",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("chapters"),
)
def _chapter_image_file(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for image in episode.chapter_images:
            yield from _not_as_kept(facts, episode, file=image)


@rule(
    "chapter-image-type",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("chapters"),
)
def _chapter_image_type(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for image in episode.chapter_images:
            yield from _mistyped(episode, image, types=IMAGE_TYPES)


@rule("plain-addresses", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A18"))
def _plain_addresses(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.episodes:
        for file in _files_of(episode):
            if not is_plain_address(f"https://host/{file.path}"):
                yield Fault(
                    f"episode {episode.slug}",
                    f"{file.path!r} has blanks or characters that are not ASCII, and apps cannot ask for it",
                    f"give the article a slug of a-z, 0-9 and -; {rebuild(episode)}",
                )


@rule("feed-missing", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A1"))
def _feed_missing(facts: ShowFacts) -> Iterator[Fault]:
    if facts.feed_text is None:
        yield Fault(facts.show.feed_path, "there is no feed yet", "write it: audio-edition feed")


@rule(
    "feed-address",
    Severity.ERROR,
    directories=(Directory.PSP,),
    source=Source("PSP-1, 2023-08-07", "X11", Confidence.PRIMARY),
)
def _feed_address(facts: ShowFacts) -> Iterator[Fault]:
    if facts.feed_text is not None and f'"{escape(facts.show.feed_url)}"' not in facts.feed_text:
        yield Fault(facts.show.feed_path, f"it does not give its own address {facts.show.feed_url}", _WRITE_FEED)


@rule("feed-stale", Severity.ERROR, directories=EVERYONE, source=apple_guide("A4, A17"))
def _feed_stale(facts: ShowFacts) -> Iterator[Fault]:
    if facts.feed_text is None:
        return
    pages = (facts.feed_text, *facts.further_pages)
    # Searched for once: a feed of 10,000 episodes has 20 MB.
    guids = {guid for page in pages for guid in _GUID.findall(page)}
    sounds = {address for page in pages for address in _SOUND.findall(page)}
    listed = facts.listed
    for episode in listed:
        address = escape(facts.show.url(episode.enclosure.file.path))
        # A correction that nobody has approved keeps the old sound in the feed, and `approval-missing` says so.
        is_held = is_correction_unapproved(facts.show, episode)
        for what, is_there in (("GUID", episode.guid in guids), ("sound", is_held or address in sounds)):
            if not is_there:
                yield Fault(facts.show.feed_path, f"it does not have the {what} of episode {episode.slug}", _WRITE_FEED)
    stray = guids - {episode.guid for episode in listed}
    for episode in facts.episodes:
        if episode.guid in stray:
            what = f"it has episode {episode.slug}, which is not to be in it now"
            yield Fault(facts.show.feed_path, what, _WRITE_FEED)


@rule(
    "feed-budget",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("fireside 119; MinusPod 67", "section 5, 11", Confidence.PRIMARY),
)
def _feed_budget(facts: ShowFacts) -> Iterator[Fault]:
    length = _feed_bytes(facts)
    if FEED_BUDGET_BYTES < length <= FEED_LIMIT_BYTES:
        yield Fault(
            facts.show.feed_path,
            f"it has {length} bytes, and apps get slow or stop above {FEED_BUDGET_BYTES}",
            "shorten summaries and serve it with gzip, or set items_per_page = 300 under [feed]",
        )


@rule(
    "feed-limit",
    Severity.ERROR,
    directories=EVERYONE,
    source=Source("MinusPod 67; W3C feed validator", "section 5, 11", Confidence.MEASURED),
)
def _feed_limit(facts: ShowFacts) -> Iterator[Fault]:
    length = _feed_bytes(facts)
    if length > FEED_LIMIT_BYTES:
        yield Fault(
            facts.show.feed_path,
            f"it has {length} bytes, and apps and validators refuse more than {FEED_LIMIT_BYTES}",
            "set items_per_page = 300 under [feed], start a second show for the new articles, or shorten summaries",
        )


def _feed_bytes(facts: ShowFacts) -> int:
    return len((facts.feed_text or "").encode())


def _files_of(episode: Episode) -> Iterator[WebFile]:
    yield episode.enclosure.file
    yield from episode.side_files


def _not_as_kept(facts: ShowFacts, episode: Episode, *, file: WebFile) -> Iterator[Fault]:
    """A Fault if the file on disk is not there or has another length than the ledger says."""
    length = facts.file_lengths.get(file.path)
    if length is None:
        yield Fault(f"episode {episode.slug}", f"{file.path} is missing", _make_again(episode))
    elif length != file.length_bytes or not length:
        yield Fault(
            f"episode {episode.slug}",
            f"{file.path} has {length} bytes, and the feed says {file.length_bytes}",
            _make_again(episode),
        )


def _make_again(episode: Episode) -> str:
    # The same content needs no reason: it is what was published.
    return f"make it again: audio-edition episode {episode.source_path}"


def _mistyped(episode: Episode, file: WebFile, *, types: dict[str, str]) -> Iterator[Fault]:
    """A Fault if the ending of the name and the media type are not a pair that apps know."""
    ending = f".{file.path.rpartition('.')[2].lower()}"
    if types.get(ending) != file.media_type:
        wanted = types.get(ending, f"one of {', '.join(types)}")
        yield Fault(
            f"episode {episode.slug}",
            f"{file.path} is said to be {file.media_type}, and its ending {ending} wants {wanted}",
            _make_again(episode),
        )


FILE_RULES: tuple[Rule[ShowFacts], ...] = (
    _enclosure_file,
    _enclosure_type,
    _transcript_file,
    _transcript_type,
    _transcript_missing,
    _chapters_file,
    _chapters_moved,
    _chapter_image_file,
    _chapter_image_type,
    _old_file,
    _plain_addresses,
    _feed_missing,
    _feed_address,
    _feed_stale,
    _feed_budget,
    _feed_limit,
)
