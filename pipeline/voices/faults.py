"""Floor 3, voices: what goes wrong while files come, in words: for the moment, or for good."""

import ssl

import httpx

from pipeline.errors import EngineUnavailable

_ELSEWHERE = "check the address, or give another with --from"

#: Statuses that may be gone in a second: time-outs, too many requests, and servers whose other half was busy.
_MOMENTARY = {408, 425, 429, 500, 502, 503, 504}


class PassingFault(Exception):
    """``what`` is a predicate ("does not answer"); it may help to ask again, after ``wait_s`` at least.

    ``received`` bytes had come before; ``is_unreachable`` says that nobody was there.
    """

    def __init__(self, what: str, *, wait_s: float = 0.0, received: int = 0, is_unreachable: bool = False) -> None:
        self.what = what
        self.is_unreachable = is_unreachable
        self.wait_s = wait_s
        self.received = received
        super().__init__(what)


def fault_of(error: httpx.HTTPError, url: str) -> PassingFault | EngineUnavailable:
    """What a conversation that ended with ``error`` means."""
    tls = next((cause for cause in _causes(error) if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if tls is not None:
        return EngineUnavailable(
            f"{url} cannot prove that it is what it says ({tls.verify_message.rstrip('.')})",
            cure="check the address, or name a file with your own authority's certificates in SSL_CERT_FILE",
        )
    if isinstance(error, httpx.UnsupportedProtocol):
        return EngineUnavailable(f"{url} redirects to what is no web address", cure=_ELSEWHERE)
    if isinstance(error, httpx.TimeoutException):
        return PassingFault("does not answer in time", is_unreachable=isinstance(error, httpx.ConnectTimeout))
    if isinstance(error, httpx.ConnectError):
        return PassingFault(f"takes no connection ({error})", is_unreachable=True)
    if isinstance(error, httpx.ReadError | httpx.WriteError):
        return PassingFault("breaks the connection off")
    return PassingFault(f"does not finish what it says ({error})")


def require_answer(response: httpx.Response, url: str) -> None:
    """Nothing, if the answer is the file or a piece of it.

    Raises:
        PassingFault: it may be, the next time.
        EngineUnavailable: it never will.
    """
    status = response.status_code
    if status in {200, 206}:
        return
    phrase = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status in _MOMENTARY:
        said = response.headers.get("retry-after", "")
        wait_s = float(said) if said.isdecimal() and len(said) < 8 else 0.0
        raise PassingFault(f"answers with {phrase}", wait_s=wait_s)
    raise EngineUnavailable(f"{url} answers with {phrase}", cure=_ELSEWHERE)


def require_length(response: httpx.Response, url: str, *, length_bytes: int) -> None:
    """Nothing, if the whole file has ``length_bytes`` there, as far as the server says. Raises EngineUnavailable."""
    whole = response.headers.get("content-range", "").rpartition("/")[2]
    said = whole if response.status_code == 206 else response.headers.get("content-length", "")
    if said.isdecimal() and int(said) != length_bytes:
        raise EngineUnavailable(
            f"{url} has {said} bytes there and should have {length_bytes}",
            cure="index and files do not belong together: try again later, or another address with --from",
        )


def _causes(error: BaseException | None) -> list[BaseException]:
    causes = []
    while error is not None:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes
