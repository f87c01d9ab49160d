"""A host that does one thing wrong is told of that one thing: each fault by exactly its rule, in every place it has."""

from collections.abc import Callable

import pytest

from pipeline.model import Finding, Probe, Severity
from pipeline.probing import Limits, Network, probe
from pipeline.progress import Silence
from pipeline.rules import judged
from pipeline.rules.serving import SERVING_RULES
from tests.probing.host import SOUND, VTT, Call, Reply, Spoil, hosting, picture

QUICK = Limits(pause_s=0.01, file_bytes=1_000_000)


def probed(url: str, *, sample: int = 10, limits: Limits = QUICK, network: Network = Network()) -> Probe:  # noqa: B008 - a frozen value
    return probe(url, sample=sample, limits=limits, network=network, progress=Silence())


def told(facts: Probe) -> tuple[Finding, ...]:
    """All but that a server on this computer has no encryption."""
    return tuple(finding for finding in judged(SERVING_RULES, facts) if finding.rule != "plain-http")


def found(spoil: Spoil, *, sample: int = 10, episodes: int = 2) -> tuple[Finding, ...]:
    with hosting(spoil, episodes=episodes) as host:
        return told(probed(host.feed_url, sample=sample))


def with_headers(reply: Reply, **headers: str) -> Reply:
    """With other headers: ``content_type`` is Content-Type, and "" takes one away."""
    named = {name.replace("_", "-").title().replace("Etag", "ETag"): value for name, value in headers.items()}
    return Reply(
        status=reply.status,
        headers={**reply.headers, **named},
        body=reply.body,
    )


def of(endings: str, spoil: Callable[[Call, Reply], Reply]) -> Spoil:
    """``spoil`` for the files with these endings alone."""
    return lambda call, reply: spoil(call, reply) if call.ending in endings.split() else reply


def without_ranges(call: Call, reply: Reply) -> Reply:
    if "range" not in call.headers or call.method != "GET":
        return reply
    return Reply(headers={name: value for name, value in reply.headers.items() if "Range" not in name}, body=SOUND)


def moved(to: str, *, status: int = 302) -> Spoil:
    return lambda call, reply: Reply(status=status, headers={"Location": to})


def head_with(**headers: str) -> Spoil:
    return lambda call, reply: with_headers(reply, **headers) if call.method == "HEAD" else reply


def ranged(change: Callable[[Call, Reply], Reply]) -> Spoil:
    """``change`` for the answers to ranges of the sound."""
    return of("mp3", lambda call, reply: change(call, reply) if "range" in call.headers else reply)


def cover(image: bytes) -> Spoil:
    return of("jpg", lambda call, reply: Reply(headers=reply.headers, body=image))


#: What is wrong, the rule that finds it, how often in a feed of two episodes, and how the answers are spoilt.
FAULTS: list[tuple[str, str, int, Spoil]] = [
    ("HEAD 405", "head-refused", 2, of("mp3", lambda c, r: Reply(status=405) if c.method == "HEAD" else r)),
    (
        "HEAD 405 on the cover",
        "head-refused",
        1,
        of("jpg", lambda c, r: Reply(status=405) if c.method == "HEAD" else r),
    ),
    ("HEAD 405 on the feed", "head-refused", 1, of("xml", lambda c, r: Reply(status=405) if c.method == "HEAD" else r)),
    ("HEAD without length", "head-length", 2, of("mp3", head_with(content_length=""))),
    ("HEAD of another type", "head-differs", 2, of("mp3", head_with(content_type="text/html"))),
    ("HEAD of another length", "head-differs", 2, of("mp3", head_with(content_length="77"))),
    ("HEAD with another ETag", "head-differs", 1, of("xml", head_with(etag='"other"'))),
    ("HEAD without Last-Modified", "head-differs", 1, of("jpg", head_with(last_modified=""))),
    ("no ranges", "range-ignored", 2, of("mp3", without_ranges)),
    (
        "no range from behind",
        "range-ignored",
        2,
        ranged(lambda c, r: without_ranges(c, r) if "=-" in c.headers["range"] else r),
    ),
    (
        "wrong Content-Range",
        "range-wrong",
        2,
        ranged(
            lambda c, r: (
                with_headers(r, content_range="bytes 0-0/9") if "=25" in c.headers["range"] and r.status == 206 else r
            )
        ),
    ),
    (
        "no Content-Range",
        "range-wrong",
        2,
        ranged(lambda c, r: with_headers(r, content_range="") if "=-" in c.headers["range"] else r),
    ),
    (
        "more bytes than asked",
        "range-wrong",
        6,
        ranged(lambda c, r: Reply(status=206, headers=r.headers, body=SOUND) if r.status == 206 else r),
    ),
    (
        "endless part",
        "range-wrong",
        2,
        ranged(
            lambda c, r: (
                Reply(status=206, headers=r.headers, body=SOUND, is_endless=True) if "=-" in c.headers["range"] else r
            )
        ),
    ),
    ("400 to a suffix", "range-wrong", 2, ranged(lambda c, r: Reply(status=400) if "=-" in c.headers["range"] else r)),
    (
        "no 416",
        "range-past-end",
        2,
        ranged(lambda c, r: Reply(status=200, headers=r.headers) if r.status == 416 else r),
    ),
    (
        "sound of no type",
        "served-type",
        2,
        of("mp3", lambda c, r: with_headers(r, content_type="application/octet-stream")),
    ),
    ("feed as HTML", "served-type", 1, of("xml", lambda c, r: with_headers(r, content_type="text/html"))),
    ("transcript as text", "served-type", 2, of("srt", lambda c, r: with_headers(r, content_type="text/plain"))),
    ("cover as PNG", "served-type", 1, of("jpg", lambda c, r: with_headers(r, content_type="image/png"))),
    ("chapters of no type", "served-type", 2, of("json", lambda c, r: with_headers(r, content_type=""))),
    ("no marks", "marks-missing", 2, of("mp3", lambda c, r: with_headers(r, etag="", last_modified=""))),
    ("no marks on the feed", "marks-missing", 1, of("xml", lambda c, r: with_headers(r, etag="", last_modified=""))),
    (
        "marks ignored",
        "marks-ignored",
        1,
        of("xml", lambda c, r: Reply(headers=r.headers, body=b"whole") if r.status == 304 else r),
    ),
    (
        "marks of sounds ignored",
        "marks-ignored",
        2,
        of("mp3", lambda c, r: Reply(headers=r.headers, body=SOUND) if r.status == 304 else r),
    ),
    ("no CORS", "cors", 6, of("vtt srt json", lambda c, r: with_headers(r, access_control_allow_origin=""))),
    (
        "CORS for one site",
        "cors",
        2,
        of("json", lambda c, r: with_headers(r, access_control_allow_origin="https://causeway-letter.net")),
    ),
    ("no Vary", "vary-missing", 1, of("xml", lambda c, r: with_headers(r, vary="Origin"))),
    ("sounds moved", "media-redirect", 1, lambda c, r: moved("/2.mp3")(c, r) if c.path == "/1.mp3" else r),
    ("loop", "redirect-astray", 1, lambda c, r: moved("/1.mp3")(c, r) if c.path == "/1.mp3" else r),
    (
        "redirect to nowhere",
        "redirect-astray",
        1,
        lambda c, r: moved("mailto:ines@causeway-letter.net")(c, r) if c.path == "/1.mp3" else r,
    ),
    (
        "chain without end",
        "redirect-astray",
        1,
        lambda c, r: moved(f"{c.path}x")(c, r) if c.path.startswith("/1.mp3") else r,
    ),
    ("missing", "not-served", 1, lambda c, r: Reply(status=404) if c.path == "/2.mp3" else r),
    ("login", "not-served", 1, of("jpg", lambda c, r: Reply(status=401))),
    ("server's own fault", "not-served", 2, of("vtt", lambda c, r: Reply(status=503))),
    (
        "sound cut short",
        "answer-broken",
        2,
        ranged(
            lambda c, r: (
                Reply(status=206, headers=r.headers, body=r.body, cut_after=3) if "=-" in c.headers["range"] else r
            )
        ),
    ),
    (
        "transcript cut short",
        "answer-broken",
        2,
        of("vtt", lambda c, r: Reply(headers=r.headers, body=r.body, cut_after=9)),
    ),
    (
        "endless transcript",
        "transcript-content",
        2,
        of("vtt", lambda c, r: Reply(headers=r.headers, body=b"word " * 500, is_endless=True)),
    ),
    (
        "no transcript",
        "transcript-content",
        2,
        of("vtt", lambda c, r: Reply(headers={**r.headers, "Content-Encoding": ""}, body=b"<html>")),
    ),
    ("packed badly", "transcript-content", 2, of("srt", lambda c, r: Reply(headers=r.headers, body=b"1\n00 --> 01"))),
    (
        "chapters without times",
        "chapters-content",
        2,
        of("json", lambda c, r: Reply(headers={**r.headers, "Content-Encoding": ""}, body=b'{"chapters": [{}]}')),
    ),
    ("small cover", "artwork-pixels", 1, cover(picture("JPEG", (600, 600)))),
    ("wide cover", "artwork-square", 1, cover(picture("JPEG", (3000, 1400)))),
    ("cover in grey", "artwork-colours", 1, cover(picture("JPEG", (1400, 1400), mode="L"))),
    ("heavy cover", "artwork-bytes", 1, cover(picture("JPEG", (1400, 1400)) + bytes(600_000))),
    ("broken cover", "artwork-missing", 1, cover(picture("JPEG", (1400, 1400))[:3000])),
]


@pytest.mark.parametrize(
    ("rule", "times", "spoil"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_each_fault_is_found_by_its_rule_alone(rule: str, times: int, spoil: Spoil) -> None:
    findings = found(spoil)
    assert [finding.rule for finding in findings] == [rule] * times, findings


@pytest.mark.parametrize(
    "slow", [Reply(pause_s=30), Reply(body=VTT, headers={"Content-Length": "9000"}, trickle_s=0.2)]
)
def test_what_is_slow_to_begin_or_to_end_is_told_of(slow: Reply) -> None:
    with hosting(lambda c, r: slow if c.path == "/1.vtt" else r) as host:
        (finding,) = told(probed(host.feed_url, limits=Limits(answer_s=1.5)))
    assert finding.rule == "answer-late"
    assert "in 1.5 s" in finding.what


def test_a_good_host_is_told_of_its_missing_encryption_alone() -> None:
    with hosting() as host:
        (finding,) = judged(SERVING_RULES, probed(host.feed_url))
    assert (finding.rule, finding.severity) == ("plain-http", Severity.WARNING)
    assert finding.where == f"{host.feed_url} (and 9 more)"


def test_a_feed_unpacked_is_told_of() -> None:
    def plain(call: Call, reply: Reply) -> Reply:
        return Reply(headers={**reply.headers, "Content-Encoding": ""}, body=host.files[call.path])

    with hosting(of("xml", lambda c, r: plain(c, r) if r.status == 200 else r)) as host:
        assert [finding.rule for finding in told(probed(host.feed_url))] == ["feed-unpacked"]


def test_the_length_in_the_feed_is_compared_with_what_is_served() -> None:
    with hosting() as host:
        host.files["/1.mp3"] = SOUND + b"more"
        (finding,) = told(probed(host.feed_url))
    assert finding.rule == "length-differs"
    assert f"{len(SOUND)} bytes, and {len(SOUND) + 4} are served" in finding.what
    assert finding.where.startswith("channel/item[2]/enclosure (line ")
    assert finding.where.endswith(f"{host.url}/1.mp3")


def test_another_self_link_is_told_of() -> None:
    with hosting() as host:
        host.files["/feed.xml"] = host.files["/feed.xml"].replace(b"/feed.xml", b"/old/feed.xml")
        (finding,) = told(probed(host.feed_url))
    assert finding.rule == "feed-address"
    assert f"{host.url}/old/feed.xml" in finding.what


@pytest.mark.parametrize(("status", "words"), [(301, "as the new address"), (302, "ask for both")])
def test_a_feed_that_redirects_is_followed_and_told_of(status: int, words: str) -> None:
    with hosting(lambda c, r: moved("/feed.xml", status=status)(c, r) if c.path == "/old.xml" else r) as host:
        (finding,) = told(probed(f"{host.url}/old.xml"))
    assert finding.rule == "feed-redirect"
    assert f"({status})" in finding.what
    assert words in finding.what
    assert f"{host.url}/feed.xml" in finding.what


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><title>Harbour</title>", "web page"),
        (b"", "empty"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>a & b</title></channel></rss>', "&"),
    ],
)
def test_what_is_no_feed_is_one_finding(body: bytes, words: str) -> None:
    with hosting() as host:
        host.files["/feed.xml"] = body
        (finding,) = told(probed(host.feed_url))
    assert finding.rule == "feed-unreadable"
    assert words in finding.what


def test_a_feed_without_end_is_cut_off() -> None:
    limits = Limits(answer_s=5, feed_bytes=300_000, pause_s=0.01)
    with hosting(
        of(
            "xml",
            lambda c, r: Reply(
                headers={"Content-Type": "text/xml", "ETag": '"1"'}, body=b"<a>" * 5000, is_endless=c.method == "GET"
            ),
        )
    ) as host:
        findings = told(probed(host.feed_url, limits=limits))
    assert [finding.rule for finding in findings if finding.severity is Severity.ERROR] == ["feed-unreadable"]
    assert "0.3 MB" in findings[0].what


def test_a_bomb_is_not_unpacked() -> None:
    with hosting() as host:
        host.files["/feed.xml"] = bytes(10_000_000)
        (finding,) = told(probed(host.feed_url, limits=Limits(feed_bytes=1_000_000)))
    assert finding.rule == "feed-unreadable"
    assert "longer than 1 MB" in finding.what
