"""Inside standing: who let an Episode go out. An Approval is of one script and one sound, and of nothing after them."""

from datetime import datetime

import msgspec

from pipeline.errors import ConfigError, FeedError
from pipeline.files import sha256_of_file
from pipeline.identity import whole_identities
from pipeline.model import Approval, Episode
from pipeline.project import Project
from pipeline.standing.changes import Change, find_episode


def approval_of(project: Project, slug: str, *, by: str, now: datetime) -> Change:
    """Letting an Episode go out as it is: the script that is said, and the sound that lies there.

    Raises:
        ConfigError: there is no such episode, or nobody's name was given.
        FeedError: its sound is not the one that was made; what is approved must be what goes out.
    """
    past = find_episode(project, slug)
    slug = past.slug
    if not by.strip():
        raise ConfigError("an approval is somebody's", cure=f'audio-edition approve {slug} --by "YOUR NAME"')
    sound = past.enclosure.file
    path = project.root / sound.path
    if not path.is_file() or sha256_of_file(path) != sound.sha256:
        cure = f"build it again: audio-edition episode {past.source_path}"
        raise FeedError("is not there, or not the sound that was made", cure=cure, path=path)
    if past.is_approved:
        return Change(past=past, episode=past, effects=())
    approval = Approval(by=by.strip(), at=now, script_sha256=past.script_sha256, sound_sha256=sound.sha256)
    return Change(
        past=past,
        episode=msgspec.structs.replace(past, approvals=(*past.approvals, approval)),
        effects=(
            f"{approval.by} lets {slug} go out with the sound {sound.path.rpartition('/')[2]}",
            "whatever changes its script or its sound needs another approval",
        ),
    )


def waiting_for_approval(project: Project) -> tuple[Episode, ...]:
    """The Episodes that nobody has approved and listeners do not have as they are, by slug.

    Raises:
        IdentityError: a ledger was deleted, doubled or edited.
    """
    _, episodes = whole_identities(project)
    return tuple(one for one in episodes if not (one.is_approved or one.is_live or one.is_withdrawn))
