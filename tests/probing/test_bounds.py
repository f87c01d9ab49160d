"""What a probe asks and does not ask: few requests, few at a time, no more than it needs, and never for ever."""

import time
from collections import Counter

import pytest

from pipeline import __version__
from pipeline.errors import ConfigError
from pipeline.probing import Limits
from pipeline.rules import judged
from pipeline.rules.serving import SERVING_RULES
from tests.probing.host import SOUND, Call, Reply, as_it_is, hosting
from tests.probing.test_serving_faults import QUICK, probed, told, without_ranges


def test_each_kind_takes_its_few_requests() -> None:
    with hosting(episodes=3) as host:
        facts = probed(host.feed_url)
    by_ending = Counter(call.ending for call in host.calls)
    # A sound: first byte, HEAD, marks, middle, end, behind the end. The feed: GET, HEAD, marks. The cover: GET, HEAD.
    assert by_ending == {"mp3": 18, "xml": 3, "jpg": 2, "vtt": 3, "srt": 3, "json": 3}
    assert facts.requests == len(host.calls) == 32


def test_no_more_of_a_sound_than_some_bytes_is_asked_for() -> None:
    with hosting() as host:
        probed(host.feed_url)
    asked = [call for call in host.calls if call.ending == "mp3" and call.method == "GET"]
    size, middle = len(SOUND), len(SOUND) // 2
    ranges = ["bytes=0-0", f"bytes={middle}-{middle + 15}", "bytes=-16", f"bytes={size}-", None]
    assert Counter(call.headers.get("range") for call in asked) == dict.fromkeys(ranges, 2)
    assert all("range" in call.headers or "if-none-match" in call.headers for call in asked)


def test_a_host_that_ignores_ranges_is_not_asked_for_more_of_them() -> None:
    with hosting(lambda c, r: without_ranges(c, r) if c.ending == "mp3" else r) as host:
        facts = probed(host.feed_url)
    assert sum("range" in call.headers for call in host.calls) == 2
    sounds = [served.get for served in facts.others if served.named.address.endswith(".mp3")]
    assert all(get.is_cut for get in sounds)


def test_a_whole_sound_without_end_is_cut_off() -> None:
    def endless(call: Call, reply: Reply) -> Reply:
        return Reply(headers={**reply.headers, "Content-Range": ""}, body=bytes(1000), is_endless=call.method == "GET")

    with hosting(lambda c, r: endless(c, r) if c.ending == "mp3" else r) as host:
        facts = probed(host.feed_url, limits=Limits(answer_s=5))
    assert {served.get.body_bytes <= 200_000 for served in facts.others} == {True}
    assert {finding.rule for finding in told(facts)} >= {"range-ignored"}


def test_few_addresses_are_asked_for_at_once() -> None:
    def slowly(call: Call, reply: Reply) -> Reply:
        return Reply(status=reply.status, headers=reply.headers, body=reply.body, pause_s=0.01)

    with hosting(slowly, episodes=6) as host:
        probed(host.feed_url, limits=Limits(at_once=3))
    assert 1 < host.most_at_once <= 3


def test_who_asks_says_so_and_keeps_no_cookie() -> None:
    def sweet(call: Call, reply: Reply) -> Reply:
        headers = {**reply.headers, "Set-Cookie": "visitor=1"}
        return Reply(status=reply.status, headers=headers, body=reply.body)

    with hosting(sweet) as host:
        probed(host.feed_url)
    assert {call.headers["user-agent"].split(" ")[0] for call in host.calls} == {f"audio-edition/{__version__}"}
    assert not any("cookie" in call.headers for call in host.calls)


@pytest.mark.parametrize(
    ("sample", "asked"),
    [(0, []), (1, [13]), (2, [1, 13]), (3, [1, 7, 13]), (5, [1, 4, 7, 10, 13]), (13, list(range(1, 14)))],
)
def test_a_sample_is_the_newest_the_oldest_and_evenly_between(sample: int, asked: list[int]) -> None:
    with hosting(episodes=13) as host:
        facts = probed(host.feed_url, sample=sample)
    assert sorted({int(call.path[1:-4]) for call in host.calls if call.ending == "mp3"}) == asked
    advice = [finding.what for finding in told(facts) if finding.rule == "sampled"]
    assert (advice == []) == (sample == 13)
    assert sample == 13 or advice[0].startswith(f"{sample} of 13 episodes")


def test_a_fault_that_passes_is_asked_for_once_more_and_not_told() -> None:
    def shaky(call: Call, reply: Reply) -> Reply:
        return Reply(status=503) if call.path == "/1.vtt" and call.count == 1 else reply

    with hosting(shaky) as host:
        assert told(probed(host.feed_url)) == ()
    assert sum(call.path == "/1.vtt" for call in host.calls) == 2


def test_a_fault_that_stays_is_not_asked_for_a_third_time() -> None:
    with hosting(lambda c, r: Reply(status=503) if c.path == "/1.vtt" else r) as host:
        probed(host.feed_url)
    assert sum(call.path == "/1.vtt" for call in host.calls) == 2


def test_whoever_asks_to_be_left_alone_is() -> None:
    busy = Reply(status=503, headers={"Retry-After": "60"})
    with hosting(lambda c, r: busy if c.path == "/1.vtt" else r) as host:
        probed(host.feed_url)
    assert sum(call.path == "/1.vtt" for call in host.calls) == 1


def test_all_of_it_has_an_end() -> None:
    start = time.monotonic()
    limits = Limits(seconds=0.6, answer_s=5)
    with hosting(lambda c, r: Reply(pause_s=3) if c.ending != "xml" else r, episodes=20) as host:
        facts = probed(host.feed_url, limits=limits)
    assert time.monotonic() - start < 3
    assert facts.unasked == 41
    assert [finding.rule for finding in told(facts)] == ["time-up", "sampled"]
    assert "41 of 41 addresses were not asked for, because 0.6 s were over" in told(facts)[0].what


def test_an_address_named_twice_is_asked_for_once() -> None:
    with hosting() as host:
        host.files["/feed.xml"] = host.files["/feed.xml"].replace(b"/2.vtt", b"/1.vtt")
        probed(host.feed_url)
    assert sum(call.path == "/1.vtt" for call in host.calls) == 1


def test_addresses_that_are_none_are_left_to_the_rules_over_the_feed() -> None:
    with hosting() as host:
        text = host.files["/feed.xml"].replace(f"{host.url}/1.vtt".encode(), b"1.vtt")
        host.files["/feed.xml"] = text.replace(f"{host.url}/2.vtt".encode(), b"http://[::1/2.vtt")
        facts = probed(host.feed_url)
    assert not [served for served in facts.others if served.named.address.endswith(".vtt")]
    assert told(facts) == ()


def test_other_forms_and_further_pages_take_one_request_each() -> None:
    with hosting() as host:
        form = '<podcast:alternateEnclosure type="audio/mpeg" length="9"><podcast:source uri="{}/low.mp3"/>'
        page = '<atom:link rel="next" href="{}/page-2.xml"/>'
        text = host.files["/feed.xml"].decode()
        text = text.replace("</item>", f"{form.format(host.url)}</podcast:alternateEnclosure></item>", 1)
        host.files["/feed.xml"] = text.replace("<itunes:author>", f"{page.format(host.url)}<itunes:author>").encode()
        host.files["/low.mp3"] = SOUND
        findings = told(probed(host.feed_url))
    assert [(finding.rule, finding.where.partition(" ")[0]) for finding in findings] == [
        ("not-served", "channel/atom:link"),
        ("length-differs", "channel/item[1]/podcast:source"),
    ]
    assert sum(call.path in {"/low.mp3", "/page-2.xml"} for call in host.calls) == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("feed.xml", "no web address"),
        ("ftp://127.0.0.1/feed.xml", "no web address"),
        ("https:///feed.xml", "no web address"),
        ("https://ines:secret@causeway-letter.net/feed.xml", "name or password"),
    ],
)
def test_what_is_no_address_is_refused_before_any_request(address: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        probed(address)
    assert "secret" not in str(refused.value)


def test_a_negative_sample_is_refused() -> None:
    with hosting(as_it_is) as host, pytest.raises(ConfigError, match="--sample 0 or more"):
        probed(host.feed_url, sample=-1)


def test_nothing_secret_of_an_address_is_shown() -> None:
    with hosting(lambda c, r: Reply(status=404)) as host:
        facts = probed(f"{host.url}/feed.xml?token=hush", limits=QUICK)
    assert not any("hush" in finding.where + finding.what for finding in judged(SERVING_RULES, facts))
