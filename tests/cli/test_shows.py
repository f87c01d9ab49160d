"""Several shows in one folder, some of them private, as a person runs them."""

import json
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import podcastparser
import pytest

from pipeline.project import open_project
from tests.cli.shows import quick_show, quicken, write_article
from tests.commands import audio_edition, tree

BASE = "https://audio.causeway-letter.net"
LEDGER = "shows/ledger.toml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a main show and a second one, of one episode each, both published."""
    show = quick_show(tmp_path_factory.mktemp("shows") / "show")
    audio_edition("init", "--add", "ledger", "--title", "The Causeway Ledger", cwd=show)
    quicken(show / LEDGER)
    write_article(show / "seeds" / "ferry.md", "The ferry that waited")
    write_article(show / "seeds" / "ledger" / "crane.md", "The crane that stood still")
    audio_edition("episode", "-q", "seeds/ferry.md", cwd=show)
    audio_edition("episode", "-q", "seeds/ledger/crane.md", cwd=show)
    for settings in ("show.toml", LEDGER):
        audio_edition("feed", "--published", "--show", settings, cwd=show)
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "show"))


def feed_at(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        parsed: dict[str, Any] = podcastparser.parse("https://any.example/", stream)
    return parsed


def private(show: Path, name: str = "members") -> Path:
    """A private show with one episode; its file of settings."""
    audio_edition("init", "--add", name, "--title", "For Members", cwd=show)
    settings = show / "shows" / f"{name}.toml"
    quicken(settings)
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("# is_private = false", "is_private = true"), encoding="utf-8")
    write_article(show / "seeds" / name / "strait.md", "The strait after dark")
    return settings


def test_an_article_comes_out_in_the_show_whose_folder_it_lies_in(built: Path) -> None:
    main, ledger = feed_at(built / "feeds" / "podcast.xml"), feed_at(built / "feeds" / "ledger" / "podcast.xml")
    assert [one["title"] for one in main["episodes"]] == ["The ferry that waited"]
    assert ledger["title"] == "The Causeway Ledger"
    (crane,) = ledger["episodes"]
    assert crane["title"] == "The crane that stood still"
    path = crane["enclosures"][0]["url"].removeprefix(f"{BASE}/")
    assert re.fullmatch(r"episodes/crane/crane-[0-9a-f]{8}\.mp3", path)
    assert (built / path).stat().st_size == crane["enclosures"][0]["file_size"]
    cover = ledger["cover_url"].removeprefix(f"{BASE}/")
    assert re.fullmatch(r"feeds/ledger/cover-[0-9a-f]{8}\.jpg", cover)
    assert (built / cover).is_file()
    ledgers = [json.loads((built / "feeds" / name / "show.json").read_text()) for name in ("", "ledger")]
    assert ledgers[0]["podcast_guid"] != ledgers[1]["podcast_guid"]
    assert [list(one["published"].values()) for one in ledgers] == [["ferry"], ["crane"]]
    # The episode's page leads to the page of its own show.
    assert 'href="../../feeds/ledger/index.html"' in (built / "episodes" / "crane" / "index.html").read_text()


def test_the_pages_lead_to_each_other(show: Path) -> None:
    audio_edition("feed", cwd=show)
    assert '<a href="ledger/index.html"' in (show / "feeds" / "index.html").read_text()
    assert '<a href="../index.html"' in (show / "feeds" / "ledger" / "index.html").read_text()
    audio_edition("init", "--add", "empty", cwd=show)
    audio_edition("feed", cwd=show)
    # One without a feed has no page yet either.
    assert "empty/index.html" not in (show / "feeds" / "index.html").read_text()


def test_each_show_is_checked_and_told_of_by_itself(show: Path) -> None:
    for settings, slug in ((".", "ferry"), (LEDGER, "crane")):
        told = json.loads(audio_edition("status", "--json", "--show", settings, cwd=show).stdout)["episodes"]
        assert [(one["slug"], one["stages"]["feed"]) for one in told] == [(slug, "fresh")]
        found = json.loads(audio_edition("check", "--json", "--show", settings, cwd=show).stdout)["findings"]
        assert [one for one in found if one["severity"] == "error"] == []
    text = (show / LEDGER).read_text(encoding="utf-8")
    (show / LEDGER).write_text(text.replace('"News > Politics"', '"News > Weather"'), encoding="utf-8")
    found = json.loads(audio_edition("check", "--json", "--show", LEDGER, cwd=show, status=1).stdout)["findings"]
    assert [one["where"] for one in found if one["rule"] == "category-unknown"] == ["shows/ledger.toml, categories"]
    audio_edition("check", "--json", cwd=show)


def test_one_slug_is_one_episode_of_the_whole_folder(show: Path) -> None:
    write_article(show / "seeds" / "ledger" / "ferry.md", "Another ferry")
    said = audio_edition("episode", "-q", "seeds/ledger/ferry.md", cwd=show, status=1)
    assert "'ferry' is made from seeds/ferry.md, not from seeds/ledger/ferry.md" in said.stderr


def test_what_listeners_of_one_show_have_cannot_change_over(show: Path) -> None:
    (show / "seeds" / "ferry.md").rename(show / "seeds" / "ledger" / "ferry.md")
    said = audio_edition("episode", "-q", "seeds/ledger/ferry.md", cwd=show, status=1)
    assert "is episode 'ferry' of the show “main”, where listeners have it; move the article back" in said.stderr


def test_what_nobody_has_yet_may_change_over(show: Path) -> None:
    write_article(show / "seeds" / "quay.md", "The quay at night", date="2026-03-30")
    audio_edition("episode", "-q", "seeds/quay.md", cwd=show)
    guid = json.loads((show / "episodes" / "quay" / "episode.json").read_text())["guid"]
    (show / "seeds" / "quay.md").rename(show / "seeds" / "ledger" / "quay.md")
    audio_edition("episode", "-q", "seeds/ledger/quay.md", cwd=show)
    audio_edition("feed", cwd=show)
    assert guid in {one["guid"] for one in feed_at(show / "feeds" / "ledger" / "podcast.xml")["episodes"]}
    assert guid not in {one["guid"] for one in feed_at(show / "feeds" / "podcast.xml")["episodes"]}


def test_git_keeps_the_ledgers_of_all_shows(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not here")
    audio_edition("init", cwd=tmp_path)
    audio_edition("init", "--add", "ledger", cwd=tmp_path)
    kept = {"feeds/show.json", "feeds/ledger/show.json", "episodes/crane/episode.json", "seeds/ledger/crane.md"}
    made = {"feeds/podcast.xml", "feeds/ledger/podcast.xml", "feeds/ledger/0a1b/podcast.xml", "episodes/crane/x.mp3"}
    for name in kept | made:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    listed = subprocess.run(
        [git, "ls-files", "--others", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    assert kept <= set(listed)
    assert not made & set(listed)


def test_a_second_show_is_founded_once_and_with_a_good_name(tmp_path: Path) -> None:
    assert "make a show with" in audio_edition("init", "--add", "ledger", cwd=tmp_path, status=1).stderr
    audio_edition("init", "--base-url", f"{BASE}/", "--email", "audio@causeway-letter.net", cwd=tmp_path)
    before = (tmp_path / "show.toml").read_bytes()
    audio_edition("init", "--add", "ledger", cwd=tmp_path)
    assert (tmp_path / "show.toml").read_bytes() == before
    made = open_project(tmp_path, "ledger")
    assert (made.show.title, made.show.email) == ("Ledger", "audio@causeway-letter.net")
    assert made.show.base_url == f"{BASE}/"
    assert made.artwork_path.is_file()
    assert "of that name already" in audio_edition("init", "--add", "ledger", cwd=tmp_path, status=1).stderr
    assert "a-z, 0-9 and -" in audio_edition("init", "--add", "The Ledger", cwd=tmp_path, status=1).stderr


# Language editions


def test_editions_in_other_languages_are_linked_and_checked_both_ways(show: Path) -> None:
    main, ledger = show / "show.toml", show / LEDGER
    text = main.read_text(encoding="utf-8")
    main.write_text(
        text.replace("\n[voice]", '\neditions = [{language = "en-US", show = "ledger"}]\n[voice]', 1), encoding="utf-8"
    )
    audio_edition("feed", cwd=show)
    feed = (show / "feeds" / "podcast.xml").read_text()
    assert re.search(rf'<atom:link [^>]*hreflang="en-US"[^>]*href="{BASE}/feeds/ledger/podcast\.xml"', feed)
    page = (show / "feeds" / "index.html").read_text()
    assert f'<link rel="alternate" hreflang="en-US" href="{BASE}/feeds/ledger/index.html">' in page
    assert "In other languages" in page
    assert "Also by us" not in page
    rules = {one["rule"] for one in json.loads(audio_edition("check", "--json", cwd=show).stdout)["findings"]}
    assert {"edition-language", "edition-one-way"} <= rules
    text = ledger.read_text(encoding="utf-8").replace('language = "en-GB"', 'language = "en-US"')
    back = '\neditions = [{language = "en-GB", show = "main"}]\n[voice]'
    ledger.write_text(text.replace("\n[voice]", back, 1), encoding="utf-8")
    rules = {one["rule"] for one in json.loads(audio_edition("check", "--json", cwd=show).stdout)["findings"]}
    assert not [rule for rule in rules if rule.startswith("edition-")]


# Private shows


def test_a_private_show_stands_where_nobody_looks(show: Path) -> None:
    public = {name: data for name, data in tree(show).items() if name.startswith(("feeds/", "episodes/"))}
    settings = private(show)
    said = audio_edition("episode", "-q", "seeds/members/strait.md", cwd=show)
    token = json.loads((show / "feeds" / "members" / "show.json").read_text())["token"]
    again = audio_edition("feed", "--show", settings, cwd=show)
    checked = audio_edition("check", "--show", settings, cwd=show)
    for one in (said, again, checked):  # which may end in the log of a build server
        assert token not in one.stdout + one.stderr
    assert f"/feeds/members/{token}/podcast.xml" in audio_edition("status", "--show", settings, cwd=show).stdout
    feed = show / "feeds" / "members" / token / "podcast.xml"
    text = feed.read_text()
    assert "<itunes:block>Yes</itunes:block>" in text
    (made,) = feed_at(feed)["episodes"]
    (slug,) = (path.name for path in (show / "episodes").glob("strait*"))
    assert re.fullmatch("strait-[0-9a-f]{16}", slug)
    assert f"/episodes/{slug}/{slug}-" in made["enclosures"][0]["url"]
    for page in (feed.with_name("index.html"), show / "episodes" / slug / "index.html"):
        assert '<meta name="robots" content="noindex, nofollow">' in page.read_text()
    # Not a byte of the public shows is another one, and none of them knows of it.
    audio_edition("feed", cwd=show)
    audio_edition("feed", "--show", LEDGER, cwd=show)
    after = {name: data for name, data in tree(show).items() if name in public}
    changed = {name for name in public if after[name] != public[name]}
    assert changed <= {"feeds/index.html"}  # which now leads to the second show: it had no feed when it was written
    for name, (data, _) in after.items():
        assert token.encode() not in data, name
        assert slug.encode() not in data, name
    assert "members" not in (show / "feeds" / "index.html").read_text()
    assert audio_edition("episode", "-q", "seeds/members/strait.md", cwd=show)
    assert len(list((show / "episodes").glob("strait*"))) == 1
    told = json.loads(audio_edition("status", "--json", "--show", settings, cwd=show).stdout)
    assert [one["slug"] for one in told["episodes"]] == [slug]


def test_an_episode_is_found_by_the_slug_of_its_article_and_in_the_show_that_has_it(show: Path) -> None:
    settings = private(show)
    audio_edition("episode", "-q", "seeds/members/strait.md", cwd=show)
    token = json.loads((show / "feeds" / "members" / "show.json").read_text())["token"]
    renamed = audio_edition("rename", "strait", "narrows", "--show", settings, cwd=show).stdout
    again = audio_edition("rename", "strait", "narrows", "--show", settings, cwd=show).stdout
    assert "was changed so before" in again
    assert token not in renamed + again
    (slug,) = (path.parent.name for path in (show / "episodes").glob("*/episode.json") if "narrows" in str(path))
    told = json.loads(audio_edition("history", "narrows", "--json", "--show", settings, cwd=show).stdout)
    assert told["slug"] == slug
    gone = audio_edition("history", "strait", "--show", settings, cwd=show, status=1).stderr
    assert f"was renamed to '{slug}'" in gone
    other = audio_edition("withdraw", "crane", "why", cwd=show, status=1).stderr
    assert f"episode 'crane' is of the show “ledger”; say so: --show {LEDGER}" in other
    assert "narrows" not in audio_edition("history", "narrows", cwd=show, status=1).stderr.replace("'narrows'", "")


def test_a_public_show_cannot_go_into_hiding(show: Path) -> None:
    text = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(text.replace("# is_private = false", "is_private = true"), encoding="utf-8")
    said = audio_edition("feed", cwd=show, status=1)
    assert "is_private = true comes too late" in said.stderr
    assert "audio-edition init --add NAME" in said.stderr


def test_the_preview_shows_the_show_that_is_asked_for(show: Path) -> None:
    private(show)
    audio_edition("episode", "-q", "seeds/members/strait.md", cwd=show)
    token = json.loads((show / "feeds" / "members" / "show.json").read_text())["token"]
    command = [
        Path(sys.executable).with_name("audio-edition"),
        "preview",
        "--port",
        "0",
        "--show",
        "shows/members.toml",
    ]
    with subprocess.Popen(command, cwd=show, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            address = re.search(r"http://\S+", line)
            assert address is not None
            assert f"feeds/members/{token}/podcast.xml" in line
            assert "private" in line
            with urllib.request.urlopen(address[0]) as page:
                assert "For Members" in page.read().decode()
                assert page.url.endswith(f"feeds/members/{token}/index.html")
        finally:
            server.send_signal(signal.SIGINT)
