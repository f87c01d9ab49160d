"""The digest of what listeners get: old ledgers keep theirs, and nothing that listeners get goes without a reason."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import IdentityError
from pipeline.feeds.ledger import content_digest, load_episode, require_reason
from pipeline.model import Correction, Episode, EpisodeKind, Listing, Person, Soundbite

#: A published ledger as it was written before articles could say anything of their place in the feed, with the digest
#: that was computed then.
OLD_LEDGER = """\
{
  "guid": "2f9d6f0a-3f1c-4c57-9a3e-5b0f6f0c8a41",
  "slug": "pilots",
  "title": "The pilots of the strait",
  "subtitle": "A trade that no treaty names",
  "author": "Ines Calder",
  "published": "2026-03-02T06:00:00Z",
  "language": "en-GB",
  "source_url": "https://harbour-review.example/pilots",
  "summary": "Every tanker takes one aboard; nobody asks who pays.",
  "notes_html": "<p>Every tanker takes one aboard.</p><p>This episode is read by an automated voice: espeak.</p>",
  "tags": ["shipping", "pilotage"],
  "enclosure": {
    "file": {
      "path": "episodes/pilots/pilots-1b2c3d4e.mp3",
      "media_type": "audio/mpeg",
      "length_bytes": 4812345,
      "sha256": "1b2c3d4e00000000000000000000000000000000000000000000000000000000"
    },
    "duration_s": 401.136
  },
  "chapters": [
    {"start_ms": 0, "title": "Opening", "origin": "opening", "paragraph": null, "link": "", "image": ""},
    {
      "start_ms": 61250,
      "title": "Who climbs aboard",
      "origin": "author",
      "paragraph": 4,
      "link": "https://ports.example/fees",
      "image": ""
    }
  ],
  "chapters_file": {
    "path": "episodes/pilots/pilots-aa11bb22.chapters.json",
    "media_type": "application/json+chapters",
    "length_bytes": 311,
    "sha256": "aa11bb2200000000000000000000000000000000000000000000000000000000"
  },
  "transcripts": [
    {
      "file": {
        "path": "episodes/pilots/pilots-cc33dd44.vtt",
        "media_type": "text/vtt",
        "length_bytes": 9001,
        "sha256": "cc33dd4400000000000000000000000000000000000000000000000000000000"
      },
      "language": "en-GB"
    }
  ],
  "voice": {"engine": "espeak", "engine_version": "1.52.0", "voice": "en-gb", "licence": "GPL-3.0-or-later"},
  "loudness_before": {"integrated_lufs": -21.1, "true_peak_dbtp": -1.3, "range_lu": 4.0},
  "loudness": {"integrated_lufs": -16.0, "true_peak_dbtp": -2.0, "range_lu": 3.5},
  "content_sha256": "e5e79369213e0689b1d3a97ccbb73839b30368a729953a5fa41fd9726758ab80",
  "source_sha256": "dd00000000000000000000000000000000000000000000000000000000000000",
  "source_path": "seeds/pilots.md",
  "told_published": "",
  "told_author": "",
  "summary_by": "",
  "answers": [],
  "chapter_images": [],
  "second_voice": null,
  "alternates": [],
  "music_credit": "",
  "revisions": [
    {
      "published_at": "2026-03-02T07:00:00Z",
      "reason": "first published",
      "enclosure": {
        "file": {
          "path": "episodes/pilots/pilots-1b2c3d4e.mp3",
          "media_type": "audio/mpeg",
          "length_bytes": 4812345,
          "sha256": "1b2c3d4e00000000000000000000000000000000000000000000000000000000"
        },
        "duration_s": 401.136
      },
      "content_sha256": "e5e79369213e0689b1d3a97ccbb73839b30368a729953a5fa41fd9726758ab80",
      "files": [],
      "is_silent": false
    }
  ],
  "corrections": []
}
"""
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
SOUNDBITE = Soundbite(start_ms=61_000, duration_ms=31_400, title="Who pays")


@pytest.fixture
def old(tmp_path: Path) -> Episode:
    path = tmp_path / "episode.json"
    path.write_text(OLD_LEDGER, encoding="utf-8")
    episode = load_episode(path)
    assert episode is not None
    return episode


def with_new_digest(episode: Episode, **changes: object) -> Episode:
    changed = msgspec.structs.replace(episode, **changes)
    return msgspec.structs.replace(changed, content_sha256=content_digest(changed))


def test_a_ledger_of_the_old_form_keeps_its_digest_and_needs_no_reason(old: Episode) -> None:
    assert content_digest(old) == old.content_sha256 == old.revisions[-1].content_sha256
    assert old.is_live
    require_reason(old, with_new_digest(old))


@pytest.mark.parametrize(
    "listing", [Listing(is_draft=True), Listing(embargo_until=NOW), Listing(notes_html="<p>In notes_html already.</p>")]
)
def test_what_listeners_do_not_get_is_no_part_of_it(old: Episode, listing: Listing) -> None:
    require_reason(old, with_new_digest(old, listing=listing, script_sha256="a" * 64, former_slugs=("pilot",)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"listing": Listing(kind=EpisodeKind.TRAILER)}, "type would change"),
        ({"listing": Listing(season=2)}, "and season would change"),
        ({"listing": Listing(number=2)}, "and episode number would change"),
        ({"listing": Listing(season=1, number=2)}, "season and episode number would change"),
        ({"listing": Listing(is_explicit=False)}, "explicit mark would change"),
        ({"listing": Listing(persons=(Person(name="Tomas Reyl"),))}, "people would change"),
        ({"soundbites": (SOUNDBITE,)}, "soundbites would change"),
        ({"notes_html": "<p>Thanks.</p>"}, "show notes would change"),
    ],
)
def test_what_listeners_get_needs_a_reason(old: Episode, changes: dict[str, object], words: str) -> None:
    new = with_new_digest(old, **changes)
    with pytest.raises(IdentityError, match=words):
        require_reason(old, new)
    require_reason(old, msgspec.structs.replace(new, corrections=(Correction(at=NOW, reason="as it was meant"),)))


def test_no_two_of_them_are_taken_for_one_another(old: Episode) -> None:
    listings = [
        Listing(),
        Listing(season=2),
        Listing(season=3),
        Listing(number=2),
        Listing(season=2, number=2),
        Listing(kind=EpisodeKind.BONUS),
        Listing(kind=EpisodeKind.TRAILER),
        Listing(is_explicit=True),
        Listing(is_explicit=False),
        Listing(persons=(Person(name="Tomas Reyl"),)),
        Listing(persons=(Person(name="Tomas Reyl", role="guest", group="cast"),)),
    ]
    bites = [(SOUNDBITE,), (SOUNDBITE, SOUNDBITE), (msgspec.structs.replace(SOUNDBITE, title=""),)]
    digests = {content_digest(msgspec.structs.replace(old, listing=listing)) for listing in listings}
    digests |= {content_digest(msgspec.structs.replace(old, soundbites=found)) for found in bites}
    assert len(digests) == len(listings) + len(bites)
