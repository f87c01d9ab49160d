"""Whole builds with a language model: once asked, never again; and built all the same while nobody answers."""

import json
import re
import shutil
from itertools import accumulate
from pathlib import Path

import pytest

from tests.commands import audio_edition, show_in, tree
from tests.language_model.servers import Server, server, writing

SEED = "the-quiet-strait.txt"
KEY = "sk-harbour-0123456789"
TITLES = [
    "The price of fear",
    "What Szelvia and Iskarra want",
    "Insurers and their blockade",
    "The mediators at work",
    "What it costs the ships",
    "Who will open the strait",
    "Piracy or a service charge",
]
SUMMARY = "Insurers, not navies, have closed the Strait of Vael. Mediators may open it again."


def show_with(there: Server, folder: Path, *, more: str = "") -> Path:
    """A show with the first four minutes of a sample article, which has no headings."""
    show = show_in(folder)
    paragraphs = (Path(__file__).parents[2] / "seeds" / SEED).read_text(encoding="utf-8").split("\n\n")
    counts = accumulate(len(paragraph.split()) for paragraph in paragraphs)
    kept = [paragraph for paragraph, count in zip(paragraphs, counts, strict=True) if count < 680]
    (show / "seeds" / SEED).write_text("\n\n".join(kept), encoding="utf-8")
    toml = (show / "show.toml").read_text(encoding="utf-8")
    toml = toml if "\n[language_model]" in toml else f"{toml}\n[language_model]\n"
    settings = f'\nurl = "{there.url}"\nmodel = "tern-7b"\nsummary = true\n{more}'
    toml = re.sub(r"(?m)^\[language_model\].*$", lambda found: found[0] + settings, toml)
    (show / "show.toml").write_text(toml, encoding="utf-8")
    return show


def ledger_of(show: Path) -> dict:
    (path,) = show.glob("episodes/*/episode.json")
    return json.loads(path.read_text(encoding="utf-8"))


def auto_titles(chapters: list[dict]) -> list[str]:
    return [chapter["title"] for chapter in chapters if chapter["origin"] == "auto"]


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    return 'key_variable = "HARBOUR_KEY"\n'


def test_a_build_asks_once_and_the_next_one_needs_no_server(tmp_path: Path, secret: str) -> None:
    with server(writing(TITLES, SUMMARY)) as there:
        show = show_with(there, tmp_path, more=secret)
        first = audio_edition("episode", f"seeds/{SEED}", cwd=show)
        shown = json.loads(audio_edition("chapters", f"seeds/{SEED}", "--json", cwd=show).stdout)["chapters"]
        assert len(there.asked) == 2
    ledger = ledger_of(show)
    found = auto_titles(ledger["chapters"])
    assert len(found) >= 2
    assert found == TITLES[: len(found)]
    assert auto_titles(shown) == found
    assert all(f" {title}\n" in first.stdout for title in found)
    assert (ledger["summary"], ledger["summary_by"]) == (SUMMARY, "tern-7b")
    assert f"<p>{SUMMARY}</p><p>Summary written by tern-7b.</p>" in ledger["notes_html"]
    assert f"summary by tern-7b, a machine: {SUMMARY}" in first.stdout
    for spoken in (*show.glob("episodes/*/script.txt"), *show.glob("episodes/*/*.srt")):
        assert not any(words in spoken.read_text(encoding="utf-8") for words in (SUMMARY, *found)), spoken
    assert "warning" not in first.stderr

    before = tree(show)
    second = audio_edition("episode", f"seeds/{SEED}", "--json", cwd=show)
    assert tree(show) == before
    (told,) = json.loads(second.stdout)["episodes"]
    assert (told["is_changed"], told["summary_by"]) == (False, "tern-7b")
    assert "warning" not in second.stderr
    (status,) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert status["stages"]["tag"] == "fresh"
    assert not any(KEY.encode() in path.read_bytes() for path in show.rglob("*") if path.is_file())
    require_that_the_cache_is_no_loss(show)


def require_that_the_cache_is_no_loss(show: Path) -> None:
    """What a model said is in the ledger: it may never say it again."""
    before = tree(show)
    shutil.rmtree(show / ".cache")
    built = audio_edition("episode", f"seeds/{SEED}", cwd=show)
    assert tree(show) == before
    assert "(nothing changed)" in built.stdout
    assert "warning" not in built.stderr


def test_a_build_with_nobody_there_is_whole_says_so_once_and_asks_again(tmp_path: Path, secret: str) -> None:
    with server(writing(TITLES, SUMMARY)) as there:
        pass
    show = show_with(there, tmp_path, more=secret)
    first = audio_edition("episode", f"seeds/{SEED}", "--quiet", cwd=show)
    warning = (
        f"warning: {there.url} takes no connection, so the chapter titles are our own and no summary was written; "
        "check the address, its port, and that the server runs\n"
    )
    assert first.stderr == warning
    ledger = ledger_of(show)
    own = auto_titles(ledger["chapters"])
    assert own
    assert not set(own) & set(TITLES)
    assert (ledger["summary"], ledger["summary_by"]) == (ledger["subtitle"], "")
    assert "Summary written" not in ledger["notes_html"]
    looked = audio_edition("chapters", f"seeds/{SEED}", "--exact", cwd=show)
    assert warning in looked.stderr
    # Looking asks nobody, and finds what was built.
    status = audio_edition("status", "--json", cwd=show)
    assert json.loads(status.stdout)["episodes"][0]["stages"]["tag"] == "fresh"
    assert KEY not in first.stdout + first.stderr

    with server(writing(TITLES, SUMMARY)) as again:
        settings = (show / "show.toml").read_text(encoding="utf-8")
        (show / "show.toml").write_text(settings.replace(there.url, again.url), encoding="utf-8")
        later = audio_edition("episode", f"seeds/{SEED}", cwd=show)
    assert "warning" not in later.stderr
    assert auto_titles(ledger_of(show)["chapters"])[0] == TITLES[0]


def test_a_missing_key_stops_before_a_word_is_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HARBOUR_KEY", raising=False)
    with server(writing(TITLES)) as there:
        show = show_with(there, tmp_path, more='key_variable = "HARBOUR_KEY"\n')
        done = audio_edition("episode", f"seeds/{SEED}", cwd=show, status=1)
    assert "export HARBOUR_KEY=..." in done.stderr
    assert there.asked == []
    assert not list(show.glob("episodes/*"))
    assert not (show / ".cache").exists()
