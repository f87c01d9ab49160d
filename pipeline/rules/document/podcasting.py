"""Floor 2: what the Podcasting 2.0 namespace wants of its elements, in channel and items. Source: feeds.md 1.7."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.patterns import regex
from pipeline.rules.document.facts import DocumentFacts, each, quoted
from pipeline.rules.document.sources import NAMESPACE_READERS, spotify
from pipeline.rules.document.times import read_date
from pipeline.rules.forms import EMAIL, LICENSE, UUID
from pipeline.rules.languages import is_region
from pipeline.rules.rule import Fault, Rule, namespace, rule

#: Source: podcast-namespace, docs/tags/medium.md; each may end in L, for a list.
_MEDIA = {"podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course", "mixed"}

_NUMBER = regex(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_WHOLE = regex(r"[0-9]{1,9}")
_RULE = regex(
    r"(RRULE:)?([A-Z-]+=[^;=\s]+;)*FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY|SECONDLY)(;[A-Z-]+=[^;=\s]+)*;?"
)

#: The most characters of names, and of links' words. Source: the tags' own documents.
_LONGEST_NAME, _LONGEST_TEXT = 128, 4000


@rule("locked-value", Severity.WARNING, directories=(Directory.PODCASTING20, Directory.PSP), source=namespace("locked"))
def _locked_value(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:locked"):
        if element.text.strip().lower() not in {"yes", "no"}:
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is neither yes nor no, so hosts may take it for no",
                "write <podcast:locked>yes</podcast:locked>, or no while the show moves",
            )
        owner = element.attributes.get("owner", "").strip()
        if owner and not EMAIL.fullmatch(owner):
            yield Fault(part.at(element), f"its owner {quoted(owner)} is no e-mail address", 'write owner="name@..."')


@rule("medium-value", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("medium"))
def _medium_value(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:medium"):
        if element.text.strip().removesuffix("L") not in _MEDIA:
            yield Fault(part.at(element), f"{quoted(element.text)} is no medium that is known", "write podcast")


@rule("license-name", Severity.ADVICE, directories=NAMESPACE_READERS, source=namespace("license"))
def _license_name(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:license"):
        if not element.attributes.get("url") and not LICENSE.fullmatch(element.text.strip()):
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is not of the licence list, whose names are in small letters",
                'write cc-by-4.0 or the like; a licence of your own needs url="https://..."',
            )


@rule(
    "funding-link", Severity.WARNING, directories=(Directory.PODCASTING20, Directory.PSP), source=namespace("funding")
)
def _funding_link(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:funding"):
        length = len(element.text.strip())
        if not element.attributes.get("url", "").strip():
            yield Fault(part.at(element), "it leads nowhere", 'write url="https://...", where one can support the show')
        elif length > _LONGEST_NAME:
            yield _too_long(part.at(element), length)


@rule("person-name", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("person"))
def _person_name(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:person"):
        length = len(element.text.strip())
        if not length:
            yield Fault(part.at(element), "the person has no name", "write it between the tags")
        elif length > _LONGEST_NAME:
            yield _too_long(part.at(element), length)


@rule("txt-value", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("txt"))
def _txt_value(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:txt"):
        purpose, text = element.attributes.get("purpose", ""), element.text.strip()
        if len(purpose) > _LONGEST_NAME or len(text) > _LONGEST_TEXT:
            yield Fault(
                part.at(element),
                f"its purpose has {len(purpose)} characters and its text {len(text)}",
                f"shorten them to {_LONGEST_NAME} and {_LONGEST_TEXT}",
            )
        elif purpose == "ai-content" and text.lower() not in {"true", "false"}:
            yield Fault(part.at(element), f"{quoted(text)} is neither true nor false", "write true or false")


@rule("update-frequency", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("updateFrequency"))
def _update_frequency(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:updateFrequency"):
        said = element.attributes.get("rrule", "").strip()
        if said and not _RULE.fullmatch(said):
            yield Fault(part.at(element), f"{quoted(said)} is no rule of RFC 5545", 'write rrule="FREQ=WEEKLY"')
        elif "COUNT=" in said and not element.attributes.get("dtstart"):
            yield Fault(part.at(element), "it counts from no date", 'write dtstart="2026-05-04T06:00:00Z" or the like')
        elif not element.text.strip():
            yield Fault(part.at(element), "it does not say it in words", "write weekly, or the like, between the tags")


@rule("remote-item", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("podroll, publisher"))
def _remote_item(facts: DocumentFacts) -> Iterator[Fault]:
    for name in ("podcast:podroll", "podcast:publisher"):
        for part, outer in each((facts.channel,), name):
            if outer.first("podcast:remoteItem") is None:
                yield Fault(part.at(outer), "it names no show", 'write <podcast:remoteItem feedGuid="..."/> into it')
            for element in outer.all("podcast:remoteItem"):
                guid = element.attributes.get("feedGuid", "").strip()
                if not UUID.fullmatch(guid.lower()):
                    what = f"its feedGuid {quoted(guid)} is no UUID" if guid else "it has no feedGuid"
                    yield Fault(part.at(element), what, 'write feedGuid="the podcast:guid of that show"')


@rule("trailer-parts", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("trailer"))
def _trailer_parts(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:trailer"):
        missing = [name for name in ("url", "pubdate", "type") if not element.attributes.get(name, "").strip()]
        if missing and missing != ["type"]:
            yield Fault(part.at(element), f"it has no {' and no '.join(missing)}", f'write {missing[0]}="..."')
        elif read_date(element.attributes["pubdate"].strip()).fault is not None:
            yield Fault(
                part.at(element),
                f"its pubdate {quoted(element.attributes['pubdate'])} is no date of a feed",
                'write pubdate="Mon, 04 May 2026 06:00:00 GMT"',
            )


@rule("podcast-image", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("image"))
def _podcast_image(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:image"):
        if not element.attributes.get("href", "").strip():
            yield Fault(part.at(element), "it gives no address", 'write href="https://..."')


@rule("images-deprecated", Severity.ADVICE, directories=NAMESPACE_READERS, source=namespace("image"))
def _images_deprecated(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:images"):
        yield Fault(part.at(element), "it is deprecated", "write a <podcast:image> for each size")


@rule("podcast-number", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("season / episode"))
def _podcast_number(facts: DocumentFacts) -> Iterator[Fault]:
    for name, form in (("podcast:season", _WHOLE), ("podcast:episode", _NUMBER)):
        for part, element in each(facts.items, name):
            if not form.fullmatch(element.text.strip()):
                yield Fault(part.at(element), f"{quoted(element.text)} is no number", "write digits between the tags")


@rule("social-address", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("socialInteract"))
def _social_address(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:socialInteract"):
        protocol = element.attributes.get("protocol", "").strip()
        if not protocol or (protocol != "disabled" and not element.attributes.get("uri", "").strip()):
            yield Fault(
                part.at(element),
                "it does not say where, and by which protocol, comments are found"
                if protocol
                else "it has no protocol",
                'write protocol="activitypub" uri="https://..."',
            )


@rule("location-form", Severity.ADVICE, directories=NAMESPACE_READERS, source=namespace("location"))
def _location_form(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "podcast:location"):
        geo, osm = element.attributes.get("geo", ""), element.attributes.get("osm", "")
        if not element.text.strip() or (geo and not geo.startswith("geo:")) or (osm and osm[:1] not in "NWR"):
            yield Fault(
                part.at(element), "it has no name, or no geo: or osm that is one", 'write geo="geo:59.33,18.07"'
            )


@rule("spotify-country", Severity.WARNING, directories=(Directory.SPOTIFY,), source=spotify("S15"))
def _spotify_country(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "spotify:countryOfOrigin"):
        wrong = [code for code in element.text.split() if not is_region(code) and code.lower() != "global"]
        if wrong:
            yield Fault(part.at(element), f"{quoted(wrong[0])} is no country of ISO 3166", "write codes, as gb se")


def _too_long(where: str, length: int) -> Fault:
    return Fault(where, f"it has {length} characters", f"shorten it to {_LONGEST_NAME}")


PODCASTING_RULES: tuple[Rule[DocumentFacts], ...] = (
    _locked_value,
    _medium_value,
    _license_name,
    _funding_link,
    _person_name,
    _txt_value,
    _update_frequency,
    _remote_item,
    _trailer_parts,
    _podcast_image,
    _images_deprecated,
    _podcast_number,
    _social_address,
    _location_form,
    _spotify_country,
)
