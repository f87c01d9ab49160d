"""Shows on disk whose episodes nobody spoke: real ledgers, pages and feeds over files that only look like sounds.

What becomes of an episode hangs on digests and lengths, not on what is heard; so these are built in no time.
"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipeline.feeds.ledger import content_digest, save_episode
from pipeline.files import sha256_of
from pipeline.model import Enclosure, Episode, TranscriptFile, WebFile
from pipeline.project import Project, open_project
from pipeline.workflow import build_feed, mark_all_published
from tests.commands import ready_to_publish, show_in
from tests.samples import episode

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)

GUIDS = {
    "ferry": "6f1c2f0e-6a55-4f0b-9d7a-1f0d5a3c9b11",
    "grain": "0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02",
    "ports": "9b1f7c3e-2f0f-4c57-9a34-0a5c8f2d6e03",
    "later": "5a0b8f4d-98f1-4a55-8f6d-2c1de0a97a04",
}


def kept_show(folder: Path, *slugs: str) -> Project:
    """A show with an episode for each of ``slugs``, a month apart, and its feed."""
    project = open_project(ready_to_publish(show_in(folder)))
    for month, slug in enumerate(slugs, start=1):
        keep(project, made(project, slug, published=datetime(2026, month, 2, 6, tzinfo=UTC)))
    if slugs:
        build_feed(project, now=NOW)
    return project


def published_show(folder: Path, *slugs: str) -> Project:
    """The same, and listeners have it."""
    project = kept_show(folder, *slugs)
    mark_all_published(project, NOW)
    build_feed(project, now=NOW)
    return project


def made(project: Project, slug: str, *, sound: bytes = b"", **changes: object) -> Episode:
    """An Episode whose files lie in the show; ``sound`` is what stands for it, ``changes`` replace its fields."""
    file = _laid(project, slug, sound or f"the sound of {slug}".encode() * 40, ending=".mp3", media_type="audio/mpeg")
    captions = _laid(project, slug, f"WEBVTT\n\n{slug}\n".encode(), ending=".vtt", media_type="text/vtt")
    whole = episode(
        slug,
        guid=GUIDS[slug],
        title=f"On the {slug}",
        enclosure=Enclosure(file=file, duration_s=421.64),
        chapters=(),
        chapters_file=None,
        transcripts=(TranscriptFile(file=captions, language="en-GB"),),
        source_path=f"seeds/{slug}.md",
        source_url=f"https://harbour-review.example/{slug}",
        notes_html=f"<p>The {slug}. This episode is read by an automated voice.</p>",
        script_sha256="5" * 64,
    )
    whole = msgspec.structs.replace(whole, **changes)
    return msgspec.structs.replace(whole, content_sha256=content_digest(whole))


def keep(project: Project, one: Episode) -> Episode:
    """``one`` with its ledger, its article and its page, as a build would leave them."""
    save_episode(project.episode_ledger_path(one.slug), one)
    (project.root / one.source_path).write_text(f"# {one.title}\n", encoding="utf-8")
    name = Path(one.enclosure.file.path).name
    page = f'<html><audio src="{name}"></audio><a href="#t=1">0:01</a><a href="../../feeds/index.html">all</a></html>'
    (project.folder_of(one.slug) / "index.html").write_text(page, encoding="utf-8")
    (project.folder_of(one.slug) / "script.txt").write_text("what is said\n", encoding="utf-8")
    return one


def feed_of(project: Project) -> str:
    """The feed as it lies there."""
    return project.feed_path.read_text(encoding="utf-8")


def _laid(project: Project, slug: str, data: bytes, *, ending: str, media_type: str) -> WebFile:
    digest = sha256_of(data)
    path = f"episodes/{slug}/{slug}-{digest[:8]}{ending}"
    (project.root / path).parent.mkdir(parents=True, exist_ok=True)
    (project.root / path).write_bytes(data)
    return WebFile(path=path, media_type=media_type, length_bytes=len(data), sha256=digest)
