"""Floor 3, sources: an answer -> its body, unpacked, and never more of it than the limit at any time."""

import gzip
import io
import zlib

import httpx

from pipeline.sources.fetching.faults import LATER, SAVE, Fault, quoted


async def body_of(response: httpx.Response, *, most_bytes: int) -> bytes:
    """The unpacked body of ``response``, of at most ``most_bytes`` both as sent and as unpacked.

    Raises:
        Fault: it is larger, or empty, or does not unpack.
    """
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most_bytes:
        raise _too_large(most_bytes, length=int(length))
    sent = bytearray()
    async for part in response.aiter_raw():
        sent += part
        if len(sent) > most_bytes:
            raise _too_large(most_bytes)
    body = _unpacked(bytes(sent), response.headers.get("content-encoding", ""), most_bytes=most_bytes)
    if not body.strip():
        raise Fault("answers with an empty page", cure=f"{LATER}, or {SAVE}")
    return body


def _unpacked(sent: bytes, coding: str, *, most_bytes: int) -> bytes:
    """``sent`` without its packing.

    httpx would unpack each part as it comes in, without a limit, and packings within packings; a page needs one.
    """
    names = [name.strip().casefold() for name in coding.split(",")]
    match [name for name in names if name not in {"", "identity"}]:
        case []:
            return sent
        case ["gzip" | "x-gzip"]:
            return _out_of_gzip(sent, most_bytes=most_bytes)
        case others:
            what = f"comes packed in a way that was not asked for ({quoted(', '.join(others))})"
            raise Fault(what, cure=SAVE)


def _out_of_gzip(sent: bytes, *, most_bytes: int) -> bytes:
    try:
        body = gzip.GzipFile(fileobj=io.BytesIO(sent)).read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Fault(f"is packed with gzip and does not unpack ({error})", cure=f"{LATER}, or {SAVE}") from error
    if len(body) > most_bytes:
        raise _too_large(most_bytes)
    return body


def _too_large(most_bytes: int, *, length: int = 0) -> Fault:
    size = f"{length / 1e6:.1f} MB" if length else "more"
    return Fault(f"holds {size}, and {most_bytes / 1e6:g} MB is the most for a page", cure=SAVE)
