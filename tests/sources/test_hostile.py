"""Files made to do harm, end to end, each in a reading room of its own: a short refusal or clean text, cheaply.

Whatever is attacked, `safely` asserts the same: at most one line that names the cure, less than 10 seconds of computing
and 500 MB, no word of a file that was not named, nothing written and nobody called.
"""

import os
import random
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from pipeline.sources.draft import Post
from tests.sources import hostile
from tests.sources.hostile import (
    DECLARATIONS,
    DOCUMENTS,
    FACES,
    LONG_MARKDOWN,
    LONG_PAGES,
    MORE_LONG_MARKDOWN,
    PROSE,
    SECRET,
    Meeting,
    article_of,
    docx,
    epub_chapter,
    posts_of,
    rss,
    substack,
    wordpress,
    zipped,
)

GHOST = (
    '{"db": [{"meta": {"exported_on": 1767225600000, "version": "5.80"}, "data": {"posts": [{"id": "1", "title":'
    ' "Quiet straits", "slug": "quiet-straits", "status": "published", "type": "post", "html": "<p>%s</p>"}]}}]}'
)
PAGE = "<!doctype html><html><head><title>Quiet straits</title></head><body><article>%s</article></body></html>"
FRONT = "---\ntitle: Quiet straits\ndate: 2026-03-01\n%s\n---\n" + PROSE
ROW = "1.quiet-straits,2026-03-01T06:00:00.000Z,true,,newsletter,everyone,Quiet straits,,\n"

#: One whole file of every format, to be cut and twisted.
WHOLE: dict[str, bytes] = {
    "whole.md": (FRONT % "author: Ines Calder").encode(),
    "whole.txt": PROSE.encode() * 3,
    "whole.html": (PAGE % f"<h1>Quiet straits</h1><p>{PROSE}</p>").encode(),
    "whole.docx": docx("", PROSE),
    "whole.epub": epub_chapter("", PROSE),
    "whole.zip": substack(ROW, {"1.quiet-straits.html": f"<p>{PROSE}</p>".encode()}),
    "whole.wordpress.xml": wordpress("", PROSE),
    "whole.rss": rss("", PROSE),
    "whole.atom": hostile.atom("", PROSE),
    "whole.json": (GHOST % PROSE.strip()).encode(),
}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that no article names. It is XML that can be read as declarations, too."""
    path = tmp_path / "secret.txt"
    path.write_text(f'<!ENTITY said "{SECRET}">', encoding="utf-8")
    return path


@pytest.fixture
def calls() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server on this machine, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    asked.append(caller.recv(1000))

        Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/secret.dtd", asked
        server.shutdown(socket.SHUT_RDWR)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def safely(face: Callable[[Path], Meeting], path: Path) -> Meeting:
    """What came of it, after asserting what holds for every attack."""
    before = _listing(path.parent)
    meeting = face(path)
    assert _listing(path.parent) == before
    assert meeting.cpu_s < 10
    assert meeting.peak_mb < 500
    assert SECRET not in meeting.words
    if meeting.error is not None:
        assert meeting.error.cure
        assert "\n" not in str(meeting.error)
        assert len(meeting.error.what) <= 1000
        assert len(meeting.error.cure) <= 1000
    for post in meeting.read if isinstance(meeting.read, tuple) else ():
        assert (post.draft is None) == bool(post.why)
        assert "\n" not in post.why
        assert len(post.why) <= 1000
    return meeting


def refused(face: Callable[[Path], Meeting], path: Path) -> str:
    """Why nothing of it is read, the whole of it or its only Post. It took neither the clock nor all memory."""
    meeting = safely(face, path)
    posts = meeting.read if isinstance(meeting.read, tuple) else ()
    assert meeting.error is not None or [post for post in posts if post.is_broken], meeting.words[:500]
    why = meeting.error.what if meeting.error is not None else next(post.why for post in posts if post.is_broken)
    assert not any(text_of(post) for post in posts)
    assert "took longer" not in why
    assert "memory" not in why
    return why


def text_of(post: Post) -> str:
    return post.draft.markdown if post.draft else ""


def _listing(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.iterdir()}


# XML


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    ("attack", "way"),
    [(attack, way) for attack in DECLARATIONS for way in (["file", "http", "pipe"] if "outside" in attack else [""])],
)
def test_declarations(
    tmp_path: Path, secret: Path, calls: tuple[str, list[bytes]], name: str, attack: str, way: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # whoever opens it waits for ever
    address = {"": "", "file": secret.as_uri(), "http": calls[0], "pipe": pipe.as_uri()}[way]
    declared, words = DECLARATIONS[attack](address)
    meeting = safely(posts_of, put(tmp_path, name, DOCUMENTS[name](declared, words)))
    assert calls[1] == []
    assert "took longer" not in meeting.words
    assert "sign of life" not in meeting.words
    # Whether it is refused or read without its entities: there is nothing that grew.
    assert "laughlaugh" not in meeting.words
    assert len(meeting.words) < 2 * len(declared + words) + 5_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_that_carry_the_attacks_are_read_without_them(tmp_path: Path, name: str) -> None:
    meeting = safely(posts_of, put(tmp_path, name, DOCUMENTS[name]("", PROSE)))
    assert meeting.error is None
    assert isinstance(meeting.read, tuple)
    assert any(text_of(post) for post in meeting.read) or name == "container.epub", meeting.words


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(".xml")])
def test_an_outside_document_type_is_not_fetched(
    tmp_path: Path, calls: tuple[str, list[bytes]], secret: Path, name: str
) -> None:
    for address in (calls[0], secret.as_uri()):
        content = DOCUMENTS[name]("", PROSE).replace(b"?>", f'?><!DOCTYPE rss SYSTEM "{address}">'.encode(), 1)
        safely(posts_of, put(tmp_path, name, content))
    assert calls[1] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hundred_thousand_nested_elements_in_xml(tmp_path: Path, name: str) -> None:
    content = hostile.nested_xml(100_000, inside=DOCUMENTS[name])
    meeting = safely(posts_of, put(tmp_path, name, content))
    assert "took longer" not in meeting.words
    assert meeting.error is not None or name in {"chapter.epub", "rss.xml", "atom.xml"}, meeting.words[:300]


# Web pages


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "b", "table><tr><td", "span", "a href=x", "p"])
def test_a_hundred_thousand_nested_elements_in_a_page(tmp_path: Path, tag: str) -> None:
    nested = f"<{tag}>" * 100_000 + PROSE
    safely(posts_of, put(tmp_path, "deep.html", PAGE % (f"<p>{PROSE * 5}</p>" + nested)))


@pytest.mark.long
@pytest.mark.parametrize("body", LONG_PAGES, ids=lambda body: body[:14].strip())
def test_pages_that_are_long_in_one_way(tmp_path: Path, body: str) -> None:
    safely(posts_of, put(tmp_path, "long.html", PAGE % body))


# Markdown and front matter


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    "line",
    [
        "tags: " + "[" * 20_000,
        "tags: " + "[" * 20_000 + "]" * 20_000,
        "tags: " + "{a: " * 12_000,
        hostile.yaml_bomb(),
        "tags: &t [*t]",
        "title: !!python/object/apply:os.system ['true']",
        "tags: [" + "x, " * 30_000 + "]",
        "? " * 20_000,
        "- " * 20_000,
        "title: |\n" + "  x\n" * 30_000,
        "title: " + "9" * 50_000,
    ],
    ids=lambda line: line[:14].strip(),
)
def test_front_matter(tmp_path: Path, line: str, face: str) -> None:
    why = refused(FACES[face], put(tmp_path, "bomb.md", FRONT.replace("title: Quiet straits\n", "") % line))
    assert why


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("depth", [1_000, 30_000])
def test_front_matter_in_toml(tmp_path: Path, depth: int, face: str) -> None:
    text = f"+++\ntitle = 'Quiet straits'\ndate = 2026-03-01\ntags = {'[' * depth}{']' * depth}\n+++\n{PROSE}"
    assert refused(FACES[face], put(tmp_path, "bomb.md", text))


@pytest.mark.parametrize("name", LONG_MARKDOWN)
def test_markdown_that_is_long_in_one_way(tmp_path: Path, name: str) -> None:
    text = f"{FRONT % 'author: Ines Calder'}\n{LONG_MARKDOWN[name]}\n"
    for face in FACES.values():
        safely(face, put(tmp_path, "long.md", text))


@pytest.mark.long
@pytest.mark.parametrize("name", MORE_LONG_MARKDOWN)
def test_markdown_that_is_long_in_other_ways(tmp_path: Path, name: str) -> None:
    text = f"{FRONT % 'author: Ines Calder'}\n{MORE_LONG_MARKDOWN[name]}\n"
    safely(article_of, put(tmp_path, "long.md", text))


@pytest.mark.long
@pytest.mark.parametrize(
    "line", ["0:00", "Share", "Listen on", "a" * 3_000_000, "a " * 2_000_000], ids=lambda line: line[:9]
)
def test_scrapes(tmp_path: Path, line: str) -> None:
    text = f"Quiet straits\n{line}\n" * (1 if len(line) > 50 else 20_000) + PROSE
    safely(article_of, put(tmp_path, "long.txt", text))


# Archives


ARCHIVES = ["whole.docx", "whole.epub", "whole.zip"]


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("whole.docx", "word/document.xml"),
        ("whole.epub", "OPS/chapter.xhtml"),
        ("whole.epub", "META-INF/container.xml"),
        ("whole.zip", "posts/1.quiet-straits.html"),
        ("whole.zip", "posts.csv"),
    ],
)
def test_a_flat_bomb(tmp_path: Path, name: str, member: str) -> None:
    content = zipped({**_members(WHOLE[name]), member: bytes(100_000_000)})
    assert "unpacks to more than 100 times its size" in refused(posts_of, put(tmp_path, name, content))


@pytest.mark.parametrize(
    ("name", "member"),
    [("whole.docx", "word/header{}.xml"), ("whole.epub", "OPS/{}.xhtml"), ("whole.zip", "posts/{}.html")],
)
def test_a_bomb_that_is_packed_badly(tmp_path: Path, name: str, member: str) -> None:
    # Each member stays below the ratio; together they are more than anybody writes.
    part = random.Random(name).randbytes(30_000) + bytes(2_900_000)
    parts = {member.format(number): part for number in range(75)}
    assert "MB is the most" in refused(posts_of, put(tmp_path, name, zipped({**_members(WHOLE[name]), **parts})))


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(hostile.io.BytesIO(archive)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_bomb_in_bombs(tmp_path: Path, name: str) -> None:
    bomb = zipped({"bomb": bytes(50_000_000)})
    for _ in range(4):
        bomb = zipped({f"{number}.zip": bomb for number in range(10)})
    meeting = safely(posts_of, put(tmp_path, name, zipped({**_members(WHOLE[name]), "inner.zip": bomb})))
    assert meeting.cpu_s < 5


@pytest.mark.parametrize("name", ARCHIVES)
def test_many_members(tmp_path: Path, name: str) -> None:
    many = {f"x/{number}.html": b"" for number in range(20_001)}
    assert "files and" in refused(posts_of, put(tmp_path, name, zipped({**_members(WHOLE[name]), **many})))


@pytest.mark.parametrize("name", ARCHIVES)
def test_members_that_overlap(tmp_path: Path, name: str) -> None:
    assert "overlap" in refused(posts_of, put(tmp_path, name, hostile.overlapping(WHOLE[name])))


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize(
    "member",
    ["../above.html", "a/../../above.html", "/etc/above.html", "C:\\above.html", "..\\above.html", "C:above.html"],
)
def test_members_that_lead_out(tmp_path: Path, name: str, member: str) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = member
    assert refused(posts_of, put(tmp_path, name, hostile.with_member(WHOLE[name], info, b"<p>Quiet.</p>")))
    assert not (tmp_path.parent / "above.html").exists()


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_symbolic_link_as_a_member(tmp_path: Path, secret: Path, name: str) -> None:
    info = zipfile.ZipInfo("posts/2.link.html")
    info.external_attr = 0o120777 << 16
    why = refused(posts_of, put(tmp_path, name, hostile.with_member(WHOLE[name], info, str(secret).encode())))
    assert "symbolic link" in why


# Any format


@pytest.mark.parametrize("name", [*WHOLE, "whole.pdf", "whole"])
def test_a_gigabyte(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, WHOLE.get(name, b""))
    os.truncate(path, 1_000_000_000)
    meeting = safely(posts_of, path)
    assert meeting.error is not None
    assert "1,000.0 MB" in meeting.error.what
    assert meeting.cpu_s < 3


@pytest.mark.parametrize("name", WHOLE)
def test_truncated_files(tmp_path: Path, name: str) -> None:
    content = WHOLE[name]
    for share in (0.0, 0.02, 0.5, 0.99):
        safely(posts_of, put(tmp_path, name, content[: int(len(content) * share)]))


@pytest.mark.long
@pytest.mark.parametrize("name", WHOLE)
def test_files_with_random_bytes_in_them(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(20):
        content = bytearray(WHOLE[name])
        for _ in range(chance.choice([1, 5, 50])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        safely(posts_of, put(tmp_path, name, bytes(content)))


@pytest.mark.parametrize("name", WHOLE)
def test_random_bytes_under_every_name(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for length in (2, 300_000):
        meeting = safely(posts_of, put(tmp_path, name, chance.randbytes(length)))
        assert meeting.error is not None or length < 3


@pytest.mark.parametrize("name", [name for name in WHOLE if not name.endswith((".docx", ".epub", ".zip"))])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_wide_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    safely(posts_of, put(tmp_path, name, WHOLE[name].decode().encode(encoding)))


@pytest.mark.parametrize("face", FACES)
def test_what_is_no_file(tmp_path: Path, face: str) -> None:
    pipe, loop = tmp_path / "pipe.md", tmp_path / "loop.md"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, Path("/dev/zero"), tmp_path / "gone.md"):
        meeting = FACES[face](path)
        assert meeting.error is not None
        assert meeting.cpu_s < 3
