"""What commands say to those who read it: the next step, in words that can be typed as they stand."""

import shutil
from pathlib import Path

import pytest

from tests.cli.shows import quick_show, quicken, write_article
from tests.commands import audio_edition

LEDGER = "shows/ledger.toml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A main show with an episode that is out, and a second show without any."""
    show = quick_show(tmp_path_factory.mktemp("messages") / "show")
    audio_edition("init", "--add", "ledger", cwd=show)
    quicken(show / LEDGER)
    write_article(show / "seeds" / "ferry.md", "The ferry that waited")
    audio_edition("episode", "-q", "seeds/ferry.md", cwd=show)
    audio_edition("feed", "--published", cwd=show)
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "show"))


def test_where_there_is_nothing_yet_the_next_step_is_told(show: Path) -> None:
    said = audio_edition("feed", "--dry-run", "--show", LEDGER, cwd=show).stdout
    assert said == "No episodes yet. Next: audio-edition episode seeds/ledger/ARTICLE\n"
    assert "seeds/ledger/ARTICLE" in audio_edition("status", "--show", LEDGER, cwd=show).stdout


def test_a_second_show_is_named_in_every_command_that_is_proposed(show: Path) -> None:
    article = show / "seeds" / "ledger" / "crane.md"
    write_article(article, "The crane that stood still", date="2199-04-01")
    said = audio_edition("episode", "-q", "seeds/ledger/crane.md", cwd=show).stdout
    assert f"audio-edition feed --show {LEDGER}, from then on" in said
    assert f"Next: audio-edition preview --show {LEDGER} (hear it), audio-edition check --show {LEDGER} " in said
    looked = audio_edition("feed", "--dry-run", "--show", LEDGER, cwd=show).stdout
    assert f"run audio-edition feed --show {LEDGER} then" in looked
    assert "--show" not in audio_edition("episode", "-q", "seeds/ferry.md", cwd=show).stdout


def test_a_second_show_has_its_addresses_already(tmp_path: Path) -> None:
    main = audio_edition("init", ".", cwd=tmp_path).stdout
    assert "go through show.toml (base_url, link and email above all)" in main
    second = audio_edition("init", "--add", "ledger", cwd=tmp_path).stdout
    assert "go through shows/ledger.toml (description and categories above all)" in second


def test_the_first_state_tells_nobody_of_a_correction(show: Path) -> None:
    said = audio_edition("history", "ferry", cwd=show).stdout
    assert "UTC  first published  0:" in said


def test_a_feed_that_did_not_change_need_not_be_uploaded(show: Path) -> None:
    said = audio_edition("approve", "ferry", "--by", "Tomas Reyl", cwd=show).stdout
    assert said.endswith("feeds/podcast.xml is unchanged\n")


def test_a_list_of_approvals_says_whether_anybody_waits_for_them(show: Path) -> None:
    write_article(show / "seeds" / "train.md", "The train that waited")
    audio_edition("episode", "-q", "seeds/train.md", cwd=show)
    assert 'approval = "off"' in audio_edition("approve", "--list", cwd=show).stdout
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace('# approval = "off" ', 'approval = "required" '), encoding="utf-8")
    assert 'Next: audio-edition approve SLUG --by "YOUR NAME"' in audio_edition("approve", "--list", cwd=show).stdout


def test_an_episode_of_which_nothing_is_stale_takes_two_lines(show: Path) -> None:
    lines = audio_edition("status", cwd=show).stdout.splitlines()
    assert [line.strip() for line in lines[1:]] == ["all fresh"]
    write_article(show / "seeds" / "ferry.md", "The ferry that left")
    assert "  read     stale: " in audio_edition("status", cwd=show).stdout
