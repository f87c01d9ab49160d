"""Floor 2: what is wanted of the sound of each item: one enclosure with length and type, and its duration."""

from collections.abc import Iterator

from pipeline.model import FeedElement, Severity
from pipeline.patterns import regex
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import rss, spotify
from pipeline.rules.document.times import duration_s
from pipeline.rules.rule import (
    APPLE,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    apple_requirements,
    rule,
)

#: What Apple takes, by the ending of the address; the first is Apple's own word. Source: feeds.md A15 and 1.10.
TYPES: dict[str, tuple[str, ...]] = {
    ".mp3": ("audio/mpeg",),
    ".m4a": ("audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac"),
    ".mp4": ("video/mp4", "audio/mp4"),
    ".m4v": ("video/x-m4v", "video/m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
    ".pdf": ("application/pdf",),
}
_TAKEN = {one for types in TYPES.values() for one in types}

#: Words for MP3 and AAC that are none of the registered ones, and what is meant.
_MEANT = {
    "audio/mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio": "audio/mpeg",
    "mp3": "audio/mpeg",
    "video/mpeg": "video/mp4",
}

_WHOLE = regex(r"[0-9]+")
_LENGTH = Source("RSS 2.0.11; Spotify, Podcast Delivery Specification 5.17", "X7, S3", Confidence.PRIMARY)


@rule("episode-missing", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A3, S1"))
def _episode_missing(facts: DocumentFacts) -> Iterator[Fault]:
    if not any("enclosure" in name.lower() for item in facts.items for name in item.named):
        what = "no item has sound" if facts.items else "there is no item"
        yield Fault(facts.channel.at(), f"{what}, and an empty show is refused", "publish the first episode")


@rule("enclosure-missing", Severity.ERROR, directories=EVERYONE, source=apple_guide("A4, X7"))
def _enclosure_missing(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.episodes:
        if facts.is_missing(item, "enclosure"):
            yield Fault(
                item.at(),
                "the episode has no sound",
                'write <enclosure url="https://..." length="bytes of the file" type="audio/mpeg"/> into it',
            )


@rule("item-without-sound", Severity.ADVICE, directories=EVERYONE, source=apple_guide("A4, X7"))
def _item_without_sound(facts: DocumentFacts) -> Iterator[Fault]:
    heard = {id(item) for item in facts.episodes}
    silent = [item.at() for item in facts.items if id(item) not in heard]
    yield from one_fault(
        silent,
        of=len(facts.items),
        what="it is a text without sound, which directories leave out",
        cure="give the podcast a feed of its own, with episodes alone",
    )


@rule("enclosure-several", Severity.ERROR, directories=EVERYONE, source=rss("X7, S16"))
def _enclosure_several(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.items:
        enclosures = item.all("enclosure")
        if len(enclosures) > 1:
            yield Fault(
                item.at(enclosures[1]),
                f"the item has {len(enclosures)} enclosures, and every app takes another of them",
                "keep one; other forms go into <podcast:alternateEnclosure>",
            )


@rule("enclosure-length", Severity.ERROR, directories=EVERYONE, source=_LENGTH)
def _enclosure_length(facts: DocumentFacts) -> Iterator[Fault]:
    for part, enclosure in each(facts.items, "enclosure"):
        length = enclosure.attributes.get("length", "").strip()
        if not _WHOLE.fullmatch(length) or not length.strip("0"):
            yield Fault(
                part.at(enclosure),
                f"its length is {quoted(length)}" if length else "it has no length",
                'write length="..." with the bytes of the file, as a whole number',
            )


@rule("enclosure-small", Severity.WARNING, directories=EVERYONE, source=_LENGTH)
def _enclosure_small(facts: DocumentFacts) -> Iterator[Fault]:
    for part, enclosure in each(facts.items, "enclosure"):
        length = enclosure.attributes.get("length", "").strip()
        duration = duration_s(part.text("itunes:duration")) or 0
        if _WHOLE.fullmatch(length) and 0 < int(length[:18]) <= duration + 1:
            yield Fault(
                part.at(enclosure),
                f"its length is {length[:18]}, and so many seconds does it last",
                "write the bytes of the file, not its seconds",
            )


@rule("enclosure-type", Severity.ERROR, directories=APPLE, source=apple_guide("A15"))
def _enclosure_type(facts: DocumentFacts) -> Iterator[Fault]:
    for part, enclosure in each(facts.items, "enclosure"):
        given = _type(enclosure)
        if given not in _TAKEN:
            meant = _MEANT.get(given) or TYPES.get(_ending(enclosure), ("audio/mpeg",))[0]
            yield Fault(
                part.at(enclosure),
                f"its type {quoted(given)} is none that Apple takes" if given else "it has no type",
                f'write type="{meant}"' if given in _MEANT or not given else f'save the sound as MP3: type="{meant}"',
            )


@rule("enclosure-ending", Severity.WARNING, directories=APPLE, source=apple_guide("A15"))
def _enclosure_ending(facts: DocumentFacts) -> Iterator[Fault]:
    for part, enclosure in each(facts.items, "enclosure"):
        given, ending = _type(enclosure), _ending(enclosure)
        if ending in TYPES and given in _TAKEN and given not in TYPES[ending]:
            yield Fault(
                part.at(enclosure),
                f"its type is {given}, and its address ends in {ending}, by which Apple goes",
                f'write type="{TYPES[ending][0]}", or give the file the ending of what it is',
            )


@rule("enclosure-name", Severity.ADVICE, directories=APPLE, source=apple_guide("A15"))
def _enclosure_name(facts: DocumentFacts) -> Iterator[Fault]:
    nameless = [
        part.at(enclosure)
        for part, enclosure in each(facts.items, "enclosure")
        if enclosure.attributes.get("url") and _type(enclosure) in _TAKEN and _ending(enclosure) not in TYPES
    ]
    yield from one_fault(
        nameless,
        of=len(facts.items),
        what="its address has none of the endings by which Apple knows a format (.mp3, .m4a ...)",
        cure="have the address end in .mp3",
    )


@rule("enclosure-twice", Severity.ERROR, directories=APPLE, source=apple_requirements("A16"))
def _enclosure_twice(facts: DocumentFacts) -> Iterator[Fault]:
    first: dict[str, Part] = {}
    for part, enclosure in each(facts.items, "enclosure"):
        address = enclosure.attributes.get("url", "").strip()
        earlier = first.setdefault(address, part)
        if address and earlier is not part:
            yield Fault(
                part.at(enclosure),
                f"its address is that of {earlier.at()}, and repeated ones are ignored",
                "give each episode its own file, or delete the item that should not be there",
            )


@rule("duration", Severity.ERROR, directories=EVERYONE, source=spotify("A10, S2, S9"))
def _duration(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "itunes:duration"):
        if duration_s(element.text.strip()) is None:
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is no duration that apps read",
                "write whole seconds, as <itunes:duration>1815</itunes:duration>",
            )


@rule("duration-form", Severity.WARNING, directories=EVERYONE, source=apple_guide("A10"))
def _duration_form(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "itunes:duration"):
        text = element.text.strip()
        seconds = duration_s(text)
        if seconds is not None and (not seconds or "." in text or _overflows(text)):
            yield Fault(
                part.at(element),
                f"{quoted(text)} is not in whole seconds" if seconds else "the duration is 0",
                f"write whole seconds: <itunes:duration>{max(round(seconds), 1)}</itunes:duration>",
            )


def _overflows(text: str) -> bool:
    """Whether minutes behind hours, or seconds behind minutes, are 60 and more."""
    return any(int(part.partition(".")[0] or 0) >= 60 for part in text.split(":")[1:])


def _type(enclosure: FeedElement) -> str:
    return enclosure.attributes.get("type", "").partition(";")[0].strip().lower()


def _ending(enclosure: FeedElement) -> str:
    """The ending of the file's name, in small letters; that of an address behind a question mark counts too."""
    address = enclosure.attributes.get("url", "").strip().lower()
    path = address.partition("?")[0].partition("#")[0]
    for name in (path, address):
        ending = f".{name.rpartition('/')[2].rpartition('.')[2]}"
        if ending in TYPES:
            return ending
    return ""


ENCLOSURE_RULES: tuple[Rule[DocumentFacts], ...] = (
    _episode_missing,
    _enclosure_missing,
    _item_without_sound,
    _enclosure_several,
    _enclosure_length,
    _enclosure_small,
    _enclosure_type,
    _enclosure_ending,
    _enclosure_name,
    _enclosure_twice,
    _duration,
    _duration_form,
)
