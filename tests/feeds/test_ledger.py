"""Identity: GUIDs are kept, never doubled, and nothing that listeners have changes without a reason."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pipeline.assembly import settled_corrections
from pipeline.errors import IdentityError
from pipeline.feeds.ledger import (
    check_identities,
    content_digest,
    load_episode,
    load_show_ledger,
    mark_published,
    mint_guid,
    moment_of_correction,
    podcast_guid,
    require_reason,
    save_episode,
    save_show_ledger,
    settled,
    without_superseded,
)
from pipeline.model import Correction, Episode, Loudness, ShowLedger
from tests.feeds.shows import EPISODES, GRAIN, LEDGER, PORTS, STRAITS
from tests.samples import web_file

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)


def published(*episodes: Episode) -> tuple[ShowLedger, tuple[Episode, ...]]:
    return mark_published(LEDGER, episodes, now=NOW)


def corrected(episode: Episode, *, is_silent: bool = False, **changes: object) -> Episode:
    correction = Correction(at=NOW + timedelta(days=1), reason="the year was wrong", is_silent=is_silent)
    return msgspec.structs.replace(
        episode, content_sha256="e" * 64, corrections=(*episode.corrections, correction), **changes
    )


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_podcast_guid_gives_the_values_of_the_specification(url: str, guid: str) -> None:
    assert podcast_guid(url) == guid


def test_a_guid_is_random() -> None:
    minted = {mint_guid() for _ in range(100)}
    assert len(minted) == 100
    assert {uuid.UUID(guid).version for guid in minted} == {4}


def test_an_episode_is_kept_as_it_is(tmp_path: Path) -> None:
    _, (episode,) = published(STRAITS)
    path = tmp_path / "episodes" / "straits" / "episode.json"
    assert load_episode(path) is None
    assert save_episode(path, episode)
    assert load_episode(path) == episode
    assert not save_episode(path, episode), "equal content must not touch the file"


def test_the_show_ledger_is_kept_and_sorted(tmp_path: Path) -> None:
    path = tmp_path / "feeds" / "show.json"
    assert load_show_ledger(path) is None
    save_show_ledger(path, ShowLedger(podcast_guid="x", published={"b": "2", "a": "1"}))
    first = path.read_bytes()
    assert not save_show_ledger(path, ShowLedger(podcast_guid="x", published={"a": "1", "b": "2"}))
    assert load_show_ledger(path) == ShowLedger(podcast_guid="x", published={"a": "1", "b": "2"})
    assert first.endswith(b"}\n")
    assert list(json.loads(first)["published"]) == ["a", "b"]
    assert b'\n  "podcast_guid"' in first, "a person must be able to read it"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"guid": 7}', b"\xff", b"<<<<<<< HEAD\n"])
def test_a_damaged_ledger_names_itself_and_the_cure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "episode.json"
    path.write_bytes(content)
    for load in (load_episode, load_show_ledger):
        with pytest.raises(IdentityError) as caught:
            load(path)
        assert caught.value.path == path
        assert f"git checkout -- {path}" in caught.value.cure


def test_a_ledger_that_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "episode.json"
    silence = Loudness(integrated_lufs=float("-inf"), true_peak_dbtp=-90.0, range_lu=0.0)
    save_episode(path, STRAITS)
    with pytest.raises(IdentityError, match="would not read back"):
        save_episode(path, msgspec.structs.replace(STRAITS, loudness=silence))
    assert load_episode(path) == STRAITS


def unsealed(path: Path, **changes: object) -> None:
    """The ledger as an older version would have written it, or as a person left it who took the seal out."""
    raw = json.loads(path.read_bytes())
    del raw["seal"]
    path.write_text(json.dumps(raw | changes), encoding="utf-8")


def test_an_edit_does_not_fit_the_seal_and_another_order_or_indent_does(tmp_path: Path) -> None:
    path = tmp_path / "episode.json"
    save_episode(path, STRAITS)
    raw = json.loads(path.read_bytes())
    path.write_text(json.dumps(raw, sort_keys=True), encoding="utf-8")
    assert load_episode(path) == STRAITS
    path.write_text(json.dumps(raw | {"voice": {**raw["voice"], "voice": "en-us"}}), encoding="utf-8")
    with pytest.raises(IdentityError, match="was edited, or merged") as caught:
        load_episode(path)
    assert f"git checkout -- {path}" in caught.value.cure


def test_a_ledger_without_a_seal_must_fit_its_own_digests(tmp_path: Path) -> None:
    path = tmp_path / "episode.json"
    old = msgspec.structs.replace(STRAITS, content_sha256=content_digest(STRAITS))
    save_episode(path, old)
    unsealed(path)
    assert load_episode(path) == old
    for changes in ({"title": "Another"}, {"content_sha256": "b" * 64}, {"source_url": ""}):
        save_episode(path, old)
        unsealed(path, **changes)
        with pytest.raises(IdentityError, match="was edited: what listeners get"):
            load_episode(path)
    moved = old.enclosure.file.path.replace("aaaaaaaa", "bbbbbbbb")
    save_episode(path, old)
    raw = json.loads(path.read_bytes())
    raw["enclosure"]["file"]["path"] = moved
    path.write_text(json.dumps(raw), encoding="utf-8")
    unsealed(path)
    with pytest.raises(IdentityError, match=rf"the name of {moved}"):
        load_episode(path)


def test_a_ledger_that_knows_of_fewer_states_than_were_published_is_refused() -> None:
    ledger, (straits,) = published(STRAITS)
    ledger = settled(ledger, [straits])
    assert ledger.revisions == {STRAITS.guid: 1}
    check_identities(ledger, [straits])
    with pytest.raises(IdentityError, match="published in 1 states, and its ledger knows of 0") as caught:
        check_identities(ledger, [STRAITS])
    assert caught.value.cure.endswith("git checkout -- episodes/straits/episode.json")


def test_a_renamed_episode_is_the_same_one_and_keeps_its_old_address_for_itself() -> None:
    ledger, (straits, *others) = published(*EPISODES)
    renamed = msgspec.structs.replace(straits, slug="strait", former_slugs=("straits",))
    check_identities(ledger, [renamed, *others])
    assert settled(ledger, [renamed]).published[STRAITS.guid] == "strait"
    assert without_superseded([straits, renamed, *others]) == (renamed, *others)
    back = msgspec.structs.replace(renamed, slug="straits", former_slugs=("straits", "strait"))
    assert without_superseded([renamed, back]) == (back,)
    squatter = msgspec.structs.replace(GRAIN, slug="straits")
    with pytest.raises(IdentityError, match="address straits stands in 2 episodes"):
        check_identities(LEDGER, [renamed, squatter])


def test_whole_identities_pass() -> None:
    check_identities(LEDGER, EPISODES)
    check_identities(*published(*EPISODES))


def test_a_published_episode_must_not_vanish() -> None:
    ledger, episodes = published(*EPISODES)
    with pytest.raises(IdentityError, match=r"'straits'.*is gone") as caught:
        check_identities(ledger, episodes[1:])
    assert caught.value.cure.endswith("git checkout -- episodes/straits/episode.json")


def test_a_published_guid_must_not_change() -> None:
    ledger, (straits, *others) = published(*EPISODES)
    with pytest.raises(IdentityError, match="'straits' changed its GUID"):
        check_identities(ledger, [msgspec.structs.replace(straits, guid=mint_guid()), *others])


def test_a_published_guid_must_keep_its_slug() -> None:
    ledger, (straits, *others) = published(*EPISODES)
    with pytest.raises(IdentityError, match="moved from episode 'straits' to 'strait'"):
        check_identities(ledger, [msgspec.structs.replace(straits, slug="strait"), *others])


def test_no_guid_stands_twice() -> None:
    twin = msgspec.structs.replace(GRAIN, guid=STRAITS.guid)
    with pytest.raises(IdentityError, match=r"GUID .* in 2 episodes: grain, straits"):
        check_identities(LEDGER, [STRAITS, twin, PORTS])


def test_no_sound_stands_twice() -> None:
    twin = msgspec.structs.replace(GRAIN, enclosure=STRAITS.enclosure)
    with pytest.raises(IdentityError, match=r"enclosure .*straits-aaaaaaaa\.mp3 stands in 2 episodes: grain, straits"):
        check_identities(LEDGER, [STRAITS, twin])


def test_a_lost_show_ledger_is_noticed() -> None:
    _, episodes = published(*EPISODES)
    with pytest.raises(IdentityError, match=r"feeds/show\.json does not name") as caught:
        check_identities(LEDGER, episodes)
    assert caught.value.cure == "restore it from git: git checkout -- feeds/show.json"


def test_first_publication_is_recorded_once() -> None:
    ledger, episodes = published(*EPISODES)
    assert ledger.published == {episode.guid: episode.slug for episode in EPISODES}
    assert all(episode.is_live for episode in episodes)
    assert [of.reason for of in episodes[0].revisions] == ["first published"]
    assert episodes[0].revisions[0].published_at == NOW
    assert mark_published(ledger, episodes, now=NOW + timedelta(days=9)) == (ledger, episodes)


def test_addresses_that_change_while_the_episode_stays_are_recorded_in_silence() -> None:
    ledger, (straits,) = published(STRAITS)
    elsewhere = web_file("episodes/straits/straits-eeeeeeee.chapters.json", media_type="x", digit="e")
    moved = msgspec.structs.replace(straits, chapters_file=elsewhere)
    assert moved.is_live
    later = NOW + timedelta(days=2)
    _, (marked,) = mark_published(ledger, [moved], now=later)
    assert marked.revisions[:-1] == straits.revisions
    newest = marked.revisions[-1]
    assert (newest.published_at, newest.is_silent, newest.files) == (later, True, moved.side_files)
    assert marked.is_live
    assert mark_published(ledger, [marked], now=later + timedelta(days=1))[1] == (marked,)


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_correction_becomes_a_revision_with_its_reason(is_silent: bool) -> None:
    ledger, (straits,) = published(STRAITS)
    changed = corrected(straits, is_silent=is_silent)
    later = NOW + timedelta(days=2)
    _, (live,) = mark_published(ledger, [changed], now=later)
    assert live.is_live
    newest = live.revisions[-1]
    assert (len(live.revisions), newest.reason, newest.published_at) == (2, "the year was wrong", later)
    assert newest.is_silent is is_silent
    assert (live.guid, live.published) == (STRAITS.guid, STRAITS.published)


def test_a_clock_that_was_set_back_changes_no_order() -> None:
    ledger, (straits,) = published(STRAITS)
    assert moment_of_correction(None, now=NOW) == moment_of_correction(STRAITS, now=NOW) == NOW
    assert moment_of_correction(straits, now=NOW + timedelta(days=1)) == NOW + timedelta(days=1)
    at = moment_of_correction(straits, now=NOW - timedelta(days=200))
    assert NOW < at < NOW + timedelta(seconds=1)
    reason = Correction(at=at, reason="the year was wrong")
    changed = msgspec.structs.replace(straits, content_sha256="e" * 64, corrections=(reason,))
    assert settled_corrections(changed) == (), "listeners have it not yet"
    _, (live,) = mark_published(ledger, [changed], now=NOW - timedelta(days=199))
    assert live.revisions[-1].reason == "the year was wrong"
    assert [one.published_at for one in live.revisions] == sorted(one.published_at for one in live.revisions)
    assert settled_corrections(live) == (reason,), "now they have it"


def test_a_change_without_a_reason_is_not_published() -> None:
    ledger, (straits,) = published(STRAITS)
    with pytest.raises(IdentityError, match="without a reason") as caught:
        mark_published(ledger, [msgspec.structs.replace(straits, content_sha256="f" * 64)], now=NOW)
    assert "--correct" in caught.value.cure
    _, (live,) = mark_published(ledger, [corrected(straits)], now=NOW + timedelta(days=2))
    with pytest.raises(IdentityError, match="without a reason"):
        mark_published(ledger, [msgspec.structs.replace(live, content_sha256="f" * 64)], now=NOW + timedelta(days=3))


def test_a_guard_is_silent_before_publication() -> None:
    require_reason(None, STRAITS)
    require_reason(STRAITS, msgspec.structs.replace(STRAITS, title="Another", content_sha256="f" * 64))
    later = msgspec.structs.replace(STRAITS, published=NOW)
    require_reason(STRAITS, later)


def test_an_equal_rebuild_needs_no_reason() -> None:
    _, (straits,) = published(STRAITS)
    require_reason(straits, straits)


def test_the_guard_says_what_would_change() -> None:
    _, (straits,) = published(STRAITS)
    sound = msgspec.structs.replace(
        straits.enclosure, file=web_file("episodes/straits/b.mp3", media_type="a", digit="b")
    )
    changed = msgspec.structs.replace(
        straits, enclosure=sound, title="New", notes_html="", chapters=(), transcripts=(), content_sha256="f" * 64
    )
    with pytest.raises(IdentityError, match="sound, title, show notes, chapters and transcript would change") as caught:
        require_reason(straits, changed)
    assert "--correct" in caught.value.cure
    with pytest.raises(IdentityError, match=", and show notes would change"):
        require_reason(straits, msgspec.structs.replace(straits, notes_html="<p>x</p>", content_sha256="f" * 64))


def test_a_reason_opens_the_guard_until_it_is_published() -> None:
    ledger, (straits,) = published(STRAITS)
    changed = corrected(straits)
    require_reason(straits, changed)
    # Not published yet: the same reason covers a second try, and taking it back needs none.
    again = msgspec.structs.replace(changed, content_sha256="f" * 64)
    require_reason(changed, again)
    require_reason(changed, msgspec.structs.replace(changed, content_sha256=straits.content_sha256))
    _, (live,) = mark_published(ledger, [again], now=NOW + timedelta(days=2))
    with pytest.raises(IdentityError, match="would change"):
        require_reason(live, msgspec.structs.replace(live, content_sha256="a" * 64))


def test_the_date_and_the_guid_of_a_published_episode_never_change() -> None:
    _, (straits,) = published(STRAITS)
    with pytest.raises(IdentityError, match="2026-03-02"):
        require_reason(straits, corrected(straits, published=NOW))
    with pytest.raises(IdentityError, match="change its GUID"):
        require_reason(STRAITS, msgspec.structs.replace(STRAITS, guid=mint_guid()))


def test_episodes_without_links_and_images_keep_the_digest_they_had() -> None:
    # Taken before chapters could have either: an update must not ask every publisher for reasons.
    assert content_digest(STRAITS) == "91f1c0e1cc9864a457b7d90fac4382dfaebb1c42df9595a41f58ea0178dcd899"
    assert content_digest(PORTS) == "571ab34cdb46a65f5b8ea3bf41c0ce528610d4e11d729c48ab40214793c2299e"


OWN_IMAGE, FAR_IMAGE = "episodes/straits/straits-bbbbbbbb.png", "https://pictures.example/far.png"


def with_first_chapter(**changes: object) -> Episode:
    first, *others = STRAITS.chapters
    return msgspec.structs.replace(STRAITS, chapters=(msgspec.structs.replace(first, **changes), *others))


def test_link_and_image_of_a_chapter_count_for_listeners() -> None:
    variants = [
        STRAITS,
        with_first_chapter(link="https://treaties.example/"),
        with_first_chapter(image=FAR_IMAGE),
        with_first_chapter(image=OWN_IMAGE),
        with_first_chapter(image=OWN_IMAGE.replace("bbbbbbbb", "cccccccc")),
        with_first_chapter(link="https://treaties.example/", image=OWN_IMAGE),
    ]
    assert len({content_digest(variant) for variant in variants}) == len(variants)


def test_the_address_of_an_own_image_in_the_chapters_file_does_not_count() -> None:
    other_file = web_file("episodes/straits/straits-eeeeeeee.chapters.json", media_type="x", digit="e")
    own, far = with_first_chapter(image=OWN_IMAGE), with_first_chapter(image=FAR_IMAGE)
    assert content_digest(own) == content_digest(msgspec.structs.replace(own, chapters_file=other_file))
    assert content_digest(own) != content_digest(msgspec.structs.replace(own, chapters_file=None))
    assert content_digest(far) != content_digest(msgspec.structs.replace(far, chapters_file=other_file))
