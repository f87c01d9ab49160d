"""The HTML of show notes as the rules see it, whatever way it is written in."""

import pytest

from pipeline.rules.markup import read_markup, visible_text


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="ports.html">',
        "<a href='ports.html'>",
        "<a href=ports.html>",
        '<A class="x" HREF = "ports.html" >',
        '<img alt="1" src="ports.html"/>',
        '<a\nhref="ports.html">',
    ],
)
def test_an_address_is_seen_however_it_is_written(tag: str) -> None:
    markup = read_markup(f"<p>Two {tag}ports</a> &amp; one lender.</p>")
    assert markup.addresses == ("ports.html",)
    assert markup.relative == ["ports.html"]
    assert markup.tags == {"p", "img" if "img" in tag else "a"}


def test_entities_in_an_address_are_resolved() -> None:
    assert read_markup('<a href="https://harbour-review.eu/?a=1&amp;b=2">').addresses == (
        "https://harbour-review.eu/?a=1&b=2",
    )


def test_what_runs_is_told_and_what_is_only_shown_is_not() -> None:
    markup = read_markup(
        "<script>x</script><p onclick=\"go()\"><a href=' JavaScript:go()'>on my desk = 1 &lt;b&gt;</a>"
    )
    assert len(markup.scripts) == 3
    assert read_markup("<p>My onward = 1</p>").scripts == []


def test_the_text_without_its_tags() -> None:
    assert visible_text("<p>5 &lt; 6 &amp; <br/>so on</p>") == "5 < 6 & so on"
