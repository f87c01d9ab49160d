"""Floor 2: what is wanted of the identity of items, their GUIDs, and of the show's own."""

from collections.abc import Iterator

from pipeline.model import Severity
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import NAMESPACE_READERS, clients, rss
from pipeline.rules.forms import UUID, WHOLE_ADDRESS
from pipeline.rules.rule import APPLE_PSP, EVERYONE, Fault, Rule, apple_guide, namespace, rule

_CURE = 'write <guid isPermaLink="false">a UUID of its own</guid> into it, and never change it again'


@rule("guid-missing", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A4, A17"))
def _guid_missing(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.episodes:
        guid = item.first("guid")
        if facts.is_missing(item, "guid") or (guid is not None and not guid.text.strip()):
            yield Fault(item.at(guid), "the episode has no GUID" if guid is None else "its GUID is empty", _CURE)


@rule("guid-twice", Severity.ERROR, directories=EVERYONE, source=apple_guide("A17, S1"))
def _guid_twice(facts: DocumentFacts) -> Iterator[Fault]:
    first: dict[str, Part] = {}
    for item in facts.items:
        guid = item.first("guid")
        earlier = first.setdefault(item.text("guid"), item)
        if guid is not None and item.text("guid") and earlier is not item:
            yield Fault(
                item.at(guid),
                f"its GUID {quoted(guid.text)} is that of {earlier.at()}, and all but one of them vanish in apps",
                "give the newer one a GUID of its own, or delete the item that should not be there",
            )


@rule("guid-several", Severity.ERROR, directories=EVERYONE, source=apple_guide("A17"))
def _guid_several(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.items:
        guids = item.all("guid")
        if len(guids) > 1:
            yield Fault(
                item.at(guids[1]),
                f"the item has {len(guids)} GUIDs, so apps take it for different episodes",
                "keep the one that was published first",
            )


@rule("guid-permalink", Severity.WARNING, directories=EVERYONE, source=rss("X8"))
def _guid_permalink(facts: DocumentFacts) -> Iterator[Fault]:
    for item, guid in each(facts.items, "guid"):
        says = guid.attributes.get("isPermaLink", "")
        is_link = WHOLE_ADDRESS.fullmatch(guid.text.strip()) is not None
        if guid.text.strip() and not is_link and says != "false":
            said = (
                f"isPermaLink={quoted(says)} makes it one" if says else 'without isPermaLink="false" it counts as one'
            )
            yield Fault(
                item.at(guid),
                f"{quoted(guid.text)} is no address, and {said}: apps put the host before it, and a move renames it",
                'write <guid isPermaLink="false">',
            )
        elif is_link and says not in {"", "true", "false"}:
            yield Fault(item.at(guid), f"isPermaLink is {quoted(says)}", 'write isPermaLink="false" or "true"')


@rule("guid-derived", Severity.ADVICE, directories=EVERYONE, source=clients("section 5, 1", seen="podlove 1013"))
def _guid_derived(facts: DocumentFacts) -> Iterator[Fault]:
    derived = [
        item.at(item.first("guid"))
        for item, enclosure in each(facts.items, "enclosure")
        if item.text("guid") and item.text("guid") == enclosure.attributes.get("url", "").strip()
    ]
    yield from one_fault(
        derived,
        of=len(facts.items),
        what="its GUID is the address of its sound, so a corrected file or a move makes a new episode of it",
        cure="keep the GUIDs that are published as they are, and give new episodes a UUID",
    )


@rule("podcast-guid", Severity.ERROR, directories=NAMESPACE_READERS, source=namespace("guid"))
def _podcast_guid(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:guid"):
        if not UUID.fullmatch(element.text.strip().lower()):
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is no UUID",
                "write the UUID that the show has in the Podcast Index, or derive it once as the namespace says (guid)",
            )


IDENTITY_RULES: tuple[Rule[DocumentFacts], ...] = (
    _guid_missing,
    _guid_twice,
    _guid_several,
    _guid_permalink,
    _guid_derived,
    _podcast_guid,
)
