"""Floor 3, inside tagging: the Vorbis comments of anybody's Ogg or FLAC file become FileTags.

Source: XiphWiki, "Chapter Extension"; RFC 9639, section 8.8.
"""

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mutagen import File, MutagenError
from mutagen.flac import FLAC, Picture
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from pipeline.patterns import regex
from pipeline.tagging.file_tags import FileChapter, FilePicture, FileTags

_PICTURE = "metadata_block_picture"
_CHAPTER = regex(r"chapter(\d{3})(name|url|)")
_TIME = regex(r"(\d{1,3}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,3})\d*)?")

#: Comment -> a name for people, the same as that of the ID3 frame which says it. Others have their own.
_NAMES = {
    "albumartist": "album artist",
    "tracknumber": "track",
    "discnumber": "disc",
    "organization": "publisher",
    "contact": "publisher's page",
    "encoder": "encoder settings",
    "encoded-by": "encoded by",
}


def read_ogg(path: Path) -> FileTags:
    """The comments of an Opus, Vorbis, Speex or FLAC stream in Ogg; empty for others."""
    file = File(path, options=[OggOpus, OggVorbis, OggSpeex, OggFLAC])
    return _file_tags(file.tags or []) if file is not None else FileTags()


def read_flac(path: Path) -> FileTags:
    """The comments and pictures of a FLAC file."""
    file: Any = FLAC(path)  # mutagen has no types
    return _file_tags(file.tags or [], file.pictures)


def _file_tags(comments: Iterable[tuple[str, str]], pictures: Iterable[Picture] = ()) -> FileTags:
    told = [(name.lower(), value) for name, value in comments]
    chapters = _chapters(told)
    inside = [picture for name, value in told if name == _PICTURE and (picture := _decoded(value))]
    fields = tuple(
        (_NAMES.get(name, name), value) for name, value in told if name != _PICTURE and not _CHAPTER.fullmatch(name)
    )
    found = tuple(_picture(picture) for picture in (*pictures, *inside))
    return FileTags(format="Vorbis comments" if told or found else "", fields=fields, chapters=chapters, pictures=found)


def _chapters(told: Iterable[tuple[str, str]]) -> tuple[FileChapter, ...]:
    """The chapters by time. One that has no start, or one that is no time, is not a chapter."""
    parts = {match.groups(): value for name, value in told if (match := _CHAPTER.fullmatch(name))}
    chapters = [
        FileChapter(start_ms=start_ms, title=parts.get((number, "name"), ""), link=parts.get((number, "url"), ""))
        for (number, part), value in parts.items()
        if not part and (start_ms := _milliseconds(value)) is not None
    ]
    return tuple(sorted(chapters, key=lambda chapter: chapter.start_ms))


def _milliseconds(text: str) -> int | None:
    """``H:MM:SS.mmm`` in milliseconds; an end that an older draft put behind it does not count."""
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0"))


def _decoded(value: str) -> Picture | None:
    """The picture that a comment holds; None where it is none, as readers take it."""
    try:
        return Picture(base64.b64decode(value, validate=True))
    except (ValueError, MutagenError):  # letters that are none of base64, or no picture in them
        return None


def _picture(picture: Picture) -> FilePicture:
    return FilePicture(
        media_type=picture.mime,
        length_bytes=len(picture.data),
        width=picture.width or None,
        height=picture.height or None,
    )
