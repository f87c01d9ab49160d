"""A show of any number of episodes, made in memory, the same ones every time: for bench_feed.py."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pipeline.model import (
    AlternateEnclosure,
    ChapterOrigin,
    Enclosure,
    Episode,
    EpisodeChapter,
    Listing,
    Loudness,
    Show,
    ShowLedger,
    TranscriptFile,
    VoiceCredit,
    WebFile,
)

SHOW = Show(
    title="The Causeway Letter",
    description="Every analysis of the Letter since its first issue. Read by an automated voice.",
    author="The Causeway Letter",
    email="podcast@causeway-letter.example",
    base_url="https://audio.causeway-letter.example",
    link="https://causeway-letter.example/",
    categories=("News > Politics",),
)
LEDGER = ShowLedger(podcast_guid="2f6f0d52-1d0b-5a53-9d3a-1a8b6c5d4e3f")
ARTWORK = WebFile(path="feeds/cover-00000000.jpg", media_type="image/jpeg", length_bytes=400_000, sha256="0" * 64)

_FIRST = datetime(2012, 1, 2, 6, tzinfo=UTC)
_FORMS = (("vtt", "text/vtt"), ("srt", "application/x-subrip"))
_CHAPTERS = ("Opening", "What the harbour masters saw", "Who insures whom", "The price of waiting", "What comes next")


def made_episodes(count: int) -> tuple[Episode, ...]:
    """``count`` Episodes, a day apart, the oldest first."""
    return tuple(_episode(number) for number in range(1, count + 1))


def _episode(number: int) -> Episode:
    slug = f"issue-{number}"
    digest = hashlib.sha256(slug.encode()).hexdigest()
    stem = f"episodes/{slug}/{slug}-{digest[:8]}"
    loudness = Loudness(integrated_lufs=-16.0, true_peak_dbtp=-1.5, range_lu=4.0)
    address = f"https://causeway-letter.example/p/{slug}"
    return Episode(
        guid=str(UUID(digest[:32])),
        slug=slug,
        title=f"Issue {number}: who pays for quiet water & open locks",
        subtitle="Dues, dredging and the price of a pilot",
        author=("Ines Calder", "Tomas Reyl", "Salka Ostrava")[number % 3],
        published=_FIRST + timedelta(days=number),
        language="en-GB",
        source_url=address,
        summary="",
        notes_html=_notes(number, address),
        tags=(),
        enclosure=Enclosure(file=_file(f"{stem}.mp3", "audio/mpeg", digest=digest), duration_s=600 + number % 900),
        chapters=tuple(
            EpisodeChapter(start_ms=120_250 * place, title=title, origin=ChapterOrigin.HEADING)
            for place, title in enumerate(_CHAPTERS)
        ),
        chapters_file=_file(f"{stem}.chapters.json", "application/json+chapters", digest=digest),
        transcripts=tuple(
            TranscriptFile(file=_file(f"{stem}.{ending}", media_type, digest=digest), language="en-GB")
            for ending, media_type in _FORMS
        ),
        voice=VoiceCredit(engine="espeak", engine_version="1.52.0", voice="en-gb", licence="GPL-3.0-or-later"),
        loudness_before=loudness,
        loudness=loudness,
        content_sha256=digest,
        source_sha256=digest,
        source_path=f"seeds/{slug}.md",
        listing=Listing(season=1 + number // 250, number=1 + number % 250),
        alternates=(AlternateEnclosure(file=_file(f"{stem}.m4a", "audio/mp4", digest=digest), bitrate_kbps=64),),
    )


def _file(path: str, media_type: str, *, digest: str) -> WebFile:
    return WebFile(path=path, media_type=media_type, length_bytes=7_000_000, sha256=digest)


def _notes(number: int, address: str) -> str:
    """About 600 bytes, as the notes of a short article are."""
    stamps = "".join(f"<p>({2 * place:02}:00) {title}</p>" for place, title in enumerate(_CHAPTERS))
    return (
        f"<p>Dues, dredging &amp; the price of a pilot, part {number}.</p>"
        "<p>The lock keepers raised their fee for the third winter running, and nobody moved elsewhere.</p>"
        f"{stamps}<p>Links in this article:</p><ul><li>"
        f'<a href="{address}?a=1&amp;b=2">The tariff</a></li></ul><p><a href="{address}">Read the article</a></p>'
        "<p>This episode is read by an automated voice: espeak 1.52.0, en-gb.</p>"
    )
