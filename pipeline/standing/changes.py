"""Inside standing: a Change of how an Episode stands is worked out, told, and carried out.

A Change is whole as soon as the Episode's ledger is written: whatever comes next then finishes the rest. So each of
these commands can be given again after it was stopped.
"""

from datetime import datetime
from difflib import get_close_matches

import msgspec
from msgspec import Struct

from pipeline.errors import ConfigError
from pipeline.feeds.ledger import save_episode
from pipeline.identity import episodes_of_all_shows, whole_identities
from pipeline.listing import listed
from pipeline.model import MAIN_SHOW, Episode, Withdrawal
from pipeline.project import Project, settings_file_of
from pipeline.sources.metadata import folded
from pipeline.workflow import WrittenFeed, build_feed, carry_page


class Change(Struct, frozen=True, kw_only=True):
    """An Episode as it is and as it would be. ``effects`` says what that means, in sentences for its author.

    Where both are the same, it was changed so before.
    """

    past: Episode
    episode: Episode
    effects: tuple[str, ...]


def withdrawal_of(project: Project, slug: str, *, reason: str, now: datetime) -> Change:
    """Taking an Episode out of the feed. Its GUID and its files stay for ever, its page says that it was and why.

    Raises:
        ConfigError: there is no such episode, it is out for another reason, or nothing would be left in the feed.
    """
    past = find_episode(project, slug)
    slug = past.slug
    if not reason.strip():
        raise ConfigError("the page has to say why it was withdrawn", cure=f'audio-edition withdraw {slug} "why"')
    if past.is_withdrawn:
        _require_same_reason(past, reason)
        return Change(past=past, episode=past, effects=())
    episode = msgspec.structs.replace(past, withdrawals=(*past.withdrawals, Withdrawal(at=now, reason=reason.strip())))
    _require_feed_left(project, past, now=now)
    return Change(
        past=past,
        episode=episode,
        effects=(
            f"the feed names {slug} no more; apps drop it when they next look",
            f"its page, episodes/{slug}/, says that it was withdrawn, and why",
            f"its GUID and its files stay, so that it can come back: audio-edition restore {slug}",
        ),
    )


def restoration_of(project: Project, slug: str, *, now: datetime) -> Change:
    """Putting a withdrawn Episode back, as it was.

    Raises:
        ConfigError: there is no such episode, or it was never withdrawn.
    """
    past = find_episode(project, slug)
    slug = past.slug
    if not past.withdrawals:
        raise ConfigError(f"episode {slug!r} was never withdrawn", cure="see audio-edition history " + slug)
    if not past.is_withdrawn:
        return Change(past=past, episode=past, effects=())
    *before, last = past.withdrawals
    back = msgspec.structs.replace(last, restored_at=now)
    episode = msgspec.structs.replace(past, withdrawals=(*before, back))
    effects = (f"{slug} stands in the feed again, with the GUID and the date it had", f"episodes/{slug}/ is its page")
    return Change(past=past, episode=episode, effects=effects)


def renaming_of(project: Project, old: str, *, new: str) -> Change:
    """Giving an Episode another slug: a page of another address, and nothing else that listeners know.

    Raises:
        ConfigError: there is no such episode, or ``new`` is no slug or that of another one.
    """
    slug = project.episode_slug(new)
    names = {old, project.episode_slug(old)}
    known = whole_identities(project)[1]
    done = next((one for one in known if one.slug == slug and names & {*one.former_slugs}), None)
    past = done or find_episode(project, old)
    if slug == past.slug:
        return Change(past=past, episode=past, effects=() if done else (f"its slug is {slug} already",))
    _require_free(project, past, slug=slug, given=new)
    return Change(
        past=past,
        episode=msgspec.structs.replace(past, slug=slug, former_slugs=(*past.former_slugs, past.slug)),
        effects=(
            f"episodes/{slug}/ becomes its page, and episodes/{past.slug}/ leads there",
            "its GUID stays, and so do the addresses of its sound, transcripts and chapters",
            f"write `slug: {new}` into the front matter of {past.source_path}, or name the file so",
        ),
    )


def carry_out(project: Project, change: Change, *, now: datetime) -> WrittenFeed:
    """The feed once ``change`` is made; to be called under the show's lock.

    Raises:
        PipelineError: the feed cannot be written; the change is kept, and the next feed makes the rest of it.
    """
    keep_change(project, change)
    return build_feed(project, now=now)


def keep_change(project: Project, change: Change) -> None:
    """Make ``change`` all but the feed, which is to be written next; to be called under the show's lock.

    Raises:
        StoreError: the disk does not take it; the show is as it was.
    """
    carry_page(project, change.past, episode=change.episode)
    save_episode(project.episode_ledger_path(change.episode.slug), change.episode)


def find_episode(project: Project, slug: str) -> Episode:
    """The Episode of that slug; of a private show, also by the slug that its article has.

    Raises:
        ConfigError: there is none; with the nearest there is, what it is called now, or the show that has it.
        IdentityError: a ledger was deleted, doubled or edited.
    """
    _, episodes = whole_identities(project)
    by_slug = {episode.slug: episode for episode in episodes}
    found = by_slug.get(slug) or by_slug.get(project.episode_slug(slug))
    if found is not None:
        return found
    renamed = next((one for one in episodes if {slug, project.episode_slug(slug)} & {*one.former_slugs}), None)
    if renamed is not None:
        raise ConfigError(f"episode {slug!r} was renamed to {renamed.slug!r}", cure="give its new name")
    _refuse_other_show(project, slug)
    near = get_close_matches(slug, by_slug, n=1)
    cure = f"did you mean {near[0]}?" if near else "audio-edition status lists all there are"
    raise ConfigError(f"there is no episode {slug!r}", cure=cure)


def _refuse_other_show(project: Project, slug: str) -> None:
    """Raises ConfigError where another show of the folder has an episode of that slug: a command is for one of them."""
    other = next((one for one in episodes_of_all_shows(project) if one.slug == slug), None)
    if other is not None:
        settings = settings_file_of(project.root, other.show).relative_to(project.root).as_posix()
        what = f"episode {slug!r} is of the show “{other.show or MAIN_SHOW}”"
        raise ConfigError(what, cure=f"say so: --show {settings}")


def _require_same_reason(past: Episode, reason: str) -> None:
    out = past.withdrawals[-1]
    if out.reason != reason.strip():
        raise ConfigError(
            f"episode {past.slug!r} was withdrawn on {out.at:%Y-%m-%d} already: {out.reason}",
            cure=f"put it back with `audio-edition restore {past.slug}`, to give another reason then",
        )


def _require_feed_left(project: Project, past: Episode, *, now: datetime) -> None:
    ledger, episodes = whole_identities(project)
    others = tuple(episode for episode in episodes if episode.guid != past.guid)
    if ledger.published and not listed(project.show, others, now=now):
        raise ConfigError(
            f"episode {past.slug!r} is the only one in the feed, and every directory refuses an empty feed",
            cure="publish another one first, or take the show down where it is hosted",
        )


def _require_free(project: Project, past: Episode, *, slug: str, given: str) -> None:
    """An address is one episode's for ever; its own of before it may have back."""
    if not given or folded(given) != given:
        cure = f"try {folded(given)}" if folded(given) else "write it like quiet-straits"
        raise ConfigError(f"“{given}” is no slug: at most 80 of a-z, 0-9 and single hyphens", cure=cure)
    for other in episodes_of_all_shows(project):
        if other.guid != past.guid and slug in {other.slug, *other.former_slugs}:
            raise ConfigError(f"episodes/{slug}/ belongs to episode {other.slug!r}", cure="give it another slug")
