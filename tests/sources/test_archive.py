"""Zip archives: what is read, and every way in which one can be made to do harm."""

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.archive import MOST_MEMBERS, open_archive
from tests.sources.books import pack


def refused(path: Path, *, within_s: float = 1.0) -> str:
    """What is said of the archive; it is said soon and in one line."""
    began = time.process_time()
    with pytest.raises(SourceError) as caught:
        read_all(path)
    assert time.process_time() - began < within_s
    assert "\n" not in str(caught.value)
    assert caught.value.path == path
    assert caught.value.cure
    return caught.value.what


def read_all(path: Path) -> list[bytes]:
    with open_archive(path) as archive:
        return [archive.read(name) for name in archive.names]


def packed(path: Path, info: zipfile.ZipInfo | str, data: bytes = b"words") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, data)
    return path


def test_members_are_read_in_their_order(tmp_path):
    path = pack(tmp_path / "a.zip", {"b/two.html": "second", "a.csv": "first", "b/": ""})
    with open_archive(path) as archive:
        assert archive.names == ("b/two.html", "a.csv")
        assert "a.csv" in archive
        assert "b/" not in archive
        assert archive.read("b/two.html") == b"second"
        assert list(archive.open("a.csv")) == [b"first"]


def test_only_what_is_wanted_counts_and_can_be_read(tmp_path):
    path = pack(tmp_path / "a.zip", {"posts.csv": "a,b", "sound.mp3": b"\0" * 30_000_000})
    with open_archive(path, wanted=lambda name: name.endswith(".csv")) as archive:
        assert archive.names == ("posts.csv",)
        with pytest.raises(SourceError, match=r"has no sound\.mp3"):
            archive.read("sound.mp3")


def test_what_macos_adds_is_no_member_and_its_names_are_read_as_they_look(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/posts/._1.html", b"fork")
        archive.writestr("cafe\u0301.html", b"words")
    # The flag that says "UTF-8", taken out of both headers of the second member, as the Finder leaves it out.
    path.write_bytes(path.read_bytes().replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00"))
    assert zipfile.ZipFile(path).namelist()[1] != "cafe\u0301.html"
    with open_archive(path) as archive:
        assert archive.names == ("caf\u00e9.html",)
        assert archive.read("caf\u00e9.html") == b"words"


@pytest.mark.parametrize("name", ["../seeds/a.md", "a/../../b", "/etc/passwd", "C:/a.txt", "a\\b.txt", "c:a.txt"])
def test_names_that_lead_out_are_refused(tmp_path, name):
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    assert "leads out of the archive" in refused(packed(tmp_path / "a.zip", info))


def test_two_dots_in_a_name_are_no_way_out(tmp_path):
    with open_archive(packed(tmp_path / "a.zip", "posts/1.wait..what.html")) as archive:
        assert archive.names == ("posts/1.wait..what.html",)


def test_a_symbolic_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("posts/1.html")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    assert "is a symbolic link" in refused(packed(tmp_path / "a.zip", info, b"/etc/passwd"))


def test_an_encrypted_member_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", "a.txt")
    data = bytearray(path.read_bytes())
    for header, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + place] |= 1
    path.write_bytes(data)
    assert "needs a password" in refused(path)


def test_a_name_that_is_there_twice_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"one")
        archive.writestr("b.txt", b"other")
    path.write_bytes(path.read_bytes().replace(b"b.txt", b"a.txt"))
    assert refused(path) == "a.txt is in it twice"


def test_too_many_members_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(str(number), b"")
    assert refused(path, within_s=3) == "holds 20,001 files and 20,000 is the most"


def test_a_list_of_members_that_fills_the_memory_is_not_read(tmp_path):
    path = tmp_path / "a.zip"
    # A million members of no length: 46 bytes each in the list, and nothing but the list.
    lines = 1_000_000
    line = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, lines * len(line), 0, 0)
    path.write_bytes(line * lines + end)
    assert "is no zip archive" in refused(path)


def test_a_flat_bomb_is_refused(tmp_path):
    path = pack(tmp_path / "a.zip", {"bomb.xml": b"\0" * 150_000_000})
    assert refused(path) == "bomb.xml in it unpacks to more than 100 times its size"


def test_many_members_that_are_a_bomb_together_are_refused(tmp_path):
    block = bytes(range(256)) * 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(3):
            archive.writestr(str(number), block * 20_000)
    assert refused(path, within_s=5) == "unpacks to 246 MB and 200 MB is the most"


def test_a_small_member_may_be_packed_well(tmp_path):
    with open_archive(pack(tmp_path / "a.zip", {"a.txt": b" " * 900_000})) as archive:
        assert len(archive.read("a.txt")) == 900_000


def test_overlapping_members_are_refused(tmp_path):
    # Two lines of the list for one and the same packed data, as in bombs that unpack to petabytes.
    data = zlib.compress(b"words " * 1000)[2:-4]
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(b"words " * 1000), len(data), 6000, 1, 0)
    lines = b"".join(
        struct.pack(
            *("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 8, 0, 0, zlib.crc32(b"words " * 1000)),
            *(len(data), 6000, 1, 0, 0, 0, 0, 0, 0),
        )
        + name
        for name in (b"a", b"b")
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(lines), len(local) + 1 + len(data), 0)
    path = tmp_path / "a.zip"
    path.write_bytes(local + b"a" + data + lines + end)
    assert "overlaps with another" in refused(path)


def test_an_archive_in_an_archive_is_only_bytes(tmp_path):
    inner = pack(tmp_path / "inner.zip", {"a.txt": b"\0" * 100_000_000})
    path = pack(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()}, stored=("inner.zip",))
    with open_archive(path) as archive:
        assert archive.read("inner.zip") == inner.read_bytes()


def test_a_size_that_the_archive_states_is_not_believed(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.txt": b"\0" * 50_000_000})
    # "Unpacks to 10 bytes", say both headers.
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 10)))
    assert refused(path) == "a.txt in it is damaged"


def test_more_bytes_than_the_caller_wants_are_refused(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.txt": b"ab" * 3_000_000}, stored=("a.txt",))
    with open_archive(path) as archive, pytest.raises(SourceError, match="unpacks to more than 5 MB"):
        archive.read("a.txt", most_bytes=5_000_000)


def test_a_packing_that_is_not_read_is_named(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"words")
    assert "packed in a way that is not read" in refused(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html></html>", b"\0" * 100_000])
def test_what_is_no_archive_is_refused(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    assert "is no zip archive" in refused(tmp_path / "a.zip")


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert "no such file" in refused(tmp_path)
    assert "no such file" in refused(tmp_path / "a.zip")


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(min_value=0, max_value=400), flips=st.lists(st.integers(min_value=0, max_value=399), max_size=4))
def test_damage_of_any_kind_ends_in_words_or_in_what_was_packed(tmp_path_factory, cut, flips):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "The strait is narrow. " * 40)
        archive.writestr("b.txt", "words")
    data = bytearray(file.getvalue())
    for place in flips:
        data[place % len(data)] ^= 0x41
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    path.write_bytes(data[: len(data) - cut] if cut < 100 else data)
    try:
        read = read_all(path)
    except SourceError:
        return
    assert all(text in (b"The strait is narrow. " * 40, b"words") for text in read)
