"""Any feed judged whole: as a file, at an address, and the preview of this project as its first host."""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import FeedError
from pipeline.judging import judge_address, judge_file
from pipeline.model import Finding, Severity
from pipeline.progress import Silence
from tests.probing.host import CHAPTERS, SOUND, SRT, VTT, Call, Reply, feed, hosting, picture

NOW = datetime(2026, 11, 20, tzinfo=UTC)
BASE = "https://audio.causeway-letter.net"
#: The same as `audio-edition preview` does.
SERVE = """
import sys
from pathlib import Path
from pipeline.preview import serve
serve(Path(sys.argv[1]), sys.argv[2], port=0, on_ready=lambda url: print(url, flush=True))
"""


def worse_than_advice(findings: tuple[Finding, ...]) -> list[str]:
    return sorted({finding.rule for finding in findings if finding.severity is not Severity.ADVICE})


def judged_at(url: str) -> tuple[Finding, ...]:
    return judge_address(url, now=NOW, progress=Silence())


@contextmanager
def preview(root: Path) -> Iterator[str]:
    command = [sys.executable, "-W", "error", "-c", SERVE, str(root), f"{BASE}/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def show_in(root: Path) -> Path:
    """A web root of one episode, as the build writes it."""
    text = feed(BASE, episodes=1).decode().replace(f"{BASE}/1.json", f"{BASE}/episodes/quay/quay.chapters.json")
    for name, place in (("feed.xml", "feeds/podcast.xml"), ("cover.jpg", "feeds/cover.jpg")):
        text = text.replace(f"{BASE}/{name}", f"{BASE}/{place}")
    text = text.replace(f"{BASE}/1.", f"{BASE}/episodes/quay/quay.").partition("<!--")[0]
    files = {
        "feeds/podcast.xml": text.encode(),
        "feeds/cover.jpg": picture("JPEG", (1400, 1400)),
        "episodes/quay/quay.mp3": SOUND,
        "episodes/quay/quay.vtt": VTT,
        "episodes/quay/quay.srt": SRT,
        "episodes/quay/quay.chapters.json": CHAPTERS,
    }
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_the_preview_serves_as_a_host_should(tmp_path: Path) -> None:
    with preview(show_in(tmp_path)) as address:
        findings = judged_at(f"{address}feeds/podcast.xml")
    served = [finding for finding in findings if finding.rule == "plain-http"]
    assert len(served) == 1
    assert served[0].where.endswith("(and 5 more)"), "feed, cover, sound, two transcripts and chapters are served"
    assert {finding.rule for finding in findings} == {"plain-http", "address-https"}


def test_feed_and_host_are_judged_together(tmp_path: Path) -> None:
    with hosting(episodes=1) as host:
        good = set(worse_than_advice(judged_at(host.feed_url)))
        host.files["/feed.xml"] = host.files["/feed.xml"].replace(
            b"<itunes:explicit>false", b"<itunes:explicit>maybe", 1
        )
        host.files.pop("/1.vtt")
        found = judged_at(host.feed_url)
    new = set(worse_than_advice(found)) - good
    assert "not-served" in new
    assert any("explicit" in finding.what or "explicit" in finding.where for finding in found)
    order = list(Severity)
    assert [finding.severity for finding in found] == sorted((one.severity for one in found), key=order.index)


def test_another_self_link_is_one_finding() -> None:
    with hosting(episodes=1) as host:
        host.files["/feed.xml"] = host.files["/feed.xml"].replace(b"/feed.xml", b"/old.xml")
        found = judged_at(host.feed_url)
    assert [finding.rule for finding in found].count("feed-address") == 1


@pytest.mark.parametrize("given", ["old.xml", "feed.xml"])
def test_a_redirected_feed_may_give_either_address_as_its_own(given: str) -> None:
    def moved(call: Call, reply: Reply) -> Reply:
        return Reply(status=301, headers={"Location": "/feed.xml"}) if call.path == "/old.xml" else reply

    with hosting(moved, episodes=1) as host:
        host.files["/feed.xml"] = host.files["/feed.xml"].replace(b"/feed.xml", f"/{given}".encode())
        found = judged_at(f"{host.url}/old.xml")
    rules = [finding.rule for finding in found]
    assert "feed-address" not in rules
    assert "feed-redirect" in rules


def test_what_is_no_feed_is_one_finding_with_its_cure() -> None:
    with hosting(episodes=1) as host:
        host.files["/feed.xml"] = b"<!doctype html><title>The Causeway Letter</title>"
        found = judged_at(host.feed_url)
    (error,) = [finding for finding in found if finding.severity is Severity.ERROR]
    assert error.rule == "feed-unreadable"
    assert "RSS" in error.cure


def test_a_file_is_judged_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(feed(BASE, episodes=2))
    assert [finding for finding in judge_file(path, now=NOW) if finding.severity is Severity.ERROR] == []
    digest = hashlib.sha256(path.read_bytes()).digest()
    path.write_bytes(feed(BASE, episodes=2).replace(b'<itunes:category text="News"/>', b""))
    assert any("category" in finding.rule for finding in judge_file(path, now=NOW))
    assert hashlib.sha256(path.read_bytes()).digest() != digest


def test_a_file_that_is_no_feed_is_one_finding_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b'<?xml version="1.0"?>\n<rss version="2.0"><channel>\n<title>Salt & wind</title></channel></rss>')
    (finding,) = judge_file(path, now=NOW)
    assert (finding.rule, finding.severity) == ("feed-unreadable", Severity.ERROR)
    assert finding.where == f"{path}, line 3"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="cannot be read"):
        judge_file(tmp_path / "feed.xml", now=NOW)
