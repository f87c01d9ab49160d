"""Inside the ledger: the guards. No GUID changes, doubles or vanishes, and nothing that is out changes unexplained."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from pipeline.errors import IdentityError
from pipeline.feeds.ledger.content import changes_between
from pipeline.model import Episode, ShowLedger

#: The namespace of every podcast:guid. Source: podcast-namespace, docs/tags/guid.md.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def mint_guid() -> str:
    """A new episode's GUID: random, so that it depends on nothing that may change (RSS: item/guid)."""
    return str(uuid.uuid4())


def podcast_guid(feed_url: str) -> str:
    """The show's podcast:guid: UUID version 5 of the feed's address without its scheme and trailing slashes.

    It is derived once, at the first build, and then kept, even if the address moves.
    Source: podcast-namespace, docs/tags/guid.md.
    """
    return str(uuid.uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))


def without_superseded(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """The Episodes without those ledgers that a rename has left behind.

    It writes the new ledger first and deletes the old one last; whoever comes in between finds both. The old one's
    slug is among the former slugs of the new one, which has more of them, and both have the same GUID.
    """
    by_guid: defaultdict[str, list[Episode]] = defaultdict(list)
    for episode in episodes:
        by_guid[episode.guid].append(episode)
    return tuple(episode for episode in episodes if not _is_superseded(episode, by_guid[episode.guid]))


def settled(ledger: ShowLedger, episodes: Sequence[Episode]) -> ShowLedger:
    """The show's ledger with the slugs that its episodes have now, and how many Revisions each of them has at least.

    To be called once ``check_identities`` has passed.
    """
    known = {episode.guid: episode for episode in episodes if episode.guid in ledger.published}
    return msgspec.structs.replace(
        ledger,
        published=ledger.published | {guid: episode.slug for guid, episode in known.items()},
        revisions=ledger.revisions | {guid: len(one.revisions) for guid, one in known.items() if one.is_published},
    )


def refuse_doubles(episodes: Sequence[Episode]) -> None:
    """Nothing, if no GUID, no sound and no address stands twice among ``episodes``, which may be of several shows.

    Raises: IdentityError that names the file to delete.
    """
    _refuse_doubles("GUID", [(episode.guid, episode.slug) for episode in episodes])
    _refuse_doubles("enclosure", [(episode.enclosure.file.path, episode.slug) for episode in episodes])
    _refuse_doubles("address", [(slug, episode.slug) for episode in episodes for slug in _slugs(episode)])


def check_identities(ledger: ShowLedger, episodes: Sequence[Episode], *, ledger_path: str = "feeds/show.json") -> None:
    """Nothing, if every published GUID is still there with its history, and no identity or address stands twice.

    Raises: IdentityError that names the episode and the file to restore.
    """
    refuse_doubles(episodes)
    present = {episode.guid: episode for episode in episodes}
    for guid, slug in sorted(ledger.published.items(), key=lambda pair: pair[1]):
        episode = present.get(guid)
        if episode is None or slug not in _slugs(episode):
            raise _lost(_what_became_of(guid, slug, episodes=episodes), slug)
        _require_history(ledger, episode)
    for episode in episodes:
        if episode.is_published and episode.guid not in ledger.published:
            raise IdentityError(
                f"episode {episode.slug!r} was published, but {ledger_path} does not name its GUID {episode.guid}",
                cure=f"restore it from git: git checkout -- {ledger_path}",
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
            f"episode {new.slug!r} is published, and {changes_between(old, new)} would change",
            cure='say why with --correct "what was wrong"; a different article needs a file name of its own',
        )


def _slugs(episode: Episode) -> set[str]:
    """All that it was ever published under: their addresses are its own for ever."""
    return {episode.slug, *episode.former_slugs}


def _is_superseded(episode: Episode, alike: Sequence[Episode]) -> bool:
    return any(
        episode.slug in other.former_slugs and len(other.former_slugs) > len(episode.former_slugs) for other in alike
    )


def _require_history(ledger: ShowLedger, episode: Episode) -> None:
    """Refuse a ledger that is older than what is out, such as one from a backup."""
    at_least, known = ledger.revisions.get(episode.guid, 0), len(episode.revisions)
    if known < at_least:
        what = f"episode {episode.slug!r} was published in {at_least} states, and its ledger knows of {known}"
        raise _lost(what, episode.slug)


def _lost(what: str, slug: str) -> IdentityError:
    return IdentityError(what, cure=f"restore it from git: git checkout -- episodes/{slug}/episode.json")


def _refuse_doubles(what: str, named: Sequence[tuple[str, str]]) -> None:
    for value, count in Counter(value for value, _ in named).items():
        if count > 1:
            slugs = sorted(slug for other, slug in named if other == value)
            raise IdentityError(
                f"{what} {value} stands in {count} episodes: {', '.join(slugs)}",
                cure=f"delete the copy: episodes/{slugs[-1]}/episode.json, unless that is the older one",
            )


def _what_became_of(guid: str, slug: str, *, episodes: Sequence[Episode]) -> str:
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
            cure="put the old date (or publish_time) back; to tell of an update use --correct, and a different article "
            "needs a file name of its own",
        )
