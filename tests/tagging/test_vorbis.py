"""The tags of Opus and FLAC as mutagen and FFmpeg read them back."""

import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from mutagen.flac import FLAC, Picture
from mutagen.oggopus import OggOpus

from pipeline.artwork import draw_cover
from pipeline.errors import TagError
from pipeline.tagging import EpisodeTag, tag_flac, tag_flac_file, tag_ogg
from tests.tagging.samples import FULL, LINK, RICH, TAG, chapter, decoded_by_ffmpeg, said_by_ffprobe

WITH_LINKS = replace(FULL, chapters=RICH.chapters)


class Form(NamedTuple):
    """A sound without a tag, who tags it, and how such a file is called."""

    sound: bytes
    tagged: Callable[[bytes, EpisodeTag], bytes]
    name: str


@pytest.fixture(params=["opus", "flac"])
def form(request: pytest.FixtureRequest) -> Form:
    name: str = request.param
    tagged = {"opus": tag_ogg, "flac": tag_flac}[name]
    return Form(sound=request.getfixturevalue(name), tagged=tagged, name=f"episode.{name}")


def test_mutagen_reads_every_comment_back_in_order(form: Form) -> None:
    stream = BytesIO(form.tagged(form.sound, WITH_LINKS))
    tags = (OggOpus(stream) if form.name.endswith("opus") else FLAC(stream)).tags
    assert tags is not None
    told = [(name.upper(), value) for name, value in tags if name.upper() != "METADATA_BLOCK_PICTURE"]
    assert told == [
        ("TITLE", FULL.title),
        ("ARTIST", FULL.artist),
        ("ALBUM", FULL.album),
        ("DATE", "2026-03-02"),
        ("GENRE", "Podcast"),
        ("TRACKNUMBER", "14"),
        ("DISCNUMBER", "2"),
        ("DESCRIPTION", FULL.description),
        ("ORGANIZATION", FULL.publisher),
        ("COPYRIGHT", "2026 The Harbour Review"),
        ("LANGUAGE", "en-GB"),
        ("CONTACT", FULL.show_url),
        ("LYRICS", FULL.lyrics),
        ("CHAPTER001", "00:00:00.000"),
        ("CHAPTER001NAME", "Opening"),
        ("CHAPTER001URL", LINK),
        ("CHAPTER002", "00:00:04.321"),
        ("CHAPTER002NAME", RICH.chapters[1].title),
        ("CHAPTER003", "00:00:07.000"),
        ("CHAPTER003NAME", "End"),
        ("CHAPTER003URL", RICH.chapters[2].link),
        ("CHAPTER004", "00:00:09.999"),
        ("CHAPTER004NAME", RICH.chapters[3].title),
    ]


def test_ffprobe_shows_the_tag_and_the_chapters(form: Form, tmp_path: Path) -> None:
    path = tmp_path / form.name
    path.write_bytes(form.tagged(form.sound, WITH_LINKS))
    tags, chapters = said_by_ffprobe(path)
    assert (tags["title"], tags["album"], tags["genre"]) == (FULL.title, FULL.album, "Podcast")
    assert chapters == [(one.start_ms, one.title) for one in RICH.chapters]


def test_the_cover_comes_back_with_its_size(opus: bytes, flac: bytes) -> None:
    tag = replace(FULL, cover=draw_cover("The Harbour Review"))
    tags = OggOpus(BytesIO(tag_ogg(opus, tag))).tags
    assert tags is not None
    inside = Picture(base64.b64decode(tags["metadata_block_picture"][0]))
    (block,) = FLAC(BytesIO(tag_flac(flac, tag))).pictures
    for picture in (inside, block):
        assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", tag.cover)
        assert picture.width == picture.height >= 1400


def test_the_sound_is_the_same(form: Form) -> None:
    assert decoded_by_ffmpeg(form.tagged(form.sound, FULL)) == decoded_by_ffmpeg(form.sound)


def test_the_same_tag_gives_the_same_bytes_also_over_another(form: Form) -> None:
    once = form.tagged(form.sound, TAG)
    assert form.tagged(form.sound, TAG) == once
    assert form.tagged(form.tagged(form.sound, FULL), TAG) == once


def test_another_tool_changes_the_tag_without_touching_the_sound(form: Form, tmp_path: Path) -> None:
    path = tmp_path / form.name
    path.write_bytes(form.tagged(form.sound, FULL))
    before = path.read_bytes()
    file = (OggOpus if form.name.endswith("opus") else FLAC)(path)
    assert file.tags is not None
    file.tags["description"] = ["Ö" * 3_500]
    file.save()
    after = path.read_bytes()
    assert (len(after), after[-len(form.sound) // 2 :]) == (len(before), before[-len(form.sound) // 2 :])


def test_what_is_empty_is_left_out(form: Form, tmp_path: Path) -> None:
    path = tmp_path / form.name
    path.write_bytes(form.tagged(form.sound, replace(TAG, copyright="", lyrics="", chapters=())))
    tags, chapters = said_by_ffprobe(path)
    assert not {"copyright", "lyrics", "track", "disc"} & set(tags)
    assert chapters == []


def test_a_file_is_tagged_where_it_lies(flac: bytes, tmp_path: Path) -> None:
    path = tmp_path / "archive.flac"
    path.write_bytes(flac)
    tag_flac_file(path, FULL)
    assert path.read_bytes() == tag_flac(flac, FULL)
    with pytest.raises(TagError, match=r"no\.flac: the file cannot be read"):
        tag_flac_file(tmp_path / "no.flac", FULL)


@pytest.mark.parametrize("data", [b"", b"RIFF of another kind", b"OggS\0", b"fLaC\x80\0\0\x22"])
def test_what_is_neither_is_refused(data: bytes) -> None:
    with pytest.raises(TagError, match="no Ogg Opus that can be tagged"):
        tag_ogg(data, TAG)
    with pytest.raises(TagError, match="no FLAC that can be tagged"):
        tag_flac(data, TAG)


def test_more_chapters_than_any_list_can_count_are_refused(form: Form) -> None:
    with pytest.raises(TagError, match="256"):
        form.tagged(form.sound, replace(TAG, chapters=tuple(chapter(n, str(n)) for n in range(256))))
