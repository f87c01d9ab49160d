"""Any text in any field: the feed is well-formed, and reads back equal after the cleaning that it states."""

import msgspec
from feedgen.entry import FeedEntry
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.feeds.extension.elements import (
    LONGEST_LABEL,
    NAMESPACES,
    Element,
    as_attribute,
    as_text,
    label,
    one_line,
    xml_of,
)
from pipeline.feeds.reading import verify_feed
from pipeline.feeds.writing import write_feed, write_item
from pipeline.model import (
    FeedSettings,
    FeedText,
    Funding,
    Listing,
    Person,
    RemoteShow,
    Season,
    Soundbite,
    UpdateFrequency,
)
from pipeline.notes import carried_text
from tests.feeds.shows import ARTWORK, FULL_EPISODE, FULL_SHOW, LEDGER, STRAITS, TRAILER
from tests.samples import SHOW

#: Text as careless sources have it: control characters, lone surrogates, markup, the end of a CDATA section, names of
#: fields in braces, Arabic and Hebrew with marks of direction.
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                *(
                    "]]>",
                    "<script>",
                    "&amp;",
                    "&",
                    "'",
                    '"',
                    "<!--",
                    "-->",
                    "<item>",
                    "</item>\n",
                    "{title}",
                    "{",
                    "}}",
                ),
                *("\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\u2028", "\ufeff"),
                *("🜁", "👩‍👩‍👧", "\r\n", "\r", "\n", "\t", " ", "بندر", "נמל", "\u200f", "\u202e"),
            ]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=40)
@given(title=HOSTILE, other=HOSTILE, notes=HOSTILE, repeats=st.sampled_from([1, 1, 1000]))
def test_hostile_text_reads_back_as_it_was_meant(title: str, other: str, notes: str, repeats: int) -> None:
    long, link = "A" + title * repeats, "https://harbour-review.example/" + other
    show = msgspec.structs.replace(
        SHOW,
        title=long,
        description="B" + other,
        author="C" + other,
        email=f"d{other}@harbour-review.example",
        link=link,
        copyright=other,
        categories=("News > " + "E" + one_line(other).replace(">", ""),),
        seasons=(Season(number=1, name="F" + other),),
        feed=FeedSettings(
            license="g" + other,
            license_url=link,
            websub_hub=link,
            funding=(Funding(url=link, text="H" + title),),
            persons=(Person(name=long, role=other, group=title, url=link, image=link),),
            update_frequency=UpdateFrequency(text="I" + long, rrule=other),
            podroll=(RemoteShow(feed_guid="J" + other, feed_url=link, title=long),),
            publisher=RemoteShow(feed_guid="K" + title),
            texts=(FeedText(text="L" + long, purpose=other),),
            apple_verify=title,
        ),
    )
    marks = tuple(msgspec.structs.replace(chapter, title=other) for chapter in STRAITS.chapters)
    episode = msgspec.structs.replace(
        FULL_EPISODE,
        title=long,
        author=other,
        notes_html=notes * repeats,
        source_url=link,
        chapters=marks,
        soundbites=(Soundbite(start_ms=0, duration_ms=1, title=long),),
        listing=Listing(season=1, number=1, persons=(Person(name=other, role=title),)),
    )
    trailer = msgspec.structs.replace(TRAILER, title=long)
    data = write_feed(show, LEDGER, episodes=[episode, trailer], artwork=ARTWORK)
    verify_feed(data, show, ledger=LEDGER, episodes=[episode, trailer], artwork=ARTWORK)
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    assert channel.findtext("title") == channel.findtext("item/title") == one_line(long)
    assert (channel.findtext("item[1]/description") or "") == carried_text(notes * repeats)
    assert channel.findtext("podcast:person", namespaces=NAMESPACES) == label(long)
    assert channel.findtext("podcast:txt[last()]", namespaces=NAMESPACES) == carried_text("L" + long).strip()


def test_ten_thousand_characters_read_back() -> None:
    episode = msgspec.structs.replace(STRAITS, title="Ä]]>" * 2500, notes_html="<p>ß</p>" * 1250)
    data = write_feed(SHOW, LEDGER, episodes=[episode], artwork=ARTWORK)
    verify_feed(data, SHOW, ledger=LEDGER, episodes=[episode], artwork=ARTWORK)
    assert etree.fromstring(data).findtext("channel/item/title") == "Ä]]>" * 2500


@given(text=HOSTILE, value=HOSTILE)
@example(text="\r\n\t", value="\r\n\t")
def test_an_element_is_written_as_lxml_writes_it(text: str, value: str) -> None:
    by_lxml = etree.Element("name", {"key": carried_text(value)})
    by_lxml.text = carried_text(text)
    assert f'<name key="{as_attribute(value)}">{as_text(text)}</name>' == (
        etree.tostring(by_lxml, encoding="unicode").replace("/>", "></name>")
    )
    written = xml_of(Element(name="name", attributes={"key": value}, text=text))
    read = etree.fromstring(written)
    assert (read.get("key"), read.text or "") == (carried_text(value), carried_text(text))


@given(text=HOSTILE.map(lambda text: text * 20))
def test_a_label_is_one_line_of_at_most_128_characters(text: str) -> None:
    made = label(text)
    assert len(made) <= LONGEST_LABEL
    assert made == one_line(made)
    assert made == one_line(text) or (made.endswith("…") and one_line(text).startswith(made[:-1]))


@given(title=HOSTILE.map(lambda text: "A" + text), notes=HOSTILE, guid=st.text("{}[]abc&<", min_size=1))
def test_the_skeleton_of_an_item_is_what_feedgen_writes(title: str, notes: str, guid: str) -> None:
    """The writer asks feedgen once for an item with names in place of values; feedgen would have written the same."""
    episode = msgspec.structs.replace(STRAITS, title=title, notes_html=notes, guid=guid)
    entry = FeedEntry()
    entry.title(one_line(title))
    entry.link(href=episode.source_url, rel="alternate")
    entry.description(carried_text(notes))
    entry.guid(guid, permalink=False)
    entry.enclosure(url=SHOW.url(episode.enclosure.file.path), length="1000", type="audio/mpeg")
    by_feedgen = etree.tostring(entry.rss_entry(extensions=False), pretty_print=True, encoding="UTF-8")
    assert write_item(SHOW, episode, artwork=ARTWORK).startswith(by_feedgen.removesuffix(b"</item>\n") + b"  <pubDate>")


def test_the_item_of_a_show_that_says_everything_hangs_on_nothing_else() -> None:
    whole = write_feed(FULL_SHOW, LEDGER, episodes=[FULL_EPISODE, TRAILER], artwork=ARTWORK)
    alone = write_feed(FULL_SHOW, LEDGER, episodes=[FULL_EPISODE], artwork=ARTWORK)
    item = write_item(FULL_SHOW, FULL_EPISODE, artwork=ARTWORK)
    assert item in whole
    assert item in alone
