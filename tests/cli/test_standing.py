"""Drafts, days to come, corrections that are heard, renamed articles and approvals, as a person meets them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands import audio_edition, ready_to_publish, show_in, tree

ARTICLE = """\
---
title: The ferry that waited
date: 2026-04-01
author: Ines Calder
---

The ferry waited in Salka for three days, and nobody could say for whom.
"""

SOURCE = "seeds/ferry.md"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one episode that listeners have, spoken by a real voice."""
    show = ready_to_publish(show_in(tmp_path_factory.mktemp("out")))
    write(show)
    audio_edition("episode", SOURCE, cwd=show)
    audio_edition("feed", "--published", cwd=show)
    return show


@pytest.fixture
def show(out: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(out, tmp_path / "show"))


def write(show: Path, name: str = "ferry", *, front: str = "", text: str = ARTICLE) -> str:
    """An article in the show's seeds, with more keys in its front matter; how it is called."""
    (show / "seeds" / f"{name}.md").write_text(text.replace("---\n", f"---\n{front}", 1), encoding="utf-8")
    return f"seeds/{name}.md"


def ledger_of(show: Path, slug: str = "ferry") -> dict:
    return json.loads((show / "episodes" / slug / "episode.json").read_text(encoding="utf-8"))


def feed_of(show: Path) -> str:
    return (show / "feeds" / "podcast.xml").read_text(encoding="utf-8")


def required(show: Path) -> Path:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace('# approval = "off" ', 'approval = "required" '), encoding="utf-8")
    return show


TRAIN = ARTICLE.replace("ferry", "train").replace("2026-04-01", "2026-04-08")


def test_a_first_draft_is_built_and_there_is_no_feed_yet(tmp_path: Path) -> None:
    show = ready_to_publish(show_in(tmp_path / "show"))
    write(show, front="draft: true\n")
    said = audio_edition("episode", SOURCE, cwd=show).stdout
    assert "not in the feed: ferry (draft)" in said
    assert "feed    none yet" in said
    assert list(show.glob("episodes/ferry/*.mp3"))
    assert not (show / "feeds" / "podcast.xml").exists()
    refused = audio_edition("feed", cwd=show, status=1).stderr
    assert "no episode is to be in it yet" in refused
    assert "(draft)" in audio_edition("feed", "--dry-run", cwd=show).stdout
    write(show)
    audio_edition("episode", SOURCE, cwd=show)
    assert feed_of(show).count("<item>") == 1


def test_what_is_due_later_comes_when_it_is_due(show: Path) -> None:
    later = write(show, "train", text=TRAIN.replace("2026-04-08", "2199-12-01"))
    made = json.loads(audio_edition("episode", later, "--json", cwd=show).stdout)["episodes"][0]
    assert (made["listing"], made["due"]) == ("scheduled", "2199-12-01T06:00:00Z")
    now = tree(show)
    said = audio_edition("feed", "--dry-run", cwd=show).stdout
    assert "would be in the feed: ferry" in said
    assert "not in the feed: train (scheduled, due 2199-12-01 06:00 UTC)" in said
    assert "Next is due at 2199-12-01 06:00 UTC" in said
    then = json.loads(audio_edition("feed", "--dry-run", "--at", "2199-12-01T07:00+01:00", "--json", cwd=show).stdout)
    assert (then["listed"], then["waiting"]) == (["ferry", "train"], [])
    before = json.loads(audio_edition("feed", "--dry-run", "--at", "2199-11-30", "--json", cwd=show).stdout)
    assert before["listed"] == ["ferry"]
    assert tree(show) == now, "looking changes nothing"
    (_, status) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert (status["slug"], status["listing"], status["due"]) == ("train", "scheduled", "2199-12-01T06:00:00Z")
    assert "train (not published, scheduled, due 2199-12-01" in audio_edition("status", cwd=show).stdout
    assert feed_of(show).count("<item>") == 1
    early = audio_edition("feed", "--at", "2199-12-01", cwd=show).stderr
    assert "the feed of 2199-12-01 06:00 UTC, which has train before it is due: do not put it online now" in early
    assert feed_of(show).count("<item>") == 2
    assert not audio_edition("feed", "--at", "2026-11-01", cwd=show).stderr
    assert feed_of(show).count("<item>") == 1
    assert ledger_of(show, "train")["revisions"] == []
    for nowhen in ("tomorrow", "9999-12-31T23:00-05:00", "0001-01-01T01:00+05:00"):
        assert "is no moment" in audio_edition("feed", "--at", nowhen, cwd=show, status=2).stderr
    audio_edition("feed", "--at", "2199-12-01", "--published", cwd=show, status=2)


def test_a_correction_that_is_spoken_is_heard_once_and_noted(show: Path) -> None:
    write(show, text=ARTICLE.replace("three", "four"))
    audio_edition("episode", SOURCE, "--correct", "It was four days.", "--silent", "--spoken", cwd=show, status=2)
    audio_edition("episode", SOURCE, "--spoken", cwd=show, status=2)
    told = ("--correct", "It was four days.")
    audio_edition("episode", SOURCE, *told, cwd=show)
    assert "It was four days" not in script_of(show)
    for _ in range(2):
        audio_edition("episode", SOURCE, *told, "--spoken", cwd=show)
        script = script_of(show)
        assert script.count("It was four days.") == 1
        assert script.index("It was four days.") < script.index("The ferry waited in Salka")
        assert ledger_of(show)["notes_html"].count("It was four days.") == 1
    after = tree(show)
    audio_edition("episode", SOURCE, cwd=show)
    assert tree(show) == after
    said = audio_edition("history", "ferry", "--diff", cwd=show).stdout
    assert "waits to be published (told in the notes and aloud): It was four days." in said
    assert "will change: " in said
    audio_edition("feed", "--published", cwd=show)
    said = audio_edition("history", "ferry", "--diff", cwd=show).stdout
    assert re.search(r"published \(told in the notes and aloud\): It was four days\.  0:\d\d, sound [0-9a-f]{8}", said)
    assert re.search(r"changed: .*sound", said)
    after = tree(show)
    audio_edition("episode", SOURCE, cwd=show)
    assert tree(show) == after, "what was told stays told, and nothing else changes"


def script_of(show: Path) -> str:
    return (show / "episodes" / "ferry" / "script.txt").read_text(encoding="utf-8").split("\nNot spoken\n")[0]


def test_a_renamed_article_is_built_again_without_a_reason_and_keeps_its_addresses(show: Path) -> None:
    before, feed = ledger_of(show), feed_of(show)
    looked = audio_edition("rename", "ferry", "boat", "--dry-run", cwd=show).stdout
    assert "would be: episodes/boat/ becomes its page" in looked
    assert ledger_of(show) == before
    said = audio_edition("rename", "ferry", "boat", cwd=show).stdout
    assert "write `slug: boat` into the front matter of seeds/ferry.md" in said
    feed = feed.replace("/episodes/ferry/</link>", "/episodes/boat/</link>")
    assert feed_of(show) == feed, "the address of the page, and nothing else"
    refused = audio_edition("episode", SOURCE, cwd=show, status=1).stderr
    assert "'ferry' was renamed to 'boat'" in refused
    assert "slug: boat" in refused
    write(show, front="slug: boat\n")
    audio_edition("episode", SOURCE, cwd=show)
    assert feed_of(show) == feed, "the same files at the same addresses"
    after = ledger_of(show, "boat")
    assert (after["guid"], after["former_slugs"]) == (before["guid"], ["ferry"])
    assert after["enclosure"] == before["enclosure"]
    assert not list(show.glob("episodes/boat/*.mp3"))
    shown = (show / "episodes" / "boat" / "index.html").read_text()
    named = re.findall(r'(?:href|src)="([^"#:]+)"', shown)
    assert [link for link in named if not (show / "episodes" / "boat" / link).exists()] == []
    (show / "seeds" / "ferry.md").unlink()
    write(show, front="slug: boat\n", text=ARTICLE.replace("three", "four"))
    audio_edition("episode", SOURCE, "--correct", "It was four days.", cwd=show)
    assert ledger_of(show, "boat")["enclosure"]["file"]["path"].startswith("episodes/boat/boat-")
    assert (show / before["enclosure"]["file"]["path"]).is_file()


def test_a_withdrawn_episode_can_be_built_and_stays_withdrawn(show: Path) -> None:
    audio_edition("episode", write(show, "train", text=TRAIN), cwd=show)
    shown = (show / "episodes" / "ferry" / "index.html").read_bytes()
    looked = json.loads(audio_edition("withdraw", "ferry", "A source left.", "--dry-run", "--json", cwd=show).stdout)
    assert (looked["is_changed"], looked["is_dry"], looked["listed"]) == (True, True, None)
    audio_edition("withdraw", "ferry", "A source left.", cwd=show)
    audio_edition("episode", SOURCE, cwd=show)
    assert "A source left." in (show / "episodes" / "ferry" / "index.html").read_text()
    assert "ferry" not in feed_of(show)
    assert "not in the feed: ferry (withdrawn)" in audio_edition("feed", cwd=show).stdout
    audio_edition("restore", "ferry", cwd=show)
    assert (show / "episodes" / "ferry" / "index.html").read_bytes() == shown
    assert "ferry" in feed_of(show)
    said = audio_edition("history", "ferry", cwd=show).stdout
    assert "withdrawn: A source left." in said
    assert said.count("restored") == 1


def test_where_approvals_are_required_nobody_hears_what_nobody_approved(show: Path) -> None:
    required(show)
    new = write(show, "train", text=TRAIN)
    made = json.loads(audio_edition("episode", new, "--json", cwd=show).stdout)["episodes"][0]
    assert made["listing"] == "unapproved"
    assert "train: The train that waited (new" in audio_edition("approve", "--list", cwd=show).stdout
    audio_edition("approve", "train", "--by", "Tomas Reyl", cwd=show)
    assert feed_of(show).count("<item>") == 2
    (digest,) = {one["script_sha256"] for one in ledger_of(show, "train")["approvals"]}
    assert digest == ledger_of(show, "train")["script_sha256"]

    # A build that changes nothing keeps the approval; a correction needs its own, and the feed waits for it.
    audio_edition("episode", new, cwd=show)
    assert feed_of(show).count("<item>") == 2
    before = feed_of(show)
    write(show, text=ARTICLE.replace("three", "four"))
    done = audio_edition("episode", SOURCE, "--correct", "It was four days.", cwd=show)
    assert 'audio-edition approve ferry --by "YOUR NAME"' in done.stderr
    assert feed_of(show) == before
    for arguments in (("feed",), ("feed", "--published")):
        assert "'ferry' needs an approval" in audio_edition(*arguments, cwd=show, status=1).stderr
    waiting = json.loads(audio_edition("approve", "--list", "--json", cwd=show).stdout)["waiting"]
    assert waiting == [{"slug": "ferry", "title": "The ferry that waited", "is_new": False}]
    audio_edition("approve", "ferry", "--by", "Tomas Reyl", cwd=show)
    assert feed_of(show) != before


def test_what_waits_for_another_approval_is_kept_and_says_so(show: Path) -> None:
    other = write(show, "train", text=TRAIN)
    audio_edition("episode", other, cwd=show)
    audio_edition("feed", "--published", cwd=show)
    required(show)
    write(show, text=ARTICLE.replace("three", "four"))
    write(show, "train", text=TRAIN.replace("three", "four"))
    audio_edition("episode", SOURCE, other, "--correct", "It was four days.", cwd=show)
    before = feed_of(show)
    refused = audio_edition("withdraw", "ferry", "A source left.", cwd=show, status=1).stderr
    assert "ferry: this is kept, but the feed is still the old one" in refused
    assert "'train' needs an approval" in refused
    assert feed_of(show) == before
    audio_edition("restore", "ferry", cwd=show, status=1)
    # An approval waits for nobody: of two corrections the first is approved before the second.
    done = audio_edition("approve", "ferry", "--by", "Tomas Reyl", cwd=show)
    assert "Tomas Reyl lets ferry go out" in done.stdout
    assert "the correction of train needs an approval" in done.stderr
    assert "the feed fits that" not in audio_edition("approve", "ferry", "--by", "Tomas Reyl", cwd=show).stdout
    audio_edition("approve", "train", "--by", "Tomas Reyl", cwd=show)
    assert feed_of(show) != before


def test_a_reason_that_nobody_needs_is_not_lost_in_silence(show: Path) -> None:
    new = write(show, "train", text=TRAIN)
    done = audio_edition("episode", SOURCE, new, "--correct", "It was four days.", cwd=show)
    assert "ferry: there is nothing to correct, it is what listeners have" in done.stderr
    assert "train: there is nothing to correct, listeners do not have it yet" in done.stderr
    write(show, text=ARTICLE.replace("three", "four"))
    done = audio_edition("episode", SOURCE, "--correct", "It was four days.", cwd=show)
    assert "nothing to correct" not in done.stderr


def test_a_correction_after_the_clock_was_wrong(show: Path) -> None:
    path = show / "episodes" / "ferry" / "episode.json"
    ahead = ledger_of(show)
    ahead["revisions"][0]["published_at"] = "2199-01-01T00:00:00Z"
    path.write_text(json.dumps(ahead | {"seal": ""}), encoding="utf-8")
    write(show, text=ARTICLE.replace("three", "four"))
    audio_edition("episode", SOURCE, "--correct", "It was four days.", cwd=show)
    told = json.loads(audio_edition("history", "ferry", "--json", cwd=show).stdout)
    assert [one["reason"] for one in told["corrections_waiting"]] == ["It was four days."]
    audio_edition("feed", "--published", cwd=show)
    told = json.loads(audio_edition("history", "ferry", "--json", cwd=show).stdout)
    assert [one["reason"] for one in told["revisions"]] == ["first published", "It was four days."]
    assert (told["is_live"], told["corrections_waiting"]) == (True, [])


def test_usage(show: Path) -> None:
    audio_edition("approve", cwd=show, status=2)
    audio_edition("approve", "ferry", cwd=show, status=2)
    audio_edition("approve", "ferry", "--list", cwd=show, status=2)
    audio_edition("withdraw", "ferry", cwd=show, status=2)
    assert "did you mean ferry" in audio_edition("history", "fery", cwd=show, status=1).stderr


def test_an_edited_ledger_stops_every_build_and_every_feed(show: Path) -> None:
    other = write(show, "train", text=TRAIN)
    path = show / "episodes" / "ferry" / "episode.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("421", "422").replace("espeak", "speaker", 1), encoding="utf-8")
    before = tree(show)
    commands = [("feed",), ("episode", other), ("episode", SOURCE), ("withdraw", "ferry", "why"), ("status",)]
    for arguments in commands:
        refused = audio_edition(*arguments, cwd=show, status=1).stderr
        assert "this ledger was edited" in refused
        assert "git checkout -- " in refused
    assert tree(show) == before


def test_after_a_merge_the_seal_is_emptied_as_the_page_says(show: Path) -> None:
    path = show / "episodes" / "ferry" / "episode.json"
    whole = path.read_bytes()
    path.write_text(re.sub(r'"seal": "\w+"', '"seal": ""', whole.decode()), encoding="utf-8")
    assert path.read_bytes() != whole
    before = feed_of(show)
    audio_edition("feed", "--published", cwd=show)
    assert feed_of(show) == before
    assert path.read_bytes() == whole, "it has its seal again"
