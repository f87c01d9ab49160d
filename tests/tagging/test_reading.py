"""What files of all kinds say of themselves: ours, those of others, and damaged ones."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import eyed3
import hypothesis
import hypothesis.strategies as st
import pytest
from msgspec.structs import replace
from mutagen import id3
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus

from pipeline.artwork import draw_cover
from pipeline.errors import TagError
from pipeline.tagging import (
    FileChapter,
    FilePicture,
    FileTags,
    read_tags,
    tag_bytes,
    tag_flac,
    tag_mp4,
    tag_ogg,
)
from tests.tagging.samples import CHAPTERS, FULL, LINK, RICH, TAG

WITH_COVER = replace(FULL, chapters=RICH.chapters, pictures=RICH.pictures, cover=draw_cover("The Harbour Review"))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_an_mp3_of_ours_says_everything(sound: bytes, tmp_path: Path) -> None:
    tags = read_tags(written(tmp_path / "episode.mp3", tag_bytes(WITH_COVER) + sound))
    assert tags.format == "ID3v2.3"
    assert dict(tags.fields) == {
        "title": FULL.title,
        "artist": FULL.artist,
        "album": FULL.album,
        "publisher": FULL.publisher,
        "genre": "Podcast",
        "language": "eng",
        "date": "2026-03-02 06:05:00",
        "length in ms": "12000",
        "track": "14",
        "disc": "2",
        "episode id": FULL.guid,
        "description": FULL.description,
        "category": "News",
        "keywords": "shipping,insurance",
        "copyright": "2026 The Harbour Review",
        "podcast": "yes",
        "publisher's page": FULL.show_url,
        "source's page": FULL.show_url,
        "file's page": FULL.article_url,
        "comment": FULL.comment,
        "lyrics": FULL.lyrics,
        "timed lyrics": "00:00:00.000 Why the straits are quiet\n"
        "00:00:03.250 “Nobody insures a rumour,” Tomas Reyl says.\n00:00:11.999 北京 disagrees.",
    }
    assert tags.chapters == (
        FileChapter(start_ms=0, end_ms=4_321, title="Opening", link=LINK, has_image=True),
        FileChapter(start_ms=4_321, end_ms=7_000, title=CHAPTERS[1].title),
        FileChapter(start_ms=7_000, end_ms=9_999, title="End", link=RICH.chapters[2].link),
        FileChapter(start_ms=9_999, end_ms=12_000, title=RICH.chapters[3].title, has_image=True),
    )
    assert tags.unlisted_chapters == 0
    (cover,) = tags.pictures
    assert (cover.media_type, cover.length_bytes) == ("image/jpeg", len(WITH_COVER.cover))
    assert cover.width == cover.height
    assert (cover.width or 0) >= 1400


def test_an_m4a_of_ours_says_everything(m4a: bytes, tmp_path: Path) -> None:
    tags = read_tags(written(tmp_path / "episode.m4a", tag_mp4(m4a, WITH_COVER)))
    assert tags.format == "MP4"
    assert dict(tags.fields) == {
        "title": FULL.title,
        "artist": FULL.artist,
        "album": FULL.album,
        "genre": "Podcast",
        "date": "2026-03-02T06:05:00Z",
        "track": "14",
        "disc": "2",
        "podcast": "yes",
        "media kind": "21",
        "category": "News",
        "keywords": "shipping,insurance",
        "copyright": "2026 The Harbour Review",
        "episode id": FULL.guid,
        "description": FULL.description,
        "long description": FULL.description,
        "lyrics": FULL.lyrics,
    }
    assert tags.chapters == tuple(FileChapter(start_ms=one.start_ms, title=one.title) for one in CHAPTERS)
    assert [picture.length_bytes for picture in tags.pictures] == [len(WITH_COVER.cover)]


@pytest.mark.parametrize("name", ["opus", "flac"])
def test_opus_and_flac_of_ours_say_everything(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    tagged = {"opus": tag_ogg, "flac": tag_flac}[name]
    data = tagged(request.getfixturevalue(name), WITH_COVER)
    tags = read_tags(written(tmp_path / f"episode.{name}", data))
    assert tags.format == "Vorbis comments"
    assert dict(tags.fields) == {
        "title": FULL.title,
        "artist": FULL.artist,
        "album": FULL.album,
        "date": "2026-03-02",
        "genre": "Podcast",
        "track": "14",
        "disc": "2",
        "description": FULL.description,
        "publisher": FULL.publisher,
        "copyright": "2026 The Harbour Review",
        "language": "en-GB",
        "publisher's page": FULL.show_url,
        "lyrics": FULL.lyrics,
    }
    assert tags.chapters == tuple(
        FileChapter(start_ms=one.start_ms, title=one.title, link=one.link) for one in RICH.chapters
    )
    assert [(picture.media_type, picture.length_bytes) for picture in tags.pictures] == [
        ("image/jpeg", len(WITH_COVER.cover))
    ]


def test_the_bytes_decide_and_not_the_name(m4a: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.mp3", tag_mp4(m4a, TAG))
    assert read_tags(path).format == "MP4"


@pytest.mark.parametrize("name", ["sound", "m4a", "opus", "flac"])
def test_a_file_without_a_tag_says_nothing(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "bare", request.getfixturevalue(name))
    if name == "m4a":  # it has chapters all the same
        assert [one.title for one in read_tags(path).chapters] == [one.title for one in CHAPTERS]
        assert read_tags(path).fields == ()
    elif name == "opus":  # FFmpeg names itself in every one
        assert [field for field, _ in read_tags(path).fields] in ([], ["encoder settings"])
    else:
        assert read_tags(path) == FileTags()


@pytest.mark.parametrize("data", [b"", b"x", b"RIFF\0\0\0\0WAVE", b"words"])
def test_what_is_no_sound_says_nothing(tmp_path: Path, data: bytes) -> None:
    assert read_tags(written(tmp_path / "what.mp3", data)) == FileTags()


def test_eyed3s_tag_of_version_2_4_is_read(sound: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.mp3", sound)
    file = eyed3.load(path)
    file.initTag((2, 4, 0))
    file.tag.title = "The Causeway Letter, 7 — Łódź"
    file.tag.genre = "Speech"
    file.tag.comments.set("Read aloud.", "for listeners")
    file.tag.chapters.set(b"b", (5_000, 9_000)).title = "Second"
    file.tag.chapters.set(b"a", (0, 5_000)).title = "First"
    file.tag.table_of_contents.set(b"toc", toplevel=True, child_ids=[b"a"])
    file.tag.images.set(3, b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\0\x07\0\0\0\x05", "image/png")
    file.tag.save(version=(2, 4, 0))
    tags = read_tags(path)
    assert tags.format == "ID3v2.4"
    assert tags.field("title") == "The Causeway Letter, 7 — Łódź"
    assert tags.field("genre") == "Speech"
    assert tags.field("comment (for listeners)") == "Read aloud."
    assert tags.field("nothing of the kind") == ""
    assert [(one.start_ms, one.end_ms, one.title) for one in tags.chapters] == [
        (0, 5_000, "First"),
        (5_000, 9_000, "Second"),
    ]
    assert tags.unlisted_chapters == 1, "players that go by the table do not show the second"
    assert tags.pictures == (FilePicture(media_type="image/png", length_bytes=24, width=7, height=5),)


def test_frames_that_are_rare_or_not_for_people_keep_their_own_names(sound: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.mp3", sound)
    tags = id3.ID3()
    tags.add(id3.TXXX(encoding=1, desc="mood", text=["calm", "clear"]))
    tags.add(id3.PRIV(owner="somebody.example", data=b"\x00\x01\x02"))
    tags.add(id3.UFID(owner="ids.example", data=b"4711"))
    tags.add(id3.TKEY(encoding=1, text=["Dm"]))
    tags.add(id3.POPM(email="reader@causeway.example", rating=196, count=3))
    tags.add(id3.SYLT(encoding=1, lang="eng", format=1, type=1, desc="", text=[("word", 12)]))
    tags.add(id3.CHAP(element_id="x", start_time=5, end_time=0xFFFFFFFF, start_offset=0, end_offset=0, sub_frames=[]))
    tags.save(path)
    found = read_tags(path)
    assert found.field("text (mood)") == "calm / clear"
    assert found.field("PRIV (somebody.example)") == "3 bytes"
    assert found.field("file id (ids.example)") == "4711"
    assert found.field("TKEY") == "Dm"
    assert "196" in found.field("POPM")
    assert found.field("timed lyrics") == "frame 12 word"
    assert found.chapters == (FileChapter(start_ms=5),)
    assert found.unlisted_chapters == 1, "there is no table at all"


def test_the_short_tag_at_the_end_of_old_files_is_read(sound: bytes, tmp_path: Path) -> None:
    old = b"TAG" + b"The Causeway Letter".ljust(30, b"\0") + bytes(60) + b"2009" + bytes(30) + b"\xff"
    tags = read_tags(written(tmp_path / "old.mp3", sound + old))
    assert tags.format == "ID3v1.1"
    assert (tags.field("title"), tags.field("date")) == ("The Causeway Letter", "2009")


def test_free_atoms_and_png_covers_of_others_are_read(m4a: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.m4a", m4a)
    file = MP4(path)
    assert file.tags is not None
    file.tags["----:com.apple.iTunes:MOOD"] = [b"calm"]
    file.tags["trkn"] = [(3, 12)]
    file.tags["covr"] = [MP4Cover(b"\x89PNG\r\n\x1a\n" + bytes(9), imageformat=MP4Cover.FORMAT_PNG)]
    file.save()
    tags = read_tags(path)
    assert dict(tags.fields) == {"MOOD": "calm", "track": "3/12"}
    assert tags.pictures == (FilePicture(media_type="image/png", length_bytes=17),)


def test_chapters_of_others_in_comments_are_read_by_time(opus: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.opus", opus)
    file = OggOpus(path)
    assert file.tags is not None
    for name, value in (
        ("chapter010", "1:02:03.5"),
        ("chapter010name", "Late"),
        ("CHAPTER000", "00:00:00.000-->00:05:00.000"),
        ("Chapter000Name", "Early"),
        ("CHAPTER001", "soon"),
        ("CHAPTER002NAME", "without a start"),
        ("METADATA_BLOCK_PICTURE", "not base64!"),
        ("METADATA_BLOCK_PICTURE", "AAAA"),
    ):
        file.tags.append((name, value))
    file.save()
    tags = read_tags(path)
    assert tags.chapters == (FileChapter(start_ms=0, title="Early"), FileChapter(start_ms=3_723_500, title="Late"))
    assert tags.pictures == ()


def test_a_picture_that_says_no_size_has_none(flac: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "episode.flac", flac)
    file = FLAC(path)
    picture = Picture()
    picture.mime, picture.data = "image/webp", b"RIFF"
    file.add_picture(picture)
    file.save()
    assert read_tags(path).pictures == (FilePicture(media_type="image/webp", length_bytes=4),)


def test_a_file_that_is_not_there_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(TagError, match=r"no\.mp3: the file cannot be read \(No such file"):
        read_tags(tmp_path / "no.mp3")
    with pytest.raises(TagError, match=r"the file cannot be read"):
        read_tags(tmp_path)


CUTS: dict[str, Callable[[bytes], bytes]] = {
    "sound": lambda sound: (tag_bytes(FULL) + sound)[:300],
    "m4a": lambda m4a: tag_mp4(m4a, FULL)[:400],
    "opus": lambda opus: tag_ogg(opus, FULL)[:200],
    "flac": lambda flac: tag_flac(flac, FULL)[:200],
}


@pytest.mark.parametrize("name", CUTS)
def test_a_tag_cut_off_is_an_error_with_a_cure(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "cut.mp3", CUTS[name](request.getfixturevalue(name)))
    with pytest.raises(TagError, match=r"cut\.mp3: its tag is damaged \(.+\); get the file again"):
        read_tags(path)


def test_pages_of_ogg_in_disorder_are_an_error_with_a_cure(opus: bytes, tmp_path: Path) -> None:
    data = tag_ogg(opus, WITH_COVER)  # the cover alone needs more than one page
    third = data.index(b"OggS", data.index(b"OggS", 4) + 4)
    for broken in (
        data[: third + 18] + b"\x77" + data[third + 19 :],  # its number in the sequence
        data[:26] + b"\0" + data[27:],  # the first page holds nothing
    ):
        with pytest.raises(TagError, match="its tag is damaged"):
            read_tags(written(tmp_path / "broken.opus", broken))


@pytest.mark.parametrize("name", CUTS)
@hypothesis.given(data=st.data())
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture], max_examples=60)
def test_damage_anywhere_is_read_or_told(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    tagged = {
        "sound": lambda sound: tag_bytes(FULL) + sound,
        "m4a": lambda m4a: tag_mp4(m4a, FULL),
        "opus": lambda opus: tag_ogg(opus, FULL),
        "flac": lambda flac: tag_flac(flac, FULL),
    }[name]
    broken = bytearray(tagged(request.getfixturevalue(name)))
    start = max(0, broken.find(b"moov")) if name == "m4a" else 0
    places = data.draw(st.lists(st.integers(start, min(len(broken), start + 4000) - 1), min_size=1, max_size=6))
    for place in places:
        broken[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TagError):
        read_tags(written(tmp_path / "broken", bytes(broken)))
