"""Inside the workflow: the pages of Episodes that stand otherwise than usual: withdrawn, or under another slug now.

All of it can be done again, in any order, by whatever comes next: a command that was killed is finished by the next
feed that is written.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.files import write_atomically
from pipeline.model import Episode, Show
from pipeline.project import Project
from pipeline.site import render_moved_page, render_withdrawn_page, with_links_from

_PAGE = "index.html"
#: Where the whole page is kept while the other says that the episode was withdrawn: begins with a dot, so not served.
_PAGE_ASIDE = ".page.html"
#: What lies beside the page under a name of its own, for reading.
_TEXTS = ("script.txt", "notes.txt")


def page_path(project: Project, episode: Episode) -> Path:
    """Where the whole page of ``episode`` lies: out of sight as long as it is withdrawn."""
    return project.folder_of(episode.slug) / (_PAGE_ASIDE if episode.is_withdrawn else _PAGE)


def carry_page(project: Project, past: Episode, *, episode: Episode) -> None:
    """Lay the whole page of ``past`` where ``episode`` has it; to be done before a ledger says so.

    Under another slug it still leads to the files where they lie, and what is for reading goes with it.
    """
    page, target = page_path(project, past), page_path(project, episode)
    if page != target and page.is_file():
        is_elsewhere = past.slug != episode.slug
        data = page.read_bytes()
        write_atomically(target, with_links_from(past.slug, data) if is_elsewhere else data)
    if past.slug != episode.slug:
        for name in _TEXTS:
            text = project.folder_of(past.slug) / name
            if text.is_file():
                write_atomically(project.folder_of(episode.slug) / name, text.read_bytes())


def standing_pages(show: Show, episodes: Sequence[Episode]) -> Iterator[tuple[str, bytes]]:
    """Path and content of what stands at the addresses of withdrawn Episodes, and at those that they had before."""
    for episode in episodes:
        if episode.is_withdrawn:
            yield f"episodes/{episode.slug}/{_PAGE}", render_withdrawn_page(show, episode)
        for slug in former_slugs(episode):
            yield f"episodes/{slug}/{_PAGE}", render_moved_page(show, episode, former_slug=slug)


def clear_away(project: Project, episodes: Sequence[Episode]) -> None:
    """Delete what a rename or a restored page left behind; what listeners can ask for stays."""
    for episode in episodes:
        if episode.withdrawals and not episode.is_withdrawn:
            (project.folder_of(episode.slug) / _PAGE_ASIDE).unlink(missing_ok=True)
        for slug in former_slugs(episode):
            for name in (_PAGE_ASIDE, "script.txt"):
                (project.folder_of(slug) / name).unlink(missing_ok=True)
            project.episode_ledger_path(slug).unlink(missing_ok=True)


def former_slugs(episode: Episode) -> tuple[str, ...]:
    """Each slug that it had and has no more, once."""
    return tuple(slug for slug in dict.fromkeys(episode.former_slugs) if slug != episode.slug)
