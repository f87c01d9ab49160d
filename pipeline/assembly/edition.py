"""Inside the assembly: an Edition, put together."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.assembly.corrections import with_reason
from pipeline.assembly.published import (
    PublishedChapters,
    published_chapters,
    published_forms,
    published_sound,
    published_transcripts,
)
from pipeline.assembly.tag import episode_tag
from pipeline.assembly.values import Edition, Made
from pipeline.audio import mp3_stream
from pipeline.feeds.ledger import mint_guid, require_reason
from pipeline.files import sha256_of
from pipeline.model import AlternateEnclosure, Correction, Enclosure, Episode, Script
from pipeline.notes import plain_notes
from pipeline.project import Project
from pipeline.soundbites import find_soundbites
from pipeline.tagging import tag_bytes


def assemble(made: Made, project: Project, *, past: Episode | None, correction: Correction | None) -> Edition:
    """The Edition that would take the place of ``past``; its identity is kept, or minted where there is none.

    ``correction`` counts only if listeners would get something else than before.

    Raises:
        IdentityError: a published episode would change without a reason, or its date would.
    """
    files: dict[str, bytes] = {}
    guid = past.guid if past else mint_guid()
    chapters = published_chapters(files, made, project=project)
    tag = episode_tag(made, project, guid=guid, chapters=chapters)
    parts = _Parts(
        guid=guid,
        show=project.name,
        enclosure=published_sound(made, project, tag=tag_bytes(tag)),
        alternates=published_forms(files, made, tag=tag, project=project),
        chapters=chapters,
    )
    episode = _episode(files, made, parts=parts, past=past)
    episode = with_reason(episode, made, past=past, correction=correction)
    require_reason(past, episode)
    files[f"episodes/{episode.slug}/notes.txt"] = plain_notes(episode.notes_html).encode()
    return Edition(episode=episode, tag=tag, files=files)


def sound_parts(edition: Edition, made: Made, *, project: Project) -> Iterator[bytes]:
    """The published sound, part after part: the tag, and the stream behind it."""
    yield tag_bytes(edition.tag)
    yield from mp3_stream(project.store, made.master)


class _Parts(Struct, frozen=True, kw_only=True):
    """What an Episode has beside what was made: who it is, its sound and its chapters."""

    guid: str
    show: str
    enclosure: Enclosure
    alternates: tuple[AlternateEnclosure, ...]
    chapters: PublishedChapters


def _episode(files: dict[str, bytes], made: Made, *, parts: _Parts, past: Episode | None) -> Episode:
    """The Episode without its notes; its files are put among ``files``."""
    return Episode(
        guid=parts.guid,
        show=parts.show,
        slug=made.article.slug,
        title=made.article.title,
        subtitle=made.article.subtitle,
        author=made.article.author,
        published=made.article.published,
        language=made.article.language,
        source_url=made.article.source_url,
        summary=made.article.summary,
        summary_by=made.summary_by,
        answers=made.answers,
        notes_html="",
        tags=made.article.tags,
        enclosure=parts.enclosure,
        chapters=parts.chapters.listed,
        chapters_file=parts.chapters.file,
        chapter_images=parts.chapters.images,
        transcripts=published_transcripts(files, made, chapters=parts.chapters.listed),
        voice=made.voice,
        second_voice=made.second_voice,
        alternates=parts.alternates,
        music_credit=made.music_credit,
        loudness_before=made.master.before,
        loudness=made.master.after,
        content_sha256="",
        source_sha256=made.told.source_sha256,
        source_path=made.told.source_path,
        told_published=made.told.published,
        told_author=made.told.author,
        listing=made.article.listing,
        soundbites=find_soundbites(made.script, made.transcript, marks=made.article.soundbites),
        script_sha256=script_digest(made.script),
        **_history(past),
    )


def _history(past: Episode | None) -> dict[str, Any]:
    """What happened to an Episode, which no build may lose."""
    kept = ("revisions", "corrections", "withdrawals", "approvals", "former_slugs")
    return {name: getattr(past, name) for name in kept} if past else {}


def script_digest(script: Script) -> str:
    """The digest of all that is said, SHA-256: what is shown and what the voice is given, in order, and nothing else.

    Pauses, rules and versions are no part of it: an Approval is for words.
    """
    said = [(utterance.display, utterance.spoken) for utterance in script.utterances]
    return sha256_of(msgspec.json.encode(said))
