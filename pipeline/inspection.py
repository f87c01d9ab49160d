"""Floor 4: looking at a show without changing it: the facts for `check`, and what the next build would have to do."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pipeline.artwork import read_artwork
from pipeline.audio import SAMPLE_RATE, master_key
from pipeline.engines import find_engine
from pipeline.errors import ConfigError, PipelineError
from pipeline.feeds.ledger import load_show_ledger, podcast_guid
from pipeline.files import sha256_of
from pipeline.model import Artwork, Episode, Finding, Narration, Script, ShowLedger
from pipeline.narration import clip_keys, recall
from pipeline.progress import Silence
from pipeline.project import Project
from pipeline.proof import proof_text
from pipeline.rules import ShowFacts, check
from pipeline.timeline import arrange
from pipeline.workflow import Order, load_episodes, read_and_write_script, voice_gain_db
from pipeline.workshop import Workshop

FRESH = "fresh"


class EpisodeStatus(Struct, frozen=True, kw_only=True):
    """What the next build of one Episode would do. ``stages`` says "fresh", or "stale: " and why."""

    slug: str
    title: str
    source: str
    published: bool
    stages: dict[str, str]
    loudness_before_lufs: float
    loudness_lufs: float


def inspect(project: Project, *, now: datetime) -> tuple[Finding, ...]:
    """What the rules find in the show as it lies on disk."""
    episodes = load_episodes(project)
    show = project.show
    facts = ShowFacts(
        show=show,
        ledger=load_show_ledger(project.show_ledger_path) or ShowLedger(podcast_guid=podcast_guid(show.feed_url)),
        episodes=episodes,
        now=now,
        artwork=_artwork(project),
        file_lengths={path: _length(project.root / path) for path in _published_paths(episodes)},
        feed_text=project.feed_path.read_text(encoding="utf-8") if project.feed_path.is_file() else None,
    )
    return check(facts)


def status_of(project: Project, *, now: datetime) -> tuple[EpisodeStatus, ...]:
    """The status of every Episode, by slug."""
    feed = project.feed_path.read_text(encoding="utf-8") if project.feed_path.is_file() else ""
    return tuple(
        EpisodeStatus(
            slug=episode.slug,
            title=episode.title,
            source=episode.source_path,
            published=episode.is_published,
            stages=dict(_stages(project, episode, feed=feed, now=now)),
            loudness_before_lufs=round(episode.loudness_before.integrated_lufs, 2),
            loudness_lufs=round(episode.loudness.integrated_lufs, 2),
        )
        for episode in load_episodes(project)
    )


def _stages(project: Project, episode: Episode, *, feed: str, now: datetime) -> Iterator[tuple[str, str]]:
    yield "read", _read_state(project, episode)
    try:
        article, script = read_and_write_script(project, _order_again(project, episode, now=now))
        yield "script", _script_state(project, episode, proof=proof_text(article, script))
        narration, state = _narration_state(project, script)
        yield "narrate", state
        yield "master", _master_state(project, script, narration=narration)
    except PipelineError as error:
        yield "script", f"stale: {error}"
    yield "files", _files_state(project, episode)
    yield "feed", FRESH if project.show.url(episode.enclosure.file.path) in feed else "stale: the feed is older"


def _read_state(project: Project, episode: Episode) -> str:
    source = project.root / episode.source_path
    if not source.is_file():
        return f"stale: {episode.source_path} is not there"
    if sha256_of(source.read_bytes()) != episode.source_sha256:
        return "stale: the article changed since its sound was made"
    return FRESH


def _order_again(project: Project, episode: Episode, *, now: datetime) -> Order:
    # What the command line said of the article when it was built stands in its ledger.
    return Order(
        source=project.root / episode.source_path,
        now=now,
        published=episode.published.isoformat(),
        author=episode.author,
    )


def _script_state(project: Project, episode: Episode, *, proof: str) -> str:
    kept = project.folder_of(episode.slug) / "script.txt"
    if kept.is_file() and kept.read_text(encoding="utf-8") == proof:
        return FRESH
    return "stale: article, lexicon, settings or spoken forms changed"


def _narration_state(project: Project, script: Script) -> tuple[Narration | None, str]:
    engine = find_engine(project.show.voice.engine)
    keys = clip_keys([utterance.spoken for utterance in script.utterances], project.show.voice, engine=engine)
    clips = [recall(project.store, key) for key in keys]
    known = tuple(clip for clip in clips if clip is not None)
    if len(known) == len(keys):
        return Narration(clips=known, synthesised=0), FRESH
    return None, f"stale: {len(keys) - len(known)} of {len(keys)} utterances to speak"


def _master_state(project: Project, script: Script, *, narration: Narration | None) -> str:
    if narration is None:
        return "stale: waits for the narration"
    workshop = Workshop(store=project.store, workers=1, progress=Silence())
    engine = find_engine(project.show.voice.engine)
    key = master_key(
        arrange(script, narration, sample_rate=SAMPLE_RATE, pauses=project.show.pauses),
        narration,
        settings=project.show.sound,
        gain_db=voice_gain_db(project, engine, workshop=workshop),
    )
    return FRESH if project.store.get(key) is not None else "stale: [sound], pauses or tools changed"


def _files_state(project: Project, episode: Episode) -> str:
    files = (episode.enclosure.file, *episode.side_files)
    wrong = [file.path for file in files if _length(project.root / file.path) != file.length_bytes]
    return f"stale: {wrong[0]} is gone or changed" if wrong else FRESH


def _artwork(project: Project) -> Artwork | None:
    try:
        return read_artwork(project.artwork_path)
    except ConfigError:
        return None


def _published_paths(episodes: tuple[Episode, ...]) -> list[str]:
    return [file.path for episode in episodes for file in (episode.enclosure.file, *episode.side_files)]


def _length(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
