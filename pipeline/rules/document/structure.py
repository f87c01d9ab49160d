"""Floor 2: what is wanted of the document as such: its XML, its namespaces, the names in it, its size."""

from collections import Counter
from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.rules.document.facts import DocumentFacts, each, one_fault, quoted, shown
from pipeline.rules.document.names import DROPPED, KNOWN, ONCE_IN_CHANNEL, ONCE_IN_ITEM, SPELT
from pipeline.rules.document.namespaces import NAMESPACES, is_former_podcast, meant_prefix
from pipeline.rules.document.sources import NAMESPACE_READERS, clients, psp, rss, xml
from pipeline.rules.files import FEED_BUDGET_BYTES, FEED_LIMIT_BYTES
from pipeline.rules.rule import APPLE, EVERYONE, Fault, Rule, apple_guide, apple_requirements, namespace, rule

_ROOT = "rss (line {line})"
_UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}


@rule("xml-declaration", Severity.WARNING, directories=(Directory.APPLE, Directory.PSP), source=xml("X1"))
def _xml_declaration(facts: DocumentFacts) -> Iterator[Fault]:
    if not facts.document.has_declaration:
        yield Fault(
            "the first line",
            "the feed does not begin with an XML declaration",
            'write <?xml version="1.0" encoding="UTF-8"?> as its very first line',
        )


@rule("xml-encoding", Severity.WARNING, directories=(Directory.APPLE, Directory.PSP), source=xml("X1"))
def _xml_encoding(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.document.encoding.lower() not in _UTF_8:
        yield Fault(
            "the first line",
            f"the feed is written in {facts.document.encoding}, and UTF-8 is wanted",
            'save it as UTF-8, and write encoding="UTF-8" into the first line',
        )


@rule("rss-version", Severity.ERROR, directories=EVERYONE, source=xml("X1"))
def _rss_version(facts: DocumentFacts) -> Iterator[Fault]:
    version = facts.document.root.attributes.get("version", "")
    if version != "2.0":
        yield Fault(
            _ROOT.format(line=facts.document.root.line),
            f"its version is {quoted(version)}" if version else "it does not say its version",
            'write <rss version="2.0" ...>',
        )


@rule("channel-several", Severity.ERROR, directories=EVERYONE, source=rss("X5"))
def _channel_several(facts: DocumentFacts) -> Iterator[Fault]:
    for channel in list(facts.document.root.all("channel"))[1:]:
        yield Fault(
            f"channel (line {channel.line})",
            "the feed has another channel already, and readers take the first alone",
            "put all items into one <channel>",
        )


@rule("item-outside", Severity.ERROR, directories=EVERYONE, source=rss("X5"))
def _item_outside(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.document.root.all("item"):
        yield Fault(f"rss/item (line {item.line})", "it stands beside the channel, not in it", "move it into <channel>")


@rule("namespace-wrong", Severity.ERROR, directories=EVERYONE, source=psp("X3"))
def _namespace_wrong(facts: DocumentFacts) -> Iterator[Fault]:
    for given, uri in facts.document.namespaces.items():
        prefix = meant_prefix(given, uri=uri)
        if prefix and not is_former_podcast(uri):
            yield Fault(
                _ROOT.format(line=facts.document.root.line),
                f"xmlns:{given or prefix} is {quoted(uri)}, so no reader sees what is in it",
                f'write xmlns:{prefix}="{NAMESPACES[prefix]}", to the letter',
            )


@rule("namespace-former", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("X3"))
def _namespace_former(facts: DocumentFacts) -> Iterator[Fault]:
    for given, uri in facts.document.namespaces.items():
        if is_former_podcast(uri):
            yield Fault(
                _ROOT.format(line=facts.document.root.line),
                f"xmlns:{given} is the address that podcast: had before 2021, which not every reader knows",
                f'write xmlns:{given}="{NAMESPACES["podcast"]}"',
            )


@rule("name-case", Severity.ERROR, directories=EVERYONE, source=apple_requirements("X4"))
def _name_case(facts: DocumentFacts) -> Iterator[Fault]:
    for part in facts.parts:
        for name in part.named.keys() - KNOWN:
            right = SPELT.get(name.lower())
            for element in part.all(name) if right else ():
                yield Fault(part.at(element), f"<{name}> is written <{right}>, and capitals count", f"write <{right}>")


@rule("name-unknown", Severity.ADVICE, directories=EVERYONE, source=apple_guide("X4"))
def _name_unknown(facts: DocumentFacts) -> Iterator[Fault]:
    places: dict[str, list[str]] = {}
    for part in facts.parts:
        for name in part.named.keys() - KNOWN:
            if name.startswith(("itunes:", "podcast:")) and name.lower() not in SPELT:
                places.setdefault(name, []).append(part.at(part.first(name)))
    for name, of in places.items():
        yield from one_fault(
            of,
            of=len(facts.parts),
            what=f"<{shown(name)}> is no element that is known",
            cure="look for a slip of the pen, or leave it out",
        )


@rule("element-twice", Severity.WARNING, directories=EVERYONE, source=rss("X5, X6"))
def _element_twice(facts: DocumentFacts) -> Iterator[Fault]:
    for part in facts.parts:
        once = ONCE_IN_CHANNEL if part is facts.channel else ONCE_IN_ITEM
        for name, elements in part.named.items():
            if len(elements) > 1 and name in once:
                yield Fault(
                    part.at(elements[1]),
                    f"there is <{name}> {len(elements)} times, and every reader takes another of them",
                    "keep one of them",
                )


@rule("element-dropped", Severity.ADVICE, directories=APPLE, source=apple_guide("A24"))
def _element_dropped(facts: DocumentFacts) -> Iterator[Fault]:
    counts = Counter(name for part in facts.parts for name in part.named if name in DROPPED)
    if counts:
        names = ", ".join(sorted(counts))
        first = next(part.at(part.first(name)) for part in facts.parts for name in part.named if name in DROPPED)
        yield Fault(
            first,
            f"the feed has {names}, which Apple has dropped and others ignore",
            "leave them out; the description says it all",
        )


@rule("feed-budget", Severity.WARNING, directories=EVERYONE, source=clients("section 5, 11", seen="fireside 119"))
def _feed_budget(facts: DocumentFacts) -> Iterator[Fault]:
    length = facts.document.length_bytes
    if FEED_BUDGET_BYTES < length <= FEED_LIMIT_BYTES:
        yield Fault(
            "the feed",
            f"it has {length} bytes, and apps get slow or stop above {FEED_BUDGET_BYTES}",
            "shorten show notes, and serve it with gzip",
        )


@rule("feed-limit", Severity.ERROR, directories=EVERYONE, source=clients("section 5, 11", seen="MinusPod 67; W3C"))
def _feed_limit(facts: DocumentFacts) -> Iterator[Fault]:
    length = facts.document.length_bytes
    if length > FEED_LIMIT_BYTES:
        yield Fault(
            "the feed",
            f"it has {length} bytes, and apps and validators refuse more than {FEED_LIMIT_BYTES}",
            "start a second show for the new episodes, or shorten show notes",
        )


@rule("feed-paged", Severity.ADVICE, directories=APPLE, source=clients("T2, T3", seen="RFC 5005; Podlove 1371"))
def _feed_paged(facts: DocumentFacts) -> Iterator[Fault]:
    for part, link in each((facts.channel,), "atom:link"):
        if link.attributes.get("rel") in {"next", "prev-archive"}:
            yield Fault(
                part.at(link),
                "the feed goes on on another page, and directories read the first alone",
                "keep all episodes on one page as long as it has less than 1 MB; else see that the link never dies",
            )


STRUCTURE_RULES: tuple[Rule[DocumentFacts], ...] = (
    _xml_declaration,
    _xml_encoding,
    _rss_version,
    _channel_several,
    _item_outside,
    _namespace_wrong,
    _namespace_former,
    _name_case,
    _name_unknown,
    _element_twice,
    _element_dropped,
    _feed_budget,
    _feed_limit,
    _feed_paged,
)
