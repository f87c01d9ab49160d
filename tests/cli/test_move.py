"""`audio-edition move`: what apps read afterwards, what the old host is told, and what is left when it is killed."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import podcastparser
import pytest
from lxml import etree

from tests.cli.shows import quick_show, write_article
from tests.cli.test_kills import killed_everywhere, require_whole
from tests.commands import audio_edition, tree

OLD, NEW = "https://audio.causeway-letter.net/", "https://sound.causeway-letter.net/"
NEW_FEED_URL = "{http://www.itunes.com/dtds/podcast-1.0.dtd}new-feed-url"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with two episodes that listeners have."""
    show = quick_show(tmp_path_factory.mktemp("moving") / "show")
    write_article(show / "seeds" / "ferry.md", "The ferry that waited")
    write_article(show / "seeds" / "crane.md", "The crane that stood still", date="2026-03-09")
    audio_edition("episode", "-q", "seeds/ferry.md", "seeds/crane.md", cwd=show)
    audio_edition("feed", "--published", cwd=show)
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "show"))


def feed_of(show: Path) -> dict[str, Any]:
    with (show / "feeds" / "podcast.xml").open("rb") as stream:
        parsed: dict[str, Any] = podcastparser.parse("https://any.example/", stream)
    return parsed


def new_feed_urls(show: Path) -> list[str | None]:
    return [element.text for element in etree.parse(show / "feeds" / "podcast.xml").iter(NEW_FEED_URL)]


def test_apps_are_led_on_and_get_no_episode_twice(show: Path) -> None:
    before = feed_of(show)
    ledgers = {name: data for name, data in tree(show).items() if name.endswith("episode.json")}
    said = audio_edition("move", "--to", NEW.rstrip("/"), cwd=show)
    after = feed_of(show)
    assert new_feed_urls(show) == [f"{NEW}feeds/podcast.xml"]
    assert [one["guid"] for one in after["episodes"]] == [one["guid"] for one in before["episodes"]]
    sounds = [one["enclosures"][0]["url"] for one in before["episodes"]]
    assert [one["enclosures"][0]["url"] for one in after["episodes"]] == [url.replace(OLD, NEW) for url in sounds]
    assert {name: data for name, data in tree(show).items() if name.endswith("episode.json")} == ledgers
    guid = re.compile("<podcast:guid>([^<]+)")
    built_at_old = json.loads((show / "feeds" / "show.json").read_text())["podcast_guid"]
    assert guid.findall((show / "feeds" / "podcast.xml").read_text()) == [built_at_old]
    assert f"<code>{NEW}feeds/podcast.xml</code>" in (show / "feeds" / "index.html").read_text()
    for told in ("nginx", "Caddy", "Netlify", "S3", "GitHub Pages", "Podcasts Connect", "Spotify", "28 days"):
        assert told in said.stdout
    assert f"{OLD}feeds/*  ->  {NEW}feeds/*" in said.stdout


def test_after_the_move_the_check_finds_nothing_wrong(show: Path) -> None:
    audio_edition("move", "--to", NEW, cwd=show)
    findings = json.loads(audio_edition("check", "--json", cwd=show).stdout)["findings"]
    assert [finding for finding in findings if finding["severity"] == "error"] == []


def test_a_dry_run_says_it_and_does_nothing(show: Path) -> None:
    before = tree(show)
    said = audio_edition("move", "--to", NEW, "--dry-run", cwd=show)
    assert "would move" in said.stdout
    told = json.loads(audio_edition("move", "--to", NEW, "--dry-run", "--json", cwd=show).stdout)
    assert told["is_dry_run"] is True
    assert (told["old_url"], told["new_url"], told["feed_url"]) == (OLD, NEW, f"{NEW}feeds/podcast.xml")
    (house,) = told["old_houses"]
    assert house["redirects"][0] == {"old_url": f"{OLD}feeds/", "new_url": f"{NEW}feeds/", "status": 301}
    assert {snippet["host"] for snippet in house["snippets"]} >= {"nginx", "Netlify", "S3"}
    assert tree(show) == before


def test_done_ends_it(show: Path) -> None:
    audio_edition("move", "--to", NEW, cwd=show)
    early = audio_edition("move", "--done", cwd=show, status=1)
    assert "--force" in early.stderr
    assert new_feed_urls(show) == [f"{NEW}feeds/podcast.xml"]
    done = json.loads(audio_edition("move", "--done", "--force", "--json", cwd=show).stdout)
    assert (done["old_url"], done["new_url"]) == (OLD, NEW)
    assert new_feed_urls(show) == []
    assert feed_of(show)["episodes"]


def test_a_move_is_kept_where_the_feed_has_to_wait(show: Path) -> None:
    (sound,) = show.glob("episodes/ferry/*.mp3")
    kept = sound.read_bytes()
    sound.unlink()
    refused = audio_edition("move", "--to", NEW, cwd=show, status=1).stderr
    assert "this is kept, but the feed is still the old one: mend the following, then audio-edition feed" in refused
    assert "is not there" in refused
    sound.write_bytes(kept)
    assert not audio_edition("feed", cwd=show).stderr, "base_url is where the move led"
    assert f"{NEW}feeds/podcast.xml" in (show / "feeds" / "podcast.xml").read_text(encoding="utf-8")


def test_what_cannot_be_meant_is_a_slip_of_usage(show: Path) -> None:
    for arguments in ((), ("--to", NEW, "--done"), ("--to", NEW, "--force"), ("--done", "--dry-run")):
        audio_edition("move", *arguments, cwd=show, status=2)


@pytest.mark.long
def test_killed_anywhere_the_same_command_finishes(show: Path, tmp_path: Path) -> None:
    guids = [one["guid"] for one in feed_of(show)["episodes"]]
    places = 0
    for left in killed_everywhere(show, tmp_path / "killed", arguments=("move", "--to", NEW)):
        places += 1
        require_whole(left)
        assert [one["guid"] for one in feed_of(left)["episodes"]] == guids
        audio_edition("move", "--to", NEW, cwd=left)
        assert new_feed_urls(left) == [f"{NEW}feeds/podcast.xml"]
        (told,) = json.loads((left / "feeds" / "show.json").read_text())["moves"]
        assert (told["old_url"], told["new_url"]) == (OLD, NEW)
        assert f'base_url = "{NEW}"' in (left / "show.toml").read_text()
    assert places >= 6
