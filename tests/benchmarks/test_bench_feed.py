"""The benchmark of the feed: that its writers say the same, and that it says what it promises."""

import json
import subprocess
import sys
from pathlib import Path

from lxml import etree

from benchmarks.feed_contenders import bare_feedgen, feedgen_with_elements
from benchmarks.many_episodes import ARTWORK, LEDGER, SHOW, made_episodes
from pipeline.feeds.extension.elements import NAMESPACES
from pipeline.feeds.reading import verify_feed
from pipeline.feeds.writing import write_feed


def test_it_prints_ratios_and_promises(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.bench_feed", "--episodes", "40", "--rounds", "2"]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["to_bare"]["bare feedgen"] == {"min": 1.0, "median": 1.0, "max": 1.0}
    assert report["growth_mb"].keys() == {"audio-edition", "bare feedgen", "feedgen with our elements"}
    assert [one["at_most"] for one in report["promises"]] == [1.3, 1.0, 30.0]
    assert all(one["is_kept"] is (one["found"]["median"] <= one["at_most"]) for one in report["promises"])


def test_the_writers_say_the_same_of_each_item() -> None:
    episodes = made_episodes(3)
    ours = write_feed(SHOW, LEDGER, episodes=episodes, artwork=ARTWORK)
    verify_feed(ours, SHOW, ledger=LEDGER, episodes=episodes, artwork=ARTWORK)
    said = [names(ours), names(feedgen_with_elements(episodes)), names(bare_feedgen(episodes))]
    assert said[0] == said[1]
    assert all(theirs < all_ours for all_ours, theirs in zip(said[0], said[2], strict=True))
    notes = etree.fromstring(ours).findtext("channel/item/description")
    assert notes is not None
    assert 550 <= len(notes.encode()) <= 1000


def names(feed: bytes) -> list[set[str]]:
    """The names of the elements of each item, by item."""
    return [{str(child.tag) for child in item} for item in etree.fromstring(feed).iterfind("channel/item", NAMESPACES)]
