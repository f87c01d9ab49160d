"""What an article says of its place in the feed, in a whole build: kept in the ledger, and lost by no later build."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from mutagen import id3

from pipeline.assembly import script_digest
from pipeline.feeds.ledger import load_episode, save_episode
from pipeline.model import Approval, EpisodeKind, Lexicon, Person, Withdrawal
from pipeline.notes import plain_notes
from pipeline.scripting import write_script
from pipeline.sources import Given, Source, read_article
from tests.commands import audio_edition, show_in, tree
from tests.samples import SHOW

ARTICLE = """\
---
title: The quay
date: 2026-03-02
author: Ines Calder
type: bonus
season: 2
episode: 7
explicit: yes
embargo: 2026-03-03T06:00:00+01:00
people:
  - name: Tomas Reyl
    role: guest
soundbites:
  - from: "Ships have"
    seconds: 15
    title: Waiting ships
notes: |
  With thanks to the [port](https://port.example/).
---
The harbour of Corvel is older than the state that taxes it. Ships have waited here since the first toll was raised.

Tolls rose by a third last year, and nobody asked why. The underwriters in the old town did their sums first, and then
they asked what a lost hull would cost.

It is the price of waiting that decides, and nobody has ever written it down in a ledger.
"""
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def show_with(folder: Path, article: str) -> Path:
    show = show_in(folder / "show")
    (show / "seeds" / "quay.md").write_text(article, encoding="utf-8")
    return show


def test_it_is_kept_published_and_lost_by_no_later_build(tmp_path: Path) -> None:
    show = show_with(tmp_path, ARTICLE)
    audio_edition("episode", "seeds/quay.md", cwd=show)
    ledger = show / "episodes" / "quay" / "episode.json"
    episode = load_episode(ledger)
    assert episode is not None
    listing = episode.listing
    assert (listing.kind, listing.season, listing.number) == (EpisodeKind.BONUS, 2, 7)
    assert (listing.is_explicit, listing.embargo_until) == (True, datetime(2026, 3, 3, 5, tzinfo=UTC))
    assert listing.persons == (Person(name="Tomas Reyl", role="guest", group="cast"),)
    assert episode.notes_html.startswith(listing.notes_html + "<p>")
    assert (ledger.parent / "notes.txt").read_text(encoding="utf-8") == plain_notes(episode.notes_html)

    tags = id3.ID3(show / episode.enclosure.file.path)
    assert (tags["TRCK"].text, tags["TPOS"].text) == (["7"], ["2"])

    (soundbite,) = episode.soundbites
    (path,) = ledger.parent.glob("*.vtt")
    assert soundbite.title == "Waiting ships"
    assert f"{_time(soundbite.start_ms)} -->" in path.read_text(encoding="utf-8"), "it starts with a cue"
    assert 15_000 <= soundbite.duration_ms <= 25_000

    happened = msgspec.structs.replace(
        episode,
        former_slugs=("wharf",),
        withdrawals=(Withdrawal(at=NOW, reason="a name was wrong", restored_at=NOW),),
        approvals=(
            Approval(
                by="Salka", at=NOW, script_sha256=episode.script_sha256, sound_sha256=episode.enclosure.file.sha256
            ),
        ),
    )
    save_episode(ledger, happened)
    before = tree(ledger.parent)
    audio_edition("episode", "seeds/quay.md", cwd=show)
    assert load_episode(ledger) == happened
    assert happened.is_approved
    assert tree(ledger.parent) == before, "a second build does nothing"


def test_words_that_nothing_begins_with_stop_the_build_before_a_word_is_said(tmp_path: Path) -> None:
    show = show_with(tmp_path, ARTICLE.replace("Ships have", "Shops have", 1))
    for command in ("episode", "script"):
        refused = audio_edition(command, "seeds/quay.md", cwd=show, status=1).stderr
        assert "quay.md, line 14: soundbite 1 in the front matter begins at “Shops have”" in refused
        assert "“Ships have waited here" in refused
    assert not list((show / "episodes").glob("*/*.mp3"))
    assert not [path for path in (show / ".cache").rglob("*") if path.is_file() and path.stat().st_size > 10_000]


def test_the_digest_of_what_is_said_is_for_words_alone(tmp_path: Path) -> None:
    path = tmp_path / "quay.md"
    path.write_text(ARTICLE, encoding="utf-8")
    given = Given(language="en-GB", publish_time="06:00", show_title=SHOW.title)
    script = write_script(read_article(Source(path=path, name=path.name), given), SHOW, Lexicon())
    first, *others = script.utterances
    digest = script_digest(script)
    same = msgspec.structs.replace(first, pause_after_ms=first.pause_after_ms + 100, forms=())
    assert script_digest(msgspec.structs.replace(script, utterances=(same, *others))) == digest
    for changed in (
        msgspec.structs.replace(first, display=first.display + "!"),
        msgspec.structs.replace(first, spoken=first.spoken + "!"),
    ):
        assert script_digest(msgspec.structs.replace(script, utterances=(changed, *others))) != digest
    assert script_digest(msgspec.structs.replace(script, utterances=(*others, first))) != digest


def _time(start_ms: int) -> str:
    seconds, ms = divmod(start_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
