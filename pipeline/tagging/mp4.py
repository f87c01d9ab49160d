"""Floor 3, inside tagging: the tag of an episode's M4A, as iTunes writes it; the chapters are in the file already.

Nobody specified these atoms: they are what iTunes writes and Apple's players read.
Source: mp4v2, "iTunesMetadata"; mutagen, MP4Tags; AtomicParsley's manual for the lengths.
"""

from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from typing import Any

from mutagen.mp4 import MP4, MP4Cover

from pipeline.tagging.episode_tag import PADDING_BYTES, EpisodeTag, require_few_chapters
from pipeline.tagging.faults import told_as_unfit

_PODCAST = 21
_SHORT_BYTES = 255  # of `desc`; what is longer stands in `ldes`


def tag_mp4(data: bytes, tag: EpisodeTag) -> bytes:
    """The M4A file ``data`` with ``tag`` in it in place of any other, byte for byte the same every time.

    What lies in front stays in front, so the file plays while it is still arriving, and both kinds of chapters that
    are in it stay: the list (chpl) and the text track. 8192 bytes are left free for later changes, as in `tag_bytes`.

    Raises: TagError where ``data`` is no M4A file, or has more chapters than a file can list.
    """
    require_few_chapters(tag)
    stream = BytesIO(data)
    with told_as_unfit("M4A"):
        file: Any = MP4(stream)  # mutagen has no types
        if file.tags is None:
            file.add_tags()
        file.tags.clear()
        file.tags.update(_atoms(tag))
        stream.seek(0)
        file.save(stream, padding=lambda _: PADDING_BYTES)
    return stream.getvalue()


def _atoms(tag: EpisodeTag) -> Iterator[tuple[str, Any]]:
    for name, text in _texts(tag):
        if text:
            yield name, [text]
    for name, number in (("trkn", tag.episode), ("disk", tag.season)):
        if number is not None:
            yield name, [(number, 0)]  # of how many is not known
    yield "stik", [_PODCAST]
    yield "pcst", True
    yield "covr", [MP4Cover(tag.cover, imageformat=MP4Cover.FORMAT_JPEG)]


def _texts(tag: EpisodeTag) -> Iterator[tuple[str, str]]:
    description = tag.description or tag.comment
    yield "\xa9nam", tag.title
    yield "\xa9ART", tag.artist
    yield "\xa9alb", tag.album
    yield "\xa9day", f"{tag.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "\xa9gen", "Podcast"
    yield "desc", _shortened(description)
    yield "ldes", description
    yield "\xa9lyr", tag.lyrics
    yield "cprt", tag.notice
    yield "egid", tag.guid
    yield "catg", tag.category
    yield "keyw", ",".join(tag.keywords)


def _shortened(text: str) -> str:
    """``text`` in at most 255 bytes, cut between words."""
    if len(text.encode()) <= _SHORT_BYTES:
        return text
    room = _SHORT_BYTES - len("…".encode())
    cut = text.encode()[:room].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"
