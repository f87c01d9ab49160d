"""The bytes of a page -> its text, as browsers read it."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.html.encoding import text_of

WORDS = "The café – “Żarów” – opens at six."
WESTERN = "The café – “Sarn” – costs €2."
RUSSIAN = "Переговоры о проливе закончились поздно ночью, и никто из министров не вышел к журналистам. " * 4


def meta(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>'


def read(data: bytes, charset: str = "") -> str:
    return text_of(data, charset=charset)[0]


@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "windows-1251", "no-such-thing"])
def test_what_is_utf_8_throughout_is_utf_8_whatever_it_is_called(charset: str) -> None:
    html = meta("iso-8859-1") + WORDS
    assert text_of(html.encode(), charset=charset) == (html, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_comes_before_everything(mark: bytes, encoding: str) -> None:
    html = meta("windows-1252") + WORDS
    assert read(mark + html.encode(encoding), charset="windows-1252") == html


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "windows-1252"])
def test_latin_1_is_windows_1252_as_in_browsers(label: str) -> None:
    html = meta(label) + WESTERN
    assert read(html.encode("cp1252")) == html
    assert read(WESTERN.encode("cp1252"), charset=label) == WESTERN


def test_the_server_is_believed_before_the_page() -> None:
    html = meta("windows-1252") + RUSSIAN
    assert read(html.encode("cp1251"), charset="windows-1251") == html


def test_old_pages_name_it_in_http_equiv() -> None:
    html = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>{RUSSIAN}'
    assert read(html.encode("cp1251")) == html


def test_what_nobody_names_is_told_by_its_letters() -> None:
    assert read(f"<p>{RUSSIAN}".encode("cp1251")) == f"<p>{RUSSIAN}"


def test_a_page_that_can_be_read_is_not_utf_16_whatever_it_says() -> None:
    assert "Sarn" in read((meta("utf-16") + WESTERN).encode("cp1252"))


@pytest.mark.parametrize("label", ["base64", "rot13", "zlib", "idna", "unicode_escape", "\x00", "é"])
def test_what_is_no_encoding_of_text_is_no_encoding(label: str) -> None:
    assert "Sarn" in read(WESTERN.encode("cp1252") * 20, charset=label)


def test_stray_bytes_in_utf_8_are_read_as_windows_1252_and_named() -> None:
    data = "<p>Żarów, Kraków,\nŁódź: ".encode() + b"\x93late on 10\x9612\x94 days</p>"
    text, (removal,) = text_of(data, charset="")
    assert text == "<p>Żarów, Kraków,\nŁódź: “late on 10–12” days</p>"
    assert removal.reason == "3 bytes that are not UTF-8"
    assert removal.text == "0x93, 0x94, 0x96, first in line 2"


def test_one_stray_byte_that_means_nothing_goes() -> None:
    text, (removal,) = text_of("Żarów".encode() + b"\x81!", charset="utf-8")
    assert (text, removal.reason) == ("Żarów!", "1 byte that is not UTF-8")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"<p>\x00\x00\x00\x00</p>", "is binary"),
        (b"a" * 10_000_001, "10 MB is the most"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        text_of(data, charset="")


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gbk", "shift_jis", "utf-16", "big5"]))
def test_all_bytes_give_text_or_a_source_error(data: bytes, charset: str) -> None:
    try:
        text, _ = text_of(data, charset=charset)
    except SourceError:
        return
    text.encode()
