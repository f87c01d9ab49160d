"""Both pages as a browser takes them apart: what stands there, where its links lead, and what cannot get in."""

import itertools
import posixpath
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Episode, Role
from pipeline.site import page_files, render_episode_page, render_show_page
from tests.samples import SHOW, episode, web_file
from tests.site.readings import ROWS, Reading, script_of, transcript_of

COVER = web_file("feeds/cover-aaaaaaaa.jpg", media_type="image/jpeg")
EVIL = "</script><script>alert(1)</script> \"quoted\" & 'so' <img src=x onerror=alert(1)> {{ show.email }}"


def episode_page(made: Episode | None = None, rows=ROWS, **changes: object) -> bytes:
    script = script_of(rows)
    show = msgspec.structs.replace(SHOW, **changes)
    return render_episode_page(show, made or episode(), script=script, transcript=transcript_of(script))


def show_page(*episodes: Episode, **changes: object) -> bytes:
    return render_show_page(msgspec.structs.replace(SHOW, **changes), episodes, COVER)


# The episode page


def test_the_episode_page_says_all_there_is_to_say() -> None:
    page = Reading(episode_page())
    for words in (
        "Why the straits are quiet",
        "Insurance, not navies, keeps the lane open",
        "By Ines Calder · 2 March 2026 · 7:01",
        "This episode is read by an automated voice: espeak en-gb.",
        "Voice: en-gb, spoken by espeak 1.52.0. Licence: GPL-3.0-or-later",
        "1:01 What the insurers saw",
        "The tankers pass the lighthouse without an escort. Nobody in the port asks why.",
        "Insurers moved first.",
    ):
        assert words in page.words
    assert page.all("html") == [{"lang": "en-GB"}]
    assert page.all("time")[0] == {"datetime": "2026-03-02T06:00:00Z"}
    assert "https://harbour-review.example/straits" in page.addresses


def test_the_sound_and_the_downloads_are_beside_the_page() -> None:
    page = Reading(episode_page())
    assert [audio["src"] for audio in page.all("audio")] == ["straits-aaaaaaaa.mp3"]
    assert "controls" in page.all("audio")[0]
    assert [link["href"] for link in page.all("a") if "download" in link] == [
        "straits-aaaaaaaa.mp3",
        "straits-aaaaaaaa.vtt",
        "straits-aaaaaaaa.srt",
    ]


def test_every_time_leads_to_a_place_in_the_transcript() -> None:
    page = Reading(episode_page())
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    times = [address for address in page.addresses if address.startswith("#")]
    assert {"#t=0", "#t=61.25", "#t=242.031"} <= set(times)
    assert {address[1:] for address in times} <= set(names)


def test_every_sentence_knows_when_it_is_heard() -> None:
    spans = [span for span in Reading(episode_page()).all("span") if "data-start" in span]
    assert [(span["data-start"], span["data-end"]) for span in spans[:2]] == [("0.3", "8.3"), ("10.3", "18.3")]
    assert len(spans) == len(ROWS)


def test_headings_quotations_and_lists_are_what_they_are() -> None:
    page = episode_page().decode()
    assert '<h3><span data-start="40.3" data-end="48.3">What the insurers saw</span></h3>' in page
    assert page.count("<blockquote>") == 1
    assert page.count('<ul class="passages">') == 1
    assert page.count('<li class="passage role-list-item">') == 2


def test_the_transcript_has_the_form_of_the_namespace() -> None:
    """Who speaks where the text names somebody, when, what. Source: podcast-namespace, transcripts/transcripts.md."""
    script = script_of()
    quoted = tuple(
        msgspec.structs.replace(said, speaker="Tomas Reyl & Sons") if said.role is Role.QUOTATION else said
        for said in script.utterances
    )
    script = msgspec.structs.replace(script, utterances=quoted)
    page = render_episode_page(SHOW, episode(), script=script, transcript=transcript_of(script))
    assert page.decode().count("<cite>") == 1
    names = [name for name, _ in Reading(page).tags]
    cited = names.index("cite")
    assert names[cited : cited + 5] == ["cite", "a", "time", "blockquote", "p"]
    assert "Tomas Reyl &amp; Sons</cite>" in page.decode()
    assert {"datetime": "PT60.3S"} in Reading(page).all("time")
    assert not Reading(episode_page()).all("cite")


def test_headings_go_down_one_step_at_a_time() -> None:
    for page in (episode_page(), show_page(episode())):
        levels = [int(tag[1]) for tag, _ in Reading(page).tags if tag in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_what_an_episode_does_not_have_leaves_no_trace() -> None:
    bare = episode(
        subtitle="",
        author="",
        summary="",
        source_url="",
        notes_html="",
        chapters=(),
        chapters_file=None,
        transcripts=(),
    )
    page = Reading(episode_page(bare))
    for words in ("Chapters", "Show notes", "By ", "Read the article", "None"):
        assert words not in page.words
    assert page.words.count("·") == 2


def test_the_date_is_that_of_utc() -> None:
    late = datetime(2026, 3, 1, 22, tzinfo=timezone(timedelta(hours=-8)))
    assert "2 March 2026" in Reading(episode_page(episode(published=late))).words


# The show page


def test_the_show_page_says_what_the_show_is_and_where_its_feed_is() -> None:
    page = Reading(show_page(episode(), description="Analyses.\n\nRead aloud.", subtitle="Trade and sea power"))
    for words in ("The Harbour Review", "Trade and sea power", "Analyses. Read aloud.", SHOW.feed_url):
        assert words in page.words
    assert page.all("img")[0]["src"] == "cover-aaaaaaaa.jpg"
    assert "alt" in page.all("img")[0]
    feed = {"rel": "alternate", "type": "application/rss+xml", "title": "The Harbour Review", "href": "podcast.xml"}
    assert feed in page.all("link")


def test_episodes_stand_newest_first_each_with_its_sound() -> None:
    days = {"first": 1, "third": 3, "second": 2}
    made = [episode(slug, title=slug, published=datetime(2026, 3, day, tzinfo=UTC)) for slug, day in days.items()]
    page = Reading(show_page(*made))
    assert [audio["src"] for audio in page.all("audio")] == [
        f"../episodes/{slug}/{slug}-aaaaaaaa.mp3" for slug in ("third", "second", "first")
    ]
    assert "../episodes/third/index.html" in page.addresses


def test_a_show_without_episodes_says_so() -> None:
    assert "There is no episode yet." in Reading(show_page()).words


# Both


@pytest.mark.parametrize(
    ("path", "page"), [("feeds/index.html", show_page(episode())), ("episodes/straits/index.html", episode_page())]
)
def test_links_within_the_show_are_relative_and_lead_to_what_is_published(path: str, page: bytes) -> None:
    made = episode()
    published = {"feeds/index.html", "feeds/podcast.xml", "episodes/straits/index.html", COVER.path, *page_files()}
    published |= {made.enclosure.file.path} | {transcript.file.path for transcript in made.transcripts}
    for address in Reading(page).addresses:
        if address.startswith(("#", "https://harbour-review.example/")):
            continue
        assert posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) in published, address


def test_nothing_is_fetched_from_anywhere_else() -> None:
    for page in (show_page(episode()), episode_page()):
        reading = Reading(page)
        fetched = [link["href"] for link in reading.all("link")]
        fetched += [tag["src"] for name in ("audio", "img", "script") for tag in reading.all(name)]
        assert fetched
        assert not any(":" in address or address.startswith("/") for address in fetched)
        assert not reading.all("style")
        assert not any(name == "style" or name.startswith("on") for _, tag in reading.tags for name in tag)


def test_the_same_values_give_the_same_bytes() -> None:
    assert episode_page() == episode_page()
    one, other = episode("one"), episode("other")
    assert show_page(one, other) == show_page(other, one)


def test_text_with_markup_is_shown_as_text() -> None:
    rows = tuple((role, block, paragraph, EVIL) for role, block, paragraph, _ in ROWS)
    texts = dict.fromkeys(("title", "subtitle", "author", "summary"), EVIL)
    chapters = tuple(msgspec.structs.replace(chapter, title=EVIL) for chapter in episode().chapters)
    evil = episode(**texts, chapters=chapters)
    show = dict.fromkeys(("title", "description", "author", "subtitle", "copyright"), EVIL)
    for page, plain in (
        (episode_page(evil, rows, **show), episode_page()),
        (show_page(evil, **show), show_page(episode())),
    ):
        reading = Reading(page)
        assert EVIL in reading.words
        assert len(reading.all("script")) == len(Reading(plain).all("script"))
        assert len(reading.all("img")) == len(Reading(plain).all("img"))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//evil.example"],
)
def test_a_link_that_is_no_web_address_is_dropped(url: str) -> None:
    for page in (episode_page(episode(source_url=url), link=url), show_page(episode(), link=url)):
        assert not [address for address in Reading(page).addresses if "script:" in address or "evil" in address]
        assert b"alert(1)" not in page


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_any_text_makes_a_whole_page(title: str, body: str) -> None:
    rows = ((Role.BODY, 0, 1, body),)
    for page in (episode_page(episode(title=title), rows), show_page(episode(title=title), description=body)):
        assert Reading(page).all("html") == [{"lang": "en-GB"}]
        assert b"\x00" not in page
