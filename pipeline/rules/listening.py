"""Floor 2: what the directories want of the sound and its chapters."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Directory, Severity
from pipeline.notes import FEWEST_CHAPTERS
from pipeline.rules.facts import ShowFacts
from pipeline.rules.rule import (
    APPLE,
    APPLE_SPOTIFY,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    rebuild,
    rule,
)

#: Apple's aim, in LUFS and LU. Source: Apple, Audio requirements (893), feeds.md A35.
AIM_LUFS, TOLERANCE_LU = -16.0, 1.0

#: The highest peak between samples, in dBTP. Source: the same.
HIGHEST_PEAK_DBTP = -1.0

#: Kilobits a second: below the floor Apple refuses, between the others it advises for one voice. Source: the same.
FLOOR_KBPS, ADVISED_KBPS = 32, (64, 128)

#: The longest title of a chapter that apps show whole. Source: feeds.md A33.
LONGEST_CHAPTER_TITLE = 45

#: Apple advises chapters for what is longer, in seconds. Source: feeds.md A33.
CHAPTERED_FROM_S = 600

_AUDIO = Source("Apple, Audio requirements (893)", "A35", Confidence.TRANSCRIBED)
_CHAPTERS = Source("Apple, Chapters (5482); Spotify, Episode chapters", "A32, S11", Confidence.TRANSCRIBED)
_CHAPTER_ADVICE = Source("Apple, Chapters (5482)", "A33", Confidence.SECONDARY)


@rule("duration", Severity.ERROR, directories=EVERYONE, source=apple_guide("A10, S2"))
def _duration(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        if round(episode.enclosure.duration_s) <= 0:
            yield Fault(
                f"episode {episode.slug}", f"its sound lasts {episode.enclosure.duration_s:g} s", rebuild(episode)
            )


@rule("loudness", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _loudness(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        measured = episode.loudness.integrated_lufs
        if not abs(measured - AIM_LUFS) <= TOLERANCE_LU:
            yield Fault(
                f"episode {episode.slug}",
                f"its loudness is {measured:.1f} LUFS, and {AIM_LUFS:g} ± {TOLERANCE_LU:g} is wanted",
                f"set loudness_lufs = {AIM_LUFS} under [sound] in show.toml; {rebuild(episode)}",
            )


@rule("true-peak", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _true_peak(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        if episode.loudness.true_peak_dbtp > HIGHEST_PEAK_DBTP:
            yield Fault(
                f"episode {episode.slug}",
                f"its true peak is {episode.loudness.true_peak_dbtp:.1f} dBTP, above {HIGHEST_PEAK_DBTP:g}",
                f"set true_peak_dbtp = {HIGHEST_PEAK_DBTP} under [sound] in show.toml; {rebuild(episode)}",
            )


@rule("bit-rate-low", Severity.WARNING, directories=APPLE_SPOTIFY, source=_AUDIO)
def _bit_rate_low(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        duration = episode.enclosure.duration_s
        kbps = episode.enclosure.file.length_bytes * 8 / 1000 / duration if duration > 0 else 0.0
        if kbps < FLOOR_KBPS:
            yield Fault(
                f"episode {episode.slug}",
                f"its sound has {kbps:.0f} kbps, and the floor is {FLOOR_KBPS}",
                f"set bitrate_kbps = 96 under [sound] in show.toml; {rebuild(episode)}",
            )


@rule("bit-rate", Severity.ADVICE, directories=APPLE_SPOTIFY, source=_AUDIO)
def _bit_rate(facts: ShowFacts) -> Iterator[Fault]:
    low, high = ADVISED_KBPS
    if not low <= facts.show.sound.bitrate_kbps <= high:
        yield Fault(
            "show.toml, sound.bitrate_kbps",
            f"{facts.show.sound.bitrate_kbps} kbps for one voice, where {low} to {high} are advised",
            "set bitrate_kbps = 96 under [sound]",
        )


@rule("chapters-order", Severity.WARNING, directories=APPLE_SPOTIFY, source=_CHAPTERS)
def _chapters_order(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        starts = [chapter.start_ms for chapter in episode.chapters]
        if starts and starts[0] != 0:
            yield Fault(
                f"episode {episode.slug}",
                f"its first chapter starts at {starts[0] / 1000:g} s, and apps want it at 0",
                rebuild(episode),
            )
        if any(earlier >= later for earlier, later in pairwise(starts)):
            yield Fault(f"episode {episode.slug}", "its chapters do not follow each other in time", rebuild(episode))


@rule(
    "chapters-late",
    Severity.WARNING,
    directories=(*APPLE_SPOTIFY, Directory.PODCASTING20),
    source=Source("MinusPod 39; podverse 1168", "section 5, 16", Confidence.PRIMARY),
)
def _chapters_late(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        late = [of.title for of in episode.chapters if of.start_ms >= episode.enclosure.duration_s * 1000]
        if late:
            yield Fault(
                f"episode {episode.slug}", f"chapter {late[0]!r} starts after the end of the sound", rebuild(episode)
            )


@rule("chapters-few", Severity.ADVICE, directories=APPLE_SPOTIFY, source=_CHAPTERS)
def _chapters_few(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        count = len(episode.chapters)
        if count < FEWEST_CHAPTERS and (count or episode.enclosure.duration_s > CHAPTERED_FROM_S):
            yield Fault(
                f"episode {episode.slug}",
                f"it has {count} chapters, and apps show none under {FEWEST_CHAPTERS}",
                f"give {episode.source_path} headings where its topics change, or `chapters:` in its front matter",
            )


@rule("chapter-title", Severity.ADVICE, directories=APPLE, source=_CHAPTER_ADVICE)
def _chapter_title(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        for chapter in episode.chapters:
            length = len(chapter.title.strip())
            if not 0 < length <= LONGEST_CHAPTER_TITLE:
                yield Fault(
                    f"episode {episode.slug}",
                    f"chapter {chapter.title!r} has {length} characters, and apps show 1 to {LONGEST_CHAPTER_TITLE}",
                    f"shorten that heading in {episode.source_path}",
                )


LISTENING_RULES: tuple[Rule[ShowFacts], ...] = (
    _duration,
    _loudness,
    _true_peak,
    _bit_rate_low,
    _bit_rate,
    _chapters_order,
    _chapters_late,
    _chapters_few,
    _chapter_title,
)
