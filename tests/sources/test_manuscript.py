"""Bytes -> clean text, and what is refused before anything is read."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.manuscript import MOST_BYTES, clean, read_text


def file(folder: Path, data: bytes) -> Path:
    path = folder / "the quay.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        ("\ufeff\u200b\n".encode(), "holds no text"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "zip archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"GIF89a....", "GIF picture"),
        (b"The quay\0 is long", r"zero byte at offset 8"),
        ("The quay".encode("utf-16"), r"is UTF-16.*iconv -f UTF-16 -t UTF-8 '.*the quay.txt' > '.*the quay-utf8.txt'"),
        (b"One\nTwo\nCaf\xe9 three", r"line 3: is not UTF-8 \(byte 0xe9 at offset 11\); convert it: iconv"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read_text(file(tmp_path, data))
    assert "\n" not in str(error.value)
    assert error.value.cure


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_text(tmp_path)
    with pytest.raises(SourceError, match="cannot be opened"):
        read_text(tmp_path / ("q" * 5000))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="a device or a pipe"):
        read_text(tmp_path / "pipe")


def test_ten_megabytes_are_the_most(tmp_path: Path) -> None:
    assert len(read_text(file(tmp_path, b"x" * MOST_BYTES))) == 10_000_000
    with pytest.raises(SourceError, match=r"10 MB is the most"):
        read_text(file(tmp_path, b"x" * (MOST_BYTES + 1)))


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("re\u0301sume\u0301", "résumé"),
        ("a\u00adb\u200bc\u2060d\ufeffe", "abcde"),
        ("\u202eevil\u202c \u2066safe\u2069", "evil safe"),
        ("bell\x07 escape\x1b tab\tstays", "bell escape tab\tstays"),
        ("soft\x0bbreak\u2028here", "soft break here"),
        ("10\u00a0000 “tonnes” — à Paris…", "10\u00a0000 “tonnes” — à Paris…"),
    ],
)
def test_cleaning(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(character) < 32 and character not in "\t\n" for character in once)
