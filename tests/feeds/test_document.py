"""Any feed as a FeedDocument: names, texts and lines as they stand; and what is no feed refused with its cure."""

import gzip
import json
import time
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import FeedError
from pipeline.feeds.document import LARGEST_BYTES, MOST_MARKS, read_document
from pipeline.model import FeedElement
from tests.rules.good_feed import GOOD, large_feed

BARE = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{}</channel></rss>'


def refused(data: bytes) -> FeedError:
    with pytest.raises(FeedError) as caught:
        read_document(data)
    assert caught.value.cure
    return caught.value


def test_a_feed_is_read_as_it_stands() -> None:
    document = read_document(GOOD.encode(), address="https://harbour-review.eu/feeds/podcast.xml")

    assert document.address == "https://harbour-review.eu/feeds/podcast.xml"
    assert document.length_bytes == len(GOOD.encode())
    assert document.has_declaration
    assert document.encoding == "UTF-8"
    assert document.namespaces["podcast"] == "https://podcastindex.org/namespace/1.0"
    assert document.channel is not None
    assert document.channel.text_of("title") == "The Harbour Review"
    first, second = document.items
    assert first.text_of("title") == "The grain deal & its quiet end"
    assert second.text_of("itunes:duration") == "600"
    transcript = first.first("podcast:transcript")
    assert transcript is not None
    assert transcript.attributes["rel"] == "captions"
    chapters = first.first("psc:chapters")
    assert chapters is not None
    assert [chapter.attributes["title"] for chapter in chapters.all("psc:chapter")] == [
        "Opening",
        "Who pays",
        "Who waits",
    ]


def test_every_line_is_the_one_where_the_element_begins() -> None:
    lines = GOOD.split("\n")
    for element in _all(read_document(GOOD.encode()).root):
        assert f"<{element.name}" in lines[element.line - 1]


def test_lines_stay_right_where_parsers_lose_count() -> None:
    data = large_feed(3000)
    lines = data.decode().split("\n")
    assert len(lines) > 66_000
    for element in _all(read_document(data).root):
        assert f"<{element.name}" in lines[element.line - 1]


def test_comments_cdata_and_instructions_move_no_line_and_no_text() -> None:
    feed = BARE.format("<!-- <item>\n -->\n<title><![CDATA[A <b>\n]]>and <!-- not -->B</title>\n<?x <item> ?>\n<link/>")
    channel = read_document(feed.encode()).channel
    assert channel is not None
    title, link = channel.children
    assert (title.name, title.text, title.line) == ("title", "A <b>\nand B", 4)
    assert (link.name, link.line) == ("link", 7)


def test_names_have_the_usual_prefix_whatever_the_document_calls_them() -> None:
    feed = (
        '<rss version="2.0" xmlns:apple="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="urn:other">'
        '<channel><apple:image href="a"/><x:thing x:to="b"/>'
        '<author xmlns="http://www.itunes.com/dtds/podcast-1.0.dtd">Amaro</author></channel></rss>'
    )
    document = read_document(feed.encode())
    assert document.channel is not None
    assert [child.name for child in document.channel.children] == ["itunes:image", "{urn:other}thing", "itunes:author"]
    assert document.channel.children[1].attributes == {"{urn:other}to": "b"}
    assert not document.has_declaration


@pytest.mark.parametrize(
    "uri", ["https://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.itunes.com/dtds/podcast-1.0.dtd/"]
)
def test_a_namespace_that_is_spelt_wrongly_stays_foreign(uri: str) -> None:
    feed = GOOD.replace("http://www.itunes.com/dtds/podcast-1.0.dtd", uri)
    channel = read_document(feed.encode()).channel
    assert channel is not None
    assert channel.first("itunes:author") is None
    assert channel.text_of(f"{{{uri}}}author") == "The Harbour Review"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read_too(encoding: str) -> None:
    named = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
    feed = BARE.replace("UTF-8", named).format("<title>Häfen</title>")
    document = read_document(feed.encode(encoding))
    assert document.channel is not None
    assert document.channel.text_of("title") == "Häfen"
    assert document.channel.line == 2
    assert document.has_declaration
    assert document.encoding == named


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t", "3 bytes of blanks"),
        (gzip.compress(GOOD.encode()), "gzip"),
        (b"PK\x03\x04rest", "another kind"),
        (b"ID3\x04rest", "another kind"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b'\xef\xbb\xbf  <html lang="en"><p>unclosed', "web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "web page"),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1"}).encode(), "JSON"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "Atom"),
        (b"<feed/>", "Atom"),
        (b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "RSS 1.0"),
        (b"<opml version='2.0'/>", "OPML"),
        (b"<catalogue/>", "<catalogue>"),
        (b"<rss version='2.0'/>", "no <channel>"),
        (b"Just words", "no XML"),
    ],
)
def test_what_is_no_feed_is_called_what_it_is(data: bytes, what: str) -> None:
    assert what in str(refused(data))


@pytest.mark.parametrize(
    ("old", "new", "mark", "what"),
    [
        ("deal &amp; its", "deal & its", "", "an & stands there"),
        ("https://harbour-review.eu/support", "https://harbour-review.eu/?a=1&b=2", "", "an & stands there"),
        ("The grain deal", "The grain\x0b deal", "", "control character, number 11"),
        ("The grain deal", "The grain&#11; deal", "", "control character, number 11"),
        ("The grain deal", "The&nbsp;grain deal", "", "&nbsp; is no entity"),
        ("&lt;p&gt;Who", "<p>Who<br>", "", "<br> of line 40 is closed by </description>"),
        ("</item>", "", "  </channel>", "<item>"),
        ('xmlns:psc="http://podlove.org/simple-chapters"', "", "<psc:chapters", "the prefix psc:"),
        ('url="https://harbour-review.eu/support"', "url=x", "", "quotation marks"),
        ('url="https://harbour-review.eu/support"', 'url="a" url="b"', "", "url twice"),
        ('url="https://harbour-review.eu/support"', 'url="<"', "", "value of an attribute"),
        ("The grain deal", "The grain ]]> deal", "", "]]>"),
        ("<?xml", "\n\n<?xml", "<?xml", "very beginning"),
        ("</rss>", "</rss><rss/>", "", "after the end"),
        ('encoding="UTF-8"', 'encoding="x-harbour"', "", "encoding"),
    ],
)
def test_broken_xml_is_told_with_its_line_and_the_cure(old: str, new: str, mark: str, what: str) -> None:
    assert old in GOOD, "the good feed has changed"
    broken = GOOD.replace(old, new, 1)
    error = refused(broken.encode())
    assert what in error.what
    assert error.line == broken.count("\n", 0, broken.index(mark or new)) + 1


def test_a_feed_that_was_cut_off_is_told_so() -> None:
    error = refused(GOOD[:2500].encode())
    assert "ends in the middle" in error.what or "never closed" in error.what or "no end" in error.what
    assert error.line


def test_bytes_of_another_encoding_are_told_with_their_line() -> None:
    error = refused(GOOD.replace("The grain", "The gräin").encode("iso-8859-1"))
    assert "encoding" in error.what
    assert error.line == 38


LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>',
        "<!DOCTYPE rss [<!ELEMENT rss ANY>]>",
    ],
)
@pytest.mark.parametrize("body", ["", "&l11;", "&x;", '<link a="&l11;"/>'])
def test_entities_are_never_unfolded_or_fetched(doctype: str, body: str) -> None:
    start = time.process_time()
    refused(f'{doctype}<rss version="2.0"><channel>{body}</channel></rss>'.encode())
    assert time.process_time() - start < 2


def test_a_dtd_elsewhere_is_not_fetched_and_its_entities_are_unknown() -> None:
    doctype = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'
    assert read_document(f'{doctype}<rss version="2.0"><channel/></rss>'.encode()).channel is not None
    error = refused(f'{doctype}\n<rss version="2.0"><channel>\n&eacute;</channel></rss>'.encode())
    assert "&eacute;" in error.what
    assert error.line == 3


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<rss><channel>" + b"<a>" * 100_000, "levels deep"),
        (b"<rss><channel><title>" + b"x" * 11_000_000, "longer than 10 MB"),
        (b" " * (LARGEST_BYTES + 1), "blanks"),
        (b"<rss>" + b" " * LARGEST_BYTES, "bytes"),
        (b"<rss><channel>" + b"<a/>" * (MOST_MARKS + 1), "signs of markup"),
        (
            b"<rss " + b" ".join(b"a%d=''" % number for number in range(100_000)) + b"><channel/></rss>",
            "100000 attributes",
        ),
        (b"<rss " + b"a='' " * (MOST_MARKS + 1), "signs of markup"),
    ],
    ids=["deep", "long", "blank", "large", "elements", "attributes", "equals"],
)
def test_floods_are_refused_soon(data: bytes, what: str) -> None:
    start = time.process_time()
    assert what in refused(data).what
    assert time.process_time() - start < 5


def test_a_large_feed_is_read_in_seconds_and_bounded_memory() -> None:
    data = large_feed(1000)
    start = time.process_time()
    document = read_document(data)
    seconds = time.process_time() - start
    assert len(document.items) == 1000
    assert seconds < 3  # a tenth of that on most machines
    tracemalloc.start()
    document = read_document(data)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 12 * len(data)


@given(st.binary(max_size=300))
@example(b"<")
@example(b"\xff\xfe<")
@example(b"<rss><channel>&#xD800;</channel></rss>")
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    for feed in (data, b"<rss><channel>" + data + b"</channel></rss>"):
        try:
            read_document(feed)
        except FeedError:  # the only answer that it may give
            continue


def _all(element: FeedElement) -> list[FeedElement]:
    return [element, *(one for child in element.children for one in _all(child))]
