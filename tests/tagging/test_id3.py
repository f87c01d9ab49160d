"""The tag as mutagen, FFmpeg, eyeD3 and mp3val read it back."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import av
import eyed3
import pytest
from msgspec.structs import replace
from mutagen.id3 import CHAP, CTOC, ID3

from pipeline.artwork import draw_cover
from pipeline.errors import TagError
from pipeline.tagging import EpisodeTag, TimedLine, tag_bytes
from tests.tagging.samples import CHAPTERS, FULL, LINK, PICTURE, RICH, TAG, chapter, said_by_ffprobe


def _file(tag: EpisodeTag, sound: bytes) -> bytes:
    return tag_bytes(tag) + sound


def test_mutagen_reads_every_frame_back(sound: bytes) -> None:
    data = _file(TAG, sound)
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
    assert [tags[name].url for name in ("WPUB", "WOAS", "WOAF")] == [TAG.show_url, TAG.show_url, TAG.article_url]
    assert tags["USLT::eng"].text == TAG.lyrics
    assert tags["COMM::eng"].text == [TAG.comment]
    assert tags["APIC:"].data == TAG.cover
    assert data.endswith(sound)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de-AT", "deu"),
        ("fr", "fra"),
        ("pt-BR", "por"),
        ("zh-Hant-TW", "zho"),
        ("fil", "fil"),
        ("EN", "eng"),
        ("x", "und"),
    ],
)
def test_every_frame_with_a_language_names_that_of_the_episode(language: str, code: str, sound: bytes) -> None:
    spoken = replace(TAG, language=language, lines=(TimedLine(start_ms=0, text="A line"),))
    tags = ID3(BytesIO(_file(spoken, sound)), translate=False)
    assert str(tags["TLAN"]) == code
    assert {f"COMM::{code}", f"USLT::{code}", f"SYLT::{code}"} <= set(tags)


def test_the_table_of_contents_lists_the_chapters_in_order(sound: bytes) -> None:
    tags = ID3(BytesIO(_file(TAG, sound)), translate=False)
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
    data = _file(TAG, sound)
    places = [data.index(f"chp{number}\0".encode(), data.index(b"CHAP")) for number in range(len(CHAPTERS))]
    assert places == sorted(places)


def test_ffmpeg_shows_every_chapter_and_the_title(sound: bytes) -> None:
    with av.open(BytesIO(_file(TAG, sound))) as container:
        shown = [(round(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in container.chapters()]
        assert container.metadata["title"] == TAG.title
    assert shown == [(one.start_ms, one.title) for one in CHAPTERS]


def test_the_same_tag_gives_the_same_bytes(sound: bytes) -> None:
    assert _file(TAG, sound) == _file(TAG, sound)


def test_what_is_empty_is_left_out(sound: bytes) -> None:
    bare = replace(TAG, article_url="", copyright="", chapters=())
    tags = ID3(BytesIO(_file(bare, sound)), translate=False)
    assert not {"WOAF", "TCOP", "CTOC:toc"} & set(tags)


def test_more_chapters_than_a_table_can_list_are_refused(sound: bytes) -> None:
    with pytest.raises(TagError, match="256"):
        _file(replace(TAG, chapters=tuple(chapter(n, str(n)) for n in range(256))), sound)


def test_a_tag_too_large_for_its_header_is_refused(sound: bytes) -> None:
    with pytest.raises(TagError, match="smaller cover"):
        _file(replace(TAG, cover=bytes(1 << 28)), sound)


def test_a_real_cover_goes_in_whole(sound: bytes) -> None:
    cover = draw_cover("The Harbour Review")
    assert ID3(BytesIO(_file(replace(TAG, cover=cover), sound)))["APIC:"].data == cover


def test_links_and_pictures_come_back_with_their_chapter(sound: bytes) -> None:
    tags = ID3(BytesIO(_file(RICH, sound)), translate=False)
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
    data = _file(RICH, sound)
    first = data[data.index(b"chp0\0", data.index(b"CHAP")) : data.index(b"chp1\0", data.index(b"CHAP"))]
    places = [first.index(name) for name in (b"TIT2", b"WXXX", b"APIC")]
    assert places == sorted(places)
    # Readers that take the whole rest of the frame for the address would ask for one with a NUL in it.
    assert LINK.encode() + b"APIC" in first


def test_ffmpeg_loses_no_chapter_for_its_link_or_picture(sound: bytes) -> None:
    with av.open(BytesIO(_file(RICH, sound))) as container:
        shown = [(round(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in container.chapters()]
    assert shown == [(one.start_ms, one.title) for one in RICH.chapters]


def test_chapters_without_link_and_picture_keep_their_bytes(sound: bytes) -> None:
    # What is published keeps its identity: pictures that no chapter names change nothing.
    assert _file(replace(TAG, pictures={"episodes/x.png": PICTURE}), sound) == _file(TAG, sound)


def test_pictures_count_once_for_each_chapter_that_shows_them(sound: bytes) -> None:
    large = {"episodes/straits/straits-aaaaaaaa.png": bytes(3_000_000)}
    with pytest.raises(
        TagError, match=r"the images of 2 chapters would add 6000000 bytes .* 5000000 .*; give an image to about 1 of"
    ):
        _file(replace(RICH, pictures=large), sound)
    once = replace(RICH, chapters=RICH.chapters[:3], pictures=large)
    assert len(_file(once, sound)) > 3_000_000


def test_as_many_chapters_as_a_table_can_list_come_back(sound: bytes) -> None:
    many = tuple(replace(chapter(n * 47, f"Part {n}"), link=LINK) for n in range(255))
    tags = ID3(BytesIO(_file(replace(TAG, chapters=many), sound)), translate=False)
    assert tags["CTOC:toc"].child_element_ids == [f"chp{n}" for n in range(255)]
    assert {tags[f"CHAP:chp{n}"].sub_frames["WXXX:chapter url"].url for n in range(255)} == {LINK}


def test_what_podcasts_say_besides_comes_back(sound: bytes) -> None:
    tags = ID3(BytesIO(_file(FULL, sound)), translate=False)
    assert {name: str(tags[name]) for name in ("TDES", "TCAT", "TKWD", "TRCK", "TPOS")} == {
        "TDES": FULL.description,
        "TCAT": "News",
        "TKWD": "shipping,insurance",
        "TRCK": "14",
        "TPOS": "2",
    }
    assert not {"TDES", "TCAT", "TKWD", "TRCK", "TPOS", "SYLT::eng"} & set(ID3(BytesIO(_file(TAG, sound))))


def test_nothing_in_the_tag_changes_when_the_show_moves_house(sound: bytes) -> None:
    assert "WFED" not in ID3(BytesIO(_file(FULL, sound)), translate=False)


def test_each_timed_line_is_one_that_players_show(sound: bytes) -> None:
    frame = ID3(BytesIO(_file(FULL, sound)), translate=False)["SYLT::eng"]
    assert (frame.encoding, frame.format, frame.type) == (1, 2, 1), "UTF-16, milliseconds, lyrics"
    assert frame.text == [(f"\n{line.text}", line.start_ms) for line in FULL.lines]


def test_timed_lines_of_an_hour_weigh_next_to_nothing() -> None:
    # 9,000 words in lines of eleven, as they are spoken in an hour, beside 43 MB of sound.
    line = "the insurers of the northern route moved before any navy did"
    hour = tuple(TimedLine(start_ms=number * 4_400, text=line) for number in range(9_000 // 11))
    added = len(tag_bytes(replace(TAG, lines=hour))) - len(tag_bytes(TAG))
    assert added < 43_000_000 * 0.004


def test_ffprobe_shows_the_tag_and_the_chapters_beside_timed_lines(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(FULL, sound))
    tags, chapters = said_by_ffprobe(path)
    assert (tags["title"], tags["album"], tags["track"]) == (TAG.title, TAG.album, "14")
    assert chapters == [(one.start_ms, one.title) for one in CHAPTERS]


#: eyeD3 0.9.9 reads dates in a way that Python 3.13 warns of.
eyed3_dates = pytest.mark.filterwarnings("ignore:Parsing dates involving:DeprecationWarning")


@eyed3_dates
def test_eyed3_reads_titles_chapters_and_links(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(replace(FULL, chapters=RICH.chapters, pictures=RICH.pictures), sound))
    tag = eyed3.load(path).tag
    assert (tag.version, tag.title, tag.track_num[0], tag.disc_num[0]) == ((2, 3, 0), TAG.title, 14, 2)
    assert (tag.publisher, tag.copyright) == (TAG.publisher, "2026 The Harbour Review")
    by_time = sorted(tag.chapters, key=lambda one: one.times.start)
    assert [(one.title, one.times.start) for one in by_time] == [(one.title, one.start_ms) for one in RICH.chapters]
    assert by_time[0].user_url == LINK


def test_mp3val_finds_nothing(sound: bytes, tmp_path: Path) -> None:
    if shutil.which("mp3val") is None:
        pytest.skip("mp3val is not on this machine")
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(FULL, sound))
    said = subprocess.run(["mp3val", path], capture_output=True, text=True, check=True).stdout
    assert "WARNING" not in said
    assert "ERROR" not in said


@pytest.mark.parametrize("version", [3, 4])
def test_another_tool_changes_the_tag_without_touching_the_sound(sound: bytes, tmp_path: Path, version: int) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(FULL, sound))
    offset = path.stat().st_size - len(sound)
    tags = ID3(path, translate=False)
    tags["TIT2"].text = ["Why the straits of the whole north will be quiet until the spring, and who says so"]
    for number in range(len(CHAPTERS)):
        tags[f"CHAP:chp{number}"].sub_frames["TIT2"].text = [f"{number}. a title of quite another length than before"]
    tags["TDES"].text = ["Ö" * 3_500]  # near the 4,000 bytes that Apple takes
    tags.save(v2_version=version)
    after = path.read_bytes()
    assert after[offset:] == sound, "no byte of the sound changed, and none moved"
    assert str(ID3(path)["TDES"]) == "Ö" * 3_500


@eyed3_dates
def test_eyed3_changes_the_title_in_place(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(TAG, sound))
    offset = path.stat().st_size - len(sound)
    file = eyed3.load(path)
    file.tag.title = "Why the straits of the whole north will be quiet until the spring"
    file.tag.save()
    assert path.read_bytes()[offset:] == sound


def test_shorter_texts_leave_the_padding_where_it_is(sound: bytes, tmp_path: Path) -> None:
    # mutagen would shrink a padding of more than 10 KiB, and move the sound.
    path = tmp_path / "episode.mp3"
    path.write_bytes(_file(FULL, sound))
    size = path.stat().st_size
    tags = ID3(path, translate=False)
    tags["TIT2"].text = ["Quiet"]
    tags.save(v2_version=3)
    assert path.stat().st_size == size
