"""The tag as mutagen and FFmpeg read it back."""

from datetime import UTC, datetime
from io import BytesIO

import av
import numpy as np
import pytest
from msgspec.structs import replace
from mutagen.id3 import CHAP, CTOC, ID3

from pipeline.artwork import draw_cover
from pipeline.audio.encoding import Mp3Encoder
from pipeline.errors import TagError
from pipeline.model import ChapterOrigin, EpisodeChapter
from pipeline.tagging import EpisodeTag, tagged


def chapter(start_ms: int, title: str) -> EpisodeChapter:
    return EpisodeChapter(start_ms=start_ms, title=title, origin=ChapterOrigin.HEADING)


CHAPTERS = (
    chapter(0, "Opening"),
    chapter(4_321, "A title of more than fifty-one characters, as some headings are — Łódź"),
    chapter(7_000, "End"),
    chapter(9_999, "A somewhat longer one again"),
)

TAG = EpisodeTag(
    title="Why the straits are quiet — “for now”",
    artist="Ines Calder",
    album="The Harbour Review",
    published=datetime(2026, 3, 2, 6, 5, tzinfo=UTC),
    language="en-GB",
    comment="Insurers moved first.",
    publisher="The Harbour Review",
    show_url="https://harbour-review.example/",
    article_url="https://harbour-review.example/straits",
    copyright="The Harbour Review",
    guid="6f1c2f0e-6a55-4f0b-9d7a-1f0d5a3c9b11",
    lyrics="First line.\nSecond line, with 北京.",
    cover=b"\xff\xd8\xff\xe0 not a real picture",
    duration_ms=12_000,
    chapters=CHAPTERS,
)


@pytest.fixture(scope="module")
def sound() -> bytes:
    encoder = Mp3Encoder(44100, 96)
    encoder.write(0.2 * np.sin(np.arange(44100 * 12, dtype=np.float32) / 7))
    return encoder.finish()


def test_mutagen_reads_every_frame_back(sound: bytes) -> None:
    data = tagged(TAG, sound)
    tags = ID3(BytesIO(data), translate=False)
    assert tags.version == (2, 3, 0)
    texts = {name: str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TPUB", "TCON", "TLAN", "TLEN", "TGID")}
    assert texts == {
        "TIT2": TAG.title,
        "TPE1": TAG.artist,
        "TALB": TAG.album,
        "TPUB": TAG.publisher,
        "TCON": "Podcast",
        "TLAN": "eng",
        "TLEN": "12000",
        "TGID": TAG.guid,
    }
    assert [str(tags[name]) for name in ("TYER", "TDAT", "TIME", "TCOP")] == [
        "2026",
        "0203",
        "0605",
        "2026 The Harbour Review",
    ]
    assert [tags[name].url for name in ("WPUB", "WOAF")] == [TAG.show_url, TAG.article_url]
    assert tags["USLT::eng"].text == TAG.lyrics
    assert tags["COMM::eng"].text == [TAG.comment]
    assert tags["APIC:"].data == TAG.cover
    assert data.endswith(sound)


def test_the_table_of_contents_lists_the_chapters_in_order(sound: bytes) -> None:
    tags = ID3(BytesIO(tagged(TAG, sound)), translate=False)
    contents = tags["CTOC:toc"]
    assert isinstance(contents, CTOC)
    listed = [tags[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert all(isinstance(frame, CHAP) for frame in listed)
    assert [(frame.start_time, frame.end_time, str(frame.sub_frames["TIT2"])) for frame in listed] == [
        (0, 4_321, CHAPTERS[0].title),
        (4_321, 7_000, CHAPTERS[1].title),
        (7_000, 9_999, CHAPTERS[2].title),
        (9_999, 12_000, CHAPTERS[3].title),
    ]
    assert contents.flags == 3


def test_chapter_frames_lie_in_the_file_in_the_order_of_time(sound: bytes) -> None:
    # Some players list chapters as they come; mutagen by itself would sort them by size.
    data = tagged(TAG, sound)
    places = [data.index(f"chp{number}\0".encode(), data.index(b"CHAP")) for number in range(len(CHAPTERS))]
    assert places == sorted(places)


def test_ffmpeg_shows_every_chapter_and_the_title(sound: bytes) -> None:
    with av.open(BytesIO(tagged(TAG, sound))) as container:
        shown = [(round(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in container.chapters()]
        assert container.metadata["title"] == TAG.title
    assert shown == [(one.start_ms, one.title) for one in CHAPTERS]


def test_the_same_tag_gives_the_same_bytes(sound: bytes) -> None:
    assert tagged(TAG, sound) == tagged(TAG, sound)


def test_what_is_empty_is_left_out(sound: bytes) -> None:
    bare = replace(TAG, article_url="", copyright="", chapters=())
    tags = ID3(BytesIO(tagged(bare, sound)), translate=False)
    assert not {"WOAF", "TCOP", "CTOC:toc"} & set(tags)


def test_more_chapters_than_a_table_can_list_are_refused(sound: bytes) -> None:
    with pytest.raises(TagError, match="256"):
        tagged(replace(TAG, chapters=tuple(chapter(n, str(n)) for n in range(256))), sound)


def test_a_tag_too_large_for_its_header_is_refused(sound: bytes) -> None:
    with pytest.raises(TagError, match="smaller cover"):
        tagged(replace(TAG, cover=bytes(1 << 28)), sound)


def test_a_real_cover_goes_in_whole(sound: bytes) -> None:
    cover = draw_cover("The Harbour Review")
    assert ID3(BytesIO(tagged(replace(TAG, cover=cover), sound)))["APIC:"].data == cover


LINK = "https://treaties.example/straits?part=2&lang=en"
PICTURE = b"\xff\xd8\xff\xe0 not a real picture either" * 40
RICH = replace(
    TAG,
    chapters=(
        replace(CHAPTERS[0], link=LINK, image="episodes/straits/straits-aaaaaaaa.png"),
        replace(CHAPTERS[1], image="https://pictures.example/far.png"),
        replace(CHAPTERS[2], link="https://treaties.example/" + "x" * 1900),
        replace(CHAPTERS[3], title="🚢 " * 60 + "المضيق", image="episodes/straits/straits-aaaaaaaa.png"),
    ),
    pictures={"episodes/straits/straits-aaaaaaaa.png": PICTURE},
)


def test_links_and_pictures_come_back_with_their_chapter(sound: bytes) -> None:
    tags = ID3(BytesIO(tagged(RICH, sound)), translate=False)
    frames = [tags[f"CHAP:chp{number}"] for number in range(4)]
    assert [set(frame.sub_frames) for frame in frames] == [
        {"TIT2", "WXXX:chapter url", "APIC:"},
        {"TIT2"},
        {"TIT2", "WXXX:chapter url"},
        {"TIT2", "APIC:"},
    ]
    assert frames[0].sub_frames["WXXX:chapter url"].url == LINK
    assert frames[2].sub_frames["WXXX:chapter url"].url == RICH.chapters[2].link
    assert {frames[number].sub_frames["APIC:"].data for number in (0, 3)} == {PICTURE}
    assert str(frames[3].sub_frames["TIT2"]) == RICH.chapters[3].title
    assert tags["APIC:"].data == TAG.cover, "a player must not take the picture of a chapter for the cover"


def test_the_title_of_a_chapter_comes_first_and_its_link_ends_with_itself(sound: bytes) -> None:
    data = tagged(RICH, sound)
    first = data[data.index(b"chp0\0", data.index(b"CHAP")) : data.index(b"chp1\0", data.index(b"CHAP"))]
    places = [first.index(name) for name in (b"TIT2", b"WXXX", b"APIC")]
    assert places == sorted(places)
    # Readers that take the whole rest of the frame for the address would ask for one with a NUL in it.
    assert LINK.encode() + b"APIC" in first


def test_ffmpeg_loses_no_chapter_for_its_link_or_picture(sound: bytes) -> None:
    with av.open(BytesIO(tagged(RICH, sound))) as container:
        shown = [(round(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in container.chapters()]
    assert shown == [(one.start_ms, one.title) for one in RICH.chapters]


def test_chapters_without_link_and_picture_keep_their_bytes(sound: bytes) -> None:
    # What is published keeps its identity: pictures that no chapter names change nothing.
    assert tagged(replace(TAG, pictures={"episodes/x.png": PICTURE}), sound) == tagged(TAG, sound)


def test_pictures_count_once_for_each_chapter_that_shows_them(sound: bytes) -> None:
    large = {"episodes/straits/straits-aaaaaaaa.png": bytes(3_000_000)}
    with pytest.raises(
        TagError, match=r"the images of 2 chapters would add 6000000 bytes .* 5000000 .*; give an image to about 1 of"
    ):
        tagged(replace(RICH, pictures=large), sound)
    once = replace(RICH, chapters=RICH.chapters[:3], pictures=large)
    assert len(tagged(once, sound)) > 3_000_000


def test_as_many_chapters_as_a_table_can_list_come_back(sound: bytes) -> None:
    many = tuple(replace(chapter(n * 47, f"Part {n}"), link=LINK) for n in range(255))
    tags = ID3(BytesIO(tagged(replace(TAG, chapters=many), sound)), translate=False)
    assert tags["CTOC:toc"].child_element_ids == [f"chp{n}" for n in range(255)]
    assert {tags[f"CHAP:chp{n}"].sub_frames["WXXX:chapter url"].url for n in range(255)} == {LINK}
