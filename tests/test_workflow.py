"""The main job, end to end, on real input: one article in, a published-quality episode and feed out."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
import podcastparser
import pyloudnorm
import pytest
from mutagen.id3 import ID3

from tests.commands import audio_edition, ready_to_publish, show_in, tree

VORTEX_TITLE = "For the sake of a reset with Russia, Trump has abandoned efforts to mediate peace in Ukraine"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The sample show with both of its articles built."""
    show = show_in(tmp_path_factory.mktemp("sample"))
    for article in sorted((root / "seeds").glob("*.*")):
        (show / "seeds" / article.name).write_bytes(article.read_bytes())
    sources = [path.relative_to(show) for path in sorted(show.glob("seeds/*.*"))]
    assert len(sources) == 2
    audio_edition("episode", *sources, cwd=show)
    return show


@pytest.fixture(scope="session")
def built_vortex(tmp_path_factory: pytest.TempPathFactory, vortex: Path) -> tuple[Path, dict]:
    """A show with the real article as its only episode, and what `episode --json` said of it."""
    show = show_in(tmp_path_factory.mktemp("vortex"))
    said = audio_edition("episode", vortex, "--published", "2025-05-22", "--author", "Stefan Wolff", "--json", cwd=show)
    (made,) = json.loads(said.stdout)["episodes"]
    return show, made


def ledger_of(show: Path, slug: str) -> dict:
    return json.loads((show / "episodes" / slug / "episode.json").read_text())


def sounds(show: Path) -> list[Path]:
    return sorted(show.glob("episodes/*/*.mp3"))


def spoken_lines(show: Path, slug: str) -> list[tuple[str, str]]:
    """(role, display) of every utterance, from the script that people proof-read."""
    text, _ = (show / "episodes" / slug / "script.txt").read_text().split("\nNot spoken\n")
    return re.findall(r"^([a-z ]+?) {2,}(?:\d+ {3})?(\S.*)$", text, flags=re.MULTILINE)


def test_the_real_article_is_said_whole_and_its_debris_is_not(built_vortex: tuple[Path, dict]) -> None:
    show, made = built_vortex
    ledger = ledger_of(show, made["slug"])
    assert ledger["title"] == VORTEX_TITLE
    assert ledger["subtitle"] == "But getting a deal with Putin over the line will be a pyrrhic victory."
    lines = spoken_lines(show, made["slug"])
    body = [text for role, text in lines if role == "body"]
    assert sum(len(text.split()) for text in body) == 1038
    script, unspoken = (show / "episodes" / made["slug"] / "script.txt").read_text().split("\nNot spoken\n")
    assert re.findall(r"^body +(\d+)", script, flags=re.MULTILINE)[-1] == "22"
    # The subtitle and the last sentence are nearly the same, and both stay.
    assert ("subtitle", ledger["subtitle"]) in lines
    assert body[-1] == "But getting this deal over the line will be a pyrrhic victory."
    assert [text for role, text in lines if role == "credit note"] == [
        "An earlier version of this analysis was published by The Conversation on May 20, 2025."
    ]
    for debris in ("0:00", "6:59", "share Navigating", "Apple Podcasts", "Spotify", "Audible", "Discussion"):
        assert debris not in script
        assert debris in unspoken
    assert unspoken.count("dropped  boilerplate") == 9
    assert unspoken.count("dropped  call to action") == 1
    # The call to share is for those who read; those who listen get one short sentence, at the very end.
    assert lines[-1] == ("closing", "If this was worth your time, follow the show and share the episode.")


def test_every_sentence_of_the_article_is_in_the_transcript(built_vortex: tuple[Path, dict], vortex: Path) -> None:
    show, made = built_vortex
    article = vortex.read_text(encoding="utf-8")
    body = article[article.index("After a phone call") : article.index("We hope")]
    (captions,) = show.glob("episodes/*/*.vtt")
    cues = [block.split("\n", 1)[1] for block in captions.read_text().split("\n\n")[1:] if "-->" in block]
    heard = " ".join(" ".join(cues).split())
    paragraphs = [" ".join(paragraph.split()) for paragraph in body.split("\n\n") if paragraph.strip()]
    assert len(paragraphs) == 23
    assert [paragraph for paragraph in paragraphs if paragraph not in heard] == []
    assert made["spoken_utterances"] >= 51


def test_the_sound_measures_what_it_should(built: Path) -> None:
    """Decoded by FFmpeg, measured by pyloudnorm: neither is what made it."""
    for sound in sounds(built):
        with av.open(str(sound)) as container:
            rate = container.streams.audio[0].rate
            heard = np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])
        ledger = ledger_of(built, sound.parent.name)
        assert rate == 44100
        assert len(heard) / rate == pytest.approx(ledger["enclosure"]["duration_s"], abs=1e-9)
        assert pyloudnorm.Meter(rate).integrated_loudness(heard.astype(np.float64)) == pytest.approx(-16, abs=0.5)
        assert true_peak_dbtp(heard) <= -1.0


def true_peak_dbtp(heard: np.ndarray) -> float:
    """By plain zero-stuffing of the spectrum, block by block."""
    highest = 0.0
    for start in range(0, len(heard), 1 << 18):
        block = heard[max(0, start - 4096) : start + (1 << 18) + 4096]
        spectrum = np.fft.rfft(block)
        dense = np.fft.irfft(spectrum, len(block) * 4) * 4
        highest = max(highest, float(np.abs(dense[4096:-4096]).max()))
    return 20 * np.log10(highest)


def test_chapters_show_in_ffmpeg_and_mutagen_as_the_feed_has_them(built: Path) -> None:
    for sound in sounds(built):
        chapters = ledger_of(built, sound.parent.name)["chapters"]
        assert len(chapters) >= 3
        listed = [(chapter["start_ms"], chapter["title"]) for chapter in chapters]
        with av.open(str(sound)) as container:
            shown = [(round(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in container.chapters()]
        assert shown == listed
        frames = sorted(ID3(sound).getall("CHAP"), key=lambda frame: frame.start_time)
        assert [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in frames] == listed


def test_the_feed_tells_the_truth_about_the_files(built: Path) -> None:
    with (built / "feeds" / "podcast.xml").open("rb") as stream:
        feed = podcastparser.parse("https://audio.causeway-letter.example/feeds/podcast.xml", stream)
    assert len(feed["episodes"]) == 2
    for item in feed["episodes"]:
        (enclosure,) = item["enclosures"]
        path = built / enclosure["url"].removeprefix("https://audio.causeway-letter.example/")
        assert enclosure["file_size"] == path.stat().st_size
        assert enclosure["mime_type"] == "audio/mpeg"
        assert item["total_time"] == round(ledger_of(built, path.parent.name)["enclosure"]["duration_s"])


def test_outside_programs_find_nothing_wrong(built: Path) -> None:
    missing = [name for name in ("ffmpeg", "ffprobe", "mp3val") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    for sound in sounds(built):
        decoded = subprocess.run(
            ["ffmpeg", "-v", "warning", "-i", sound, "-f", "null", "-"], capture_output=True, text=True, check=True
        )
        assert decoded.stderr == ""
        said = subprocess.run(["mp3val", sound], capture_output=True, text=True, check=True).stdout
        assert "WARNING" not in said
        assert "PROBLEM" not in said
        probed = subprocess.run(
            ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", sound], capture_output=True, check=True
        )
        assert len(json.loads(probed.stdout)["chapters"]) == len(ledger_of(built, sound.parent.name)["chapters"])


def test_building_again_changes_no_byte_and_no_time(built: Path) -> None:
    before = tree(built)
    time.sleep(0.01)
    said = audio_edition("episode", *sorted(built.glob("seeds/*.*")), "--json", cwd=built)
    assert [made["synthesised_utterances"] for made in json.loads(said.stdout)["episodes"]] == [0, 0]
    assert [made["is_changed"] for made in json.loads(said.stdout)["episodes"]] == [False, False]
    assert tree(built) == before


def test_the_cache_may_be_deleted_and_the_same_bytes_come_again(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns(".cache"))
    before = {name: data for name, (data, _) in tree(copy).items()}
    said = audio_edition("episode", *sorted(copy.glob("seeds/*.txt")), "--jobs", "1", "--json", cwd=copy)
    (made,) = json.loads(said.stdout)["episodes"]
    assert made["synthesised_utterances"] > 50
    assert {name: data for name, (data, _) in tree(copy).items()} == before


def test_one_corrected_sentence_costs_one_synthesis(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built, copy)
    (article,) = copy.glob("seeds/*.md")
    text = article.read_text(encoding="utf-8")
    word = re.search(r"(?<=[a-z] )\bthe\b(?= [a-z])", text[text.index("\n## ") :])
    assert word
    place = text.index("\n## ") + word.start()
    article.write_text(text[:place] + "that" + text[place + 3 :], encoding="utf-8")
    said = audio_edition("episode", article, "--json", cwd=copy)
    (made,) = json.loads(said.stdout)["episodes"]
    assert made["synthesised_utterances"] == 1
    assert made["is_changed"]
    assert len(list(copy.glob("episodes/*/*.mp3"))) == 2  # what nobody ever got does not pile up


def test_what_the_pages_name_is_there(built: Path) -> None:
    pages = sorted(built.glob("*/**/index.html"))
    assert len(pages) == 3
    for page in pages:
        named = {link for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text()) if "://" not in link}
        assert [link for link in named if not (page.parent / link).exists()] == []
        assert any(link.endswith(".mp3") for link in named)
        assert any(link.endswith("style.css") for link in named)


def test_nothing_is_published_with_an_example_address_or_an_old_build(built: Path, tmp_path: Path) -> None:
    show = Path(shutil.copytree(built, tmp_path / "show"))
    before = tree(show)
    refused = audio_edition("feed", "--published", cwd=show, status=1)
    assert "placeholder" in refused.stdout
    assert tree(show) == before
    stale = audio_edition("feed", "--published", cwd=ready_to_publish(show), status=1)
    assert "build it again" in stale.stdout  # its tags still name the example's address


def published(built: Path, tmp_path: Path, *, announcements: str = "") -> Path:
    """A copy of the show that listeners have, perhaps with announcements of its own."""
    show = ready_to_publish(Path(shutil.copytree(built, tmp_path / "show")))
    settings = (show / "show.toml").read_text(encoding="utf-8")
    own = settings.replace("[announcements]\n", f"[announcements]\n{announcements}\n")
    (show / "show.toml").write_text(own, encoding="utf-8")
    audio_edition("episode", *sorted(show.glob("seeds/*.*")), cwd=show)
    audio_edition("feed", "--published", cwd=show)
    return show


def test_a_published_episode_changes_only_with_a_reason(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path)
    slug = "the-quiet-strait"
    first = ledger_of(show, slug)
    article = show / "seeds" / f"{slug}.txt"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("insurers", "underwriters", 1), encoding="utf-8")
    before = tree(show)
    refused = audio_edition("episode", article, cwd=show, status=1)
    assert "--correct" in refused.stderr
    assert tree(show) == before

    audio_edition("episode", article, "--correct", "The title named the wrong people.", cwd=show)
    second = ledger_of(show, slug)
    assert (second["guid"], second["published"]) == (first["guid"], first["published"])
    assert second["enclosure"]["file"]["path"] != first["enclosure"]["file"]["path"]
    assert "The title named the wrong people." in second["notes_html"]
    assert (show / first["enclosure"]["file"]["path"]).is_file()  # listeners may still be fetching it
    feed = (show / "feeds" / "podcast.xml").read_text()
    assert second["enclosure"]["file"]["path"] in feed
    assert first["enclosure"]["file"]["path"] not in feed


def test_a_correction_becomes_a_revision_and_the_old_sound_stays(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path)
    slug = "the-quiet-strait"
    article = show / "seeds" / f"{slug}.txt"
    article.write_text(article.read_text(encoding="utf-8").replace("insurers", "underwriters", 1), encoding="utf-8")
    audio_edition("episode", article, "--correct", "They were underwriters.", "--silent", cwd=show)
    (status, _) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert (status["slug"], status["published"], status["is_recorded"]) == (slug, True, False)
    audio_edition("feed", "--published", cwd=show)
    revisions = ledger_of(show, slug)["revisions"]
    assert [revision["reason"] for revision in revisions] == ["first published", "They were underwriters."]
    assert "underwriters." not in ledger_of(show, slug)["notes_html"]
    assert "old-file" not in audio_edition("check", cwd=show).stdout
    (show / revisions[0]["enclosure"]["file"]["path"]).unlink()
    assert "old-file" in audio_edition("check", cwd=show).stdout


def test_a_correction_is_told_once_however_often_it_is_built(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path)
    article = show / "seeds" / "the-quiet-strait.txt"
    text = article.read_text(encoding="utf-8")
    before = ledger_of(show, "the-quiet-strait")
    article.write_text(text.replace("insurers", "underwriters", 1), encoding="utf-8")
    for _ in range(2):
        audio_edition("episode", article, "--correct", "They were underwriters.", cwd=show)
    assert ledger_of(show, "the-quiet-strait")["notes_html"].count("Corrected on") == 1
    # Taken back before it went out: nothing was corrected, and nothing says so.
    article.write_text(text, encoding="utf-8")
    audio_edition("episode", article, cwd=show)
    assert ledger_of(show, "the-quiet-strait") == before


def test_a_correction_that_is_heard_is_heard_once(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path, announcements='closing = ["Goodbye.", "{correction}"]')
    article = show / "seeds" / "the-quiet-strait.txt"
    text = article.read_text(encoding="utf-8")
    before = ledger_of(show, "the-quiet-strait")
    article.write_text(text.replace("insurers", "underwriters", 1), encoding="utf-8")
    made = audio_edition("episode", article, "--correct", "They were underwriters.", "--json", cwd=show).stdout
    assert json.loads(made)["episodes"][0]["synthesised_utterances"] == 2  # the sentence and the announcement
    after = tree(show)
    audio_edition("episode", article, "--correct", "They were underwriters.", cwd=show)
    assert tree(show) == after
    assert script_of(show, article).count("Corrected on") == 1
    (status, _) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert set(status["stages"].values()) == {"fresh"}
    # Taken back before it went out: nothing was corrected, and nothing says so.
    article.write_text(text, encoding="utf-8")
    audio_edition("episode", article, cwd=show)
    assert ledger_of(show, "the-quiet-strait") == before
    assert "Corrected on" not in script_of(show, article)


def script_of(show: Path, article: Path) -> str:
    """What `script` prints of it."""
    return audio_edition("script", article, cwd=show).stdout


def test_a_published_episode_that_vanishes_stops_the_feed(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path)
    feed = (show / "feeds" / "podcast.xml").read_bytes()
    (show / "episodes" / "the-quiet-strait" / "episode.json").unlink()
    refused = audio_edition("feed", cwd=show, status=1)
    assert "the-quiet-strait" in refused.stderr
    assert "git checkout" in refused.stderr
    assert (show / "feeds" / "podcast.xml").read_bytes() == feed
    refused = audio_edition("episode", show / "seeds" / "the-quiet-strait.txt", cwd=show, status=1)
    assert "restore it" in refused.stderr
    assert not (show / "episodes" / "the-quiet-strait" / "episode.json").exists()


def test_a_show_that_moves_house_keeps_sound_notes_and_identity(built: Path, tmp_path: Path) -> None:
    show = published(built, tmp_path)
    before = {slug: ledger_of(show, slug) for slug in ("the-quiet-strait", "what-the-ceasefire-line-costs")}
    guid = json.loads((show / "feeds" / "show.json").read_text())["podcast_guid"]
    settings = (show / "show.toml").read_text()
    (show / "show.toml").write_text(settings.replace("https://audio.causeway-letter.net", "https://sound.letter.org/a"))
    audio_edition("episode", *sorted(show.glob("seeds/*.*")), cwd=show)
    assert {slug: ledger_of(show, slug) for slug in before} == before
    assert json.loads((show / "feeds" / "show.json").read_text())["podcast_guid"] == guid
    feed = (show / "feeds" / "podcast.xml").read_text()
    assert "https://sound.letter.org/a/episodes/the-quiet-strait/" in feed
    assert "audio.causeway-letter.net" not in feed


def test_until_something_is_published_the_podcast_guid_follows_the_address(built: Path, tmp_path: Path) -> None:
    show = Path(shutil.copytree(built, tmp_path / "show"))
    before = json.loads((show / "feeds" / "show.json").read_text())["podcast_guid"]
    audio_edition("feed", cwd=ready_to_publish(show))
    assert json.loads((show / "feeds" / "show.json").read_text())["podcast_guid"] != before


@pytest.fixture
def previewed(built: Path) -> Iterator[tuple[Path, str]]:
    """The built show served by `audio-edition preview`, and the address of its feed."""
    server = subprocess.Popen(
        [Path(sys.executable).with_name("audio-edition"), "preview", "--port", "0"],
        cwd=built,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert server.stdout
    try:
        address = re.search(r"feed: (\S+)", server.stdout.readline())
        assert address
        yield built, address[1]
    finally:
        server.send_signal(signal.SIGINT)
        try:
            assert server.wait(timeout=20) == 0
        finally:
            server.kill()
            server.stdout.close()


def digests(paths: Iterable[Path]) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_gpodder_subscribes_to_the_preview_and_downloads_the_identical_files(
    previewed: tuple[Path, str], tmp_path: Path
) -> None:
    if shutil.which("gpo") is None:
        pytest.skip("gPodder's gpo is not on this machine")
    show, feed = previewed
    home = {**os.environ, "GPODDER_HOME": str(tmp_path), "HOME": str(tmp_path)}
    for command in (["subscribe", feed], ["update"], ["download"]):
        subprocess.run(["gpo", *command], env=home, check=True, capture_output=True, timeout=120)
    assert digests(tmp_path.glob("Downloads/*/*.mp3")) == digests(sounds(show))


def test_podcastparser_and_a_plain_client_get_the_identical_files(previewed: tuple[Path, str]) -> None:
    show, address = previewed
    with urllib.request.urlopen(address) as stream:
        feed = podcastparser.parse(address, stream)
    assert [item["title"] for item in feed["episodes"]] == [
        "What the ceasefire line costs",
        "In the quiet strait, insurers have outgunned the navies",
    ]
    fetched = set()
    for item in feed["episodes"]:
        (enclosure,) = item["enclosures"]
        with urllib.request.urlopen(enclosure["url"]) as stream:
            data = stream.read()
        assert len(data) == enclosure["file_size"]
        fetched.add(hashlib.sha256(data).hexdigest())
    assert fetched == digests(sounds(show))
