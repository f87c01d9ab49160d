"""Word files: what is read of them, what is left out and why, and what is refused."""

import time
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Draft, Post, PostKind
from pipeline.sources.word import word_posts
from tests.sources import golden_books
from tests.sources.books import (
    WORD_STYLES,
    core,
    field,
    item,
    mark,
    notes,
    pack,
    paragraph,
    picture,
    run,
    source,
    styles,
    table,
    word_file,
)

#: The first bytes of an old Office file whose directory stands in its second sector.
OLD_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 22 + b"\x09\0" + b"\0" * 480


def post_of(path: Path) -> Post:
    [post] = word_posts(source(path), 0)
    return post


def draft_of(path: Path) -> Draft:
    draft = post_of(path).draft
    assert draft is not None
    return draft


def reasons(draft: Draft) -> dict[str, str]:
    return {removal.text: removal.reason for removal in draft.removals}


def refused(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        post_of(path)
    assert "\n" not in str(caught.value)
    assert caught.value.path == path
    return caught.value


@pytest.mark.parametrize("name", ["word", "libreoffice", "google-docs"])
def test_a_whole_file_as_each_program_writes_it(name):
    golden = golden_books.DATA / f"{name}.docx.golden"
    assert golden_books.pairs()[golden] == golden.read_text(encoding="utf-8")


def test_there_is_one_post_and_none_after_it(tmp_path):
    path = word_file(tmp_path / "Quiet straits.docx", paragraph("Words."))
    assert post_of(path).id == "word:Quiet straits.docx"
    assert not list(word_posts(source(path), 1))


def test_the_title_style_says_the_title_whatever_the_properties_say(tmp_path):
    body = (paragraph("A quiet strait", style="Title"), paragraph("Who pays", style="Subtitle"), paragraph("Words."))
    draft = draft_of(word_file(tmp_path / "a.docx", *body, properties=core(title="Document1")))
    assert (draft.front.title, draft.front.subtitle) == ("A quiet strait", "Who pays")
    assert draft.markdown.strip() == "Words."


def test_a_title_over_two_lines_is_one(tmp_path):
    body = (paragraph("A quiet", style="Title"), paragraph("strait", style="Title"), paragraph("Words."))
    assert draft_of(word_file(tmp_path / "a.docx", *body)).front.title == "A quiet strait"


def test_a_first_paragraph_is_the_title_if_the_properties_say_the_same(tmp_path):
    body = (paragraph("A quiet strait"), paragraph("Words."))
    named = draft_of(word_file(tmp_path / "a.docx", *body, properties=core(title="A Quiet Strait")))
    other = draft_of(word_file(tmp_path / "b.docx", *body, properties=core(title="Minutes")))
    assert (named.front.title, named.markdown.strip()) == ("A quiet strait", "Words.")
    assert (other.front.title, other.markdown.split()[:3]) == ("", ["A", "quiet", "strait"])


def test_a_leading_heading_1_is_the_title_and_a_later_one_is_not(tmp_path):
    heading = paragraph("A quiet strait", style="Heading1")
    assert draft_of(word_file(tmp_path / "a.docx", heading, paragraph("Words."))).front.title == "A quiet strait"
    later = draft_of(word_file(tmp_path / "b.docx", paragraph("Words."), heading))
    assert (later.front.title, "# A quiet strait" in later.markdown) == ("", True)


def test_a_note_on_the_title_goes_to_the_first_paragraph(tmp_path):
    body = (paragraph("A quiet strait", mark(1), style="Title"), paragraph("Words."))
    draft = draft_of(word_file(tmp_path / "a.docx", *body, parts={"footnotes": notes({1: "With thanks."})}))
    assert draft.front.title == "A quiet strait"
    assert draft.markdown.split("\n")[0] == "Words.[^1]"
    assert "[^1]: With thanks." in draft.markdown


def test_what_is_stated_in_the_properties(tmp_path):
    said = core(creator="Ines Calder; Tomas Reyl", language="en-GB", keywords="sea, trade; law", created="2025-01-01")
    front = draft_of(word_file(tmp_path / "a.docx", paragraph("Words."), properties=said)).front
    assert (front.author, front.language, front.tags) == (
        "Ines Calder and Tomas Reyl",
        "en-GB",
        ("sea", "trade", "law"),
    )
    assert front.published == ""  # when the file was made is not when it was published


@pytest.mark.parametrize("nobody", ["Microsoft Office User", "python-docx", "Windows-User", "admin"])
def test_what_programs_write_for_a_name_is_no_byline(tmp_path, nobody):
    assert (
        draft_of(word_file(tmp_path / "a.docx", paragraph("Words."), properties=core(creator=nobody))).front.author
        == ""
    )


@pytest.mark.parametrize(
    ("name", "base", "written"),
    [
        ("heading 2", "", "## Words"),
        ("Our Section", "Heading2", "## Words"),
        ("Quote", "", "> Words"),
        ("Our Quote", "IntenseQuote", "> Words"),
        ("Body Text", "", "Words"),
    ],
)
def test_a_style_is_what_it_is_based_on(tmp_path, name, base, written):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    own = f'<w:style w:type="paragraph" w:styleId="Stil-1 ä"><w:name w:val="{name}"/>{based}</w:style>'
    body = (paragraph("First."), paragraph("Words", style="Stil-1 ä"))
    draft = draft_of(word_file(tmp_path / "a.docx", *body, parts={"styles": styles(WORD_STYLES, more=own)}))
    assert draft.markdown.strip().split("\n")[-1] == written


def test_styles_that_are_based_on_each_other_in_a_ring_are_plain(tmp_path):
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("One", "Two"), ("Two", "One"))
    )
    path = word_file(tmp_path / "a.docx", paragraph("Words.", style="One"), parts={"styles": ring})
    assert draft_of(path).markdown.strip() == "Words."


def test_an_outline_level_makes_a_heading(tmp_path):
    body = (paragraph("First."), paragraph("Ships", properties='<w:outlineLvl w:val="1"/>'))
    assert draft_of(word_file(tmp_path / "a.docx", *body)).markdown.strip().endswith("## Ships")


def test_lists_stand_in_each_other_as_deep_as_word_has_them(tmp_path):
    body = [item(f"level {level}", level=level) for level in range(9)] + [item("first", of=2), item("second", of=2)]
    markdown = draft_of(word_file(tmp_path / "a.docx", paragraph("Start."), *body)).markdown
    depths = [len(line) - len(line.lstrip()) for line in markdown.split("\n") if "level" in line]
    assert len(depths) == 9
    assert depths == sorted(set(depths))
    assert "1. first\n2. second" in markdown


def test_insertions_are_read_and_deletions_told(tmp_path):
    inserted = f'<w:ins w:id="1" w:author="T">{run("narrow ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="T"><w:r><w:delText>wide </w:delText></w:r></w:del>'
    draft = draft_of(word_file(tmp_path / "a.docx", paragraph("A ", deleted, inserted, "strait.")))
    assert draft.markdown.strip() == "A narrow strait."
    assert reasons(draft) == {"wide": "deleted in Word, with changes tracked"}


def test_paragraphs_whose_end_was_deleted_are_one(tmp_path):
    marked = '<w:rPr><w:del w:id="1" w:author="T"/></w:rPr>'
    body = (paragraph("A narrow ", properties=marked), paragraph("strait."), paragraph("The end.", properties=marked))
    assert draft_of(word_file(tmp_path / "a.docx", *body)).markdown.split("\n\n") == ["A narrow strait.", "The end."]


def test_a_deleted_row_is_told(tmp_path):
    rows = table(("Year", "Ships"), ("2024", "3"), ("2025", "4"))
    gone = rows.replace("<w:trPr></w:trPr>", '<w:trPr><w:del w:id="1" w:author="T"/></w:trPr>', 1)
    draft = draft_of(word_file(tmp_path / "a.docx", paragraph("Start."), gone))
    assert reasons(draft) == {"2024 3": "deleted in Word, with changes tracked"}
    assert "2025" in draft.markdown
    assert "2024" not in draft.markdown


def test_comments_headers_hidden_text_and_page_numbers_are_told(tmp_path):
    comment = f'<w:comment w:id="0" w:author="Tomas Reyl">{paragraph("Check this.")}</w:comment>'
    body = paragraph("Words.", '<w:r><w:commentReference w:id="0"/></w:r>', run("secret", properties="<w:vanish/>"))
    number = paragraph(field("PAGE", "7"))
    parts = {"comments": comment, "header1": paragraph("The Harbour Review")}
    draft = draft_of(word_file(tmp_path / "a.docx", body, number, parts=parts))
    assert draft.markdown.strip() == "Words."
    assert reasons(draft) == {
        "secret": "hidden text",
        "7": "a page number",
        "The Harbour Review": "a page header or footer",
        "Tomas Reyl: Check this.": "a comment in the margin of the manuscript",
    }


def test_the_table_of_contents_goes_in_each_of_its_forms(tmp_path):
    block = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Contents', style='TOCHeading')}{paragraph('Ships 4', style='TOC1')}"
        "</w:sdtContent></w:sdt>"
    )
    start, end = field(r'TOC \o "1-3"', "Law 5", "|").split('<w:t xml:space="preserve">|</w:t>')
    over_two = paragraph(start + "</w:r>") + paragraph("Trade 6") + paragraph("<w:r>" + end)
    body = (block, over_two, paragraph("Ports 7", style="TOC1"), paragraph("Words."))
    draft = draft_of(word_file(tmp_path / "a.docx", *body))
    assert draft.markdown.strip() == "Words."
    assert set(reasons(draft)) == {"Contents Ships 4", "Law 5 Trade 6", "Ports 7"}


def test_a_field_that_never_ends_takes_nothing_with_it(tmp_path):
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = paragraph(begun, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "Words."), paragraph("More.")
    assert draft_of(word_file(tmp_path / "a.docx", *body)).markdown.split() == ["Words.", "More."]


def test_other_fields_keep_their_words(tmp_path):
    simple = f'<w:fldSimple w:instr=" REF _Ref1 ">{run("Figure 2")}</w:fldSimple>'
    body = paragraph(
        "See ", simple, " and ", field("ADDIN ZOTERO_ITEM", "(Reyl 2024)"), field(r"NOTEREF _Ref2 \f", "3"), "."
    )
    assert draft_of(word_file(tmp_path / "a.docx", body)).markdown.strip() == "See Figure 2 and (Reyl 2024)."


def test_footnotes_and_endnotes_are_kept_and_their_digits_are_not_in_the_prose(tmp_path):
    parts = {"footnotes": notes({2: "A port."}), "endnotes": notes({2: "A treaty."}, kind="endnote")}
    own_sign = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    body = paragraph("One", own_sign, " and two", mark(2, kind="endnote"), ".")
    markdown = draft_of(word_file(tmp_path / "a.docx", body, parts=parts)).markdown
    assert markdown.split("\n")[0] == "One[^1] and two[^2]."
    assert "[^1]: A port." in markdown
    assert "[^2]: A treaty." in markdown
    assert "↑" not in markdown


def test_a_mark_without_a_note_is_told(tmp_path):
    draft = draft_of(word_file(tmp_path / "a.docx", paragraph("One", mark(9), ".")))
    assert draft.markdown.strip() == "One."
    assert reasons(draft) == {"(a mark)": "the mark of a footnote that the file does not have"}


def boxed(words: str, *, kinds: tuple[str, ...] = ("Choice", "Fallback")) -> str:
    content = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
    drawn = (
        '<w:drawing><wp:anchor><wp:docPr id="2" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    forms = {"Choice": drawn, "Fallback": f"<w:pict><v:rect><v:textbox>{content}</v:textbox></v:rect></w:pict>"}
    branches = "".join(f"<mc:{kind}>{forms[kind]}</mc:{kind}>" for kind in kinds)
    return f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"


@pytest.mark.parametrize("kinds", [("Choice", "Fallback"), ("Choice",), ("Fallback",)])
def test_a_text_box_is_read_once_after_its_paragraph(tmp_path, kinds):
    body = (paragraph("First.", boxed("In the box.", kinds=kinds)), paragraph("Second."))
    markdown = draft_of(word_file(tmp_path / "a.docx", *body)).markdown
    assert markdown.strip().split("\n\n") == ["First.", "In the box.", "Second."]


def test_pictures_keep_their_descriptions_and_tables_their_captions(tmp_path):
    body = (
        paragraph("Words."),
        paragraph(picture("A fort above a harbour")),
        paragraph("Figure 1: The fort", style="Caption"),
        paragraph("Table 1: Tonnage", style="Caption"),
        table(("Year", "Ships"), ("2025", "4")),
    )
    markdown = draft_of(word_file(tmp_path / "a.docx", *body)).markdown
    assert "A fort above a harbour" in markdown
    assert markdown.count("Figure 1: The fort") == 1
    assert "Table: Table 1: Tonnage" in markdown
    assert "Year" in markdown


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("image1.png", ""),
        ("A map of the strait\n\nDescription automatically generated", "A map of the strait"),
        ("A map. AI-generated content may be incorrect.", "A map."),
    ],
)
def test_descriptions_that_nobody_wrote_are_not_kept(tmp_path, said, kept):
    body = (paragraph("Words."), paragraph(picture(said)))
    markdown = draft_of(word_file(tmp_path / "a.docx", *body)).markdown
    assert "automatically" not in markdown
    assert "incorrect" not in markdown
    assert "image1" not in markdown
    assert kept in markdown


def test_formulas_breaks_and_phonetic_guides_keep_their_words(tmp_path):
    power = "<m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    formula = f"<m:oMath><m:r><m:t>E=m</m:t></m:r>{power}</m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{run('guide')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"
    turned = f'<w:bdo w:val="rtl">{run("turned")}</w:bdo>'
    lines = "<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>"
    markdown = draft_of(
        word_file(tmp_path / "a.docx", paragraph("If ", formula, " then ", ruby, " ", turned, " ", lines))
    ).markdown
    assert "$E=m c^{2}$" in markdown
    assert "base turned one" in markdown
    assert "guide" not in markdown
    assert "onetwo" not in markdown


def test_links_are_kept_and_one_that_leads_nowhere_is_words(tmp_path):
    link = f'<w:hyperlink r:id="L1">{run("a treaty")}</w:hyperlink>'
    dead = f'<w:hyperlink r:id="L2">{run("a map")}</w:hyperlink>'
    path = word_file(tmp_path / "a.docx", paragraph(link, " and ", dead), links={"L1": "https://example.org/t"})
    assert draft_of(path).markdown.strip() == "[a treaty](https://example.org/t) and a map"


def test_strict_open_xml_is_the_same_format(tmp_path):
    usual = word_file(tmp_path / "a.docx", paragraph("A quiet strait", style="Title"), paragraph("Words."))
    with zipfile.ZipFile(usual) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = {
        name: data.replace(office, b"http://purl.oclc.org/ooxml/officeDocument/relationships").replace(
            main, b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name, data in members.items()
    }
    assert draft_of(pack(tmp_path / "b.docx", strict)).front.title == "A quiet strait"


def test_a_file_without_words_is_empty(tmp_path):
    post = post_of(word_file(tmp_path / "a.docx", paragraph("A quiet strait", style="Title"), paragraph(" ")))
    assert (post.kind, post.draft, post.why) == (PostKind.EMPTY, None, "it holds no text below its title")


def test_old_locked_and_other_files_are_refused_with_the_cure(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(OLD_HEADER + b"WordDocument".ljust(4096, b"\0"))
    assert (refused(path).what, "save it as .docx" in refused(path).cure) == (
        "is a Word file of the old kind (.doc)",
        True,
    )
    path.write_bytes(OLD_HEADER + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0"))
    assert refused(path).what == "needs a password"
    pack(path, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    assert "OpenDocument" in refused(path).what
    pack(path, {"xl/workbook.xml": "<a/>"})
    assert refused(path).what == "has no Word document in it"
    path.write_bytes(b"PK\x03\x04")
    assert "is no zip archive" in refused(path).what


def hostile(path: Path, document: str) -> Path:
    return pack(path, {"word/document.xml": document})


def test_hostile_files_end_in_one_line_at_once(tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    laughs = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '&a;&a;'>" for n in range(9)) + "]>"
    deep = "<w:tbl><w:tr><w:tc>" * 80
    attacks = {
        "entities": f"{laughs}<w:document {w}>&a8;</w:document>",
        "bomb": f"<w:document {w}><w:body>{' ' * 150_000_000}</w:body></w:document>",
        "nested": f"<w:document {w}>" + "<w:p>" * 100_000,
        "tables": f"<w:document {w}><w:body>{deep}{'</w:tc></w:tr></w:tbl>' * 80}</w:body></w:document>",
        "no body": f"<w:document {w}/>",
        "no zip at all": "",
    }
    for name, document in attacks.items():
        path = hostile(tmp_path / f"{name}.docx", document)
        began = time.process_time()
        refused(path)
        assert time.process_time() - began < 2, name
