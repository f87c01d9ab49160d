"""A page fetched from end to end, and every way in which there is none."""

import gzip
import re
import tracemalloc
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.sources.fetching import Limits, Network
from tests.sources.fetching.sites import HTML, PAGE, Answer, dripping, error_of, get, raw_server, site


def test_a_page_comes_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    headers = {"Content-Type": 'Text/HTML; Charset="windows-1252"'}
    with site({"/old": (301, {"Location": "/new?a=1#top"}, b""), "/new?a=1": (200, headers, PAGE)}) as server:
        url = server.url("/old#part")
        source = get(url, tmp_path / "fetched")
    assert source.path.read_bytes() == PAGE
    assert source.path.parent == tmp_path / "fetched"
    assert source.path.suffix == ".html"
    assert (source.name, source.url) == (url, server.url("/new?a=1"))
    assert source.charset == "windows-1252"


def test_a_site_is_asked_politely_and_told_nothing_else(tmp_path: Path) -> None:
    cookie = {"Set-Cookie": "reader=1; Path=/", "Location": "/page"}
    with site({"/": (302, cookie, b""), "/page": (200, HTML, PAGE)}) as server:
        get(server.url("/"), tmp_path)
    (_, first), (_, second) = server.requests
    assert first == second
    assert first.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert first["host"] == f"harbour-review.example:{server.port}"
    assert first["user-agent"] == f"audio-edition/{__version__} (reads one page at its author's request)"
    assert first["accept"].startswith("text/html")
    assert first["accept-encoding"] == "gzip"
    assert first["connection"] == "close"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_another_host(status: int, tmp_path: Path) -> None:
    with site({"/page": (200, HTML, PAGE)}) as end:
        target = end.url("/page", host="causeway-letter.example")
        with site({"/": (status, {"Location": target}, b"moved")}) as start:
            assert get(start.url(), tmp_path).url == target
    assert end.requests[0][1]["host"] == f"causeway-letter.example:{end.port}"


def test_five_redirects_are_followed_and_six_are_not(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {f"/{step}": (302, {"Location": f"/{step + 1}"}, b"") for step in range(6)}
    with site({**answers, "/6": (200, HTML, PAGE)}) as server:
        assert get(server.url("/1"), tmp_path / "five").url == server.url("/6")
        (tmp_path / "six").mkdir()
        message = error_of(server.url("/0"), tmp_path / "six")
    assert "redirects more than 5 times, the last time to" in message
    assert server.paths.count("/6") == 1


@pytest.mark.parametrize("back", ["/a", "/b", "/c"])
def test_a_circle_is_not_gone_round(back: str, tmp_path: Path) -> None:
    steps = {"/a": "/b", "/b": "/c", "/c": back}
    with site({path: (302, {"Location": target}, b"") for path, target in steps.items()}) as server:
        message = error_of(server.url("/a"), tmp_path)
    assert f"/a redirects in a circle, by way of {server.url(back)};" in message
    assert server.paths == ["/a", "/b", "/c"]


def test_a_redirect_to_a_file_is_not_followed(tmp_path: Path) -> None:
    with site({"/": (302, {"Location": "file:///etc/hosts"}, b"")}) as server:
        assert "redirects to file:///etc/hosts, which is no http" in error_of(server.url(), tmp_path)


@pytest.mark.parametrize(
    "target",
    ["mailto:desk@harbour-review.example", "http:///page", "//", "http://[::1", "http://xn--/", "http://xn--a/"],
)
def test_a_redirect_to_what_httpx_cannot_read_is_told_as_well(target: str, tmp_path: Path) -> None:
    with site({"/": (302, {"Location": target}, b"")}) as server:
        assert error_of(server.url(), tmp_path).startswith(server.url())


def test_a_redirect_to_nowhere_is_no_page(tmp_path: Path) -> None:
    with site({"/": (302, {}, b"somewhere else")}) as server:
        assert "answers with 302 Found instead of the page" in error_of(server.url(), tmp_path)


STATUSES = [
    (202, "answers with 202 Accepted instead of the page", "save the page"),
    (204, "answers with 204 No Content instead of the page", "save the page"),
    (206, "answers with 206 Partial Content instead of the page", "save the page"),
    (300, "answers with 300 Multiple Choices instead of the page", "save the page"),
    (304, "answers with 304 Not Modified instead of the page", "save the page"),
    (401, r"asks for a login \(401\), and no login is possible here", "save the page"),
    (402, r"asks for a payment \(402\)", "save the page"),
    (403, r"refuses to show the page \(403\)", "save the page"),
    (404, r"is not there \(404\)", "check the address"),
    (410, r"was there and has been taken away \(410\)", "check the address"),
    (418, "answers with 418 I'm a teapot instead of the page", "save the page"),
    (429, r"asks to be left alone for now \(429\)", "try again later"),
    (451, r"is withheld for legal reasons \(451\)", "check the address"),
    (500, r"has a fault of its own \(500 Internal Server Error\)", "try again later"),
    (501, r"has a fault of its own \(501 Not Implemented\)", "try again later"),
    (599, r"has a fault of its own \(599\)", "try again later"),
]


@pytest.mark.parametrize(("status", "what", "cure"), STATUSES)
def test_a_status_is_told_in_words(status: int, what: str, cure: str, tmp_path: Path) -> None:
    with site({"/a?key=s3cret": (status, HTML, b"" if status in {204, 304} else PAGE)}) as server:
        message = error_of(server.url("/a?key=s3cret"), tmp_path)
    assert re.fullmatch(rf"{re.escape(server.url('/a?…'))} {what}; .*{cure}.*", message)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("120", "try again in 120 s"),
        ("Mon, 02 Mar 2026 06:30:00 GMT", "try again after 2026-03-02 06:30 UTC"),
        ("soon", "try again later"),
        ("9" * 30, "try again later"),
        ("Mon, 02 Mar 2026 06:30:00 +0900", "try again later"),
        ("Mon, 99 Mar 2026 06:30:00 GMT", "try again later"),
    ],
)
def test_who_asks_to_wait_is_not_asked_again(status: int, said: str, cure: str, tmp_path: Path) -> None:
    with site({"/": (status, {"Retry-After": said}, b"")}) as server:
        assert error_of(server.url(), tmp_path).endswith(f"asks to be left alone for now ({status}); {cure}")
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_moment_of_weakness_is_waited_for(status: int, tmp_path: Path) -> None:
    with site({"/": [(status, {}, b""), (status, {}, b""), (200, HTML, PAGE)]}) as server:
        assert get(server.url(), tmp_path).path.read_bytes() == PAGE
    assert len(server.requests) == 3


def test_a_long_weakness_is_not(tmp_path: Path) -> None:
    with site({"/": (503, {}, b"")}) as server:
        assert "has a fault of its own (503 Service Unavailable)" in error_of(server.url(), tmp_path)
    assert len(server.requests) == 3


TYPES = [
    ("application/pdf", "is a PDF (application/pdf), not a page"),
    ("image/svg+xml; charset=utf-8", "is a picture (image/svg+xml), not a page"),
    ("Audio/MPEG", "is a sound file (audio/mpeg), not a page"),
    ("video/mp4", "is a video (video/mp4), not a page"),
    ("font/woff2", "is a font (font/woff2), not a page"),
    ("text/css", "is a style sheet (text/css), not a page"),
    ("text/javascript", "is a program (text/javascript), not a page"),
]


@pytest.mark.parametrize(("media_type", "what"), TYPES)
def test_what_is_no_page_is_called_by_its_name(media_type: str, what: str, tmp_path: Path) -> None:
    with site({"/": (200, {"Content-Type": media_type}, PAGE)}) as server:
        assert what in error_of(server.url(), tmp_path)


@pytest.mark.parametrize(
    ("media_type", "path", "suffix"),
    [
        ("", "/a", ".page"),
        ("", "/a.epub", ".epub"),
        ("application/octet-stream", "/a.docx", ".docx"),
        ("application/octet-stream", "/a.exe", ".page"),
        ("application/rss+xml", "/feed", ".xml"),
        ("application/json", "/ghost.json", ".json"),
        ("text/plain", "/a.md", ".md"),
        ("text/plain", "/a", ".txt"),
        ("text/html", "/a.md", ".html"),
    ],
)
def test_files_are_named_for_what_they_hold(media_type: str, path: str, suffix: str, tmp_path: Path) -> None:
    with site({path: (200, {"Content-Type": media_type}, PAGE)}) as server:
        source = get(server.url(path), tmp_path)
    assert source.path.suffix == suffix
    assert source.path.read_bytes() == PAGE


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_an_empty_page_is_an_error(body: bytes, tmp_path: Path) -> None:
    with site({"/": (200, HTML, body)}) as server:
        assert "answers with an empty page" in error_of(server.url(), tmp_path)


def test_a_declared_size_is_believed_before_anything_is_read(tmp_path: Path) -> None:
    with site({"/": (200, {**HTML, "Content-Length": "12345678"}, b"")}) as server:
        assert "holds 12.3 MB, and 10 MB is the most for a page" in error_of(server.url(), tmp_path)


def test_an_undeclared_size_is_counted(tmp_path: Path) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with raw_server(dripping(start, drop=b"a" * 500, pause_s=0)) as (port, _):
        limits = Limits(most_bytes=100_000)
        message = error_of(f"http://harbour-review.example:{port}/", tmp_path, limits=limits)
    assert "holds more, and 0.1 MB is the most for a page" in message


LONG = PAGE * 20
AS_SENT: dict[str, Answer] = {
    "with its length": (200, HTML, LONG),
    "until the end": (200, {**HTML, "Content-Length": ""}, LONG),
    "packed": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(LONG, mtime=0)),
}


@pytest.mark.parametrize("answer", AS_SENT.values(), ids=AS_SENT)
def test_the_most_is_counted_to_the_byte(answer: Answer, tmp_path: Path) -> None:
    with site({"/": answer}) as server:
        assert "is the most for a page" in error_of(server.url(), tmp_path, limits=Limits(most_bytes=len(LONG) - 1))
        source = get(server.url(), tmp_path, limits=Limits(most_bytes=len(LONG)))
    assert source.path.read_bytes() == LONG


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
@pytest.mark.parametrize("parts", [1, 2])
def test_a_packed_page_is_unpacked(coding: str, parts: int, tmp_path: Path) -> None:
    middle = len(PAGE) // parts
    packed = gzip.compress(PAGE[:middle]) + (gzip.compress(PAGE[middle:]) if parts == 2 else b"")
    with site({"/": (200, {**HTML, "Content-Encoding": coding}, packed)}) as server:
        assert get(server.url(), tmp_path).path.read_bytes() == PAGE


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    with site({"/": (200, {**HTML, "Content-Encoding": "gzip"}, bomb)}) as server:
        tracemalloc.start()
        try:
            assert "holds more, and 10 MB is the most for a page" in error_of(server.url(), tmp_path)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 35_000_000


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip"])
def test_other_packings_are_not_taken_for_words(coding: str, tmp_path: Path) -> None:
    with site({"/": (200, {**HTML, "Content-Encoding": coding}, PAGE)}) as server:
        assert f"was not asked for ({coding})" in error_of(server.url(), tmp_path)


@pytest.mark.parametrize(
    "packed", [PAGE, gzip.compress(PAGE, mtime=0)[:-4], gzip.compress(PAGE, mtime=0)[:40], b"\x1f\x8b\x08" + b"x" * 40]
)
def test_a_damaged_packing_is_told(packed: bytes, tmp_path: Path) -> None:
    with site({"/": (200, {**HTML, "Content-Encoding": "gzip"}, packed)}) as server:
        assert "is packed with gzip and does not unpack" in error_of(server.url(), tmp_path)


@pytest.mark.parametrize("url", ["ftp://harbour-review.example/a", "http://good.example@127.0.0.1/", "https://0x7f.1/"])
def test_a_faulty_address_asks_nobody(url: str, tmp_path: Path) -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError(f"{host} was looked up")

    error_of(url, tmp_path, network=Network(resolve=resolve))


def test_a_name_in_any_script_is_looked_up_in_ascii(tmp_path: Path) -> None:
    asked = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append((host, port))
        return ("127.0.0.1",)

    with site({"/%C3%A4rger": (200, HTML, PAGE)}) as server:
        url = f"http://Zürich-Brief.example:{server.port}/ärger"
        source = get(url, tmp_path, network=Network(resolve=resolve))
    assert asked == [("xn--zrich-brief-thb.example", server.port)]
    assert server.requests[0][1]["host"] == f"xn--zrich-brief-thb.example:{server.port}"
    assert source.name == url
