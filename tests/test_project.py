"""A show on disk: found, read strictly, and built by one at a time."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.model import Lexicon, Show
from pipeline.project import find_root, load_settings, open_project

GOOD = """\
title = "The Harbour Review"
description = "Analyses, read aloud."
author = "The Harbour Review"
email = "podcast@harbour-review.example"
base_url = "https://audio.harbour-review.example/"
link = "https://harbour-review.example/"
categories = ["News > Politics"]

[voice]
name = "en-us"
"""


def project_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "show.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_show_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    (tmp_path / "seeds" / "2026").mkdir(parents=True)
    project = open_project(find_root(tmp_path / "seeds" / "2026"))
    assert project.show.voice.name == "en-us"
    assert project.lexicon == Lexicon()
    assert project.show.feed_url == "https://audio.harbour-review.example/feeds/podcast.xml"


def test_no_show_anywhere_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="audio-edition init"):
        find_root(tmp_path)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (('name = "en-us"', 'nmae = "en-us"'), 10, 'did you mean "name"'),
        (('email = "', 'e-mail = "'), 4, 'did you mean "email"'),
        (("[voice]", "[vioce]"), 9, 'did you mean "voice"'),
        (
            ("[voice]", "[sound]\nbitrate_kbps = 'high'\n[voice]"),
            10,
            "bitrate_kbps must be a whole number, not a text;",
        ),
        (("[voice]", "type = 'weekly'\n[voice]"), 9, 'type cannot be \'weekly\'; give it one of "episodic", "serial"'),
        (
            ("[voice]", "[reading]\nfootnotes = 'spoken'\n[voice]"),
            10,
            'reading.footnotes cannot be \'spoken\'; give it one of "notes", "in place", "at the end"',
        ),
        (('["News > Politics"]', '"News"'), 7, 'categories must be a list, such as ["..."], not a text'),
        (("[voice]", "explicit = 'no'\n[voice]"), 9, "explicit must be true or false, not a text"),
        (('name = "en-us"', "name = 5"), 10, 'voice.name must be a text, such as "...", not a whole number'),
        (
            ("[voice]", '[announcements]\nclosing = [\n  "From {shwo}."]\n[voice]'),
            10,
            "the announcement “From {shwo}.” cannot be filled in: there is no field “shwo”",
        ),
        (
            ("[voice]", '[announcements]\nopening = ["{title}", 3]\n[voice]'),
            10,
            'announcements.opening[1] must be a text, such as "...", not a whole number',
        ),
        (('name = "en-us"', "pace_wpm = 5"), 10, "voice.pace_wpm must be a whole number >= 80"),
        (("[voice]", "[engines.openai]\nmodle = 'tts-1'\n[voice]"), 10, 'unknown key "modle"; did you mean "model"?'),
        (("[voice]", "[engines.openai]\nurl = 5\n[voice]"), 10, "url must be a text, such as"),
        (("[voice]", "[engines.opnai]\nurl = 'x'\n[voice]"), 9, 'no speech engine "opnai"; take the table [engines.op'),
        (("[voice]", "[spending]\nconfirm_above_usd = -1\n[voice]"), 10, "spending.confirm_above_usd must be a number"),
        (('title = "The Harbour Review"\n', ""), None, "missing required field `title`"),
        (("title =", "title"), 1, "Expected '=' after a key"),
        (("https://audio.", "audio."), None, "no web address"),
        (("https://audio.", "https://аудио."), None, "no web address"),
    ],
)
def test_a_slip_of_the_pen_names_the_line_and_the_cure(
    tmp_path: Path, change: tuple[str, str], line: int | None, message: str
) -> None:
    assert change[0] in GOOD
    project_file(tmp_path, GOOD.replace(*change, 1))
    with pytest.raises(ConfigError) as caught:
        open_project(tmp_path)
    assert message in str(caught.value)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_bytes(GOOD.replace("Harbour", "Håven").encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        open_project(tmp_path)


def test_an_unknown_key_of_a_lexicon_entry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[[entries]]\ngrapheme = "Kyiv"\nsays = "Keev"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match='did you mean "say"'):
        load_settings(path, Lexicon)


@pytest.mark.parametrize(
    ("second", "is_double"),
    [
        ('grapheme = "Derry"', True),
        ('grapheme = "Derry"\ncase = true', True),
        ('grapheme = "Derry"\ncase = false', False),
        ('grapheme = "Derry"\nlanguage = "en-US"', False),
        ('grapheme = "derry"', False),
    ],
)
def test_two_entries_of_a_lexicon_for_one_name_are_refused(tmp_path: Path, second: str, *, is_double: bool) -> None:
    project_file(tmp_path, GOOD)
    entry = '# ours\n\n[[entries]]\ngrapheme = "Derry"\nsay = "Dairy"\n'
    (tmp_path / "lexicon.toml").write_text(f'{entry}\n[[entries]]\n{second}\nsay = "Derri"\n', encoding="utf-8")
    if not is_double:
        assert len(open_project(tmp_path).lexicon.entries) == 2
        return
    with pytest.raises(ConfigError, match='"Derry" has two entries, the first in line 3; keep one') as caught:
        open_project(tmp_path)
    assert caught.value.line == 7


def test_the_sample_show_of_this_checkout_is_valid(root: Path) -> None:
    project = open_project(root)
    assert isinstance(project.show, Show)
    assert project.lexicon.entries


def hold(root: Path, ready: Connection) -> None:
    with open_project(root).lock():
        ready.send("held")
        ready.recv()


def test_a_second_build_is_refused_and_names_the_first(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    first = context.Process(target=hold, args=(tmp_path, theirs))
    first.start()
    assert ours.recv() == "held"
    with (
        pytest.raises(ConfigError, match=f"process {first.pid} .* is building this show"),
        open_project(tmp_path).lock(),
    ):
        pytest.fail("the lock let two in")
    ours.send("done")
    first.join()
    with open_project(tmp_path).lock():
        assert first.exitcode == 0


def test_a_build_that_died_holds_no_lock(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    first = context.Process(target=hold, args=(tmp_path, theirs))
    first.start()
    assert ours.recv() == "held"
    first.kill()
    first.join()
    with open_project(tmp_path).lock():
        assert first.exitcode != 0
