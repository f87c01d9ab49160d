"""Floor 3, inside tagging: the tag and the chapter list of anybody's M4A become FileTags.

Source: mp4v2, "iTunesMetadata"; mutagen, MP4Tags and MP4Chapters.
"""

from pathlib import Path
from typing import Any

from mutagen.mp4 import MP4, AtomDataType, MP4Cover

from pipeline.tagging.file_tags import FileChapter, FilePicture, FileTags
from pipeline.tagging.pictures import picture_size

#: Atom -> a name for people, the same as that of the ID3 frame which says it.
_NAMES = {
    "\xa9nam": "title",
    "\xa9ART": "artist",
    "aART": "album artist",
    "\xa9alb": "album",
    "\xa9wrt": "composer",
    "\xa9day": "date",
    "\xa9gen": "genre",
    "\xa9cmt": "comment",
    "\xa9lyr": "lyrics",
    "\xa9too": "encoder settings",
    "\xa9enc": "encoded by",
    "trkn": "track",
    "disk": "disc",
    "cprt": "copyright",
    "desc": "description",
    "ldes": "long description",
    "catg": "category",
    "keyw": "keywords",
    "egid": "episode id",
    "purl": "feed",
    "pcst": "podcast",
    "stik": "media kind",
    "tvsh": "show",
}


def read_mp4(path: Path) -> FileTags:
    """The tag of ``path`` and its list of chapters (chpl). Raises what mutagen raises where they are damaged.

    Chapters that lie in a track of texts alone are not seen: audio/reading/chapters.py finds those.
    """
    file: Any = MP4(path)  # mutagen has no types
    tags = file.tags or {}
    chapters = sorted(file.chapters or (), key=lambda chapter: chapter.start)
    return FileTags(
        format="MP4" if tags or chapters else "",
        fields=tuple((_name(key), _value(values)) for key, values in tags.items() if key != "covr"),
        chapters=tuple(FileChapter(start_ms=round(one.start * 1000), title=one.title) for one in chapters),
        pictures=tuple(_picture(cover) for cover in tags.get("covr", ())),
    )


def _name(key: str) -> str:
    """A free-form atom, `----:com.apple.iTunes:NAME`, has its name at its end."""
    return key.rpartition(":")[2] if key.startswith("----") else _NAMES.get(key, key)


def _value(values: Any) -> str:
    return " / ".join(_one(value) for value in values) if isinstance(values, list) else _one(values)


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, tuple):  # a number, and of how many
        return "/".join(str(number) for number in value if number)
    return str(value)


def _picture(cover: MP4Cover) -> FilePicture:
    width, height = picture_size(cover) or (None, None)
    media_type = "image/png" if cover.imageformat == AtomDataType.PNG else "image/jpeg"
    return FilePicture(media_type=media_type, length_bytes=len(cover), width=width, height=height)
