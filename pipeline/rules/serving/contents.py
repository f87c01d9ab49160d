"""Floor 2, rules over what is served: what the bytes of feed, artwork, transcripts and chapters are."""

from collections.abc import Iterator

from pipeline.model import Artwork, Directory, Probe, Served, ServedKind, Severity
from pipeline.rules.artwork import ADVISED_BYTES, ENDINGS, LARGEST_PX, SMALLEST_PX
from pipeline.rules.rule import APPLE, EVERYONE, Confidence, Fault, Rule, Source, apple_guide, namespace, rule


@rule(
    "feed-unreadable",
    Severity.ERROR,
    directories=EVERYONE,
    source=Source("Apple, Podcast requirements (823); PSP-1, 2023-08-07", "X1, A22", Confidence.PRIMARY),
)
def _feed_unreadable(facts: Probe) -> Iterator[Fault]:
    if facts.feed.content_fault:
        yield Fault(
            facts.feed.named.where,
            f"what is there {facts.feed.content_fault}",
            facts.feed.content_cure or "put the RSS feed there, or give the address where it is",
        )


@rule(
    "transcript-content",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("A31, transcript"),
)
def _transcript_content(facts: Probe) -> Iterator[Fault]:
    yield from _of_texts(facts, ServedKind.TRANSCRIPT, cure="upload it again, with the type that the feed says of it")


@rule(
    "chapters-content",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=namespace("A32, chapters"),
)
def _chapters_content(facts: Probe) -> Iterator[Fault]:
    yield from _of_texts(facts, ServedKind.CHAPTERS, cure='upload JSON with "version" and "chapters" again')


@rule("artwork-missing", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, S1"))
def _artwork_missing(facts: Probe) -> Iterator[Fault]:
    for served in facts.others:
        if served.named.kind is ServedKind.ARTWORK and served.content_fault:
            yield Fault(served.named.where, served.content_fault, "upload it again, as a square JPEG of 3000 pixels")


@rule("artwork-square", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_square(facts: Probe) -> Iterator[Fault]:
    for served, art in _images(facts):
        if art.width_px != art.height_px:
            side = min(art.width_px, art.height_px)
            yield Fault(
                served.named.where,
                f"the artwork is {art.width_px} by {art.height_px} pixels, not square",
                f"crop it to {side} by {side} pixels, and give it a new name",
            )


@rule("artwork-pixels", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_pixels(facts: Probe) -> Iterator[Fault]:
    for served, art in _images(facts):
        if not all(SMALLEST_PX <= side <= LARGEST_PX for side in (art.width_px, art.height_px)):
            yield Fault(
                served.named.where,
                f"the artwork is {art.width_px} by {art.height_px} pixels, and {SMALLEST_PX} to {LARGEST_PX} are taken",
                f"save it as {LARGEST_PX} by {LARGEST_PX} pixels, and give it a new name",
            )


@rule("artwork-format", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_format(facts: Probe) -> Iterator[Fault]:
    for served, art in _images(facts):
        if art.format not in ENDINGS:
            yield Fault(
                served.named.where,
                f"the artwork is a {art.format}, and only JPEG and PNG are taken",
                "save it as JPEG, and give it a new name",
            )


@rule("artwork-colours", Severity.ERROR, directories=APPLE, source=apple_guide("A11"))
def _artwork_colours(facts: Probe) -> Iterator[Fault]:
    for served, art in _images(facts):
        if art.mode != "RGB":
            yield Fault(
                served.named.where,
                f"the artwork has the colours {art.mode}, and only RGB without transparency is taken",
                "save it as JPEG in RGB, and give it a new name",
            )


@rule("artwork-ending", Severity.ERROR, directories=APPLE, source=apple_guide("A11"))
def _artwork_ending(facts: Probe) -> Iterator[Fault]:
    for served, art in _images(facts):
        if art.format in ENDINGS and not art.name.casefold().endswith(_endings(art)):
            yield Fault(
                served.named.where,
                f"the artwork is a {art.format}, and its name is {art.name}",
                f"give it a name that ends in {ENDINGS[art.format][0]}",
            )


@rule(
    "artwork-bytes",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("PSP-1 issue 13; PRX", "A13", Confidence.SECONDARY),
)
def _artwork_bytes(facts: Probe) -> Iterator[Fault]:
    for served in facts.others:
        length = served.get.whole_bytes or served.get.body_bytes
        if served.named.kind is ServedKind.ARTWORK and served.get.is_good and length > ADVISED_BYTES:
            yield Fault(
                served.named.where,
                f"the artwork has {length // 1024} KB{' or more' if served.get.is_cut else ''}, "
                "and apps load it before anything else",
                f"save it with stronger compression, under {ADVISED_BYTES // 1024} KB",
            )


def _of_texts(facts: Probe, kind: ServedKind, *, cure: str) -> Iterator[Fault]:
    for served in facts.others:
        if served.named.kind is kind and served.content_fault:
            yield Fault(served.named.where, f"{kind.value} {served.content_fault}", cure)


def _images(facts: Probe) -> Iterator[tuple[Served, Artwork]]:
    for served in facts.others:
        if served.artwork is not None:
            yield served, served.artwork


def _endings(art: Artwork) -> tuple[str, ...]:
    # Apple names .jpg; .jpeg is true of the file as well, and no reason to be refused was ever seen.
    return (*ENDINGS[art.format], ".jpeg") if art.format == "JPEG" else ENDINGS[art.format]


#: It counts for files, too, which nobody serves yet.
FEED_UNREADABLE = _feed_unreadable

CONTENT_RULES: tuple[Rule[Probe], ...] = (
    _feed_unreadable,
    _transcript_content,
    _chapters_content,
    _artwork_missing,
    _artwork_square,
    _artwork_pixels,
    _artwork_format,
    _artwork_colours,
    _artwork_ending,
    _artwork_bytes,
)
