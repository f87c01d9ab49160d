"""What show.toml may say of a language model, and what is refused before anything is made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.language_model import find_language_model
from pipeline.model import ChapterOrigin, EpisodeChapter, LanguageModelSettings, ModelAnswer, Revision
from pipeline.progress import Silence
from pipeline.servers import is_this_computer
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.samples import episode

KEY = "sk-harbour-0123456789"
REVISION = Revision(
    published_at=datetime(2026, 3, 3, tzinfo=UTC),
    reason="first published",
    enclosure=episode().enclosure,
    content_sha256="0" * 64,
)


def workshop(*, is_offline: bool = False) -> Workshop:
    return Workshop(store=Store(Path("unused")), workers=1, progress=Silence(), is_offline=is_offline)


def settings(url: str = "http://127.0.0.1:11434/v1", **more: object) -> LanguageModelSettings:
    return LanguageModelSettings(**{"url": url, "model": "tern-7b", **more})


def refused(given: LanguageModelSettings) -> str:
    with pytest.raises(ConfigError) as caught:
        find_language_model(given, workshop(), past=None)
    assert "[language_model]" in str(caught.value) or "HARBOUR_KEY" in str(caught.value)
    return str(caught.value)


def wanted(given: LanguageModelSettings) -> tuple[bool, bool]:
    found = find_language_model(given, workshop(), past=None)
    return found.has_titles, found.has_summary


def test_it_is_off_until_a_url_is_named() -> None:
    assert wanted(LanguageModelSettings(summary=True)) == (False, False)
    assert wanted(LanguageModelSettings(model="tern-7b", key_variable="NOT_SET")) == (False, False)
    assert wanted(settings(titles=False, summary=False)) == (False, False)
    assert wanted(settings()) == (True, False)


def test_a_server_without_a_key_may_stand_in_the_house() -> None:
    assert wanted(settings("http://192.168.1.20:8080/v1", titles=False, summary=True)) == (False, True)


def test_what_is_out_hangs_on_the_ledger_and_on_no_setting() -> None:
    answers = (ModelAnswer(recipe="a" * 64, model="tern-7b", texts=("The price of fear", "Pilots")),)
    own = EpisodeChapter(start_ms=0, title="Our own", origin=ChapterOrigin.AUTO)
    told = EpisodeChapter(start_ms=9000, title="Pilots", origin=ChapterOrigin.AUTO)
    chosen = EpisodeChapter(start_ms=9000, title="Pilots", origin=ChapterOrigin.AUTHOR)
    for given in (LanguageModelSettings(), settings("no address", model="", key_variable="sk-none", summary=True)):
        for chapters, summary_by in (((own, told), ""), ((own, told), "gull-3b"), ((own, chosen), ""), ((), "gull-3b")):
            past = episode(answers=answers, chapters=chapters, summary_by=summary_by, revisions=(REVISION,))
            found = find_language_model(given, workshop(), past=past)
            assert (found.has_titles, found.has_summary) == (told in chapters, bool(summary_by))
            assert found.known == answers


def test_until_it_is_out_another_model_is_another_question() -> None:
    answers = tuple(ModelAnswer(recipe=name, model=name, texts=("Pilots",)) for name in ("tern-7b", "gull-3b"))
    found = find_language_model(settings(), workshop(), past=episode(answers=answers))
    assert found.known == answers[:1]
    assert found.out is None


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/v1", "localhost:11434", "http://", "http://[::1/v1", "http://a b/v1", "https://häfen.example/v1",
     "http://127.0.0.1:port/v1", "http://127.0.0.1:99999/v1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    assert "is no web address" in refused(settings(url))


@pytest.mark.parametrize(
    "url",
    [f"https://ines:{KEY}@models.example/v1", f"https://models.example/v1?key={KEY}", f"https://x.example/#{KEY}"],
)
def test_a_secret_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    assert KEY not in refused(settings(url))


def test_a_url_wants_a_model() -> None:
    assert 'add a line like model = "' in refused(settings(model=" "))


def test_a_missing_key_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HARBOUR_KEY", raising=False)
    given = settings("https://models.example/v1", key_variable="HARBOUR_KEY")
    assert "export HARBOUR_KEY=..." in refused(given)
    # Who only looks sends no key.
    assert find_language_model(given, workshop(is_offline=True), past=None).has_titles
    # Nor who has an answer: what is missing will be seen when it is asked for.
    past = episode(answers=(ModelAnswer(recipe="a" * 64, model="tern-7b", texts=("Pilots",)),))
    assert find_language_model(given, workshop(), past=past).has_titles
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    assert KEY not in repr(find_language_model(given, workshop(), past=None))


def test_a_key_in_the_place_of_the_name_is_not_repeated() -> None:
    assert KEY not in refused(settings("https://models.example/v1", key_variable=KEY))


def test_a_key_that_cannot_be_one_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", f"{KEY}\nX-Other: 1")
    assert KEY not in refused(settings("https://models.example/v1", key_variable="HARBOUR_KEY"))


def test_a_key_goes_out_only_encrypted_or_to_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    message = refused(settings("http://192.168.1.20/v1", key_variable="HARBOUR_KEY"))
    assert "is not encrypted" in message
    assert "write https://" in message
    for url in ("https://models.example/v1", "http://127.0.0.1/v1"):
        assert wanted(settings(url, key_variable="HARBOUR_KEY")) == (True, False)


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://localhost:1/v1", True),
        ("http://LOCALHOST./v1", True),
        ("http://models.localhost/v1", True),
        ("http://127.8.9.10/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost.example/v1", False),
        ("http://127.0.0.1.example/v1", False),
        ("http://2130706433/v1", False),
        ("http://10.0.0.1/v1", False),
    ],
)
def test_what_stays_on_this_computer(url: str, is_here: bool) -> None:
    assert is_this_computer(url) is is_here
