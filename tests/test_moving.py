"""A show moves house: every identity stays, every old address is remembered, and nothing is half done."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import ConfigError
from pipeline.feeds.ledger import load_show_ledger, podcast_guid, save_episode, save_show_ledger
from pipeline.model import ChapterOrigin, EpisodeChapter, Move, Revision, ShowLedger
from pipeline.moving import Moving, finish_move, is_moved_by_hand, move, plan_move
from pipeline.project import Project, open_project
from tests.commands import tree
from tests.samples import episode

NOW = datetime(2026, 5, 4, 6, tzinfo=UTC)
OLD, NEW, THIRD = (f"https://{name}.harbour-review.example/" for name in ("audio", "sound", "listen"))
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

SETTINGS = f"""\
title = "The Harbour Review"
description = "Analyses, read aloud by an automated voice."
author = "The Harbour Review"
email = "podcast@harbour-review.example"
# where it is served
base_url = "{OLD}"   # without podcast.xml
link = "https://harbour-review.example/"
categories = ["News > Politics"]
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with one episode that listeners have."""
    (tmp_path / "show.toml").write_text(SETTINGS, encoding="utf-8")
    made = episode("ferry")
    revision = Revision(
        published_at=NOW - timedelta(days=90),
        reason="first published",
        enclosure=made.enclosure,
        content_sha256=made.content_sha256,
        files=made.side_files,
    )
    save_episode(tmp_path / "episodes" / "ferry" / "episode.json", msgspec.structs.replace(made, revisions=(revision,)))
    ledger = ShowLedger(podcast_guid=GUID, published={made.guid: "ferry"})
    save_show_ledger(tmp_path / "feeds" / "show.json", ledger)
    return tmp_path


def ledger_of(show: Path) -> ShowLedger:
    ledger = load_show_ledger(show / "feeds" / "show.json")
    assert ledger is not None
    return ledger


def moved(show: Path, to: str, *, now: datetime = NOW) -> tuple[Project, Moving]:
    project = open_project(show)
    planned = plan_move(project, to, now=now)
    return move(project, planned, now=now), planned


def test_the_address_changes_and_no_identity_does(show: Path) -> None:
    before = (show / "episodes" / "ferry" / "episode.json").read_bytes()
    project, planned = moved(show, "https://Sound.harbour-review.example")
    assert (show / "show.toml").read_text(encoding="utf-8") == SETTINGS.replace(OLD, NEW)
    assert project.show.feed_url == planned.feed_url == f"{NEW}feeds/podcast.xml"
    assert ledger_of(show).podcast_guid == GUID
    assert ledger_of(show).moves == (Move(at=NOW, old_url=OLD, new_url=NEW),)
    assert (show / "episodes" / "ferry" / "episode.json").read_bytes() == before
    assert [house.url for house in planned.old_houses] == [OLD]
    assert planned.keep_until == NOW + timedelta(days=28)


def test_a_plan_writes_nothing(show: Path) -> None:
    before = tree(show)
    planned = plan_move(open_project(show), NEW, now=NOW)
    assert planned.is_told
    assert not planned.is_recorded
    assert tree(show) == before


def test_stopped_between_ledger_and_settings_the_same_command_finishes(show: Path) -> None:
    moved(show, NEW)
    (show / "show.toml").write_text(SETTINGS, encoding="utf-8")  # as if it had never been reached
    project, planned = moved(show, NEW, now=NOW + timedelta(days=1))
    assert planned.is_recorded
    assert (planned.old_url, planned.keep_until) == (OLD, NOW + timedelta(days=28))
    assert ledger_of(show).moves == (Move(at=NOW, old_url=OLD, new_url=NEW),)
    assert project.show.base_url == NEW


def test_said_again_it_says_the_same_again(show: Path) -> None:
    _, first = moved(show, NEW)
    _, again = moved(show, NEW, now=NOW + timedelta(days=3))
    assert msgspec.structs.replace(again, is_recorded=False, warnings=()) == first
    assert len(ledger_of(show).moves) == 1


def test_moving_twice_leads_every_old_address_straight_to_the_newest(show: Path) -> None:
    moved(show, NEW)
    _, planned = moved(show, THIRD, now=NOW + timedelta(days=10))
    assert [house.url for house in planned.old_houses] == [NEW, OLD]
    targets = {redirect.new_url for house in planned.old_houses for redirect in house.redirects}
    assert targets == {f"{THIRD}feeds/", f"{THIRD}episodes/"}
    assert any(f"came to {NEW} on 2026-05-04" in warning for warning in planned.warnings)
    assert [one.new_url for one in ledger_of(show).moves] == [NEW, THIRD]
    assert ledger_of(show).open_move == Move(at=NOW + timedelta(days=10), old_url=NEW, new_url=THIRD)


def test_moving_back_warns_of_circles(show: Path) -> None:
    moved(show, NEW)
    project, planned = moved(show, OLD, now=NOW + timedelta(days=10))
    assert project.show.base_url == OLD
    assert [house.url for house in planned.old_houses] == [NEW]
    assert any(f"at {OLD} before: take the redirects there away first" in warning for warning in planned.warnings)
    assert (show / "show.toml").read_text(encoding="utf-8") == SETTINGS


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (OLD, "is at https://audio.harbour-review.example/ already; name another"),
        ("https://AUDIO.harbour-review.example:443", "if base_url was changed by hand, put the old one back first"),
        ("sound.harbour-review.example", "no web address"),
        ("https://sound.harbour-review.example/?a=b", "no web address"),
        ("http://sound.harbour-review.example/", "move to https://sound"),
        (f"{OLD}feeds/", "lies in https://audio.harbour-review.example/feeds/"),
        (f"{OLD}episodes/new/", "choose an address beside it"),
    ],
)
def test_what_would_lose_listeners_is_refused(show: Path, to: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        plan_move(open_project(show), to, now=NOW)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_to_a_folder_of_the_same_host(show: Path) -> None:
    project, planned = moved(show, f"{OLD}audio")
    assert project.show.feed_url == f"{OLD}audio/feeds/podcast.xml"
    assert planned.old_houses[0].redirects[0].old_url == f"{OLD}feeds/"


def test_from_http_to_http_is_advised_against(show: Path) -> None:
    (show / "show.toml").write_text(SETTINGS.replace("https://audio", "http://audio"), encoding="utf-8")
    planned = plan_move(open_project(show), NEW.replace("https", "http"), now=NOW)
    assert any("without encryption" in warning for warning in planned.warnings)


def test_before_anything_is_published_nobody_is_told(show: Path) -> None:
    (show / "feeds" / "show.json").unlink()
    (show / "episodes" / "ferry" / "episode.json").unlink()
    project, planned = moved(show, NEW)
    assert not planned.is_told
    assert "no episode is recorded as published" in planned.warnings[0]
    assert project.show.base_url == NEW
    assert load_show_ledger(show / "feeds" / "show.json") is None


def test_done_takes_four_weeks(show: Path) -> None:
    with pytest.raises(ConfigError, match="tells of no move"):
        finish_move(open_project(show), now=NOW)
    moved(show, NEW)
    with pytest.raises(ConfigError, match="wait until 2026-06-01, or say --force"):
        finish_move(open_project(show), now=NOW + timedelta(days=27, hours=23))
    assert finish_move(open_project(show), now=NOW + timedelta(days=28)).old_url == OLD
    ledger = ledger_of(show)
    assert ledger.open_move is None
    assert ledger.moves == (Move(at=NOW, old_url=OLD, new_url=NEW, done_at=NOW + timedelta(days=28)),)
    with pytest.raises(ConfigError, match="tells of no move"):
        finish_move(open_project(show), now=NOW)


def test_an_address_that_was_changed_by_hand_is_noticed(show: Path) -> None:
    def edit(old: str, new: str) -> bool:
        settings = (show / "show.toml").read_text(encoding="utf-8")
        (show / "show.toml").write_text(settings.replace(old, new), encoding="utf-8")
        return is_moved_by_hand(open_project(show))

    first = podcast_guid(open_project(show).show.feed_url)
    save_show_ledger(show / "feeds" / "show.json", msgspec.structs.replace(ledger_of(show), podcast_guid=first))
    assert edit(OLD, NEW)
    assert not edit(NEW, OLD)
    project = open_project(show)
    move(project, plan_move(project, NEW, now=NOW), now=NOW)
    assert not is_moved_by_hand(open_project(show)), "led on by a move"
    assert edit(NEW, OLD), "put back by hand, or from an older state of the folder"
    (show / "feeds" / "show.json").unlink()
    assert not is_moved_by_hand(open_project(show)), "nobody has anything yet"


def test_done_can_be_forced(show: Path) -> None:
    moved(show, NEW)
    finish_move(open_project(show), now=NOW, is_forced=True)
    assert ledger_of(show).open_move is None
    # The old address is known all the same, and has to lead on when the show moves again.
    planned = plan_move(open_project(show), THIRD, now=NOW)
    assert [house.url for house in planned.old_houses] == [NEW, OLD]


def test_chapters_that_give_addresses_of_images_are_to_be_built_again(show: Path) -> None:
    chapter = EpisodeChapter(
        start_ms=0, title="The quay", origin=ChapterOrigin.OPENING, image="episodes/crane/crane-aaaaaaaa.jpg"
    )
    pictured = episode("crane", guid="7f1c2f0e-6a55-4f0b-9d7a-1f0d5a3c9b12", source_path="seeds/crane.md")
    pictured = msgspec.structs.replace(pictured, chapters=(chapter,))
    save_episode(show / "episodes" / "crane" / "episode.json", pictured)
    assert plan_move(open_project(show), NEW, now=NOW).rebuild == ("seeds/crane.md",)


def test_the_other_shows_of_the_folder_are_named(show: Path) -> None:
    (show / "shows").mkdir()
    private = f"{SETTINGS}\n[feed]\nis_private = true\n"
    for name, text in (("ledger", SETTINGS), ("members", private), ("far", SETTINGS.replace(OLD, THIRD))):
        (show / "shows" / f"{name}.toml").write_text(text, encoding="utf-8")
    assert plan_move(open_project(show), NEW, now=NOW).shows_left == ("ledger", "members")
    ledger = open_project(show, "ledger")
    assert plan_move(ledger, NEW, now=NOW).feed_url == f"{NEW}feeds/ledger/podcast.xml"
    move(ledger, plan_move(ledger, NEW, now=NOW), now=NOW)
    assert tomllib.loads((show / "shows" / "ledger.toml").read_text(encoding="utf-8"))["base_url"] == NEW
    assert (show / "show.toml").read_text(encoding="utf-8") == SETTINGS
