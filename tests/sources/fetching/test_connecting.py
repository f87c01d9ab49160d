"""To whom a connection goes: only to addresses that were checked, under the name that was asked for."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import httpx
import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Source
from pipeline.sources.fetching import Limits, Network, fetch
from pipeline.sources.fetching.connecting import CheckedTransport, looked_up
from pipeline.sources.fetching.reach import PUBLIC, Standing, standing_of
from tests.sources.fetching.sites import HTML, PAGE, names, raw_server, site

#: An address of this computer that stands for the whole outside world.
OUTSIDE = "127.0.0.2"


def as_if_outside(address: IPv4Address | IPv6Address) -> Standing:
    """The real standing of every address but one."""
    return PUBLIC if str(address) == OUTSIDE else standing_of(address)


def get(url: str, folder: Path, *, network: Network, is_private_allowed: bool = False) -> Source:
    limits = Limits(pauses_s=(), connect_s=1)
    return fetch(url, folder=folder, is_private_allowed=is_private_allowed, limits=limits, network=network)


def refusal(url: str, folder: Path, *, network: Network, is_private_allowed: bool = False) -> str:
    with pytest.raises(SourceError) as caught:
        get(url, folder, network=network, is_private_allowed=is_private_allowed)
    assert not list(folder.iterdir())
    return str(caught.value)


@pytest.fixture
def world() -> Callable[..., Network]:
    """Makes a Network in which one address of this computer is a public one; skips where it has only one."""
    try:
        socket.create_server((OUTSIDE, 0)).close()
    except OSError:
        pytest.skip(f"this computer does not answer to {OUTSIDE}")

    def make(**known: tuple[str, ...]) -> Network:
        return Network(resolve=names(**known), standing_of=as_if_outside)

    return make


PRIVATE = ["127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "100.64.0.1", "198.18.0.7", "::1", "fd12::1"]
NEVER = ["169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "fe80::1", "fd00:ec2::254", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("is_named", [True, False])
def test_a_private_address_needs_a_word(address: str, is_named: bool, tmp_path: Path) -> None:
    host = "harbour-review.example" if is_named else f"[{address}]" if ":" in address else address
    message = refusal(f"http://{host}/a", tmp_path, network=Network(resolve=names(harbour__review_example=(address,))))
    assert message.startswith(f"http://{host}/a leads to a")
    assert message.endswith(f"({address}); give --allow-private if it is a server of your own")


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("is_private_allowed", [True, False])
@pytest.mark.parametrize("is_named", [True, False])
def test_some_addresses_are_never_asked(address: str, is_private_allowed: bool, is_named: bool, tmp_path: Path) -> None:
    host = "harbour-review.example" if is_named else f"[{address}]" if ":" in address else address
    network = Network(resolve=names(harbour__review_example=(address,)))
    message = refusal(f"http://{host}/a", tmp_path, network=network, is_private_allowed=is_private_allowed)
    assert "leads to" in message
    assert "--allow-private" not in message


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_who_is_refused_hears_nothing(host: str, tmp_path: Path) -> None:
    with raw_server(lambda connection: None, host=host) as (port, visits):
        literal = f"[{host}]" if ":" in host else host
        network = Network(resolve=names(harbour__review_example=(host,)))
        refusal(f"http://{literal}:{port}/", tmp_path, network=network)
        refusal(f"http://harbour-review.example:{port}/", tmp_path, network=network)
    assert not visits


def test_one_bad_address_spoils_a_name(world: Callable[..., Network], tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}, host=OUTSIDE) as server:
        network = world(harbour__review_example=(OUTSIDE, "10.0.0.5"))
        assert "leads to a private address (10.0.0.5)" in refusal(server.url(), tmp_path, network=network)
    assert not server.requests


def test_a_public_page_is_fetched_without_a_word(world: Callable[..., Network], tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}, host=OUTSIDE) as server:
        network = world(harbour__review_example=(OUTSIDE,))
        assert get(server.url(), tmp_path, network=network).path.read_bytes() == PAGE


@pytest.mark.parametrize("target", ["intern.example", "127.0.0.1"])
def test_no_redirect_leads_inside(target: str, world: Callable[..., Network], tmp_path: Path) -> None:
    with site({"/": (200, HTML, b"what the house keeps to itself")}) as inside:
        moved = {"Location": inside.url("/", host=target)}
        with site({"/": (302, moved, b"")}, host=OUTSIDE) as outside:
            network = world(harbour__review_example=(OUTSIDE,), intern_example=("127.0.0.1",))
            message = refusal(outside.url(), tmp_path, network=network)
    assert message.startswith(f"{outside.url()} redirects to {moved['Location']}, which leads to a loopback address")
    assert outside.paths == ["/"]
    assert not inside.requests


def test_a_second_look_up_gains_nothing(world: Callable[..., Network], tmp_path: Path) -> None:
    """DNS rebinding: a name that answers with a public address once and with one's own computer from then on."""
    asked = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return (OUTSIDE,) if len(asked) == 1 else ("127.0.0.1",)

    network = Network(resolve=resolve, standing_of=as_if_outside)
    with site({"/": (200, HTML, PAGE), "/moved": (302, {"Location": "/"}, b"")}, host=OUTSIDE) as outside:
        assert get(outside.url(), tmp_path / "once", network=network).path.read_bytes() == PAGE
        assert len(asked) == 1
        asked.clear()
        (tmp_path / "twice").mkdir()
        message = refusal(outside.url("/moved"), tmp_path / "twice", network=network)
    assert len(asked) == 2
    assert "which leads to a loopback address, this computer (127.0.0.1)" in message
    assert outside.paths == ["/", "/moved"]


def test_each_try_looks_the_name_up_and_checks_it(world: Callable[..., Network], tmp_path: Path) -> None:
    asked = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return (OUTSIDE,) if len(asked) == 1 else ("127.0.0.1",)

    network = Network(resolve=resolve, standing_of=as_if_outside)
    with site({"/": (503, {}, b"")}, host=OUTSIDE) as outside, pytest.raises(SourceError, match="loopback"):
        fetch(outside.url(), folder=tmp_path, limits=Limits(pauses_s=(0.01,)), network=network)
    assert len(outside.requests) == 1


def test_the_next_address_is_tried(world: Callable[..., Network], tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}) as server:
        network = Network(resolve=names(harbour__review_example=(OUTSIDE, "127.0.0.1")))
        get(server.url(), tmp_path, network=network, is_private_allowed=True)
    assert server.requests[0][1]["host"] == f"harbour-review.example:{server.port}"


def test_ipv6_is_spoken(tmp_path: Path) -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this computer has no IPv6")
    listener.close()

    def talk(connection: socket.socket) -> None:
        request = connection.recv(4096)
        requests.append(request)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE))

    requests: list[bytes] = []
    network = Network(resolve=names(harbour__review_example=("::1",)))
    with raw_server(talk, host="::1") as (port, _):
        for host in ("harbour-review.example", "[::1]"):
            source = get(f"http://{host}:{port}/", tmp_path, network=network, is_private_allowed=True)
            assert source.path.read_bytes() == PAGE
            assert f"host: {host}:{port}\r\n".encode() in requests[-1].lower()


def test_no_proxy_comes_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with raw_server(lambda connection: None) as (port, visits), site({"/": (200, HTML, PAGE)}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        get(server.url(), tmp_path, network=Network(resolve=names()), is_private_allowed=True)
    assert len(server.requests) == 1
    assert not visits


def test_this_computer_knows_itself() -> None:
    assert "127.0.0.1" in looked_up("localhost", 80)
    assert len(set(looked_up("localhost", 80))) == len(looked_up("localhost", 80))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate in one file, its own authority, for one name and the addresses of this computer."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the program openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=harbour-review.example", "-keyout", "key.pem", "-out", "certificate.pem"]
    command += ["-addext", "subjectAltName=DNS:harbour-review.example,IP:127.0.0.1"]
    command += ["-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "certificate.pem").read_bytes())
    return both


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    """The server's side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path) -> Network:
    """A Network that trusts the certificate, and finds every invented name on this computer."""
    return Network(resolve=names(), tls=ssl.create_default_context(cafile=certificate))


def test_tls_is_spoken_under_the_name(tls: ssl.SSLContext, trusting: Network, tmp_path: Path) -> None:
    asked_for: list[str | None] = []
    tls.sni_callback = lambda connection, name, context: asked_for.append(name)
    with site({"/": (200, HTML, PAGE)}, tls=tls) as server:
        for host in ("harbour-review.example", "harbour-review.example.", "127.0.0.1"):
            url = server.url(scheme="https", host=host)
            assert get(url, tmp_path, network=trusting, is_private_allowed=True).path.read_bytes() == PAGE
    assert asked_for == ["harbour-review.example", "harbour-review.example", None]


def test_a_certificate_of_another_name_is_refused(tls: ssl.SSLContext, trusting: Network, tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}, tls=tls) as server:
        url = server.url(scheme="https", host="causeway-letter.example")
        message = refusal(url, tmp_path, network=trusting, is_private_allowed=True)
    assert message.startswith(f"{url} cannot prove that it is what it says (Hostname mismatch")
    assert "SSL_CERT_FILE" in message
    assert not server.requests


def test_no_connection_serves_a_second_name(tls: ssl.SSLContext, trusting: Network, tmp_path: Path) -> None:
    """Both names are at one address: the proof that the first has given is none for the second."""
    with site({"/page": (200, HTML, PAGE)}, tls=tls) as server:
        moved = server.url("/page", scheme="https", host="causeway-letter.example")
        server.answers["/"] = (302, {"Location": moved}, b"")
        message = refusal(server.url(scheme="https"), tmp_path, network=trusting, is_private_allowed=True)
    assert f"redirects to {moved}, which cannot prove that it is what it says (Hostname mismatch" in message
    assert server.paths == ["/"]


def test_the_transport_keeps_no_connection_even_if_asked_to(tls: ssl.SSLContext, trusting: Network) -> None:
    async def ask(*urls: str) -> None:
        transport = CheckedTransport(trusting, is_private_allowed=True)
        async with httpx.AsyncClient(transport=transport, headers={"Connection": "keep-alive"}) as client:
            for url in urls:
                await client.get(url)

    with site({"/": (200, HTML, PAGE)}, tls=tls) as server:
        first = server.url(scheme="https")
        other = server.url(scheme="https", host="causeway-letter.example")
        with pytest.raises(httpx.ConnectError, match="Hostname mismatch"):
            asyncio.run(ask(first, first, other))
    assert server.paths == ["/", "/"]


def test_an_unknown_authority_is_refused_until_it_is_named(
    tls: ssl.SSLContext, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    network = Network(resolve=names())
    with site({"/": (200, HTML, PAGE)}, tls=tls) as server:
        url = server.url(scheme="https")
        assert "(self-signed certificate)" in refusal(url, tmp_path, network=network, is_private_allowed=True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert get(url, tmp_path, network=network, is_private_allowed=True).path.read_bytes() == PAGE


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_certificates_that_cannot_be_read_are_told(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fetched").mkdir()
    if content is not None:
        (tmp_path / "own.pem").write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    message = refusal("https://harbour-review.example/", tmp_path / "fetched", network=Network(resolve=names()))
    assert message.startswith("the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read")


def test_tls_faults_are_not_hidden_by_the_next_address(
    tls: ssl.SSLContext, trusting: Network, tmp_path: Path, world: Callable[..., Network]
) -> None:
    network = Network(resolve=names(causeway__letter_example=("127.0.0.1", OUTSIDE)), tls=trusting.tls)
    with site({"/": (200, HTML, PAGE)}, tls=tls) as server:
        url = server.url(scheme="https", host="causeway-letter.example")
        assert "Hostname mismatch" in refusal(url, tmp_path, network=network, is_private_allowed=True)


def test_who_does_not_speak_tls_is_told(trusting: Network, tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}) as server:
        message = refusal(server.url(scheme="https"), tmp_path, network=trusting, is_private_allowed=True)
    assert "does not speak TLS (" in message


def test_nothing_goes_on_in_the_open(tls: ssl.SSLContext, trusting: Network, tmp_path: Path) -> None:
    with site({"/": (200, HTML, PAGE)}) as plain, site({"/": (301, {"Location": plain.url()}, b"")}, tls=tls) as server:
        message = refusal(server.url(scheme="https"), tmp_path, network=trusting, is_private_allowed=True)
    assert f"redirects to {plain.url()}, which is not encrypted, though it is itself" in message
    assert not plain.requests
