"""No false alarm: valid feeds in the manner of other hosts are found to be so, and nothing makes the rules fail."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import FeedError
from pipeline.feeds.document import read_document
from pipeline.model import Severity
from pipeline.rules.document import DOCUMENT_RULES, DocumentFacts
from pipeline.rules.rule import judged
from tests.rules.good_feed import GOOD, NOW, large_feed

#: Whole feeds in the manner of other hosts and programs, written for the tests; see feeds.md, section 6.
FEEDS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "feeds").iterdir())}

#: The warnings that are right about some of them.
RIGHT = {
    "megaphone": {"explicit-former"},
    "squarespace": {"feed-address"},
    "substack": {"explicit-former"},
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_valid_feed_of_another_host_is_found_to_be_one(name: str) -> None:
    found = judged(DOCUMENT_RULES, DocumentFacts(read_document(FEEDS[name].encode()), NOW))
    assert not [finding for finding in found if finding.severity is Severity.ERROR]
    assert {finding.rule for finding in found if finding.severity is Severity.WARNING} == RIGHT.get(name, set())


def test_there_are_feeds_of_many_hosts() -> None:
    assert len(FEEDS) >= 15


@given(data=st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_mutation_of_a_feed_makes_reader_or_rules_fail(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([GOOD, *FEEDS.values()]))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 400)))
        new = data.draw(st.one_of(st.text(max_size=20), st.sampled_from(_PIECES)))
        text = text[:start] + new + text[end:]
    _judge(text.encode(errors="replace"))


#: Every value between tags and quotation marks, one by one, in place of which something else is written.
_PIECES = ["", "0", "-1", "é", "<item>", "<x/>", "&#0;", "]]>", "٣", "1:2:3:4", "[", "http://[", "\x00", '"', "  ", "%"]


@given(value=st.one_of(st.text(max_size=60), st.sampled_from(_PIECES), st.from_regex(r"[0-9:.\-+TZ ]{0,30}")))
@settings(max_examples=40)
@pytest.mark.parametrize("mark", [">false<", "Mon, 04 May 2026 06:00:00 GMT", "7200451", ">600<", "00:02:30.500"])
def test_no_value_makes_the_rules_fail(mark: str, value: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    new = f">{escaped}<" if mark.startswith(">") else escaped
    _judge(GOOD.replace(mark, new).encode(errors="replace"))


@given(value=st.text(max_size=200))
def test_no_address_makes_the_rules_fail(value: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    _judge(GOOD.replace("https://harbour-review.eu", f"https://{escaped}").encode(errors="replace"))


def _judge(data: bytes) -> None:
    try:
        document = read_document(data, address="https://harbour-review.eu/feeds/podcast.xml")
    except FeedError:  # which is an answer; what it says has tests of its own
        return
    for finding in judged(DOCUMENT_RULES, DocumentFacts(document, NOW)):
        assert finding.where
        assert finding.what
        assert finding.cure
        assert "\n" not in finding.where + finding.what + finding.cure


def test_a_large_feed_and_a_flood_of_faults_are_judged_in_seconds() -> None:
    document = read_document(large_feed(500))
    start = time.process_time()
    found = judged(DOCUMENT_RULES, DocumentFacts(document, NOW))
    assert {finding.rule for finding in found} <= {"feed-budget"}
    assert time.process_time() - start < 3  # a tenth of that on most machines
    flood = GOOD.replace("    <itunes:type>", "<podcast:funding/>" * 30_000 + "    <itunes:type>")
    start = time.process_time()
    assert len(judged(DOCUMENT_RULES, DocumentFacts(read_document(flood.encode()), NOW))) == 30_000
    assert time.process_time() - start < 6
