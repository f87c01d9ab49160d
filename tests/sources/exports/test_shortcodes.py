"""Shortcodes, and what authors put in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.exports.notes import Notes
from pipeline.sources.exports.shortcodes import GALLERY, PLUGIN, without_shortcodes


def made(text: str) -> str:
    return without_shortcodes(text, notes=Notes())[0]


@pytest.mark.parametrize(
    "text",
    [
        "He called it “a tempory [sic] measure”.",
        "“[The minister] will not [yet] resign”",
        "See [1] and [a-b].",
        '<a href="https://harbour.example/?a[x_y]=1">Link</a>',
    ],
)
def test_what_the_author_put_in_brackets_stays(text: str) -> None:
    assert without_shortcodes(text, notes=Notes()) == (text, ())


def test_a_caption_makes_a_figure() -> None:
    text = '[caption id="attachment_4" width="600"]<a href="x"><img src="q.jpg" alt="Quay" /></a> The quay.[/caption]'
    figure = '<figure class="wp-caption"><a href="x"><img src="q.jpg" alt="Quay" /></a>'
    assert made(text).strip() == f"{figure}<figcaption>The quay.</figcaption></figure>"
    old = '[wp_caption caption="The quay."]<img src="q.jpg">[/wp_caption]'
    assert "<figcaption>The quay.</figcaption>" in made(old)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[embed]https://youtu.be/quay[/embed]", "https://youtu.be/quay"),
        ('[embed width="500"]https://example.org/?a=1&amp;b=2[/embed]', "https://example.org/?a=1&amp;b=2"),
        ("[youtube https://youtu.be/quay]", "https://youtu.be/quay"),
        ('[tweet url="https://x.com/harbour/status/1"]', "https://x.com/harbour/status/1"),
    ],
)
def test_embeds(text: str, address: str) -> None:
    assert f'<div class="wp-block-embed__wrapper">{address}</div>' in made(text)


def test_players_keep_their_address() -> None:
    assert '<audio controls src="https://harbour.example/a.mp3"></audio>' in made(
        '[audio mp3="https://harbour.example/a.mp3"][/audio]'
    )
    assert '<video controls src="https://harbour.example/v.mp4"></video>' in made(
        "[video src='https://harbour.example/v.mp4' /]"
    )


def test_footnotes_get_marks_and_stand_at_the_end() -> None:
    notes = Notes()
    text, removals = without_shortcodes(
        "Tolls rose.[ref]By a <em>fifth</em>.[/ref] Then[efn_note]No.[/efn_note].", notes=notes
    )
    assert text.startswith('Tolls rose.<sup data-fn="shortcode-note-1" class="fn"><a href="#shortcode-note-1"')
    assert '<li id="shortcode-note-1">By a <em>fifth</em>. <a href="#shortcode-note-1-link"' in notes.listed()
    assert '<li id="shortcode-note-2">No.' in notes.listed()
    assert removals == ()


def test_code_is_code() -> None:
    assert made('[code lang="python"]if a &lt; b: pass[/code]').strip() == (
        '<pre><code class="language-python">if a &lt; b: pass</code></pre>'
    )


def test_unknown_ones_keep_their_inside_or_are_told() -> None:
    paired = '[row][col width="1/2"]Kept [b_x]this[/b_x].[/col][/row]'
    text = f'{paired} [contact-form-7 id="12"] [mc4wp_form] [gallery ids="1,2"]'
    markup, removals = without_shortcodes(text, notes=Notes())
    assert markup.split() == ["Kept", "this."]
    assert [removal.text for removal in removals] == ['[contact-form-7 id="12"]', "[mc4wp_form]", '[gallery ids="1,2"]']
    assert [removal.reason for removal in removals] == [PLUGIN, PLUGIN, GALLERY]


def test_doubled_brackets_show_a_shortcode() -> None:
    assert made("Write [[gallery]] there.") == "Write [gallery] there."


def test_what_overlaps_or_is_never_closed_loses_no_words() -> None:
    assert made("[box]One [tip]two[/box] three[/tip] [box]four").split() == ["One", "two", "three", "four"]


@given(
    st.lists(
        st.sampled_from(["quay ", "[box]", "[/box]", "[ref]", "[/ref]", "[sic] ", "[a_b]", "[[x]]", "<p>", "[", "]"])
    )
)
def test_words_survive_whatever_the_brackets(pieces: list[str]) -> None:
    text, notes = "".join(pieces), Notes()
    markup, _ = without_shortcodes(text, notes=notes)
    assert (markup + notes.listed()).count("quay") == text.count("quay")
