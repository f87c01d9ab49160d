"""A feed with nothing wrong in it, as text, for tests that break it in one place; and one of many episodes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

#: The moment at which the feeds of the tests are judged.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:psc="http://podlove.org/simple-chapters">
  <channel>
    <title>The Harbour Review</title>
    <link>https://harbour-review.eu/</link>
    <description>Analyses of ports, grain and straits, read by an automated voice.</description>
    <language>en-GB</language>
    <copyright>Ines Calder</copyright>
    <generator>a text editor</generator>
    <lastBuildDate>Mon, 04 May 2026 06:00:00 GMT</lastBuildDate>
    <atom:link rel="self" type="application/rss+xml" href="https://harbour-review.eu/feeds/podcast.xml"/>
    <itunes:author>The Harbour Review</itunes:author>
    <itunes:image href="https://harbour-review.eu/feeds/cover-1a2b3c4d.jpg"/>
    <itunes:category text="News">
      <itunes:category text="Politics"/>
    </itunes:category>
    <itunes:explicit>false</itunes:explicit>
    <itunes:type>episodic</itunes:type>
    <itunes:owner>
      <itunes:name>Ines Calder</itunes:name>
      <itunes:email>desk@harbour-review.eu</itunes:email>
    </itunes:owner>
    <podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
    <podcast:locked owner="desk@harbour-review.eu">yes</podcast:locked>
    <podcast:medium>podcast</podcast:medium>
    <podcast:license>cc-by-4.0</podcast:license>
    <podcast:funding url="https://harbour-review.eu/support">Support the desk</podcast:funding>
    <podcast:person role="author" group="writing">Ines Calder</podcast:person>
    <podcast:txt purpose="ai-content">true</podcast:txt>
    <podcast:updateFrequency rrule="FREQ=WEEKLY">weekly</podcast:updateFrequency>
    <podcast:podroll>
      <podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"/>
    </podcast:podroll>
    <podcast:trailer url="https://harbour-review.eu/episodes/trailer.mp3" type="audio/mpeg" pubdate="Mon, 05 Jan 2026 \
06:00:00 GMT">What to expect</podcast:trailer>
"""

ITEM = """\
    <item>
      <title>{title}</title>
      <link>https://harbour-review.eu/{slug}</link>
      <description>&lt;p&gt;Who pays, and who waits. &lt;a href="https://harbour-review.eu/{slug}"&gt;Read the \
article&lt;/a&gt;&lt;/p&gt;&lt;p&gt;This episode is read by an automated voice.&lt;/p&gt;</description>
      <guid isPermaLink="false">{guid}</guid>
      <pubDate>{date}</pubDate>
      <enclosure url="https://harbour-review.eu/episodes/{slug}.mp3" length="7200451" type="audio/mpeg"/>
      <itunes:duration>600</itunes:duration>
      <itunes:explicit>false</itunes:explicit>
      <itunes:episodeType>full</itunes:episodeType>
      <itunes:image href="https://harbour-review.eu/episodes/{slug}.jpg"/>
      <podcast:transcript url="https://harbour-review.eu/episodes/{slug}.vtt" type="text/vtt" language="en-GB" \
rel="captions"/>
      <podcast:chapters url="https://harbour-review.eu/episodes/{slug}.json" type="application/json+chapters"/>
      <podcast:alternateEnclosure type="audio/mp4" length="5200451" bitrate="64000" title="AAC">
        <podcast:integrity type="sri" value="sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="/>
        <podcast:source uri="https://harbour-review.eu/episodes/{slug}.m4a"/>
      </podcast:alternateEnclosure>
      <podcast:soundbite startTime="73.0" duration="60.0">Who waits</podcast:soundbite>
      <psc:chapters version="1.2">
        <psc:chapter start="00:00:00.000" title="Opening"/>
        <psc:chapter start="00:02:30.500" title="Who pays"/>
        <psc:chapter start="00:07:00.000" title="Who waits" href="https://harbour-review.eu/{slug}"/>
      </psc:chapters>
    </item>
"""

TAIL = """\
  </channel>
</rss>
"""

_FIRST = ITEM.format(
    title="The grain deal &amp; its quiet end",
    slug="grain",
    guid="0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02",
    date="Mon, 04 May 2026 06:00:00 GMT",
)
_SECOND = ITEM.format(
    title="Two ports, one lender",
    slug="ports",
    guid="9b1f7c3e-2f0f-4c57-9a34-0a5c8f2d6e03",
    date="Mon, 06 Apr 2026 06:00:00 +0000",
)

#: Two episodes with all that a feed may say of them.
GOOD = HEAD + _FIRST + _SECOND + TAIL


def large_feed(count: int) -> bytes:
    """The same show with ``count`` episodes, one an hour, and longer notes than most have."""
    newest = datetime(2026, 5, 4, 6, tzinfo=UTC)
    notes = "&lt;p&gt;" + "Grain, ports and straits of the week, and who pays for them. " * 12 + "&lt;/p&gt;&lt;p&gt;"
    items = (
        ITEM.replace("&lt;p&gt;Who", f"{notes}Who").format(
            title=f"The straits at hour {number}",
            slug=f"hour-{number}",
            guid=f"{number:08}-51b5-4d8c-8f2c-5b1c7e1b7a02",
            date=format_datetime(newest - timedelta(hours=count - number), usegmt=True),
        )
        for number in range(count, 0, -1)
    )
    return (HEAD + "".join(items) + TAIL).encode()
