"""Floor 4: what was made becomes what is published: the files under their final names, and the Episode that names them.

Nothing is written here. A file's name carries a digest of its content, so a changed file has a new address and the
old one stays valid.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.artwork import ChapterImage, read_chapter_image, tag_cover
from pipeline.audio import master_blob
from pipeline.chapters import to_chapters_json, to_episode_chapters
from pipeline.errors import SourceError
from pipeline.feeds.ledger import content_digest, mint_guid, require_reason
from pipeline.files import sha256_of
from pipeline.model import (
    Article,
    Chapter,
    ChapterMark,
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
from pipeline.notes import web_address, write_notes
from pipeline.project import Project
from pipeline.tagging import EpisodeTag, require_light_pictures, tagged
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
    asked for. ``warning`` is what the user has to know though all went through, "" for nothing.
    """

    article: Article
    script: Script
    chapters: tuple[Chapter, ...]
    transcript: Transcript
    master: Master
    synthesised: int
    voice: VoiceCredit
    second_voice: VoiceCredit | None
    told: Told
    summary_by: str = ""
    answers: tuple[ModelAnswer, ...] = ()
    warning: str = ""


class Edition(Struct, frozen=True, kw_only=True):
    """An Episode and the files it names: path relative to the web root -> content."""

    episode: Episode
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
    episode = _episode(files, made, project=project, past=past)
    episode = _with_reason(episode, made, past=past, correction=correction)
    require_reason(past, episode)
    return Edition(episode=episode, files=files)


def _episode(files: dict[str, bytes], made: Made, *, project: Project, past: Episode | None) -> Episode:
    """The Episode without its notes; its files are put among ``files``."""
    chapters = _chapters(files, made, project=project)
    guid = past.guid if past else mint_guid()
    sound = _tagged_sound(made, project, guid=guid, chapters=chapters)
    return Episode(
        guid=guid,
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
        enclosure=Enclosure(
            file=_named(files, made, data=sound, ending=".mp3", media_type="audio/mpeg"),
            duration_s=made.master.sample_count / made.master.sample_rate,
        ),
        chapters=chapters.listed,
        chapters_file=chapters.file,
        chapter_images=chapters.images,
        transcripts=_transcript_files(files, made, chapters=chapters.listed),
        voice=made.voice,
        second_voice=made.second_voice,
        loudness_before=made.master.before,
        loudness=made.master.after,
        content_sha256="",
        source_sha256=made.told.source_sha256,
        source_path=made.told.source_path,
        told_published=made.told.published,
        told_author=made.told.author,
        revisions=past.revisions if past else (),
        corrections=past.corrections if past else (),
    )


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
    if correction is None or any(one.reason == correction.reason for one in waiting):
        return noted
    return _with_notes(msgspec.structs.replace(episode, corrections=(*episode.corrections, correction)), made)


def _with_notes(episode: Episode, made: Made) -> Episode:
    notes = write_notes(
        made.article,
        episode.chapters,
        corrections=episode.corrections,
        # Not the second voice, which the page credits: the notes of what is published are not to change by themselves.
        voice=_voice_words(episode.voice),
        summary_by=episode.summary_by,
    )
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


def read_own_images(
    chapters: Sequence[Chapter | ChapterMark], project: Project, *, source_path: str
) -> dict[str, ChapterImage]:
    """The images of chapters that are files, by what the author wrote; each is read once.

    ``source_path`` is the article's, from the folder of the show. Links and images that are addresses are looked at,
    too: called before anything is spoken, this refuses what could not be published after it.

    Raises:
        SourceError: an address that feeds cannot carry; an image that is not there, not in the show, or will not do.
        TagError: more images than a tag can carry.
    """
    article = project.root / source_path
    _require_addresses(chapters, article)
    own = [chapter.image for chapter in chapters if chapter.image and not web_address(chapter.image)]
    images = {name: read_chapter_image(_image_path(name, article, project=project)) for name in dict.fromkeys(own)}
    require_light_pictures([images[name].small for name in own])
    return images


def _require_addresses(chapters: Sequence[Chapter | ChapterMark], article: Path) -> None:
    """Nothing, if every link, and every image that is meant as an address, is one that feeds can carry."""
    for number, chapter in enumerate(chapters, start=1):
        for word, address in _addresses(chapter):
            if not web_address(address):
                named = f"“{chapter.title}”" if chapter.title else str(number)
                raise SourceError(
                    f"the {word} {address[:60]!r} of chapter {named} is no web address of at most 2000 bytes",
                    cure="write one that begins with https://, or a shorter one to the same page",
                    path=article,
                    line=chapter.line if isinstance(chapter, ChapterMark) else None,
                )


def _addresses(chapter: Chapter | ChapterMark) -> list[tuple[str, str]]:
    links = [("link", chapter.link)] if chapter.link else []
    return [*links, ("image", chapter.image)] if "://" in chapter.image else links


def _image_path(name: str, article: Path, *, project: Project) -> Path:
    """The file that an author calls ``name``: beside the article, or else in the folder of the show.

    Raises: SourceError if there is none, or if it is no part of the show: what lies elsewhere might be private.
    """
    root = project.root.resolve()
    found = [path for folder in (article.parent, root) if (path := _file_in(folder, name))]
    inside = [path for path in found if path.is_relative_to(root)]
    if inside:
        return inside[0]
    if found:
        cure = f"copy it to {article.parent} or beside show.toml, and name it from there"
        raise SourceError(f"the image “{name[:100]}” of a chapter lies outside the show", path=article, cure=cure)
    cure = "put it beside the article or beside show.toml and name it from there, or give an address with https://"
    raise SourceError(f"the image “{name[:100]}” of a chapter is not there", path=article, cure=cure)


def _file_in(folder: Path, name: str) -> Path | None:
    """The file that ``name`` leads to from ``folder``, links followed; None where there is none."""
    try:
        path = (folder / name).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError):  # a name that no disk takes: too long, or with a NUL in it
        return None


def _tagged_sound(made: Made, project: Project, *, guid: str, chapters: _Chapters) -> bytes:
    article, show = made.article, project.show
    tag = EpisodeTag(
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
    )
    return tagged(tag, master_blob(project.store, made.master))


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
    slug = made.article.slug
    path = f"episodes/{slug}/{slug}-{digest[:8]}{ending}"
    files[path] = data
    return WebFile(path=path, media_type=media_type, length_bytes=len(data), sha256=digest)


def correction_of(reason: str, *, is_silent: bool, now: datetime) -> Correction | None:
    """What `--correct` said, if it said anything."""
    return Correction(at=now, reason=reason, is_silent=is_silent) if reason else None


def settled_corrections(past: Episode | None) -> tuple[Correction, ...]:
    """Those that listeners have already; the others are still to be published, or to be taken back."""
    if past is None or not past.is_published:
        return ()
    return tuple(one for one in past.corrections if one.at <= past.revisions[-1].published_at)
