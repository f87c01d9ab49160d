"""Floor 3, probing: a body as it was sent -> its bytes, unpacked, and never more of them than the limit."""

import gzip
import io
import zlib

from pipeline.probing.asking import Reply
from pipeline.sources.fetching.faults import quoted


def unpacked(reply: Reply, *, most_bytes: int) -> tuple[bytes, str]:
    """The bytes, and what is wrong with them, as a predicate; "" for nothing.

    httpx would unpack each part as it comes, without a limit, and packings within packings.
    """
    if reply.answer.is_cut:
        return reply.body, _too_long(most_bytes)
    names = [name.strip().casefold() for name in reply.answer.headers.get("content-encoding", "").split(",")]
    match [name for name in names if name not in {"", "identity"}]:
        case []:
            return reply.body, ""
        case ["gzip" | "x-gzip"]:
            return _out_of_gzip(reply.body, most_bytes=most_bytes)
        case others:
            return b"", f"comes packed in a way that was not asked for ({quoted(', '.join(others))})"


def _out_of_gzip(sent: bytes, *, most_bytes: int) -> tuple[bytes, str]:
    try:
        data = gzip.GzipFile(fileobj=io.BytesIO(sent)).read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        return b"", f"says that it is packed with gzip and does not unpack ({quoted(error)})"
    return (data, "") if len(data) <= most_bytes else (b"", _too_long(most_bytes))


def _too_long(most_bytes: int) -> str:
    return f"is longer than {most_bytes / 1e6:g} MB, or has no end, and was cut off there"
