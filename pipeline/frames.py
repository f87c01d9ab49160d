"""Floor 3: how a worker process and its host talk: frames on a pipe, each as long as its first four bytes say."""

from typing import IO


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Send one frame, at once."""
    stream.write(len(payload).to_bytes(4, "big") + payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame's payload; None where the stream ends, be it in the middle of a frame."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    count = int.from_bytes(size, "big")
    payload = stream.read(count)
    return payload if len(payload) == count else None
