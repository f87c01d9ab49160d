"""`audio-edition check` as a person uses it: a table, the findings, the report, and other people's feeds."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commands import audio_edition, ready_to_publish, show_in

DIRECTORIES = ["Apple Podcasts", "Spotify", "Amazon Music/Audible", "YouTube Music", "PSP-1", "Podcasting 2.0"]
ARTICLE = """---
title: {title}
author: Ines Calder
date: 2026-03-0{number}
slug: {slug}
---
The ferry waits at the quay of Amaro.
"""
SLUGS = ("amaro", "ostrava", "salka", "quay", "tide")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of five short episodes that say nothing but tones."""
    show = ready_to_publish(show_in(tmp_path_factory.mktemp("five")))
    settings = (show / "show.toml").read_text(encoding="utf-8")
    toned = settings.replace('# engine = "espeak"', 'engine = "tone"').replace('# name = "en-gb" ', 'name = "low" ')
    (show / "show.toml").write_text(toned, encoding="utf-8")
    for number, slug in enumerate(SLUGS, start=1):
        text = ARTICLE.format(title=f"The ferry to {slug.title()}", number=number, slug=slug)
        (show / "seeds" / f"{slug}.md").write_text(text, encoding="utf-8")
    audio_edition("episode", *(f"seeds/{slug}.md" for slug in SLUGS), cwd=show)
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken."""
    return shutil.copytree(built, tmp_path / "show")


def table_in(text: str) -> dict[str, str]:
    """Directory -> verdict and counts."""
    return {
        name: found[1]
        for name in DIRECTORIES
        if (found := re.search(rf"^{re.escape(name)} +(.*)$", text, re.MULTILINE))
    }


def test_a_healthy_show_passes_everywhere(show: Path) -> None:
    said = audio_edition("check", cwd=show)
    assert table_in(said.stdout) == dict.fromkeys(DIRECTORIES, "pass")
    assert "Nothing found" in said.stdout
    assert said.stdout.rstrip().endswith("Report: feeds/report.html")
    assert said.stderr == ""
    assert "\x1b" not in said.stdout, "no colours where nobody looks"


def test_an_error_fails_the_directories_that_mind_it_and_the_command(show: Path) -> None:
    settings = show / "show.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("News > Politics", "News > Poltics"), encoding="utf-8"
    )
    said = audio_edition("check", cwd=show, status=1)
    table = table_in(said.stdout)
    assert {name for name, verdict in table.items() if verdict.startswith("fail")} == {"Apple Podcasts", "PSP-1"}
    assert table["Apple Podcasts"].startswith("fail  1 error")
    assert 'write "News > Politics"' in said.stdout
    report = json.loads((show / "feeds" / "report.json").read_text(encoding="utf-8"))
    assert report["directories"]["PSP-1"]["verdict"] == "fail"
    assert "category-unknown" in (show / "feeds" / "report.html").read_text(encoding="utf-8")


def test_what_one_rule_finds_in_many_episodes_is_told_three_times(show: Path) -> None:
    for path in show.glob("episodes/*/*.vtt"):
        path.unlink()
    said = audio_edition("check", cwd=show)
    assert said.stdout.count("transcript-file: ") == 3
    assert "… and 2 more: transcript-file" in said.stdout
    findings = json.loads(audio_edition("check", "--json", cwd=show).stdout)["findings"]
    assert [finding["rule"] for finding in findings] == ["transcript-file"] * 5
    page = (show / "feeds" / "report.html").read_text(encoding="utf-8")
    assert all(f"episode {slug}" in page for slug in SLUGS)
    assert "2 more</summary>" in page


def test_the_json_has_the_keys_that_programs_rely_on(show: Path) -> None:
    for path in show.glob("episodes/amaro/*.srt"):
        path.unlink()
    said = json.loads(audio_edition("check", "--json", cwd=show).stdout)
    assert set(said) == {"findings", "directories"}
    keys = {"rule", "severity", "directories", "where", "what", "cure", "source"}
    assert all(set(finding) == keys for finding in said["findings"])
    assert list(said["directories"]) == DIRECTORIES
    assert said["directories"]["Apple Podcasts"] == {"verdict": "warn", "errors": 0, "warnings": 1, "advice": 0}
    assert said["directories"]["Spotify"] == {"verdict": "pass", "errors": 0, "warnings": 0, "advice": 0}


def test_the_report_asks_nobody_and_carries_its_style(show: Path) -> None:
    audio_edition("check", cwd=show)
    page = (show / "feeds" / "report.html").read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="(https?:)?//(?!causeway-letter\.net)', page)
    assert "@import" not in page
    assert "url(" not in page
    assert "--ground" in page


def test_a_feed_that_is_a_file_is_judged_without_a_show(show: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    feed = (show / "feeds" / "podcast.xml").read_text(encoding="utf-8")
    (alone / "good.xml").write_text(feed, encoding="utf-8")
    good = audio_edition("check", "good.xml", cwd=alone)
    assert table_in(good.stdout) == dict.fromkeys(DIRECTORIES, "pass")
    (alone / "bad.xml").write_text(feed.replace('length="', 'length="0" was="', 1), encoding="utf-8")
    bad = audio_edition("check", "bad.xml", cwd=alone, status=1)
    assert table_in(bad.stdout)["Spotify"].startswith("fail")
    (alone / "no.xml").write_text("<html></html>", encoding="utf-8")
    assert "web page" in audio_edition("check", "no.xml", cwd=alone, status=1).stdout
    assert "cannot be read" in audio_edition("check", "gone.xml", cwd=alone, status=1).stderr
    assert sorted(path.name for path in alone.iterdir()) == ["bad.xml", "good.xml", "no.xml"]


class Quiet(SimpleHTTPRequestHandler):
    """The standard library's server, which knows no byte ranges; it tells nothing of what it does."""

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def address(show: Path) -> Iterator[str]:
    """Where the show is served on this machine, as a careless host would do it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=show)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_is_judged_by_what_its_host_answers(show: Path, address: str, tmp_path: Path) -> None:
    feed = show / "feeds" / "podcast.xml"
    feed.write_text(
        feed.read_text(encoding="utf-8").replace("https://audio.causeway-letter.net", address), encoding="utf-8"
    )
    url = f"{address}/feeds/podcast.xml"
    said = json.loads(audio_edition("check", "--url", url, "--sample", "1", "--json", cwd=tmp_path, status=1).stdout)
    assert set(said) == {"findings", "directories"}
    assert any("range" in finding["rule"] for finding in said["findings"])
    assert said["directories"]["Apple Podcasts"]["verdict"] == "fail"
    assert not (show / "feeds" / "report.html").exists(), "a report is made of one's own show alone"


@pytest.mark.parametrize(
    "arguments",
    [
        ("feed.xml", "--url", "https://a.example/feed.xml"),
        ("feed.xml", "--show", "."),
        ("--url", "https://a.example/feed.xml", "--show", "."),
        ("feed.xml", "--deep"),
        ("--sample", "3"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert "Error" in audio_edition("check", *arguments, cwd=tmp_path, status=2).stderr


def test_a_deep_check_reads_every_byte(show: Path) -> None:
    (sound,) = show.glob("episodes/tide/*.mp3")
    data = bytearray(sound.read_bytes())
    data[-1] ^= 1
    sound.write_bytes(data)
    assert "sound-changed" not in audio_edition("check", cwd=show).stdout
    assert "sound-changed" in audio_edition("check", "--deep", cwd=show, status=1).stdout


def test_a_sound_that_is_not_what_was_built_is_not_published(show: Path) -> None:
    (sound,) = show.glob("episodes/tide/*.mp3")
    sound.write_bytes(sound.read_bytes()[:-3000].ljust(sound.stat().st_size, b"\0"))
    said = audio_edition("feed", "--published", cwd=show, status=1)
    assert "sound-changed" in said.stdout
    assert "mend this first" in said.stderr
