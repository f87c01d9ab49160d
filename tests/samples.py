"""Complete values for tests that need one and do not care which."""

from datetime import UTC, datetime

import msgspec

from pipeline.model import (
    ChapterOrigin,
    Enclosure,
    Episode,
    EpisodeChapter,
    Loudness,
    Show,
    TranscriptFile,
    VoiceCredit,
    WebFile,
)

SHOW = Show(
    title="The Harbour Review",
    description="Analyses of trade, sea power and diplomacy, read aloud.",
    author="The Harbour Review",
    email="podcast@harbour-review.example",
    base_url="https://audio.harbour-review.example/",
    link="https://harbour-review.example/",
    categories=("News > Politics", "Government"),
    default_author="Ines Calder",
)


def web_file(path: str, *, media_type: str, digit: str = "a") -> WebFile:
    return WebFile(path=path, media_type=media_type, length_bytes=1000, sha256=digit * 64)


def episode(slug: str = "straits", **changes: object) -> Episode:
    """An Episode with three chapters and two transcripts; ``changes`` replace its fields."""
    folder = f"episodes/{slug}/{slug}-aaaaaaaa"
    made = Episode(
        guid="6f1c2f0e-6a55-4f0b-9d7a-1f0d5a3c9b11",
        slug=slug,
        title="Why the straits are quiet",
        subtitle="Insurance, not navies, keeps the lane open",
        author="Ines Calder",
        published=datetime(2026, 3, 2, 6, tzinfo=UTC),
        language="en-GB",
        source_url="https://harbour-review.example/straits",
        summary="Insurers moved first.",
        notes_html="<p>Insurers moved first.</p>",
        tags=("shipping",),
        enclosure=Enclosure(file=web_file(f"{folder}.mp3", media_type="audio/mpeg"), duration_s=421.64),
        chapters=(
            EpisodeChapter(start_ms=0, title="Opening", origin=ChapterOrigin.OPENING),
            EpisodeChapter(start_ms=61_250, title="What the insurers saw", origin=ChapterOrigin.HEADING, paragraph=4),
            EpisodeChapter(start_ms=242_031, title="The price of waiting", origin=ChapterOrigin.HEADING, paragraph=11),
        ),
        chapters_file=web_file(f"{folder}.chapters.json", media_type="application/json+chapters"),
        transcripts=(
            TranscriptFile(file=web_file(f"{folder}.vtt", media_type="text/vtt"), language="en-GB"),
            TranscriptFile(file=web_file(f"{folder}.srt", media_type="application/x-subrip"), language="en-GB"),
        ),
        voice=VoiceCredit(engine="espeak", engine_version="1.52.0", voice="en-gb", licence="GPL-3.0-or-later"),
        loudness_before=Loudness(integrated_lufs=-21.1, true_peak_dbtp=-1.3, range_lu=4.0),
        loudness=Loudness(integrated_lufs=-16.0, true_peak_dbtp=-2.0, range_lu=3.5),
        content_sha256="c" * 64,
        source_sha256="d" * 64,
        source_path="seeds/straits.md",
    )
    return msgspec.structs.replace(made, **changes)
