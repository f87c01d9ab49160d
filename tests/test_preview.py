"""The preview as its clients meet it: a real server in a process of its own, and a real podcast client, if any."""

import contextlib
import hashlib
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.preview import content_type, is_published, make_app, serve

BASE = "https://audio.harbour-review.example/"
SOUND = random.Random(7).randbytes(5_000_000)
MP3 = "/episodes/straits/straits-aaaaaaaa.mp3"
FEED = "/feeds/podcast.xml"
PAGE = "/episodes/straits/index.html"
FEED_TEXT = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Harbour Review</title><link>{BASE}</link><description>Ships &amp; straits, café</description>
<atom:link rel="self" type="application/rss+xml" href="{BASE}feeds/podcast.xml"/>
<podcast:guid>{BASE}feeds/podcast.xml</podcast:guid>
<item><title>Why the straits are quiet</title><link>{BASE}straits-article</link>
<guid isPermaLink="false">{BASE}episodes/straits</guid><pubDate>Mon, 02 Mar 2026 06:00:00 +0000</pubDate>
<description>See {BASE}.evil.example and http://audio.harbour-review.example/feeds/x</description>
<enclosure url="{BASE}episodes/straits/straits-aaaaaaaa.mp3" length="{len(SOUND)}" type="audio/mpeg"/></item>
</channel></rss>
"""
PAGE_TEXT = f"<!doctype html><title>Straits</title><p>Subscribe: {BASE}feeds/podcast.xml</p>\n"

SERVE = """
import sys
from pathlib import Path
from pipeline.preview import serve
serve(Path(sys.argv[1]), sys.argv[2], port=int(sys.argv[3]), on_ready=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


def write_show(root: Path) -> Path:
    files = {
        "show.toml": "secret",
        "lexicon.toml": "secret",
        "index.html": "secret",
        ".cache/clip": "secret",
        "seeds/straits.md": "secret",
        "episodes/.straits.mp3.tmp": "secret",
        "episodes/.hidden/index.html": "secret",
        "episodes/straits/episode.json": "secret",
        "feeds/show.json": "secret",
        "feeds/podcast.xml": FEED_TEXT,
        "feeds/index.html": PAGE_TEXT,
        "feeds/cover-aaaaaaaa.jpg": "picture",
        "feeds/style.css": f"/* {BASE}feeds/ */",
        "episodes/straits/index.html": PAGE_TEXT,
        "episodes/straits/straits-aaaaaaaa.vtt": f"WEBVTT\n\n00:00.000 --> 00:01.000\n{BASE}feeds/podcast.xml\n",
        "episodes/straits/straits-aaaaaaaa.srt": "1\n",
        "episodes/straits/straits-aaaaaaaa.chapters.json": "{}",
        "episodes/straits/straits-aaaaaaaa.transcript.json": "{}",
        "episodes/straits/empty.mp3": "",
        "episodes/bare/notes.txt": "notes",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / MP3[1:]).write_bytes(SOUND)
    return root


@contextlib.contextmanager
def running(root: Path, *, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server in a process of its own, and its address; ended as Ctrl-C ends it."""
    command = [sys.executable, "-W", "error", "-c", SERVE, str(root), BASE, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_show(tmp_path_factory.mktemp("show"))


@pytest.fixture(scope="module")
def address(show: Path) -> Iterator[str]:
    with running(show) as (_, url):
        yield url


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


@pytest.fixture(scope="module")
def ask(address: str) -> Callable[..., Answer]:
    """Sends one request as it is, without tidying its path."""

    def send(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=names)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    return send


# What is served


def test_the_root_leads_to_the_show_page(ask) -> None:
    answer = ask("/")
    assert (answer.status, answer.headers["Location"]) == (302, "/feeds/index.html")
    assert ask("/", "HEAD").status == 302


def test_a_folder_leads_to_its_page(ask) -> None:
    answer = ask("/episodes/straits")
    assert 300 <= answer.status < 400
    assert urlsplit(answer.headers["Location"]).path == "/episodes/straits/"
    assert ask("/episodes/straits/").body == ask(PAGE).body


@pytest.mark.parametrize(
    "path",
    [
        "/show.toml",
        "/lexicon.toml",
        "/index.html",
        "/.cache/clip",
        "/seeds/straits.md",
        "/episodes/.straits.mp3.tmp",
        "/episodes/.hidden/index.html",
        "/episodes/.hidden/",
        "/episodes/straits/episode.json",
        "/feeds/show.json",
        "/feeds/SHOW.JSON",
        "/episodes/",
        "/episodes/bare/",
        "/feeds/nothing.xml",
        "/episodes/../show.toml",
        "/feeds/../../show.toml",
        "/feeds/../feeds/podcast.xml",
        "/episodes/%2e%2e/show.toml",
        "/episodes/..%2fshow.toml",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/feeds/..%5c..%5cshow.toml",
        "//etc/passwd",
        "/episodes/straits/%00",
        "/feeds/" + "a" * 300,
    ],
)
def test_nothing_else_is_served(ask, path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_links_that_lead_out_are_not_followed(ask, show: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    links = {
        "feeds/out.txt": tmp_path / "outside.txt",
        "feeds/settings.txt": show / "show.toml",
        "feeds/ledger.txt": show / "feeds" / "show.json",
        "episodes/away": tmp_path,
    }
    for name, target in links.items():
        (show / name).symlink_to(target)
    for path in ("/feeds/out.txt", "/feeds/settings.txt", "/feeds/ledger.txt", "/episodes/away/outside.txt"):
        assert ask(path).status == 404, path


def test_a_link_within_the_web_root_is_followed(ask, show: Path) -> None:
    (show / "feeds" / "latest.mp3").symlink_to(show / MP3[1:])
    assert ask("/feeds/latest.mp3", Range="bytes=0-9").body == SOUND[:10]


@given(
    st.lists(st.sampled_from(["episodes", "feeds", "..", ".cache", "show.json", "x.mp3", "Episode.json"]), max_size=4)
)
def test_only_the_two_folders_are_published(parts: list[str]) -> None:
    expected = (
        parts[:1] in (["episodes"], ["feeds"])
        and not any(part.startswith(".") for part in parts)
        and parts[-1] not in {"show.json", "Episode.json"}
    )
    assert is_published(PurePosixPath("/show", *parts), PurePosixPath("/show")) == expected


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", MP3, FEED])
def test_only_get_and_head(ask, path: str, method: str) -> None:
    answer = ask(path, method)
    assert answer.status == 405
    assert {"GET", "HEAD"} == set(answer.headers["Allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (FEED, "application/rss+xml; charset=utf-8"),
        (MP3, "audio/mpeg"),
        (PAGE, "text/html; charset=utf-8"),
        ("/feeds/cover-aaaaaaaa.jpg", "image/jpeg"),
        ("/feeds/style.css", "text/css; charset=utf-8"),
        ("/episodes/straits/straits-aaaaaaaa.vtt", "text/vtt"),
        ("/episodes/straits/straits-aaaaaaaa.srt", "application/x-subrip"),
        ("/episodes/straits/straits-aaaaaaaa.chapters.json", "application/json+chapters"),
        ("/episodes/straits/straits-aaaaaaaa.transcript.json", "application/json"),
        ("/episodes/bare/notes.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_has_its_type(ask, path: str, expected: str) -> None:
    assert ask(path).headers["Content-Type"] == expected
    assert ask(path, "HEAD").headers["Content-Type"] == expected


def test_an_unknown_ending_is_not_guessed() -> None:
    assert content_type("straits.bin") == "application/octet-stream"
    assert content_type("COVER.JPG") == "image/jpeg"


def test_players_on_other_sites_may_fetch_transcripts_and_chapters_alone(ask) -> None:
    for ending in ("vtt", "srt", "chapters.json", "transcript.json"):
        answer = ask(f"/episodes/straits/straits-aaaaaaaa.{ending}", Origin="https://player.example")
        assert answer.headers["Access-Control-Allow-Origin"] == "*", ending
        again = ask(f"/episodes/straits/straits-aaaaaaaa.{ending}", If_None_Match=answer.headers["ETag"])
        assert (again.status, again.headers["Access-Control-Allow-Origin"]) == (304, "*")
    for path in (FEED, PAGE, MP3):
        assert ask(path, Origin="https://player.example").headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("path", [MP3, FEED, PAGE])
def test_nothing_is_kept_without_asking_again(ask, path: str) -> None:
    assert ask(path).headers["Cache-Control"] == "no-cache"
    assert ask(path, If_None_Match="*").headers["Cache-Control"] == "no-cache"


# HEAD, ranges, validators: for a file as it is and for one made on the way

BOTH = pytest.mark.parametrize("path", [MP3, FEED])


@BOTH
def test_head_says_what_get_gives(ask, path: str) -> None:
    get, head = ask(path), ask(path, "HEAD")
    assert (get.status, head.status, head.body) == (200, 200, b"")
    assert int(get.headers["Content-Length"]) == len(get.body)
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Accept-Ranges", "Cache-Control"):
        assert head.headers[name] == get.headers[name], name
    assert get.headers["Accept-Ranges"] == "bytes"


def test_the_sound_comes_byte_for_byte(ask) -> None:
    answer = ask(MP3)
    assert answer.body == SOUND
    assert not answer.headers["ETag"].startswith("W/")


@BOTH
@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=100-199", slice(100, 200)),
        ("bytes=300-", slice(300, None)),
        ("bytes=-100", slice(-100, None)),
        ("bytes=-999999999", slice(None)),
        ("bytes=10-999999999", slice(10, None)),
        ("Bytes=5-9", slice(5, 10)),
    ],
)
def test_a_range_is_given(ask, path: str, wanted: str, part: slice) -> None:
    whole = ask(path).body
    first, end, _ = part.indices(len(whole))
    for method, body in (("GET", whole[part]), ("HEAD", b"")):
        answer = ask(path, method, Range=wanted)
        assert (answer.status, answer.body) == (206, body)
        assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/{len(whole)}"
        assert int(answer.headers["Content-Length"]) == end - first


@BOTH
def test_a_range_past_the_end_is_not_satisfiable(ask, path: str) -> None:
    length = len(ask(path).body)
    for wanted in (f"bytes={length}-", f"bytes={length + 5}-{length + 9}", "bytes=-0"):
        answer = ask(path, Range=wanted)
        assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{length}"), wanted
    assert ask("/episodes/straits/empty.mp3", Range="bytes=0-").status == 416
    assert ask("/episodes/straits/empty.mp3").status == 200


@BOTH
@pytest.mark.parametrize(
    "wanted", ["pages=1-2", "bytes=9-5", "bytes=", "bytes=-", "bytes=a-b", "bytes", "bytes=" + "9" * 5000 + "-"]
)
def test_a_range_that_says_nothing_is_ignored(ask, path: str, wanted: str) -> None:
    answer = ask(path, Range=wanted)
    assert (answer.status, answer.body) == (200, ask(path).body)


def test_several_ranges_come_in_parts(ask) -> None:
    answer = ask(MP3, Range="bytes=0-9, 100-109")
    assert answer.status == 206
    assert answer.headers["Content-Type"].startswith("multipart/byteranges")
    assert SOUND[:10] in answer.body
    assert SOUND[100:110] in answer.body
    assert int(answer.headers["Content-Length"]) == len(answer.body)


def test_two_ranges_at_the_same_time(ask) -> None:
    half = len(SOUND) // 2
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda wanted: ask(MP3, Range=wanted), (f"bytes=0-{half - 1}", f"bytes={half}-")))
    assert [part.status for part in parts] == [206, 206]
    assert b"".join(part.body for part in parts) == SOUND


@BOTH
def test_what_is_known_is_not_sent_again(ask, path: str) -> None:
    first = ask(path)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If_None_Match": tag}, {"If_None_Match": f'"x", W/{tag}'}, {"If_Modified_Since": date}):
        for method in ("GET", "HEAD"):
            answer = ask(path, method, **headers)
            assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag), headers
    earlier = formatdate(parsedate_to_datetime(date).timestamp() - 60, usegmt=True)
    # If-None-Match counts more than If-Modified-Since.
    for headers in ({"If_None_Match": '"x"', "If_Modified_Since": date}, {"If_Modified_Since": earlier}):
        assert ask(path, **headers).status == 200, headers


@BOTH
def test_a_part_is_only_added_to_the_same_file(ask, path: str) -> None:
    first = ask(path)
    for name in ("ETag", "Last-Modified"):
        assert ask(path, Range="bytes=2-5", If_Range=first.headers[name]).body == first.body[2:6]
    for stale in ('"stale"', "W/" + first.headers["ETag"], "Mon, 02 Mar 2020 06:00:00 GMT"):
        assert ask(path, Range="bytes=2-5", If_Range=stale).status == 200


def test_a_changed_file_has_another_tag(ask, show: Path) -> None:
    for name in ("episodes/straits/changing.mp3", "feeds/changing.xml"):
        (show / name).write_text("one")
        before = ask(f"/{name}").headers["ETag"]
        (show / name).write_text("another")
        answer = ask(f"/{name}", If_None_Match=before)
        assert (answer.status, answer.body) == (200, b"another")


# The preview's own address


def test_the_feed_names_the_preview_and_nothing_else_changes(ask, address: str) -> None:
    expected = FEED_TEXT
    for old in (f"<link>{BASE}</link>", f'href="{BASE}feeds/', f'url="{BASE}episodes/'):
        assert old in expected
        expected = expected.replace(old, old.replace(BASE, address))
    answer = ask(FEED)
    assert answer.body.decode() == expected
    assert f'isPermaLink="false">{BASE}episodes/straits</guid>' in answer.body.decode()
    assert f"<podcast:guid>{BASE}" in answer.body.decode()


def test_pages_name_the_preview(ask, address: str) -> None:
    for path in (PAGE, "/feeds/index.html"):
        assert ask(path).body.decode() == PAGE_TEXT.replace(BASE, address)


def test_other_files_are_left_alone(ask, show: Path) -> None:
    for path in ("/episodes/straits/straits-aaaaaaaa.vtt", "/feeds/style.css"):
        assert BASE.encode() in ask(path).body
        assert ask(path).body == (show / path[1:]).read_bytes()


def test_the_address_is_the_one_by_which_the_client_came(ask) -> None:
    by_name = ask(FEED, Host="localhost:1234")
    assert b'url="http://localhost:1234/episodes/straits/' in by_name.body
    assert by_name.headers["ETag"] != ask(FEED).headers["ETag"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST:9000", "[::1]", "[::1]:8000"])
def test_this_machine_s_names_are_answered(ask, host: str) -> None:
    assert ask(PAGE, Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example",
     "192.168.1.7", "", "localhost:8000/x", "localhost:", "::1"],
)  # fmt: skip
def test_other_names_are_refused(ask, host: str) -> None:
    for path in ("/", PAGE, FEED):
        answer = ask(path, Host=host)
        assert answer.status in {400, 421}
        assert b"Straits" not in answer.body


# The process


def test_a_taken_port_is_a_config_error_with_the_cure(show: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"port {port} of 127\.0\.0\.1 .*another program.*--port N"):
            serve(show, BASE, port=port, on_ready=pytest.fail)


def test_a_port_that_does_not_exist_is_a_config_error(show: Path) -> None:
    with pytest.raises(ConfigError, match=r"no port 70000.*--port N"):
        serve(show, BASE, port=70_000, on_ready=pytest.fail)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "", "::"])
def test_it_serves_this_machine_alone(show: Path, host: str) -> None:
    with pytest.raises(ConfigError, match=r"this machine alone.*--host 127\.0\.0\.1"):
        serve(show, BASE, host=host, port=0, on_ready=pytest.fail)


def test_a_show_that_is_not_there_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--show DIR"):
        make_app(tmp_path / "nowhere", BASE)


@pytest.mark.parametrize("base_url", ["", "/", "audio.harbour-review.example", "file:///srv/show/"])
def test_a_public_address_that_is_none_is_a_config_error(show: Path, base_url: str) -> None:
    with pytest.raises(ConfigError, match=r"show\.toml: base_url .* is no web address"):
        make_app(show, base_url)


def test_ctrl_c_ends_it_cleanly_and_the_port_is_free_again(show: Path) -> None:
    with running(show) as (process, url):
        port = urlsplit(url).port
        assert port
        assert urllib.request.urlopen(url + FEED[1:], timeout=20).status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "ended\n", "")
    with running(show, port=port) as (_, again):
        assert again == url


def test_ctrl_c_does_not_wait_for_a_player_that_has_paused(show: Path) -> None:
    with running(show) as (process, url), socket.create_connection(("127.0.0.1", urlsplit(url).port or 0)) as player:
        player.sendall(f"GET {MP3} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert player.recv(100).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "ended\n", "")
    assert time.monotonic() - started < 10


def test_it_runs_in_a_thread_and_takes_connections_as_soon_as_it_says_so(show: Path) -> None:
    """Daemon: a server in a thread has no Ctrl-C and ends with the tests."""
    ready: list[str] = []
    seen = threading.Event()

    def on_ready(url: str) -> None:
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 0)).close()
        ready.append(url)
        seen.set()

    threading.Thread(target=serve, args=(show, BASE), kwargs={"port": 0, "on_ready": on_ready}, daemon=True).start()
    assert seen.wait(20)
    with urllib.request.urlopen(ready[0], timeout=20) as page:
        assert page.url == ready[0] + "feeds/index.html"


# Podcast clients


def test_a_parser_and_a_download(address: str) -> None:
    with urllib.request.urlopen(address + FEED[1:], timeout=20) as feed:
        parsed = podcastparser.parse(address + FEED[1:], feed)
    enclosure = parsed["episodes"][0]["enclosures"][0]
    with urllib.request.urlopen(enclosure["url"], timeout=20) as sound:
        assert sound.read() == SOUND
    assert enclosure["file_size"] == len(SOUND)
    assert parsed["episodes"][0]["guid"] == f"{BASE}episodes/straits"


@pytest.mark.skipif(shutil.which("gpo") is None, reason="gPodder's gpo is not installed (apt-get install gpodder)")
def test_gpodder_subscribes_and_downloads(address: str, tmp_path: Path) -> None:
    environment = {**os.environ, "GPODDER_HOME": str(tmp_path / "gpodder"), "HOME": str(tmp_path)}
    for command in (["subscribe", address + FEED[1:]], ["update"], ["download"]):
        subprocess.run(["gpo", *command], env=environment, check=True, capture_output=True, timeout=120)
    downloads = list((tmp_path / "gpodder" / "Downloads").rglob("*.mp3"))
    assert [hashlib.sha256(path.read_bytes()).digest() for path in downloads] == [hashlib.sha256(SOUND).digest()]
