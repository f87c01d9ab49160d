"""Each fault alone, seeded into a good feed: the right rule finds it, in the right place, and no other complains."""

import pytest
from msgspec import Struct

from pipeline.feeds.document import read_document
from pipeline.model import Finding, Severity
from pipeline.rules.document import DOCUMENT_RULES, DocumentFacts
from pipeline.rules.rule import judged
from tests.rules.good_feed import GOOD, NOW

FIRST, SECOND = "channel/item[1]", "channel/item[2]"


class Seed(Struct, frozen=True):
    """A good feed with ``new`` for the first ``old`` in it; the fault of ``rule`` is then told at ``where``.

    The line is that of ``mark`` in the broken feed, its first one: by default where the change begins.
    """

    rule: str
    old: str
    new: str
    where: str
    mark: str = ""


def dropped(rule: str, line: str, where: str, mark: str = "  <channel>") -> Seed:
    """A whole element left out; where nothing is, the part that misses it is told."""
    return Seed(rule, line, "", where, mark)


IMAGE = '<itunes:image href="https://harbour-review.eu/feeds/cover-1a2b3c4d.jpg"/>'
CATEGORY = """<itunes:category text="News">
      <itunes:category text="Politics"/>
    </itunes:category>"""
SELF = '<atom:link rel="self" type="application/rss+xml" href="https://harbour-review.eu/feeds/podcast.xml"/>'
SOUND = '<enclosure url="https://harbour-review.eu/episodes/grain.mp3" length="7200451" type="audio/mpeg"/>'
GUID = '<guid isPermaLink="false">0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02</guid>'
DATE = "<pubDate>Mon, 04 May 2026 06:00:00 GMT</pubDate>"
NOTES = "&lt;p&gt;Who pays, and who waits. "
WHOLE_NOTES = GOOD[GOOD.index(NOTES) : GOOD.index("</description>", GOOD.index(NOTES))]
TRANSCRIPT = '<podcast:transcript url="https://harbour-review.eu/episodes/grain.vtt" type="text/vtt"'
CHAPTERS = '<podcast:chapters url="https://harbour-review.eu/episodes/grain.json"'
ITEM = "    <item>"

#: Rules that need more than one change; each has a test below.
OTHERS = {"serial-numbers"}

#: The faults of the issue, and more.
SEEDS = [
    # the document
    Seed("xml-declaration", '<?xml version="1.0" encoding="UTF-8"?>\n', "", "the first line"),
    Seed("xml-encoding", 'encoding="UTF-8"', 'encoding="ISO-8859-1"', "the first line"),
    Seed("rss-version", 'rss version="2.0"', 'rss version="0.92"', "rss (line 2)"),
    Seed("namespace-wrong", "http://www.itunes.com/dtds/", "https://www.itunes.com/dtds/", "rss (line 2)"),
    Seed(
        "namespace-wrong", "https://podcastindex.org/namespace/1.0", "https://podcastindex.org/ns/1.0", "rss (line 2)"
    ),
    Seed("namespace-wrong", "http://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom/", "rss (line 2)"),
    Seed(
        "namespace-former",
        "https://podcastindex.org/namespace/1.0",
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "rss (line 2)",
    ),
    Seed("name-case", DATE, DATE.replace("pubDate", "pubdate"), f"{FIRST}/pubdate"),
    Seed("name-case", IMAGE, IMAGE.replace("image", "Image", 1), "channel/itunes:Image"),
    Seed("name-case", SOUND, SOUND.replace("enclosure", "Enclosure"), f"{FIRST}/Enclosure"),
    Seed("element-twice", "<language>", "<language>de</language><language>", "channel/language[2]", "<language>de"),
    Seed(
        "element-twice",
        "    <podcast:guid>",
        "    <itunes:owner><itunes:email>other@harbour-review.eu</itunes:email></itunes:owner>\n    <podcast:guid>",
        "channel/itunes:owner[2]",
        "    <itunes:owner><itunes:email>",
    ),
    Seed("channel-several", "  </channel>", "  </channel><channel/>", "channel"),
    Seed("item-outside", "  </channel>", "  </channel><item/>", "rss/item (line 85)"),
    # the channel
    dropped("show-title", "<title>The Harbour Review</title>", "channel"),
    Seed("show-title", "<title>The Harbour Review</title>", "<title> </title>", "channel/title"),
    dropped("show-link", "<link>https://harbour-review.eu/</link>", "channel"),
    dropped(
        "show-description",
        "<description>Analyses of ports, grain and straits, read by an automated voice.</description>",
        "channel",
    ),
    Seed(
        "show-description",
        "Analyses of ports, grain and straits, read by an automated voice.",
        '&lt;img alt="an automated voice" src="https://harbour-review.eu/a.jpg"/&gt;',
        "channel/description",
    ),
    Seed("show-description", "Analyses of ports", "Häfen " * 600, "channel/description"),
    dropped("show-language", "<language>en-GB</language>", "channel"),
    Seed("show-language", "<language>en-GB", "<language>English", "channel/language"),
    Seed("show-language", "<language>en-GB", "<language>en_GB", "channel/language"),
    Seed("show-language", "<language>en-GB", "<language>xx", "channel/language"),
    Seed("language-region", "<language>en-GB", "<language>en-UK", "channel/language"),
    dropped("explicit-missing", "<itunes:explicit>false</itunes:explicit>", "channel"),
    Seed("explicit-former", "<itunes:explicit>false", "<itunes:explicit>no", "channel/itunes:explicit"),
    Seed("explicit-former", "<itunes:explicit>false", "<itunes:explicit>yes", "channel/itunes:explicit"),
    Seed("explicit-former", "<itunes:explicit>false", "<itunes:explicit>clean", "channel/itunes:explicit"),
    Seed("explicit-value", "<itunes:explicit>false", "<itunes:explicit>maybe", "channel/itunes:explicit"),
    dropped("show-author", "<itunes:author>The Harbour Review</itunes:author>", "channel"),
    dropped("category-missing", CATEGORY, "channel"),
    Seed("category-unknown", 'category text="News"', 'category text="news"', "channel/itunes:category"),
    Seed("category-unknown", 'category text="News"', 'category text="Journalism"', "channel/itunes:category"),
    Seed("category-unknown", 'text="Politics"', 'text="politics"', "channel/itunes:category/itunes:category"),
    Seed("category-unknown", 'text="Politics"', 'text="Chemistry"', "channel/itunes:category/itunes:category"),
    Seed(
        "category-ignored",
        "    <itunes:explicit>",
        '    <itunes:category text="buisness"/>\n    <itunes:explicit>',
        "channel/itunes:category[2]",
        '    <itunes:category text="buis',
    ),
    dropped("artwork-missing", IMAGE, "channel"),
    Seed("artwork-missing", IMAGE, "<itunes:image/>", "channel/itunes:image"),
    Seed("artwork-ending", "cover-1a2b3c4d.jpg", "cover-1a2b3c4d.gif", "channel/itunes:image"),
    Seed("artwork-ending", "cover-1a2b3c4d.jpg", "cover-1a2b3c4d.webp?v=2", "channel/itunes:image"),
    Seed("show-type", ">episodic<", ">series<", "channel/itunes:type"),
    Seed(
        "owner-email", "<itunes:email>desk@harbour-review.eu", "<itunes:email>desk", "channel/itunes:owner/itunes:email"
    ),
    Seed(
        "date-build",
        "<lastBuildDate>Mon, 04 May 2026 06:00:00 GMT",
        "<lastBuildDate>2026-05-04",
        "channel/lastBuildDate",
    ),
    # addresses
    dropped("feed-address", SELF, "channel"),
    Seed(
        "feed-address",
        "https://harbour-review.eu/feeds/podcast.xml",
        "/feeds/podcast.xml",
        "channel/atom:link",
        "<atom:link",
    ),
    Seed(
        "feed-address", "https://harbour-review.eu/feeds/podcast.xml", "https://old-host.net/rss", "channel/atom:link"
    ),
    Seed("plain-addresses", "episodes/grain.mp3", "episodes/grän.mp3", f"{FIRST}/enclosure"),
    Seed("plain-addresses", "episodes/grain.mp3", "episodes/grain 1.mp3", f"{FIRST}/enclosure"),
    Seed("plain-addresses", "https://harbour-review.eu/episodes/grain.mp3", "/grain.mp3", f"{FIRST}/enclosure"),
    Seed("plain-addresses", "feeds/cover-1a2b3c4d.jpg", "feeds/cover 2.jpg", "channel/itunes:image"),
    Seed("plain-addresses", "episodes/grain.vtt", "episodes/grän.vtt", f"{FIRST}/podcast:transcript"),
    Seed("link-addresses", "<link>https://harbour-review.eu/grain", "<link>/grain", f"{FIRST}/link"),
    Seed("episode-artwork", "episodes/grain.jpg", "episodes/grain.svg", f"{FIRST}/itunes:image"),
    # sound
    dropped("enclosure-missing", SOUND, FIRST, ITEM),
    Seed("enclosure-several", SOUND, SOUND + SOUND.replace("grain", "grain-2"), f"{FIRST}/enclosure[2]", SOUND),
    Seed(
        "enclosure-address",
        'enclosure url="https://harbour-review.eu/episodes/grain.mp3"',
        "enclosure",
        f"{FIRST}/enclosure",
    ),
    Seed("enclosure-length", 'length="7200451" ', "", f"{FIRST}/enclosure", "<enclosure"),
    Seed("enclosure-length", 'length="7200451"', 'length="0"', f"{FIRST}/enclosure"),
    Seed("enclosure-length", 'length="7200451"', 'length="7,2 MB"', f"{FIRST}/enclosure"),
    Seed("enclosure-small", 'length="7200451"', 'length="600"', f"{FIRST}/enclosure"),
    Seed(
        "enclosure-type",
        'type="audio/mpeg"/>\n      <itunes',
        'type="audio/mp3"/>\n      <itunes',
        f"{FIRST}/enclosure",
    ),
    Seed("enclosure-type", ' type="audio/mpeg"/>\n      <itunes', "/>\n      <itunes", f"{FIRST}/enclosure"),
    Seed(
        "enclosure-type",
        'type="audio/mpeg"/>\n      <itunes',
        'type="audio/ogg"/>\n      <itunes',
        f"{FIRST}/enclosure",
    ),
    Seed(
        "enclosure-ending",
        'type="audio/mpeg"/>\n      <itunes',
        'type="audio/x-m4a"/>\n      <itunes',
        f"{FIRST}/enclosure",
    ),
    Seed("enclosure-twice", "episodes/ports.mp3", "episodes/grain.mp3", f"{SECOND}/enclosure"),
    Seed("duration", "<itunes:duration>600", "<itunes:duration>10 minutes", f"{FIRST}/itunes:duration"),
    Seed("duration", "<itunes:duration>600", "<itunes:duration>PT10M", f"{FIRST}/itunes:duration"),
    Seed("duration-form", "<itunes:duration>600", "<itunes:duration>600.5", f"{FIRST}/itunes:duration"),
    Seed("duration-form", "<itunes:duration>600", "<itunes:duration>9:75", f"{FIRST}/itunes:duration"),
    # identity
    dropped("guid-missing", GUID, FIRST, ITEM),
    Seed("guid-missing", GUID, '<guid isPermaLink="false"/>', f"{FIRST}/guid"),
    Seed(
        "guid-several",
        GUID,
        GUID + "\n" + GUID.replace("0d6f", "1d6f"),
        f"{FIRST}/guid[2]",
        GUID.replace("0d6f", "1d6f"),
    ),
    Seed(
        "guid-twice", "9b1f7c3e-2f0f-4c57-9a34-0a5c8f2d6e03", "0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02", f"{SECOND}/guid"
    ),
    Seed("guid-permalink", GUID, GUID.replace(' isPermaLink="false"', ""), f"{FIRST}/guid"),
    Seed("guid-permalink", GUID, GUID.replace("false", "true"), f"{FIRST}/guid"),
    Seed("podcast-guid", "9b024349-ccf0-5f69-a609-6b82873eab3c", "harbour-review", "channel/podcast:guid"),
    # dates
    dropped("date-missing", DATE, FIRST, ITEM),
    Seed("date-form", DATE, "<pubDate>2026-05-04T06:00:00Z</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-form", DATE, "<pubDate>Mo, 04 Mai 2026 06:00:00 GMT</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-form", DATE, "<pubDate>Mon, 04 May 26 06:00:00 GMT</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-form", DATE, "<pubDate>Mon, 04 May 2026 06:00:00 PM GMT</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-form", DATE, "<pubDate>Sun, 31 Feb 2026 06:00:00 GMT</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-zone", DATE, DATE.replace(" GMT", ""), f"{FIRST}/pubDate"),
    Seed("date-zone", DATE, DATE.replace("GMT", "CEST"), f"{FIRST}/pubDate"),
    Seed("date-weekday", DATE, DATE.replace("Mon", "Tue"), f"{FIRST}/pubDate"),
    Seed("date-ahead", DATE, "<pubDate>Mon, 04 May 2037 06:00:00 GMT</pubDate>", f"{FIRST}/pubDate"),
    Seed("date-twice", "Mon, 06 Apr 2026 06:00:00 +0000", "Mon, 04 May 2026 08:00:00 +0200", f"{SECOND}/pubDate"),
    Seed("date-order", "Mon, 06 Apr 2026 06:00:00 +0000", "Tue, 05 May 2026 06:00:00 +0000", f"{SECOND}/pubDate"),
    # words and numbers
    dropped("episode-title", "<title>The grain deal &amp; its quiet end</title>", FIRST, ITEM),
    Seed("episode-title", "The grain deal &amp; its quiet end", " ", f"{FIRST}/title", "<title> "),
    Seed("value-long", "The grain deal", "The grain deal " * 18, f"{FIRST}/title"),
    Seed("title-markup", "The grain deal", "The &lt;b&gt;grain&lt;/b&gt; deal", f"{FIRST}/title"),
    Seed("title-markup", "The grain deal", "&lt;![CDATA[The grain deal]]&gt;", f"{FIRST}/title"),
    Seed("title-markup", "deal &amp; its", "deal &amp;amp; its", f"{FIRST}/title"),
    Seed("episode-type", ">full<", ">special<", f"{FIRST}/itunes:episodeType"),
    Seed(
        "episode-number",
        "<itunes:episodeType>",
        "<itunes:episode>0</itunes:episode><itunes:episodeType>",
        f"{FIRST}/itunes:episode",
    ),
    Seed(
        "episode-number",
        "<itunes:episodeType>",
        "<itunes:season>one</itunes:season><itunes:episodeType>",
        f"{FIRST}/itunes:season",
    ),
    Seed("block-value", "<itunes:type>", "<itunes:block>true</itunes:block><itunes:type>", "channel/itunes:block"),
    # notes
    Seed("notes-empty", WHOLE_NOTES, "", f"{FIRST}/description"),
    Seed("notes-empty", WHOLE_NOTES, "&lt;p&gt;&amp;nbsp;&lt;/p&gt;", f"{FIRST}/description"),
    Seed("notes-long", NOTES, "ü" * 2000 + NOTES, f"{FIRST}/description"),
    Seed("notes-scripts", NOTES, "&lt;script&gt;play()&lt;/script&gt;" + NOTES, f"{FIRST}/description"),
    Seed(
        "notes-scripts",
        NOTES,
        "&lt;iframe src='https://harbour-review.eu/p'&gt;&lt;/iframe&gt;" + NOTES,
        f"{FIRST}/description",
    ),
    Seed("notes-scripts", NOTES, "&lt;p onclick='play()'&gt;" + NOTES, f"{FIRST}/description"),
    Seed("notes-scripts", NOTES, "&lt;a href='javascript:play()'&gt;" + NOTES, f"{FIRST}/description"),
    Seed("notes-links", NOTES, "&lt;a href='/grain'&gt;here&lt;/a&gt;" + NOTES, f"{FIRST}/description"),
    Seed("notes-escaped", WHOLE_NOTES, WHOLE_NOTES.replace("&", "&amp;"), f"{FIRST}/description"),
    # podcasting 2.0
    Seed("locked-value", ">yes</podcast:locked>", ">maybe</podcast:locked>", "channel/podcast:locked"),
    Seed("locked-value", 'owner="desk@harbour-review.eu"', 'owner="the desk"', "channel/podcast:locked"),
    Seed("medium-value", "<podcast:medium>podcast", "<podcast:medium>radio", "channel/podcast:medium"),
    Seed("funding-link", ' url="https://harbour-review.eu/support"', "", "channel/podcast:funding", "<podcast:funding"),
    Seed("person-name", ">Ines Calder</podcast:person>", "/>", "channel/podcast:person"),
    Seed("txt-value", ">true</podcast:txt>", ">partly</podcast:txt>", "channel/podcast:txt"),
    Seed("update-frequency", "FREQ=WEEKLY", "each week", "channel/podcast:updateFrequency"),
    Seed(
        "remote-item", "917393e3-1b1e-5cef-ace4-edaa54e1f810", "causeway", "channel/podcast:podroll/podcast:remoteItem"
    ),
    Seed("trailer-parts", 'pubdate="Mon, 05 Jan 2026 06:00:00 GMT"', "", "channel/podcast:trailer", "<podcast:trailer"),
    Seed("transcript-type", TRANSCRIPT, TRANSCRIPT.replace(' type="text/vtt"', ""), f"{FIRST}/podcast:transcript"),
    Seed("transcript-type", TRANSCRIPT, TRANSCRIPT.replace("text/vtt", "audio/mpeg"), f"{FIRST}/podcast:transcript"),
    Seed("transcript-address", TRANSCRIPT, '<podcast:transcript type="text/vtt"', f"{FIRST}/podcast:transcript"),
    Seed("chapters-address", CHAPTERS, "<podcast:chapters", f"{FIRST}/podcast:chapters"),
    Seed("chapters-type", 'type="application/json+chapters"', 'type="text/plain"', f"{FIRST}/podcast:chapters"),
    Seed(
        "alternate-source",
        '<podcast:source uri="https://harbour-review.eu/episodes/grain.m4a"/>',
        "",
        f"{FIRST}/podcast:alternateEnclosure",
        "<podcast:alternateEnclosure",
    ),
    Seed(
        "alternate-form",
        'alternateEnclosure type="audio/mp4"',
        "alternateEnclosure",
        f"{FIRST}/podcast:alternateEnclosure",
    ),
    Seed("integrity-value", "sha256-47DE", "sha256-7DE", f"{FIRST}/podcast:alternateEnclosure/podcast:integrity"),
    Seed("soundbite-times", 'startTime="73.0"', 'startTime="1:13"', f"{FIRST}/podcast:soundbite"),
    Seed("soundbite-times", 'startTime="73.0"', 'startTime="590.0"', f"{FIRST}/podcast:soundbite"),
    Seed("podcast-block", "<itunes:type>", "<podcast:block>all</podcast:block><itunes:type>", "channel/podcast:block"),
    Seed("podcast-image", "<itunes:type>", "<podcast:image/><itunes:type>", "channel/podcast:image"),
    Seed(
        "podcast-number",
        "<itunes:duration>",
        "<podcast:season>II</podcast:season><itunes:duration>",
        f"{FIRST}/podcast:season",
    ),
    Seed(
        "social-address",
        "<itunes:duration>",
        '<podcast:socialInteract protocol="activitypub"/><itunes:duration>',
        f"{FIRST}/podcast:socialInteract",
    ),
    Seed(
        "spotify-country",
        "<itunes:type>",
        '<s:countryOfOrigin xmlns:s="http://www.spotify.com/ns/rss">gb uk</s:countryOfOrigin><itunes:type>',
        "channel/spotify:countryOfOrigin",
    ),
    # chapters
    Seed("psc-start", "00:02:30.500", "2 min 30", f"{FIRST}/psc:chapters/psc:chapter[2]"),
    Seed(
        "psc-start",
        ' start="00:02:30.500"',
        "",
        f"{FIRST}/psc:chapters/psc:chapter[2]",
        '<psc:chapter title="Who pays"',
    ),
    Seed("psc-title", ' title="Who pays"', "", f"{FIRST}/psc:chapters/psc:chapter[2]"),
    Seed("chapters-order", "00:02:30.500", "00:08:30.500", f"{FIRST}/psc:chapters/psc:chapter[3]", "00:07:00.000"),
    Seed("chapters-late", "00:07:00.000", "00:17:00.000", f"{FIRST}/psc:chapters/psc:chapter[3]"),
]


@pytest.mark.parametrize("seed", SEEDS, ids=[f"{number}-{seed.rule}" for number, seed in enumerate(SEEDS)])
def test_a_seeded_fault_is_found_in_its_place_and_nothing_else(seed: Seed) -> None:
    assert seed.old in GOOD, "the good feed has changed"
    start = GOOD.index(seed.old)
    broken = GOOD[:start] + seed.new + GOOD[start + len(seed.old) :]
    line = broken.count("\n", 0, broken.index(seed.mark) if seed.mark else start) + 1

    found = findings(broken)

    told = [finding for finding in found if finding.severity is not Severity.ADVICE]
    assert [finding.rule for finding in told] == [seed.rule], found
    place = told[0].where.partition(",")[0]
    assert place == (f"{seed.where} (line {line})" if seed.where.startswith("channel") else seed.where)
    assert told[0].what
    assert told[0].cure


def findings(text: str, *, address: str = "") -> tuple[Finding, ...]:
    document = read_document(text.encode(), address=address)
    return judged(DOCUMENT_RULES, DocumentFacts(document, NOW))


def test_a_feed_without_items_is_told_once() -> None:
    start, end = GOOD.index("    <item>"), GOOD.index("  </channel>")
    (found,) = findings(GOOD[:start] + GOOD[end:])
    assert (found.rule, found.severity) == ("episode-missing", Severity.ERROR)
    assert found.where == "channel (line 5)"


def test_the_self_link_is_compared_with_the_address_that_was_asked() -> None:
    (found,) = findings(GOOD, address="https://harbour-review.eu/podcast.xml")
    assert (found.rule, found.where) == ("feed-address", "channel/atom:link (line 13)")
    assert "https://harbour-review.eu/podcast.xml" in found.what
    # Neither encryption nor a last stroke makes another feed of it.
    assert findings(GOOD, address="http://harbour-review.eu/feeds/podcast.xml/") == ()


def test_every_episode_of_a_serial_show_needs_its_number() -> None:
    numbered = GOOD.replace(">episodic<", ">serial<").replace(
        "<itunes:duration>", "<itunes:episode>1</itunes:episode><itunes:duration>", 1
    )
    (found,) = findings(numbered)
    assert (found.rule, found.severity) == ("serial-numbers", Severity.ERROR)
    assert found.where == "channel/item[2] (line 61), “Two ports, one lender”"


@pytest.mark.parametrize(
    ("length", "rule"),
    [(1_000_000, ""), (1_000_001, "feed-budget"), (5_000_000, "feed-budget"), (5_000_001, "feed-limit")],
)
def test_a_large_feed_is_told_of(length: int, rule: str) -> None:
    padded = GOOD.replace("a text editor", "a text editor" + " " * (length - len(GOOD.encode())))
    told = [finding.rule for finding in findings(padded) if finding.severity is not Severity.ADVICE]
    assert told == ([rule] if rule else [])


#: What only could be better: the rule, and what is written for what.
ADVICE = [
    ("name-unknown", "<itunes:type>", "<itunes:catagory/><itunes:type>"),
    ("element-dropped", "<itunes:type>", "<itunes:summary>Ports and grain.</itunes:summary><itunes:type>"),
    ("feed-paged", "<itunes:type>", '<atom:link rel="next" href="https://harbour-review.eu/2.xml"/><itunes:type>'),
    ("category-many", "<itunes:type>", '<itunes:category text="History"/><itunes:category text="Arts"/><itunes:type>'),
    ("owner-hidden", GOOD[GOOD.index("    <itunes:owner>") : GOOD.index("    <podcast:guid>")], ""),
    ("copyright-words", "<copyright>Ines Calder", "<copyright>© 2026 Ines Calder"),
    ("show-disclosure", "read by an automated voice", "and who pays for them"),
    ("address-https", "https://harbour-review.eu/episodes/grain.mp3", "http://harbour-review.eu/episodes/grain.mp3"),
    ("artwork-name", "cover-1a2b3c4d.jpg", "cover"),
    ("feed-moved", "<itunes:type>", "<itunes:new-feed-url>https://causeway.eu/rss</itunes:new-feed-url><itunes:type>"),
    ("address-https-podcasting", "https://harbour-review.eu/support", "http://harbour-review.eu/support"),
    ("enclosure-name", "episodes/grain.mp3", "episodes/grain"),
    ("guid-derived", GUID, '<guid isPermaLink="false">https://harbour-review.eu/episodes/grain.mp3</guid>'),
    ("date-old", "Mon, 06 Apr 2026", "Tue, 06 Apr 1926"),
    ("value-blanks", "<title>The grain", "<title>\n  The grain"),
    ("title-number", "The grain deal", "Episode 4: the grain deal"),
    ("title-show", "The grain deal", "The Harbour Review: the grain deal"),
    ("season-missing", "<itunes:episodeType>", "<itunes:season>1</itunes:season><itunes:episodeType>"),
    ("show-blocked", "<itunes:type>", "<itunes:block>Yes</itunes:block><itunes:type>"),
    ("notes-tags", NOTES, "&lt;marquee&gt;" + NOTES),
    ("notes-http", '&lt;a href="https://', '&lt;a href="http://'),
    ("notes-youtube", NOTES, NOTES + "5 &amp;lt; 6. "),
    (
        "notes-order",
        "<description>&lt;",
        "<content:encoded>&lt;p&gt;Who pays.&lt;/p&gt;</content:encoded><description>\n&lt;",
    ),
    ("notes-two", "<guid", "<content:encoded>&lt;p&gt;Who pays.&lt;/p&gt;</content:encoded><guid"),
    ("license-name", "cc-by-4.0", "All rights reserved"),
    (
        "images-deprecated",
        "<itunes:type>",
        '<podcast:images srcset="https://harbour-review.eu/a.jpg 300w"/><itunes:type>',
    ),
    ("location-form", "<itunes:type>", '<podcast:location geo="59.33,18.07">Stockholm</podcast:location><itunes:type>'),
    ("transcript-missing", GOOD[GOOD.index("      <podcast:transcript") : GOOD.index("      <podcast:chapters")], ""),
    ("chapters-few", '<psc:chapter start="00:00:00.000" title="Opening"/>', ""),
    ("recommended-channel", '<podcast:locked owner="desk@harbour-review.eu">yes</podcast:locked>', ""),
    ("recommended-item", "<itunes:duration>600</itunes:duration>", ""),
    ("recommended-item", "      <itunes:explicit>false</itunes:explicit>\n      <itunes:e", "      <itunes:e"),
    ("generator-missing", "<generator>a text editor</generator>", ""),
    ("item-without-sound", "    <item>", "    <item><title>A text</title></item>\n    <item>"),
]


@pytest.mark.parametrize(("rule", "old", "new"), ADVICE, ids=[rule for rule, _, _ in ADVICE])
def test_what_could_be_better_is_advice_and_no_more(rule: str, old: str, new: str) -> None:
    assert old in GOOD, "the good feed has changed"
    found = findings(GOOD.replace(old, new, 1))
    assert rule in {finding.rule for finding in found}
    assert {finding.severity for finding in found} == {Severity.ADVICE}


def test_every_rule_has_a_seed_of_its_own() -> None:
    tried = {seed.rule for seed in SEEDS} | {rule for rule, _, _ in ADVICE}
    elsewhere = {"episode-missing", "feed-budget", "feed-limit", *OTHERS}
    assert {rule.id for rule in DOCUMENT_RULES} - tried - elsewhere == set()
    assert len({rule.id for rule in DOCUMENT_RULES}) == len(DOCUMENT_RULES)


def test_nothing_is_found_in_the_good_feed() -> None:
    assert findings(GOOD) == ()
    assert findings(GOOD, address="https://harbour-review.eu/feeds/podcast.xml") == ()


def test_there_are_as_many_seeds_as_the_issue_wants() -> None:
    assert len(SEEDS) >= 42
