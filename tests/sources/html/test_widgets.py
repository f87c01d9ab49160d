"""Site furniture is taken out and named; what is the author's stays."""

import pytest

from pipeline.sources.draft import Removal
from pipeline.sources.html.furniture import NAMES, WORDS
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.widgets import remove_widgets, shortened

PROSE = "<p>" + "The harbour board met on Monday and agreed on nothing at all. " * 12 + "</p>"


def after(html: str) -> tuple[str, tuple[Removal, ...]]:
    """The words that are left of ``html`` above a long paragraph, and what was taken out."""
    root = tree_of(f"<body>{html}{PROSE}</body>")
    assert root is not None
    removals = remove_widgets(root)
    left = " ".join(" ".join(root.itertext()).split())
    return left.partition("The harbour board")[0].strip(), removals


def reason_of(html: str) -> str:
    left, removals = after(html)
    assert left == "", f"{left!r} is left"
    assert len(removals) == 1
    return removals[0].reason


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<div class="subscription-widget-wrap"><p>Leave your address.</p></div>', "asks to subscribe"),
        ('<p class="button-wrapper"><a href="#">Share</a></p>', "a button"),
        ('<div class="poll-embed">Yes or no?</div>', "a poll"),
        ('<div class="sharedaddy sd-sharing-enabled">Share this: Email</div>', "sharing links"),
        ('<div id="jp-relatedposts">Related: the customs house</div>', "other articles"),
        ('<div class="kg-card kg-signup-card"><h2>Sign up</h2></div>', "asks to subscribe"),
        ('<div class="kg-audio-card">0:00 / 6:12</div>', "a player"),
        ('<div class="cookie-banner">We use cookies.</div>', "a cookie notice"),
        ('<section id="comments" class="comments-area">I agree.</section>', "the comments"),
        ('<aside class="story-related-articles">The weir</aside>', "other articles"),
        ('<div class="article__author-bio">Ines Calder writes.</div>', "note on the author"),
        ('<div class="c-newsletter-promo">Every Friday.</div>', "asks to subscribe"),
        ('<div class="ad-slot">Advertisement</div>', "an advertisement"),
        ("<nav><a href='/'>Home</a></nav>", "a menu"),
        ('<p hidden="">Not seen.</p>', "hidden"),
        ('<p style="display : none">Not seen.</p>', "hidden"),
        ('<span class="sr-only">Jump</span>', "screen readers"),
        ('<p><b>Read more:</b> <a href="/x">The weir that two armies guard</a></p>', "another article"),
        ('<div class="paywall"><p>Subscribe to read the rest.</p></div>', "a paywall mark"),
        ('<aside aria-label="newsletter promotion"><p>Every Friday.</p></aside>', "asks to subscribe"),
        ('<p>[See also: <a href="/x">The weir that two armies guard</a>]</p>', "another article"),
        ('<div class="donate-cta">Keep the letter free.</div>', "asks for money"),
        ('<div class="how-to-cite">Calder, I. (2026)</div>', "how to cite"),
        ('<div class="directMessage button">Message Ines</div>', "a button"),
        ('<div class="relatedcontent">The weir</div>', "other articles"),
        ('<section id="comments"><h2>Comments</h2><p>I agree.</p></section>', "the comments"),
        ('<div class="o-topper-gate-upgrade">Upgrade to a paid plan to unlock it.</div>', "a paywall mark"),
    ],
)
def test_furniture_goes_with_its_reason(html: str, reason: str) -> None:
    assert reason in reason_of(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>We share the river, and we share its floods.</p>",
        '<p>They <span class="share">share</span> the river with two other states.</p>',
        '<h2 id="sharing-the-river">Sharing the river</h2>',
        '<section id="sharing-the-river"><h2>Sharing the river</h2><p>Nobody does.</p></section>',
        '<section aria-label="Sharing the river"><h2>Sharing the river</h2><p>Nobody does.</p></section>',
        '<div aria-label="Share of seats"><table><tr><td>Holm</td><td>4</td></tr></table></div>',
        '<ul><li id="newsletter">The newsletter of the ministry.</li></ul>',
        '<div class="read-content"><p>The gates are on the northern bank.</p></div>',
        '<div class="more-content"><p>The gates are on the northern bank.</p></div>',
        '<p class="paywall" aria-hidden="true">The members of the board have to sign in at the gate.</p>',
        '<div class="paywall-content"><p>The members of the board have to sign in at the gate.</p></div>',
        '<p class="paywall">The gates are on the northern bank and open by hand.</p>',
        '<p>Read more: the minister did, and she found the clause that nobody had <a href="/x">seen</a>.</p>',
        '<figure><img src="a.jpg" alt="x"><figcaption>The roads off Sarn.</figcaption></figure>',
        '<blockquote class="twitter-tweet"><p>All six are safe.</p></blockquote>',
        '<div class="embedded-post-wrap"><a href="/x">The weir</a></div>',
        '<figure class="kg-card kg-bookmark-card"><a href="/x">The weir</a></figure>',
        '<p class="leader">The leader of the board said nothing.</p>',
        '<p class="headline-shared-by-none">A word in the middle of a name.</p>',
        '<aside class="pullquote">Presence is what a ministry can buy.</aside>',
    ],
)
def test_what_is_the_authors_stays(html: str) -> None:
    left, removals = after(html)
    assert removals == ()
    assert left


def test_a_name_proves_nothing_of_most_of_a_page() -> None:
    root = tree_of(f'<body><div class="has-newsletter-sidebar subscribe-layout">{PROSE}</div></body>')
    assert root is not None
    assert remove_widgets(root) == ()
    assert "agreed on nothing" in root.text_content()


@pytest.mark.parametrize("tag", ["main", "article", "body"])
def test_the_article_itself_is_no_furniture_whatever_it_is_called(tag: str) -> None:
    root = tree_of(f'<html><{tag} class="comments-open paywall related-posts">Subscribe. {PROSE}</{tag}></html>')
    assert root is not None
    assert remove_widgets(root) == ()


def test_what_follows_a_widget_stays_in_its_place() -> None:
    root = tree_of('<p>Before <span class="button-wrapper">Share</span> after.</p>')
    assert root is not None
    remove_widgets(root)
    assert " ".join(root.text_content().split()) == "Before after."


@pytest.mark.parametrize(
    "html",
    [
        '<p><span class="dropcap" aria-hidden="true">W</span><span class="sr-only">W</span>hen it rains</p>',
        '<p><span class="sr-only">W</span><span class="dropcap" aria-hidden="true">W</span>hen it rains</p>',
        '<p><span class="sr-only">When</span><span aria-hidden="true"><b>W</b>hen</span> it rains</p>',
    ],
)
def test_what_is_there_for_the_eye_and_for_screen_readers_is_there_once(html: str) -> None:
    root = tree_of(html)
    assert root is not None
    assert remove_widgets(root) == ()
    assert root.text_content().strip() == "When it rains"
    assert root.xpath(".//*[@aria-hidden]") == []


def test_a_button_that_is_a_heading_is_a_heading() -> None:
    assert after("<h3><button>How thick is the ice?</button></h3>") == ("How thick is the ice?", ())


def test_a_widget_in_a_widget_is_told_once_and_the_same_words_too() -> None:
    box = '<div class="subscribe-widget"><div class="subscribe-prompt">Leave your address.</div></div>'
    _, removals = after(box + box)
    assert [removal.text for removal in removals] == ["Leave your address."]


def test_what_nobody_sees_goes_without_a_word() -> None:
    assert after("<script>alert(1)</script><style>p{}</style><template>x</template>") == ("", ())


def test_long_words_are_shortened_at_a_blank() -> None:
    told = shortened("harbour " * 100)
    assert len(told) <= 204
    assert told.endswith("harbour ...")


def test_every_name_has_one_reason_and_could_be_a_class() -> None:
    assert all(name == name.casefold() and " " not in name for name in NAMES)
    assert all(pattern.search("a plain paragraph of words") is None for pattern, _ in WORDS)
