"""Floor 3, probing: an exception on the way to an answer -> a Failure, in words that follow an address."""

import socket

import httpx

from pipeline.model import Failure, Trouble
from pipeline.sources.fetching.faults import Fault, failure, quoted, tls_fault


def failure_of(error: Exception, *, limits_s: float, has_begun: bool) -> Failure:
    """What ``error`` means to people. ``limits_s`` is the time an answer has, ``has_begun`` whether its head came."""
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(trouble=Trouble.CONNECTION, what="takes no connection in time")
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        what = "begins to answer and is not done" if has_begun else "does not answer"
        return Failure(trouble=Trouble.SILENCE, what=f"{what} in {limits_s:g} s")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
        return _broken(error, has_begun=has_begun)
    words = error if isinstance(error, Fault) else failure(error)
    return Failure(trouble=_trouble(error), what=words.what)


def _broken(error: httpx.TransportError, *, has_begun: bool) -> Failure:
    if has_begun:
        return Failure(trouble=Trouble.BROKEN, what="breaks off in the middle of its answer")
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error):
        return Failure(trouble=Trouble.NO_HTTP, what=f"does not speak HTTP ({quoted(error)})")
    return Failure(trouble=Trouble.BROKEN, what="hangs up without an answer")


def _trouble(error: Exception) -> Trouble:
    if tls_fault(error) is not None:
        return Trouble.CERTIFICATE
    return Trouble.NAME if isinstance(error, socket.gaierror) else Trouble.CONNECTION
