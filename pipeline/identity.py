"""Floor 4: whose episode an article is. One article, one identity, whatever happens to its file.

Everything here reads the ledgers and refuses; nothing is written.
"""

from pathlib import Path
from typing import NoReturn

import msgspec

from pipeline.errors import IdentityError
from pipeline.feeds.ledger import (
    check_identities,
    load_all_episodes,
    load_show_ledger,
    podcast_guid,
    refuse_doubles,
    settled,
    without_superseded,
)
from pipeline.model import MAIN_SHOW, Article, Episode, ShowLedger
from pipeline.project import Project


def load_episodes(project: Project) -> tuple[Episode, ...]:
    """Every Episode of the show that has a ledger, by slug.

    Raises:
        IdentityError: a ledger of the folder is damaged, was edited, or lies in another episode's folder.
    """
    return tuple(episode for episode in episodes_of_all_shows(project) if episode.show == project.name)


def episodes_of_all_shows(project: Project) -> tuple[Episode, ...]:
    """Every Episode of the folder, by slug, without the ledgers that a rename left behind.

    Raises:
        IdentityError: as above.
    """
    loaded = load_all_episodes(project.root / "episodes", store=project.store)
    for folder, episode in loaded:
        if folder != episode.slug:
            _refuse_folder(project, f"episodes/{folder}", episode=episode)
    return without_superseded([episode for _, episode in loaded])


def whole_identities(project: Project) -> tuple[ShowLedger, tuple[Episode, ...]]:
    """The show's ledger and its Episodes, once every guard has passed.

    Raises:
        IdentityError: a ledger was deleted, doubled or edited, or is older than what listeners have.
    """
    everyone = episodes_of_all_shows(project)
    refuse_doubles(everyone)
    episodes = tuple(episode for episode in everyone if episode.show == project.name)
    ledger = current_show_ledger(project)
    check_identities(ledger, episodes, ledger_path=project.show_ledger_path.relative_to(project.root).as_posix())
    return settled(ledger, episodes), episodes


def current_show_ledger(project: Project) -> ShowLedger:
    """The show's ledger. Until anything is published, its GUID follows the feed's address; from then on it stays."""
    guid = podcast_guid(project.show.feed_url)
    ledger = load_show_ledger(project.show_ledger_path) or ShowLedger(podcast_guid=guid)
    return ledger if ledger.published else msgspec.structs.replace(ledger, podcast_guid=guid)


def made_from(project: Project, source: Path) -> Episode | None:
    """The Episode that was last made from this very file, if there is one."""
    name = project.source_name(source)
    return next((episode for episode in load_episodes(project) if episode.source_path == name), None)


def past_of(project: Project, source: Path, *, article: Article) -> Episode | None:
    """The Episode that ``article`` becomes a new state of; None if it is a new one.

    Raises:
        IdentityError: another article has its slug, it has another slug than before, or its ledger is lost.
    """
    everyone = episodes_of_all_shows(project)
    past = next((episode for episode in everyone if episode.slug == article.slug), None)
    if past is None:
        name = project.source_name(source)
        _require_no_former_slug(article, name=name, episodes=everyone)
        _require_not_lost(project, article)
        _require_new(project, article, name=name, episodes=everyone)
    elif past.source_path != project.source_name(source) and (project.root / past.source_path).is_file():
        raise IdentityError(
            f"episode {past.slug!r} is made from {past.source_path}, not from {project.source_name(source)}",
            cure="give the new article another file name or `slug:`, or move the old one away",
        )
    elif past.show != project.name and past.is_published:
        _refuse_change_of_show(project.source_name(source), past)
    return past


def _refuse_folder(project: Project, folder: str, *, episode: Episode) -> NoReturn:
    """A folder that was copied would become a second episode, and one that was renamed a lost one."""
    own, name = f"episodes/{episode.slug}", folder.removeprefix("episodes/")
    is_copy = project.episode_ledger_path(episode.slug).is_file()
    rename = f"move the folder back to {own}; what renames it is: audio-edition rename {episode.slug} {name}"
    raise IdentityError(
        f"{folder}/episode.json is the ledger of episode {episode.slug!r}",
        cure=f"delete the copy: {folder}" if is_copy else rename,
    )


def _require_no_former_slug(article: Article, *, name: str, episodes: tuple[Episode, ...]) -> None:
    """An address that was an episode's once leads to it for ever."""
    for other in episodes:
        if article.slug in other.former_slugs and other.source_path == name:
            raise IdentityError(
                f"episode {article.slug!r} was renamed to {other.slug!r}, and {name} still has the old slug",
                cure=f"write `slug: {other.slug}` into its front matter, or name the file so",
            )
        if article.slug in other.former_slugs:
            raise IdentityError(
                f"episodes/{article.slug}/ was the address of episode {other.slug!r} and leads to it for ever",
                cure=f"give {name} another slug (`slug:` in its front matter), or another file name",
            )


def _require_not_lost(project: Project, article: Article) -> None:
    if article.slug in current_show_ledger(project).published.values():
        path = f"episodes/{article.slug}/episode.json"
        raise IdentityError(
            f"episode {article.slug!r} is published, and its ledger {path} is not there",
            cure=f"restore it from git or a backup: git checkout -- {path}",
        )


def _require_new(project: Project, article: Article, *, name: str, episodes: tuple[Episode, ...]) -> None:
    """A file that was renamed, or got another slug, must not become a second episode for subscribers."""
    for other in episodes:
        is_alike = (other.title, other.published) == (article.title, article.published)
        is_gone = not (project.root / other.source_path).is_file()
        if other.source_path == name or (is_alike and is_gone):
            if other.show != project.name and other.is_published:
                _refuse_change_of_show(name, other)
            raise IdentityError(
                f"{name} is episode {other.slug!r} already, and would become a second one, {article.slug!r}",
                cure=f"write `slug: {other.slug}` into its front matter, or rename the episode: "
                f"audio-edition rename {other.slug} {article.slug}; a different article needs a file name of its own",
            )


def _refuse_change_of_show(name: str, other: Episode) -> NoReturn:
    """Raises IdentityError: its listeners are those of the show that it came out in."""
    raise IdentityError(
        f"{name} is episode {other.slug!r} of the show “{other.show or MAIN_SHOW}”, where listeners have it",
        cure=f"move the article back to {other.source_path}; a copy of it may come out in this show as well",
    )
