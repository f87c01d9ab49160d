"""Floor 2, rules over what is served: whether there is an answer at all, over which ways, and how much was asked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.model import Answer, Probe, Served, ServedKind, Severity, Trouble
from pipeline.rules.rule import APPLE, EVERYONE, Confidence, Fault, Rule, Source, apple_requirements, rule

_PUBLIC = Source(
    "Apple, Podcast requirements (823); Spotify, content-ops 4405303195547", "A1, S2", Confidence.TRANSCRIBED
)
_TRUST = Source("Apple, Validate your feed (829); Podcasting 2.0 namespace", "A20", Confidence.SECONDARY)

_STATUSES = {
    401: ("asks for a login (401)", "take the password away: what directories list must be open to all"),
    403: ("is refused (403)", "let everybody read it, programs with other names than a browser's too"),
    404: ("is not there (404)", "put the file online, or correct the address in the feed"),
    410: ("was taken away for good (410)", "put the file online again, or correct the address in the feed"),
    429: ("asks to be left alone for now (429)", "raise the host's limit: directories ask several times an hour"),
}


@rule("host-unreachable", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _host_unreachable(facts: Probe) -> Iterator[Fault]:
    yield from _of_hosts(
        facts, {Trouble.NAME, Trouble.CONNECTION}, cure="check the address, its port, the name's DNS and the server"
    )


@rule("certificate", Severity.ERROR, directories=EVERYONE, source=_TRUST)
def _certificate(facts: Probe) -> Iterator[Fault]:
    yield from _of_hosts(
        facts,
        {Trouble.CERTIFICATE},
        cure="install a valid certificate for that name with all certificates between it and its authority "
        "(Let's Encrypt gives them); one's own authority is named with SSL_CERT_FILE",
    )


@rule("answer-late", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _answer_late(facts: Probe) -> Iterator[Fault]:
    yield from _of_troubles(
        facts, Trouble.SILENCE, cure="serve it as a file, from a host or a cache that answers at once"
    )


@rule("answer-broken", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _answer_broken(facts: Probe) -> Iterator[Fault]:
    yield from _of_troubles(
        facts, Trouble.BROKEN, cure="let the host send as many bytes as its Content-Length says, and upload it again"
    )


@rule("no-http", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _no_http(facts: Probe) -> Iterator[Fault]:
    yield from _of_troubles(facts, Trouble.NO_HTTP, cure="check that address and port are those of a web server")


@rule("redirect-astray", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _redirect_astray(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        failure = served.get.failure
        if failure is not None and failure.trouble is Trouble.ASTRAY:
            way = " -> ".join(hop.to for hop in served.get.hops)
            yield Fault(
                served.named.where,
                f"{served.named.kind.value} {failure.what} ({way})",
                "let the redirect lead to the file itself, best in one step",
            )


@rule("not-served", Severity.ERROR, directories=EVERYONE, source=_PUBLIC)
def _not_served(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        if served.get.failure is None and not served.get.is_good:
            what, cure = _STATUSES.get(
                served.get.status or 0,
                (f"is answered with {served.get.status} instead of 200", "see the host's log for the reason"),
            )
            yield Fault(served.named.where, f"{served.named.kind.value} {what}", cure)


@rule("plain-http", Severity.WARNING, directories=EVERYONE, source=_TRUST)
def _plain_http(facts: Probe) -> Iterator[Fault]:
    open_ones = [served for served in facts.all if _is_plain(served)]
    for host in dict.fromkeys(urlsplit(served.get.address).netloc for served in open_ones):
        these = [served for served in open_ones if urlsplit(served.get.address).netloc == host]
        yield Fault(
            _places(these),
            f"{host} serves it without encryption",
            f"let {host} answer to https, and write https:// in the feed and in what is given to directories",
        )


@rule(
    "feed-redirect",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("gPodder, observed", "T7", Confidence.MEASURED),
)
def _feed_redirect(facts: Probe) -> Iterator[Fault]:
    if facts.feed.get.hops and facts.feed.get.failure is None:
        statuses = ", ".join(str(hop.status) for hop in facts.feed.get.hops)
        lasting = all(hop.status in {301, 308} for hop in facts.feed.get.hops)
        to = facts.feed.get.hops[-1].to
        effect = "and apps take that as the new address for good" if lasting else "and apps ask for both each time"
        yield Fault(
            facts.feed.named.where,
            f"it redirects ({statuses}) to {to}, {effect}",
            f"if the feed has moved, give {to} to the directories; if it has not, take the redirect away",
        )


@rule(
    "media-redirect",
    Severity.ADVICE,
    directories=APPLE,
    source=Source("django-applepodcast 27", "A36", Confidence.PRIMARY),
)
def _media_redirect(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        if served.named.kind is ServedKind.SOUND and served.get.hops and served.get.failure is None:
            yield Fault(
                served.named.where,
                f"the sound redirects ({served.get.hops[0].status}) to {served.get.hops[-1].to}",
                "name the last address in the feed, unless the redirect is there to count downloads",
            )


@rule("sampled", Severity.ADVICE, directories=EVERYONE, source=apple_requirements("A19"))
def _sampled(facts: Probe) -> Iterator[Fault]:
    if facts.episodes_asked < facts.episodes:
        yield Fault(
            facts.feed.named.where,
            f"{facts.episodes_asked} of {facts.episodes} episodes were asked for: the newest, the oldest "
            "and others evenly between",
            f"ask for all with --sample {facts.episodes}",
        )


@rule("time-up", Severity.WARNING, directories=EVERYONE, source=apple_requirements("A19"))
def _time_up(facts: Probe) -> Iterator[Fault]:
    if facts.unasked:
        yield Fault(
            facts.feed.named.where,
            f"{facts.unasked} of {facts.unasked + len(facts.others)} addresses were not asked for, because "
            f"{facts.seconds:g} s were over",
            "check again when the host is quicker, or fewer episodes with --sample 3",
        )


def _of_hosts(facts: Probe, troubles: set[Trouble], *, cure: str) -> Iterator[Fault]:
    """One Fault for each host that fails for all its addresses."""
    failed = [served for served in facts.all if _trouble(served.get) in troubles]
    for key in dict.fromkeys(map(_host_and_words, failed)):
        yield Fault(_places([served for served in failed if _host_and_words(served) == key]), " ".join(key), cure)


def _of_troubles(facts: Probe, trouble: Trouble, *, cure: str) -> Iterator[Fault]:
    """One Fault for each address with that trouble, in its first answer or in a later one."""
    for served in facts.all:
        answers = (served.get, served.head, served.conditional, *(one.answer for one in served.ranges))
        failure = next((one.failure for one in answers if one is not None and _trouble(one) is trouble), None)
        if failure is not None:
            yield Fault(served.named.where, f"{served.named.kind.value} {failure.what}", cure)


def _trouble(answer: Answer) -> Trouble | None:
    return answer.failure.trouble if answer.failure is not None else None


def _host_and_words(served: Served) -> tuple[str, str]:
    return urlsplit(served.get.address).netloc, served.get.failure.what if served.get.failure is not None else ""


def _is_plain(served: Served) -> bool:
    """Whether it was answered without encryption in the end."""
    return served.get.status is not None and served.get.address.startswith("http://")


def _places(all_served: list[Served]) -> str:
    """The place of the first of them, and how many more there are."""
    more = len(all_served) - 1
    return all_served[0].named.where + (f" (and {more} more)" if more else "")


REACHING_RULES: tuple[Rule[Probe], ...] = (
    _host_unreachable,
    _certificate,
    _answer_late,
    _answer_broken,
    _no_http,
    _redirect_astray,
    _not_served,
    _plain_http,
    _feed_redirect,
    _media_redirect,
    _sampled,
    _time_up,
)
