"""The golden pairs of Word files and books: built here as each program writes them, and beside them what is read."""

import tempfile
from pathlib import Path

from pipeline.sources.epub import epub_posts
from pipeline.sources.word import word_posts
from tests.sources.books import (
    XHTML_2,
    book_file,
    core,
    field,
    item,
    mark,
    navigation,
    ncx,
    notes,
    page,
    paragraph,
    picture,
    run,
    shown,
    source,
    styles,
    table,
    word_file,
)

DATA = Path(__file__).parent.parent / "data" / "sources"


def pairs() -> dict[Path, str]:
    """Golden file -> what it should hold now."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: build(Path(folder) / name) for name, build in FILES.items()}
        return {DATA / f"{name}.golden": _listing(path) for name, path in files.items()}


def write() -> None:
    """Write the golden files again; the diff is for reading before it is committed."""
    for path, text in pairs().items():
        path.write_text(text, encoding="utf-8")


def _listing(path: Path) -> str:
    posts = (word_posts if path.suffix == ".docx" else epub_posts)(source(path), 0)
    return "\n----\n\n".join(shown(post) for post in posts)


def _word(path: Path) -> Path:
    """As Word writes it: a cover, contents as a block, footnotes, tracked changes, a caption with a numbered field."""
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>"
        + paragraph("Contents", style="TOCHeading")
        + paragraph(field(r'TOC \o "1-3" \h', "Who pays for the pilots", "3"), style="TOC1")
        + "</w:sdtContent></w:sdt>"
    )
    deleted = '<w:del w:id="7" w:author="Tomas Reyl"><w:r><w:delText>eleven</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="8" w:author="Tomas Reyl">{run("fourteen")}</w:ins>'
    body = (
        paragraph("The pilots of the Orsa strait", style="Title"),
        paragraph("What a small guild decides for three navies", style="Subtitle"),
        contents,
        paragraph("Each spring ", deleted, inserted, " pilots meet in a customs house", mark(1), " and set the rates."),
        paragraph("Who pays for the pilots", style="Heading1"),
        paragraph("The ", run("rates", properties="<w:i/>"), " fall on three shoulders:"),
        item("the shipping lines,"),
        item("the two coastal states:"),
        item("the northern one in kind", level=1),
        item("and the guild itself."),
        paragraph("Whoever holds the lamp need not hold the gun.", style="Quote"),
        paragraph("Table ", field("SEQ Table", "1"), ": Passages by flag", style="Caption"),
        table(("Flag", "Passages"), ("Northern", "412"), ("Southern", "97")),
        paragraph(picture("A stone customs house above a narrow harbour")),
        paragraph("Figure ", field("SEQ Figure", "1"), ": The customs house", style="Caption"),
        paragraph("What follows", style="Heading2"),
        paragraph("Nothing is settled."),
    )
    return word_file(
        path,
        *body,
        parts={
            "footnotes": notes({1: "The house burned down twice, and twice the guild paid."}),
            "header1": paragraph("The Harbour Review"),
            "footer1": paragraph("Page ", field("PAGE", "1")),
        },
        properties=core(title="The pilots of the Orsa strait", creator="Ines Calder", created="2026-02-27T09:00:00Z"),
    )


def _libreoffice(path: Path) -> Path:
    """As LibreOffice writes it: styles that are based on "Heading", captions of its own, code in its own style."""
    named = {
        "Normal": "Normal",
        "Heading": "Heading",
        "Title": "Title",
        "Heading2": "Heading 2",
        "Quotations": "Quotations",
        "Illustration": "Illustration",
        "PreformattedText": "Preformatted Text",
        "ContentsHeading": "Contents Heading",
        "Footnote": "Footnote",
    }
    body = (
        paragraph("Grain through the eastern canal", style="Title"),
        paragraph("Contents", style="ContentsHeading"),
        paragraph("A ", run("slow", properties='<w:b w:val="true"/>'), " winter", mark(2), " emptied the quays."),
        paragraph("The price of waiting", style="Heading2"),
        paragraph("We waited because waiting was cheap.", style="Quotations"),
        paragraph("It is not cheap now.", style="Quotations"),
        paragraph("ship  days", style="PreformattedText"),
        paragraph("Lena    19", style="PreformattedText"),
        paragraph(picture("Barges in a row, seen from a bridge")),
        paragraph("Illustration 1: Barges in January", style="Illustration"),
    )
    parts = {"styles": styles(named), "footnotes": notes({2: "By the canal's own count."})}
    return word_file(path, *body, parts=parts, properties=core(title="Grain", language="en-GB", creator="Tomas Reyl"))


def _google_docs(path: Path) -> Path:
    """As Google Docs writes it: no properties, a heading 1 for a title, direct formatting, links with a blue style."""
    blue = '<w:color w:val="1155cc"/><w:u w:val="single"/>'
    link = f'<w:hyperlink r:id="rId9">{run("the text of the accord", properties=blue)}</w:hyperlink>'
    body = (
        paragraph("An accord without a date", style="Heading1"),
        paragraph(run("Nobody signed it on the day, as "), link, run(" shows.")),
        paragraph(""),
        item("It names no court.", of=2),
        item("It names no judge.", of=2),
        table(("Party", "Signed"), ("North", "in May"), ("South", "in June")),
        paragraph(picture("image3.png")),
    )
    return word_file(path, *body, links={"rId9": "https://example.org/accord"})


def _epub_3(path: Path) -> Path:
    """EPUB 3: nav with landmarks, notes in a document of their own, a chapter over two documents."""
    first = (
        '<section epub:type="chapter"><header><p>Chapter 1</p><h1>The first light</h1></header>'
        '<p>The guild lit it by hand.<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>'
        '<span epub:type="pagebreak" title="12">12</span><p>It still does.</p></section>'
    )
    second = (
        "<h1>The second light</h1><p>It stood further out, see <a href='c1.xhtml'>the first</a>.</p>"
        '<figure><img src="../images/light.jpg" alt="A lamp on a reef"/><figcaption>The reef lamp</figcaption></figure>'
    )
    kept = (
        '<section epub:type="endnotes"><h1>Notes</h1><ol><li epub:type="endnote" id="n1"><p><a href="c1.xhtml">1</a>.'
        " Until the northern navy lent it a match.</p></li></ol></section>"
    )
    return book_file(
        path,
        {
            "cover.xhtml": page(
                '<svg xmlns="http://www.w3.org/2000/svg"><title>Cover</title></svg>', of_body='epub:type="cover"'
            ),
            "nav.xhtml": navigation(
                {"c1.xhtml": "1. The first light", "c2.xhtml#top": "The second light", "notes.xhtml": "Notes"},
                landmarks={"imprint.xhtml": "copyright-page"},
            ),
            "imprint.xhtml": page("<p>© The Harbour Review</p>"),
            "part.xhtml": page("<h1>Part one</h1>", of_body='epub:type="part"'),
            "c1.xhtml": page(first),
            "c2.xhtml": page(second),
            "c2b.xhtml": page("<p>On the reef nobody lived.</p>"),
            "notes.xhtml": page(kept),
        },
        spine={"notes.xhtml": 'linear="no"'},
    )


def _calibre(path: Path) -> Path:
    """EPUB 2 as Calibre makes it: split documents, an NCX, a guide, classes for everything, notes without types."""
    first = (
        '<h2 class="calibre3" id="id1">The grain road</h2><p class="calibre1">It runs east.'
        '<sup class="calibre4"><a id="back_1" href="index_split_003.html#note_1">[1]</a></sup>&nbsp;It runs'
        "&mdash;mostly.</p>"
    )
    note = (
        '<p class="calibre1" id="note_1"><a href="index_split_001.html#back_1">[1]</a> As far as the bridge.</p>'
        "<p>At least.</p>"
    )
    return book_file(
        path,
        {
            "titlepage.xhtml": page("<div><img src='cover.jpg' alt='cover'/></div>", head=XHTML_2),
            "index_split_001.html": page(first, head=XHTML_2),
            "index_split_002.html": page("<p class='calibre1'>Then it stops.</p>", head=XHTML_2),
            "index_split_003.html": page(f"<h2>Endnotes</h2>{note}", head=XHTML_2),
        },
        metadata=(
            '<dc:title>Roads</dc:title><dc:creator opf:role="aut">Tomas Reyl</dc:creator>'
            '<dc:creator opf:role="edt">I. Calder</dc:creator><dc:identifier id="uid">calibre:77</dc:identifier>'
            "<dc:date>0101-01-01T00:00:00+00:00</dc:date><dc:language>en</dc:language>"
        ),
        guide='<reference type="cover" href="titlepage.xhtml"/>',
        more={"toc.ncx": ncx({"index_split_001.html": "The grain road", "index_split_003.html#note_1": "Endnotes"})},
    )


FILES = {
    "word.docx": _word,
    "libreoffice.docx": _libreoffice,
    "google-docs.docx": _google_docs,
    "epub-3.epub": _epub_3,
    "calibre.epub": _calibre,
}
