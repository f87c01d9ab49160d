"""Inside the assembly: the files of an Episode, each under a name that changes with its content."""

from itertools import chain

from msgspec import Struct

from pipeline.assembly.values import Made
from pipeline.audio import mp3_stream
from pipeline.audio.formats import FORMATS
from pipeline.chapters import to_chapters_json, to_episode_chapters
from pipeline.files import sha256_of, sha256_of_parts
from pipeline.illustrating import read_own_images
from pipeline.model import AlternateEnclosure, Enclosure, Episode, EpisodeChapter, TranscriptFile, WebFile
from pipeline.other_forms import published_form
from pipeline.project import Project
from pipeline.tagging import EpisodeTag
from pipeline.transcript import to_srt, to_transcript_json, to_webvtt


class PublishedChapters(Struct, frozen=True, kw_only=True):
    """The Chapters as they are published: the list, its JSON file, the files of images, and the JPEGs for the tag."""

    listed: tuple[EpisodeChapter, ...]
    file: WebFile | None
    images: tuple[WebFile, ...]
    pictures: dict[str, bytes]


def published_chapters(files: dict[str, bytes], made: Made, *, project: Project) -> PublishedChapters:
    """The Chapters in the forms that are published; their files are put among ``files``."""
    images = read_own_images(made.chapters, project, source_path=made.told.source_path)
    published = {
        name: _named(files, made, data=image.data, ending=image.ending, media_type=image.media_type)
        for name, image in images.items()
    }
    paths = {name: file.path for name, file in published.items()}
    listed = to_episode_chapters(made.chapters, made.master.sample_rate, images=paths)
    return PublishedChapters(
        listed=listed,
        file=_chapters_file(files, made, project=project, chapters=listed),
        # One that two chapters call by different names is one file.
        images=tuple(dict.fromkeys(published.values())),
        pictures={paths[name]: image.small for name, image in images.items()},
    )


def published_sound(made: Made, project: Project, *, tag: bytes) -> Enclosure:
    sha256, length_bytes = sha256_of_parts(chain((tag,), mp3_stream(project.store, made.master)))
    file = WebFile(
        path=_path(made, sha256=sha256, ending=".mp3"),
        media_type="audio/mpeg",
        length_bytes=length_bytes,
        sha256=sha256,
    )
    return Enclosure(file=file, duration_s=made.master.sample_count / made.master.sample_rate)


def published_forms(
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


def published_transcripts(
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


def _chapters_file(
    files: dict[str, bytes], made: Made, *, project: Project, chapters: tuple[EpisodeChapter, ...]
) -> WebFile | None:
    if not chapters:
        return None
    data = to_chapters_json(chapters, title=made.article.title, address=project.show.url)
    return _named(files, made, data=data, ending=".chapters.json", media_type="application/json+chapters")


def _named(files: dict[str, bytes], made: Made, *, data: bytes, ending: str, media_type: str) -> WebFile:
    """Put ``data`` among the files, under a name that changes with it."""
    digest = sha256_of(data)
    path = _path(made, sha256=digest, ending=ending)
    files[path] = data
    return WebFile(path=path, media_type=media_type, length_bytes=len(data), sha256=digest)


def _path(made: Made, *, sha256: str, ending: str) -> str:
    slug = made.article.slug
    return made.addresses.get(sha256 + ending) or f"episodes/{slug}/{slug}-{sha256[:8]}{ending}"
