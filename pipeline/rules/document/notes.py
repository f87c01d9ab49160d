"""Floor 2: what is wanted of the show notes: there, not too long, and no HTML that apps drop, show raw or refuse."""

from collections.abc import Iterator

from pipeline.model import Directory, FeedElement, Severity
from pipeline.notes import NOTES_LIMIT_BYTES
from pipeline.patterns import regex
from pipeline.rules.document.facts import MARKED_UP, DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import psp, spotify, w3c
from pipeline.rules.markup import KEPT_TAGS, PAGE_TAGS, Markup, is_empty, visible_text
from pipeline.rules.rule import APPLE_PSP, EVERYONE, Confidence, Fault, Rule, Source, apple_guide, rule

#: What apps keep, or drop without harm: they are what Apple and PSP-1 name, and Spotify's headings (feeds.md A25, S7).
_HARMLESS_TAGS = KEPT_TAGS | {"b", "i", "strong", "em", "h1", "h2"}

_YOUTUBE_CHARACTERS = 5000
_RAW_TAGS = regex(r"&lt;/?(p|br|a|ul|ol|li|strong|em|div|span)\b")


@rule("notes-empty", Severity.WARNING, directories=EVERYONE, source=apple_guide("A5"))
def _notes_empty(facts: DocumentFacts) -> Iterator[Fault]:
    empty = [
        item.at(item.first("description"))
        for item in facts.episodes
        if all(is_empty(item.text(name)) for name in ("description", "content:encoded", "itunes:summary"))
        and "description" not in {name.lower() for name in item.named if name != "description"}
    ]
    yield from one_fault(
        empty,
        of=len(facts.episodes),
        what="the episode has no show notes",
        cure="write a few sentences into <description>",
    )


@rule("notes-long", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A25"))
def _notes_long(facts: DocumentFacts) -> Iterator[Fault]:
    for item, notes in each(facts.items, "description"):
        length = len(notes.text.strip().encode(errors="replace"))
        if length > NOTES_LIMIT_BYTES:
            yield Fault(
                item.at(notes),
                f"the show notes have {length} bytes, {length - NOTES_LIMIT_BYTES} more than Apple takes",
                f"shorten them to {NOTES_LIMIT_BYTES} bytes, and link to what follows",
            )


@rule("notes-scripts", Severity.WARNING, directories=EVERYONE, source=w3c("X10"))
def _notes_scripts(facts: DocumentFacts) -> Iterator[Fault]:
    for part, notes, markup in facts.marked_up:
        # The long form of the notes is a page to many hosts, and only what runs is out of place in it.
        foreign = markup.scripts or (markup.page_tags if notes.name == "description" else [])
        if foreign:
            yield Fault(
                part.at(notes),
                f"it has {quoted(foreign[0])}, which apps drop, show as text or refuse",
                "take it out, and link to the page where it works",
            )


@rule("notes-links", Severity.WARNING, directories=EVERYONE, source=w3c("X10"))
def _notes_links(facts: DocumentFacts) -> Iterator[Fault]:
    for part, notes, markup in facts.marked_up:
        # Notes of a page lead to places in it, which is of no use in an app and does no harm either.
        relative = [one for one in markup.relative if notes.name == "description" or not one.startswith("#")]
        if relative:
            yield Fault(
                part.at(notes),
                f"it links to {quoted(relative[0])}, which leads nowhere in an app",
                "write the whole address, from https:// on",
            )


@rule(
    "notes-tags",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source(
        "Apple, A Podcaster's Guide to RSS; Spotify, formatting your show notes", "A25, S7, X10", Confidence.PRIMARY
    ),
)
def _notes_tags(facts: DocumentFacts) -> Iterator[Fault]:
    places: list[str] = []
    tags: set[str] = set()
    for part, notes, markup in _marked_up(facts):
        foreign = markup.tags - _HARMLESS_TAGS - PAGE_TAGS - {"script"}
        if foreign:
            places.append(part.at(notes))
            tags |= foreign
    names = ", ".join(f"<{name}>" for name in sorted(tags)[:8])
    yield from one_fault(
        places,
        of=len(facts.parts),
        what=f"the notes have {names}, which apps drop or show",
        cure="write p, br, a, ul, ol and li alone",
    )


@rule(
    "notes-escaped",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("SSP 735", "section 5, 13", Confidence.PRIMARY),
)
def _notes_escaped(facts: DocumentFacts) -> Iterator[Fault]:
    for part, notes, markup in _marked_up(facts):
        found = _RAW_TAGS.search(notes.text)
        if found is not None and not markup.tags:
            yield Fault(
                part.at(notes),
                "its HTML is escaped twice, so apps show the tags as text",
                "escape it once, or put it into CDATA as it is",
            )


@rule("notes-http", Severity.ADVICE, directories=(Directory.SPOTIFY,), source=spotify("S7"))
def _notes_http(facts: DocumentFacts) -> Iterator[Fault]:
    places = [part.at(notes) for part, notes, markup in _marked_up(facts) if markup.plain_http]
    yield from one_fault(
        places,
        of=len(facts.parts),
        what="it links to an address without encryption, which Spotify takes out",
        cure="write https:// where the site has it",
    )


@rule(
    "notes-youtube",
    Severity.ADVICE,
    directories=(Directory.YOUTUBE,),
    source=Source("a table of descriptions, 2026-09-20", "Y4", Confidence.SECONDARY),
)
def _notes_youtube(facts: DocumentFacts) -> Iterator[Fault]:
    places = []
    for part, notes in each(facts.items, "description"):
        text = visible_text(notes.text)
        if len(text) > _YOUTUBE_CHARACTERS or "<" in text or ">" in text:
            places.append(part.at(notes))
    yield from one_fault(
        places,
        of=len(facts.items),
        what=f"YouTube takes {_YOUTUBE_CHARACTERS} characters, and neither < nor > among them",
        cure="write “less than” or an arrow → in words or signs of their own",
    )


@rule("notes-order", Severity.ADVICE, directories=EVERYONE, source=w3c("X10"))
def _notes_order(facts: DocumentFacts) -> Iterator[Fault]:
    places = [
        item.at(encoded)
        for item, encoded in each(facts.items, "content:encoded")
        if "description" in item.named and _comes_first(item, encoded)
    ]
    yield from one_fault(
        places,
        of=len(facts.items),
        what="it stands before <description>, and some readers then take the wrong one",
        cure="write <description> first; without <content:encoded> it is simplest",
    )


@rule("notes-two", Severity.ADVICE, directories=(Directory.PSP,), source=psp("1.6, 1.10"))
def _notes_two(facts: DocumentFacts) -> Iterator[Fault]:
    places = [
        item.at(encoded)
        for item, encoded in each(facts.items, "content:encoded")
        if item.text("description") and item.text("description") != encoded.text.strip()
    ]
    yield from one_fault(
        places,
        of=len(facts.items),
        what="its <content:encoded> says something else than <description>, and each app shows another of them",
        cure="write all of it into <description>, and leave <content:encoded> out",
    )


def _marked_up(facts: DocumentFacts) -> Iterator[tuple[Part, FeedElement, Markup]]:
    """The descriptions that have HTML in them."""
    return (text for text in facts.marked_up if text[1].name == "description")


def _comes_first(item: Part, encoded: FeedElement) -> bool:
    """Whether ``encoded`` stands before the description."""
    return next(child.name for child in item.element.children if child.name in MARKED_UP) == encoded.name


NOTES_RULES: tuple[Rule[DocumentFacts], ...] = (
    _notes_empty,
    _notes_long,
    _notes_scripts,
    _notes_links,
    _notes_tags,
    _notes_escaped,
    _notes_http,
    _notes_youtube,
    _notes_order,
    _notes_two,
)
