"""The format of a file by its content: one file of each kind under its own name and under wrong ones, and refusals."""

import inspect
import io
import os
import socket
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.draft import Source
from pipeline.sources.formats import HEAD_BYTES, READERS, Format, format_of, reader_of
from pipeline.sources.kinds import SUFFIXES

PROSE = "The strait was quiet that week. Nobody at the harbour office could say why.\n"
RSS = '<rss version="2.0"><channel><title>The Causeway Letter</title></channel></rss>'
WXR = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Causeway Letter</title></feed>'
RSS_1 = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>'
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
GHOST = '{"db": [{"meta": {"exported_on": 1767225600000, "version": "5.80"}, "data": {"posts": []}}]}'
XHTML = DECLARED + '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Quiet.</p></body></html>'


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
EPUB = zipped("mimetype", "META-INF/container.xml", "OEBPS/content.opf")
SUBSTACK = zipped("posts.csv", "posts/1.quiet-straits.html")


def write(folder: Path, content: str | bytes, *, name: str) -> Source:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(path=path, name=name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("formats")


def refusal(source: Source) -> SourceError:
    with pytest.raises(SourceError) as caught:
        format_of(source)
    assert caught.value.path == source.path
    assert caught.value.cure
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", ["article.txt", "article.md", "article.html", "article.zip", "article.xml", "article"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<!doctype html><title>Quiet straits</title>", Format.HTML),
        ("<!-- saved from a page -->\n\n<HTML lang='en'><body>Quiet.</body>", Format.HTML),
        ("\ufeff<html><head></head></html>", Format.HTML),
        ("<!DOCTYPE html><p>Quiet.</p>".encode("utf-16"), Format.HTML),
        ("<html><body>Quiet.</body></html>".encode("utf-16-le"), Format.HTML),
        (XHTML, Format.HTML),
        (DOCX, Format.WORD),
        (EPUB, Format.EPUB),
        (SUBSTACK, Format.SUBSTACK),
        (zipped("export/posts.csv", "export/posts/1.quiet.html"), Format.SUBSTACK),
        (GHOST, Format.GHOST),
        ('{"meta": {"exported_on": 1}, "data": {"posts": []}}', Format.GHOST),
        ("---\ntitle: Quiet straits\n---\n<div>Quiet.</div>\n", Format.TEXT),
        ("+++\ntitle = 'Quiet straits'\n+++\nQuiet.\n", Format.TEXT),
    ],
)
def test_content_decides_whatever_the_name(tmp_path: Path, content: str | bytes, expected: Format, name: str) -> None:
    source = write(tmp_path, content, name=name)
    if expected is Format.TEXT and name.endswith((".zip", ".xml")):
        assert f"is called {Path(name).suffix} and is none" in str(refusal(source))
    else:
        assert format_of(source) is expected


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.txt", "feed.html"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [(RSS, Format.FEED), (ATOM, Format.FEED), (RSS_1, Format.FEED), (WXR, Format.WORDPRESS)],
)
def test_xml_is_known_by_its_root(tmp_path: Path, content: str, expected: Format, name: str) -> None:
    for text in (content, DECLARED + content, "\ufeff" + DECLARED + content, f"\n{DECLARED}<!-- one -->{content}"):
        assert format_of(write(tmp_path, text, name=name)) is expected
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{content}'.encode("utf-16")
    assert format_of(write(tmp_path, wide, name=name)) is expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.md", '<div align="center"><img src="fort.jpg"></div>\n\n# Quiet straits\n\n' + PROSE, Format.TEXT),
        ("a.md", "<!-- draft two -->\n\n# Quiet straits\n", Format.TEXT),
        ("a.html", PROSE, Format.TEXT),
        ("a.html", "<p>Quiet.</p><p>Still quiet.</p>", Format.HTML),
        ("a.html", "Quiet, <em>very</em> quiet.", Format.HTML),
        ("a.txt", "<p>Quiet.</p><p>Still quiet.</p>", Format.HTML),
        ("a.txt", "<3 from the harbour office.\n", Format.TEXT),
        ("a.txt", PROSE, Format.TEXT),
        ("a.md", "[A link](https://example.org) opens it.\n", Format.TEXT),
        ("a.md", "[^1]: A note.\n", Format.TEXT),
        ("a.md", "{% include header.html %}\nQuiet.\n", Format.TEXT),
        ("a.md", "{{< figure src='fort.jpg' >}}\nQuiet.\n", Format.TEXT),
        ("a", PROSE, Format.TEXT),
    ],
)
def test_the_name_breaks_ties(tmp_path: Path, name: str, content: str, expected: Format) -> None:
    assert format_of(write(tmp_path, content, name=name)) is expected


def a_tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("quiet-straits.md"))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "cure"),
    [
        (b"%PDF-1.7\n", "is a PDF", ".docx"),
        (b"{\\rtf1\\ansi Quiet.}", "an RTF document", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Office document", ".docx"),
        (zipped("mimetype", "content.xml", "META-INF/manifest.xml"), "an OpenDocument file", ".docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet", ".docx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a presentation", ".docx"),
        (zipped("Index/Document.iwa", "Metadata/Properties.plist"), "a Pages", ".docx"),
        (zipped("the-harbour-review.wordpress.2026-03-01.xml"), "an archive with XML", "name the .xml file"),
        (zipped("ghost.json"), "an archive with JSON", "name the .json file"),
        (zipped("notes/one.md"), "an archive of Markdown", "name its folder"),
        (zipped("one.bin"), "a zip archive of no kind", "unpack it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG picture", "name the file"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a JPEG picture", "name the file"),
        (b"\x1f\x8b\x08" + bytes(20), "a gzip archive", "unpack it"),
        (a_tar(), "a tar archive", "unpack it"),
        (b"SQLite format 3\0" + bytes(100), "a database", "export"),
        (b"ID3\x04" + bytes(20), "sound (MP3)", "name the file"),
        (b"bplist00" + bytes(20), "a Safari web archive", "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a web archive (MHTML)", "HTML"),
        (b"\\documentclass{article}", "a LaTeX document", "pandoc"),
        (b"#!/bin/sh\necho quiet\n", "a program", "name the file"),
        (b"<opml version='2.0'><body/></opml>", "a list of feeds", "name one of the feeds"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a picture (SVG)", "name the file"),
        (b"<?xml version='1.0'?><urlset/>", "a site map", "feed"),
        (b"<?xml version='1.0'?><tei:TEI xmlns:tei='urn:tei'/>", "XML of a kind that is not read (<TEI>)", "RSS"),
        (b"<?xml version='1.0'?><<<", "XML that cannot be read", "RSS"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a JSON feed", "RSS"),
        (b'{"name": "the-harbour-review", "private": true}', "JSON of a kind", "Ghost"),
        (b'[{"title": "Quiet straits"}]', "JSON of a kind", "Ghost"),
        (b"Quiet\0straits", "is binary, not text (a zero byte at offset 5)", "UTF-8"),
        (b"", "holds no text", "put the article"),
        (b" \n\t\n", "holds no text", "put the article"),
    ],
)
def test_what_is_not_read_is_named_with_a_cure(tmp_path: Path, content: bytes, what: str, cure: str) -> None:
    error = refusal(write(tmp_path, content, name="article"))
    assert what in error.what
    assert cure in error.cure


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_other_markup_is_refused_by_name(tmp_path: Path, suffix: str) -> None:
    assert "which is not read" in refusal(write(tmp_path, PROSE, name=f"article{suffix}")).what


@pytest.mark.parametrize("suffix", [".docx", ".epub", ".zip", ".pdf", ".json", ".xml", ".rss"])
def test_a_text_that_is_called_something_else_is_a_piece_of_it_or_a_mistake(tmp_path: Path, suffix: str) -> None:
    assert f"is called {suffix} and is none" in refusal(write(tmp_path, "PK", name=f"article{suffix}")).what


def test_a_word_file_with_a_password_is_left_to_its_reader(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert format_of(write(tmp_path, content, name="article.docx")) is Format.WORD


@pytest.mark.parametrize("content", [DOCX, EPUB, SUBSTACK])
def test_a_part_of_an_archive_is_none(tmp_path: Path, content: bytes) -> None:
    assert "no zip archive" in refusal(write(tmp_path, content[:-30], name="article.docx")).what


@pytest.mark.parametrize(
    ("content", "most"),
    [(PROSE.encode(), "10 MB"), (b"<!doctype html><p>Quiet.", "10 MB"), (RSS.encode(), "500 MB"), (DOCX, "500 MB")],
)
def test_what_is_too_large_is_refused_unread(tmp_path: Path, content: bytes, most: str) -> None:
    source = write(tmp_path, content.ljust(HEAD_BYTES), name="article")
    limit = int(most.removesuffix(" MB")) * 1_000_000
    if content != DOCX:
        os.truncate(source.path, limit)
        assert isinstance(format_of(source), Format)
    os.truncate(source.path, limit + 1)
    assert f"{most} is the most" in refusal(source).what


def test_folders_pipes_devices_sockets_and_loops_are_refused_at_once(tmp_path: Path) -> None:
    pipe, loop, gone, server = tmp_path / "pipe", tmp_path / "loop", tmp_path / "gone", tmp_path / "server"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(server))
        expected = {
            tmp_path: "is a folder",
            pipe: "a device or a pipe",
            server: "a device or a pipe",
            Path("/dev/zero"): "a device or a pipe",
            loop: "cannot be opened",
            gone: "there is no such file",
            tmp_path / ("x" * 300): "cannot be opened",
        }
        for path, what in expected.items():
            assert what in refusal(Source(path=path, name=path.name)).what


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path, PROSE, name="article.txt")
    source.path.chmod(0)
    assert "cannot be opened (Permission denied)" in refusal(source).what


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    source = write(tmp_path, DOCX, name="article.docx")
    link = tmp_path / "link"
    link.symlink_to(source.path)
    assert format_of(Source(path=link, name="link")) is Format.WORD


def test_entities_and_what_lies_outside_are_not_loaded(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # whoever opens it waits for ever
    declared = f'<!DOCTYPE rss [<!ENTITY % outside SYSTEM "{pipe.as_uri()}"> %outside;]>'
    assert format_of(write(tmp_path, declared + RSS, name="feed.xml")) is Format.FEED


@given(st.binary(max_size=200), st.sampled_from(["", ".md", ".txt", ".html", ".docx", ".xml", ".json", ".zip"]))
def test_any_bytes_have_a_format_or_a_refusal(folder: Path, content: bytes, suffix: str) -> None:
    source = write(folder, content, name=f"article{suffix}")
    try:
        found = format_of(source)
    except SourceError:
        refusal(source)
    else:
        assert isinstance(found, Format)


@pytest.mark.parametrize("known", Format)
def test_every_format_has_a_reader_with_the_one_face(known: Format) -> None:
    assert set(READERS) == set(Format)
    assert list(inspect.signature(reader_of(known)).parameters) == ["source", "start"]
