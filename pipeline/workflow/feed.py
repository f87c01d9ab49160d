"""Inside the workflow: the Episodes that are listed become the Feed, and what is out is recorded."""

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from pipeline.artwork import read_artwork, require_apple_artwork, without_private_data
from pipeline.errors import FeedError
from pipeline.feeds.kept import proven_items
from pipeline.feeds.ledger import mark_published, save_episode, save_show_ledger
from pipeline.feeds.pages import pages_of
from pipeline.feeds.reading import verify_pages
from pipeline.feeds.writing import write_page
from pipeline.files import sha256_of, write_atomically
from pipeline.identity import whole_identities
from pipeline.listing import ListingState, Standing, is_correction_unapproved, listed, standing_of
from pipeline.model import Episode, Show, ShowLedger, WebFile
from pipeline.project import Project, shows_beside
from pipeline.site import page_files, render_show_page
from pipeline.workflow.pages import clear_away, standing_pages
from pipeline.workflow.superseded import remove_superseded


class WrittenFeed(Struct, frozen=True, kw_only=True):
    """What came of writing the feed: where it lies, whether it changed, the slugs in it, and all that stands outside.

    With nothing ``listed`` there is no feed: no directory takes an empty one.
    """

    path: Path
    is_changed: bool
    listed: tuple[str, ...]
    waiting: tuple[Standing, ...]


def build_feed(project: Project, *, now: datetime) -> WrittenFeed:
    """The feed of the Episodes that are listed at ``now``, read back before it takes the old one's place.

    Raises:
        IdentityError: a published identity would change, double or vanish.
        FeedError: an episode's file is not there in its true length, a correction is not approved, all that listeners
            had was withdrawn, or the feed does not read back.
    """
    show = project.show
    ledger, episodes = whole_identities(project)
    inside = listed(show, episodes, now=now)
    _require_approvals(show, episodes)
    _require_files(project, inside)
    is_changed = _write_feed(project, ledger, episodes=inside) if inside else _remove_feed(project, ledger)
    save_show_ledger(project.show_ledger_path, ledger)
    for path, data in standing_pages(show, episodes):
        write_atomically(project.root / path, data)
    clear_away(project, episodes)
    remove_superseded(project, episodes)
    return WrittenFeed(
        path=project.feed_path,
        is_changed=is_changed,
        listed=tuple(episode.slug for episode in inside),
        waiting=tuple(one for one in _standings(show, episodes, now=now) if one.state is not ListingState.LISTED),
    )


def standings(project: Project, *, now: datetime) -> tuple[Standing, ...]:
    """How each Episode of the show stands at ``now``; nothing is written.

    Raises:
        IdentityError: a published identity would change, double or vanish.
    """
    _, episodes = whole_identities(project)
    return _standings(project.show, episodes, now=now)


def corrections_to_approve(project: Project) -> tuple[str, ...]:
    """The slugs of the Episodes that keep the feed from being written, until somebody approves what they became.

    Raises:
        IdentityError: a published identity would change, double or vanish.
    """
    _, episodes = whole_identities(project)
    return tuple(episode.slug for episode in episodes if is_correction_unapproved(project.show, episode))


def mark_all_published(project: Project, now: datetime) -> tuple[str, ...]:
    """Record that listeners have the feed as it is; the slugs of the episodes that this is news for.

    Raises:
        IdentityError: a published episode changed, and nobody said why.
        FeedError: a correction is not approved, and it must be.
    """
    ledger, episodes = whole_identities(project)
    _require_approvals(project.show, episodes)
    inside = listed(project.show, episodes, now=now)
    ledger, marked = mark_published(ledger, inside, now=now)
    # The show's ledger first: an episode it names but that does not know yet is whole, the other way round is not.
    save_show_ledger(project.show_ledger_path, ledger)
    for episode in marked:
        save_episode(project.episode_ledger_path(episode.slug), episode)
    return tuple(new.slug for new, old in zip(marked, inside, strict=True) if new != old)


def _standings(show: Show, episodes: Sequence[Episode], *, now: datetime) -> tuple[Standing, ...]:
    return tuple(standing_of(show, episode, now=now) for episode in episodes)


def _write_feed(project: Project, ledger: ShowLedger, *, episodes: Sequence[Episode]) -> bool:
    """What the feed names first, the feed last; True if it changed."""
    show = project.show
    artwork, image = _artwork_file(project)
    pages = pages_of(show, ledger, episodes=episodes, artwork=artwork)
    items = proven_items(show, pages, store=project.store)
    documents = {page.path: write_page(page, items=items) for page in pages}
    verify_pages(documents, pages, items=items)
    page = render_show_page(show, episodes, artwork, sisters=_sisters(project))
    for path, data in {artwork.path: image, **page_files(), show.page_path: page}.items():
        write_atomically(project.root / path, data)
    # In their order: so no page leads to one that is not there yet, and what nobody is led to any more goes last.
    changes = [write_atomically(project.root / path, data) for path, data in documents.items()]
    _remove_feed_pages(project, keep=documents)
    return any(changes)


def _remove_feed(project: Project, ledger: ShowLedger) -> bool:
    """Nothing is listed: a feed that nobody has yet must not go on naming what is a draft now; True if there was one.

    Raises: FeedError where listeners have the feed.
    """
    if ledger.published:
        raise FeedError(
            "no episode would be in the feed any more, and every directory refuses an empty one",
            cure="put one back (audio-edition restore SLUG), or publish another one first",
        )
    is_there = project.feed_path.is_file()
    project.feed_path.unlink(missing_ok=True)
    (project.root / project.show.page_path).unlink(missing_ok=True)
    _remove_feed_pages(project, keep=())
    return is_there


def _remove_feed_pages(project: Project, *, keep: Collection[str]) -> None:
    """Delete the pages of a feed that was parted otherwise before (RFC 5005); ``keep`` are paths that stay."""
    for path in project.feed_path.parent.glob(f"{project.feed_path.stem}-*.xml"):
        if path.relative_to(project.root).as_posix() not in keep:
            path.unlink()


def _require_approvals(show: Show, episodes: Sequence[Episode]) -> None:
    waiting = [episode.slug for episode in episodes if is_correction_unapproved(show, episode)]
    if waiting:
        more = f" (and {len(waiting) - 1} more)" if len(waiting) > 1 else ""
        raise FeedError(
            f"the correction of episode {waiting[0]!r}{more} needs an approval before it can be in the feed",
            cure=f'hear it, then: audio-edition approve {waiting[0]} --by "YOUR NAME"',
        )


def _require_files(project: Project, episodes: Sequence[Episode]) -> None:
    for episode in episodes:
        for file in (episode.enclosure.file, *episode.side_files):
            if _length(f"{project.root}/{file.path}") != file.length_bytes:
                raise FeedError(
                    f"{file.path} is not there, or not the {file.length_bytes} bytes it was",
                    cure=f"build it again: audio-edition episode {episode.source_path}",
                )


def _length(path: str) -> int | None:
    # A Path for each of the files of a long feed would take longer than the look at it.
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_size if S_ISREG(found.st_mode) else None


def _artwork_file(project: Project) -> tuple[WebFile, bytes]:
    """The cover under its published name, and its bytes. Raises ConfigError for what Apple would refuse."""
    artwork = read_artwork(project.artwork_path)
    require_apple_artwork(artwork)
    image = without_private_data(project.artwork_path.read_bytes())
    digest = sha256_of(image)
    ending, media_type = (".png", "image/png") if artwork.format == "PNG" else (".jpg", "image/jpeg")
    path = f"{project.show.feeds_folder}/cover-{digest[:8]}{ending}"
    return WebFile(path=path, media_type=media_type, length_bytes=len(image), sha256=digest), image


def _sisters(project: Project) -> tuple[Show, ...]:
    """The other shows that the page leads to: those that have a feed already. A private show leads to none."""
    if project.show.feed.is_private:
        return ()
    return tuple(show for show in shows_beside(project) if (project.root / show.feed_path).is_file())
