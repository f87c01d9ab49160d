"""A show on disk: found, read strictly, and built by one at a time."""

import json
import multiprocessing
import re
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError, IdentityError
from pipeline.feeds.ledger import load_show_ledger, save_episode, save_show_ledger
from pipeline.model import LanguageEdition, Lexicon, Revision, Show, ShowLedger
from pipeline.project import (
    Project,
    find_root,
    load_settings,
    open_chosen,
    open_project,
    show_names,
    shows_beside,
    write_base_url,
)
from tests.samples import SHOW, episode

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


# Several shows in one folder


def sister(root: Path, name: str, *, settings: str = "", title: str = "The Harbour Ledger") -> Path:
    """The file of a second show, with more ``settings`` before its tables."""
    path = root / "shows" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    text = GOOD.replace("The Harbour Review", title, 1).replace("[voice]", f"{settings}\n[voice]")
    path.write_text(text, encoding="utf-8")
    (root / "seeds" / name).mkdir(parents=True, exist_ok=True)
    return path


def test_a_second_show_has_places_of_its_own(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    path = sister(tmp_path, "ledger")
    project = open_project(tmp_path, "ledger")
    assert project.show.title == "The Harbour Ledger"
    assert project.show.feed_url == "https://audio.harbour-review.example/feeds/ledger/podcast.xml"
    assert project.settings_path == path
    assert project.seeds == tmp_path / "seeds" / "ledger"
    assert project.feed_path == tmp_path / "feeds" / "ledger" / "podcast.xml"
    assert project.show_ledger_path == tmp_path / "feeds" / "ledger" / "show.json"
    assert project.folder_of("ferry") == tmp_path / "episodes" / "ferry"
    assert [show.title for show in shows_beside(project)] == ["The Harbour Review"]
    assert [show.called for show in shows_beside(open_project(tmp_path))] == ["ledger"]


def test_the_lexicon_is_shared_and_a_show_may_say_a_name_otherwise(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    sister(tmp_path, "ledger")
    entry = '[[entries]]\ngrapheme = "{}"\nsay = "{}"\n'
    shared = entry.format("Derry", "Dairy") + entry.format("Salka", "Sulka")
    own = entry.format("Salka", "Sahlka") + entry.format("Amaro", "Ah-mah-ro")
    (tmp_path / "lexicon.toml").write_text(shared, encoding="utf-8")
    (tmp_path / "lexicon-ledger.toml").write_text(own, encoding="utf-8")
    said = {entry.grapheme: entry.say for entry in open_project(tmp_path, "ledger").lexicon.entries}
    assert said == {"Derry": "Dairy", "Salka": "Sahlka", "Amaro": "Ah-mah-ro"}
    assert {entry.grapheme for entry in open_project(tmp_path).lexicon.entries} == {"Derry", "Salka"}


@pytest.mark.parametrize("name", ["Ledger", "the ledger", "main", "-x", "a_b", "x" * 31])
def test_a_name_that_can_stand_in_no_address_is_refused(tmp_path: Path, name: str) -> None:
    project_file(tmp_path, GOOD)
    sister(tmp_path, name)
    with pytest.raises(ConfigError, match=r"a-z, 0-9 and -"):
        show_names(tmp_path)


def test_a_show_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    with pytest.raises(ConfigError, match=r"there is none but .*; make it with `audio-edition init --add ledger`"):
        open_project(tmp_path, "ledger")
    sister(tmp_path, "ledger")
    with pytest.raises(ConfigError, match='did you mean "ledger"'):
        open_project(tmp_path, "leger")


def test_where_an_article_lies_says_whose_it_is(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    sister(tmp_path, "ledger")
    sister(tmp_path, "strait")
    seeds = tmp_path / "seeds"
    (seeds / "archive").mkdir()

    def name_of(*sources: Path, chosen: Path | None = None) -> str:
        return open_chosen(chosen, sources=sources).name

    assert name_of(seeds / "ledger" / "crane.md") == "ledger"
    assert name_of(seeds / "crane.md") == ""
    # A folder of no show's name is the main show's.
    assert name_of(seeds / "archive" / "crane.md") == ""
    assert name_of(seeds / "strait" / "crane.md", chosen=tmp_path) == "strait"
    assert name_of(tmp_path.parent / "elsewhere.md", chosen=tmp_path / "shows" / "strait.toml") == "strait"
    assert name_of(chosen=tmp_path) == ""
    assert name_of(chosen=tmp_path / "show.toml") == ""
    for sources in (
        (seeds / "a.md", seeds / "ledger" / "b.md"),
        (seeds / "strait" / "a.md", seeds / "ledger" / "b.md"),
    ):
        with pytest.raises(ConfigError, match="belong to different shows of the folder"):
            name_of(*sources)
    with pytest.raises(ConfigError, match="ledger and strait"):
        name_of(seeds / "ledger" / "crane.md", chosen=tmp_path / "shows" / "strait.toml")


@pytest.mark.parametrize("chosen", ["nowhere", "lexicon.toml", "seeds", "shows"])
def test_what_is_no_show_is_refused(tmp_path: Path, chosen: str) -> None:
    project_file(tmp_path, GOOD)
    sister(tmp_path, "ledger")
    (tmp_path / "lexicon.toml").touch()
    with pytest.raises(ConfigError, match=r"name the folder of a show, or a file shows/NAME\.toml in it"):
        open_chosen(tmp_path / chosen)


# The same show in other languages


def test_an_edition_of_the_folder_gets_its_addresses(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD.replace("[voice]", 'editions = [{language = "de", show = "deutsch"}]\n[voice]'))
    settings = 'language = "de"\neditions = [{language = "en-GB", show = "main"}]'
    sister(tmp_path, "deutsch", settings=settings, title="Die Hafenschau")
    base = "https://audio.harbour-review.example/feeds"
    assert open_project(tmp_path).show.language_editions == (
        LanguageEdition(
            language="de",
            title="Die Hafenschau",
            feed_url=f"{base}/deutsch/podcast.xml",
            page_url=f"{base}/deutsch/index.html",
        ),
    )
    (back,) = open_project(tmp_path, "deutsch").show.language_editions
    assert (back.language, back.feed_url) == ("en-GB", f"{base}/podcast.xml")


def test_an_edition_elsewhere_is_taken_at_its_word(tmp_path: Path) -> None:
    table = '{language = "fr", url = "https://fr.harbour-review.example/feed", page_url = "https://fr.example/"}'
    project_file(tmp_path, GOOD.replace("[voice]", f"editions = [{table}]\n[voice]"))
    assert open_project(tmp_path).show.language_editions == (
        LanguageEdition(
            language="fr", feed_url="https://fr.harbour-review.example/feed", page_url="https://fr.example/"
        ),
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('language = "de"', "needs one place"),
        ('language = "de", show = "deutsch", url = "https://x.example/"', "needs one place"),
        ('language = "de", show = "detsch"', 'did you mean "deutsch"'),
        ('language = "de", show = "main"', "is this show itself"),
        ('language = "de", url = "fr.example"', "no web address"),
        ('language = "de", url = "https://x.example/", page_url = "x"', 'page_url = "x" is no web address'),
        ('language = "German", show = "deutsch"', "language"),
    ],
)
def test_an_edition_that_is_nowhere_is_refused(tmp_path: Path, table: str, message: str) -> None:
    project_file(tmp_path, GOOD.replace("[voice]", f"editions = [{{{table}}}]\n[voice]"))
    sister(tmp_path, "deutsch")
    with pytest.raises(ConfigError, match=re.escape(message)):
        open_project(tmp_path)


# Private shows


PRIVATE = "[feed]\nis_private = true"


def test_a_private_show_gets_a_token_once(tmp_path: Path) -> None:
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    first = open_project(tmp_path).show
    assert re.fullmatch("[0-9a-f]{40}", first.token)
    assert first.feed_url == f"https://audio.harbour-review.example/feeds/{first.token}/podcast.xml"
    assert open_project(tmp_path).show.token == first.token
    assert json.loads((tmp_path / "feeds" / "show.json").read_text())["token"] == first.token
    # What a log or a traceback shows of it gives nothing away.
    assert first.token not in repr(first)
    assert first.token not in repr(open_project(tmp_path))


def test_two_private_shows_have_nothing_in_common(tmp_path: Path) -> None:
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    sister(tmp_path, "members").write_text(f"{GOOD}\n{PRIVATE}\n", encoding="utf-8")
    main, members = open_project(tmp_path), open_project(tmp_path, "members")
    assert main.show.token != members.show.token
    assert members.show.feed_path == f"feeds/members/{members.show.token}/podcast.xml"
    assert main.episode_slug("ferry") != members.episode_slug("ferry")


def private_project(tmp_path: Path, token: str) -> Project:
    return Project(root=tmp_path, show=msgspec.structs.replace(SHOW, token=token), lexicon=Lexicon())


@given(slug=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_a_private_slug_is_always_the_same_and_cannot_be_made_up(slug: str) -> None:
    project = private_project(Path(), "a" * 40)
    secret = project.episode_slug(slug)
    assert re.fullmatch(rf"{re.escape(slug)}-[0-9a-f]{{16}}", secret)
    assert project.episode_slug(slug) == secret
    # Whoever writes the whole slug into the article means the same episode.
    assert project.episode_slug(secret) == secret
    assert private_project(Path(), "b" * 40).episode_slug(slug) != secret
    assert private_project(Path(), "").episode_slug(slug) == slug


def test_no_public_show_knows_a_private_one(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    sister(tmp_path, "members").write_text(f"{GOOD}\n{PRIVATE}\n", encoding="utf-8")
    public = open_project(tmp_path)
    assert shows_beside(public) == ()
    assert [show.called for show in shows_beside(public, is_private_too=True)] == ["members"]
    project_file(tmp_path, GOOD.replace("[voice]", 'editions = [{language = "de", show = "members"}]\n[voice]'))
    with pytest.raises(ConfigError, match="“members” is private, and this show would tell everybody"):
        open_project(tmp_path)


def published(tmp_path: Path, *, token: str = "", name: str = "") -> None:
    """Ledgers as they stand after one episode went out."""
    made = episode("ferry", show=name)
    revision = Revision(
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        reason="first published",
        enclosure=made.enclosure,
        content_sha256=made.content_sha256,
    )
    made = msgspec.structs.replace(made, revisions=(revision,))
    save_episode(tmp_path / "episodes" / "ferry" / "episode.json", made)
    ledger = ShowLedger(
        podcast_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810", published={made.guid: "ferry"}, token=token
    )
    save_show_ledger(tmp_path / "feeds" / name / "show.json", ledger)


def test_what_went_out_openly_cannot_become_private(tmp_path: Path) -> None:
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    published(tmp_path)
    before = (tmp_path / "feeds" / "show.json").read_bytes()
    with pytest.raises(ConfigError, match="comes too late: what is out"):
        open_project(tmp_path)
    assert (tmp_path / "feeds" / "show.json").read_bytes() == before


def test_a_private_show_that_is_opened_keeps_its_addresses(tmp_path: Path) -> None:
    project_file(tmp_path, GOOD)
    published(tmp_path, token="c" * 40)
    show = open_project(tmp_path).show
    assert show.feed_path == f"feeds/{'c' * 40}/podcast.xml"
    assert not show.feed.is_private


def test_one_that_never_went_out_becomes_public_without_a_trace(tmp_path: Path) -> None:
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    token = open_project(tmp_path).show.token
    project_file(tmp_path, GOOD)
    assert open_project(tmp_path).show.feed_path == "feeds/podcast.xml"
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    assert open_project(tmp_path).show.token == token


@pytest.mark.parametrize("name", ["", "members"])
def test_a_lost_token_is_never_replaced_by_a_new_one(tmp_path: Path, name: str) -> None:
    project_file(tmp_path, f"{GOOD}\n{PRIVATE}\n")
    sister(tmp_path, "members").write_text(f"{GOOD}\n{PRIVATE}\n", encoding="utf-8")
    published(tmp_path, token="c" * 40, name=name)
    path = tmp_path / "feeds" / name / "show.json"
    path.unlink()
    with pytest.raises(IdentityError, match=r"git checkout -- feeds/.*show\.json"):
        open_project(tmp_path, name)
    assert load_show_ledger(path) is None


# A new address


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_new_address_touches_nothing_else(tmp_path: Path, ends: str) -> None:
    text = f"# ours\n{GOOD}# the end\n".replace('/"\nlink', '/"   # public\nlink').replace("\n", ends)
    path = tmp_path / "show.toml"
    path.write_bytes(text.encode())
    assert write_base_url(path, "https://sound.harbour-review.example/")
    assert path.read_bytes() == text.replace("//audio.", "//sound.").encode()
    assert not write_base_url(path, "https://sound.harbour-review.example/")
