"""Floor 4: what was made becomes what is published: the files under their final names, and the Episode that names them.

Nothing is written here. A file's name carries a digest of its content, so a changed file has a new address and the
old one stays valid.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.artwork import tag_cover
from pipeline.audio import mp3_stream
from pipeline.audio.formats import FORMATS
from pipeline.chapters import to_chapters_json, to_episode_chapters
from pipeline.feeds.ledger import content_digest, mint_guid, require_reason
from pipeline.files import sha256_of, sha256_of_parts
from pipeline.illustrating import read_own_images
from pipeline.model import (
    AlternateEnclosure,
    Article,
    Chapter,
    Correction,
    Enclosure,
    Episode,
    EpisodeChapter,
    Master,
    ModelAnswer,
    Script,
    Transcript,
    TranscriptFile,
    VoiceCredit,
    WebFile,
)
from pipeline.notes import plain_notes, write_notes
from pipeline.other_forms import OtherForm, Recording, published_form
from pipeline.project import Project
from pipeline.soundbites import find_soundbites
from pipeline.sources.clean_notes import require_clean
from pipeline.tagging import EpisodeTag, exact_lines, tag_bytes
from pipeline.transcript import to_srt, to_transcript_json, to_webvtt
from pipeline.units import ms_from_samples

#: How the names of such licences begin.
_LICENCES_OF_PROGRAMS = ("GPL", "LGPL", "AGPL")


class Told(Struct, frozen=True, kw_only=True):
    """Where an Article came from, and what the command line said of it, now or when it was built before."""

    source_path: str
    source_sha256: str
    published: str
    author: str


class Made(Struct, frozen=True, kw_only=True):
    """Everything that the stages made of one Article, before it has a name or an identity.

    ``summary_by`` is the model that wrote the Article's summary, "" where a person did; ``answers`` are all that it was
    asked for. ``warning`` is what the user has to know though all went through, "" for nothing. ``addresses`` are the
    paths of the files that listeners know already, by digest and ending: under another slug they keep them.
    """

    article: Article
    script: Script
    chapters: tuple[Chapter, ...]
    transcript: Transcript
    recording: Recording
    synthesised: int
    voice: VoiceCredit
    second_voice: VoiceCredit | None
    told: Told
    music_credit: str = ""
    forms: tuple[OtherForm, ...] = ()
    summary_by: str = ""
    answers: tuple[ModelAnswer, ...] = ()
    warning: str = ""
    addresses: dict[str, str] = {}

    @property
    def master(self) -> Master:
        """The finished sound."""
        return self.recording.master


class Edition(Struct, frozen=True, kw_only=True):
    """An Episode and the files it names: path relative to the web root -> content.

    The enclosure is not among them: it is the ``tag``, serialised, and behind it the stream of the Master, which is
    never in memory as a whole.
    """

    episode: Episode
    tag: EpisodeTag
    files: dict[str, bytes]


class _Chapters(Struct, frozen=True, kw_only=True):
    """The Chapters as they are published: the list, its JSON file, the files of images, and the JPEGs for the tag."""

    listed: tuple[EpisodeChapter, ...]
    file: WebFile | None
    images: tuple[WebFile, ...]
    pictures: dict[str, bytes]


def assemble(made: Made, project: Project, *, past: Episode | None, correction: Correction | None) -> Edition:
    """The Edition that would take the place of ``past``; its identity is kept, or minted where there is none.

    ``correction`` counts only if listeners would get something else than before.

    Raises:
        IdentityError: a published episode would change without a reason, or its date would.
    """
    files: dict[str, bytes] = {}
    guid = past.guid if past else mint_guid()
    chapters = _chapters(files, made, project=project)
    tag = _episode_tag(made, project, guid=guid, chapters=chapters)
    parts = _Parts(
        guid=guid,
        show=project.name,
        enclosure=_enclosure(made, project, tag=tag_bytes(tag)),
        alternates=_alternates(files, made, tag=tag, project=project),
        chapters=chapters,
    )
    episode = _episode(files, made, parts=parts, past=past)
    episode = _with_reason(episode, made, past=past, correction=correction)
    require_reason(past, episode)
    files[f"episodes/{episode.slug}/notes.txt"] = plain_notes(episode.notes_html).encode()
    return Edition(episode=episode, tag=tag, files=files)


def sound_parts(edition: Edition, made: Made, *, project: Project) -> Iterator[bytes]:
    """The published sound, part after part: the tag, and the stream behind it."""
    yield tag_bytes(edition.tag)
    yield from mp3_stream(project.store, made.master)


def _enclosure(made: Made, project: Project, *, tag: bytes) -> Enclosure:
    sha256, length_bytes = sha256_of_parts(chain((tag,), mp3_stream(project.store, made.master)))
    file = WebFile(
        path=_path(made, sha256=sha256, ending=".mp3"),
        media_type="audio/mpeg",
        length_bytes=length_bytes,
        sha256=sha256,
    )
    return Enclosure(file=file, duration_s=made.master.sample_count / made.master.sample_rate)


def _alternates(
    files: dict[str, bytes], made: Made, *, tag: EpisodeTag, project: Project
) -> tuple[AlternateEnclosure, ...]:
    """The sound in other forms; their files are put among ``files``."""
    alternates = []
    for form in made.forms:
        data = published_form(form, tag=tag, chapters=tag.chapters, store=project.store)
        kind = FORMATS[form.name]
        file = _named(files, made, data=data, ending=kind.ending, media_type=kind.media_type)
        bitrate_kbps = round(len(data) * 8 / tag.duration_ms)
        alternates.append(
            AlternateEnclosure(file=file, bitrate_kbps=bitrate_kbps, title=kind.title, codecs=kind.codecs)
        )
    return tuple(alternates)


class _Parts(Struct, frozen=True, kw_only=True):
    """What an Episode has beside what was made: who it is, its sound and its chapters."""

    guid: str
    show: str
    enclosure: Enclosure
    alternates: tuple[AlternateEnclosure, ...]
    chapters: _Chapters


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
        transcripts=_transcript_files(files, made, chapters=parts.chapters.listed),
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


def _with_reason(episode: Episode, made: Made, *, past: Episode | None, correction: Correction | None) -> Episode:
    """The Episode with its notes, and with ``correction`` if listeners get something else because of it.

    An Episode that is back to what listeners have loses the corrections that were still to be published.
    """
    if past is None or not past.is_published:
        return _with_notes(episode, made)
    out = past.revisions[-1]
    settled = settled_corrections(past)
    as_it_is_out = _with_notes(msgspec.structs.replace(episode, corrections=settled), made)
    if as_it_is_out.content_sha256 == out.content_sha256:
        return as_it_is_out
    noted = _with_notes(episode, made)
    waiting = past.corrections[len(settled) :]
    if correction is None or any(_says_the_same(one, correction) for one in waiting):
        return noted
    # Said otherwise the second time (silent, spoken), it is still the same correction.
    others = tuple(one for one in waiting if one.reason != correction.reason)
    return _with_notes(msgspec.structs.replace(episode, corrections=(*settled, *others, correction)), made)


def _says_the_same(one: Correction, other: Correction) -> bool:
    return (one.reason, one.is_silent, one.is_spoken) == (other.reason, other.is_silent, other.is_spoken)


def _with_notes(episode: Episode, made: Made) -> Episode:
    notes = write_notes(
        made.article,
        episode.chapters,
        corrections=episode.corrections,
        # Not the second voice, which the page credits: the notes of what is published are not to change by themselves.
        voice=". ".join(words for words in (_voice_words(episode.voice), episode.music_credit) if words),
        summary_by=episode.summary_by,
    )
    require_clean(notes)
    noted = msgspec.structs.replace(episode, notes_html=notes)
    return msgspec.structs.replace(noted, content_sha256=content_digest(noted))


def _voice_words(credit: VoiceCredit) -> str:
    """Who speaks, and under which licence where that is one of the voice: a program's says nothing of its sound."""
    name = f"{credit.engine} {credit.voice}"
    has_own_licence = credit.licence and not credit.licence.startswith(_LICENCES_OF_PROGRAMS)
    return f"{name} ({credit.licence})" if has_own_licence else name


def _chapters(files: dict[str, bytes], made: Made, *, project: Project) -> _Chapters:
    """The Chapters in the forms that are published; their files are put among ``files``."""
    images = read_own_images(made.chapters, project, source_path=made.told.source_path)
    published = {
        name: _named(files, made, data=image.data, ending=image.ending, media_type=image.media_type)
        for name, image in images.items()
    }
    paths = {name: file.path for name, file in published.items()}
    listed = to_episode_chapters(made.chapters, made.master.sample_rate, images=paths)
    return _Chapters(
        listed=listed,
        file=_chapters_file(files, made, project=project, chapters=listed),
        # One that two chapters call by different names is one file.
        images=tuple(dict.fromkeys(published.values())),
        pictures={paths[name]: image.small for name, image in images.items()},
    )


def _episode_tag(made: Made, project: Project, *, guid: str, chapters: _Chapters) -> EpisodeTag:
    article, show = made.article, project.show
    return EpisodeTag(
        title=article.title,
        artist=article.author,
        album=show.title,
        published=article.published,
        language=article.language,
        comment=article.summary or article.subtitle or article.title,
        publisher=show.author,
        show_url=show.link,
        article_url=article.source_url,
        copyright=show.copyright,
        guid=guid,
        lyrics=_lyrics(made.script),
        cover=tag_cover(project.artwork_path),
        duration_ms=ms_from_samples(made.master.sample_count, made.master.sample_rate),
        chapters=chapters.listed,
        pictures=chapters.pictures,
        lines=exact_lines(made.transcript),
        description=article.summary or article.subtitle,
        category=show.categories[0].partition(" > ")[0],
        keywords=article.tags,
    )


def _lyrics(script: Script) -> str:
    """The whole text as it is heard, a paragraph a line, the way the transcript shows it."""
    lines: list[str] = []
    previous: int | None = None
    for utterance in script.utterances:
        if lines and utterance.block is not None and utterance.block == previous:
            lines[-1] += f" {utterance.display}"
        else:
            lines.append(utterance.display)
        previous = utterance.block
    return "\n".join(lines)


def _chapters_file(
    files: dict[str, bytes], made: Made, *, project: Project, chapters: tuple[EpisodeChapter, ...]
) -> WebFile | None:
    if not chapters:
        return None
    data = to_chapters_json(chapters, title=made.article.title, address=project.show.url)
    return _named(files, made, data=data, ending=".chapters.json", media_type="application/json+chapters")


def _transcript_files(
    files: dict[str, bytes], made: Made, *, chapters: tuple[EpisodeChapter, ...]
) -> tuple[TranscriptFile, ...]:
    forms = (
        (".vtt", "text/vtt", to_webvtt(made.transcript, title=made.article.title, chapters=chapters)),
        (".srt", "application/x-subrip", to_srt(made.transcript)),
        (".transcript.json", "application/json", to_transcript_json(made.transcript)),
    )
    return tuple(
        TranscriptFile(
            file=_named(files, made, data=data, ending=ending, media_type=media_type), language=made.article.language
        )
        for ending, media_type, data in forms
    )


def _named(files: dict[str, bytes], made: Made, *, data: bytes, ending: str, media_type: str) -> WebFile:
    """Put ``data`` among the files, under a name that changes with it."""
    digest = sha256_of(data)
    path = _path(made, sha256=digest, ending=ending)
    files[path] = data
    return WebFile(path=path, media_type=media_type, length_bytes=len(data), sha256=digest)


def _path(made: Made, *, sha256: str, ending: str) -> str:
    slug = made.article.slug
    return made.addresses.get(sha256 + ending) or f"episodes/{slug}/{slug}-{sha256[:8]}{ending}"


def correction_of(reason: str, *, is_silent: bool, is_spoken: bool, now: datetime) -> Correction | None:
    """What `--correct` said, if it said anything."""
    return Correction(at=now, reason=reason, is_silent=is_silent, is_spoken=is_spoken) if reason else None


def known_addresses(past: Episode | None) -> dict[str, str]:
    """Where the files lie that ``past`` names, now or in a Revision, by digest and ending; the newest count."""
    if past is None:
        return {}
    revisions = [file for revision in past.revisions for file in (revision.enclosure.file, *revision.files)]
    files = (*revisions, past.enclosure.file, *past.side_files)
    return {file.sha256 + _ending(file.path): file.path for file in files}


def _ending(path: str) -> str:
    """All that stands behind the digits of the digest, such as ".chapters.json"."""
    return "." + path.rpartition("/")[2].partition(".")[2]


def settled_corrections(past: Episode | None) -> tuple[Correction, ...]:
    """Those that listeners have already; the others are still to be published, or to be taken back."""
    if past is None or not past.is_published:
        return ()
    return tuple(one for one in past.corrections if one.at <= past.revisions[-1].published_at)
