"""Inside the workflow: what an earlier build left and nobody ever got is deleted.

What a published Revision names stays for ever. A folder that was looked through is known by its time of change, and not
looked through again until it has another: to list ten thousand folders takes longer than to write their feed.
"""

import os
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from pipeline.model import Episode
from pipeline.project import Project
from pipeline.store import recipe_key
from pipeline.workflow.pages import former_slugs

_VERSION = 1


def remove_superseded(project: Project, episodes: Sequence[Episode]) -> None:
    """Nothing; the files of ``episodes`` that neither their ledgers nor a Revision names are gone."""
    name = recipe_key("looked through", _VERSION, feed_url=project.show.feed_url)
    blob = project.store.get(name)
    before = msgspec.msgpack.decode(blob, type=dict[str, list[int]]) if blob is not None else {}
    now = {}
    for episode in episodes:
        now[episode.slug] = _changed_at(project, episode)
        if before.get(episode.slug) != now[episode.slug]:
            _look_through(project, episode)
            now[episode.slug] = _changed_at(project, episode)
    if now != before:
        project.store.put(name, msgspec.msgpack.encode(now), is_synced=False)


def _changed_at(project: Project, episode: Episode) -> list[int]:
    """When something was put into its folders, or taken out of them, in ns; a ledger that is replaced counts too."""
    times = []
    for slug in (episode.slug, *former_slugs(episode)):
        with suppress(FileNotFoundError):
            times.append(os.stat(f"{project.root}/episodes/{slug}").st_mtime_ns)  # noqa: PTH116 - a Path costs more
    return times


def _look_through(project: Project, episode: Episode) -> None:
    revisions = [file.path for one in episode.revisions for file in (one.enclosure.file, *one.files)]
    kept = {*revisions, *(file.path for file in (episode.enclosure.file, *episode.side_files))}
    left = [path for path in _digested_files(project, episode) if path not in kept]
    # A ledger that names what is not there may have lost the name of what is.
    if left and all((project.root / path).is_file() for path in revisions):
        for path in left:
            (project.root / path).unlink()


def _digested_files(project: Project, episode: Episode) -> list[str]:
    """The files of ``episode`` whose names carry a digest, under each slug it had, relative to the web root."""
    slugs = (episode.slug, *former_slugs(episode))
    found = [path for slug in slugs for path in project.folder_of(slug).glob(f"{slug}-????????.*")]
    return [path.relative_to(project.root).as_posix() for path in found]
