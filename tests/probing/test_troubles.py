"""Hosts that cannot be talked to, or not as HTTP has it: each one Finding that says what, and no traceback."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.model import Severity
from pipeline.probing import Limits, Network
from pipeline.rules import judged
from pipeline.rules.serving import SERVING_RULES
from tests.probing.host import Call, Reply, hosting
from tests.probing.test_serving_faults import probed, told

HURRIED = Limits(answer_s=1, pause_s=0.01)


@contextmanager
def talking(say: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a port where ``say`` has each connection to itself, after the first bytes came in."""
    is_over = threading.Event()

    def answer() -> None:
        while not is_over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(1)
                try:
                    connection.recv(4096)
                    say(connection)
                except OSError:
                    pass  # whoever asked has heard enough

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/feed.xml"
        finally:
            is_over.set()
            thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody but itself has signed, and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not on PATH")
    folder = tmp_path_factory.mktemp("tls")
    key, made, both = folder / "key.pem", folder / "made.pem", folder / "both.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=Salka"
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:causeway-letter.net"]
    command = [openssl, *words.split(), *names, "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def nobody(_host: str, _port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_name_that_nobody_knows() -> None:
    (finding,) = told(probed("https://causeway-letter.example/feed.xml", network=Network(resolve=nobody)))
    assert finding.rule == "host-unreachable"
    assert "causeway-letter.example has a host that nobody knows" in finding.what


@pytest.mark.parametrize("name", ["a..example", f"{'a' * 64}.example"])
def test_a_name_that_is_none(name: str) -> None:
    with hosting() as host:
        text = host.files["/feed.xml"].decode().replace(f"{host.url}/1.mp3", f"http://{name}/1.mp3")
        host.files["/feed.xml"] = text.encode()
        (finding,) = told(probed(host.feed_url))
    assert (finding.rule, finding.what) == ("host-unreachable", f"{name} has a host that nobody knows")


@pytest.mark.parametrize(("name", "rule"), [("xn--", "redirect-astray"), ("a..example", "host-unreachable")])
def test_a_redirect_to_a_name_that_is_none(name: str, rule: str) -> None:
    def spoil(call: Call, reply: Reply) -> Reply:
        return Reply(status=302, headers={"Location": f"http://{name}/1.mp3"}) if call.ending == "mp3" else reply

    with hosting(spoil) as host:
        findings = told(probed(host.feed_url))
    assert {finding.rule for finding in findings if finding.severity is Severity.ERROR} == {rule}


def test_an_address_in_a_feed_that_httpx_cannot_read_is_not_asked_for() -> None:
    with hosting() as host:
        text = host.files["/feed.xml"].decode().replace(f"{host.url}/1.mp3", "http://xn--/1.mp3")
        host.files["/feed.xml"] = text.encode()
        assert "http://xn--/1.mp3" not in {one.named.address for one in probed(host.feed_url).all}


def test_a_port_that_takes_no_connection() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        (finding,) = told(probed(f"http://127.0.0.1:{port}/feed.xml"))
    assert (finding.rule, finding.what) == ("host-unreachable", f"127.0.0.1:{port} takes no connection")


def test_a_host_that_is_down_is_told_of_once_and_not_asked_again() -> None:
    with hosting(episodes=4) as host, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        elsewhere = f"http://127.0.0.1:{bound.getsockname()[1]}"
        here = host.url
        for ending in ("mp3", "jpg"):
            text = host.files["/feed.xml"].decode()
            for number in range(1, 5):
                text = text.replace(f"{here}/{number}.{ending}", f"{elsewhere}/{number}.{ending}")
            host.files["/feed.xml"] = text.encode()
        facts = probed(host.feed_url)
        (finding,) = told(facts)
    assert finding.rule == "host-unreachable"
    assert finding.where.endswith("/4.mp3 (and 3 more)")
    assert len(host.calls) < facts.requests <= len(host.calls) + 4


def test_the_addresses_where_cloud_machines_are_told_their_secrets_are_never_asked() -> None:
    (finding,) = told(probed("http://169.254.169.254/feed.xml"))
    assert finding.rule == "host-unreachable"
    assert "the address where a cloud machine is told its secrets" in finding.what


def test_a_certificate_that_nobody_vouches_for(tls: ssl.SSLContext) -> None:
    with hosting(tls=tls) as host:
        (finding,) = judged(SERVING_RULES, probed(host.feed_url))
    assert finding.rule == "certificate"
    assert "cannot prove that it is what it says (self" in finding.what
    assert host.calls == []


def test_a_certificate_of_another_name(tls: ssl.SSLContext, certificate: Path) -> None:
    trusting = Network(tls=ssl.create_default_context(cafile=certificate), resolve=lambda host, port: ("127.0.0.1",))
    with hosting(tls=tls) as host:
        (finding,) = judged(SERVING_RULES, probed(f"https://ostrava.example:{host.port}/feed.xml", network=trusting))
    assert finding.rule == "certificate"
    assert "mismatch" in finding.what


def test_one_that_is_trusted_is_told_of_nothing(tls: ssl.SSLContext, certificate: Path) -> None:
    with hosting(tls=tls) as host:
        network = Network(tls=ssl.create_default_context(cafile=certificate))
        assert judged(SERVING_RULES, probed(host.feed_url, network=network)) == ()


def test_https_from_a_port_that_does_not_speak_it() -> None:
    with hosting() as host:
        (finding,) = told(probed(host.feed_url.replace("http:", "https:")))
    assert finding.rule == "certificate"
    assert "does not speak TLS" in finding.what


@pytest.mark.parametrize(
    ("said", "rule", "words"),
    [
        (b"220 mail.causeway-letter.net ESMTP\r\n\r\n", "no-http", "does not speak HTTP"),
        (b"\x00\x01\x02\x03" * 100, "no-http", "does not speak HTTP"),
        (b"", "answer-broken", "hangs up without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss>", "answer-broken", "breaks off in the middle"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", "answer-broken", "breaks off"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, "no-http", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<rss>", "no-http", "does not speak HTTP"),
    ],
)
def test_what_is_no_http_or_not_all_of_it(said: bytes, rule: str, words: str) -> None:
    with talking(lambda connection: connection.sendall(said)) as address:
        (finding,) = told(probed(address))
    assert finding.rule == rule
    assert words in finding.what


def test_a_host_that_says_nothing() -> None:
    done = threading.Event()
    with talking(lambda connection: done.wait(20) and None) as address:
        (finding,) = told(probed(address, limits=HURRIED))
        done.set()
    assert (finding.rule, finding.what) == ("answer-late", "the feed does not answer in 1 s")


def test_a_host_that_says_a_byte_at_a_time() -> None:
    done = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n")
        while not done.wait(0.02):
            connection.sendall(b"<")

    with talking(drip) as address:
        (finding,) = told(probed(address, limits=HURRIED))
        done.set()
    assert (finding.rule, finding.what) == ("answer-late", "the feed begins to answer and is not done in 1 s")
