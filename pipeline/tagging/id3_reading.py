"""Floor 3, inside tagging: an ID3 tag of anybody's MP3 becomes FileTags.

Source: id3.org, "ID3 tag version 2.4.0 - Native Frames" and "ID3v2 Chapter Frame Addendum 1.0".
"""

from pathlib import Path
from typing import Any

from mutagen import id3

from pipeline.tagging.file_tags import FileChapter, FilePicture, FileTags
from pipeline.tagging.pictures import picture_size
from pipeline.units import timestamp

_NOT_SAID = 0xFFFFFFFF

#: Frame -> a name for people. mutagen turns frames of older versions into these.
_NAMES = {
    "TIT2": "title",
    "TIT3": "subtitle",
    "TPE1": "artist",
    "TPE2": "album artist",
    "TALB": "album",
    "TCOM": "composer",
    "TDRC": "date",
    "TDRL": "release date",
    "TCON": "genre",
    "TRCK": "track",
    "TPOS": "disc",
    "TLAN": "language",
    "TLEN": "length in ms",
    "TPUB": "publisher",
    "TCOP": "copyright",
    "TENC": "encoded by",
    "TSSE": "encoder settings",
    "TGID": "episode id",
    "TDES": "description",
    "TCAT": "category",
    "TKWD": "keywords",
    "PCST": "podcast",
    "COMM": "comment",
    "USLT": "lyrics",
    "SYLT": "timed lyrics",
    "WPUB": "publisher's page",
    "WOAS": "source's page",
    "WOAF": "file's page",
    "WOAR": "artist's page",
    "WFED": "feed",
    "WXXX": "link",
    "TXXX": "text",
    "UFID": "file id",
}


def read_id3(path: Path) -> FileTags:
    """The ID3 tag of ``path``, empty where there is none. Raises what mutagen raises where it is damaged."""
    try:
        tags = id3.ID3(path)
    except id3.ID3NoHeaderError:
        return FileTags()
    chapters = sorted(tags.getall("CHAP"), key=lambda frame: (frame.start_time, frame.end_time))
    listed = {name for table in tags.getall("CTOC") for name in table.child_element_ids}
    return FileTags(
        format=f"ID3v{tags.version[0]}.{tags.version[1]}",
        fields=tuple(
            (_name(frame), _value(frame)) for frame in tags.values() if frame.FrameID not in ("APIC", "CHAP", "CTOC")
        ),
        chapters=tuple(_chapter(frame) for frame in chapters),
        unlisted_chapters=sum(frame.element_id not in listed for frame in chapters),
        pictures=tuple(_picture(frame) for frame in tags.getall("APIC")),
    )


def _name(frame: Any) -> str:
    """The frame's name for people, with what tells it from others of its kind; the frame's own for rare ones."""
    name = _NAMES.get(frame.FrameID, frame.FrameID)
    mark = str(getattr(frame, "desc", "") or getattr(frame, "owner", ""))
    return f"{name} ({mark})" if mark else name


def _value(frame: Any) -> str:
    if frame.FrameID == "TCON":
        return " / ".join(frame.genres)
    if frame.FrameID == "SYLT":
        return "\n".join(f"{_time(time, frame)} {text.strip()}" for text, time in frame.text)
    if frame.FrameID == "PCST":
        return "yes" if frame.value else "no"
    for attribute in ("url", "text"):
        value = getattr(frame, attribute, None)
        if value is not None:
            return " / ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return _bytes_value(frame)


def _bytes_value(frame: Any) -> str:
    """What is not meant for people: as text if it is one, or else how much it is."""
    data = getattr(frame, "data", None)
    if not isinstance(data, bytes):
        return str(frame.pprint().partition("=")[2])
    text = data.decode("ascii", errors="replace")
    return text if text.isprintable() and "\ufffd" not in text else f"{len(data)} bytes"


def _time(time: int, frame: Any) -> str:
    return timestamp(time) if frame.format == 2 else f"frame {time}"


def _chapter(frame: Any) -> FileChapter:
    links = frame.sub_frames.getall("WXXX")
    return FileChapter(
        start_ms=frame.start_time,
        end_ms=None if frame.end_time == _NOT_SAID else frame.end_time,
        title=" / ".join(str(title) for title in frame.sub_frames.getall("TIT2")),
        link=links[0].url if links else "",
        has_image=bool(frame.sub_frames.getall("APIC")),
    )


def _picture(frame: Any) -> FilePicture:
    width, height = picture_size(frame.data) or (None, None)
    return FilePicture(media_type=frame.mime, length_bytes=len(frame.data), width=width, height=height)
