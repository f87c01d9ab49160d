"""A show of three episodes, the newest in the middle, for the tests of the feed."""

from datetime import UTC, datetime

from pipeline.feeds.ledger import podcast_guid
from pipeline.model import ShowLedger
from tests.samples import SHOW, episode, web_file

LEDGER = ShowLedger(podcast_guid=podcast_guid(SHOW.feed_url))
ARTWORK = web_file("feeds/cover-aaaaaaaa.jpg", media_type="image/jpeg")

STRAITS = episode()
GRAIN = episode(
    "grain",
    guid="0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02",
    title="The grain deal & its <quiet> end",
    author="",
    published=datetime(2026, 5, 4, 6, tzinfo=UTC),
    source_url="",
    notes_html='<p>Who pays &amp; who <a href="https://harbour-review.example/?a=1&amp;b=2">waits</a>.</p>',
)
PORTS = episode(
    "ports",
    guid="9b1f7c3e-2f0f-4c57-9a34-0a5c8f2d6e03",
    title="Two ports, one lender",
    published=datetime(2026, 4, 6, 6, tzinfo=UTC),
    source_url="https://harbour-review.example/häfen und mehr",
    chapters=(),
    chapters_file=None,
    transcripts=(),
)
EPISODES = (STRAITS, GRAIN, PORTS)
