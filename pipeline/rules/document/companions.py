"""Floor 2: what goes with the sound of an item: transcripts, chapters, other forms, soundbites."""

import base64
import binascii
import math
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Directory, FeedElement, Severity
from pipeline.notes import FEWEST_CHAPTERS
from pipeline.patterns import regex
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import NAMESPACE_READERS, TRANSCRIPT_READERS, clients, simple_chapters
from pipeline.rules.document.times import duration_s, play_time_s
from pipeline.rules.rule import APPLE_SPOTIFY, Confidence, Fault, Rule, Source, namespace, rule

#: Source: podcast-namespace, docs/tags/transcript.md; Apple, Transcripts (5316); feeds.md A31.
_TRANSCRIPT_TYPES = {
    *("text/vtt", "application/x-subrip", "application/srt", "text/html", "text/plain"),
    *("application/json", "text/srt"),
}
_CHAPTERS_TYPES = {"application/json+chapters", "application/json"}

_PODLOVE_READERS = (Directory.SPOTIFY, Directory.PODCASTING20)
_APPLE_TRANSCRIPTS = Source(
    "Podcasting 2.0 namespace; Apple, Transcripts (5316)", "A31, transcript", Confidence.PRIMARY
)
_TYPE = regex(r"[A-Za-z0-9.+\-]+/[A-Za-z0-9.+\-]+(\s*;.*)?")
_NUMBER = regex(r"[0-9]{1,12}(\.[0-9]{1,9})?")
_POSITIVE = regex(r"0*[1-9][0-9]{0,17}")
_DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}
_LONGEST_LABEL = 32


@rule("transcript-address", Severity.ERROR, directories=TRANSCRIPT_READERS, source=_APPLE_TRANSCRIPTS)
def _transcript_address(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:transcript"):
        if not element.attributes.get("url", "").strip():
            yield Fault(part.at(element), "it does not say where the transcript is", 'write url="https://..."')


@rule("transcript-type", Severity.ERROR, directories=TRANSCRIPT_READERS, source=_APPLE_TRANSCRIPTS)
def _transcript_type(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:transcript"):
        given = element.attributes.get("type", "").partition(";")[0].strip().lower()
        if given not in _TRANSCRIPT_TYPES:
            yield Fault(
                part.at(element),
                f"its type {quoted(given)} is none of a transcript" if given else "it has no type",
                'write type="text/vtt", or application/x-subrip, text/html, text/plain, application/json as it is',
            )


@rule("transcript-missing", Severity.ADVICE, directories=TRANSCRIPT_READERS, source=namespace("transcript"))
def _transcript_missing(facts: DocumentFacts) -> Iterator[Fault]:
    without = [item.at() for item in facts.episodes if facts.is_missing(item, "podcast:transcript")]
    yield from one_fault(
        without,
        of=len(facts.episodes),
        what="the episode has no transcript",
        cure='write <podcast:transcript url="https://..." type="text/vtt"/> into it',
    )


@rule("chapters-address", Severity.WARNING, directories=TRANSCRIPT_READERS, source=namespace("chapters"))
def _chapters_address(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:chapters"):
        if not element.attributes.get("url", "").strip():
            yield Fault(part.at(element), "it does not say where the chapters are", 'write url="https://..."')


@rule("chapters-type", Severity.WARNING, directories=TRANSCRIPT_READERS, source=namespace("chapters"))
def _chapters_type(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:chapters"):
        given = element.attributes.get("type", "").partition(";")[0].strip().lower()
        if given not in _CHAPTERS_TYPES:
            yield Fault(
                part.at(element),
                f"its type {quoted(given)} is none of chapters" if given else "it has no type",
                'write type="application/json+chapters"',
            )


@rule("alternate-source", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("alternateEnclosure"))
def _alternate_source(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:alternateEnclosure"):
        sources = list(element.all("podcast:source"))
        if not sources or not all(source.attributes.get("uri", "").strip() for source in sources):
            yield Fault(
                part.at(element),
                "it does not say where that form of the sound is",
                'write <podcast:source uri="https://..."/> into it',
            )


@rule("alternate-form", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("alternateEnclosure"))
def _alternate_form(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:alternateEnclosure"):
        given = element.attributes
        if not _TYPE.fullmatch(given.get("type", "").strip()):
            yield Fault(part.at(element), "it has no type", 'write type="audio/mp4" or what the file is')
        for name, form in (("length", _POSITIVE), ("bitrate", _NUMBER)):
            if name in given and not form.fullmatch(given[name].strip()):
                yield Fault(
                    part.at(element), f"its {name} {quoted(given[name])} is no number", f"write {name} in digits"
                )
        for name in ("title", "rel"):
            if len(given.get(name, "")) > _LONGEST_LABEL:
                yield Fault(part.at(element), f"its {name} is too long", f"shorten it to {_LONGEST_LABEL} characters")


@rule("integrity-value", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("alternateEnclosure"))
def _integrity_value(facts: DocumentFacts) -> Iterator[Fault]:
    for part, outer in each(facts.items, "podcast:alternateEnclosure"):
        for element in outer.all("podcast:integrity"):
            kind, value = element.attributes.get("type", ""), element.attributes.get("value", "").strip()
            if kind not in {"sri", "pgp-signature"} or not value or (kind == "sri" and not _is_digest(value)):
                yield Fault(
                    part.at(element),
                    f"{quoted(value)} is no digest of the type {quoted(kind)}",
                    'write type="sri" value="sha256-" and the digest in Base64, 44 characters of it',
                )


@rule("soundbite-times", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("soundbite"))
def _soundbite_times(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "podcast:soundbite"):
        start, lasts = (element.attributes.get(name, "").strip() for name in ("startTime", "duration"))
        if not _NUMBER.fullmatch(start) or not _NUMBER.fullmatch(lasts) or not float(lasts):
            yield Fault(
                part.at(element),
                f"its startTime {quoted(start)} and duration {quoted(lasts)} are no seconds",
                'write startTime="73.0" duration="60.0" or the like',
            )
        elif float(start) + float(lasts) > (duration_s(part.text("itunes:duration")) or math.inf) + 1:
            yield Fault(
                part.at(element),
                f"it ends at {float(start) + float(lasts):.10g} s, after the end of the sound",
                "correct startTime and duration, or the duration of the episode",
            )


@rule("psc-start", Severity.WARNING, directories=_PODLOVE_READERS, source=simple_chapters("1.8"))
def _psc_start(facts: DocumentFacts) -> Iterator[Fault]:
    for part, chapter in _chapters(facts):
        start = chapter.attributes.get("start", "").strip()
        if play_time_s(start) is None:
            yield Fault(
                part.at(chapter),
                f"its start {quoted(start)} is no moment" if start else "it has no start",
                'write start="00:02:30.500": hours, minutes, seconds, with a point before what is less',
            )


@rule("psc-title", Severity.WARNING, directories=_PODLOVE_READERS, source=simple_chapters("1.8"))
def _psc_title(facts: DocumentFacts) -> Iterator[Fault]:
    for part, chapter in _chapters(facts):
        if not chapter.attributes.get("title", "").strip():
            yield Fault(part.at(chapter), "the chapter has no title", 'write title="..."')


@rule("chapters-order", Severity.WARNING, directories=APPLE_SPOTIFY, source=simple_chapters("1.8, S11"))
def _chapters_order(facts: DocumentFacts) -> Iterator[Fault]:
    for part, outer in each(facts.items, "psc:chapters"):
        starts = [(start, chapter) for chapter in outer.all("psc:chapter") if (start := _start(chapter)) is not None]
        for (earlier, _), (later, chapter) in pairwise(starts):
            if later <= earlier:
                yield Fault(
                    part.at(chapter), "the chapter does not start after the one before it", "write them in order"
                )


@rule("chapters-late", Severity.WARNING, directories=APPLE_SPOTIFY, source=clients("section 5, 16", seen="MinusPod 39"))
def _chapters_late(facts: DocumentFacts) -> Iterator[Fault]:
    for part, outer in each(facts.items, "psc:chapters"):
        lasts = duration_s(part.text("itunes:duration"))
        for chapter in outer.all("psc:chapter") if lasts else ():
            start = _start(chapter)
            if start is not None and lasts is not None and start >= lasts + 1:
                yield Fault(
                    part.at(chapter), "the chapter starts after the end of the sound", "correct it, or the duration"
                )


@rule("chapters-few", Severity.ADVICE, directories=APPLE_SPOTIFY, source=simple_chapters("A32, S11"))
def _chapters_few(facts: DocumentFacts) -> Iterator[Fault]:
    few = []
    for part, outer in each(facts.items, "psc:chapters"):
        starts = [_start(chapter) for chapter in outer.all("psc:chapter")]
        if len(starts) < FEWEST_CHAPTERS or starts[0]:
            few.append(part.at(outer))
    yield from one_fault(
        few,
        of=len(facts.items),
        what=f"apps show chapters only if there are {FEWEST_CHAPTERS} and the first starts at 0",
        cure="add what is missing, or leave the chapters out",
    )


def _chapters(facts: DocumentFacts) -> Iterator[tuple[Part, FeedElement]]:
    for part, outer in each(facts.items, "psc:chapters"):
        for chapter in outer.all("psc:chapter"):
            yield part, chapter


def _start(chapter: FeedElement) -> float | None:
    return play_time_s(chapter.attributes.get("start", "").strip())


def _is_digest(value: str) -> bool:
    """Whether ``value`` is digests as Subresource Integrity writes them, each of its true length."""
    return all(_is_one_digest(one.partition("?")[0]) for one in value.split())


def _is_one_digest(one: str) -> bool:
    kind, _, digest = one.partition("-")
    try:
        return len(base64.b64decode(digest, validate=True)) == _DIGEST_BYTES.get(kind)
    except (binascii.Error, ValueError):
        return False


COMPANION_RULES: tuple[Rule[DocumentFacts], ...] = (
    _transcript_address,
    _transcript_type,
    _transcript_missing,
    _chapters_address,
    _chapters_type,
    _alternate_source,
    _alternate_form,
    _integrity_value,
    _soundbite_times,
    _psc_start,
    _psc_title,
    _chapters_order,
    _chapters_late,
    _chapters_few,
)
