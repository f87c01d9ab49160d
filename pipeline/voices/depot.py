"""Floor 3, voices: what lies below one base address, fetched with patience.

Redirects are followed, TLS is checked and never left again, a request that fails for the moment is made again, and a
file that was cut off goes on where it ended. What has come stays in a part file whose name carries the digest that the
whole must have, so that a part is never continued with the bytes of something else.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec
from msgspec import Struct

from pipeline import __version__
from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.voices.faults import PassingFault, fault_of, require_answer, require_length
from pipeline.voices.offers import OfferedFile
from pipeline.voices.parts import Part

Value = TypeVar("Value")

_HEADERS = {
    "User-Agent": f"audio-edition/{__version__} (installs a voice)",
    "Accept-Encoding": "identity",  # lengths and places are those of the files
}
_MOST_REDIRECTS = 10
_MOST_INDEX_BYTES = 50_000_000

#: So much in one try shows that the connection works: the tries are counted anew.
_WORTHWHILE_BYTES = 1 << 20

#: Where nobody has ever answered, the address is wrong or there is no net, and to wait long would help nobody.
_TRIES_OF_A_STRANGER = 2

#: What storage says of a file that is not there: where it may not be listed, that it is forbidden.
_ABSENT = {403, 404, 410}


class Patience(Struct, frozen=True, kw_only=True):
    """How long to go on: ``tries`` in a row that bring nothing, and the wait before the second, which doubles."""

    tries: int = 6
    first_wait_s: float = 1.0
    most_wait_s: float = 60.0
    silence_s: float = 30.0


class Depot:
    """Files below the address ``base``, which ends with "/".

    Raises:
        ConfigError: ``base`` is no web address, or carries a password.
    """

    def __init__(self, base: str, *, patience: Patience | None = None) -> None:
        self.base = _checked(base)
        self._patience = patience or Patience()
        self._has_answered = False
        try:
            self._client = httpx.Client(headers=_HEADERS, timeout=httpx.Timeout(self._patience.silence_s))
        except OSError as error:
            raise ConfigError(
                f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({error})",
                cure="correct it or unset it",
            ) from error

    def close(self) -> None:
        """Give its connections back."""
        self._client.close()

    def url(self, path: str) -> str:
        """The address of ``path``."""
        return self.base + quote(path)

    def read(self, path: str) -> bytes | None:
        """What lies at ``path``, whole; None if nothing does.

        Raises:
            EngineUnavailable: it does not come, or it is larger than any index.
        """
        return self._persist(path, lambda: self._read(path))

    def decoded(self, data: bytes, path: str, *, kind: type[Value]) -> Value:
        """The index ``data``, which came from ``path``, as a value. Raises EngineUnavailable if it is none."""
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.MsgspecError as error:
            begins = "".join(char if char.isprintable() else " " for char in data[:40].decode(errors="replace"))
            raise EngineUnavailable(
                f'what comes from {self.url(path)} is no index of voices ({error}); it begins with "{begins}"',
                cure="check the address that --from or the environment gives",
            ) from error

    def fetch(self, file: OfferedFile, part: Part, *, told: Callable[[int], None]) -> None:
        """Make ``part`` the whole ``file``, with its digest checked; it goes on where it ends.

        ``told`` hears of every byte, those that were there already first, and of those that were of no use as a
        negative number. A whole file with a wrong digest is fetched once more from the start.

        Raises:
            EngineUnavailable: it does not come, not in its length, or twice with a wrong digest.
        """
        told(part.length_bytes)
        came = ""
        for _ in range(2):
            self._persist(file.path, lambda: self._append(file, part, told=told))
            came = part.digest(file.algorithm)
            if came == file.digest:
                return
            told(-part.empty())
        raise EngineUnavailable(
            f"{self.url(file.path)} came broken twice: its {file.algorithm.upper()} is {came} and should be "
            f"{file.digest}",
            cure="try again later, or another address with --from",
        )

    def _persist(self, path: str, attempt: Callable[[], Value]) -> Value:
        """What ``attempt`` gives, tried as often as patience has it."""
        faults = 0
        while True:
            try:
                return attempt()
            except PassingFault as fault:
                faults = 1 if fault.received >= _WORTHWHILE_BYTES else faults + 1
                most = _TRIES_OF_A_STRANGER if fault.is_unreachable and not self._has_answered else self._patience.tries
                if faults >= most:
                    raise EngineUnavailable(
                        f"{self.url(path)} {fault.what}, {faults} times in a row",
                        cure="run the same command again later: what has come is kept, and it goes on from there",
                    ) from fault
                wait_s = max(self._patience.first_wait_s * 2 ** (faults - 1), fault.wait_s)
                time.sleep(min(wait_s, self._patience.most_wait_s))

    def _read(self, path: str) -> bytes | None:
        with self._answer(path) as response:
            if response.status_code in _ABSENT:
                return None
            require_answer(response, self.url(path))
            body = bytearray()
            for block in response.iter_bytes():
                body += block
                if len(body) > _MOST_INDEX_BYTES:
                    raise EngineUnavailable(
                        f"what comes from {self.url(path)} is longer than {_MOST_INDEX_BYTES} bytes, and no index is",
                        cure="check the address that --from or the environment gives",
                    )
            return bytes(body)

    def _append(self, file: OfferedFile, part: Part, *, told: Callable[[int], None]) -> None:
        """What is still missing, as far as it comes. Raises PassingFault if that is not all of it."""
        had = part.length_bytes
        if had == file.length_bytes > 0:
            return
        try:
            with self._answer(file.path, start=had) as response:
                self._write(response, file, part=part, told=told)
        except PassingFault as fault:
            fault.received = part.length_bytes - had
            raise
        if part.length_bytes < file.length_bytes:
            what = f"ended after {part.length_bytes} of {file.length_bytes} bytes"
            raise PassingFault(what, received=part.length_bytes - had)

    def _write(self, response: httpx.Response, file: OfferedFile, *, part: Part, told: Callable[[int], None]) -> None:
        """Add to ``part`` what comes; from the start, if the server does not go on where it ends."""
        url = self.url(file.path)
        if response.status_code == 416:  # there is nothing there to go on with
            told(-part.empty())
            raise PassingFault("has less than what came from it before")
        require_answer(response, url)
        if response.status_code != 206 or not _goes_on(response, part.length_bytes):
            told(-part.empty())
            if response.status_code == 206:
                raise PassingFault("answers with another piece than was asked for")
        require_length(response, url, length_bytes=file.length_bytes)
        left = file.length_bytes - part.length_bytes
        with part.appending() as write:
            for block in response.iter_raw():
                written = write(block[:left])  # more than is wanted fills no disk
                left -= written
                told(written)

    @contextmanager
    def _answer(self, path: str, *, start: int = 0) -> Iterator[httpx.Response]:
        """The answer at the end of all redirects, from byte ``start`` if the server can do that."""
        request = self._client.build_request(
            "GET", self.url(path), headers={"Range": f"bytes={start}-"} if start else {}
        )
        try:
            response = self._followed(request)
            try:
                yield response
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise fault_of(error, self.url(path)) from error

    def _followed(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._client.send(request, stream=True)
            self._has_answered = True
            if response.next_request is None:
                return response
            response.close()
            if request.url.scheme == "https" and response.next_request.url.scheme != "https":
                raise EngineUnavailable(
                    f"{url} redirects to an address that is not encrypted, on {response.next_request.url.host}",
                    cure="nothing is fetched from there; use another address with --from",
                )
            request = response.next_request
        raise EngineUnavailable(
            f"{url} redirects more than {_MOST_REDIRECTS} times", cure="use another address with --from"
        )


def _goes_on(response: httpx.Response, start: int) -> bool:
    """Whether a 206 begins at ``start``. Source: RFC 9110, section 14.4."""
    place: str = response.headers.get("content-range", "")
    return place.partition("-")[0] == f"bytes {start}"


def _checked(base: str) -> str:
    """``base`` with a "/" at its end. Raises ConfigError, which repeats it only where it carries no secret."""
    try:
        parts = urlsplit(base)
        has_secret = bool(parts.username or parts.password or parts.query or parts.fragment)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        has_secret, is_address = False, False
    if has_secret:
        raise ConfigError(
            'the address of the voices has more than host, port and path in it ("@", "?" or "#")',
            cure="leave that out; it would be recorded with the voice",
        )
    if not is_address or not base.isascii() or any(sign.isspace() or not sign.isprintable() for sign in base):
        raise ConfigError(f"{base[:80]!r} is no web address", cure="write it like https://voices.example.org/piper/")
    return base if base.endswith("/") else f"{base}/"
