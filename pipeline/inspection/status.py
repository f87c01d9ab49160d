"""Floor 4, inside the inspection: what the next build of each Episode would have to do.

Nothing that is published or kept changes; at most the cache learns the gain of the voice.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from pipeline.assembly import assemble
from pipeline.audio import find_master, master_key
from pipeline.casting import Cast, cast_of
from pipeline.errors import PipelineError
from pipeline.files import sha256_of
from pipeline.galley import galley
from pipeline.identity import load_episodes
from pipeline.inspection.own_feed import feed_pages
from pipeline.listing import ListingState, standing_of
from pipeline.model import Article, Correction, Directory, Episode, Finding, Narration, Script, Severity, WebFile
from pipeline.narration import missing_clips
from pipeline.other_forms import Recording, missing_forms
from pipeline.progress import Silence
from pipeline.project import Project
from pipeline.scripting import tells_corrections
from pipeline.studio import lay_out, mix_of, music_of, narrate_cast
from pipeline.workflow import Order, make_episode, read_and_write_script
from pipeline.workshop import Workshop

FRESH = "fresh"
WAITING = "stale: waits for the master"


class EpisodeStatus(Struct, frozen=True, kw_only=True):
    """What the next build of one Episode would do. ``stages`` says "fresh", or "stale: " and why.

    ``is_recorded`` is False while a published Episode was built anew and `feed --published` has not been told.
    """

    slug: str
    title: str
    source: str
    published: bool
    is_recorded: bool
    stages: dict[str, str]
    loudness_before_lufs: float
    loudness_lufs: float


def status_of(project: Project, *, now: datetime) -> tuple[EpisodeStatus, ...]:
    """The status of every Episode, by slug."""
    feed = "".join(page.text for page in feed_pages(project))
    return tuple(
        EpisodeStatus(
            slug=episode.slug,
            title=episode.title,
            source=episode.source_path,
            published=episode.is_published,
            is_recorded=episode.is_live or not episode.is_published,
            stages=dict(_stages(project, episode, feed=feed, now=now)),
            loudness_before_lufs=round(episode.loudness_before.integrated_lufs, 2),
            loudness_lufs=round(episode.loudness.integrated_lufs, 2),
        )
        for episode in load_episodes(project)
    )


def outdated(project: Project, episode: Episode, *, now: datetime) -> Finding | None:
    """A Finding if the next build would make another Episode; an article that is gone cannot be built any more."""
    if not (project.root / episode.source_path).is_file():
        return None
    stages = dict(_stages(project, episode, feed="", now=now))
    stale = [state for stage in ("read", "script", "tag") if (state := stages.get(stage, FRESH)).startswith("stale: ")]
    changed = [state.removeprefix("stale: ") for state in stale if state != WAITING]
    if not changed:
        return None
    return Finding(
        rule="outdated",
        severity=Severity.ERROR,
        directories=tuple(Directory),
        where=f"episode {episode.slug}",
        what=f"it is older than what it is made from ({changed[0]})",
        cure=f"build it again: audio-edition episode {episode.source_path}",
        source="docs/corrections.md, Correcting",
    )


def _stages(project: Project, episode: Episode, *, feed: str, now: datetime) -> Iterator[tuple[str, str]]:
    order = Order(source=project.root / episode.source_path, now=now)
    stage = "read"
    yield stage, _read_state(project, episode)
    try:
        stage = "script"
        article, script = read_and_write_script(project, order, corrections=_told(project, episode))
        yield stage, _script_state(project, episode, proof=galley(article, script, review=None))
        stage = "narrate"
        cast = cast_of(project.show, article)
        narration, state = _narration_state(project, script, cast=cast, episode=episode)
        yield stage, state
        stage = "master"
        state = _master_state(project, article, script=script, narration=narration, cast=cast)
        yield stage, state
        stage = "tag"
        yield stage, _tag_state(project, episode, order=order) if state == FRESH else WAITING
    except PipelineError as error:
        yield stage, f"stale: {error}"
    yield "files", _files_state(project, episode)
    yield "feed", _feed_state(project, episode, feed=feed, now=now)


def _told(project: Project, episode: Episode) -> tuple[Correction, ...]:
    return episode.corrections if tells_corrections(project.show, episode.corrections) else ()


def _read_state(project: Project, episode: Episode) -> str:
    source = project.root / episode.source_path
    if not source.is_file():
        return f"stale: {episode.source_path} is not there"
    if sha256_of(source.read_bytes()) != episode.source_sha256:
        return "stale: the article changed since its sound was made"
    return FRESH


def _script_state(project: Project, episode: Episode, *, proof: str) -> str:
    kept = project.folder_of(episode.slug) / "script.txt"
    if kept.is_file() and kept.read_text(encoding="utf-8") == proof:
        return FRESH
    return "stale: article, lexicon, settings or spoken forms changed"


def _narration_state(project: Project, script: Script, *, cast: Cast, episode: Episode) -> tuple[Narration | None, str]:
    before, now = f"{episode.voice.engine}:{episode.voice.voice}", f"{cast.voice.engine}:{cast.voice.name}"
    if before != now:
        keep = f" (`voice: {before}` in its front matter keeps it)" if episode.is_published else ""
        return None, f"stale: read by {before}, and would now be read by {now}{keep}"
    missing = missing_clips(script, cast.voice, engine=cast.engine, store=project.store, second_voice=cast.second_voice)
    if missing:
        return None, f"stale: {len(missing)} of {len(script.utterances)} utterances to speak (not in the cache)"
    return narrate_cast(script, cast, workshop=_quiet(project)), FRESH


def _master_state(
    project: Project, article: Article, *, script: Script, narration: Narration | None, cast: Cast
) -> str:
    if narration is None:
        return "stale: waits for the narration"
    show, workshop = project.show, _quiet(project)
    layout = lay_out(show, article, script=script, narration=narration, music=music_of(project, is_kept=False))
    mix = mix_of(show, script, layout=layout, cast=cast, workshop=workshop)
    key = master_key(layout.timeline, mix, settings=show.sound)
    made = find_master(project.store, key)
    if made is None:
        return "stale: not in the cache (sound settings, music or tools changed, or it was deleted)"
    recording = Recording(timeline=layout.timeline, mix=mix, master=made)
    missing = missing_forms(recording, settings=show.sound, store=project.store)
    return f"stale: {', '.join(missing)} to be encoded" if missing else FRESH


def _tag_state(project: Project, episode: Episode, *, order: Order) -> str:
    """Everything is in the cache: make it once more and see whether it comes to the same Episode."""
    made = make_episode(project, order, workshop=_quiet(project), corrections=_told(project, episode))
    new = assemble(made, project, past=episode, correction=None).episode
    return FRESH if new == episode else "stale: cover, show.toml or the article's own data changed"


def _feed_state(project: Project, episode: Episode, *, feed: str, now: datetime) -> str:
    is_listed = standing_of(project.show, episode, now=now).state is ListingState.LISTED
    if (project.show.url(episode.enclosure.file.path) in feed) is is_listed:
        return FRESH
    return "stale: the feed is older" if is_listed else "stale: the feed has what should not be in it"


def _quiet(project: Project) -> Workshop:
    return Workshop(store=project.store, workers=1, progress=Silence(), is_offline=True)


def _files_state(project: Project, episode: Episode) -> str:
    files = (episode.enclosure.file, *episode.side_files)
    wrong = [file.path for file in files if not _is_as_kept(project, file)]
    return f"stale: {wrong[0]} is gone or changed" if wrong else FRESH


def _is_as_kept(project: Project, file: WebFile) -> bool:
    path = project.root / file.path
    return path.is_file() and path.stat().st_size == file.length_bytes
