"""XML that is read, and XML that is made to do harm."""

import io
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import SourceError
from pipeline.sources.xml import iterate_xml, parse_xml

PATH = Path("export.xml")

LAUGHS = (
    "<!DOCTYPE a [<!ENTITY l0 'ha'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><a>&l9;</a>"
)
QUADRATIC = f"<!DOCTYPE a [<!ENTITY l '{'ha' * 50_000}'>]><a>{'&l;' * 20_000}</a>"
IN_ATTRIBUTE = f"<!DOCTYPE a [<!ENTITY l '{'ha' * 5_000}'>]><a b='{'&l;' * 500}'/>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><a>&f;</a>"
PARAMETER = "<!DOCTYPE a [<!ENTITY % f SYSTEM 'file:///etc/hostname'> %f;]><a/>"
ELEMENTS = "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>"
HOSTILE = {
    "billion laughs": LAUGHS,
    "quadratic": QUADRATIC,
    "in an attribute": IN_ATTRIBUTE,
    "external": OUTSIDE,
    "parameter": PARAMETER,
    "own elements": ELEMENTS,
    "nested": "<a>" * 100_000 + "</a>" * 100_000,
}


def parsed(data: bytes) -> etree._Element:
    return parse_xml(data, path=PATH, what="a/b.xml in it")


def iterated(data: bytes) -> list[str | None]:
    return [element.text for element in iterate_xml(io.BytesIO(data), tags={"post"}, path=PATH, what="it")]


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_xml_ends_in_one_line_at_once(attack):
    began = time.process_time()
    for read in (parsed, iterated):
        with pytest.raises(SourceError) as caught:
            read(attack.encode())
        assert "\n" not in str(caught.value)
        assert caught.value.path == PATH
    assert time.process_time() - began < 2


def test_a_declaration_in_another_encoding_is_seen_too():
    with pytest.raises(SourceError, match="declares entities"):
        parsed(f'<?xml version="1.0" encoding="UTF-16"?>{OUTSIDE}'.encode("utf-16"))


def test_depth_is_told_in_words():
    with pytest.raises(SourceError, match="more than 256 levels deep"):
        parsed(HOSTILE["nested"].encode())


def test_what_is_wrong_is_told_with_its_line_and_part():
    with pytest.raises(SourceError, match=r"a/b\.xml in it is no XML") as caught:
        parsed(b"<a>\n<b>\n</a>")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "data",
    [
        "<a>Côte</a>".encode(),
        b"\xef\xbb\xbf" + "<a>Côte</a>".encode(),
        "<?xml version='1.0' encoding='iso-8859-1'?><a>Côte</a>".encode("iso-8859-1"),
        "<a>Côte</a>".encode("utf-16"),
        "<?xml version='1.0' encoding='utf-16'?><a>Côte</a>".encode("utf-16"),
    ],
    ids=["UTF-8", "its mark", "declared", "UTF-16", "UTF-16 declared"],
)
def test_encodings(data):
    assert parsed(data).text == "Côte"
    assert [element.text for element in iterate_xml(io.BytesIO(data), tags={"a"}, path=PATH, what="it")] == ["Côte"]


def test_an_unknown_encoding_is_named():
    with pytest.raises(SourceError, match=r"is no XML that can be read \(.*klingon"):
        parsed(b"<?xml version='1.0' encoding='klingon'?><a/>")


def test_a_doctype_that_declares_nothing_is_fine():
    doctype = b'<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
    assert parsed(doctype + b"<ncx>Chapter</ncx>").text == "Chapter"


def test_the_dtd_that_a_doctype_names_is_not_loaded(tmp_path):
    (tmp_path / "a.dtd").write_text("<!ENTITY f 'loaded'><!ATTLIST a b CDATA 'loaded'>")
    document = f'<!DOCTYPE a SYSTEM "{(tmp_path / "a.dtd").as_uri()}"><a>&f;</a>'.encode()
    assert b"loaded" not in etree.tostring(parsed(document))
    [element] = iterate_xml(io.BytesIO(document), tags={"a"}, path=PATH, what="it")
    assert b"loaded" not in etree.tostring(element)


def test_control_characters_that_xml_cannot_hold_are_left_out():
    assert parsed(b"<a>one\x0b two\x00</a>").text == "one two"
    assert iterated(b"<r><post>one\x0b</post><post>\x08two</post></r>") == ["one", "two"]


def test_the_outermost_elements_of_the_names_come_whole_and_in_order():
    data = b"<r><title>T</title><item><title>1</title><b>x</b></item><other><title>U</title></other></r>"
    found = [
        (element.tag, "".join(map(str, element.itertext())))
        for element in iterate_xml(io.BytesIO(data), tags={"item", "title"}, path=PATH, what="it")
    ]
    assert found == [("title", "T"), ("item", "1x"), ("title", "U")]


def test_what_came_before_damage_was_given():
    stream = iterate_xml(io.BytesIO(b"<r><post>one</post><post>two</r>"), tags={"post"}, path=PATH, what="it")
    assert next(stream).text == "one"
    with pytest.raises(SourceError, match="is no XML"):
        next(stream)


class Long(io.RawIOBase):
    """An export of ``megabytes``, made while it is read; every second element is none that is asked for."""

    def __init__(self, megabytes: int) -> None:
        self.pieces = self.made(megabytes)

    def made(self, megabytes: int) -> Iterator[bytes]:
        line = b"<post><b>%s</b></post>\n<log>%s</log>\n" % (b"narrow sea " * 400, b"entry " * 700)
        yield b"<r>"
        for _ in range(megabytes * 1_000_000 // len(line)):
            yield line
        yield b"</r>"

    def read(self, size: int = -1) -> bytes:
        return next(self.pieces, b"")


def test_memory_does_not_grow_with_the_export():
    def peak(megabytes: int) -> int:
        count = sum(1 for _ in iterate_xml(Long(megabytes), tags={"post"}, path=PATH, what="it"))
        assert count > megabytes * 100
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    small = peak(2)
    assert peak(100) - small < 20_000  # kilobytes
