"""An episode that is out, and a model that is gone: what listeners have does not change by itself, nor is it lost."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.project import open_project
from pipeline.workflow import build_feed, mark_all_published
from tests.commands import audio_edition, tree
from tests.language_model.servers import Answer, Server, Writer, completion, refusal, server, writing
from tests.language_model.test_building import SEED, SUMMARY, TITLES, auto_titles, ledger_of, show_with

SOURCE = f"seeds/{SEED}"

#: In a chapter that is asked about.
WORD, CORRECTED = "For an elderly coaster", "For an old coaster"


class Answering:
    """A model that can be told to answer otherwise."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def __call__(self, prompt: str) -> Answer:
        return self.writer(prompt)


def publish(show: Path) -> dict:
    project = open_project(show)
    mark_all_published(project, datetime.now(UTC))
    build_feed(project, now=datetime.now(UTC))
    return ledger_of(show)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def said(ledger: dict) -> tuple[list[str], str, str, str]:
    """What a model may have written of an episode; the notes have a line on each correction, which is none of it."""
    notes = re.sub(r"<p>Correct.*?</p>", "", ledger["notes_html"])
    return auto_titles(ledger["chapters"]), ledger["summary"], ledger["summary_by"], notes


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    """A published show in a model's words, and its server, which runs."""
    folder = tmp_path_factory.mktemp("told")
    with server(writing(TITLES, SUMMARY)) as there:
        show = show_with(there, folder)
        audio_edition("episode", SOURCE, cwd=show)
        assert set(auto_titles(publish(show)["chapters"])) <= set(TITLES)
        yield show, there


@pytest.fixture
def out(told: tuple[Path, Server], tmp_path: Path) -> Path:
    """A copy of that show, whose server does not run."""
    show, there = told
    shutil.copytree(show, tmp_path / "show")
    edit(tmp_path / "show" / "show.toml", there.url, "http://127.0.0.1:9/v1")
    return tmp_path / "show"


URL, MODEL = 'url = "http://127.0.0.1:9/v1"', 'model = "tern-7b"'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MODEL, 'model = "gull-3b"'),
        (MODEL, 'model = ""'),
        (URL, ""),
        (URL, 'url = "nowhere"'),
        (URL, f'{URL}\nkey_variable = "HARBOUR_KEY_NOT_SET"'),
        ("summary = true", "summary = false\ntitles = false"),
    ],
)
def test_no_setting_and_no_server_changes_or_stops_what_is_out(out: Path, old: str, new: str) -> None:
    edit(out / "show.toml", old, new)
    before = tree(out)
    built = audio_edition("episode", SOURCE, cwd=out)
    assert tree(out) == before
    assert "(nothing changed)" in built.stdout
    assert "warning" not in built.stderr


def test_who_only_looks_finds_what_is_out(out: Path) -> None:
    edit(out / "show.toml", URL, "")
    (status,) = json.loads(audio_edition("status", "--json", cwd=out).stdout)["episodes"]
    assert status["stages"]["tag"] == "fresh"
    listed = json.loads(audio_edition("chapters", SOURCE, "--json", cwd=out).stdout)["chapters"]
    assert auto_titles(listed) == auto_titles(ledger_of(out)["chapters"])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (MODEL, MODEL, "takes no connection"),
        (URL, "", "has no url"),
        (URL, f'{URL}\nkey_variable = "HARBOUR_KEY_NOT_SET"', "HARBOUR_KEY_NOT_SET"),
    ],
)
def test_a_correction_stops_where_it_would_lose_what_a_model_wrote(out: Path, old: str, new: str, why: str) -> None:
    edit(out / "show.toml", old, new)
    edit(out / SOURCE, WORD, CORRECTED)
    before = tree(out)
    stopped = audio_edition("episode", SOURCE, "--correct", "A word was wrong.", cwd=out, status=1)
    assert tree(out) == before
    assert stopped.stderr.splitlines()[-1].startswith("error: ")
    for words in (
        why,
        "is out, would lose what a model wrote",
        f"audio-edition chapters {SOURCE} prints",
        "`summary:`",
    ):
        assert words in stopped.stderr


def test_the_words_can_be_taken_over_where_the_model_is_gone(out: Path) -> None:
    published = ledger_of(out)
    edit(out / SOURCE, WORD, CORRECTED)
    printed = audio_edition("chapters", SOURCE, cwd=out).stdout
    edit(out / SOURCE, "author:", f"summary: {published['summary']}\n{printed}\nauthor:")
    audio_edition("episode", SOURCE, "--correct", "A word was wrong.", cwd=out)
    corrected = ledger_of(out)
    assert corrected["summary"] == SUMMARY
    assert corrected["summary_by"] == ""
    titles = [chapter["title"] for chapter in corrected["chapters"]]
    assert titles == [chapter["title"] for chapter in published["chapters"]]

    # And back again: the words come with the text that they were written for.
    text = (Path(out) / SOURCE).read_text(encoding="utf-8")
    text = text.replace(f"summary: {published['summary']}\n{printed}\n", "").replace(CORRECTED, WORD)
    (out / SOURCE).write_text(text, encoding="utf-8")
    audio_edition("episode", SOURCE, cwd=out)
    assert ledger_of(out)["content_sha256"] == published["content_sha256"]


def test_a_corrected_text_is_asked_about_whatever_is_switched_off_since(out: Path) -> None:
    published = ledger_of(out)
    edit(out / SOURCE, WORD, CORRECTED)
    edit(out / "show.toml", "summary = true", "summary = false\ntitles = false")
    edit(out / "show.toml", MODEL, 'model = "gull-3b"')
    with server(writing(TITLES, SUMMARY)) as there:
        edit(out / "show.toml", "http://127.0.0.1:9/v1", there.url)
        audio_edition("episode", SOURCE, "--correct", "A word was wrong.", cwd=out)
        assert len(there.asked) == 2
    corrected = ledger_of(out)
    assert said(corrected)[:2] == said(published)[:2]
    assert corrected["summary_by"] == "gull-3b"
    assert {answer["model"] for answer in corrected["answers"]} == {"tern-7b", "gull-3b"}


def test_half_an_answer_that_is_out_stays_half(tmp_path: Path) -> None:
    whole = writing(TITLES, SUMMARY)
    answering = Answering(lambda prompt: refusal(500) if '{"summary"' in prompt else whole(prompt))
    with server(answering) as there:
        show = show_with(there, tmp_path)
        assert "no summary was written" in audio_edition("episode", SOURCE, cwd=show).stderr
        published = publish(show)
        assert len(published["answers"]) == 1
        answering.writer = whole
        before, count = tree(show), len(there.asked)
        built = audio_edition("episode", SOURCE, cwd=show)
        assert tree(show) == before
        assert "(nothing changed)" in built.stdout

        edit(show / SOURCE, WORD, CORRECTED)
        audio_edition("episode", SOURCE, "--correct", "A word was wrong.", cwd=show)
        corrected = ledger_of(show)
        assert ['{"titles"' in prompt for prompt in there.prompts[count:]] == [True]
    assert auto_titles(corrected["chapters"]) == auto_titles(published["chapters"])
    assert corrected["summary_by"] == ""


def test_what_is_out_in_our_own_words_is_never_asked_about(tmp_path: Path) -> None:
    with server(completion("no JSON")) as there:
        show = show_with(there, tmp_path)
        audio_edition("episode", SOURCE, cwd=show)
        published = publish(show)
    assert published["answers"] == []
    with server(writing(TITLES, SUMMARY)) as there:
        edit(
            show / "show.toml", re.search(r'url = "(http://127[^"]*)"', (show / "show.toml").read_text())[1], there.url
        )
        assert "(nothing changed)" in audio_edition("episode", SOURCE, cwd=show).stdout
        edit(show / SOURCE, WORD, CORRECTED)
        audio_edition("episode", SOURCE, "--correct", "A word was wrong.", cwd=show)
    assert there.asked == []
    assert said(ledger_of(show))[:3] == said(published)[:3]


def test_chapters_of_a_renamed_article_are_those_of_a_build(out: Path) -> None:
    shutil.rmtree(out / ".cache")
    slug = ledger_of(out)["slug"]
    (out / SOURCE).rename(out / "seeds" / "vael.txt")
    edit(out / "seeds" / "vael.txt", "author:", f"slug: {slug}\nauthor:")
    listed = json.loads(audio_edition("chapters", "seeds/vael.txt", "--json", cwd=out).stdout)["chapters"]
    assert auto_titles(listed) == auto_titles(ledger_of(out)["chapters"])
