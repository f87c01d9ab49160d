"""What pages embed -> Embeds. The golden pair `embeds` shows what becomes of them."""

import json

import pytest
from lxml.html import fragment_fromstring

from pipeline.sources.html.embeds import Embed, embed_of, frame_of, recording_of

BASE = "https://quay.example/p"


@pytest.mark.parametrize(
    ("src", "title", "attribution", "url"),
    [
        ("https://www.youtube.com/embed/ab-c_123456?rel=0", "", "A video on YouTube", "https://www.youtube.com/watch?v=ab-c_123456"),
        ("https://www.youtube.com/embed/ab-c_123456", "YouTube video player", "A video on YouTube", "https://www.youtube.com/watch?v=ab-c_123456"),
        ("https://www.youtube.com/embed/ab-c_123456", "The pilots", "The pilots on YouTube", "https://www.youtube.com/watch?v=ab-c_123456"),
        ("//player.vimeo.com/video/42?h=1", "Tides", "Tides on Vimeo", "https://vimeo.com/42"),
        ("https://open.spotify.com/embed/episode/a1?x=1", "", "A recording on Spotify", "https://open.spotify.com/episode/a1"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/quay/tides", "", "A recording on SoundCloud", "https://soundcloud.com/quay/tides"),
        ("https://www.google.com/maps/embed?pb=1", "", "A map on Google Maps", "https://www.google.com/maps/embed?pb=1"),
        ("https://charts.quay.example/tolls", "Tolls by year", "Tolls by year on charts.quay.example", "https://charts.quay.example/tolls"),
        ("/widgets/tolls.html", "", "An embedded page on quay.example", "https://quay.example/widgets/tolls.html"),
    ],
)  # fmt: skip
def test_frames_by_the_address_that_a_person_would_open(src: str, title: str, attribution: str, url: str) -> None:
    frame = fragment_fromstring(f'<iframe src="{src}" title="{title}"></iframe>')
    assert frame_of(frame, base=BASE) == Embed(attribution=attribution, url=url)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'src="about:blank"',
        'src="javascript:void(0)"',
        'src="https://www.googletagmanager.com/ns.html?id=1"',
        'src="https://securepubads.g.doubleclick.net/x"',
        'src="https://quay.substack.com/embed"',
        'src="https://quay.example/count" width="1" height="1"',
        'src="http://[broken"',
    ],
)
def test_frames_that_are_nothing_of_an_article(attributes: str) -> None:
    assert frame_of(fragment_fromstring(f"<iframe {attributes}></iframe>"), base=BASE) is None


def test_recordings() -> None:
    video = fragment_fromstring('<video><source src="tides.mp4">Your browser cannot play it.</video>')
    assert recording_of(video, base=BASE) == Embed(attribution="A video", url="https://quay.example/tides.mp4")
    audio = fragment_fromstring('<audio src="blob:x" aria-label="Tides, read aloud"></audio>')
    assert recording_of(audio, base=BASE) == Embed(attribution="Tides, read aloud")


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote class="twitter-tweet"></blockquote>',
        '<div class="tweet" data-attrs="not JSON"></div>',
        '<div class="tweet" data-attrs="[1]"></div>',
        '<div class="embedded-post-wrap" data-attrs="{&quot;title&quot;: 3}"></div>',
        '<figure class="kg-bookmark-card"><a href="/x">y</a></figure>',
        '<figure class="wp-block-embed"><iframe src="https://vimeo.com/1"></iframe></figure>',
        '<p class="tweeted">no embed</p>',
    ],
)
def test_what_only_looks_like_an_embed(html: str) -> None:
    assert embed_of(fragment_fromstring(html), base=BASE) is None


def test_a_post_keeps_the_words_the_name_and_the_address() -> None:
    post = fragment_fromstring(
        '<blockquote class="twitter-tweet"><p>The <a href="#">#tolls</a> rise.<br>Again.<br><br>Why?</p>'
        '— Ines Calder (@ines) <a href="https://x.com/ines/status/5?s=20">1 May</a></blockquote>'
    )
    assert embed_of(post, base=BASE) == Embed(
        attribution="Ines Calder on X",
        url="https://x.com/ines/status/5",
        words=("The #tolls rise. Again.", "Why?"),
    )


@pytest.mark.parametrize(
    ("name", "told", "embed"),
    [
        (
            "twitter-embed",
            {"url": "https://x.com/ines/status/5?s=20", "full_text": "Tolls rise.\nWhy?", "name": "Ines Calder"},
            Embed(attribution="Ines Calder on X", url="https://x.com/ines/status/5", words=("Tolls rise.", "Why?")),
        ),
        (
            "instagram-embed-wrap",
            {"instagram_id": "Ab1", "title": "Ines on Instagram: Tolls rise", "author_name": "@ines"},
            Embed(attribution="@ines on Instagram", url="https://www.instagram.com/p/Ab1/", words=("Tolls rise",)),
        ),
        (
            "bluesky-wrap",
            {"postId": "3k", "authorName": "Ines Calder", "authorHandle": "ines.example", "text": "Tolls rise."},
            Embed(
                attribution="Ines Calder on Bluesky",
                url="https://bsky.app/profile/ines.example/post/3k",
                words=("Tolls rise.",),
            ),
        ),
    ],
)
def test_posts_that_substack_keeps_beside_an_empty_element(name: str, told: dict[str, str], embed: Embed) -> None:
    element = fragment_fromstring(f'<div class="{name}"></div>')
    assert embed_of(element, base=BASE) is None
    element.set("data-attrs", json.dumps(told))
    assert embed_of(element, base=BASE) == embed


def test_a_bookmark_stands_in_the_publication_which_ghost_calls_its_author() -> None:
    card = fragment_fromstring(
        '<figure class="kg-bookmark-card"><a href="/x"><div class="kg-bookmark-title">Pilots</div>'
        '<span class="kg-bookmark-author">The Harbour Review</span>'
        '<span class="kg-bookmark-publisher">Ines Calder</span></a></figure>'
    )
    assert embed_of(card, base=BASE) == Embed(
        attribution="“Pilots” in The Harbour Review", url="https://quay.example/x"
    )
