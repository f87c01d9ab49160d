"""A new show: what its show.toml explains is what happens without it."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.founding import Founding, found_show
from pipeline.model import FeedSettings, MusicSettings, PauseSettings, ShowLedger, ShowSettings, SoundSettings
from pipeline.project import open_project
from pipeline.rules import judged
from pipeline.rules.facts import ShowFacts
from pipeline.rules.feed_settings import FEED_SETTINGS_RULES
from pipeline.text.english import ENGLISH


def uncommented(text: str, table: str) -> dict[str, object]:
    """What ``[table]`` would say if the settings in its comments were not commented out."""
    start = re.search(rf"^\[{table}\]", text, flags=re.MULTILINE).start()
    lines = re.split("\n\n|\n```", text[start:], maxsplit=1)[0].splitlines()
    settings = (re.sub(r"^# (?=\w+ = )", "", line) for line in lines)
    return tomllib.loads("\n".join(settings))[table]


@pytest.fixture(params=["en-GB", "en-US"])
def show_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    given = dict.fromkeys(("title", "author"), "The Harbour Review") | {"email": "a@harbour-review.example"}
    web = dict.fromkeys(("base_url", "link"), "https://harbour-review.example/")
    found_show(tmp_path, Founding(**given, **web, language=request.param))
    return tmp_path / "show.toml"


def expect_the_announcements_of_english(text: str) -> None:
    wording = ENGLISH.wording("en-GB")
    assert uncommented(text, "announcements") == {
        "opening": list(wording.opening),
        "closing": list(wording.closing),
        "disclosure": wording.disclosure,
    }


def test_the_announcements_it_shows_are_those_that_are_said(show_file: Path, root: Path) -> None:
    expect_the_announcements_of_english(show_file.read_text(encoding="utf-8"))
    expect_the_announcements_of_english((root / "show.toml").read_text(encoding="utf-8"))


def test_the_script_s_page_shows_the_same(root: Path) -> None:
    expect_the_announcements_of_english((root / "docs" / "the-script.md").read_text(encoding="utf-8"))


def test_it_has_no_second_voice_until_its_line_counts(show_file: Path) -> None:
    show = open_project(show_file.parent).show
    assert show.second_voice_settings is None
    second = uncommented(show_file.read_text(encoding="utf-8"), "second_voice")
    assert second == {"name": f"{show.voice.name}+f3", "least_words": show.second_voice.least_words}


def keys_of(table: type[msgspec.Struct]) -> Iterator[str]:
    for field in msgspec.structs.fields(table):
        yield field.encode_name
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from keys_of(field.type)


@pytest.mark.parametrize("key", sorted(set(keys_of(ShowSettings)) - {"engines"}))
def test_every_key_is_explained(key: str, show_file: Path, root: Path) -> None:
    """In the show.toml of a new show, and in that of the sample. The tables of engines are in docs/voices.md."""
    for path in (show_file, root / "show.toml"):
        assert re.search(rf"^(# )?\[?{key}(\]| = )", path.read_text(encoding="utf-8"), flags=re.MULTILINE), path


def test_the_examples_of_the_feed_can_be_used_as_they_stand(show_file: Path, root: Path) -> None:
    """Nobody has to guess the form of a key: whatever is taken out of its comment is understood, and found good."""
    for path in (show_file, root / "show.toml"):
        feed = msgspec.convert(uncommented(path.read_text(encoding="utf-8"), "feed"), FeedSettings)
        assert all((feed.funding, feed.persons, feed.podroll, feed.publisher, feed.texts, feed.update_frequency))
        show = msgspec.structs.replace(open_project(show_file.parent).show, feed=feed)
        facts = ShowFacts(
            show=show,
            ledger=ShowLedger(podcast_guid=""),
            episodes=(),
            now=datetime(2026, 4, 1, tzinfo=UTC),
            artwork=None,
            file_lengths={},
            feed_text=None,
        )
        assert [finding.what for finding in judged(FEED_SETTINGS_RULES, facts)] == []


def test_what_the_comments_show_is_what_happens_without_them(show_file: Path) -> None:
    text = show_file.read_text(encoding="utf-8")
    for table, defaults in (("sound", SoundSettings()), ("pauses", PauseSettings()), ("music", MusicSettings())):
        shown = uncommented(text, table)
        assert msgspec.convert(shown, type(defaults)) == msgspec.structs.replace(
            defaults, **({"intro": "house", "outro": "house"} if table == "music" else {})
        )
