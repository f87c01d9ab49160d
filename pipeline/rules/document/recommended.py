"""Floor 2: what a feed would be better with: told once for the whole feed, and never more than advice."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.rules.document.facts import DocumentFacts, one_fault
from pipeline.rules.document.sources import psp
from pipeline.rules.rule import APPLE_PSP, EVERYONE, Confidence, Fault, Rule, Source, apple_guide, rule

#: What PSP-1 recommends of a channel, and how it is written.
_CHANNEL = {
    "podcast:guid": "<podcast:guid>, the UUID that the namespace derives from the feed's first address",
    "podcast:locked": "<podcast:locked>yes</podcast:locked>, so that no other host imports the show unasked",
}

#: What Apple and PSP-1 recommend of an item. Nobody misses an itunes:image: apps then show that of the show.
_ITEM = {
    "link": "<link>https://...</link>, the page of the episode",
    "itunes:duration": "<itunes:duration>whole seconds</itunes:duration>",
    "itunes:explicit": "<itunes:explicit>false</itunes:explicit>, or true",
}


@rule("recommended-channel", Severity.ADVICE, directories=(Directory.PSP, Directory.PODCASTING20), source=psp("1.6"))
def _recommended_channel(facts: DocumentFacts) -> Iterator[Fault]:
    for name, written in _CHANNEL.items():
        if facts.is_missing(facts.channel, name):
            yield Fault(facts.channel.at(), f"the show has no {name}", f"write {written}")


@rule("recommended-item", Severity.ADVICE, directories=APPLE_PSP, source=apple_guide("A5"))
def _recommended_item(facts: DocumentFacts) -> Iterator[Fault]:
    for name, written in _ITEM.items():
        without = [item.at() for item in facts.episodes if facts.is_missing(item, name)]
        yield from one_fault(
            without, of=len(facts.episodes), what=f"the episode has no {name}", cure=f"write {written} into it"
        )


@rule(
    "generator-missing",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("PSP-1 issue 13", "X16", Confidence.PRIMARY),
)
def _generator_missing(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.is_missing(facts.channel, "generator"):
        yield Fault(
            facts.channel.at(),
            "the feed does not say which program wrote it, and apps ask for that",
            "write <generator>name and version</generator> into <channel>",
        )


RECOMMENDED_RULES: tuple[Rule[DocumentFacts], ...] = (_recommended_channel, _recommended_item, _generator_missing)
