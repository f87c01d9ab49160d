"""Floor 3, probing: one address -> what is served there, asked for in the way of its kind.

Of a sound only a few bytes are fetched: its first one, some of its middle and of its end. Each kind takes at most six
requests, redirects aside.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from msgspec import structs

from pipeline.artwork import read_artwork
from pipeline.errors import ConfigError
from pipeline.model import Answer, Artwork, Named, RangeAnswer, Served, ServedKind
from pipeline.probing.asking import Asker
from pipeline.probing.unpacking import unpacked
from pipeline.rules.serving.bodies import chapters_fault, transcript_fault

#: More than is asked for: a host that sends it does not keep to ranges, and is cut off.
_SPARE_BYTES = 4096
_PIECE_BYTES = 16

_PACKED = {"Accept-Encoding": "gzip"}
#: As a player on somebody's web page asks: some hosts allow it only to those that say where they come from.
_FROM_A_PAGE = {**_PACKED, "Origin": "https://player.invalid"}


async def look_at_feed(feed: Named, asked: Asker) -> tuple[Served, bytes | None]:
    """What is served at the address of a feed, and its bytes, unpacked; None where they did not come whole."""
    reply = await asked.ask(feed.address, headers=_PACKED, most_bytes=asked.limits.feed_bytes)
    if not reply.answer.is_good:
        return Served(named=feed, get=reply.answer), None
    data, fault = unpacked(reply, most_bytes=asked.limits.feed_bytes)
    served = Served(
        named=feed,
        get=reply.answer,
        head=(await asked.ask(reply.answer.address, method="HEAD", headers=_PACKED)).answer,
        conditional=await _asked_again(reply.answer, asked, headers=_PACKED),
        unpacked_bytes=len(data),
        content_fault=fault,
    )
    return served, data if not fault else None


async def look_at(named: Named, asked: Asker) -> Served:
    """What is served for ``named``."""
    match named.kind:
        case ServedKind.SOUND:
            return await _sound(named, asked)
        case ServedKind.ARTWORK:
            return await _artwork(named, asked)
        case ServedKind.TRANSCRIPT | ServedKind.CHAPTERS:
            return await _text(named, asked)
        case _:
            return Served(named=named, get=await _beginning(named, asked))


async def _beginning(named: Named, asked: Asker) -> Answer:
    """The answer to a request for the first byte; a page of a feed, which need not know ranges, is cut off."""
    headers = {"Range": "bytes=0-0"} if named.kind is not ServedKind.PAGE else {}
    return (await asked.ask(named.address, headers=headers, most_bytes=_SPARE_BYTES)).answer


async def _sound(named: Named, asked: Asker) -> Served:
    first = await _beginning(named, asked)
    if not first.is_good:
        return Served(named=named, get=first)
    # Asked where apps ask. All else goes where that leads: whoever counts downloads on the way counts this one once.
    head = (await asked.ask(named.address, method="HEAD")).answer
    begun = RangeAnswer(asked="bytes=0-0", meant=(0, 0), answer=first)
    whole = first.whole_bytes or head.content_length
    return Served(
        named=named,
        get=first,
        head=head,
        conditional=await _asked_again(first, asked, headers={}),
        ranges=(
            begun,
            *(await _more_ranges(first.address, asked, whole=whole) if first.status == 206 and whole else ()),
        ),
    )


async def _more_ranges(address: str, asked: Asker, *, whole: int) -> list[RangeAnswer]:
    """The answers to requests for the middle and the end of ``whole`` bytes, and for what lies behind."""
    middle = (whole // 2, min(whole // 2 + _PIECE_BYTES, whole) - 1)
    piece = min(_PIECE_BYTES, whole)
    wanted: list[tuple[str, tuple[int, int] | None]] = [
        (f"bytes={middle[0]}-{middle[1]}", middle),
        (f"bytes=-{piece}", (whole - piece, whole - 1)),
        (f"bytes={whole}-", None),
    ]
    return [
        RangeAnswer(
            asked=text,
            meant=meant,
            answer=(await asked.ask(address, headers={"Range": text}, most_bytes=_SPARE_BYTES)).answer,
        )
        for text, meant in wanted
    ]


async def _artwork(named: Named, asked: Asker) -> Served:
    reply = await asked.ask(named.address, most_bytes=asked.limits.file_bytes)
    if not reply.answer.is_good:
        return Served(named=named, get=reply.answer)
    head = (await asked.ask(named.address, method="HEAD")).answer
    served = Served(named=named, get=reply.answer, head=head, unpacked_bytes=len(reply.body))
    if reply.answer.is_cut:
        return served
    try:
        return structs.replace(served, artwork=_image(named.address, reply.body))
    except ConfigError as error:
        return structs.replace(served, content_fault=error.what)


def _image(address: str, data: bytes) -> Artwork:
    """What the image really is; Raises: ConfigError if it is none."""
    name = Path(unquote(urlsplit(address).path)).name
    with TemporaryDirectory() as folder:
        path = Path(folder) / "image"
        path.write_bytes(data)
        return structs.replace(read_artwork(path), name=name)


async def _text(named: Named, asked: Asker) -> Served:
    reply = await asked.ask(named.address, headers=_FROM_A_PAGE, most_bytes=asked.limits.file_bytes)
    if not reply.answer.is_good:
        return Served(named=named, get=reply.answer)
    data, fault = unpacked(reply, most_bytes=asked.limits.file_bytes)
    if not fault:
        is_chapters = named.kind is ServedKind.CHAPTERS
        fault = chapters_fault(data) if is_chapters else transcript_fault(data, named.media_type)
    return Served(named=named, get=reply.answer, unpacked_bytes=len(data), content_fault=fault)


async def _asked_again(answer: Answer, asked: Asker, *, headers: dict[str, str]) -> Answer | None:
    """The answer to one who has it already, by its marks; None where it has none."""
    marks = {
        "If-None-Match": answer.headers.get("etag", ""),
        "If-Modified-Since": answer.headers.get("last-modified", ""),
    }
    given = {name: mark for name, mark in marks.items() if mark}
    if not given:
        return None
    return (await asked.ask(answer.address, headers={**headers, **given})).answer
