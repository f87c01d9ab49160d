"""Footnotes of every system -> marks that survive, and notes by their label."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring, fromstring, tostring

from pipeline.model import BlockKind
from pipeline.sources.draft import Removal
from pipeline.sources.html.footnotes import NO_NOTE, gather_footnotes
from pipeline.sources.html.writing import Written, markdown_of
from tests.sources.html.test_writing_words import blocks_of

SYSTEMS = {
    "Substack": '<p>Ships wait<a id="footnote-anchor-1-5" href="#footnote-1-5" class="footnote-anchor">1</a>.</p>'
    '<div class="footnote"><a id="footnote-1-5" href="#footnote-anchor-1-5" class="footnote-number">1</a>'
    '<div class="footnote-content"><p>Since 2019.</p></div></div>',
    "WordPress block": '<p>Ships wait<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup>.</p>'
    '<h2>Footnotes</h2><ol class="wp-block-footnotes"><li id="ab-1">Since 2019. <a href="#ab-1-link">↩︎</a></li></ol>',
    "Easy Footnotes": '<p>Ships wait<span id="easy-footnote-1-7" class="easy-footnote-margin-adjust"></span>'
    '<span class="easy-footnote"><a href="https://quay.example/p#easy-footnote-bottom-1-7" title="Since"><sup>1</sup>'
    '</a></span>.</p><ol class="easy-footnotes-wrapper"><li class="easy-footnote-single">'
    '<span id="easy-footnote-bottom-1-7" class="easy-footnote-margin-adjust"></span>Since 2019.'
    '<a class="easy-footnote-to-top" href="https://quay.example/p#easy-footnote-1-7"></a></li></ol>',
    "markdown-it": '<p>Ships wait<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>.</p>'
    '<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1">'
    '<p>Since 2019. <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>',
    "Pandoc": '<p>Ships wait<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>'
    '<section id="footnotes" class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>Since 2019.'
    '<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "mammoth": '<p>Ships wait<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>.</p>'
    '<ol><li id="footnote-1"><p> Since 2019. <a href="#footnote-ref-1">↑</a></p></li></ol>',
    "mammoth endnote": '<p>Ships wait<sup><a href="#endnote-2" id="endnote-ref-2">[1]</a></sup>.</p>'
    '<ol><li id="endnote-2"><p>Since 2019. <a href="#endnote-ref-2">↑</a></p></li></ol>',
    "EPUB 3": '<p>Ships wait<a epub:type="noteref" href="#n1">1</a>.</p>'
    '<aside epub:type="footnote" id="n1" hidden><p>Since 2019.</p></aside>',
    "EPUB rearnote": '<p>Ships wait<a epub:type="noteref" href="notes.xhtml#n1">*</a>.</p>'
    '<section><h2>Notes</h2><aside epub:type="rearnote" id="n1"><p>Since 2019.</p></aside></section>',
    "kramdown": '<p>Ships wait<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote">1</a></sup>.</p>'
    '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:a" role="doc-endnote"><p>Since 2019. '
    '<a href="#fnref:a" class="reversefootnote" role="doc-backlink">↩</a></p></li></ol></div>',
    "Word": '<p>Ships wait<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>'
    '<div><br clear=all><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Since 2019.'
    "</p></div></div>",
    "Google Docs": '<p>Ships wait<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><hr>'
    '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> Since 2019.</span></p></div>',
    "GitHub": '<p>Ships wait<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup>.'
    '</p><section class="footnotes"><h2 class="sr-only">Footnotes</h2><ol><li id="user-content-fn-1"><p>Since 2019. '
    '<a href="#user-content-fnref-1" data-footnote-backref aria-label="Back">↩</a></p></li></ol></section>',
    "wiki": '<p>Ships wait<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><i>[</i>1<i>]</i></a>'
    '</sup>.</p><h2>References</h2><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b>'
    '<a href="#cite_ref-1">^</a></b></span> <span>Since 2019.</span></li></ol>',
    "by hand": '<p>Ships wait [<a href="#x" id="r">1</a>].</p>'
    '<h3>Notes</h3><p id="x"><a href="#r">1</a>. Since 2019.</p>',
    "one paragraph": '<p>Ships wait<sup><a href="#a" id="ra">a</a></sup>.</p>'
    '<p><a name="a" href="#ra">a</a> Since 2019.<br></p>',
    "definition": '<p>Ships wait<sup><a href="#fn1" id="r">1</a></sup>.</p>'
    '<dl><dt id="fn1">1</dt><dd>Since 2019.</dd></dl>',
    "Footnotes plug-in": '<p>Ships wait<span class="footnote_referrer"><a role="button">'
    '<sup id="footnote_plugin_tooltip_7_1" class="footnote_plugin_tooltip_text">[1]</sup></a>'
    '<span id="footnote_plugin_tooltip_text_7_1" class="footnote_tooltip">Since 2019.</span></span>.</p>'
    '<div class="footnotes_reference_container">'
    '<p>References</p><table><tr><th id="footnote_plugin_reference_7_1"><a role="button">1</a></th>'
    '<td class="footnote_plugin_text">Since 2019.</td></tr></table></div>',
    "Footnotes plug-in with empty bubbles": '<p>Ships wait<span class="footnote_referrer"><a role="button">'
    '<sup id="footnote_plugin_tooltip_7_1">[1]</sup></a><span class="footnote_tooltip"></span></span>.</p>'
    '<div class="footnotes_reference_container"><table><tr><th id="footnote_plugin_reference_7_1">1</th>'
    '<td class="footnote_plugin_text">Since 2019.</td></tr></table></div>',
    "an attribute": '<p>Ships wait<sup data-note="Since 2019."><a href="javascript:void(0)">1</a></sup>.</p>',
    "margin": '<p>Ships wait<label for="s" class="margin-toggle sidenote-number"></label>'
    '<input type="checkbox" id="s" class="margin-toggle"><span class="sidenote">Since 2019.</span>.</p>',
}


def read(html: str) -> Written:
    root = document_fromstring(html)
    footnotes = gather_footnotes(root)
    return markdown_of(root, base="https://quay.example/p", footnotes=footnotes)


@pytest.mark.parametrize("html", SYSTEMS.values(), ids=SYSTEMS)
def test_every_system_gives_the_same(html: str) -> None:
    result = read(html)
    assert result.markdown.replace(" [^1]", "[^1]") == "Ships wait[^1].\n\n[^1]: Since 2019."
    assert result.removals == ()


@pytest.mark.parametrize("html", SYSTEMS.values(), ids=SYSTEMS)
def test_marks_survive_as_text_and_notes_are_out_of_it(html: str) -> None:
    root = document_fromstring(html)
    footnotes = gather_footnotes(root)
    text = " ".join(str(root.text_content()).split())
    assert text.replace(" \ue000", "\ue000") == "Ships wait\ue0001\ue001."
    assert [note.label for note in footnotes.notes] == ["1"]


def test_the_reader_knows_marks_and_notes() -> None:
    paragraph, note = blocks_of(read(SYSTEMS["Pandoc"]).markdown)
    assert (paragraph.text, paragraph.marks) == ("Ships wait.", ("1",))
    assert (note.kind, note.text, note.label) == (BlockKind.FOOTNOTE, "Since 2019.", "1")


NO_MARKS = {
    "a power": "<p>x<sup>2</sup> is 4</p>",
    "an ordinal": "<p>the 1<sup>st</sup></p>",
    "a heading": '<p><a href="#two">2</a></p><h2 id="two">Two</h2>',
    "a raised link to a heading": '<p>Part<sup><a href="#two">2</a></sup></p><h2 id="two">Two</h2>',
    "a paragraph": '<p>See <a href="#two">2</a>.</p><p id="two">Two ships.</p>',
    "a sentence": '<p>See <a href="#note-1">the first note of the board</a>.</p><p id="note-1">Two ships.</p>',
    "an address": '<p>See<sup><a href="https://quay.example/1">1</a></sup></p>',
}


@pytest.mark.parametrize("html", NO_MARKS.values(), ids=NO_MARKS)
def test_numbers_and_other_links_are_no_marks(html: str) -> None:
    root = document_fromstring(html)
    before = tostring(root)
    footnotes = gather_footnotes(root)
    assert (footnotes.notes, footnotes.removals) == ((), ())
    assert tostring(root) == before


def test_a_mark_without_a_note_goes_and_is_named() -> None:
    result = read('<p>Ships<sup><a href="#fn7">7</a></sup> wait</p>')
    assert result.markdown == "Ships wait"
    assert result.removals == (Removal(text="7", reason=NO_NOTE),)


def test_a_note_without_a_mark_stays() -> None:
    result = read('<p>Ships</p><ol class="footnotes"><li id="fn1">Since 2019.</li></ol>')
    assert result.markdown == "Ships\n\n1. Since 2019."


def test_a_note_whose_mark_is_not_in_the_text_is_named() -> None:
    root = document_fromstring(SYSTEMS["Pandoc"])
    footnotes = gather_footnotes(root)
    result = markdown_of(fromstring("<p>Ships wait.</p>"), base="", footnotes=footnotes)
    assert result.markdown == "Ships wait."
    assert [removal.text for removal in result.removals] == ["Since 2019."]


def test_notes_can_refer_to_each_other_and_twice_to_one() -> None:
    result = read(
        '<p>A<sup><a href="#fn1" id="r1">1</a></sup> B<sup><a href="#fn1">1</a></sup></p><ol class="footnotes">'
        '<li id="fn1">One<sup><a href="#fn2" id="r2">2</a></sup></li><li id="fn2">Two</li></ol>'
    )
    assert result.markdown == "A[^1] B[^1]\n\n[^1]: One[^2]\n\n[^2]: Two"


def test_several_marks_in_one_raised_place() -> None:
    result = read(
        '<p>A<sup>[<a href="#fn1">1</a>, <a href="#fn2">2</a>]</sup>.</p>'
        '<p><a name="fn1">1.</a> One<br><a name="fn2">2.</a> Two</p>'
    )
    assert result.markdown == "A[^1][^2].\n\n[^1]: One\n\n[^2]: Two"


def test_a_number_that_begins_a_note_is_not_taken_for_its_label() -> None:
    result = read('<p>A<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">1 March was a Sunday.</li></ol>')
    assert result.markdown == "A[^1]\n\n[^1]: 1 March was a Sunday."


def test_a_number_that_begins_a_note_stays_where_the_link_back_was_its_label() -> None:
    result = read(
        '<p>A<a id="footnote-anchor-2" href="#footnote-2" class="footnote-anchor">2</a></p>'
        '<div class="footnote"><a id="footnote-2" href="#footnote-anchor-2" class="footnote-number">2</a>'
        '<div class="footnote-content"><p>2 ships were counted.</p></div></div>'
    )
    assert result.markdown == "A[^1]\n\n[^1]: 2 ships were counted."


@pytest.mark.parametrize("after", ["", "<p>Tugs wait</p>", "<div class='share'></div>", "<!-- end -->"])
@pytest.mark.parametrize("above", ["<hr>", "<div><hr></div>", ""])
def test_the_title_of_a_plug_in_and_the_line_above_go_with_the_notes(above: str, after: str) -> None:
    text, notes = SYSTEMS["Easy Footnotes"].split("<ol", 1)
    title = '<div class="easy-footnote-title"><h4>Notes</h4></div>'
    words = ["Ships wait[^1].", *(["Tugs wait"] if "Tugs" in after else []), "[^1]: Since 2019."]
    assert read(f"{text}{above}{title}<ol{notes}{after}").markdown == "\n\n".join(words)


def test_notes_at_their_marks_and_below_the_text_do_not_share_a_label() -> None:
    below = SYSTEMS["Pandoc"].replace("2019", "2020")
    result = read(f"<div>{SYSTEMS['an attribute']}</div><div>{below}</div>")
    assert result.markdown == "Ships wait[^1].\n\nShips wait[^2].\n\n[^1]: Since 2019.\n\n[^2]: Since 2020."


def test_a_mark_inside_a_link_and_code_is_outside_of_both() -> None:
    mark = '<sup><a href="#fn1">1</a></sup>'
    result = read(f'<p><b>A{mark}</b> <code>b{mark}c</code></p><ol><li id="fn1">One</li></ol>')
    assert result.markdown == "**A[^1]** `b`[^1]`c`\n\n[^1]: One"


#: Systems that show each note once, in the text of the page.
PLAIN = [html for name, html in SYSTEMS.items() if "plug-in" not in name and name != "an attribute"]


@given(st.lists(st.sampled_from([*PLAIN, *NO_MARKS.values(), "<p>Tugs wait</p>", "<hr>"]), max_size=6))
@settings(max_examples=100, deadline=None)
def test_pages_of_several_systems_lose_no_note_though_their_ids_collide(parts: list[str]) -> None:
    dated = [part.replace("2019", str(2019 + number)) for number, part in enumerate(parts)]
    html = "<p>Start</p>" + "".join(f"<div>{part}</div>" for part in dated)
    result = read(html)
    words = " ".join([result.markdown, *(removal.text for removal in result.removals)])
    shown = str(document_fromstring(html).text_content())
    for sentence in ("Ships wait", "Two ships", "Tugs wait", *(f"Since {2019 + number}" for number in range(6))):
        assert words.count(sentence) == shown.count(sentence)
