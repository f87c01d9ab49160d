"""Floor 2, rules over what is served: HEAD, marks, lengths, types, packing, and who may read it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.model import Answer, Directory, Probe, Served, ServedKind, Severity
from pipeline.rules.rule import EVERYONE, Confidence, Fault, Rule, Source, apple_requirements, namespace, rule
from pipeline.rules.serving.types import is_fitting, usual_type

#: Below it, packing saves less than a second packet of the network costs. A feed of some twenty episodes.
WORTH_PACKING_BYTES = 32 * 1024

_MARKS = Source("Apple, Technical updates for hosts (4115); Spotify 1.10", "A21, S10, T4", Confidence.PRIMARY)
_TRANSPORT = Source("Apple, Podcast requirements (823); ampache 4447", "T6", Confidence.PRIMARY)
_MARKED = {ServedKind.FEED, ServedKind.SOUND, ServedKind.ARTWORK}
_FILES = {ServedKind.SOUND, ServedKind.ARTWORK}
_SOUNDS = {ServedKind.SOUND, ServedKind.OTHER_FORM}
_OPEN = {ServedKind.TRANSCRIPT, ServedKind.CHAPTERS}


@rule("head-refused", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A19"))
def _head_refused(facts: Probe) -> Iterator[Fault]:
    for served, head in _heads(facts):
        if head.status != 200:
            yield Fault(
                served.named.where,
                f"{served.named.kind.value} is answered to GET, and to HEAD with {head.status}",
                "let the host answer HEAD as it answers GET, without the body",
            )


@rule("head-length", Severity.ERROR, directories=EVERYONE, source=_TRANSPORT)
def _head_length(facts: Probe) -> Iterator[Fault]:
    for served, head in _heads(facts):
        if served.named.kind in _FILES and head.status == 200 and head.content_length is None:
            yield Fault(
                served.named.where,
                f"the answer to HEAD does not say how long {served.named.kind.value} is",
                "let the host send Content-Length: serve it as a file, unpacked and not through a program",
            )


@rule("head-differs", Severity.WARNING, directories=EVERYONE, source=_TRANSPORT)
def _head_differs(facts: Probe) -> Iterator[Fault]:
    for served, head in _heads(facts):
        for name, of_head, of_get in _differences(served.get, head) if head.status == 200 else ():
            yield Fault(
                served.named.where,
                f"HEAD says {name} {of_head or 'nothing'}, and GET {of_get or 'nothing'}",
                "let the host answer HEAD with the headers of GET; behind a cache, empty it",
            )


@rule("length-differs", Severity.WARNING, directories=EVERYONE, source=_TRANSPORT)
def _length_differs(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        meant, length = served.named.length_bytes, _whole_bytes(served)
        if served.named.kind in _SOUNDS and meant and length is not None and length != meant:
            yield Fault(
                served.named.where,
                f"the feed says that the sound has {meant} bytes, and {length} are served",
                f'set length="{length}" in the feed, or upload the file that the feed means',
            )


@rule("marks-missing", Severity.WARNING, directories=EVERYONE, source=_MARKS)
def _marks_missing(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        has_mark = served.get.headers.get("etag") or served.get.headers.get("last-modified")
        if served.named.kind in _MARKED and served.get.is_good and not has_mark:
            yield Fault(
                served.named.where,
                f"{served.named.kind.value} comes with neither ETag nor Last-Modified, so nobody sees that it changed",
                "let the host send both",
            )


@rule("marks-ignored", Severity.WARNING, directories=EVERYONE, source=_MARKS)
def _marks_ignored(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        again = served.conditional
        if again is not None and again.failure is None and again.status != 304:
            yield Fault(
                served.named.where,
                f"asked again with its own ETag and Last-Modified, {served.named.kind.value} is answered "
                f"with {again.status} and not 304",
                "let the host answer 304 to If-None-Match and If-Modified-Since when nothing has changed",
            )


@rule("served-type", Severity.WARNING, directories=EVERYONE, source=namespace("T5"))
def _served_type(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        if served.get.is_good and not is_fitting(served):
            said = served.get.media_type
            yield Fault(
                served.named.where,
                f"{served.named.kind.value} comes as {said!r}" if said else f"{served.named.kind.value} has no type",
                f"let the host send Content-Type: {usual_type(served)}",
            )


@rule(
    "cors",
    Severity.WARNING,
    directories=(Directory.PODCASTING20,),
    source=namespace("1.7 transcript"),
)
def _cors(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        allowed = served.get.headers.get("access-control-allow-origin", "").strip()
        if served.named.kind in _OPEN and served.get.is_good and allowed not in {"*", "https://player.invalid"}:
            yield Fault(
                served.named.where,
                f"players on web pages may not read {served.named.kind.value}",
                "let the host send Access-Control-Allow-Origin: * with it",
            )


@rule("feed-unpacked", Severity.ADVICE, directories=EVERYONE, source=_MARKS)
def _feed_unpacked(facts: Probe) -> Iterator[Fault]:
    answer = facts.feed.get
    if answer.is_good and not _is_packed(answer) and facts.feed.unpacked_bytes > WORTH_PACKING_BYTES:
        yield Fault(
            facts.feed.named.where,
            f"it has {facts.feed.unpacked_bytes // 1024} KB and is sent unpacked, each time and to each app",
            "let the host pack it with gzip for those that say Accept-Encoding: gzip",
        )


@rule("vary-missing", Severity.WARNING, directories=EVERYONE, source=_MARKS)
def _vary_missing(facts: Probe) -> Iterator[Fault]:
    answer = facts.feed.get
    named = {name.strip().casefold() for name in answer.headers.get("vary", "").split(",")}
    if answer.is_good and _is_packed(answer) and not named & {"accept-encoding", "*"}:
        yield Fault(
            facts.feed.named.where,
            "it is sent packed without a word that it depends on who asks, so a cache may give it to apps that "
            "cannot unpack it",
            "let the host send Vary: Accept-Encoding",
        )


@rule(
    "feed-address",
    Severity.WARNING,
    directories=(Directory.PSP,),
    source=Source("PSP-1, 2023-08-07; RSS profile", "X11", Confidence.PRIMARY),
)
def _feed_address(facts: Probe) -> Iterator[Fault]:
    channel = facts.document.channel if facts.document is not None else None
    asked = {_normal(facts.feed.named.address), _normal(facts.feed.get.address)}
    for link in channel.all("atom:link") if channel is not None else ():
        address = link.attributes.get("href", "").strip()
        if link.attributes.get("rel") == "self" and address and _normal(address) not in asked:
            yield Fault(
                f"channel/atom:link (line {link.line})",
                f"the feed says that its address is {address}, and it was asked for at {facts.feed.named.where}",
                "write the address that is given to directories into the feed, or give them the one in the feed",
            )


def _heads(facts: Probe) -> Iterator[tuple[Served, Answer]]:
    """What was asked for with HEAD, too, and answered."""
    for served in facts.all:
        if served.head is not None and served.head.status is not None and served.head.failure is None:
            yield served, served.head


def _differences(get: Answer, head: Answer) -> Iterator[tuple[str, str, str]]:
    """What HEAD and GET say differently: the name of the header, HEAD's words, GET's words."""
    lengths = head.content_length, get.whole_bytes
    if None not in lengths and lengths[0] != lengths[1] and _is_packed(head) == _is_packed(get):
        yield "Content-Length", str(lengths[0]), str(lengths[1])
    if head.media_type != get.media_type:
        yield "Content-Type", head.media_type, get.media_type
    for name in ("ETag", "Last-Modified"):
        of_head, of_get = (answer.headers.get(name.casefold(), "") for answer in (head, get))
        if of_head.removeprefix("W/") != of_get.removeprefix("W/"):
            yield name, of_head, of_get


def _whole_bytes(served: Served) -> int | None:
    whole = served.get.whole_bytes
    return whole if whole is not None or served.head is None else served.head.content_length


def _is_packed(answer: Answer) -> bool:
    return answer.headers.get("content-encoding", "identity").strip().casefold() not in {"", "identity"}


def _normal(address: str) -> tuple[str, str, str, str]:
    """What makes two addresses the same for whoever asks: scheme, host and port, path, query."""
    parts = urlsplit(address)
    scheme, host = parts.scheme.casefold(), parts.netloc.casefold()
    host = host.removesuffix({"http": ":80", "https": ":443"}.get(scheme, "\0"))
    return scheme, host, parts.path or "/", parts.query


ANSWER_RULES: tuple[Rule[Probe], ...] = (
    _head_refused,
    _head_length,
    _head_differs,
    _length_differs,
    _marks_missing,
    _marks_ignored,
    _served_type,
    _cors,
    _feed_unpacked,
    _vary_missing,
    _feed_address,
)
