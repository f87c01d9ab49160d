"""The reading room with readers that do what goes wrong: what they cost, what is said of it, and what stays whole."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.given import Given
from pipeline.sources.room import Room
from pipeline.sources.room.limits import MOST_MEMORY_BYTES
from pipeline.sources.room.process import ReaderFault
from tests.sources.golden import GIVEN
from tests.sources.room.worker import draft

WORKER = "tests.sources.room.worker"

TOO_LONG = "took longer than 1 second to read"
TOO_MUCH = "needs more than 400 MB of memory"


@pytest.fixture(autouse=True)
def _path_of_workers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker of these tests is found by its name, as the real one is."""
    monkeypatch.setenv("PYTHONPATH", str(root))


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room(WORKER, patience_s=1)
    yield room
    room.close()


def source(folder: Path, *lines: str, name: str = "deeds.txt") -> Source:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return Source(path=path, name=name)


def said(room: Room, source: Source) -> list[str]:
    """What each Post has to say."""
    return [word_of(post) for post in room.read_posts(source)]


def word_of(post: Post) -> str:
    return post.draft.markdown if post.draft else post.why


def test_posts_come_one_by_one_and_whole(room: Room, tmp_path: Path) -> None:
    posts = list(room.read_posts(source(tmp_path, "good", "good")))
    expected = Post(id="0", title="good", date="", kind=PostKind.ARTICLE, draft=draft("good"))
    assert posts[0] == expected
    assert [post.id for post in posts] == ["0", "1"]


def test_an_article_comes_whole(room: Room, tmp_path: Path) -> None:
    article = room.read_article(source(tmp_path, "good"), GIVEN)
    assert (article.title, article.author, article.tags) == ("good", "Ines Calder", ("straits",))
    assert article.published.isoformat() == "2026-03-01T06:00:00+00:00"


def test_one_worker_serves_all(room: Room, tmp_path: Path) -> None:
    first, second = source(tmp_path, "pid", name="1"), source(tmp_path, "pid", "pid", name="2")
    pids = {*said(room, first), *said(room, second), room.read_article(first, GIVEN).title}
    assert len(pids) == 1
    assert pids != {str(os.getpid())}


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("compute", TOO_LONG),
        ("take 500", TOO_MUCH),
        ("take-in-small-pieces", TOO_MUCH),
        ("crash", "crashed the reader (signal 11)"),
        ("kill SIGABRT", "crashed the reader (signal 6)"),
        ("kill SIGKILL", "was stopped by the system, which may be out of memory (signal 9)"),
        ("deepen", "is nested too deeply to be read"),
        ("halve", "holds halves of characters (lone surrogates), which are no text"),
        ("swell 40", "becomes 40 MB when it is read, and 32 MB is the most"),
    ],
)
def test_what_is_too_much_costs_one_post(tmp_path: Path, deed: str, why: str) -> None:
    room = Room(WORKER, patience_s=20 if "small" in deed else 1)
    try:
        posts = list(room.read_posts(source(tmp_path, "good", deed, "good")))
        assert [word_of(post) for post in posts] == ["good", why, "good"]
        assert [post.is_broken for post in posts] == [False, True, False]
        assert (posts[1].title, posts[1].kind, posts[1].draft) == ("post 2", PostKind.OTHER, None)
        with pytest.raises(SourceError, match=r"(?s)^[^\n]*deeds.txt: [^\n]+; split it, [^\n]+$") as caught:
            room.read_article(source(tmp_path, deed), GIVEN)
        assert caught.value.what == why
    finally:
        room.close()


def test_the_first_and_the_last_may_be_the_bad_ones(room: Room, tmp_path: Path) -> None:
    assert said(room, source(tmp_path, "compute", "compute", "good")) == [TOO_LONG, TOO_LONG, "good"]
    assert said(room, source(tmp_path, "good", "compute", "compute")) == ["good", TOO_LONG, TOO_LONG]


def test_a_source_of_which_nothing_comes_is_refused(room: Room, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        said(room, source(tmp_path, "crash"))
    assert (caught.value.what, caught.value.path) == ("crashed the reader (signal 11)", tmp_path / "deeds.txt")


def test_three_in_a_row_end_it_after_what_came_before(room: Room, tmp_path: Path) -> None:
    posts = room.read_posts(source(tmp_path, "good", *["crash", "good"] * 2, *["crash"] * 3, "good"))
    assert [post.is_broken for post in islice(posts, 5)] == [False, True, False, True, False]
    with pytest.raises(SourceError, match="3 posts in a row could not be read, from post 6 on: it crashed"):
        next(posts)


def test_a_source_that_only_kills_is_known_within_ten_seconds_of_computing(tmp_path: Path) -> None:
    room, spent = Room(WORKER), os.times()
    with pytest.raises(SourceError, match="3 posts in a row"):
        said(room, source(tmp_path, *["compute"] * 5))
    room.close()
    now = os.times()
    assert 8 <= now.children_user + now.children_system - spent.children_user - spent.children_system <= 10


def test_only_computing_is_counted(room: Room, tmp_path: Path) -> None:
    assert said(room, source(tmp_path, "sleep 2", "good")) == ["slept", "good"]


def test_a_worker_that_is_silent_is_ended_by_the_clock(tmp_path: Path) -> None:
    room = Room(WORKER, silence_s=2)
    try:
        assert said(room, source(tmp_path, "good", "sleep 60", "good")) == [
            "good",
            "gave no sign of life for 2 seconds",
            "good",
        ]
    finally:
        room.close()


def test_a_source_that_is_silent_from_the_start_is_not_asked_again(tmp_path: Path) -> None:
    room, started = Room(WORKER, silence_s=2), time.monotonic()
    with pytest.raises(SourceError, match=r"deeds\.txt: gave no sign of life for 2 seconds; "):
        said(room, source(tmp_path, "sleep 60", "sleep 60", "good"))
    room.close()
    assert time.monotonic() - started < 60


def test_memory_that_others_left_behind_costs_nobody_a_post(tmp_path: Path) -> None:
    room = Room(WORKER, patience_s=20)  # handing out that much memory is computing time too
    try:
        assert said(room, source(tmp_path, "keep 250", "take 250", "good")) == ["kept", "250000000", "good"]
    finally:
        room.close()


def test_errors_keep_their_class_and_subject(room: Room, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        room.read_article(source(tmp_path, "refuse"), GIVEN)
    error = refused.value
    assert (error.what, error.cure, error.path, error.line) == ("has no title", "write one", Path("straits.md"), 7)
    with pytest.raises(ConfigError, match="--published is no date; write YYYY-MM-DD"):
        room.read_article(source(tmp_path, "refuse-setting"), GIVEN)
    posts = room.read_posts(source(tmp_path, "good", "refuse", "good"))
    assert word_of(next(posts)) == "good"
    with pytest.raises(SourceError, match="has no title"):
        next(posts)


def test_what_is_said_is_one_line_however_much_of_the_source_it_quotes(room: Room, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        room.read_article(source(tmp_path, "refuse-at-length"), GIVEN)
    assert refused.value.what == "opens with " + "`" * 984 + " ..."
    assert refused.value.cure == "close it"


def test_a_bug_is_shown_as_one_with_the_workers_traceback(room: Room, tmp_path: Path) -> None:
    with pytest.raises(ReaderFault, match=r"a bug in reading deeds\.txt") as caught:
        said(room, source(tmp_path, "good", "stumble"))
    (note,) = caught.value.__notes__
    assert "in stumble" in note
    assert "KeyError: 'no such key'" in note
    assert said(room, source(tmp_path, "good")) == ["good"]


def test_a_room_that_does_not_start_says_why() -> None:
    room = Room("tests.sources.room.no_such_worker")
    with pytest.raises(ReaderFault, match="ended with status 1") as caught:
        room.read_article(Source(path=Path("x"), name="x"), GIVEN)
    assert "No module named" in caught.value.__notes__[0]


def test_limits_hold_and_nothing_is_written_run_or_sent(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("before", encoding="utf-8")
    assert said(room, source(tmp_path, "limits")) == [f"{MOST_MEMORY_BYTES} 64 0 0"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        for deed in (f"write {target}", f"write {tmp_path / 'new'}", "run", f"connect {server.getsockname()[1]}"):
            with pytest.raises(ReaderFault) as caught:
                said(room, source(tmp_path, deed))
            assert "the reading room does not do that" in caught.value.__notes__[0]
        with pytest.raises(BlockingIOError):
            server.accept()
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deeds.txt", "target"]


def test_what_a_library_prints_does_not_mix_with_the_answers(room: Room, tmp_path: Path) -> None:
    assert said(room, source(tmp_path, "chatter", "chatter", "good")) == ["said", "said", "good"]


def test_visits_and_articles_mix(room: Room, tmp_path: Path) -> None:
    first = room.read_posts(source(tmp_path, "good", "crash", "limits", "good", name="1"))
    second = room.read_posts(source(tmp_path, "good", "good", "good", name="2"))
    one = source(tmp_path, "good", name="3")
    seen = [(next(first).title, next(second).title, room.read_article(one, GIVEN).title) for _ in range(3)]
    assert seen == [("good", "good", "good"), ("post 2", "good", "good"), ("limits", "good", "good")]
    assert [post.title for post in first] == ["good"]
    assert list(second) == []


def test_a_visit_that_is_left_is_forgotten(room: Room, tmp_path: Path) -> None:
    for _ in range(5):
        visit = room.read_posts(source(tmp_path, "good", "good", "good"))
        next(visit)
        visit.close()  # type: ignore[attr-defined]  # it is a generator
    assert said(room, source(tmp_path, "visits")) == ["1"]


def test_threads_share_it(room: Room, tmp_path: Path) -> None:
    sources = [source(tmp_path, *["good"] * 5, f"sleep 0.0{number}", name=str(number)) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: said(room, one), sources)) == [["good"] * 5 + ["slept"]] * 8


def test_a_file_name_that_is_no_text(room: Room, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    path.write_text("good", encoding="utf-8")
    assert said(room, Source(path=path, name=str(path))) == ["good"]


HOST = f"""
import os, signal, sys, time
from pathlib import Path
from pipeline.sources.draft import Source
from pipeline.sources.room.room import Room
import atexit
signal.signal(signal.SIGINT, signal.default_int_handler)
room = Room("{WORKER}")
atexit.register(room.close)
os.register_at_fork(after_in_child=room.forget)
def said(name):
    return [post.draft.markdown for post in room.read_posts(Source(path=Path(name), name=name))]
"""


def start_host(folder: Path, program: str) -> subprocess.Popen[str]:
    """A program of its own with a room, in a session of its own, as in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", HOST + program],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def has_ended(pid: int) -> bool:
    """Whether the process is gone within 20 seconds."""
    for _ in range(200):
        with suppress(ProcessLookupError, FileNotFoundError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z":
                time.sleep(0.1)
                continue
        return True
    return False


def test_the_worker_ends_with_the_program(tmp_path: Path) -> None:
    source(tmp_path, "pid", name="pid")
    host = start_host(tmp_path, "print(said('pid')[0])")
    out, err = host.communicate(timeout=60)
    assert err == ""
    assert has_ended(int(out))


def test_ctrl_c_ends_the_worker_and_prints_the_programs_traceback_alone(tmp_path: Path) -> None:
    source(tmp_path, "pid", "sleep 60", name="long")
    program = (
        "for post in room.read_posts(Source(path=Path('long'), name='long')): print(post.draft.markdown, flush=True)"
    )
    host = start_host(tmp_path, program)
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    time.sleep(0.3)  # until it waits for the second Post
    os.killpg(host.pid, signal.SIGINT)
    _, err = host.communicate(timeout=60)
    assert err.count("Traceback") == 1
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert has_ended(pid)


def test_a_room_is_whole_after_ctrl_c(tmp_path: Path) -> None:
    source(tmp_path, "pid", "sleep 60", name="long")
    source(tmp_path, "good", name="good")
    program = """
try:
    for post in room.read_posts(Source(path=Path('long'), name='long')): print(post.draft.markdown, flush=True)
except KeyboardInterrupt:
    print(said('good')[0])
"""
    host = start_host(tmp_path, program)
    assert host.stdout is not None
    host.stdout.readline()
    time.sleep(0.3)
    os.killpg(host.pid, signal.SIGINT)
    out, err = host.communicate(timeout=60)
    assert (out.strip(), err) == ("good", "")


def test_the_worker_does_not_outlive_a_killed_program(tmp_path: Path) -> None:
    source(tmp_path, "pid", name="pid")
    host = start_host(tmp_path, "print(said('pid')[0], flush=True); time.sleep(60)")
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    host.kill()
    host.communicate(timeout=60)
    assert has_ended(pid)


def test_a_fork_has_a_worker_of_its_own(tmp_path: Path) -> None:
    source(tmp_path, "pid", name="pid")
    program = """
first = said('pid')[0]
child = os.fork()
if child == 0:
    own = said('pid')[0]
    room.close()
    os._exit(0 if own != first else 1)
_, status = os.waitpid(child, 0)
print(status, said('pid')[0] == first)
"""
    out, err = start_host(tmp_path, program).communicate(timeout=60)
    assert (out.strip(), err) == ("0 True", "")


def test_the_rooms_of_the_program_read_with_the_real_readers(tmp_path: Path) -> None:
    path = tmp_path / "quiet-straits.md"
    path.write_text("---\ntitle: Quiet straits\ndate: 2026-03-01\n---\nAll was quiet.\n", encoding="utf-8")
    room = Room()
    given = Given(default_author="Ines Calder", language="en-GB", publish_time="06:00", show_title="")
    try:
        assert room.read_article(Source(path=path, name="x"), given).body[0].text == "All was quiet."
        assert [post.title for post in room.read_posts(Source(path=path, name="x"))] == ["Quiet straits"]
    finally:
        room.close()
