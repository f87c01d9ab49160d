"""Floor 2, inside the rules over media: what the chapters file says, and whether its images are images."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Directory, Severity
from pipeline.rules.media.facts import ChaptersFacts, EpisodeMedia
from pipeline.rules.rule import APPLE_SPOTIFY, Confidence, Fault, Rule, Source, namespace, rule

_READERS = (Directory.APPLE, Directory.PODCASTING20)
_FILE = namespace("chapters")


@rule("chapters-unreadable", Severity.WARNING, directories=_READERS, source=_FILE)
def _chapters_unreadable(media: EpisodeMedia) -> Iterator[Fault]:
    file = media.files.chapters
    if file is not None and file.fault:
        yield Fault(media.where, f"{file.path} cannot be read: {file.fault}", media.make_again)


@rule("chapters-order", Severity.WARNING, directories=(*APPLE_SPOTIFY, Directory.PODCASTING20), source=_FILE)
def _chapters_order(media: EpisodeMedia) -> Iterator[Fault]:
    for file in _readable(media):
        starts = [chapter.start_ms for chapter in file.chapters]
        if any(earlier >= later for earlier, later in pairwise(starts)):
            yield Fault(media.where, f"the chapters in {file.path} do not follow each other in time", media.make_again)


@rule(
    "chapters-late",
    Severity.WARNING,
    directories=(*APPLE_SPOTIFY, Directory.PODCASTING20),
    source=Source("MinusPod 39; podverse 1168", "section 5, 16", Confidence.PRIMARY),
)
def _chapters_late(media: EpisodeMedia) -> Iterator[Fault]:
    for file in _readable(media):
        late = [of.title for of in file.chapters if of.start_ms >= media.sound_ms]
        if late:
            yield Fault(
                media.where, f"chapter {late[0]!r} in {file.path} starts after the end of the sound", media.make_again
            )


@rule("chapters-other", Severity.WARNING, directories=_READERS, source=_FILE)
def _chapters_other(media: EpisodeMedia) -> Iterator[Fault]:
    # Other addresses of its own images are told by `chapters-moved`.
    kept = [(chapter.start_ms, chapter.title, chapter.link) for chapter in media.episode.chapters]
    for file in _readable(media):
        found = [(chapter.start_ms, chapter.title, chapter.link) for chapter in file.chapters]
        if found != kept:
            yield Fault(
                media.where,
                f"{file.path} has {len(found)} chapters that are not the {len(kept)} of the feed",
                media.make_again,
            )


@rule("chapter-image-unreadable", Severity.WARNING, directories=_READERS, source=_FILE)
def _chapter_image_unreadable(media: EpisodeMedia) -> Iterator[Fault]:
    for image in media.files.images:
        if image.fault:
            yield Fault(media.where, f"{image.path} cannot be shown: {image.fault}", media.make_again)


@rule("chapter-image-type", Severity.WARNING, directories=_READERS, source=_FILE)
def _chapter_image_type(media: EpisodeMedia) -> Iterator[Fault]:
    types = {file.path: file.media_type for file in media.episode.chapter_images}
    for image in media.files.images:
        stated = types.get(image.path, image.media_type)
        if not image.fault and image.media_type != stated:
            yield Fault(
                media.where, f"{image.path} is {image.media_type}, and is said to be {stated}", media.make_again
            )


def _readable(media: EpisodeMedia) -> Iterator[ChaptersFacts]:
    file = media.files.chapters
    if file is not None and not file.fault:
        yield file


CHAPTERS_RULES: tuple[Rule[EpisodeMedia], ...] = (
    _chapters_unreadable,
    _chapters_order,
    _chapters_late,
    _chapters_other,
    _chapter_image_unreadable,
    _chapter_image_type,
)
