"""HTML that is an article's body -> Markdown, without a guess and without trafilatura."""

import subprocess
import sys

import pytest

from pipeline.errors import SourceError
from pipeline.sources.html.body import body_of


def test_a_fragment_is_written_and_its_widgets_are_named() -> None:
    html = '<h2>The gates</h2><p>They are <em>open</em>.</p><p class="button-wrapper"><a href="#">Share</a></p>'
    written = body_of(html, base="")
    assert written.markdown == "## The gates\n\nThey are *open*."
    assert [(removal.text, removal.reason) for removal in written.removals] == [("Share", "a button of the web page")]


def test_a_whole_document_is_its_body() -> None:
    html = "<html><head><title>No</title><style>p{}</style></head><body><p>Yes.</p></body></html>"
    assert body_of(html, base="").markdown == "Yes."


def test_relative_addresses_are_completed() -> None:
    written = body_of('<p>The <a href="/weir">weir</a>.</p>', base="https://harbourreview.example/a/b")
    assert written.markdown == "The [weir](https://harbourreview.example/weir)."


def test_footnotes_are_gathered_before_widgets_go() -> None:
    html = (
        '<p>Four ships.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>In summer.</p></div></div>'
    )
    assert body_of(html, base="").markdown == "Four ships.[^1]\n\n[^1]: In summer."


@pytest.mark.parametrize("html", ["", "  ", "<!-- x -->", "<script>1</script>"])
def test_nothing_gives_nothing(html: str) -> None:
    assert body_of(html, base="").markdown == ""


def test_what_is_too_deep_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="inside each other"):
        body_of("<i>" * 100_000, base="")


def test_trafilatura_stays_out_of_it() -> None:
    program = (
        "import sys; from pipeline.sources.html.body import body_of; body_of('<p>x</p>', base='');"
        "sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_nobody_sees_is_taken_out_and_named() -> None:
    written = body_of("<p>The fer&shy;ry wai\u200bted.</p>", base="")
    assert written.markdown.strip() == "The ferry waited."
    assert [removal.text for removal in written.removals] == ["1 x soft hyphen (U+00AD), 1 x zero width space (U+200B)"]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<ul><li><input type="checkbox" checked> Done</li></ul>', "- [x] Done"),
        ('<p><script type="math/tex">\\frac{a}{b}</script> is small.</p>', r"$\frac{a}{b}$ is small."),
        (
            '<p><noscript><img src="https://a.example/x.jpg" alt="The quay"></noscript></p>',
            "![The quay](https://a.example/x.jpg)",
        ),
        ("<p>One.<noscript>Switch scripts on.</noscript></p>", "One."),
        ("<p>One.<script>two()</script></p>", "One."),
    ],
)
def test_what_looks_like_furniture_and_is_part_of_the_text(html: str, markdown: str) -> None:
    assert body_of(html, base="").markdown.strip() == markdown
