"""Floor 2: what is wanted of the dates of a feed: their form, weekday, zone, order, and that they are past."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pipeline.model import FeedElement, Severity
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import clients, spotify
from pipeline.rules.document.times import DateFault, read_date, rfc_2822
from pipeline.rules.rule import EVERYONE, Fault, Rule, apple_guide, apple_requirements, rule

#: Clocks differ by so much.
_TOLERANCE = timedelta(minutes=5)

_CURE = "write it as in <pubDate>Mon, 04 May 2026 06:00:00 GMT</pubDate>"


@rule("date-missing", Severity.ERROR, directories=EVERYONE, source=spotify("X15, S1, S2"))
def _date_missing(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.episodes:
        if facts.is_missing(item, "pubDate"):
            yield Fault(item.at(), "the episode has no date, and some apps refuse the whole feed for it", _CURE)


@rule("date-form", Severity.ERROR, directories=EVERYONE, source=apple_requirements("X9"))
def _date_form(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "pubDate"):
        if read_date(element.text.strip()).fault is DateFault.FORM:
            yield _no_date(part, element)


@rule("date-zone", Severity.ERROR, directories=EVERYONE, source=apple_requirements("X9"))
def _date_zone(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "pubDate"):
        if read_date(element.text.strip()).fault is DateFault.ZONE:
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} has no time zone that apps know, so it is hours off",
                f"{_CURE}, or with +0200 in place of GMT",
            )


@rule("date-weekday", Severity.WARNING, directories=EVERYONE, source=apple_requirements("X9"))
def _date_weekday(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in (*each(facts.items, "pubDate"), *_build_dates(facts)):
        text = element.text.strip()
        if read_date(text).fault is DateFault.WEEKDAY:
            yield Fault(
                part.at(element),
                f"{quoted(text)} has the weekday of another date",
                "correct the weekday, or leave it out with its comma",
            )


@rule("date-build", Severity.WARNING, directories=EVERYONE, source=apple_requirements("X9"))
def _date_build(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in _build_dates(facts):
        if read_date(element.text.strip()).fault in {DateFault.FORM, DateFault.ZONE}:
            yield _no_date(part, element)


@rule(
    "date-ahead", Severity.WARNING, directories=EVERYONE, source=clients("section 5, 9", seen="podcastindex web-ui 88")
)
def _date_ahead(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element, moment in _moments(facts):
        if moment > facts.now + _TOLERANCE:
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is still to come, and apps hide the episode or refuse it",
                "publish it when it is due, or correct the date",
            )


@rule(
    "date-twice",
    Severity.WARNING,
    directories=EVERYONE,
    source=clients("X15", seen="audiobookshelf 3442; pocket-casts-ios 108"),
)
def _date_twice(facts: DocumentFacts) -> Iterator[Fault]:
    first: dict[datetime, Part] = {}
    for part, element, moment in _moments(facts):
        earlier = first.setdefault(moment, part)
        if earlier is not part:
            yield Fault(
                part.at(element),
                f"its date is that of {earlier.at()}, and apps show them in any order",
                f"let them differ by a minute, as in {rfc_2822(moment + timedelta(minutes=1))}",
            )


@rule("date-order", Severity.WARNING, directories=EVERYONE, source=clients("X14", seen="podsync 133; vocal 224"))
def _date_order(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.channel.text("itunes:type").lower() == "serial":
        return  # hosts list what is heard from the first episode on in that order
    last: datetime | None = None
    for part, element, moment in _moments(facts):
        if part.text("itunes:episodeType").lower() == "trailer":
            continue  # pinned wherever it stands
        if last is not None and moment > last:
            yield Fault(
                part.at(element),
                "the item is newer than the one above it, and some apps show the order of the feed",
                "write the items newest first",
            )
            return
        last = moment


@rule("date-old", Severity.ADVICE, directories=EVERYONE, source=apple_guide("X9"))
def _date_old(facts: DocumentFacts) -> Iterator[Fault]:
    old = [part.at(element) for part, element, moment in _moments(facts) if moment.year < 2000]
    yield from one_fault(
        old, of=len(facts.items), what="its date is before there were podcasts", cure="correct the year"
    )


def _moments(facts: DocumentFacts) -> Iterator[tuple[Part, FeedElement, datetime]]:
    """Every date of an item that can be read, in the order of the feed."""
    for part, element in each(facts.items, "pubDate"):
        moment = read_date(element.text.strip()).moment
        if moment is not None:
            yield part, element, moment


def _build_dates(facts: DocumentFacts) -> Iterator[tuple[Part, FeedElement]]:
    for name in ("lastBuildDate", "pubDate"):
        yield from each((facts.channel,), name)


def _no_date(part: Part, element: FeedElement) -> Fault:
    text = element.text.strip()
    what = f"{quoted(text)} is no date of a feed" if text else "the date is empty"
    return Fault(part.at(element), f"{what}: English names, a year of four digits, 24 hours, a zone", _CURE)


DATE_RULES: tuple[Rule[DocumentFacts], ...] = (
    _date_missing,
    _date_form,
    _date_zone,
    _date_weekday,
    _date_build,
    _date_ahead,
    _date_twice,
    _date_order,
    _date_old,
)
