"""Floor 2, inside the rules over media: what the transcripts say, and whether it is what is heard."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.rules.media.facts import EpisodeMedia, TranscriptFacts
from pipeline.rules.rule import Confidence, Fault, Rule, Source, namespace, rule

_READERS = (Directory.APPLE, Directory.PODCASTING20)
_APPLE = Source("Apple, Transcripts (5316)", "A31", Confidence.TRANSCRIBED)
_IN_STEP = Source("MinusPod 39; podverse 1168", "section 5, 16", Confidence.PRIMARY)

#: A time in whole milliseconds may be rounded up beyond an end in samples.
_ROUNDING_MS = 1


@rule("transcript-unreadable", Severity.WARNING, directories=_READERS, source=namespace("A31, transcript"))
def _transcript_unreadable(media: EpisodeMedia) -> Iterator[Fault]:
    for transcript in media.files.transcripts:
        if transcript.fault or not transcript.cues:
            why = transcript.fault or "it has no cue"
            yield Fault(media.where, f"{transcript.path} cannot be shown: {why}", media.make_again)


@rule("transcript-order", Severity.WARNING, directories=_READERS, source=_IN_STEP)
def _transcript_order(media: EpisodeMedia) -> Iterator[Fault]:
    for transcript in _readable(media):
        if not transcript.is_in_order:
            yield Fault(
                media.where, f"the cues of {transcript.path} do not follow each other in time", media.make_again
            )


@rule("transcript-late", Severity.WARNING, directories=_READERS, source=_IN_STEP)
def _transcript_late(media: EpisodeMedia) -> Iterator[Fault]:
    end_ms = media.sound_ms
    for transcript in _readable(media):
        if transcript.end_ms > end_ms + _ROUNDING_MS:
            yield Fault(
                media.where,
                f"{transcript.path} ends at {transcript.end_ms / 1000:g} s, after the sound ({end_ms / 1000:g} s)",
                media.make_again,
            )


@rule("transcript-words", Severity.WARNING, directories=_READERS, source=_APPLE)
def _transcript_words(media: EpisodeMedia) -> Iterator[Fault]:
    readable = _readable(media)
    for other in readable[1:]:
        if other.words_sha256 != readable[0].words_sha256:
            yield Fault(
                media.where,
                f"{other.path} says other words than {readable[0].path}: “{other.first_words} …”",
                media.make_again,
            )


@rule("transcript-other", Severity.WARNING, directories=_READERS, source=_APPLE)
def _transcript_other(media: EpisodeMedia) -> Iterator[Fault]:
    sound = media.files.sound
    heard = sound.tag.words_sha256 if sound is not None else ""
    # Forms that differ from the first have been named; this says whether that one belongs to the sound.
    for transcript in _readable(media)[:1]:
        if heard and transcript.words_sha256 != heard:
            yield Fault(
                media.where,
                f"{transcript.path} does not say what the sound says by its own tag: “{transcript.first_words} …”",
                media.make_again,
            )


def _readable(media: EpisodeMedia) -> list[TranscriptFacts]:
    return [transcript for transcript in media.files.transcripts if not transcript.fault and transcript.cues]


TRANSCRIPT_RULES: tuple[Rule[EpisodeMedia], ...] = (
    _transcript_unreadable,
    _transcript_order,
    _transcript_late,
    _transcript_words,
    _transcript_other,
)
