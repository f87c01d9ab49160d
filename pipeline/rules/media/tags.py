"""Floor 2, inside the rules over media: what the tag of a sound says of it, chapters included."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.notes import carried_text
from pipeline.rules.media.facts import EpisodeMedia, SoundFacts
from pipeline.rules.rule import APPLE, EVERYONE, Confidence, Fault, Rule, Source, rule

_VALIDATORS = Source("Blubrry castfeedvalidator, by TryGhost Wave 12", "section 3", Confidence.SECONDARY)
_CHAPTERS = Source("Apple, Chapters (5482)", "A32", Confidence.TRANSCRIBED)


@rule("tag-missing", Severity.WARNING, directories=EVERYONE, source=_VALIDATORS)
def _tag_missing(media: EpisodeMedia) -> Iterator[Fault]:
    author = media.episode.author.strip()
    for sound in _tagged(media):
        tag = sound.tag
        # An article without a byline has no artist to name.
        needed = {"title": tag.title, "artist": tag.artist or not author, "album": tag.album}
        missing = [name for name, value in needed.items() if not value]
        if missing:
            yield Fault(
                media.where,
                f"the tag of {sound.path} says no {', '.join(missing)}, which downloads and car radios show",
                media.make_again,
            )


@rule("tag-damaged", Severity.WARNING, directories=EVERYONE, source=_VALIDATORS)
def _tag_damaged(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in media.files.sounds:
        if sound.tag.fault:
            yield Fault(media.where, f"{sound.path}: {sound.tag.fault}", media.make_again)


@rule("tag-other", Severity.WARNING, directories=EVERYONE, source=_VALIDATORS)
def _tag_other(media: EpisodeMedia) -> Iterator[Fault]:
    title = _on_one_line(media.episode.title)
    for sound in _tagged(media):
        if sound.tag.title and _on_one_line(sound.tag.title) != title:
            yield Fault(
                media.where,
                f"the tag of {sound.path} calls it {sound.tag.title!r}, and the feed {title!r}",
                media.make_again,
            )


@rule("tag-cover", Severity.ADVICE, directories=EVERYONE, source=_VALIDATORS)
def _tag_cover(media: EpisodeMedia) -> Iterator[Fault]:
    sound = media.files.sound
    if sound is not None and not sound.fault and not sound.tag.fault and not sound.tag.has_cover:
        yield Fault(media.where, f"the tag of {sound.path} has no picture", media.make_again)


@rule("tag-chapters", Severity.WARNING, directories=(*APPLE, Directory.PODCASTING20), source=_CHAPTERS)
def _tag_chapters(media: EpisodeMedia) -> Iterator[Fault]:
    sound = media.files.sound
    if sound is None or sound.fault or sound.tag.fault:
        return
    kept = [(chapter.start_ms, _on_one_line(chapter.title)) for chapter in media.episode.chapters]
    found = [(chapter.start_ms, _on_one_line(chapter.title)) for chapter in sound.tag.chapters]
    if found != kept:
        yield Fault(
            media.where,
            f"the tag of {sound.path} has {len(found)} chapters that are not the {len(kept)} of the feed",
            media.make_again,
        )
    elif sound.tag.unlisted_chapters:
        yield Fault(
            media.where,
            f"{sound.tag.unlisted_chapters} chapters in the tag of {sound.path} stand in no table of contents",
            media.make_again,
        )


def _tagged(media: EpisodeMedia) -> Iterator[SoundFacts]:
    return (sound for sound in media.files.sounds if not sound.fault and not sound.tag.fault)


def _on_one_line(text: str) -> str:
    return " ".join(carried_text(text).split())


TAG_RULES: tuple[Rule[EpisodeMedia], ...] = (_tag_missing, _tag_damaged, _tag_other, _tag_cover, _tag_chapters)
