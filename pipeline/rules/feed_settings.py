"""Floor 2: what the directories want of [feed] in show.toml: owner, licence, people, support, pages, privacy."""

from collections.abc import Iterator

from pipeline.model import Directory, RemoteShow, Severity
from pipeline.notes import is_plain_address
from pipeline.patterns import regex
from pipeline.rules.facts import ShowFacts
from pipeline.rules.forms import LICENSE, UUID
from pipeline.rules.rule import (
    APPLE,
    CLAIMED,
    Confidence,
    Fault,
    Rule,
    Source,
    namespace,
    rule,
)

_PODCASTING20 = (Directory.PODCASTING20,)

#: The longest name of a person, role or group. Source: podcast-namespace, docs/tags/person.md.
LONGEST_NAME = 128

#: How a rule of recurrence begins, or goes on. Source: RFC 5545, section 3.3.10.
_RRULE = regex(
    r"(?=.*\bFREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)\b)([A-Z]+=[^=;\s]+)(;[A-Z]+=[^=;\s]+)*"
)


@rule(
    "owner-hidden",
    Severity.ADVICE,
    directories=CLAIMED,
    source=Source("YouTube answer 13525207; Spotify and Amazon, claiming a show", "Y1, S14, Z2", Confidence.PRIMARY),
)
def _owner_hidden(facts: ShowFacts) -> Iterator[Fault]:
    # Nobody claims a show that no directory has.
    if not facts.show.feed.has_owner and not facts.show.feed.is_private:
        yield Fault(
            "show.toml, feed.has_owner",
            "the feed names no owner, so the show cannot be claimed",
            "set has_owner = true under [feed] until every directory has confirmed the show",
        )


@rule("license-name", Severity.ADVICE, directories=_PODCASTING20, source=namespace("license"))
def _license_name(facts: ShowFacts) -> Iterator[Fault]:
    name = facts.show.feed.license
    if name and not LICENSE.fullmatch(name) and not facts.show.feed.license_url:
        yield Fault(
            "show.toml, feed.license",
            f"{name!r} is not a name of the licence list, which are in small letters",
            'set license = "cc-by-4.0" or the like under [feed], or license_url to where its text stands',
        )


@rule("license-url", Severity.WARNING, directories=_PODCASTING20, source=namespace("license"))
def _license_url(facts: ShowFacts) -> Iterator[Fault]:
    feed = facts.show.feed
    if feed.license_url and not feed.license:
        yield Fault(
            "show.toml, feed.license_url",
            "a licence has an address and no name, so the feed does not say it",
            'set license = "the name of your licence" under [feed]',
        )
    elif feed.license_url and not _is_safe(feed.license_url):
        yield _unsafe("feed.license_url", feed.license_url)


@rule(
    "hub-address",
    Severity.WARNING,
    directories=_PODCASTING20,
    source=Source("W3C WebSub, 2018-01", "T1", Confidence.STANDARD),
)
def _hub_address(facts: ShowFacts) -> Iterator[Fault]:
    hub = facts.show.feed.websub_hub
    if hub and not is_plain_address(hub):
        yield Fault("show.toml, feed.websub_hub", f"{hub!r} is no address", 'set websub_hub = "https://..." or ""')


@rule("funding-url", Severity.WARNING, directories=_PODCASTING20, source=namespace("funding"))
def _funding_url(facts: ShowFacts) -> Iterator[Fault]:
    for funding in facts.show.feed.funding:
        if not _is_safe(funding.url):
            yield _unsafe("feed.funding", funding.url)


@rule("person-address", Severity.WARNING, directories=_PODCASTING20, source=namespace("person"))
def _person_address(facts: ShowFacts) -> Iterator[Fault]:
    for person in facts.show.feed.persons:
        for address in (person.url, person.image):
            if address and not _is_safe(address):
                yield _unsafe(f"feed.persons, {person.name}", address)


@rule("person-name", Severity.WARNING, directories=_PODCASTING20, source=namespace("person"))
def _person_name(facts: ShowFacts) -> Iterator[Fault]:
    for person in facts.show.feed.persons:
        for what, text in (("name", person.name), ("role", person.role), ("group", person.group)):
            length = len(text.strip())
            if length > LONGEST_NAME or (what == "name" and not length):
                yield Fault(
                    "show.toml, feed.persons",
                    f"a {what} has {length} characters, and apps take 1 to {LONGEST_NAME}",
                    f"give that person a {what} of a few words",
                )


@rule("remote-item", Severity.WARNING, directories=_PODCASTING20, source=namespace("podroll, publisher"))
def _remote_item(facts: ShowFacts) -> Iterator[Fault]:
    for key, remote in _remote_shows(facts):
        if not UUID.fullmatch(remote.feed_guid):
            yield Fault(
                f"show.toml, {key}",
                f"{remote.feed_guid!r} is no podcast:guid, so no app finds that show",
                "copy the podcast:guid from its feed: small letters, 8-4-4-4-12 digits",
            )
        elif remote.feed_guid == facts.ledger.podcast_guid:
            yield Fault(f"show.toml, {key}", "the show names itself", "take that entry out")


@rule("podroll-address", Severity.ADVICE, directories=_PODCASTING20, source=namespace("podroll, publisher"))
def _podroll_address(facts: ShowFacts) -> Iterator[Fault]:
    for key, remote in _remote_shows(facts):
        if not remote.feed_url:
            yield Fault(
                f"show.toml, {key}",
                f"{remote.title or remote.feed_guid} has no feed_url, and apps that do not know its GUID skip it",
                'add feed_url = "https://..."',
            )
        elif not _is_safe(remote.feed_url):
            yield _unsafe(key, remote.feed_url)


@rule("update-frequency", Severity.WARNING, directories=_PODCASTING20, source=namespace("updateFrequency; RFC 5545"))
def _update_frequency(facts: ShowFacts) -> Iterator[Fault]:
    frequency = facts.show.feed.update_frequency
    if frequency is not None and frequency.rrule and not _RRULE.fullmatch(frequency.rrule):
        yield Fault(
            "show.toml, feed.update_frequency",
            f"rrule = {frequency.rrule!r} is no rule of recurrence",
            'write it like "FREQ=WEEKLY;BYDAY=MO", or take it out',
        )
    elif frequency is not None and "COUNT=" in frequency.rrule:
        yield Fault(
            "show.toml, feed.update_frequency",
            f"rrule = {frequency.rrule!r} counts from a date, which the feed does not say",
            'write the last day in place of COUNT, as in "FREQ=WEEKLY;UNTIL=20271231T000000Z"',
        )


@rule(
    "feed-paged",
    Severity.ADVICE,
    directories=(Directory.APPLE, Directory.SPOTIFY, Directory.AMAZON, Directory.YOUTUBE),
    source=Source("RFC 5005; podlove 1151; Apple names no limit", "T2, A37", Confidence.SECONDARY),
)
def _feed_paged(facts: ShowFacts) -> Iterator[Fault]:
    if facts.feed_text is None or not facts.further_pages:
        return
    further = sum(page.count("<item>") for page in facts.further_pages)
    count = facts.feed_text.count("<item>") + further
    yield Fault(
        "show.toml, feed.items_per_page",
        f"{further} of {count} episodes stand on further pages, and directories read the first page alone",
        "set items_per_page = 0 under [feed] to keep the feed whole, unless it has more than 1 MB",
    )


@rule(
    "show-blocked",
    Severity.ADVICE,
    directories=APPLE,
    source=Source("Apple, private feeds (5108)", "A39", Confidence.SECONDARY),
)
def _feed_private(facts: ShowFacts) -> Iterator[Fault]:
    if facts.show.feed.is_private:
        yield Fault(
            "show.toml, feed.is_private",
            "the feed is private: no directory takes it, and Apple makes no chapters and no transcripts for it",
            "give its address to those alone who may hear it, and submit it nowhere",
        )


@rule(
    "private-hub",
    Severity.ERROR,
    directories=_PODCASTING20,
    source=Source("W3C WebSub, 2018-01", "T1, A39", Confidence.STANDARD),
)
def _private_hub(facts: ShowFacts) -> Iterator[Fault]:
    feed = facts.show.feed
    if feed.is_private and feed.websub_hub:
        yield Fault(
            "show.toml, feed.websub_hub",
            "a hub is told the address of this private feed, and hands it to whoever asks",
            'set websub_hub = "" under [feed]',
        )


@rule(
    "complete-early",
    Severity.WARNING,
    directories=APPLE,
    source=Source("Apple, A Podcaster's Guide to RSS", "A28", Confidence.PRIMARY),
)
def _complete_early(facts: ShowFacts) -> Iterator[Fault]:
    waiting = [one.slug for one in facts.waiting]
    if facts.show.feed.is_complete and waiting:
        yield Fault(
            "show.toml, feed.is_complete",
            f"the show is said to be complete, and {len(waiting)} episodes are still to come ({waiting[0]})",
            "take is_complete out of [feed] until the last one is out: apps stop looking",
        )


def _remote_shows(facts: ShowFacts) -> Iterator[tuple[str, RemoteShow]]:
    """Every other show that the feed names, and the key it stands under."""
    yield from (("feed.podroll", remote) for remote in facts.show.feed.podroll)
    if facts.show.feed.publisher is not None:
        yield "feed.publisher", facts.show.feed.publisher


def _is_safe(address: str) -> bool:
    """Whether apps follow it: the namespace wants https. Source: podcast-namespace, README, general rules."""
    return address.startswith("https://") and is_plain_address(address.partition("?")[0])


def _unsafe(key: str, address: str) -> Fault:
    return Fault(
        f"show.toml, {key}",
        f"{address!r} is no address that begins with https://, and apps do not follow it",
        'write the whole address, "https://..."',
    )


FEED_SETTINGS_RULES: tuple[Rule[ShowFacts], ...] = (
    _owner_hidden,
    _license_name,
    _license_url,
    _hub_address,
    _funding_url,
    _person_address,
    _person_name,
    _remote_item,
    _podroll_address,
    _update_frequency,
    _feed_paged,
    _feed_private,
    _private_hub,
    _complete_early,
)
