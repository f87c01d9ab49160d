"""A whole show on disk, checked: nothing is found in a healthy one, and each fault of a file is found and named."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import lameenc
import numpy as np
import pytest
from mutagen.id3 import APIC, ID3, TIT2
from PIL import Image

from pipeline.feeds.ledger import load_episode
from pipeline.inspection import inspect, obstacles, write_report
from pipeline.model import Finding, Severity
from pipeline.preview import is_published
from pipeline.project import open_project
from tests.commands import audio_edition, ready_to_publish, show_in

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

FERRY = """---
title: Why the ferry waits
author: Ines Calder
date: 2026-03-02
slug: ferry
chapters:
  - at: The ferry waits
    title: The quay
    image: quay.png
  - at: Insurers moved first
    title: The insurers
  - at: Nobody asked
    title: The crews
---
The ferry waits at the quay of Amaro, and so do forty lorries.

Insurers moved first, as they mostly do.

Nobody asked the crews, who had been told to be patient.
"""
GRAIN = """---
title: The quiet end of the grain deal
author: Tomas Reyl
date: 2026-05-04
slug: grain
---
Salka signed it in spring. By autumn nobody remembered what it had said.
"""


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of two episodes that say nothing but tones, one of them with chapters, an image and other forms."""
    show = ready_to_publish(show_in(tmp_path_factory.mktemp("healthy")))
    settings = (show / "show.toml").read_text(encoding="utf-8")
    toned = settings.replace('# engine = "espeak"', 'engine = "tone"').replace('# name = "en-gb" ', 'name = "low" ')
    (show / "show.toml").write_text(toned.replace("[sound]", '[sound]\nformats = ["m4a", "opus"]'), encoding="utf-8")
    (show / "seeds" / "ferry.md").write_text(FERRY, encoding="utf-8")
    (show / "seeds" / "grain.md").write_text(GRAIN, encoding="utf-8")
    Image.new("RGB", (600, 600), "teal").save(show / "seeds" / "quay.png")
    audio_edition("episode", "seeds/ferry.md", "seeds/grain.md", cwd=show)
    return show


@pytest.fixture
def show(healthy: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken."""
    return shutil.copytree(healthy, tmp_path / "show")


def found_in(show: Path, *, is_deep: bool = False) -> tuple[Finding, ...]:
    return inspect(open_project(show), now=NOW, is_deep=is_deep)


def rules_in(show: Path, *, is_deep: bool = False) -> set[str]:
    return {finding.rule for finding in found_in(show, is_deep=is_deep)}


def only(show: Path, pattern: str) -> Path:
    (path,) = show.glob(pattern)
    return path


def test_in_a_healthy_show_nothing_is_found(show: Path) -> None:
    assert found_in(show) == ()
    assert found_in(show, is_deep=True) == ()
    assert obstacles(open_project(show), now=NOW) == ()


def cut(show: Path) -> None:
    sound = only(show, "episodes/ferry/*.mp3")
    sound.write_bytes(sound.read_bytes()[:-60_000])


def another_sound(
    show: Path,
    *,
    kbps: int = 96,
    rate: int = 44100,
    channels: int = 1,
    is_varying: bool = False,
    seconds: float | None = None,
) -> None:
    """A sound of the same length behind the tag of the ferry's, as another encoder leaves it."""
    sound = only(show, "episodes/ferry/*.mp3")
    episode = load_episode(show / "episodes" / "ferry" / "episode.json")
    assert episode is not None
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbps)
    encoder.set_vbr(4 if is_varying else 0)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    count = round((seconds or episode.enclosure.duration_s) * rate)
    noise = np.random.default_rng(1).integers(-900, 900, count * channels, dtype=np.int16)
    noise[: len(noise) // 2] = 0  # so that a bit rate that may vary does
    tag = sound.read_bytes()[: ID3(sound).size]
    sound.write_bytes(tag + bytes(encoder.encode(noise.tobytes())) + bytes(encoder.flush()))


def some_other_file(show: Path) -> None:
    only(show, "episodes/ferry/*.mp3").write_bytes(b"nothing in here is a sound" * 400)


def retagged(change: Callable[[ID3], None]) -> Callable[[Path], None]:
    def broken(show: Path) -> None:
        tag = ID3(only(show, "episodes/ferry/*.mp3"))
        change(tag)
        tag.save(v2_version=3)

    return broken


def untagged(show: Path) -> None:
    ID3(only(show, "episodes/ferry/*.mp3")).delete()


def renamed(tag: ID3) -> None:
    tag.add(TIT2(encoding=1, text=["The wrong title"]))


def without_chapter(tag: ID3) -> None:
    tag.delall("CHAP:chp1")


def without_cover(tag: ID3) -> None:
    tag.delall(APIC.__name__)


def replaced(pattern: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def broken(show: Path) -> None:
        path = only(show, f"episodes/ferry/{pattern}")
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return broken


def of_another_episode(show: Path) -> None:
    """All forms of the transcript say what the other episode says."""
    for ending in ("vtt", "srt", "transcript.json"):
        target, source = only(show, f"episodes/ferry/*.{ending}"), only(show, f"episodes/grain/*.{ending}")
        target.write_bytes(source.read_bytes())


def chapter_past_the_end(text: str) -> str:
    document = json.loads(text)
    document["chapters"][-1]["startTime"] = 9000.0
    return json.dumps(document)


def chapters_the_other_way(text: str) -> str:
    document = json.loads(text)
    document["chapters"].reverse()
    return json.dumps(document)


def jpeg_for_png(show: Path) -> None:
    stream = BytesIO()
    Image.new("RGB", (600, 600), "teal").save(stream, "JPEG")
    only(show, "episodes/ferry/*.png").write_bytes(stream.getvalue())


def half_an_image(show: Path) -> None:
    path = only(show, "episodes/ferry/*.png")
    path.write_bytes(path.read_bytes()[:200])


def cover_gone(show: Path) -> None:
    only(show, "feeds/cover-*.jpg").unlink()


def cover_small(show: Path) -> None:
    Image.new("RGB", (3000, 3000), "navy").save(show / "cover.jpg")


def other_form_cut(show: Path) -> None:
    path = only(show, "episodes/ferry/*.opus")
    path.write_bytes(path.read_bytes()[:-5000])


def m4a_of_the_other(show: Path) -> None:
    only(show, "episodes/ferry/*.m4a").write_bytes(only(show, "episodes/grain/*.m4a").read_bytes())


def feed_ampersand(show: Path) -> None:
    feed = show / "feeds" / "podcast.xml"
    feed.write_text(feed.read_text(encoding="utf-8").replace("<description>", "<description>& ", 1), encoding="utf-8")


#: What is done to the files, the rules that it breaks, and what must be said of it.
FAULTS: list[tuple[Callable[[Path], None], set[str], str]] = [
    (cut, {"enclosure-file", "sound-unreadable"}, "the file is cut"),
    (some_other_file, {"enclosure-file", "sound-unreadable"}, "nothing in it can be read as sound"),
    (lambda show: another_sound(show, kbps=40), {"enclosure-file", "bit-rate", "sound-header"}, "40 kbps"),
    (
        lambda show: another_sound(show, is_varying=True),
        {"enclosure-file", "bit-rate-varies", "sound-header"},
        "varies",
    ),
    (lambda show: another_sound(show, channels=2), {"enclosure-file", "sound-header"}, "players guess"),
    (
        lambda show: another_sound(show, rate=22050, kbps=64),
        {"enclosure-file", "sound-rate", "sound-header"},
        "22050 Hz",
    ),
    (
        lambda show: another_sound(show, seconds=3.0),
        {"enclosure-file", "sound-duration", "sound-header", "transcript-late", "chapters-late"},
        "lasts 3.",
    ),
    (untagged, {"enclosure-file", "tag-missing", "tag-cover", "tag-chapters"}, "no title, artist, album"),
    (retagged(renamed), {"tag-other"}, "'The wrong title'"),
    (retagged(without_chapter), {"tag-chapters"}, "2 chapters that are not the 3"),
    (retagged(without_cover), {"enclosure-file", "tag-cover"}, "no picture"),
    (of_another_episode, {"transcript-file", "transcript-other", "file-changed"}, "does not say what the sound says"),
    (
        replaced("*.srt", lambda text: text.replace("Amaro", "Salka")),
        {"transcript-words", "file-changed"},
        "says other words than",
    ),
    (
        replaced("*.vtt", lambda text: text.replace("WEBVTT", "WEBTTV")),
        {"transcript-unreadable", "file-changed"},
        "does not begin with WEBVTT",
    ),
    (
        replaced("*.srt", lambda text: text.replace("00:00:0", "09:00:0", 2)),
        {"transcript-order", "transcript-late", "file-changed"},
        "after the sound",
    ),
    (
        replaced("*.transcript.json", lambda text: text[:-4]),
        {"transcript-file", "transcript-unreadable", "file-changed"},
        "cannot be shown",
    ),
    (
        replaced("*.chapters.json", chapter_past_the_end),
        {"chapters-file", "chapters-late", "chapters-other", "file-changed"},
        "'The crews'",
    ),
    (
        replaced("*.chapters.json", chapters_the_other_way),
        {"chapters-file", "chapters-order", "chapters-other", "file-changed"},
        "do not follow",
    ),
    (
        replaced("*.chapters.json", lambda text: text[:-20]),
        {"chapters-file", "chapters-unreadable", "file-changed"},
        "cannot be read",
    ),
    (jpeg_for_png, {"chapter-image-file", "chapter-image-type", "file-changed"}, "is image/jpeg"),
    (half_an_image, {"chapter-image-file", "chapter-image-unreadable"}, "cannot be read as an image"),
    (cover_gone, {"artwork-published"}, "there is no image"),
    (cover_small, {"artwork-published"}, "older than cover.jpg"),
    (other_form_cut, {"sound-unreadable"}, ".opus cannot be played: the file is cut"),
    (m4a_of_the_other, {"sound-duration", "tag-other"}, ".m4a"),
    (feed_ampersand, {"feed-unreadable"}, "an & stands there for itself"),
]


@pytest.mark.parametrize(("break_it", "rules", "says"), FAULTS, ids=lambda value: getattr(value, "__name__", None))
def test_a_fault_of_a_file_is_found_and_told(
    show: Path, break_it: Callable[[Path], None], rules: set[str], says: str
) -> None:
    break_it(show)
    found = found_in(show)
    assert {finding.rule for finding in found} == rules
    assert any(says in finding.what for finding in found)
    assert all(finding.where and finding.cure for finding in found)


def test_what_another_program_did_to_the_files_the_cure_undoes(show: Path) -> None:
    untagged(show)
    of_another_episode(show)
    cure = next(finding.cure for finding in found_in(show) if finding.rule == "tag-missing")
    assert cure == "make it again: audio-edition episode seeds/ferry.md"
    audio_edition("episode", "seeds/ferry.md", cwd=show)
    assert found_in(show) == ()


def test_what_did_not_change_is_not_read_again(show: Path) -> None:
    transcript = only(show, "episodes/ferry/*.vtt")
    assert found_in(show) == ()
    before = transcript.stat()
    transcript.write_bytes(bytes(before.st_size))
    os.utime(transcript, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found_in(show) == (), "name, size and time are the same, so what was found then still counts"
    assert "transcript-unreadable" in rules_in(show, is_deep=True)
    os.utime(transcript, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert rules_in(show) == {"transcript-unreadable", "file-changed"}
    shutil.rmtree(show / ".cache")
    assert rules_in(show) == {"transcript-unreadable", "file-changed"}


def test_a_flipped_bit_is_found_by_those_who_look_deep(show: Path) -> None:
    sound = only(show, "episodes/ferry/*.mp3")
    found_in(show)
    before, data = sound.stat(), bytearray(sound.read_bytes())
    data[-1] ^= 1
    sound.write_bytes(data)
    os.utime(sound, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found_in(show) == ()
    assert rules_in(show, is_deep=True) == {"sound-changed"}


def test_the_sound_itself_is_measured_by_those_who_look_deep(show: Path) -> None:
    another_sound(show)
    assert "loudness" not in rules_in(show)
    (loudness,) = (finding for finding in found_in(show, is_deep=True) if finding.rule == "loudness")
    assert "LUFS" in loudness.what
    assert loudness.where == "episode ferry"


def test_a_fault_that_two_families_know_is_told_once(show: Path) -> None:
    settings = show / "show.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("News > Politics", "News > Polittics"), encoding="utf-8"
    )
    audio_edition("feed", cwd=show)
    (told,) = (finding for finding in found_in(show) if finding.rule == "category-unknown")
    assert told.where == "show.toml, categories"


def test_errors_come_first(show: Path) -> None:
    cut(show)
    half_an_image(show)
    order = [list(Severity).index(finding.severity) for finding in found_in(show)]
    assert order == sorted(order)
    assert order[0] == 0 < order[-1]


def test_the_report_is_for_people_and_programs_and_for_nobody_outside(show: Path) -> None:
    cut(show)
    project = open_project(show)
    page = write_report(project, inspect(project, now=NOW), now=NOW)
    assert page == show / "feeds" / "report.html"
    report = json.loads((show / "feeds" / "report.json").read_text(encoding="utf-8"))
    assert report["directories"]["Apple Podcasts"]["verdict"] == "fail"
    assert {finding["rule"] for finding in report["findings"]} == {"enclosure-file", "sound-unreadable"}
    html = page.read_text(encoding="utf-8")
    for words in ("Apple Podcasts", "sound-unreadable", "the file is cut", "make it again", "primary document"):
        assert words in html
    for name in ("report.html", "report.json"):
        assert not is_published(show / "feeds" / name, show)


def with_feed_settings(show: Path, lines: str) -> None:
    settings = show / "show.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[feed]", f"[feed]\n{lines}\n#", 1), encoding="utf-8"
    )


def test_every_page_of_a_parted_feed_is_looked_at(show: Path) -> None:
    with_feed_settings(show, "items_per_page = 1")
    audio_edition("feed", cwd=show)
    further = only(show, "feeds/podcast-*.xml")
    assert rules_in(show) == {"feed-paged"}
    text = further.read_text(encoding="utf-8")
    further.write_text(text.replace("</title>", " & </title>", 1), encoding="utf-8")
    (broken,) = (finding for finding in found_in(show) if finding.rule == "feed-unreadable")
    assert broken.where.startswith(f"feeds/{further.name}, line ")
    further.write_text(text.replace("<guid", "<was", 1).replace("</guid", "</was", 1), encoding="utf-8")
    assert {"feed-stale", "guid-missing"} <= rules_in(show)
    further.unlink()
    assert "feed-stale" in rules_in(show)


def test_what_any_feed_must_have_is_asked_of_the_own_one(show: Path) -> None:
    feed = show / "feeds" / "podcast.xml"
    text = feed.read_text(encoding="utf-8")
    feed.write_text(text.replace('isPermaLink="false"', "", 1), encoding="utf-8")
    (finding,) = found_in(show)
    assert finding.where.startswith("feeds/podcast.xml, channel/item[1]/guid (line ")
    assert "isPermaLink" in finding.what + finding.cure


def test_the_token_of_a_private_show_is_in_no_finding(tmp_path: Path) -> None:
    show = ready_to_publish(show_in(tmp_path / "private"))
    with_feed_settings(show, 'is_private = true\nwebsub_hub = "https://hub.causeway-letter.net/"')
    (show / "seeds" / "grain.md").write_text(GRAIN, encoding="utf-8")
    audio_edition("episode", "seeds/grain.md", "--engine", "tone", "--voice", "low", cwd=show)
    project = open_project(show)
    project.feed_path.write_bytes(b"<rss>&</rss>")
    only(show, "episodes/grain*/*.vtt").unlink()
    found = found_in(show)
    assert {"show-blocked", "private-hub", "feed-unreadable", "transcript-file"} <= {one.rule for one in found}
    assert project.show.token
    assert project.show.token not in repr(found)
