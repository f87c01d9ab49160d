"""What was fetched before: asked for again only if it has changed, and never mixed up with a failure."""

import json
from pathlib import Path

import pytest

from pipeline.errors import SourceError, StoreError
from pipeline.sources.draft import Source
from pipeline.sources.fetching import Limits, fetch
from tests.sources.fetching.sites import HERE, HTML, PAGE, Answer, Site, site

ETAG = '"edition-1"'
DATE = "Mon, 02 Mar 2026 06:00:00 GMT"
MARKED: Answer = (200, {**HTML, "ETag": ETAG, "Last-Modified": DATE}, PAGE)
UNCHANGED: Answer = (304, {"ETag": ETAG, "Content-Length": ""}, b"")
NEWER = PAGE.replace(b"quiet", b"loud")


def get(url: str, folder: Path) -> Source:
    return fetch(url, folder=folder, is_private_allowed=True, limits=Limits(pauses_s=()), network=HERE)


def conditions(server: Site) -> list[tuple[str | None, str | None]]:
    return [(headers.get("if-none-match"), headers.get("if-modified-since")) for _, headers in server.requests]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_unchanged_page_is_not_sent_again(tmp_path: Path) -> None:
    with site({"/": [MARKED, UNCHANGED]}) as server:
        first = get(server.url(), tmp_path)
        before = first.path.stat()
        second = get(server.url(), tmp_path)
    assert conditions(server) == [(None, None), (ETAG, DATE)]
    assert second == first
    assert second.path.read_bytes() == PAGE
    after = second.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("mark", [{"ETag": ETAG}, {"Last-Modified": DATE}])
def test_one_mark_is_enough(mark: dict[str, str], tmp_path: Path) -> None:
    with site({"/": [(200, {**HTML, **mark}, PAGE), UNCHANGED]}) as server:
        get(server.url(), tmp_path)
        assert get(server.url(), tmp_path).path.read_bytes() == PAGE
    assert conditions(server)[1] == (mark.get("ETag"), mark.get("Last-Modified"))


def test_a_changed_page_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    newer: Answer = (200, {"Content-Type": "text/plain; charset=koi8-r", "ETag": '"edition-2"'}, NEWER)
    with site({"/": [MARKED, newer, UNCHANGED]}) as server:
        get(server.url(), tmp_path)
        second = get(server.url(), tmp_path)
        third = get(server.url(), tmp_path)
    assert conditions(server)[2] == ('"edition-2"', None)
    assert second.path.read_bytes() == NEWER
    assert third == second
    assert second.charset == "koi8-r"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".txt"]


def test_without_a_mark_it_is_sent_again(tmp_path: Path) -> None:
    with site({"/": [(200, HTML, PAGE), (200, HTML, NEWER)]}) as server:
        get(server.url(), tmp_path)
        assert get(server.url(), tmp_path).path.read_bytes() == NEWER
    assert conditions(server)[1] == (None, None)


def test_marks_are_shown_to_nobody_but_who_gave_them(tmp_path: Path) -> None:
    moved: Answer = (302, {"Location": "/there"}, b"")
    with site({"/": [moved, moved, (302, {"Location": "/elsewhere"}, b"")], "/there": [MARKED, UNCHANGED]}) as server:
        server.answers["/elsewhere"] = (200, HTML, NEWER)
        first = get(server.url(), tmp_path)
        assert get(server.url(), tmp_path) == first
        assert get(server.url(), tmp_path).path.read_bytes() == NEWER
    asked = list(zip(server.paths, conditions(server), strict=True))
    assert [path for path, (etag, _) in asked if etag] == ["/there"]


@pytest.mark.parametrize("answer", [(500, {}, b"x"), (404, {}, b"x"), (200, {"Content-Type": "video/mp4"}, b"x")])
def test_a_failure_neither_replaces_nor_serves_what_is_kept(answer: Answer, tmp_path: Path) -> None:
    with site({"/": [MARKED, answer, UNCHANGED]}) as server:
        first = get(server.url(), tmp_path)
        before = files(tmp_path)
        with pytest.raises(SourceError):
            get(server.url(), tmp_path)
        assert files(tmp_path) == before
        assert get(server.url(), tmp_path) == first


def test_an_address_of_its_own_has_a_place_of_its_own(tmp_path: Path) -> None:
    with site({"/a": MARKED, "/a?b": (200, HTML, NEWER)}) as server:
        one, other = get(server.url("/a"), tmp_path), get(server.url("/a?b"), tmp_path)
        again = get(server.url("/a#part"), tmp_path)
    assert one.path != other.path
    assert again.path == one.path
    assert (one.path.read_bytes(), other.path.read_bytes()) == (PAGE, NEWER)


def test_json_is_not_taken_for_the_record_beside_it(tmp_path: Path) -> None:
    body = b'{"db": []}'
    with site({"/": [(200, {"Content-Type": "application/json", "ETag": ETAG}, body), UNCHANGED]}) as server:
        get(server.url(), tmp_path)
        assert get(server.url(), tmp_path).path.read_bytes() == body


@pytest.mark.parametrize("harm", ["body gone", "body changed", "record gone", "record broken", "record of another"])
def test_what_is_not_whole_is_fetched_afresh(harm: str, tmp_path: Path) -> None:
    with site({"/": MARKED}) as server:
        body = get(server.url(), tmp_path).path
        record = next(tmp_path.glob("*.record.json"))
        damage(harm, body=body, record=record)
        assert get(server.url(), tmp_path).path.read_bytes() == PAGE
    assert conditions(server) == [(None, None), (None, None)]


def damage(harm: str, *, body: Path, record: Path) -> None:
    match harm:
        case "body gone":
            body.unlink()
        case "body changed":
            body.write_bytes(NEWER)
        case "record gone":
            record.unlink()
        case "record broken":
            record.write_bytes(record.read_bytes()[:-9])
        case "record of another":
            known = json.loads(record.read_bytes())
            record.write_text(json.dumps({**known, "address": "https://causeway-letter.example/"}), encoding="utf-8")


def test_a_304_out_of_the_blue_is_no_page(tmp_path: Path) -> None:
    with site({"/": [(200, HTML, PAGE), UNCHANGED]}) as server:
        get(server.url(), tmp_path)
        with pytest.raises(SourceError, match="answers with 304 Not Modified instead of the page"):
            get(server.url(), tmp_path)


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "fetched").write_text("a file where the folder should be", encoding="utf-8")
    with site({"/": MARKED}) as server, pytest.raises(StoreError, match="cannot be written"):
        get(server.url(), tmp_path / "fetched")
