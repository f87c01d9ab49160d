"""A feed that says anything else than the values do is refused, and the message names the place."""

import re
from copy import deepcopy
from functools import partial

import msgspec
import pytest
from lxml import etree

from pipeline.errors import FeedError
from pipeline.feeds.pages import pages_of, whole_feed
from pipeline.feeds.reading import prove_item, verify_feed, verify_page, verify_pages
from pipeline.feeds.writing import write_feed, write_item, write_page
from tests.feeds.shows import ARTWORK, CASES, EPISODES, LEDGER, STRAITS
from tests.samples import SHOW

GOOD = write_feed(SHOW, LEDGER, episodes=EPISODES, artwork=ARTWORK)

verify = partial(verify_feed, ledger=LEDGER, artwork=ARTWORK)


def test_what_was_written_is_accepted() -> None:
    verify(GOOD, SHOW, episodes=EPISODES)


@pytest.mark.parametrize(
    ("written", "instead", "named"),
    [
        (b'length="1000"', b'length="999"', "enclosure of episode '(grain|ports|straits)'"),
        (b'length="1000"', b'length="0"', "enclosure of episode"),
        (b'type="audio/mpeg"', b'type="audio/mp3"', "enclosure of episode"),
        (b"straits-aaaaaaaa.mp3", b"straits-bbbbbbbb.mp3", "enclosure of episode 'straits'"),
        (b"<title>Two ports, one lender</title>", b"<title>Two ports</title>", "title of episode 'ports'"),
        (
            b"02 Mar 2026 06:00:00 +0000</pubDate>",
            b"03 Mar 2026 06:00:00 +0000</pubDate>",
            "pubDate of episode 'straits'",
        ),
        (b"02 Mar 2026 06:00:00 +0000</pubDate>", b"maerz</pubDate>", "pubDate of episode 'straits'"),
        (
            b"<itunes:duration>422</itunes:duration>",
            b"<itunes:duration>42</itunes:duration>",
            "itunes:duration of episode",
        ),
        (STRAITS.guid.encode(), b"other", "list of GUIDs"),
        (b'isPermaLink="false"', b'isPermaLink="true"', "guid of episode"),
        (b"<title>The Harbour Review</title>", b"<title>The Harbor Review</title>", "title reads"),
        (b"<language>en-GB</language>", b"<language>en</language>", "language reads"),
        (b"/feeds/podcast.xml", b"/feeds/other.xml", "atom:link reads"),
        (b"<itunes:explicit>false", b"<itunes:explicit>no", "itunes:explicit"),
        (b'text="Politics"', b'text="Polemics"', "itunes:category reads"),
        (b"straits-aaaaaaaa.vtt", b"straits-bbbbbbbb.vtt", "podcast:transcript of episode 'straits'"),
        (b"straits-aaaaaaaa.chapters", b"straits-bbbbbbbb.chapters", "podcast:chapters of episode 'straits'"),
        (b'start="00:04:02.031"', b'start="00:04:02.000"', "psc:chapters of episode"),
        (b"Insurers moved first.", b"Insurers moved.", "description of episode"),
        (b"<link>https://harbour-review.example/straits<", b"<link>https://harbour-review.example<", "link of episode"),
    ],
)
def test_a_feed_that_says_something_else_is_refused(written: bytes, instead: bytes, named: str) -> None:
    assert written in GOOD
    with pytest.raises(FeedError, match=named) as caught:
        verify(GOOD.replace(written, instead), SHOW, episodes=EPISODES)
    assert "audio-edition feed" in caught.value.cure


def test_a_lost_episode_is_named() -> None:
    fewer = write_feed(SHOW, LEDGER, episodes=EPISODES[1:], artwork=ARTWORK)
    with pytest.raises(FeedError, match=rf"list of GUIDs reads \[\], not .*{STRAITS.guid}"):
        verify(fewer, SHOW, episodes=EPISODES)


def test_an_episode_too_many_is_refused() -> None:
    with pytest.raises(FeedError, match="list of GUIDs"):
        verify(GOOD, SHOW, episodes=EPISODES[1:])


def test_another_order_is_refused() -> None:
    items = re.findall(rb"<item>\n.*?</item>\n", GOOD, re.DOTALL)
    swapped = GOOD.replace(items[0], b"<!-- -->").replace(items[1], items[0]).replace(b"<!-- -->", items[1])
    with pytest.raises(FeedError, match="list of GUIDs"):
        verify(swapped, SHOW, episodes=EPISODES)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (GOOD[:-20], "not well-formed"),
        (GOOD.replace(b"&lt;", b"<", 1), "not well-formed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "not RSS 2.0"),
        (b"<rss version='2.0'/>", "not RSS 2.0"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FeedError, match=words):
        verify(data, SHOW, episodes=EPISODES)


def test_entities_are_not_expanded() -> None:
    bomb = GOOD.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "Two ports, one lender">]><rss', 1).replace(
        b"<title>Two ports, one lender<", b"<title>&a;<"
    )
    with pytest.raises(FeedError):
        verify(bomb, SHOW, episodes=[msgspec.structs.replace(of, title="Two ports") for of in EPISODES])


def test_links_and_images_of_chapters_are_compared_too() -> None:
    first, second, third = STRAITS.chapters
    chapters = (
        msgspec.structs.replace(first, link="https://treaties.example/?a=1&b=2"),
        msgspec.structs.replace(second, image="episodes/straits/straits-bbbbbbbb.png"),
        third,
    )
    rich = msgspec.structs.replace(STRAITS, chapters=chapters)
    data = write_feed(SHOW, LEDGER, episodes=[rich], artwork=ARTWORK)
    verify(data, SHOW, episodes=[rich])
    for written, instead in (
        (b' href="https://treaties.example/?a=1&amp;b=2"', b""),
        (b"?a=1&amp;b=2", b"?a=1"),
        (b' image="https://audio.harbour-review.example/episodes/straits/straits-bbbbbbbb.png"', b""),
        (b"straits-bbbbbbbb.png", b"straits-cccccccc.png"),
    ):
        assert written in data
        with pytest.raises(FeedError, match="psc:chapters of episode 'straits'"):
            verify(data.replace(written, instead), SHOW, episodes=[rich])


FULL = CASES["full"]
FULL_PAGE = whole_feed(FULL.show, FULL.ledger, episodes=FULL.episodes, artwork=ARTWORK)
FULL_FEED = write_page(FULL_PAGE)


def rewritten(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def without(element: etree._Element) -> None:
    """Takes ``element`` out and leaves the blanks behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def test_whatever_is_lost_changed_or_added_anywhere_is_noticed() -> None:
    verify_page(rewritten(etree.fromstring(FULL_FEED)), FULL_PAGE)  # the reader alone changes nothing
    count = sum(1 for _ in etree.fromstring(FULL_FEED).find("channel").iterdescendants())
    assert count > 100
    for place in range(count):
        for harm in (without, misspelt, doubled, with_another_attribute, with_text_behind):
            tree = etree.fromstring(FULL_FEED)
            element = list(tree.find("channel").iterdescendants())[place]
            harm(element)
            with pytest.raises(FeedError):
                verify_page(rewritten(tree), FULL_PAGE)


def misspelt(element: etree._Element) -> None:
    element.text = (element.text or "") + "x"


def doubled(element: etree._Element) -> None:
    element.addnext(deepcopy(element))


def with_text_behind(element: etree._Element) -> None:
    element.tail = "x" + (element.tail or "")


def with_another_attribute(element: etree._Element) -> None:
    element.set("other", "1")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"<item>\n", b"<!--\n<item>\n"),
        (b"<item>\n", b"<other>\n<item>\n"),
        (b"  <channel>", b'  <channel xmlns="urn:other">'),
        (b"encoding='UTF-8'", b"encoding='ISO-8859-1'"),
        (b"<rss ", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss "),
        (b"http://www.itunes.com/dtds/podcast-1.0.dtd", b"http://www.itunes.com/dtds/podcast-2.0.dtd"),
        (b"  </channel>\n</rss>", b"  </channel>\n<channel/></rss>"),
    ],
)
def test_items_count_only_where_they_stand_in_the_channel(written: bytes, instead: bytes) -> None:
    """Whatever is done around the items, the proof of each by itself would not see it."""
    spoilt = GOOD.replace(written, instead, 1)
    if instead.startswith(b"<!--"):
        spoilt = spoilt.replace(b"  </channel>", b"-->\n  </channel>")
    if instead.startswith(b"<other>"):
        spoilt = spoilt.replace(b"  </channel>", b"</other>\n  </channel>")
    assert spoilt != GOOD
    with pytest.raises(FeedError):
        verify(spoilt, SHOW, episodes=EPISODES)


def test_one_item_is_proven_by_itself() -> None:
    item = write_item(SHOW, STRAITS, artwork=ARTWORK)
    prove_item(item, SHOW, episode=STRAITS, artwork=ARTWORK)
    for spoilt in (b"", item + item, item.replace(b"422", b"421"), item[:-3], b"<title>Alone</title>"):
        with pytest.raises(FeedError, match="episode 'straits'"):
            prove_item(spoilt, SHOW, episode=STRAITS, artwork=ARTWORK)


def test_proven_items_are_only_compared() -> None:
    proven = {one.guid: write_item(SHOW, one, artwork=ARTWORK) for one in EPISODES}
    page = whole_feed(SHOW, LEDGER, episodes=EPISODES, artwork=ARTWORK)
    verify_page(GOOD, page, items=proven)
    # What is said to be proven is taken as such; what the feed has instead of it is not.
    with pytest.raises(FeedError, match="itunes:duration of episode"):
        verify_page(GOOD.replace(b">422<", b">421<"), page, items=proven)
    verify_page(GOOD, page, items={STRAITS.guid: b"something else"})


def test_each_page_must_be_there_and_in_its_order() -> None:
    paged = CASES["paged"]
    pages = pages_of(paged.show, paged.ledger, episodes=paged.episodes, artwork=ARTWORK)
    documents = {page.path: write_page(page) for page in pages}
    verify_pages(documents, pages)
    for wrong in (
        dict(reversed(documents.items())),
        {path: data for path, data in documents.items() if not path.endswith("-1.xml")},
        documents | {"feeds/podcast-1.xml": documents["feeds/podcast-2.xml"]},
        documents | {"feeds/podcast-9.xml": documents["feeds/podcast-2.xml"]},
    ):
        with pytest.raises(FeedError):
            verify_pages(wrong, pages)


def test_the_secret_part_of_an_address_is_in_no_message() -> None:
    private = CASES["private"]
    data = write_feed(private.show, private.ledger, episodes=private.episodes, artwork=ARTWORK)
    with pytest.raises(FeedError, match=r"atom:link reads .*\[token\]") as caught:
        verify(data.replace(b"/podcast.xml", b"/other.xml"), private.show, episodes=private.episodes)
    assert private.show.token not in str(caught.value)
