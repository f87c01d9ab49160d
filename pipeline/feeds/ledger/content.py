"""Inside the ledger: what listeners get of an Episode, and its digest. Pure.

A correction is whatever changes the digest, so nothing may stand in it that changes by itself, and what is added to an
Episode later must leave the digest of those without it as it was: published ledgers would ask for reasons.
"""

from collections.abc import Callable

import msgspec

from pipeline.chapters import has_own_image, to_chapters_json
from pipeline.files import sha256_of
from pipeline.model import Episode, EpisodeChapter, EpisodeKind, WebFile

#: What listeners get of an Episode, in the words of a message. Other forms of the sound are the same to hear. None
#: stands for what not every Episode has, and this one has not: it is no part of the digest. That it is a draft or under
#: an embargo is nothing that listeners get.
#: Source: design, section 5.
WHAT_LISTENERS_GET: tuple[tuple[str, Callable[[Episode], object]], ...] = (
    ("sound", lambda episode: episode.enclosure.file.sha256),
    ("title", lambda episode: episode.title),
    ("subtitle", lambda episode: episode.subtitle),
    ("author", lambda episode: episode.author),
    ("summary", lambda episode: episode.summary),
    ("show notes", lambda episode: episode.notes_html),
    ("chapters", lambda episode: [_heard_and_seen(chapter) for chapter in episode.chapters]),
    ("chapters file", lambda episode: _told_in(episode.chapters_file, episode) if episode.chapters_file else ""),
    ("transcript", lambda episode: [form.file.sha256 for form in episode.transcripts]),
    ("link", lambda episode: episode.source_url),
    ("language", lambda episode: episode.language),
    ("tags", lambda episode: episode.tags),
    ("date", lambda episode: episode.published),
    ("type", lambda episode: _named("type", _kind_of(episode))),
    ("season", lambda episode: _named("season", episode.listing.season)),
    ("episode number", lambda episode: _named("number", episode.listing.number)),
    ("explicit mark", lambda episode: _named("explicit", episode.listing.is_explicit)),
    ("soundbites", lambda episode: _named("soundbites", episode.soundbites or None)),
    ("people", lambda episode: _named("people", episode.listing.persons or None)),
)


def _named(name: str, value: object) -> tuple[str, object] | None:
    """``value`` with its name, so that a season of 3 is not a number of 3; None for none."""
    return None if value is None else (name, value)


def _kind_of(episode: Episode) -> EpisodeKind | None:
    return None if episode.listing.kind is EpisodeKind.FULL else episode.listing.kind


def _heard_and_seen(chapter: EpisodeChapter) -> tuple[object, ...]:
    """Start and title; link and image only where there is one, so that episodes without keep the digest they had."""
    more = (chapter.link, chapter.image) if chapter.link or chapter.image else ()
    return (chapter.start_ms, chapter.title, *more)


def _told_in(chapters_file: WebFile, episode: Episode) -> str:
    """The digest of the chapters file, as it would be with the paths of images of our own in place of their addresses.

    Their names carry the digest of their bytes. Where the show lives is no part of what listeners get: a show that
    moves house needs no reason.
    """
    if not any(has_own_image(chapter) for chapter in episode.chapters):
        return chapters_file.sha256
    return sha256_of(to_chapters_json(episode.chapters, title=episode.title, address=str))


def content_digest(episode: Episode) -> str:
    """The digest of everything that listeners get, and of nothing else: SHA-256 of its canonical JSON."""
    content = [said for _, of in WHAT_LISTENERS_GET if (said := of(episode)) is not None]
    return sha256_of(msgspec.json.encode(content, order="deterministic"))


def changes_between(old: Episode, new: Episode) -> str:
    """What of the Episode listeners would get otherwise, as a list in words: "sound, title and chapters"."""
    names = [name for name, of in WHAT_LISTENERS_GET if of(old) != of(new)] or ["what listeners get"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
