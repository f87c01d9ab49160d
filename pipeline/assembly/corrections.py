"""Inside the assembly: the show notes, and the reasons for which a published Episode may become another one."""

from datetime import datetime

import msgspec

from pipeline.assembly.values import Made
from pipeline.feeds.ledger import content_digest
from pipeline.model import Correction, Episode, VoiceCredit
from pipeline.notes import write_notes
from pipeline.sources.clean_notes import require_clean

#: How the names of such licences begin.
_LICENCES_OF_PROGRAMS = ("GPL", "LGPL", "AGPL")


def correction_of(reason: str, *, is_silent: bool, is_spoken: bool, now: datetime) -> Correction | None:
    """What `--correct` said, if it said anything."""
    return Correction(at=now, reason=reason, is_silent=is_silent, is_spoken=is_spoken) if reason else None


def settled_corrections(past: Episode | None) -> tuple[Correction, ...]:
    """Those that listeners have already; the others are still to be published, or to be taken back."""
    if past is None or not past.is_published:
        return ()
    return tuple(one for one in past.corrections if one.at <= past.revisions[-1].published_at)


def with_reason(episode: Episode, made: Made, *, past: Episode | None, correction: Correction | None) -> Episode:
    """The Episode with its notes, and with ``correction`` if listeners get something else because of it.

    An Episode that is back to what listeners have loses the corrections that were still to be published.
    """
    if past is None or not past.is_published:
        return _with_notes(episode, made)
    out = past.revisions[-1]
    settled = settled_corrections(past)
    as_it_is_out = _with_notes(msgspec.structs.replace(episode, corrections=settled), made)
    if as_it_is_out.content_sha256 == out.content_sha256:
        return as_it_is_out
    noted = _with_notes(episode, made)
    waiting = past.corrections[len(settled) :]
    if correction is None or any(_says_the_same(one, correction) for one in waiting):
        return noted
    # Said otherwise the second time (silent, spoken), it is still the same correction.
    others = tuple(one for one in waiting if one.reason != correction.reason)
    return _with_notes(msgspec.structs.replace(episode, corrections=(*settled, *others, correction)), made)


def _says_the_same(one: Correction, other: Correction) -> bool:
    return (one.reason, one.is_silent, one.is_spoken) == (other.reason, other.is_silent, other.is_spoken)


def _with_notes(episode: Episode, made: Made) -> Episode:
    notes = write_notes(
        made.article,
        episode.chapters,
        corrections=episode.corrections,
        # Not the second voice, which the page credits: the notes of what is published are not to change by themselves.
        voice=". ".join(words for words in (_voice_words(episode.voice), episode.music_credit) if words),
        summary_by=episode.summary_by,
    )
    require_clean(notes)
    noted = msgspec.structs.replace(episode, notes_html=notes)
    return msgspec.structs.replace(noted, content_sha256=content_digest(noted))


def _voice_words(credit: VoiceCredit) -> str:
    """Who speaks, and under which licence where that is one of the voice: a program's says nothing of its sound."""
    name = f"{credit.engine} {credit.voice}"
    has_own_licence = credit.licence and not credit.licence.startswith(_LICENCES_OF_PROGRAMS)
    return f"{name} ({credit.licence})" if has_own_licence else name
