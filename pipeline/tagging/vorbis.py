"""Floor 3, inside tagging: the tag of an episode's Opus and FLAC files, chapters included.

Source: xiph.org, "Ogg Vorbis I format specification: comment field and header specification", and XiphWiki, "Chapter
Extension"; RFC 7845, section 5.2; RFC 9639, sections 8.6 and 8.8.
"""

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.oggopus import OggOpus

from pipeline.tagging.episode_tag import PADDING_BYTES, EpisodeTag, require_few_chapters
from pipeline.tagging.faults import told_as_unfit, told_of
from pipeline.tagging.pictures import picture_size
from pipeline.units import timestamp

_COLOUR_BITS = 24


def tag_ogg(data: bytes, tag: EpisodeTag) -> bytes:
    """The Ogg Opus file ``data`` with ``tag`` in it in place of any other, byte for byte the same every time.

    Raises: TagError where ``data`` is no Ogg Opus file, or there are more than 255 chapters.
    """
    require_few_chapters(tag)
    stream = BytesIO(data)
    with told_as_unfit("Ogg Opus"):
        file: Any = OggOpus(stream)  # mutagen has no types
        file.tags.clear()
        file.tags.extend(_comments(tag))
        file.tags.append(("METADATA_BLOCK_PICTURE", base64.b64encode(_cover(tag).write()).decode()))
        stream.seek(0)
        file.save(stream, padding=lambda _: PADDING_BYTES)
    return stream.getvalue()


def tag_flac(data: bytes, tag: EpisodeTag) -> bytes:
    """The FLAC file ``data`` with ``tag`` in it in place of any other, byte for byte the same every time.

    Raises: TagError where ``data`` is no FLAC file, or there are more than 255 chapters.
    """
    stream = BytesIO(data)
    _put_into_flac(stream, tag)
    return stream.getvalue()


def tag_flac_file(path: Path, tag: EpisodeTag) -> None:
    """Put ``tag`` into the FLAC file ``path``, as `tag_flac` does, without having it in memory: an hour is 120 MB.

    Raises: TagError as `tag_flac`, and where the file cannot be written.
    """
    with told_of(path), path.open("r+b") as stream:
        _put_into_flac(stream, tag)


def _put_into_flac(stream: IO[bytes], tag: EpisodeTag) -> None:
    require_few_chapters(tag)
    with told_as_unfit("FLAC"):
        file: Any = FLAC(stream)  # mutagen has no types
        if file.tags is None:
            file.add_tags()
        file.tags.clear()
        file.tags.extend(_comments(tag))
        file.clear_pictures()
        file.add_picture(_cover(tag))
        stream.seek(0)
        file.save(stream, padding=lambda _: PADDING_BYTES)


def _comments(tag: EpisodeTag) -> Iterator[tuple[str, str]]:
    texts = (
        ("TITLE", tag.title),
        ("ARTIST", tag.artist),
        ("ALBUM", tag.album),
        ("DATE", f"{tag.published:%Y-%m-%d}"),
        ("GENRE", "Podcast"),
        ("TRACKNUMBER", "" if tag.episode is None else str(tag.episode)),
        ("DISCNUMBER", "" if tag.season is None else str(tag.season)),
        ("DESCRIPTION", tag.description or tag.comment),
        ("ORGANIZATION", tag.publisher),
        ("COPYRIGHT", tag.notice),
        ("LANGUAGE", tag.language),
        ("CONTACT", tag.show_url),
        ("LYRICS", tag.lyrics),
    )
    for name, text in texts:
        if text:
            yield name, text
    for number, chapter in enumerate(tag.chapters, start=1):
        name = f"CHAPTER{number:03}"
        yield name, timestamp(chapter.start_ms)
        yield f"{name}NAME", chapter.title
        if chapter.link:
            yield f"{name}URL", chapter.link


def _cover(tag: EpisodeTag) -> Picture:
    picture = Picture()
    picture.type = PictureType.COVER_FRONT
    picture.mime = "image/jpeg"
    picture.data = tag.cover
    # Zeros where it cannot be told, as the format has it.
    picture.width, picture.height = picture_size(tag.cover) or (0, 0)
    picture.depth = _COLOUR_BITS if picture.width else 0
    return picture
