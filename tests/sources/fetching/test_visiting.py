"""Servers that are slow, break off or do not make sense, and names that cannot be looked up."""

import gzip
import socket
import threading
import time
from pathlib import Path

import pytest

from pipeline.sources.fetching import Limits, Network
from tests.sources.fetching.sites import PAGE, Answer, dripping, error_of, heard, raw_server


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"", mtime=0), b"\0"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_drip_is_cut_off(start: bytes, drop: bytes, tmp_path: Path) -> None:
    begin = time.monotonic()
    with raw_server(dripping(start, drop=drop)) as (port, visits):
        url = f"http://harbour-review.example:{port}/a"
        message = error_of(url, tmp_path, limits=Limits(seconds=0.4))
    assert f"{url} does not give the whole page within 0.4 s; try again later, or" in message
    assert time.monotonic() - begin < 5
    assert len(visits) == 1


def test_all_hops_share_one_clock(tmp_path: Path) -> None:
    def slowly(connection: socket.socket) -> None:
        heard(connection)
        time.sleep(0.2)
        step = time.monotonic_ns()
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: /{step}\r\nContent-Length: 0\r\n\r\n".encode())

    with raw_server(slowly) as (port, visits):
        limits = Limits(seconds=1.3, redirects=50)
        message = error_of(f"http://harbour-review.example:{port}/a", tmp_path, limits=limits)
    assert "does not give the whole page within 1.3 s" in message
    assert 2 <= len(visits) <= 7


def test_silence_is_not_waited_out(tmp_path: Path) -> None:
    with raw_server(lambda connection: time.sleep(0.5)) as (port, _):
        message = error_of(f"http://harbour-review.example:{port}/", tmp_path, limits=Limits(silence_s=0.1))
    assert "does not answer in time; try again later" in message


BREAKS = [
    (b"", "does not finish what it says, or does not speak HTTP"),
    (b"a" * 50_000 + b"\r\n\r\n", "does not finish what it says, or does not speak HTTP"),
    (b"220 mail.harbour-review.example ESMTP\r\n", "does not finish what it says, or does not speak HTTP"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "does not finish what it says, or does not speak HTTP"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", "does not finish what it says"),
    (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, "does not finish what it says, or does not speak HTTP"),
]


STRANGE: list[Answer] = [
    (200, {"Content-Type": "image/\u202egnp\u009b31m" + "a" * 500}, PAGE),
    (200, {"Content-Encoding": "\u009b31mbr" + "a" * 500}, PAGE),
    (302, {"Location": "ftp://harbour-review.example/\u202e\u009b" + "a" * 500}, b""),
]


@pytest.mark.parametrize("answer", STRANGE)
def test_a_stranger_puts_no_spell_into_a_message(answer: Answer, tmp_path: Path) -> None:
    fields = "".join(f"{name}: {value}\r\n" for name, value in answer[1].items())

    def talk(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(f"HTTP/1.1 {answer[0]} So\r\nContent-Length: {len(answer[2])}\r\n{fields}\r\n".encode())
        connection.sendall(answer[2])

    with raw_server(talk) as (port, _):
        message = error_of(f"http://harbour-review.example:{port}/", tmp_path)
    assert "\N{REPLACEMENT CHARACTER}" in message or "%C2%9B" in message
    assert len(message) < 400


@pytest.mark.parametrize(("words", "what"), BREAKS)
def test_half_an_answer_is_none(words: bytes, what: str, tmp_path: Path) -> None:
    def talk(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(words)

    with raw_server(talk) as (port, visits):
        message = error_of(f"http://harbour-review.example:{port}/", tmp_path)
    assert what in message
    assert len(message) < 300
    assert len(visits) == 3


def test_a_reset_is_tried_again(tmp_path: Path) -> None:
    def talk(connection: socket.socket) -> None:
        heard(connection)
        # To linger for no time makes closing a reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with raw_server(talk) as (port, visits):
        message = error_of(f"http://harbour-review.example:{port}/", tmp_path)
    assert "breaks the connection off; try again later" in message
    assert len(visits) == 3


def test_a_closed_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    url = f"http://harbour-review.example:{port}/"
    cure = "check the address, its port, and that the server runs"
    assert error_of(url, tmp_path) == f"{url} takes no connection; {cure}"


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (socket.EAI_NONAME, "has a host that nobody knows; check the address for slips of the pen"),
        (socket.EAI_AGAIN, "has a host whose name cannot be looked up now; check the connection to the internet"),
    ],
)
def test_an_unknown_name_is_told(number: int, what: str, tmp_path: Path) -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(number, "as the system says it")

    message = error_of("https://harbour-revue.example/a", tmp_path, network=Network(resolve=resolve))
    assert message == f"https://harbour-revue.example/a {what}"


def test_a_name_without_addresses_is_unknown(tmp_path: Path) -> None:
    network = Network(resolve=lambda host, port: ())
    assert "has a host that nobody knows" in error_of("https://harbour-revue.example/", tmp_path, network=network)


def test_a_slow_look_up_is_not_waited_for(tmp_path: Path) -> None:
    is_over = threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        is_over.wait(60)
        return ("127.0.0.1",)

    begin = time.monotonic()
    limits = Limits(seconds=0.1)
    message = error_of("http://harbour-review.example/", tmp_path, limits=limits, network=Network(resolve=resolve))
    is_over.set()
    assert "within 0.1 s" in message
    assert time.monotonic() - begin < 30
