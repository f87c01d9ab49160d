"""Floor 3, inside tagging: the ID3 tag of an episode's MP3, chapter frames included.

ID3v2.3 with UTF-16 text, because FFmpeg loses chapter frames of v2.4 once a sub-frame passes 127 bytes, and Apple
Podcasts reportedly does too. The tag is made whole and goes in front of the sound, which streams behind it.
Source: id3.org, "ID3 tag version 2.3.0" and "ID3v2 Chapter Frame Addendum 1.0".
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from mutagen import id3

from pipeline.errors import TagError
from pipeline.model import EpisodeChapter
from pipeline.tagging.episode_tag import (
    PADDING_BYTES,
    EpisodeTag,
    TimedLine,
    require_few_chapters,
    require_light_pictures,
)
from pipeline.tagging.spoken import iso_639_2

_UTF16 = id3.Encoding.UTF16
_TOP_LEVEL_AND_ORDERED = 3
_NO_OFFSET = 0xFFFFFFFF
_IN_MILLISECONDS = 2
_LYRICS = 1
_HEADER_BYTES = 10
_MOST_BYTES = 1 << 27  # half of what the header can count
_LINK_NAME = "chapter url"  # eyeD3 and the tools it was modelled on look for this very description; others skip it


class WXXX(id3.WXXX):
    """The link of a chapter, without the NUL that mutagen puts behind every address: eyeD3 takes it for a part of it.

    The name of the class is that of the frame.
    """

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)  # type: ignore[no-untyped-call] # mutagen has no types

    def _writeData(self, *arguments: Any) -> bytes:  # noqa: N802 - mutagen calls it so
        data: bytes = super()._writeData(*arguments)  # type: ignore[no-untyped-call] # mutagen has no types
        return data.removesuffix(b"\0")


def tag_bytes(tag: EpisodeTag) -> bytes:
    """The whole tag, byte for byte the same every time; the MP3 stream follows it as it is.

    It ends with 8192 zero bytes, 0.02 % of an hour. Another tool can write a description of 4,000 characters, or other
    titles of all chapters, into them, and then changes no byte of the sound and moves none: the 40 MB behind the tag
    stay on the disk as they lie. More than 10 KiB would make mutagen shrink it, and so move everything after all.

    Raises:
        TagError: more than 255 chapters, more than 5 MB of their pictures, or a tag too large for ID3.
    """
    require_few_chapters(tag)
    require_light_pictures([tag.pictures.get(chapter.image, b"") for chapter in tag.chapters])
    if (size := _most_bytes(tag)) > _MOST_BYTES:
        raise TagError(
            f"the tag would be {size} bytes, and {_MOST_BYTES} are the most",
            cure="take a smaller cover, or split the article",
        )
    frames = b"".join(_serialised(frame) for frame in _frames(tag)) + bytes(PADDING_BYTES)
    return b"ID3\x03\x00\x00" + _synchsafe(len(frames)) + frames


def _most_bytes(tag: EpisodeTag) -> int:
    """What may be large without end, at most: a character has four bytes, a line ten beside its text."""
    return len(tag.cover) + 4 * len(tag.lyrics) + sum(4 * len(line.text) + 10 for line in tag.lines)


def _frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    """The frames in the order in which readers should meet them: text, chapters by time, the cover last."""
    yield from _text_frames(tag)
    yield from _link_frames(tag)
    language = iso_639_2(tag.language)
    yield id3.COMM(encoding=_UTF16, lang=language, desc="", text=[tag.comment])
    yield id3.USLT(encoding=_UTF16, lang=language, desc="", text=tag.lyrics)
    if tag.lines:
        yield _timed(tag.lines, language)
    yield from _chapter_frames(tag)
    yield _picture(tag.cover)


def _text_frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    texts = (
        (id3.TIT2, tag.title),
        (id3.TPE1, tag.artist),
        (id3.TALB, tag.album),
        (id3.TPUB, tag.publisher),
        (id3.TCON, "Podcast"),
        (id3.TLAN, iso_639_2(tag.language)),
        (id3.TYER, f"{tag.published:%Y}"),
        (id3.TDAT, f"{tag.published:%d%m}"),
        (id3.TIME, f"{tag.published:%H%M}"),
        (id3.TLEN, str(tag.duration_ms)),
        (id3.TRCK, "" if tag.episode is None else str(tag.episode)),
        (id3.TPOS, "" if tag.season is None else str(tag.season)),
        (id3.TGID, tag.guid),
        (id3.TDES, tag.description),
        (id3.TCAT, tag.category),
        (id3.TKWD, ",".join(tag.keywords)),
        (id3.TCOP, tag.notice),
    )
    for frame, text in texts:
        if text:
            yield frame(encoding=_UTF16, text=[text])
    yield id3.PCST(value=1)


def _link_frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    """Whose the pages are: the publisher's, that of the show the file is from, and that of this very file."""
    for frame, url in ((id3.WPUB, tag.show_url), (id3.WOAS, tag.show_url), (id3.WOAF, tag.article_url)):
        if url:
            yield frame(url=url)


def _timed(lines: tuple[TimedLine, ...], language: str) -> id3.Frame:
    """The lines with their times, each entry one to show.

    A new line begins with a line feed, and so does the first: Kid3 and Picard take entries without one for the words
    of a single line, and readers that show an entry at a time cut it off.
    Source: id3.org, "ID3 tag version 2.3.0", 4.10; KDE/kid3, src/core/model/timeeventmodel.cpp.
    """
    texts = [(f"\n{line.text}", line.start_ms) for line in lines]
    return id3.SYLT(encoding=_UTF16, lang=language, format=_IN_MILLISECONDS, type=_LYRICS, desc="", text=texts)


def _chapter_frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    if not tag.chapters:
        return
    ends = [chapter.start_ms for chapter in tag.chapters[1:]] + [tag.duration_ms]
    names = [f"chp{number}" for number in range(len(tag.chapters))]
    yield id3.CTOC(
        element_id="toc",
        flags=_TOP_LEVEL_AND_ORDERED,
        child_element_ids=names,
        sub_frames=[id3.TIT2(encoding=_UTF16, text=["Chapters"])],
    )
    for name, chapter, end_ms in zip(names, tag.chapters, ends, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=list(_sub_frames(chapter, tag.pictures)),
        )


def _sub_frames(chapter: EpisodeChapter, pictures: Mapping[str, bytes]) -> Iterator[id3.Frame]:
    """What a chapter says of itself. mutagen writes the title first and then by size, so the picture comes last."""
    yield id3.TIT2(encoding=_UTF16, text=[chapter.title])
    if chapter.link:
        yield WXXX(encoding=id3.Encoding.LATIN1, desc=_LINK_NAME, url=chapter.link)
    if chapter.image in pictures:
        yield _picture(pictures[chapter.image])


def _picture(jpeg: bytes) -> id3.Frame:
    # AntennaPod prefers this type among several pictures, be it of the tag or of a chapter.
    return id3.APIC(
        encoding=id3.Encoding.LATIN1, mime="image/jpeg", type=id3.PictureType.COVER_FRONT, desc="", data=jpeg
    )


def _serialised(frame: id3.Frame) -> bytes:
    """One frame in v2.3. mutagen sorts the frames of a tag by size, and some players list chapters as they come."""
    alone = id3.ID3()
    alone.add(frame)
    written = BytesIO()
    alone.save(written, v1=0, v2_version=3, padding=lambda _: 0)
    return written.getvalue()[_HEADER_BYTES:]


def _synchsafe(size: int) -> bytes:
    """28 bits in four bytes of seven, as the tag's header wants its size."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
