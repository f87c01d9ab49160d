"""Floor 3: the ledgers of identity, `episodes/<slug>/episode.json` and `feeds/show.json`, and the guards over them.

Everything else that a build makes can be made again; a GUID cannot. So it is minted once, kept in git, and every
feed build passes ``check_identities`` before it and ``mark_published`` after it. Save the show's ledger before the
episodes': a build that dies between the two then finds an episode that is still to be published, and mends itself.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.chapters import has_own_image, to_chapters_json
from pipeline.errors import IdentityError
from pipeline.files import sha256_of, write_atomically
from pipeline.model import Correction, Enclosure, Episode, EpisodeChapter, Revision, ShowLedger, WebFile

#: The namespace of every podcast:guid. Source: podcast-namespace, docs/tags/guid.md.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

#: JSON has no infinity, and the loudness of silence is minus infinity; nothing else in a ledger can fail to read back.
UNSAVED_CURE = "the file was left as it was; look for a loudness that is not a number, as of an episode of silence"

Ledger = TypeVar("Ledger", Episode, ShowLedger)


#: What listeners get of an Episode, in the words of a message. Other forms of the sound are the same to hear.
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
)


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


def mint_guid() -> str:
    """A new episode's GUID: random, so that it depends on nothing that may change (RSS: item/guid)."""
    return str(uuid.uuid4())


def content_digest(episode: Episode) -> str:
    """The digest of everything that listeners get, and of nothing else: SHA-256 of its canonical JSON."""
    content = [of(episode) for _, of in WHAT_LISTENERS_GET]
    return sha256_of(msgspec.json.encode(content, order="deterministic"))


def podcast_guid(feed_url: str) -> str:
    """The show's podcast:guid: UUID version 5 of the feed's address without its scheme and trailing slashes.

    It is derived once, at the first build, and then kept, even if the address moves.
    Source: podcast-namespace, docs/tags/guid.md.
    """
    return str(uuid.uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))


def load_episode(path: Path) -> Episode | None:
    """The Episode that ``path`` keeps, None where there is no such file yet.

    Raises: IdentityError where the file is damaged.
    """
    return _load(path, Episode)


def save_episode(path: Path, episode: Episode) -> bool:
    """Keep ``episode`` in ``path``, as indented JSON; True if that changed the file.

    Raises: IdentityError for values that JSON cannot give back.
    """
    return _save(path, episode)


def load_show_ledger(path: Path) -> ShowLedger | None:
    """The ShowLedger that ``path`` keeps, None where there is no such file yet.

    Raises: IdentityError where the file is damaged.
    """
    return _load(path, ShowLedger)


def save_show_ledger(path: Path, ledger: ShowLedger) -> bool:
    """Keep ``ledger`` in ``path``, as indented JSON; True if that changed the file."""
    return _save(path, ledger)


def check_identities(ledger: ShowLedger, episodes: Sequence[Episode]) -> None:
    """Nothing, if every published GUID is still there under its slug and no identity stands twice.

    Raises: IdentityError that names the episode and the file to restore.
    """
    _refuse_doubles("GUID", [(episode.guid, episode.slug) for episode in episodes])
    _refuse_doubles("enclosure", [(episode.enclosure.file.path, episode.slug) for episode in episodes])
    present = {episode.guid: episode.slug for episode in episodes}
    for guid, slug in sorted(ledger.published.items(), key=lambda pair: pair[1]):
        if present.get(guid) != slug:
            raise IdentityError(
                _what_became_of(guid, slug, episodes=episodes),
                cure=f"restore it from git: git checkout -- episodes/{slug}/episode.json",
            )
    for episode in episodes:
        if episode.is_published and episode.guid not in ledger.published:
            raise IdentityError(
                f"episode {episode.slug!r} was published, but feeds/show.json does not name its GUID {episode.guid}",
                cure="restore it from git: git checkout -- feeds/show.json",
            )


def require_reason(old: Episode | None, new: Episode) -> None:
    """Nothing, if ``new`` may take the place of ``old``: identity kept, and a reason given for what would change.

    An episode that listeners do not have yet may change in everything but its GUID. One that they have keeps its
    date for ever and changes only with a new Correction, or while one waits to be published.

    Raises: IdentityError that says what would change, and the option to give.
    """
    if old is None:
        return
    _refuse_new_identity(old, new)
    if not old.is_published or new.content_sha256 == old.revisions[-1].content_sha256:
        return
    if old.is_live and len(new.corrections) <= len(old.corrections):
        raise IdentityError(
            f"episode {new.slug!r} is published, and {_changes(old, new)} would change",
            cure='say why with --correct "what was wrong"; a different article needs a file name (or slug:) of its own',
        )


def mark_published(
    ledger: ShowLedger, episodes: Sequence[Episode], *, now: datetime
) -> tuple[ShowLedger, tuple[Episode, ...]]:
    """The ledger and the Episodes as they stand once the feed names them; those already live come back as they are.

    A live one with files under other addresses, as after a move of the show, gets a silent Revision: no address that
    listeners were given is ever forgotten. ``now`` is aware UTC.

    Raises: IdentityError where a published episode changed and nobody said why.
    """
    marked = tuple(_marked(episode, now) for episode in episodes)
    published = {**ledger.published, **{episode.guid: episode.slug for episode in marked}}
    return msgspec.structs.replace(ledger, published=published), marked


def _load(path: Path, kind: type[Ledger]) -> Ledger | None:
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.ValidationError as error:
        raise IdentityError(
            f"another version of audio-edition wrote this ledger, or a person did ({error})",
            cure=f"use that version, or restore it from git: git checkout -- {path}",
            path=path,
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise IdentityError(
            f"the ledger is damaged ({error})", cure=f"restore it from git: git checkout -- {path}", path=path
        ) from error


def _save(path: Path, value: Ledger) -> bool:
    # Fields in the order of the model, keys of dicts sorted: a diff in git shows what changed and nothing else.
    data = msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2) + b"\n"
    try:
        is_whole = msgspec.json.decode(data, type=type(value)) == value
    except msgspec.DecodeError as error:
        raise IdentityError(f"the ledger would not read back ({error})", cure=UNSAVED_CURE, path=path) from error
    if not is_whole:
        raise IdentityError("the ledger would read back otherwise than written", cure=UNSAVED_CURE, path=path)
    return write_atomically(path, data)


def _refuse_doubles(what: str, named: Sequence[tuple[str, str]]) -> None:
    for value, count in Counter(value for value, _ in named).items():
        if count > 1:
            slugs = sorted(slug for other, slug in named if other == value)
            raise IdentityError(
                f"{what} {value} stands in {count} episodes: {', '.join(slugs)}",
                cure=f"delete the copy: episodes/{slugs[-1]}/episode.json, unless that is the older one",
            )


def _what_became_of(guid: str, slug: str, *, episodes: Iterable[Episode]) -> str:
    for episode in episodes:
        if episode.guid == guid:
            return f"published GUID {guid} moved from episode {slug!r} to {episode.slug!r}"
        if episode.slug == slug:
            return f"published episode {slug!r} changed its GUID from {guid} to {episode.guid}"
    return f"published episode {slug!r} (GUID {guid}) is gone"


def _refuse_new_identity(old: Episode, new: Episode) -> None:
    if new.guid != old.guid:
        raise IdentityError(
            f"episode {new.slug!r} would change its GUID from {old.guid} to {new.guid}",
            cure=f"restore it from git: git checkout -- episodes/{old.slug}/episode.json",
        )
    if old.is_published and new.published != old.published:
        raise IdentityError(
            f"episode {new.slug!r} is published with the date {old.published.isoformat()}, which subscribers sort by, "
            f"and the article now says {new.published.isoformat()}",
            cure="put the old date (or publish_time) back; to tell of an update use --correct",
        )


def _changes(old: Episode, new: Episode) -> str:
    """What of the Episode listeners would get otherwise, as a list in words."""
    names = [name for name, of in WHAT_LISTENERS_GET if of(old) != of(new)] or ["what listeners get"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _marked(episode: Episode, now: datetime) -> Episode:
    if not episode.is_published:
        return _with_revision(episode, now, reason="first published")
    if not episode.is_live:
        correction = _pending(episode)
        return _with_revision(episode, now, reason=correction.reason, is_silent=correction.is_silent)
    newest = episode.revisions[-1]
    if _paths(episode.enclosure, episode.side_files) <= _paths(newest.enclosure, newest.files):
        return episode
    return _with_revision(episode, now, reason="its files have other addresses", is_silent=True)


def _paths(enclosure: Enclosure, files: Iterable[WebFile]) -> set[str]:
    return {enclosure.file.path, *(file.path for file in files)}


def _with_revision(episode: Episode, now: datetime, *, reason: str, is_silent: bool = False) -> Episode:
    revision = Revision(
        published_at=now,
        reason=reason,
        enclosure=episode.enclosure,
        content_sha256=episode.content_sha256,
        files=episode.side_files,
        is_silent=is_silent,
    )
    return msgspec.structs.replace(episode, revisions=(*episode.revisions, revision))


def _pending(episode: Episode) -> Correction:
    """The newest Correction, if it is not older than what it corrects."""
    if not episode.corrections or episode.corrections[-1].at < episode.revisions[-1].published_at:
        raise IdentityError(
            f"episode {episode.slug!r} is published and was changed since without a reason",
            cure=f'build it again with --correct "what was wrong": audio-edition episode {episode.source_path} '
            '--correct "..."',
        )
    return episode.corrections[-1]
