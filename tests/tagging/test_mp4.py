"""The tag of an M4A as mutagen and FFmpeg read it back, and the chapters that were in the file before."""

from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from mutagen.mp4 import MP4

from pipeline.errors import TagError
from pipeline.tagging import tag_mp4
from tests.tagging.samples import CHAPTERS, FULL, TAG, chapter, decoded_by_ffmpeg, m4a_sound, said_by_ffprobe


def test_mutagen_reads_every_atom_back(m4a: bytes) -> None:
    tags = MP4(BytesIO(tag_mp4(m4a, FULL))).tags
    assert tags is not None
    assert {key: tags[key] for key in tags if key != "covr"} == {
        "\xa9nam": [FULL.title],
        "\xa9ART": [FULL.artist],
        "\xa9alb": [FULL.album],
        "\xa9day": ["2026-03-02T06:05:00Z"],
        "\xa9gen": ["Podcast"],
        "\xa9lyr": [FULL.lyrics],
        "desc": [FULL.description],
        "ldes": [FULL.description],
        "cprt": ["2026 The Harbour Review"],
        "egid": [FULL.guid],
        "catg": ["News"],
        "keyw": ["shipping,insurance"],
        "trkn": [(14, 0)],
        "disk": [(2, 0)],
        "stik": [21],
        "pcst": True,
    }
    assert [bytes(cover) for cover in tags["covr"]] == [FULL.cover]


def test_ffprobe_shows_the_tag_and_the_chapters(m4a: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.m4a"
    path.write_bytes(tag_mp4(m4a, FULL))
    tags, chapters = said_by_ffprobe(path)
    assert {name: tags[name] for name in ("title", "artist", "album", "genre", "media_type", "podcast")} == {
        "title": FULL.title,
        "artist": FULL.artist,
        "album": FULL.album,
        "genre": "Podcast",
        "media_type": "21",
        "podcast": "1",
    }
    assert (tags["synopsis"], tags["lyrics"]) == (FULL.description, FULL.lyrics)
    assert chapters == [(one.start_ms, one.title) for one in CHAPTERS]


def test_both_kinds_of_chapters_survive_in_front_of_the_sound(m4a: bytes) -> None:
    data = tag_mp4(m4a, FULL)
    listed = MP4(BytesIO(data)).chapters
    assert [(round(one.start * 1000), one.title) for one in listed] == [(one.start_ms, one.title) for one in CHAPTERS]
    moov = data.index(b"moov")
    assert moov < data.index(b"mdat"), "the file plays while it is still arriving"
    for atom in (b"chpl", b"chap", b"text"):  # the list, the pointer to the text track, the track
        assert moov < data.index(atom) < data.index(b"mdat")


def test_the_text_track_is_still_found_where_the_list_is_gone(m4a: bytes, tmp_path: Path) -> None:
    # FFmpeg prefers the list: without it, the titles come from the samples of the track, which have moved.
    path = tmp_path / "episode.m4a"
    path.write_bytes(tag_mp4(m4a, FULL).replace(b"chpl", b"free", 1))
    assert said_by_ffprobe(path)[1] == [(one.start_ms, one.title) for one in CHAPTERS]


def test_the_sound_is_the_same(m4a: bytes) -> None:
    assert decoded_by_ffmpeg(tag_mp4(m4a, FULL)) == decoded_by_ffmpeg(m4a)


def test_the_same_tag_gives_the_same_bytes_also_over_another(m4a: bytes) -> None:
    once = tag_mp4(m4a, TAG)
    assert tag_mp4(m4a, TAG) == once
    assert tag_mp4(tag_mp4(m4a, FULL), TAG) == once


def test_another_tool_changes_the_tag_without_touching_the_sound(m4a: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.m4a"
    path.write_bytes(tag_mp4(m4a, FULL))
    before = path.read_bytes()
    file = MP4(path)
    assert file.tags is not None
    file.tags["ldes"] = ["Ö" * 3_500]
    file.save()
    after = path.read_bytes()
    offset = before.index(b"mdat")
    assert (len(after), after[offset:]) == (len(before), before[offset:])


def test_a_long_description_is_cut_between_words_where_it_must_be_short(m4a: bytes) -> None:
    long = replace(TAG, description="Der Hafen von Ostrava schließt früher, als Salka öffnet. " * 12)
    tags = MP4(BytesIO(tag_mp4(m4a, long))).tags
    assert tags is not None
    (short,) = tags["desc"]
    assert 230 < len(short.encode()) <= 255
    assert short.endswith("…")
    assert long.description.startswith(short[:-1])
    assert long.description[len(short) - 1] in " .,"
    assert tags["ldes"] == [long.description]


def test_a_word_without_end_is_cut_between_characters(m4a: bytes) -> None:
    tags = MP4(BytesIO(tag_mp4(m4a, replace(TAG, description="船" * 200)))).tags
    assert tags is not None
    assert tags["desc"] == ["船" * 84 + "…"]


def test_what_is_empty_is_left_out(m4a: bytes) -> None:
    tags = MP4(BytesIO(tag_mp4(m4a, replace(TAG, copyright="")))).tags
    assert tags is not None
    assert not {"cprt", "catg", "keyw", "trkn", "disk", "purl"} & set(tags)
    assert tags["desc"] == [TAG.comment]


def test_a_file_without_chapters_is_tagged_too(tmp_path: Path) -> None:
    file = MP4(BytesIO(tag_mp4(m4a_sound(tmp_path, chapters=()), TAG)))
    assert file.tags is not None
    assert file.tags["\xa9nam"] == [TAG.title]


@pytest.mark.parametrize("data", [b"", b"RIFF of another kind", b"\0\0\0\x10ftypM4A \0\0\0\0"])
def test_what_is_no_m4a_is_refused(data: bytes) -> None:
    with pytest.raises(TagError, match="no M4A that can be tagged"):
        tag_mp4(data, TAG)


def test_more_chapters_than_a_list_can_count_are_refused(m4a: bytes) -> None:
    with pytest.raises(TagError, match="256"):
        tag_mp4(m4a, replace(TAG, chapters=tuple(chapter(n, str(n)) for n in range(256))))
