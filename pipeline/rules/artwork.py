"""Floor 2: what the directories want of the cover. It is the most frequent reason for which a show is refused."""

from collections.abc import Iterator

from pipeline.model import Severity
from pipeline.rules.facts import ShowFacts
from pipeline.rules.rule import (
    APPLE,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    rule,
)

#: Width and height in pixels. Source: feeds.md A11 and section 1.10.
SMALLEST_PX, LARGEST_PX = 1400, 3000

#: What hosts advise; Apple publishes no limit. Source: PSP-1 issue 13, PRX (feeds.md A13).
ADVISED_BYTES = 512 * 1024

#: The formats that are taken, and the ends of names that are true of them.
ENDINGS = {"JPEG": (".jpg",), "PNG": (".png",)}

_WHERE = "show.toml, artwork"
_WRITE_FEED = "write it again: audio-edition feed"


@rule("artwork-missing", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, S1"))
def _artwork_missing(facts: ShowFacts) -> Iterator[Fault]:
    if facts.artwork is None:
        yield Fault(
            _WHERE,
            f"{facts.show.artwork} is missing or no image",
            f"put a square JPEG of 3000 by 3000 pixels beside show.toml and set artwork to its name, "
            f"now {facts.show.artwork!r}",
        )


@rule("artwork-square", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_square(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if art is not None and art.width_px != art.height_px:
        yield Fault(
            _WHERE,
            f"{art.name} is {art.width_px} by {art.height_px} pixels, not square",
            f"crop it to {min(art.width_px, art.height_px)} by {min(art.width_px, art.height_px)} pixels",
        )


@rule("artwork-pixels", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_pixels(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if (
        art is not None
        and not SMALLEST_PX <= min(art.width_px, art.height_px) <= max(art.width_px, art.height_px) <= LARGEST_PX
    ):
        yield Fault(
            _WHERE,
            f"{art.name} is {art.width_px} by {art.height_px} pixels, and {SMALLEST_PX} to {LARGEST_PX} are taken",
            f"save it as {LARGEST_PX} by {LARGEST_PX} pixels",
        )


@rule("artwork-format", Severity.ERROR, directories=EVERYONE, source=apple_guide("A11"))
def _artwork_format(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if art is not None and art.format not in ENDINGS:
        yield Fault(_WHERE, f"{art.name} is a {art.format}, and only JPEG and PNG are taken", "save it as JPEG")


@rule("artwork-colours", Severity.ERROR, directories=APPLE, source=apple_guide("A11"))
def _artwork_colours(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if art is not None and art.mode != "RGB":
        yield Fault(
            _WHERE,
            f"{art.name} has the colours {art.mode}, and only RGB without transparency is taken",
            "save it as JPEG in RGB",
        )


@rule("artwork-ending", Severity.ERROR, directories=APPLE, source=apple_guide("A11"))
def _artwork_ending(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if art is not None and art.format in ENDINGS and not art.name.endswith(ENDINGS[art.format]):
        ending = ENDINGS[art.format][0]
        yield Fault(
            _WHERE,
            f"{art.name} is a {art.format}, and its name must end in {ending}",
            f'rename the file and set artwork = "{art.name.rpartition(".")[0] or art.name}{ending}"',
        )


@rule(
    "artwork-bytes",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("PSP-1 issue 13; PRX", "A13", Confidence.SECONDARY),
)
def _artwork_bytes(facts: ShowFacts) -> Iterator[Fault]:
    art = facts.artwork
    if art is not None and art.length_bytes > ADVISED_BYTES:
        yield Fault(
            _WHERE,
            f"{art.name} has {art.length_bytes // 1024} KB, and apps load it before anything else",
            f"save it with stronger compression, under {ADVISED_BYTES // 1024} KB",
        )


@rule("artwork-published", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, A12"))
def _artwork_published(facts: ShowFacts) -> Iterator[Fault]:
    published = facts.published_artwork
    if published is None or facts.artwork is None:
        return  # without a feed, or without a cover, there is nothing to compare
    named = published.path or "an address of somebody else"
    if published.artwork is None:
        yield Fault(facts.show.feed_path, f"its cover is {named}, and there is no image of that name here", _WRITE_FEED)
    elif not published.is_current:
        yield Fault(
            facts.show.feed_path, f"its cover is {named}, which is older than {facts.show.artwork}", _WRITE_FEED
        )


ARTWORK_RULES: tuple[Rule[ShowFacts], ...] = (
    _artwork_missing,
    _artwork_square,
    _artwork_pixels,
    _artwork_format,
    _artwork_colours,
    _artwork_ending,
    _artwork_bytes,
    _artwork_published,
)
