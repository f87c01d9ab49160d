"""TLS is checked, always: a certificate that proves nothing ends the conversation before it begins."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from pipeline.engines.network import Client, NetworkOptions, Request
from pipeline.errors import EngineError
from tests.engines.network.loopback import Reply, serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody but itself has signed, and its key, in one file."""
    reason = "cryptography, which makes the certificate, comes with keyring on Linux alone"
    x509 = pytest.importorskip("cryptography.x509", reason=reason)
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - may not be there
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - the same

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Salka")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "salka.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def asked(url: str) -> bytes:
    client = Client(NetworkOptions(first_wait_s=0.001), server="the Salka server", explain=lambda answer: None)
    line = client.line()
    try:
        return line.ask(Request(method="GET", url=url), read=lambda answer: answer.body)
    finally:
        line.close()


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(tls: ssl.SSLContext) -> None:
    with serving(Reply(body=b"sound"), tls=tls) as server:
        with pytest.raises(EngineError, match=r"cannot prove that it is what it says \(self.signed certificate\)"):
            asked(server.url)
        assert not server.calls


def test_one_that_the_user_vouches_for_is_taken(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(Reply(body=b"sound"), tls=tls) as server:
        assert asked(server.url) == b"sound"


def test_one_of_another_host_is_refused(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(Reply(body=b"sound"), tls=tls) as server:
        with pytest.raises(EngineError, match=r"cannot prove that it is what it says .*localhost"):
            asked(server.url.replace("127.0.0.1", "localhost"))
        assert not server.calls


def test_a_server_that_speaks_no_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Reply(body=b"sound")) as server, pytest.raises(EngineError, match="does not speak TLS"):
        asked(server.url.replace("http://", "https://"))
