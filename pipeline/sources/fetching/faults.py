"""Floor 3, sources: what goes wrong on the way to a page, in words: a predicate ("is not there (404)") and the cure.

The subject, which hop of which address, is added by `visiting`.
"""

import errno
import socket
import ssl
from email.utils import parsedate_to_datetime

import httpx

SAVE = "open it in a browser, save the page as a file and name that file"
LATER = "try again later"
_CHECK = "check the address"
_ONLINE = "check the connection to the internet"


class Fault(Exception):
    """What is wrong, as words that follow an address ("is no ..."), and the cure."""

    def __init__(self, what: str, *, cure: str) -> None:
        self.what = what
        self.cure = cure
        super().__init__(f"{what}; {cure}")


class PassingFault(Fault):
    """A Fault that may be gone in a second."""


def quoted(words: object, *, most: int = 80) -> str:
    """``words`` of a stranger as they may stand in a message: printable, on one line, and not too many."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(words))
    return text if len(text) <= most else f"{text[:most]}…"


#: Media types that are no page and no export, and what to call them. The longest that fits decides.
_NO_PAGES = {
    "application/javascript": "a program",
    "application/msword": "an old Word file",
    "application/pdf": "a PDF",
    "application/rtf": "an RTF file",
    "audio/": "a sound file",
    "font/": "a font",
    "image/": "a picture",
    "text/css": "a style sheet",
    "text/javascript": "a program",
    "video/": "a video",
}

_STATUSES = {
    401: ("asks for a login (401), and no login is possible here", SAVE),
    402: ("asks for a payment (402)", SAVE),
    403: ("refuses to show the page (403)", SAVE),
    404: ("is not there (404)", _CHECK),
    410: ("was there and has been taken away (410)", _CHECK),
    451: ("is withheld for legal reasons (451)", _CHECK),
}

#: Servers in front of others say these when the one behind them was busy for a moment.
_MOMENTARY = {502, 503, 504}

_SYSTEM = {
    errno.ECONNREFUSED: ("takes no connection", "check the address, its port, and that the server runs"),
    errno.ECONNRESET: ("breaks the connection off", LATER),
    errno.EADDRNOTAVAIL: ("cannot be reached from this network", _ONLINE),
    errno.EHOSTUNREACH: ("cannot be reached from this network", _ONLINE),
    errno.ENETUNREACH: ("cannot be reached from this network", _ONLINE),
}


def failure(error: Exception) -> Fault:
    """What a look-up, a connection or a conversation that ended with ``error`` means to people."""
    if isinstance(error, socket.gaierror):
        return _unknown_name(error)
    if isinstance(error, httpx.TimeoutException):
        return Fault("does not answer in time", cure=LATER)
    if isinstance(error, httpx.ReadError | httpx.WriteError):
        return PassingFault("breaks the connection off", cure=LATER)
    if isinstance(error, httpx.RemoteProtocolError):
        return PassingFault(f"does not finish what it says, or does not speak HTTP ({quoted(error)})", cure=LATER)
    tls = tls_fault(error)
    return _no_trust(tls) if tls is not None else _no_connection(error)


def status_fault(response: httpx.Response) -> Fault:
    """Why an answer with this status is not the page."""
    status = response.status_code
    if status in _STATUSES:
        what, cure = _STATUSES[status]
        return Fault(what, cure=cure)
    if status == 429 or (status == 503 and "retry-after" in response.headers):
        return Fault(f"asks to be left alone for now ({status})", cure=_again(response.headers.get("retry-after", "")))
    phrase = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status >= 500:
        kind = PassingFault if status in _MOMENTARY else Fault
        return kind(f"has a fault of its own ({phrase})", cure=LATER)
    return Fault(f"answers with {phrase} instead of the page", cure=SAVE)


def require_type(media_type: str) -> None:
    """Let pass what may be an article, or an export with many of them.

    Raises:
        Fault: it is something else.
    """
    fitting = [start for start in _NO_PAGES if media_type.startswith(start)]
    if fitting:
        what = f"is {_NO_PAGES[max(fitting, key=len)]} ({quoted(media_type)}), not a page"
        raise Fault(what, cure="give the address of the page on which the article stands")


def tls_fault(error: BaseException) -> ssl.SSLError | None:
    """What TLS did not like, if that is at the bottom of ``error``."""
    return next((cause for cause in _causes(error) if isinstance(cause, ssl.SSLError)), None)


def _causes(error: BaseException | None) -> list[BaseException]:
    causes = []
    while error is not None:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def _unknown_name(error: socket.gaierror) -> Fault:
    if error.errno == socket.EAI_AGAIN:
        return Fault("has a host whose name cannot be looked up now", cure=_ONLINE)
    return Fault("has a host that nobody knows", cure="check the address for slips of the pen")


def _no_trust(error: ssl.SSLError) -> Fault:
    if isinstance(error, ssl.SSLCertVerificationError):
        what = f"cannot prove that it is what it says ({error.verify_message.rstrip('.')})"
        return Fault(what, cure=f"{_CHECK}, or name a file with your own authority's certificates in SSL_CERT_FILE")
    reason = (error.reason or str(error)).replace("_", " ").lower()
    return Fault(f"does not speak TLS ({reason})", cure=f"{_CHECK} and its port")


def _no_connection(error: Exception) -> Fault:
    numbers = [cause.errno for cause in _causes(error) if isinstance(cause, OSError)]
    what, cure = next(
        (_SYSTEM[number] for number in numbers if number in _SYSTEM),
        (f"cannot be connected to ({quoted(error)})", _CHECK),
    )
    return Fault(what, cure=cure)


def _again(said: str) -> str:
    """The cure that a Retry-After header names: seconds, or a date, which is in GMT (RFC 9110, 10.2.3 and 5.6.7)."""
    if said.isdecimal() and len(said) < 8:
        return f"try again in {int(said)} s"
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return LATER
    return f"try again after {when:%Y-%m-%d %H:%M} UTC" if said.endswith(" GMT") else LATER
