"""What stops a request, in whatever state it is, and what is left of it afterwards: nothing."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from pipeline.engines.network import Answer, Client, Line, NetworkOptions, Request
from pipeline.errors import EngineError
from tests.engines.network.loopback import Reply, Server, nobody_there, serving


def client_of(**options: Any) -> Client:
    return Client(NetworkOptions(**options), server="the Salka server", explain=lambda answer: None)


def closed_while_asking(line: Line, url: str, *, is_under_way: Callable[[], object]) -> tuple[BaseException, float]:
    """What a running ask() raises when the Line is closed, and how long both of it took."""
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            line.ask(Request(method="POST", url=url, body=b"Amaro"), read=lambda answer: answer)
        except EngineError as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    is_under_way()
    time.sleep(0.05)
    start = time.monotonic()
    line.close()
    thread.join()
    return caught[0], time.monotonic() - start


def names_of_threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


STATES: dict[str, tuple[dict[str, Any], Reply, int]] = {
    "waiting for the answer": ({}, Reply(delay_s=30.0), 1),
    "reading it": ({}, Reply(body=b"sound" * 100, trickle_s=0.1), 1),
    "backing off": ({"first_wait_s": 60.0}, Reply(status=500), 1),
    "held by the server": ({}, Reply(status=429, headers={"Retry-After": "30"}), 1),
    "resting while the server is down": ({"first_wait_s": 0.5, "tries": 100, "at_once": 64}, Reply(status=500), 1),
}


@pytest.mark.parametrize("state", STATES)
def test_closing_ends_a_request_that_is(state: str) -> None:
    options, reply, calls = STATES[state]
    with serving(reply) as server:
        error, seconds = closed_while_asking(
            client_of(**options).line(), server.url, is_under_way=lambda: server.wait_for(calls)
        )
    assert "was not asked any further: the session is closed" in str(error)
    assert seconds < 1.0
    assert "asking the Salka server" not in names_of_threads()


def test_closing_ends_a_request_that_waits_while_the_server_is_down() -> None:
    client = client_of(first_wait_s=0.01, tries=10, at_once=2)
    lines = [client.line(), client.line()]
    with serving(Reply(status=500)) as server:
        first = threading.Thread(target=closed_while_asking, args=(lines[0], server.url), kwargs={"is_under_way": int})

        def is_resting() -> None:
            server.wait_for(10)

        first.start()
        error, seconds = closed_while_asking(lines[1], server.url, is_under_way=is_resting)
        first.join()
    assert isinstance(error, EngineError)
    assert seconds < 1.0


def test_closing_ends_a_request_that_waits_for_its_turn() -> None:
    client = client_of(requests_a_minute=1)
    first, second = client.line(), client.line()
    with serving(Reply()) as server:
        first.ask(Request(method="GET", url=server.url), read=lambda answer: answer)
        _, seconds = closed_while_asking(second, server.url, is_under_way=int)
        assert len(server.calls) == 1
    first.close()
    assert seconds < 1.0


def test_closing_ends_a_request_that_waits_for_a_place() -> None:
    client = client_of(at_once=1)
    first, second = client.line(), client.line()
    with serving(Reply(delay_s=30.0)) as server:
        busy = threading.Thread(target=_ask_until_closed, args=(first, server))
        busy.start()
        _, seconds = closed_while_asking(second, server.url, is_under_way=lambda: server.wait_for(1))
        assert len(server.calls) == 1
        first.close()
        busy.join()
    assert seconds < 1.0


def _ask(line: Line, server: Server, read: Callable[[Answer], object] = repr) -> object:
    return line.ask(Request(method="GET", url=server.url), read=read)


def _ask_until_closed(line: Line, server: Server, read: Callable[[Answer], object] = repr) -> None:
    with pytest.raises(EngineError, match="the session is closed"):
        _ask(line, server, read)


def test_closing_ends_a_request_that_connects() -> None:
    with socket.socket() as full:  # what is not taken up waits for a place in a line that is full
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.create_connection(address), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(address)
            _, seconds = closed_while_asking(client_of().line(), f"http://127.0.0.1:{address[1]}", is_under_way=int)
    assert seconds < 1.0


def test_closing_ends_a_request_that_shakes_hands() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(5)
        _, seconds = closed_while_asking(
            client_of().line(), f"https://127.0.0.1:{mute.getsockname()[1]}", is_under_way=int
        )
    assert seconds < 1.0


def test_closing_does_not_wait_for_the_reader() -> None:
    line, go_on, is_reading = client_of().line(), threading.Event(), threading.Event()

    def read(answer: object) -> bool:
        is_reading.set()
        return go_on.wait(10.0)

    with serving(Reply()) as server:
        thread = threading.Thread(target=_ask_until_closed, args=(line, server, read))
        thread.start()
        assert is_reading.wait(5.0)
        start = time.monotonic()
        line.close()
        thread.join()
        assert time.monotonic() - start < 1.0
        go_on.set()


def test_a_closed_line_says_so_and_may_be_closed_again() -> None:
    line = client_of().line()
    line.close()
    line.close()
    with nobody_there() as url, pytest.raises(EngineError, match="the session is closed"):
        line.ask(Request(method="GET", url=url), read=lambda answer: answer)


def test_another_line_goes_on_and_a_later_one_starts_anew() -> None:
    client = client_of()
    first, second = client.line(), client.line()
    with serving(Reply(body=b"ok")) as server:
        assert _ask(first, server)
        first.close()
        assert _ask(second, server)
        second.close()
        assert "asking the Salka server" not in names_of_threads()
        third = client.line()
        assert _ask(third, server)
        third.close()
    assert len(server.calls) == 3


def test_nothing_starts_before_the_first_request() -> None:
    line = client_of().line()
    assert "asking the Salka server" not in names_of_threads()
    line.close()


def test_what_is_known_of_the_server_outlives_the_lines() -> None:
    client = client_of(requests_a_minute=300)
    with serving(Reply()) as server:
        for _ in range(2):
            line = client.line()
            _ask(line, server)
            line.close()
        first, second = (call.at for call in server.calls)
    assert second - first >= 0.17


ASKING = """
    import sys
    from pipeline.engines.network import Client, NetworkOptions, Request
    client = Client(NetworkOptions(at_once=1), server="it", explain=lambda answer: None)
    line = client.line()
    print("asking", flush=True)
"""


def python(program: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", dedent(ASKING) + dedent(program), url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_program_that_forgets_its_line_ends_without_a_word() -> None:
    program = "line.ask(Request(method='GET', url=sys.argv[1]), read=lambda answer: answer)"
    with serving(Reply(body=b"ok")) as server, python(program, server.url) as process:
        out, err = process.communicate(timeout=20)
    assert (out, err, process.returncode) == ("asking\n", "", 0)


def test_a_program_whose_daemon_asks_for_ever_ends_without_a_word() -> None:
    program = """
        from threading import Thread
        from time import sleep
        def ask():
            try:
                line.ask(Request(method='GET', url=sys.argv[1]), read=lambda answer: answer)
            except Exception:
                pass
        Thread(target=ask, daemon=True).start()
        sys.stdin.readline()
    """
    with serving(Reply(delay_s=30.0)) as server:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", dedent(ASKING) + dedent(program), server.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            server.wait_for(1, within_s=20)
            out, err = process.communicate("end\n", timeout=20)
    assert (out, err, process.returncode) == ("asking\n", "", 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C otherwise")
def test_ctrl_c_in_the_main_thread_ends_a_request() -> None:
    """And frees its place: the second request could not go otherwise."""
    program = """
        request = Request(method='GET', url=sys.argv[1])
        try:
            line.ask(request, read=lambda answer: answer)
        except KeyboardInterrupt:
            print(line.ask(request, read=lambda answer: answer.body.decode()))
            raise
    """
    with (
        serving(lambda call: Reply(body=b"sound", delay_s=30.0 if call.number == 1 else 0)) as server,
        python(program, server.url) as process,
    ):
        server.wait_for(1, within_s=20)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - start < 5.0  # with the end of the interpreter
    assert out == "asking\nsound\n"
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert "Warning" not in err
