"""What may become of an episode: no GUID, date or address that listeners have is ever lost by it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError, FeedError, IdentityError, PipelineError
from pipeline.feeds.ledger import load_episode, save_episode
from pipeline.identity import load_episodes, past_of
from pipeline.model import Article, Correction, Episode, Listing
from pipeline.project import Project, open_project
from pipeline.standing import (
    Change,
    approval_of,
    carry_out,
    find_episode,
    history_of,
    renaming_of,
    restoration_of,
    waiting_for_approval,
    withdrawal_of,
)
from pipeline.workflow import build_feed, mark_all_published, standings
from tests.commands import tree
from tests.kept_shows import GUIDS, NOW, feed_of, keep, kept_show, made, published_show

LATER = NOW + timedelta(days=3)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three episodes that listeners have."""
    return published_show(tmp_path / "show", "ferry", "grain", "ports")


def do(project: Project, change: Change) -> None:
    carry_out(project, change, now=LATER)


def guids_in(feed: str) -> list[str]:
    return re.findall(r"<guid[^>]*>([^<]*)", feed)


def page(project: Project, slug: str) -> str:
    return (project.folder_of(slug) / "index.html").read_text(encoding="utf-8")


def media(project: Project) -> dict[str, bytes]:
    return {name: data for name, (data, _) in tree(project.root).items() if name.endswith((".mp3", ".vtt"))}


def strict(project: Project) -> Project:
    """The same show where nothing goes out that nobody approved."""
    path = project.root / "show.toml"
    own = path.read_text(encoding="utf-8").replace('# approval = "off" ', 'approval = "required" ')
    path.write_text(own, encoding="utf-8")
    return open_project(project.root)


def corrected(project: Project, slug: str) -> Episode:
    """The episode built again with another sound, and the reason."""
    past = find_episode(project, slug)
    reason = Correction(at=LATER, reason="It was four days.")
    new = made(
        project,
        slug,
        sound=b"another sound " * 90,
        published=past.published,
        revisions=past.revisions,
        corrections=(*past.corrections, reason),
        approvals=past.approvals,
        script_sha256="6" * 64,
    )
    save_episode(project.episode_ledger_path(slug), new)
    return new


def test_a_withdrawn_episode_is_out_of_the_feed_and_nothing_of_it_is_lost(project: Project) -> None:
    before, files = feed_of(project), media(project)
    do(project, withdrawal_of(project, "ferry", reason="A source took back what it said.", now=LATER))
    assert guids_in(feed_of(project)) == [GUIDS["ports"], GUIDS["grain"]]
    assert "On the ferry" not in (project.root / "feeds" / "index.html").read_text()
    assert media(project) == files
    shown = page(project, "ferry")
    assert "A source took back what it said." in shown
    assert "8 May 2026" in shown
    assert "<audio" not in shown
    assert find_episode(project, "ferry").guid == GUIDS["ferry"]
    do(project, restoration_of(project, "ferry", now=LATER))
    assert feed_of(project) == before
    assert "<audio" in page(project, "ferry")
    assert not (project.folder_of("ferry") / ".page.html").exists()
    assert [one.reason for one in find_episode(project, "ferry").withdrawals] == ["A source took back what it said."]


def test_what_was_withdrawn_is_not_withdrawn_twice_and_can_be_finished(project: Project) -> None:
    why = withdrawal_of(project, "ferry", reason="why", now=LATER)
    do(project, why)
    after = tree(project.root)
    do(project, withdrawal_of(project, "ferry", reason=" why ", now=LATER))
    assert tree(project.root) == after
    with pytest.raises(ConfigError, match="already: why"):
        withdrawal_of(project, "ferry", reason="another", now=LATER)
    with pytest.raises(ConfigError, match="has to say why"):
        withdrawal_of(project, "grain", reason=" ", now=LATER)
    with pytest.raises(ConfigError, match="never withdrawn"):
        restoration_of(project, "grain", now=LATER)


def test_the_last_episode_in_the_feed_is_not_withdrawn(project: Project) -> None:
    for slug in ("ferry", "grain"):
        do(project, withdrawal_of(project, slug, reason="why", now=LATER))
    before = tree(project.root)
    with pytest.raises(ConfigError, match="refuses an empty feed"):
        withdrawal_of(project, "ports", reason="why", now=LATER)
    assert tree(project.root) == before


def test_a_renamed_episode_keeps_what_listeners_know(project: Project) -> None:
    before, files = feed_of(project), media(project)
    change = renaming_of(project, "ferry", new="the-ferry")
    assert tree(project.root).keys() >= {"episodes/ferry/episode.json"}, "looking changes nothing"
    do(project, change)
    assert feed_of(project) == before, "GUID, date and the addresses of all files are the same"
    assert media(project) == files
    assert [one.slug for one in load_episodes(project)] == ["grain", "ports", "the-ferry"]
    assert json.loads(project.show_ledger_path.read_text())["published"][GUIDS["ferry"]] == "the-ferry"
    (sound,) = project.folder_of("ferry").glob("*.mp3")
    assert f'src="../ferry/{sound.name}"' in page(project, "the-ferry")
    assert (project.folder_of("the-ferry") / "script.txt").is_file()
    old = page(project, "ferry")
    assert '<link rel="canonical" href="https://audio.causeway-letter.net/episodes/the-ferry/">' in old
    assert 'http-equiv="refresh" content="0; url=../the-ferry/index.html"' in old
    assert not (project.folder_of("ferry") / "episode.json").exists()
    assert any("slug: the-ferry" in effect and "seeds/ferry.md" in effect for effect in change.effects)


def test_a_page_without_an_article_elsewhere_moves_in_the_feed(tmp_path: Path) -> None:
    project = kept_show(tmp_path / "show")
    keep(project, made(project, "ferry", source_url=""))
    build_feed(project, now=NOW)
    do(project, renaming_of(project, "ferry", new="the-ferry"))
    assert "/episodes/the-ferry/</link>" in feed_of(project)


def test_a_renamed_episode_may_have_its_old_name_back(project: Project) -> None:
    before = feed_of(project)
    do(project, renaming_of(project, "ferry", new="the-ferry"))
    do(project, renaming_of(project, "the-ferry", new="boat"))
    do(project, renaming_of(project, "boat", new="ferry"))
    assert feed_of(project) == before
    assert find_episode(project, "ferry").former_slugs == ("ferry", "the-ferry", "boat")
    assert "<audio" in page(project, "ferry")
    for slug in ("the-ferry", "boat"):
        assert "url=../ferry/index.html" in page(project, slug)
        assert not (project.folder_of(slug) / "episode.json").exists()


@pytest.mark.parametrize("new", ["The Ferry", "ferry/../grain", "", "a--b", "x" * 81])
def test_a_slug_must_be_one(project: Project, new: str) -> None:
    with pytest.raises(ConfigError, match="is no slug"):
        renaming_of(project, "ferry", new=new)


def test_an_address_is_one_episodes_for_ever(project: Project) -> None:
    with pytest.raises(ConfigError, match="belongs to episode 'grain'"):
        renaming_of(project, "ferry", new="grain")
    do(project, renaming_of(project, "grain", new="wheat"))
    with pytest.raises(ConfigError, match="belongs to episode 'wheat'"):
        renaming_of(project, "ferry", new="grain")
    with pytest.raises(ConfigError, match="was renamed to 'wheat'"):
        find_episode(project, "grain")
    with pytest.raises(ConfigError, match="did you mean wheat"):
        find_episode(project, "wheatt")


def article(slug: str) -> Article:
    return Article(
        slug=slug,
        title="On the ferry",
        subtitle="",
        author="Ines Calder",
        published=NOW,
        language="en-GB",
        source_url="",
        summary="",
        tags=(),
        blocks=(),
    )


def test_the_old_name_of_an_article_is_told_its_new_one(project: Project) -> None:
    do(project, renaming_of(project, "ferry", new="the-ferry"))
    with pytest.raises(IdentityError, match="was renamed to 'the-ferry'") as caught:
        past_of(project, project.root / "seeds" / "ferry.md", article=article("ferry"))
    assert "slug: the-ferry" in caught.value.cure
    with pytest.raises(IdentityError, match="leads to it for ever"):
        past_of(project, project.root / "seeds" / "other" / "ferry.md", article=article("ferry"))
    past = past_of(project, project.root / "seeds" / "ferry.md", article=article("the-ferry"))
    assert past is not None
    assert past.guid == GUIDS["ferry"]


def test_two_ledgers_of_a_rename_that_was_stopped_are_one_episode(project: Project) -> None:
    before = feed_of(project)
    old = project.episode_ledger_path("ferry").read_bytes()
    renamed = renaming_of(project, "ferry", new="the-ferry").episode
    save_episode(project.episode_ledger_path("the-ferry"), renamed)
    assert [one.slug for one in load_episodes(project)] == ["grain", "ports", "the-ferry"]
    build_feed(project, now=LATER)
    assert feed_of(project) == before
    assert not project.episode_ledger_path("ferry").exists()
    # Whoever takes the old ledger out of git changes nothing.
    project.episode_ledger_path("ferry").write_bytes(old)
    build_feed(project, now=LATER)
    assert feed_of(project) == before
    assert not project.episode_ledger_path("ferry").exists()


def test_drafts_and_what_is_not_due_stay_out_and_are_told_of(project: Project) -> None:
    due = LATER + timedelta(days=30)
    keep(project, made(project, "later", published=due))
    written = build_feed(project, now=LATER)
    assert GUIDS["later"] not in feed_of(project)
    assert [(one.slug, one.state.value, one.due) for one in written.waiting] == [("later", "scheduled", due)]
    assert mark_all_published(project, LATER) == ()
    assert load_episode(project.episode_ledger_path("later")).revisions == ()
    assert [one.state.value for one in standings(project, now=due)] == ["listed"] * 4
    build_feed(project, now=due)
    assert guids_in(feed_of(project))[0] == GUIDS["later"]
    build_feed(project, now=LATER)
    assert GUIDS["later"] not in feed_of(project)


def test_files_of_what_is_not_listed_need_not_be_there_and_are_not_deleted(project: Project) -> None:
    draft = keep(project, made(project, "later", listing=Listing(is_draft=True)))
    build_feed(project, now=LATER)
    sound = project.root / draft.enclosure.file.path
    assert sound.is_file()
    sound.unlink()
    build_feed(project, now=LATER)
    (project.root / find_episode(project, "ferry").enclosure.file.path).unlink()
    with pytest.raises(FeedError, match="ferry-"):
        build_feed(project, now=LATER)


def test_a_show_of_drafts_has_no_feed_and_one_that_became_a_draft_loses_it(tmp_path: Path) -> None:
    project = kept_show(tmp_path / "show", "ferry")
    keep(project, made(project, "ferry", listing=Listing(is_draft=True)))
    written = build_feed(project, now=NOW)
    assert (written.listed, written.is_changed) == ((), True)
    assert not project.feed_path.exists()
    assert not build_feed(project, now=NOW).is_changed


def test_nothing_new_goes_out_without_an_approval(tmp_path: Path) -> None:
    project = strict(kept_show(tmp_path / "show"))
    for slug in ("ferry", "grain"):
        keep(project, made(project, slug))
    assert build_feed(project, now=NOW).listed == ()
    do(project, approval_of(project, "ferry", by=" Tomas Reyl ", now=NOW))
    assert guids_in(feed_of(project)) == [GUIDS["ferry"]]
    assert [one.slug for one in waiting_for_approval(project)] == ["grain"]
    assert mark_all_published(project, LATER) == ("ferry",)
    approval = find_episode(project, "ferry").approvals[0]
    assert (approval.by, approval.script_sha256) == ("Tomas Reyl", "5" * 64)
    assert approval_of(project, "ferry", by="Ines Calder", now=NOW).effects == ()


def test_a_correction_stops_the_feed_until_it_is_approved(project: Project) -> None:
    project = strict(project)
    build_feed(project, now=LATER)  # what is out needs no approval
    before = tree(project.root)
    corrected(project, "ferry")
    for act in (lambda: build_feed(project, now=LATER), lambda: mark_all_published(project, LATER)):
        with pytest.raises(FeedError, match="'ferry' needs an approval") as caught:
            act()
        assert "audio-edition approve ferry --by" in caught.value.cure
    assert tree(project.root)["feeds/podcast.xml"] == before["feeds/podcast.xml"]
    do(project, approval_of(project, "ferry", by="Tomas Reyl", now=LATER))
    assert find_episode(project, "ferry").enclosure.file.path in feed_of(project)
    assert mark_all_published(project, LATER) == ("ferry",)


def test_only_the_sound_that_was_made_is_approved(project: Project) -> None:
    sound = project.root / find_episode(project, "ferry").enclosure.file.path
    sound.write_bytes(sound.read_bytes()[:-1] + b"x")
    with pytest.raises(FeedError, match="not the sound that was made"):
        approval_of(project, "ferry", by="Tomas Reyl", now=LATER)
    with pytest.raises(ConfigError, match="--by"):
        approval_of(project, "grain", by=" ", now=LATER)


def test_the_history_tells_all_of_it(project: Project) -> None:
    do(project, approval_of(project, "ferry", by="Tomas Reyl", now=NOW))
    corrected(project, "ferry")
    waiting = history_of(project, "ferry", now=LATER)
    assert [one.reason for one in waiting.corrections_waiting] == ["It was four days."]
    assert waiting.changed == ("sound",)
    assert not waiting.is_live
    build_feed(project, now=LATER)
    mark_all_published(project, LATER)
    do(project, withdrawal_of(project, "ferry", reason="why", now=LATER))
    told = history_of(project, "ferry", now=LATER)
    assert [(one.reason, one.changed) for one in told.revisions] == [
        ("first published", ()),
        ("It was four days.", ("sound",)),
    ]
    assert [one.by for one in told.approvals] == ["Tomas Reyl"]
    assert (told.state.value, told.withdrawals[0].reason, told.corrections_waiting) == ("withdrawn", "why", ())


def test_the_files_of_a_revision_stay_under_every_slug(project: Project) -> None:
    do(project, renaming_of(project, "ferry", new="the-ferry"))
    files = media(project)
    past = find_episode(project, "the-ferry")
    new = made(project, "ferry", sound=b"x" * 999)
    moved = new.enclosure.file
    path = f"episodes/the-ferry/the-ferry-{moved.sha256[:8]}.mp3"
    (project.root / path).write_bytes((project.root / moved.path).read_bytes())
    file = msgspec.structs.replace(moved, path=path)
    again = msgspec.structs.replace(
        past,
        enclosure=msgspec.structs.replace(past.enclosure, file=file),
        content_sha256="f" * 64,
        corrections=(Correction(at=LATER, reason="why"),),
    )
    save_episode(project.episode_ledger_path("the-ferry"), again)
    build_feed(project, now=LATER)
    mark_all_published(project, LATER)
    build_feed(project, now=LATER)
    assert media(project).items() >= files.items()
    assert not (project.root / moved.path).exists(), "what nobody ever got does not pile up under an old slug either"


def test_a_ledger_in_another_folder_is_refused(project: Project) -> None:
    folder = project.folder_of("copy")
    folder.mkdir()
    ledger = project.episode_ledger_path("ferry")
    (folder / "episode.json").write_bytes(ledger.read_bytes())
    with pytest.raises(IdentityError, match="delete the copy: episodes/copy"):
        build_feed(project, now=LATER)
    ledger.unlink()
    with pytest.raises(IdentityError, match="audio-edition rename ferry copy"):
        build_feed(project, now=LATER)


def test_a_ledger_from_a_backup_is_older_than_what_is_out(project: Project) -> None:
    old = project.episode_ledger_path("ferry").read_bytes()
    corrected(project, "ferry")
    build_feed(project, now=LATER)
    mark_all_published(project, LATER)
    build_feed(project, now=LATER)
    before = feed_of(project)
    project.episode_ledger_path("ferry").write_bytes(old)
    with pytest.raises(IdentityError, match="published in 2 states, and its ledger knows of 1"):
        build_feed(project, now=LATER)
    assert feed_of(project) == before


Path_ = tuple[str | int, ...]


def places(value: object, *, here: Path_ = ()) -> Iterator[Path_]:
    """The way to every value inside of ``value``."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*here, key)
        yield from places(part, here=(*here, key))


EDITS: dict[str, Callable[[Any], Any]] = {
    "none": lambda _: None,
    "empty": lambda _: "",
    "list": lambda _: [],
    "object": lambda _: {},
    "true": lambda _: True,
    "false": lambda _: False,
    "number": lambda value: value + 1 if isinstance(value, int | float) else 7,
    "text": lambda value: f"{value}x",
    "digit": lambda value: re.sub(r"[0-9a-f]", "7", value, count=1) if isinstance(value, str) else value,
    "day": lambda value: value.replace("-02T", "-03T") if isinstance(value, str) else value,
    "double": lambda value: value + value[-1:] if isinstance(value, list) else value,
    "shorter": lambda value: value[:-1] if isinstance(value, list | str) else value,
    "slug": lambda _: "grain",
    "guid": lambda _: GUIDS["grain"],
}


def edited(raw: Any, place: Path_, *, edit: str) -> Any:
    """A copy of ``raw`` with one value changed, or taken out for "gone"."""
    copy = json.loads(json.dumps(raw))
    inside = copy
    for key in place[:-1]:
        inside = inside[key]
    if edit == "gone":
        del inside[place[-1]]
    else:
        inside[place[-1]] = EDITS[edit](inside[place[-1]])
    return copy


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A show with a bit of everything in its ledgers."""
    project = published_show(tmp_path_factory.mktemp("eventful") / "show", "ferry", "grain", "ports")
    do(project, approval_of(project, "ferry", by="Tomas Reyl", now=NOW))
    do(project, renaming_of(project, "grain", new="wheat"))
    do(project, withdrawal_of(project, "ferry", reason="why", now=NOW))
    do(project, restoration_of(project, "ferry", now=LATER))
    corrected(project, "ferry")
    build_feed(project, now=LATER)
    mark_all_published(project, LATER)
    build_feed(project, now=LATER)
    return project


LEDGERS = [*(f"episodes/{slug}/episode.json" for slug in ("ferry", "wheat", "ports")), "feeds/show.json"]


def contents(project: Project, *, but: str) -> dict[str, bytes]:
    return {name: data for name, (data, _) in tree(project.root).items() if name != but}


@contextmanager
def with_ledger(project: Project, name: str, raw: object) -> Iterator[None]:
    """The show with another ledger; all of it is as it was afterwards."""
    before = contents(project, but="")
    (project.root / name).write_text(json.dumps(raw))
    try:
        yield
    finally:
        after = contents(project, but="")
        for other in after.keys() - before.keys():
            (project.root / other).unlink()
        for other in before:
            if after.get(other) != before[other]:
                (project.root / other).write_bytes(before[other])


@pytest.mark.parametrize("is_sealed", [True, False])
@settings(max_examples=100)
@given(data=st.data())
def test_one_edit_of_a_ledger_changes_nothing_or_is_refused(
    eventful: Project, is_sealed: bool, data: st.DataObject
) -> None:
    """With its seal nothing at all comes through; without, as older ledgers are, at least no identity and no sound."""
    name = data.draw(st.sampled_from(LEDGERS))
    raw = json.loads((eventful.root / name).read_bytes())
    if not is_sealed:
        del raw["seal"]
    place = data.draw(st.sampled_from(list(places(raw))))
    changed = edited(raw, place, edit=data.draw(st.sampled_from([*EDITS, "gone"])))
    assume(changed != raw)
    before, sounds = contents(eventful, but=name), media(eventful)
    with with_ledger(eventful, name, changed):
        is_refused = refuses(eventful)
        if is_refused or is_sealed:
            assert contents(eventful, but=name) == before
        known, now = (
            guids_in(feed.decode()) for feed in (before["feeds/podcast.xml"], eventful.feed_path.read_bytes())
        )
        assert set(now) <= set(known)
        assert len(now) == len(set(now))
        assert media(eventful) == sounds


def refuses(project: Project) -> bool:
    """Whether the feed is refused, in a line with a cure."""
    try:
        build_feed(project, now=LATER)
    except PipelineError as error:
        return bool(error.cure)
    return False


@pytest.mark.parametrize("key", ["title", "notes_html", "published", "source_url", "author"])
def test_what_listeners_get_is_held_against_its_digest_where_there_is_no_seal(eventful: Project, key: str) -> None:
    raw = json.loads((eventful.root / LEDGERS[0]).read_bytes())
    del raw["seal"]
    raw[key] = raw[key].replace("0", "1") + ("" if key == "published" else "x")
    with (
        with_ledger(eventful, LEDGERS[0], raw),
        pytest.raises(IdentityError, match="was edited: what listeners get"),
    ):
        build_feed(eventful, now=LATER)
