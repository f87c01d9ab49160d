"""Floor 3, engines: whether an OGG file, be it Vorbis or Opus, is whole. Pure. Source: RFC 3533, section 6."""

from pipeline.engines.network.exchange import BadAnswer

_HEADER_BYTES = 27
_END_OF_STREAM = 4


def require_whole_ogg(body: bytes) -> None:
    """Nothing, if ``body`` is pages in a row, each of them whole, and the last one says that it is the last.

    Raises: BadAnswer otherwise.
    """
    position = flags = 0
    while position < len(body):
        if not body.startswith(b"OggS", position):
            raise BadAnswer(f"sent an OGG with bytes in it that belong to no page (at {position} of {len(body)})")
        header = body[position : position + _HEADER_BYTES]
        if len(header) < _HEADER_BYTES:
            break
        flags = header[5]
        table = body[position + _HEADER_BYTES : position + _HEADER_BYTES + header[26]]
        position += _HEADER_BYTES + header[26] + sum(table)
    if position != len(body) or not flags & _END_OF_STREAM:
        raise BadAnswer(f"sent an OGG that is cut (after {len(body)} bytes)")
