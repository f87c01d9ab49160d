"""Books: which documents are chapters, what they are called, where their notes go, and what is refused."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Draft, Post, PostKind
from pipeline.sources.epub import epub_posts
from tests.sources import golden_books
from tests.sources.books import METADATA, XHTML, XHTML_2, book_file, navigation, ncx, pack, page, source

CHAPTER = "<h1>The first light</h1><p>The guild lit it by hand.</p>"
ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/>'
    "</EncryptedData></encryption>"
)


def posts_of(path: Path, start: int = 0) -> list[Post]:
    return list(epub_posts(source(path), start))


def book(folder: Path, *bodies: str, **more: object) -> Path:
    documents = {f"c{number}.xhtml": page(body) for number, body in enumerate(bodies, start=1)}
    return book_file(folder / "book.epub", documents, **more)  # type: ignore[arg-type]  # whatever book_file takes


def drafts_of(path: Path) -> list[Draft]:
    return [post.draft for post in posts_of(path) if post.draft is not None]


def refused(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        posts_of(path)
    assert "\n" not in str(caught.value)
    assert caught.value.path == path
    return caught.value


@pytest.mark.parametrize("name", ["epub-3", "calibre"])
def test_a_whole_book_as_each_program_writes_it(name):
    golden = golden_books.DATA / f"{name}.epub.golden"
    assert golden_books.pairs()[golden] == golden.read_text(encoding="utf-8")


def test_each_chapter_knows_its_book_and_its_number(tmp_path):
    first, second = posts_of(book(tmp_path, CHAPTER, "<h1>Two</h1><p>Words.</p>"))
    assert (first.id, first.title, first.date) == ("epub:urn:uuid:5e6f#id-0", "The first light", "2026-03-02")
    assert first.draft is not None
    assert second.draft is not None
    front = first.draft.front
    assert (front.series, front.number, front.author, front.language) == ("Narrow Waters", 1, "Ines Calder", "en-GB")
    assert first.draft.markdown.strip() == "The guild lit it by hand."
    assert second.draft.front.number == 2


def test_starting_later_gives_the_same_posts_as_from_the_start(tmp_path):
    bodies = (CHAPTER, "<h1>A part</h1>", "<h1>Two</h1><p>Words.</p>", "<h1>Three</h1><p>Words.</p>")
    path = book(tmp_path, *bodies)
    whole = posts_of(path)
    assert [post.draft.front.number for post in whole if post.draft] == [1, 2, 3]
    for start in range(5):
        assert posts_of(path, start) == whole[start:]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T06:00:00Z", "2026-03-02T06:00:00Z"),
        ("2026", ""),
        ("0101-01-01T00:00:00+00:00", ""),
    ],
)
def test_only_a_whole_date_is_one(tmp_path, said, kept):
    path = book(tmp_path, CHAPTER, metadata=METADATA.replace("2026-03-02", said))
    assert drafts_of(path)[0].front.published == kept


def test_who_wrote_a_book_and_who_edited_it(tmp_path):
    people = (
        '<dc:creator id="a">Ines Calder</dc:creator><dc:creator id="b">Tomas Reyl</dc:creator>'
        '<dc:creator id="c">A Printer</dc:creator>'
        '<meta refines="#a" property="role">aut</meta><meta refines="#c" property="role">edt</meta>'
    )
    path = book(tmp_path, CHAPTER, metadata=METADATA.replace("<dc:creator>Ines Calder</dc:creator>", people))
    assert drafts_of(path)[0].front.author == "Ines Calder and Tomas Reyl"


@pytest.mark.parametrize(
    ("body", "label", "title", "subtitle"),
    [
        ("<h2>The light</h2><p>Words.</p>", "Another", "The light", ""),
        ("<p>Words.</p>", "The light", "The light", ""),
        ("<p class='t'>The Light</p><p>Words.</p>", "The light", "The light", ""),
        ("<p>3</p><h1>The light</h1><p>Words.</p>", "", "The light", ""),
        ("<h1>Chapter 3</h1><h2>The light</h2><p>Words.</p>", "Chapter 3: The light", "Chapter 3: The light", ""),
        ("<hgroup><h1>The light</h1><h2>A guild</h2></hgroup><p>Words.</p>", "", "The light", "A guild"),
        ("<h1>The<br/>light</h1><p>Words.</p>", "", "The light", ""),
        ("<div><img src='a.jpg' alt=''/></div><h1>The light</h1><p>Words.</p>", "", "The light", ""),
    ],
)
def test_what_a_chapter_is_called(tmp_path, body, label, title, subtitle):
    labels = {"nav.xhtml": navigation({"c1.xhtml": label} if label else {})}
    [draft] = drafts_of(book(tmp_path, body, more=labels))
    assert (draft.front.title, draft.front.subtitle) == (title, subtitle)
    assert draft.markdown.strip() == "Words."


def test_a_heading_below_the_title_stays(tmp_path):
    [draft] = drafts_of(book(tmp_path, "<h1>The light</h1><h2>By hand</h2><p>Words.</p>"))
    assert (draft.front.title, draft.front.subtitle) == ("The light", "")
    assert draft.markdown.split("\n")[0].lstrip("#") == " By hand"


@pytest.mark.parametrize(
    ("of_body", "why"),
    [
        ('epub:type="cover"', "the cover"),
        ('epub:type="frontmatter titlepage"', "the title page"),
        ('role="doc-toc"', "the table of contents"),
        ('epub:type="copyright-page"', "the copyright page"),
        ('epub:type="dedication"', "the dedication"),
        ('epub:type="index"', "an index"),
        ('epub:type="endnotes"', "the notes"),
    ],
)
def test_pages_say_what_they_are(tmp_path, of_body, why):
    documents = {"a.xhtml": page(CHAPTER, of_body=of_body), "b.xhtml": page(f"<section {of_body}>{CHAPTER}</section>")}
    for post in posts_of(book_file(tmp_path / "a.epub", documents)):
        assert (post.kind, post.why, post.draft) == (PostKind.PAGE, why, None)


def test_guide_landmarks_contents_and_the_spine_say_it_too(tmp_path):
    documents = {name: page(CHAPTER, head=XHTML_2) for name in ("a.xhtml", "b.xhtml", "c.xhtml", "d.xhtml", "e.svg")}
    path = book_file(
        tmp_path / "a.epub",
        {**documents, "f.xhtml": page(CHAPTER)},
        guide='<reference type="copyright-page" href="a.xhtml"/>',
        spine={"c.xhtml": 'linear="no"'},
        more={
            "nav.xhtml": navigation(
                {"d.xhtml": "Contents"}, landmarks={"b.xhtml": "titlepage", "f.xhtml": "bodymatter"}
            )
        },
    )
    assert [(post.kind, post.why) for post in posts_of(path)] == [
        (PostKind.PAGE, "the copyright page"),
        (PostKind.PAGE, "the title page"),
        (PostKind.PAGE, 'outside the order of reading (linear="no")'),
        (PostKind.PAGE, "the table of contents"),
        (PostKind.PAGE, "a picture, not text"),
        (PostKind.ARTICLE, ""),
    ]


def test_a_document_that_the_contents_do_not_name_goes_on_with_its_chapter(tmp_path):
    bodies = (CHAPTER, "<p>On the reef nobody lived.</p>", "<h1>Two</h1><p>Words.</p>", "<h1>Three</h1><p>More.</p>")
    named = book(tmp_path, *bodies, more={"nav.xhtml": navigation({"c1.xhtml": "One", "c3.xhtml": "Two"})})
    first, *others = drafts_of(named)
    assert first.markdown.split("\n\n") == ["The guild lit it by hand.", "On the reef nobody lived."]
    assert [draft.front.title for draft in others] == ["Two", "Three"]  # the third has a heading, so it is its own
    assert len(posts_of(book(tmp_path, *bodies))) == 4  # no contents, nothing to go by


OF_TYPE = 'epub:type="endnote"'
NOTE = '<li id="n1" {}><p><a href="c1.xhtml#m1">1</a>. Until 1902.</p><p>Or so.</p></li>'


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a epub:type="noteref" href="notes.xhtml#n1">1</a>', f"<ol>{NOTE.format('')}</ol>"),
        ('<a href="notes.xhtml#n1" id="m1">1</a>', f"<ol>{NOTE.format(OF_TYPE)}</ol>"),
        ('<sup><a href="notes.xhtml#n1" id="m1">[1]</a></sup>', f"<ol>{NOTE.format('')}</ol>"),
        (
            '<a href="notes.xhtml#n1" id="m1">*</a>',
            '<p><a id="n1"/><a href="c1.xhtml#m1">*</a> Until 1902.</p><p>Or so.</p><p><a id="n2"/>Another.</p>',
        ),
    ],
)
def test_a_note_in_another_document_comes_with_its_chapter(tmp_path, mark, note):
    documents = {
        "c1.xhtml": page(f"<h1>The light</h1><p>The guild lit it{mark} by hand.</p>"),
        "notes.xhtml": page(f"<h1>Notes</h1>{note}"),
    }
    path = book_file(tmp_path / "a.epub", documents, more={"nav.xhtml": navigation({"notes.xhtml": "Notes"})})
    [draft] = drafts_of(path)
    assert draft.markdown.split("\n")[0] == "The guild lit it[^1] by hand."
    assert draft.markdown.split("\n", 2)[2].split() == ["[^1]:", "Until", "1902.", "Or", "so."]


def test_a_note_in_the_same_document_stays_with_it(tmp_path):
    body = (
        '<h1>The light</h1><p>Lit<a epub:type="noteref" href="#n1">1</a> by hand.</p>'
        '<aside epub:type="footnote" id="n1"><p>Until 1902.</p></aside>'
    )
    assert drafts_of(book(tmp_path, body))[0].markdown.split() == ["Lit[^1]", "by", "hand.", "[^1]:", "Until", "1902."]


def test_links_and_pictures_of_the_book_mean_nothing_outside_it(tmp_path):
    body = (
        "<h1>One</h1><p>See <a href='c2.xhtml#x'>the second</a> and <a href='https://example.org/a'>the accord</a>.</p>"
        "<p><img src='../i/a.jpg' alt='A lamp on a reef'/></p>"
    )
    markdown = drafts_of(book(tmp_path, body, "<h1>Two</h1><p>Words.</p>"))[0].markdown
    assert "See the second and [the accord](https://example.org/a)." in markdown
    assert "A lamp on a reef" in markdown
    assert "a.jpg" not in markdown


def test_page_numbers_of_the_printed_book_are_told(tmp_path):
    body = '<h1>One</h1><p>A narrow <span epub:type="pagebreak" id="p7">7</span>strait.</p>'
    [draft] = drafts_of(book(tmp_path, body))
    assert draft.markdown.strip() == "A narrow strait."
    assert [(removal.text, removal.reason) for removal in draft.removals] == [
        ("7", "a page number of the printed book")
    ]


def test_names_with_blanks_accents_and_folders(tmp_path):
    documents = {"text/chapitre é 1.xhtml": page(CHAPTER)}
    path = book_file(
        tmp_path / "a.epub", documents, more={"nav.xhtml": navigation({"text/chapitre%20%C3%A9%201.xhtml": "One"})}
    )
    assert [post.title for post in posts_of(path)] == ["The first light"]


def test_a_broken_chapter_is_named_and_the_others_go_on(tmp_path):
    documents = {
        "a.xhtml": page(CHAPTER),
        "missing.xhtml": None,
        "cut.xhtml": page(CHAPTER)[:-40],
        "laughs.xhtml": page(CHAPTER).replace("<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY a 'ha'>]>"),
        "more.xhtml": page("<p>one<p>&a;").replace("<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY a 'ha'>]>"),
        "deep.xhtml": page("<div>" * 100_000 + "words"),
        "latin.xhtml": b"<html><body><p>Br\xfccke</b></p></body></html>",
        "z.xhtml": page(CHAPTER),
    }
    posts = posts_of(book_file(tmp_path / "a.epub", documents))
    assert [post.is_broken for post in posts] == [False, *[True] * 6, False]
    whys = ("is missing", "is no XML", "declares entities", "is no XML", "2,000 elements", "is not UTF-8")
    for post, said in zip(posts[1:-1], whys, strict=True):
        assert said in post.why
        assert "; " in post.why  # the cure
    last = posts[-1].draft
    assert last is not None
    assert last.front.number == 8


def test_a_damaged_member_is_one_broken_chapter(tmp_path):
    long = page("<h1>Two</h1><p>" + "The narrow sea is narrow. " * 50 + "</p>")
    path = book_file(tmp_path / "a.epub", {"a.xhtml": page(CHAPTER), "b.xhtml": long, "c.xhtml": page(CHAPTER)})
    data = bytearray(path.read_bytes())
    data[data.index(b"OEBPS/b.xhtml") + 60] ^= 0xFF
    path.write_bytes(data)
    posts = posts_of(path)
    assert [post.is_broken for post in posts] == [False, True, False]
    assert "OEBPS/b.xhtml in it is damaged" in posts[1].why


def test_markup_that_is_not_well_formed_is_read_as_html(tmp_path):
    broken = (
        XHTML.replace("<title/>", "<title>x</title>") + "<body><h1>The light</h1><p>One<br>two<p>three</body></html>"
    )
    [draft] = drafts_of(book_file(tmp_path / "a.epub", {"a.xhtml": broken}))
    assert draft.front.title == "The light"
    assert draft.markdown.split() == ["One\\", "two", "three"] or draft.markdown.split() == ["One", "two", "three"]


def test_what_stands_deep_is_not_lost(tmp_path):
    [draft] = drafts_of(book(tmp_path, "<div>" * 400 + "words" + "</div>" * 400))
    assert draft.markdown.strip() == "words"


def test_named_characters_are_read_without_a_dtd(tmp_path):
    [draft] = drafts_of(book(tmp_path, "<h1>One</h1><p>North&mdash;and&nbsp;south &amp; &eacute;</p>"))
    assert draft.markdown.split() == ["North—and", "south", "&", "é"]


def test_empty_documents_are_empty(tmp_path):
    for post in posts_of(book(tmp_path, "", "<h1>Part one</h1>", "<p> </p><img src='a.jpg' alt=''/>")):
        assert (post.kind, post.draft) == (PostKind.EMPTY, None)


def test_a_book_locked_by_its_seller_is_refused_and_scrambled_fonts_are_not(tmp_path):
    locked = {"META-INF/encryption.xml": ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    fonts = {"META-INF/encryption.xml": ENCRYPTED.format("http://www.idpf.org/2008/embedding")}
    assert "DRM" in refused(book(tmp_path, CHAPTER, more=locked)).what
    assert drafts_of(book(tmp_path, CHAPTER, more=fonts))


def test_what_is_no_book_is_refused(tmp_path):
    assert "is no EPUB" in refused(pack(tmp_path / "a.epub", {"mimetype": "application/epub+zip"})).what
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfile full-path="a.opf"/></container>'
    )
    assert "a.opf is missing" in refused(pack(tmp_path / "a.epub", {"META-INF/container.xml": container})).what
    (tmp_path / "a.epub").write_bytes(book(tmp_path, CHAPTER).read_bytes()[:-40])
    assert "is no zip archive" in refused(tmp_path / "a.epub").what


def test_contents_that_cannot_be_read_cost_only_their_labels(tmp_path):
    [post] = posts_of(book(tmp_path, CHAPTER, more={"toc.ncx": ncx({"c1.xhtml": "One"})[:-30]}))
    assert post.title == "The first light"


def test_hostile_books_end_at_once(tmp_path):
    nested = page("<div>" * 100_000 + "words")
    links = page("<h1>One</h1>" + "".join(f'<p>w<a href="n.xhtml#n{n}">1</a></p>' for n in range(2000)))
    notes = page(
        "".join(f'<p id="n{n}"><a href="c.xhtml">1</a> note</p>' for n in range(2000)), of_body='epub:type="endnotes"'
    )
    books = {
        "nested": {"a.xhtml": nested},
        "bomb": {"a.xhtml": page(" " * 150_000_000)},
        "notes": {"c.xhtml": links, "n.xhtml": notes},
    }
    for name, documents in books.items():
        path = book_file(tmp_path / f"{name}.epub", documents)
        began = time.process_time()
        with suppress(SourceError):
            posts_of(path)
        assert time.process_time() - began < 5, name
