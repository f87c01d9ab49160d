"""Bytes -> clean text, and what is refused before anything is read."""

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


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.txt", tmp_path, tmp_path / ("q" * 5000)):
        with pytest.raises(SourceError, match="cannot be opened"):
            read_text(path)


def test_ten_megabytes_are_the_most(tmp_path: Path) -> None:
    text, _ = read_text(file(tmp_path, b"x" * MOST_BYTES))
    assert len(text) == 10_000_000
    with pytest.raises(SourceError, match=r"more than 10 MB"):
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


@pytest.mark.parametrize("text", ["👩\u200d👩\u200d👧", "می\u200cخواهم", "🏳\ufe0f\u200d🌈", "क्\u200dष"])
def test_a_joiner_inside_what_it_joins_stays(text: str) -> None:
    assert clean(text) == text
    assert clean(f"{text}\u200d end\u200cing") == f"{text} ending"


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(character) < 32 and character not in "\t\n" for character in once)


def test_what_nobody_sees_is_taken_out_and_named(tmp_path: Path) -> None:
    text, (removal,) = read_text(file(tmp_path, "\ufeffThe qu\u00ada\u00ady \u202eis\u202c long\x07.\r\n".encode()))
    assert text == "The quay is long.\n"
    assert removal.text == (
        "1 x control character (U+0007), 2 x soft hyphen (U+00AD), 1 x pop directional formatting (U+202C), "
        "1 x right-to-left override (U+202E)"
    )
    assert "nobody sees" in removal.reason


def test_a_text_without_such_characters_names_none(tmp_path: Path) -> None:
    assert read_text(file(tmp_path, "\ufeffThe caf\u0065\u0301 is long.\r\n".encode()))[1] == ()
