"""Inside standing: what listeners had of an Episode, when and why, as its ledger tells it. Nothing is written."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from pipeline.assembly import settled_corrections
from pipeline.listing import ListingState, standing_of
from pipeline.model import Approval, Correction, Episode, Revision, WebFile, Withdrawal
from pipeline.project import Project
from pipeline.standing.changes import find_episode

#: What the files of an Episode are, by how their names end; the longer of two endings first.
_KINDS = {
    ".chapters.json": "chapters file",
    ".transcript.json": "transcript (JSON)",
    ".vtt": "transcript (WebVTT)",
    ".srt": "transcript (SubRip)",
    ".mp3": "sound",
    ".m4a": "other sound (M4A)",
    ".opus": "other sound (Opus)",
}
_OTHER_KIND = "image of a chapter"
#: What has no file of its own.
_WORDS = "title, date, notes or other words of the feed"


class PublishedState(Struct, frozen=True, kw_only=True):
    """One Revision in the words of a history; ``changed`` is what it has otherwise than the one before it, if any."""

    published_at: datetime
    is_first: bool
    reason: str
    is_silent: bool
    is_spoken: bool
    duration_s: float
    sound: str
    sound_sha256: str
    content_sha256: str
    changed: tuple[str, ...]


class History(Struct, frozen=True, kw_only=True):
    """All that became of an Episode. ``corrections_waiting`` are not published yet, ``changed`` is what they change."""

    slug: str
    title: str
    guid: str
    state: ListingState
    due: datetime | None
    is_live: bool
    is_approved: bool
    former_slugs: tuple[str, ...]
    revisions: tuple[PublishedState, ...]
    withdrawals: tuple[Withdrawal, ...]
    approvals: tuple[Approval, ...]
    corrections_waiting: tuple[Correction, ...]
    changed: tuple[str, ...]


def history_of(project: Project, slug: str, *, now: datetime) -> History:
    """The history of the Episode of that slug, oldest first.

    Raises:
        ConfigError: there is no such episode.
        IdentityError: a ledger was deleted, doubled or edited.
    """
    episode = find_episode(project, slug)
    standing = standing_of(project.show, episode, now=now)
    return History(
        slug=episode.slug,
        title=episode.title,
        guid=episode.guid,
        state=standing.state,
        due=standing.due,
        is_live=episode.is_live,
        is_approved=episode.is_approved,
        former_slugs=episode.former_slugs,
        revisions=tuple(_states(episode)),
        withdrawals=episode.withdrawals,
        approvals=episode.approvals,
        corrections_waiting=episode.corrections[len(settled_corrections(episode)) :],
        changed=_changed_since(episode),
    )


def _states(episode: Episode) -> Iterator[PublishedState]:
    spoken = {correction.reason for correction in episode.corrections if correction.is_spoken}
    before: Revision | None = None
    for revision in episode.revisions:
        yield PublishedState(
            published_at=revision.published_at,
            is_first=before is None,
            reason=revision.reason,
            is_silent=revision.is_silent,
            is_spoken=revision.reason in spoken,
            duration_s=revision.enclosure.duration_s,
            sound=revision.enclosure.file.path,
            sound_sha256=revision.enclosure.file.sha256,
            content_sha256=revision.content_sha256,
            changed=_changed(before, revision) if before else (),
        )
        before = revision


def _changed_since(episode: Episode) -> tuple[str, ...]:
    """What the next Revision would have otherwise than the newest."""
    if not episode.is_published or episode.is_live:
        return ()
    newest = episode.revisions[-1]
    now = Revision(
        published_at=newest.published_at,
        reason="",
        enclosure=episode.enclosure,
        content_sha256=episode.content_sha256,
        files=episode.side_files,
    )
    return _changed(newest, now)


def _changed(old: Revision, new: Revision) -> tuple[str, ...]:
    """A Revision keeps digests and not words: of these only that some of them changed can be told."""
    before, after = _digests(old), _digests(new)
    kinds = [kind for kind in sorted({*before, *after}) if before.get(kind) != after.get(kind)]
    if not kinds and old.content_sha256 != new.content_sha256:
        return (_WORDS,)
    return tuple(kinds)


def _digests(revision: Revision) -> dict[str, set[str]]:
    digests: dict[str, set[str]] = {}
    for file in (revision.enclosure.file, *revision.files):
        digests.setdefault(_kind(file), set()).add(file.sha256)
    return digests


def _kind(file: WebFile) -> str:
    return next((kind for ending, kind in _KINDS.items() if file.path.endswith(ending)), _OTHER_KIND)
