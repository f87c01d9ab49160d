"""Floor 3: the ID3 tag of an episode, chapter frames included. mutagen lives here and nowhere else.

ID3v2.3 with UTF-16 text, because FFmpeg loses chapter frames of v2.4 once a sub-frame passes 127 bytes, and Apple
Podcasts reportedly does too. The tag is made whole and goes in front of the sound in one write.
Source: id3.org, "ID3 tag version 2.3.0" and "ID3v2 Chapter Frame Addendum 1.0".
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from msgspec import Struct
from mutagen import id3

from pipeline.errors import TagError
from pipeline.model import EpisodeChapter

_UTF16 = id3.Encoding.UTF16
_TOP_LEVEL_AND_ORDERED = 3
_NO_OFFSET = 0xFFFFFFFF
_HEADER_BYTES = 10
_MOST_CHAPTERS = 255  # the table of contents counts them in one byte
_PADDING_BYTES = 4096
_MOST_BYTES = 1 << 27  # half of what the header can count
_MOST_PICTURES_BYTES = 5_000_000  # every download carries them, and an episode of half an hour has about 20 MB
_LINK_NAME = "chapter url"  # eyeD3 and the tools it was modelled on look for this very description; others skip it

#: ISO 639-1 -> ISO 639-2, the form ID3 wants. What is missing here is "und", undetermined.
_LANGUAGES = {"en": "eng"}


class EpisodeTag(Struct, frozen=True, kw_only=True):
    """What an episode's tag says. ``lyrics`` is the whole transcript; ``cover`` a JPEG; ``duration_ms`` its length.

    ``pictures`` are JPEGs by the path that a chapter gives as its image; an image that is an address stays out, because
    nothing is fetched for a tag.

    Each field names its frame: title TIT2, artist TPE1, album TALB, published TYER/TDAT/TIME, language TLAN, comment
    COMM, publisher TPUB, show_url WPUB, article_url WOAF, copyright TCOP, guid TGID, lyrics USLT,
    cover APIC, chapters CHAP and CTOC, duration_ms TLEN. The feed's address (WFED) is left out: a show that moves
    house would have to publish every sound again.
    """

    title: str
    artist: str
    album: str
    published: datetime
    language: str
    comment: str
    publisher: str
    show_url: str
    article_url: str
    copyright: str
    guid: str
    lyrics: str
    cover: bytes
    duration_ms: int
    chapters: tuple[EpisodeChapter, ...]
    pictures: dict[str, bytes] = {}


class WXXX(id3.WXXX):
    """The link of a chapter, without the NUL that mutagen puts behind every address: eyeD3 takes it for a part of it.

    The name of the class is that of the frame.
    """

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)  # type: ignore[no-untyped-call] # mutagen has no types

    def _writeData(self, *arguments: Any) -> bytes:  # noqa: N802 - mutagen calls it so
        data: bytes = super()._writeData(*arguments)  # type: ignore[no-untyped-call] # mutagen has no types
        return data.removesuffix(b"\0")


def tagged(tag: EpisodeTag, sound: bytes) -> bytes:
    """The file to publish: the tag, some padding and the MP3 stream ``sound``, byte for byte the same every time.

    Raises:
        TagError: more than 255 chapters, more than 5 MB of their pictures, or a tag too large for ID3.
    """
    if len(tag.chapters) > _MOST_CHAPTERS:
        raise TagError(f"{len(tag.chapters)} chapters are more than a tag can list", cure=f"keep {_MOST_CHAPTERS}")
    require_light_pictures([tag.pictures.get(chapter.image, b"") for chapter in tag.chapters])
    if (size := len(tag.cover) + 4 * len(tag.lyrics)) > _MOST_BYTES:
        raise TagError(
            f"the tag would be {size} bytes, and {_MOST_BYTES} are the most",
            cure="take a smaller cover, or split the article",
        )
    frames = b"".join(_serialised(frame) for frame in _frames(tag)) + bytes(_PADDING_BYTES)
    return b"ID3\x03\x00\x00" + _synchsafe(len(frames)) + frames + sound


def require_light_pictures(pictures: Sequence[bytes]) -> None:
    """Nothing, if a tag can carry ``pictures``: one for each chapter that shows one, the same one as often as shown.

    Raises: TagError that says how many fit.
    """
    sizes = [len(picture) for picture in pictures if picture]
    if (size := sum(sizes)) > _MOST_PICTURES_BYTES:
        raise TagError(
            f"the images of {len(sizes)} chapters would add {size} bytes to every download, "
            f"and {_MOST_PICTURES_BYTES} are the most",
            cure=f"give an image to about {len(sizes) * _MOST_PICTURES_BYTES // size} of them, "
            "or give addresses with https://, which stay out of the download",
        )


def _frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    """The frames in the order in which readers should meet them: text, chapters by time, the cover last."""
    yield from _text_frames(tag)
    yield from _link_frames(tag)
    language = _LANGUAGES.get(tag.language.split("-")[0].lower(), "und")
    yield id3.COMM(encoding=_UTF16, lang=language, desc="", text=[tag.comment])
    yield id3.USLT(encoding=_UTF16, lang=language, desc="", text=tag.lyrics)
    yield from _chapter_frames(tag)
    yield _picture(tag.cover)


def _text_frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    language = _LANGUAGES.get(tag.language.split("-")[0].lower(), "und")
    texts = (
        (id3.TIT2, tag.title),
        (id3.TPE1, tag.artist),
        (id3.TALB, tag.album),
        (id3.TPUB, tag.publisher),
        (id3.TCON, "Podcast"),
        (id3.TLAN, language),
        (id3.TYER, f"{tag.published:%Y}"),
        (id3.TDAT, f"{tag.published:%d%m}"),
        (id3.TIME, f"{tag.published:%H%M}"),
        (id3.TLEN, str(tag.duration_ms)),
        (id3.TGID, tag.guid),
        (id3.TCOP, f"{tag.published:%Y} {tag.copyright}" if tag.copyright else ""),
    )
    for frame, text in texts:
        if text:
            yield frame(encoding=_UTF16, text=[text])
    yield id3.PCST(value=1)


def _link_frames(tag: EpisodeTag) -> Iterator[id3.Frame]:
    for frame, url in ((id3.WPUB, tag.show_url), (id3.WOAF, tag.article_url)):
        if url:
            yield frame(url=url)


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
