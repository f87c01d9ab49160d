"""Inside the ledger: what went out is recorded, as a Revision of its Episode and a name in the show's ledger. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from pipeline.errors import IdentityError
from pipeline.model import Correction, Enclosure, Episode, Revision, ShowLedger, WebFile


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


def moment_of_correction(past: Episode | None, *, now: datetime) -> datetime:
    """``now``, or right behind the newest Revision of ``past`` where the clock stands before that.

    A clock that was wrong once must not make a new reason look like one that listeners have already.
    """
    if past is None or not past.is_published:
        return now
    return max(now, past.revisions[-1].published_at + timedelta(microseconds=1))


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
    # A clock that was set back changes no order: what is told in a Revision was said before it.
    before = (*(one.published_at for one in episode.revisions), *(one.at for one in episode.corrections))
    revision = Revision(
        published_at=max(now, *before) if before else now,
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
