"""Bytes that are not UTF-8, marked."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.exports.stream import CHUNK, MARK, MOST_BYTES, open_xml


def read(path: Path, data: bytes) -> bytes:
    path.write_bytes(data)
    with open_xml(path) as stream:
        return stream.read()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_sound_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "a.xml", b"<a>" + text.encode()) == b"<a>" + text.encode()


@pytest.mark.parametrize("gap", [0, 1, 2, 3])
def test_letters_over_the_edge_of_a_chunk(tmp_path: Path, gap: int) -> None:
    data = b"<a>" + b"x" * (CHUNK - gap - 3) + "é€𝄞".encode() * CHUNK
    assert read(tmp_path / "a.xml", data) == data


def test_each_broken_byte_gets_a_mark(tmp_path: Path) -> None:
    assert (
        read(tmp_path / "a.xml", b"<a>Caf\xe9, \xff\xfe and \xe2\x82").decode()
        == f"<a>Caf{MARK}, {MARK * 2} and {MARK * 2}"
    )


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="iso-8859-1"?><a>Caf\xe9</a>',
        "<a>é</a>".encode("utf-16"),
        "<a>é</a>".encode("utf-16-be"),
    ],
)
def test_other_encodings_are_left_to_the_parser(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path / "a.xml", data) == data


def test_a_file_larger_than_any_export(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(SourceError, match="holds 500 MB and 500 MB is the most"), open_xml(tmp_path / "a.xml"):
        pass
