"""Floor 4: whose episode an article is. One article, one identity, whatever happens to its file.

Everything here reads the ledgers and refuses; nothing is written.
"""

from pathlib import Path

import msgspec

from pipeline.errors import IdentityError
from pipeline.feeds.ledger import load_episode, load_show_ledger, podcast_guid
from pipeline.model import Article, Episode, ShowLedger
from pipeline.project import Project


def load_episodes(project: Project) -> tuple[Episode, ...]:
    """Every Episode that has a ledger, by slug."""
    loaded = (load_episode(path) for path in project.episode_ledger_paths())
    return tuple(episode for episode in loaded if episode is not None)


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
    past = load_episode(project.episode_ledger_path(article.slug))
    if past is None:
        _require_not_lost(project, article)
        _require_new(project, source, article=article)
    elif past.source_path != project.source_name(source) and (project.root / past.source_path).is_file():
        raise IdentityError(
            f"episode {past.slug!r} is made from {past.source_path}, not from {project.source_name(source)}",
            cure="give the new article another file name or `slug:`, or move the old one away",
        )
    return past


def _require_not_lost(project: Project, article: Article) -> None:
    if article.slug in current_show_ledger(project).published.values():
        path = f"episodes/{article.slug}/episode.json"
        raise IdentityError(
            f"episode {article.slug!r} is published, and its ledger {path} is not there",
            cure=f"restore it from git or a backup: git checkout -- {path}",
        )


def _require_new(project: Project, source: Path, *, article: Article) -> None:
    """A file that was renamed, or got another slug, must not become a second episode for subscribers."""
    name = project.source_name(source)
    for other in load_episodes(project):
        is_alike = (other.title, other.published) == (article.title, article.published)
        is_gone = not (project.root / other.source_path).is_file()
        if other.source_path == name or (is_alike and is_gone):
            way_out = "" if other.is_published else f"; or delete episodes/{other.slug}, which nobody has yet"
            raise IdentityError(
                f"{name} is episode {other.slug!r} already, and would become a second one, {article.slug!r}",
                cure=f"write `slug: {other.slug}` into its front matter{way_out}",
            )
