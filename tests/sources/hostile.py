"""Files that are made to do harm, and the two faces of the reading room that meet them.

Every maker gives bytes; where they are put and what they are called is the test's business.
"""

import io
import re
import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.model import Article
from pipeline.sources.draft import Post, Source
from pipeline.sources.room import Room
from tests.sources.golden import GIVEN

#: What lies beside the attacks and may never be read.
SECRET = "the-harbour-master-s-secret"

TITLE = "Quiet straits"
PROSE = "The strait was quiet that week. Nobody at the harbour office could say why.\n"


class Meeting(Struct, frozen=True, kw_only=True):
    """What came of an attack: an error or what was read, and what the worker spent on it.

    ``peak_mb`` is the most that was seen, looking a hundred times a second; 0 where the system does not tell.
    """

    error: SourceError | None
    read: tuple[Post, ...] | Article | None
    cpu_s: float
    peak_mb: float

    @property
    def words(self) -> str:
        """Everything that a person would see of it."""
        return f"{self.error} {self.read}"


def posts_of(path: Path) -> Meeting:
    """What `read_posts` makes of it, in a worker of its own."""
    return _meet(lambda room, source: tuple(room.read_posts(source)), path)


def article_of(path: Path) -> Meeting:
    """What `read_article` makes of it, in a worker of its own."""
    return _meet(lambda room, source: room.read_article(source, GIVEN), path)


FACES = {"posts": posts_of, "article": article_of}


def _meet(visit: Callable[[Room, Source], tuple[Post, ...] | Article], path: Path) -> Meeting:
    room, error, read = Room(), None, None
    cpu_s = _children_cpu_s()
    with _Watch() as watch:
        try:
            read = visit(room, Source(path=path, name=path.name))
        except SourceError as refused:
            error = refused
        finally:
            room.close()
    return Meeting(error=error, read=read, cpu_s=_children_cpu_s() - cpu_s, peak_mb=watch.peak_mb)


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch(Thread):
    """Looks at the memory of the workers of this process while they live.

    What the system says of children that have ended counts what this process held when it started them.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._over = Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(0.01):
            self.peak_mb = max(self.peak_mb, *(_peak_mb(worker) for worker in _workers()), 0.0)


def _workers() -> Iterator[Path]:
    for listing in Path("/proc/self/task").glob("*/children"):
        for pid in _content(listing).split():
            if "room.worker" in _content(Path(f"/proc/{pid}/cmdline")):
                yield Path(f"/proc/{pid}/status")


def _content(path: Path) -> str:
    """What the system says of a thread or a process; nothing of one that has ended in the meantime."""
    with suppress(OSError):
        return path.read_text()
    return ""


def _peak_mb(status: Path) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", _content(status))
    return int(found[1]) * 1024 / 1e6 if found else 0.0


# Declarations: what a document may say about itself before it begins. Each is given the addresses of a secret.


def billion_laughs(_: str) -> tuple[str, str]:
    """A declaration and a reference: ten levels of ten."""
    levels = [f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)]
    return '<!ENTITY l0 "laugh">' + "".join(levels), "&l9;"


def quadratic_blow_up(_: str) -> tuple[str, str]:
    """One long entity, named many times."""
    return f'<!ENTITY long "{"laugh" * 20_000}">', "&long;" * 20_000


def outside_entity(address: str) -> tuple[str, str]:
    """An entity that stands for a file or an address."""
    return f'<!ENTITY outside SYSTEM "{address}">', "&outside;"


def outside_parameter(address: str) -> tuple[str, str]:
    """A parameter entity: it is read while the declarations are, whether anything refers to it or not."""
    return f'<!ENTITY % outside SYSTEM "{address}"> %outside; <!ENTITY said "x">', "&said;"


def parameter_laughs(_: str) -> tuple[str, str]:
    """Ten levels of ten among the declarations themselves."""
    levels = [f"<!ENTITY % l{level} '{f'&#37;l{level - 1};' * 10}'>" for level in range(1, 10)]
    return "<!ENTITY % l0 '<!ENTITY laugh \"laugh\">'>" + "".join(levels) + "%l9;", "&laugh;"


DECLARATIONS = {
    declare.__name__: declare
    for declare in (billion_laughs, quadratic_blow_up, outside_entity, outside_parameter, parameter_laughs)
}


# Documents of each kind with XML in it: the given declarations at their top and the given words in their text.


def wordpress(declared: str, words: str) -> bytes:
    """A WordPress export of one post."""
    return _xml(
        declared,
        root="rss",
        body='<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
        f"<item><title>{TITLE}</title><content:encoded>{words}</content:encoded><wp:post_id>1</wp:post_id>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>",
    )


def rss(declared: str, words: str) -> bytes:
    """A feed of one item."""
    start = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    item = f"<item><title>{TITLE}</title><guid>1</guid><content:encoded>{words}</content:encoded></item>"
    return _xml(declared, root="rss", body=f"{start}<title>The Causeway Letter</title>{item}</channel></rss>")


def atom(declared: str, words: str) -> bytes:
    """A feed of one entry."""
    body = f'<entry><id>urn:1</id><title>{TITLE}</title><content type="html">{words}</content></entry>'
    return _xml(declared, root="feed", body=f'<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:0</id>{body}</feed>')


def docx(declared: str, words: str) -> bytes:
    """A Word file of one paragraph."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    part = _xml(declared, root="w:document", body=f'<w:document xmlns:w="{namespace}">{body}</w:document>')
    return zipped({**DOCX_FRAME, "word/document.xml": part})


def epub_package(declared: str, words: str) -> bytes:
    """A book whose package document holds it."""
    return _book(package=_package(declared, words), chapter=_chapter("", "Quiet."))


def epub_chapter(declared: str, words: str) -> bytes:
    """A book whose one chapter holds it."""
    return _book(package=_package("", TITLE), chapter=_chapter(declared, words))


def epub_container(declared: str, words: str) -> bytes:
    """A book whose first file holds it."""
    return _book(package=_package("", TITLE), chapter=_chapter("", "Quiet."), container=_container(declared, words))


DOCUMENTS: dict[str, Callable[[str, str], bytes]] = {
    "wordpress.xml": wordpress,
    "rss.xml": rss,
    "atom.xml": atom,
    "word.docx": docx,
    "package.epub": epub_package,
    "chapter.epub": epub_chapter,
    "container.epub": epub_container,
}

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
DOCX_FRAME = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    b'.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="' + RELATION.encode() + b'" Target="word/document.xml"/></Relationships>',
}


def nested_xml(depth: int, *, inside: Callable[[str, str], bytes], tag: str = "deep") -> bytes:
    """A document with ``depth`` elements inside each other where its text should be."""
    return inside("", f"<{tag}>" * depth + f"</{tag}>" * depth)


def yaml_bomb() -> str:
    """Front matter whose `tags` are ten levels of ten, by anchors and aliases."""
    levels = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(["l0: &l0 [x, x]", *levels, "tags: *l9"])


def substack(rows: str, posts: dict[str, bytes]) -> bytes:
    """A Substack export with these rows below the head of its list."""
    head = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
    return zipped({"posts.csv": (head + rows).encode(), **{f"posts/{name}": body for name, body in posts.items()}})


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_member(archive: bytes, info: zipfile.ZipInfo, content: bytes) -> bytes:
    """The archive with one member more, called as ``info`` says, whatever that is."""
    stream = io.BytesIO(archive)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(info, content)
    return stream.getvalue()


def overlapping(archive: bytes) -> bytes:
    """The archive with its first member listed a hundred times under other names, each over the same bytes."""
    stream = io.BytesIO(archive)
    with zipfile.ZipFile(stream, "a") as file:
        first = file.infolist()[0]
        for number in range(100):
            info = zipfile.ZipInfo(f"again-{number}.html")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(info, name, getattr(first, name))
            file.filelist.append(info)
            file.NameToInfo[info.filename] = info
        file._didModify = True  # type: ignore[attr-defined]  # so that it writes the list again
    return stream.getvalue()


def _xml(declared: str, *, root: str, body: str) -> bytes:
    doctype = f"<!DOCTYPE {root} [{declared}]>" if declared else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}{body}'.encode()


def _package(declared: str, words: str) -> bytes:
    return _xml(
        declared,
        root="package",
        body='<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:1</dc:identifier><dc:title>{words}'
        "</dc:title><dc:language>en</dc:language></metadata><manifest>"
        '<item id="c" href="chapter.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>',
    )


def _chapter(declared: str, words: str) -> bytes:
    body = f"<h1>{TITLE}</h1><p>{PROSE}</p><p>{words}</p>"
    head = f"<head><title>{TITLE}</title></head>"
    return _xml(
        declared, root="html", body=f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'
    )


def _container(declared: str, words: str) -> bytes:
    return _xml(
        declared,
        root="container",
        body='<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        f"<links><link>{words}</link></links></container>",
    )


def _book(*, package: bytes, chapter: bytes, container: bytes | None = None) -> bytes:
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container or _container("", ""),
            "OPS/package.opf": package,
            "OPS/chapter.xhtml": chapter,
        }
    )


# Texts that are nothing but much of one thing.

LONG_MARKDOWN = {
    "brackets": "[" * 1_000_000,
    "stars": "*" * 1_000_000,
    "quotations": "> " * 500_000,
    "backticks": "`" * 1_000_000,
    "nested list": "".join("  " * level + "- x\n" for level in range(1_000)),
}
MORE_LONG_MARKDOWN = {
    "bare quotations": ">" * 1_000_000,
    "backticks of all lengths": "".join("`" * (number % 1_000 + 1) + " " for number in range(2_000)),
    "open emphasis": "*a " * 300_000,
    "crossed emphasis": "**a*" * 200_000,
    "open links": "[a](" * 200_000,
    "open pictures": "![" * 500_000,
    "angles": "<" * 1_000_000,
    "open comments": "<!--" * 200_000,
    "list on one line": "- " * 5_000,
    "numbered list": "".join(" " * level + "1. x\n" for level in range(2_000)),
    "bars": "|" * 1_000_000,
    "wide table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + ("|a" * 5_000 + "\n") * 50,
    "footnotes": "[^1]: x\n" * 50_000,
    "footnote marks": "[^1]" * 100_000 + "\n\n[^1]: Quiet.\n",
    "dollars": "$" * 1_000_000,
    "formulas": "$$" * 300_000,
    "tildes": "~" * 1_000_000,
    "definitions": "a\n: " * 100_000,
    "Hugo's shortcodes": "{{< x >}}" * 50_000,
    "Jekyll's tags": "{% if x %}" * 50_000,
    "Obsidian's links": "[[" * 300_000,
    "Obsidian's comments": "%%" * 300_000,
    "callouts": "> [!note] x\n" * 50_000,
    "Obsidian's embeds": "![[x]]\n" * 50_000,
    "backslashes": "\\" * 1_000_000,
    "open entities": "&#x" * 300_000,
    "underscores": "_" * 1_000_000,
    "hashes": "#" * 1_000_000,
    "equal signs": "=" * 1_000_000,
    "lines": "a\n" * 500_000,
    "paragraphs": "a\n\n" * 300_000,
    "addresses": "http://" * 100_000,
    "parentheses": ("(" * 500 + ")" * 500) * 500,
    "raw HTML": "<div><p>" * 100_000,
}

LONG_PAGES = [
    "<" * 3_000_000,
    "<p " + "a=1 " * 1_000_000 + ">Quiet.</p>",
    "<!--" * 1_000_000,
    "&" * 3_000_000,
    "<p>" + "&lt;b&gt;" * 300_000,
    "<![CDATA[" * 300_000,
    "<p>" * 1_000_000,
    "<script>" * 300_000,
    "<table>" + "<tr><td colspan=100000 rowspan=100000>x" * 2_000,
    "<a href='" + "x" * 5_000_000 + "'>Quiet.</a>",
    "x" * 9_000_000,
]
