"""The rules: each one is kept by a good show and broken by one change, and every finding says how to mend it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from pipeline.feeds.ledger import mark_published, podcast_guid
from pipeline.feeds.writing import write_feed
from pipeline.model import (
    Artwork,
    ChapterOrigin,
    Correction,
    Enclosure,
    Episode,
    EpisodeChapter,
    EpisodeKind,
    FeedSettings,
    Funding,
    Listing,
    Person,
    RemoteShow,
    Revision,
    Season,
    Severity,
    Show,
    ShowLedger,
    ShowType,
    SoundSettings,
    TranscriptFile,
    UpdateFrequency,
    WebFile,
    Withdrawal,
)
from pipeline.notes import DISCLOSURE
from pipeline.rules import RULES, PublishedArtwork, ShowFacts, check
from pipeline.rules.categories import CATEGORIES, NAMES, nearest_category
from pipeline.rules.languages import is_language
from tests.samples import SHOW, episode, web_file

NOTES = f"<p>Insurers moved first.</p><p>This episode {DISCLOSURE}: espeak-ng.</p>"


def as_published(made: Episode, **changes: object) -> Episode:
    """``made`` with notes and a sound of 96 kbps, as a build leaves it."""
    file = msgspec.structs.replace(made.enclosure.file, length_bytes=5_059_680)
    whole = msgspec.structs.replace(made, notes_html=NOTES, enclosure=Enclosure(file=file, duration_s=421.64))
    return msgspec.structs.replace(whole, **changes)


STRAITS = as_published(episode())
GRAIN = as_published(
    episode("grain"),
    guid="0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02",
    title="The quiet end of the grain deal",
    published=datetime(2026, 5, 4, 6, tzinfo=UTC),
)
GOOD_SHOW = msgspec.structs.replace(
    SHOW,
    description="Analyses of trade and diplomacy, read by an automated voice.",
    base_url="https://audio.harbour-review.org/",
    link="https://harbour-review.org/",
    email="podcast@harbour-review.org",
)
LEDGER = ShowLedger(podcast_guid=podcast_guid(GOOD_SHOW.feed_url), published={STRAITS.guid: "straits"})
ARTWORK = Artwork(name="cover.jpg", format="JPEG", width_px=3000, height_px=3000, mode="RGB", length_bytes=400 * 1024)


def files_of(made: Episode) -> list[WebFile]:
    files = [made.enclosure.file, *(transcript.file for transcript in made.transcripts)]
    return [*files, *([made.chapters_file] if made.chapters_file else [])]


def facts_of(*episodes: Episode, show: Show = GOOD_SHOW) -> ShowFacts:
    """The facts of a show whose feed and files are as the episodes say."""
    art = web_file("feeds/cover-aaaaaaaa.jpg", media_type="image/jpeg")
    feed = write_feed(show, LEDGER, episodes=episodes, artwork=art)
    return ShowFacts(
        show=show,
        ledger=LEDGER,
        episodes=episodes,
        now=datetime(2026, 6, 1, tzinfo=UTC),
        artwork=ARTWORK,
        file_lengths={file.path: file.length_bytes for made in episodes for file in files_of(made)},
        feed_text=feed.decode(),
        published_artwork=PublishedArtwork(path=art.path, artwork=ARTWORK),
    )


GOOD = facts_of(STRAITS, GRAIN)
#: What an article says that says nothing of its place in the feed.
UNLISTED = Listing()
NOW = GOOD.now


def of_show(**changes: object) -> ShowFacts:
    return msgspec.structs.replace(GOOD, show=msgspec.structs.replace(GOOD_SHOW, **changes))


def of_artwork(**changes: object) -> ShowFacts:
    return msgspec.structs.replace(GOOD, artwork=msgspec.structs.replace(ARTWORK, **changes))


def of_episode(**changes: object) -> ShowFacts:
    return msgspec.structs.replace(GOOD, episodes=(msgspec.structs.replace(STRAITS, **changes), GRAIN))


def of_file(path: str, length: int | None) -> ShowFacts:
    return msgspec.structs.replace(GOOD, file_lengths={**GOOD.file_lengths, path: length})


def of_settings(**changes: object) -> ShowFacts:
    """The good show with other values under [feed]."""
    return of_show(feed=FeedSettings(**changes))


def of_listings(straits: Listing, grain: Listing = UNLISTED, *, show: Show = GOOD_SHOW) -> ShowFacts:
    """The good show, whose articles say this of their places in the feed."""
    both = [msgspec.structs.replace(made, listing=of) for made, of in ((STRAITS, straits), (GRAIN, grain))]
    return msgspec.structs.replace(facts_of(*both), show=show)


def of_feed(text: str | None) -> ShowFacts:
    return msgspec.structs.replace(GOOD, feed_text=text)


def chapters(*marks: tuple[int, str]) -> tuple[EpisodeChapter, ...]:
    return tuple(EpisodeChapter(start_ms=at, title=title, origin=ChapterOrigin.HEADING) for at, title in marks)


def typed(name: str, media_type: str) -> WebFile:
    return WebFile(path=f"episodes/straits/{name}", media_type=media_type, length_bytes=1000, sha256="a" * 64)


def sound(**changes: object) -> Enclosure:
    return msgspec.structs.replace(STRAITS.enclosure, **changes)


def loudness(**changes: object) -> dict[str, object]:
    return {"loudness": msgspec.structs.replace(STRAITS.loudness, **changes)}


@dataclass
class Breach:
    """Facts that break ``rule``, and what the finding must name: in what it says, and in the cure."""

    rule: str
    facts: ShowFacts
    says: str
    cure: str = ""


def revision(path: str) -> Revision:
    """A published state of STRAITS whose sound lay under another name."""
    return Revision(
        published_at=GOOD.now,
        reason="first published",
        enclosure=Enclosure(file=typed(path, "audio/mpeg"), duration_s=1.0),
        content_sha256="0" * 64,
    )


#: STRAITS with an image, whose chapters file (of another content) does not give its address.
PICTURED = tuple(
    msgspec.structs.replace(chapter, image="episodes/straits/straits-bbbbbbbb.png") for chapter in STRAITS.chapters
)


def as_revised(made: Episode) -> Episode:
    """``made`` as it is after listeners have got it in this very state."""
    _, (marked,) = mark_published(LEDGER, [made], now=NOW)
    return marked


#: STRAITS, published and then built again with other notes.
CORRECTED = msgspec.structs.replace(
    as_revised(STRAITS),
    notes_html=NOTES + "<p>Corrected.</p>",
    content_sha256="e" * 64,
    corrections=(Correction(at=NOW, reason="It named the wrong ship."),),
)
REVIEWED_SHOW = msgspec.structs.replace(GOOD_SHOW, approval="required")
FEED = GOOD.feed_text or ""
BREACHES = [
    Breach("base-url-address", of_show(base_url="audio"), "'audio'", 'base_url = "https://'),
    Breach("base-url-address", of_show(base_url="https://höfe.org/"), "höfe", "base_url"),
    Breach("base-url-https", of_show(base_url="http://a.org/"), "http://a.org/", 'base_url = "https://a.org/"'),
    Breach("placeholder", of_show(base_url="https://audio.example.com/"), "placeholder", "base_url"),
    Breach("placeholder", of_show(link="https://review.example/"), "placeholder", "link"),
    Breach("placeholder", of_show(email="me@example.org"), "placeholder", "email"),
    Breach("placeholder", of_show(base_url="http://localhost:8000/"), "placeholder", "base_url"),
    Breach("show-title", of_show(title=" "), "0 characters", "title"),
    Breach("show-title", of_show(title="T" * 256), "256 characters", "title"),
    Breach("show-author", of_show(author=""), "no author", "author"),
    Breach("show-description", of_show(description=""), "0 bytes", "description"),
    Breach("show-description", of_show(description="automated ä" * 400), "4800 bytes", "description"),
    Breach("show-language", of_show(language="en_GB"), "'en_GB'", "language"),
    Breach("show-language", of_show(language="xx"), "'xx'", "language"),
    Breach("show-link", of_show(link="harbour-review.org"), "'harbour-review.org'", "link"),
    Breach("category-missing", of_show(categories=()), "no category", "categories"),
    Breach("category-unknown", of_show(categories=("News > politics",)), "'News > politics'", '"News > Politics"'),
    Breach("category-unknown", of_show(categories=("Politics",)), "'Politics'", '"News > Politics"'),
    Breach("category-unknown", of_show(categories=("Zzz",)), "'Zzz'", "Apple's list"),
    Breach("category-many", of_show(categories=("News", "History", "Government")), "1 of them", "two"),
    Breach("owner-email", of_show(email=""), "no e-mail", "email"),
    Breach("owner-email", of_show(email="the editors"), "'the editors'", "email"),
    Breach("owner-hidden", of_show(feed=FeedSettings(has_owner=False)), "no owner", "has_owner = true"),
    Breach(
        "serial-numbers",
        of_listings(Listing(), Listing(number=1), show=msgspec.structs.replace(GOOD_SHOW, type=ShowType.SERIAL)),
        "no number",
        "`episode: 1`",
    ),
    Breach("number-twice", of_listings(Listing(number=4), Listing(number=4)), "the number 4", "`episode:`"),
    Breach(
        "number-twice",
        of_listings(Listing(season=2, number=4), Listing(season=2, number=4)),
        "4 of season 2",
        "`episode:`",
    ),
    Breach("season-missing", of_listings(Listing(season=2), Listing()), "Unknown Season", "`season: 1`"),
    Breach("season-names", of_show(seasons=(Season(number=1, name="Ice"), Season(number=1, name="Thaw"))), "season 1"),
    Breach(
        "trailer-several",
        of_listings(Listing(kind=EpisodeKind.TRAILER), Listing(kind=EpisodeKind.TRAILER)),
        "trailers of the show",
        "withdraw",
    ),
    Breach(
        "approval-missing",
        msgspec.structs.replace(GOOD, show=REVIEWED_SHOW, episodes=(CORRECTED, GRAIN)),
        "nobody has approved",
        "audio-edition approve straits --by NAME",
    ),
    Breach("not-listed", of_episode(listing=Listing(is_draft=True)), "a draft", "take `draft` out of seeds/straits.md"),
    Breach(
        "not-listed",
        of_episode(published=NOW + timedelta(seconds=1)),
        "into the feed on 2026-06-01 00:00 UTC",
        "audio-edition feed",
    ),
    Breach(
        "not-listed", of_episode(listing=Listing(embargo_until=NOW + timedelta(days=1))), "embargo until 2026-06-02"
    ),
    Breach(
        "not-listed",
        msgspec.structs.replace(GOOD, show=REVIEWED_SHOW, episodes=(STRAITS, as_revised(GRAIN))),
        "nobody has approved it",
        "audio-edition approve straits --by NAME",
    ),
    Breach("podcast-guid", msgspec.structs.replace(GOOD, ledger=ShowLedger(podcast_guid="x")), "'x'", "git checkout"),
    Breach("license-url", of_settings(license_url="https://review.org/terms"), "no name", "license ="),
    Breach("license-url", of_settings(license="own", license_url="terms.html"), "'terms.html'", "https://"),
    Breach(
        "funding-url", of_settings(funding=(Funding(url="http://a.org/", text="Give"),)), "http://a.org/", "https://"
    ),
    Breach("person-address", of_settings(persons=(Person(name="Salka", url="salka"),)), "'salka'", "https://"),
    Breach("person-name", of_settings(persons=(Person(name=" "),)), "0 characters", "name"),
    Breach("person-name", of_settings(persons=(Person(name="Salka", role="r" * 129),)), "129 characters", "role"),
    Breach("remote-item", of_settings(podroll=(RemoteShow(feed_guid="amaro"),)), "'amaro'", "podcast:guid"),
    Breach("remote-item", of_settings(publisher=RemoteShow(feed_guid=LEDGER.podcast_guid)), "itself"),
    Breach("podroll-address", of_settings(podroll=(RemoteShow(feed_guid=STRAITS.guid, title="Ostrava"),)), "Ostrava"),
    Breach(
        "podroll-address",
        of_settings(podroll=(RemoteShow(feed_guid=STRAITS.guid, feed_url="ftp://a.org/feed"),)),
        "ftp://a.org/feed",
        "https://",
    ),
    Breach(
        "update-frequency",
        of_settings(update_frequency=UpdateFrequency(text="weekly", rrule="every week")),
        "'every week'",
        "FREQ=WEEKLY",
    ),
    Breach(
        "update-frequency",
        of_settings(update_frequency=UpdateFrequency(text="ten weeks", rrule="FREQ=WEEKLY;COUNT=10")),
        "counts from a date",
        "UNTIL=",
    ),
    Breach(
        "feed-paged",
        msgspec.structs.replace(GOOD, further_pages=(GOOD.feed_text or "",)),
        "2 of 4 episodes",
        "items_per_page = 0",
    ),
    Breach("show-blocked", of_settings(is_private=True), "private", "submit it nowhere"),
    Breach("private-hub", of_settings(is_private=True, websub_hub="https://hub.org/"), "hands it", 'websub_hub = ""'),
    Breach(
        "complete-early",
        msgspec.structs.replace(
            of_settings(is_complete=True),
            episodes=(msgspec.structs.replace(STRAITS, listing=Listing(is_draft=True)), GRAIN),
        ),
        "1 episodes are still to come (straits)",
        "is_complete",
    ),
    Breach("license-name", of_show(feed=FeedSettings(license="CC BY 4.0")), "'CC BY 4.0'", 'license = "cc-by-4.0"'),
    Breach("hub-address", of_show(feed=FeedSettings(websub_hub="hub")), "'hub'", "websub_hub"),
    Breach("copyright-words", of_show(copyright="© 2026 The Trust"), "© 2026", "copyright"),
    Breach("show-disclosure", of_show(description="Analyses of trade."), "automated", "description"),
    Breach("artwork-missing", msgspec.structs.replace(GOOD, artwork=None), "cover.jpg", "artwork"),
    Breach("artwork-square", of_artwork(height_px=2000), "3000 by 2000", "2000 by 2000"),
    Breach("artwork-pixels", of_artwork(width_px=1399, height_px=1399), "1399", "3000"),
    Breach("artwork-pixels", of_artwork(width_px=3001, height_px=3001), "3001", "3000"),
    Breach("artwork-format", of_artwork(format="WEBP", name="cover.webp"), "WEBP", "JPEG"),
    Breach("artwork-colours", of_artwork(mode="RGBA", format="PNG", name="cover.png"), "RGBA", "RGB"),
    Breach("artwork-colours", of_artwork(mode="CMYK"), "CMYK", "RGB"),
    Breach("artwork-ending", of_artwork(format="PNG"), "cover.jpg is a PNG", 'artwork = "cover.png"'),
    Breach("artwork-ending", of_artwork(name="cover.jpeg"), ".jpg", 'artwork = "cover.jpg"'),
    Breach("artwork-bytes", of_artwork(length_bytes=513 * 1024), "513 KB", "512 KB"),
    Breach(
        "artwork-published",
        msgspec.structs.replace(GOOD, published_artwork=PublishedArtwork(path="feeds/cover-b.jpg", artwork=None)),
        "feeds/cover-b.jpg",
        "audio-edition feed",
    ),
    Breach(
        "artwork-published",
        msgspec.structs.replace(
            GOOD,
            published_artwork=PublishedArtwork(path="feeds/cover-b.jpg", artwork=ARTWORK, is_current=False),
        ),
        "older than cover.jpg",
        "audio-edition feed",
    ),
    Breach(
        "episode-missing",
        of_listings(Listing(is_draft=True), Listing(is_draft=True)),
        "none of the 2 episodes",
        "audio-edition status",
    ),
    Breach("episode-missing", msgspec.structs.replace(GOOD, episodes=()), "no episode", "audio-edition episode"),
    Breach("guid-twice", of_episode(guid=GRAIN.guid), GRAIN.guid, "episodes/straits/episode.json"),
    Breach("guid-gone", msgspec.structs.replace(GOOD, episodes=(GRAIN,)), STRAITS.guid, "git checkout"),
    Breach("enclosure-twice", of_episode(enclosure=GRAIN.enclosure), "grain-aaaaaaaa.mp3", "episodes/straits/"),
    Breach("date-twice", of_episode(published=GRAIN.published), "2026-05-04 06:00:00 UTC", "times"),
    Breach(
        "date-ahead",
        of_episode(published=NOW + timedelta(seconds=1), revisions=(revision("x"),)),
        "2026-06-01 00:00",
        "correct the date in seeds/straits.md",
    ),
    Breach("episode-title", of_episode(title=""), "0 characters", "seeds/straits.md"),
    Breach("episode-title", of_episode(title="T" * 256), "256 characters", "seeds/straits.md"),
    Breach("title-number", of_episode(title="Episode 12: Quiet straits"), "Episode 12", "number"),
    Breach("title-number", of_episode(title="#7 Quiet straits"), "#7", "number"),
    Breach("title-number", of_episode(title="Quiet straits (S01E02)"), "S01E02", "number"),
    Breach("title-show", of_episode(title="The harbour review: quiet"), "quiet", "name"),
    Breach("notes-long", of_episode(notes_html=NOTES + "ß" * 2000), "too many", "audio-edition episode"),
    Breach("notes-empty", of_episode(notes_html=" "), "no show notes", "audio-edition episode"),
    Breach("notes-tags", of_episode(notes_html=NOTES + "<script>x</script><b>y</b>"), "<b>, <script>"),
    Breach("notes-links", of_episode(notes_html=NOTES + '<a href="/more">x</a>'), "'/more'", "whole address"),
    Breach("notes-links", of_episode(notes_html=NOTES + '<a href="javascript:x()">x</a>'), "javascript"),
    Breach("notes-disclosure", of_episode(notes_html="<p>Insurers.</p>"), "automated", "audio-edition episode"),
    Breach("duration", of_episode(enclosure=sound(duration_s=0.3)), "0.3 s"),
    Breach("loudness", of_episode(**loudness(integrated_lufs=-17.1)), "-17.1 LUFS", "loudness_lufs = -16.0"),
    Breach("loudness", of_episode(**loudness(integrated_lufs=float("nan"))), "nan", "loudness_lufs"),
    Breach("true-peak", of_episode(**loudness(true_peak_dbtp=-0.9)), "-0.9 dBTP", "true_peak_dbtp = -1.0"),
    Breach("bit-rate-low", of_episode(enclosure=sound(duration_s=1300.0)), "31 kbps", "bitrate_kbps = 96"),
    Breach("bit-rate", of_show(sound=SoundSettings(bitrate_kbps=48)), "48 kbps", "bitrate_kbps = 96"),
    Breach("bit-rate", of_show(sound=SoundSettings(bitrate_kbps=192)), "192 kbps", "bitrate_kbps = 96"),
    Breach("chapters-order", of_episode(chapters=chapters((500, "A"), (600, "B"), (700, "C"))), "0.5 s"),
    Breach("chapters-order", of_episode(chapters=chapters((0, "A"), (700, "B"), (700, "C"))), "each other"),
    Breach("chapters-late", of_episode(chapters=chapters((0, "A"), (1, "B"), (421_640, "C"))), "'C'"),
    Breach("chapters-few", of_episode(chapters=chapters((0, "A"))), "1 chapters", "headings"),
    Breach("chapters-few", of_episode(chapters=(), enclosure=sound(duration_s=601.0)), "0 chapters", "headings"),
    Breach("chapter-title", of_episode(chapters=chapters((0, "A"), (1, "B" * 46), (2, "C"))), "46", "seeds/"),
    Breach("enclosure-file", of_file("episodes/straits/straits-aaaaaaaa.mp3", None), "is missing", "make it again"),
    Breach("enclosure-file", of_file("episodes/straits/straits-aaaaaaaa.mp3", 5), "5 bytes", "make it again"),
    Breach(
        "old-file", of_episode(revisions=(revision("episodes/straits/straits-00000000.mp3"), revision("x"))), "gone"
    ),
    Breach("enclosure-type", of_episode(enclosure=sound(file=typed("a.mp3", "audio/mp3"))), "audio/mpeg"),
    Breach("enclosure-type", of_episode(enclosure=sound(file=typed("a.ogg", "audio/ogg"))), ".ogg"),
    Breach("transcript-file", of_file("episodes/straits/straits-aaaaaaaa.srt", None), "srt is missing"),
    Breach(
        "transcript-type",
        of_episode(transcripts=(TranscriptFile(file=typed("a.vtt", "text/plain"), language="en"),)),
        "text/vtt",
    ),
    Breach("transcript-missing", of_episode(transcripts=STRAITS.transcripts[1:]), "WebVTT"),
    Breach("chapters-file", of_file("episodes/straits/straits-aaaaaaaa.chapters.json", None), "json is missing"),
    Breach("chapters-moved", of_episode(chapters=PICTURED), "other addresses for its images", "make it again"),
    Breach("chapter-image-file", of_episode(chapter_images=(typed("map.png", "image/png"),)), "map.png is missing"),
    Breach("chapter-image-type", of_episode(chapter_images=(typed("map.png", "image/jpeg"),)), "image/png"),
    Breach("plain-addresses", of_episode(enclosure=sound(file=typed("ä b.mp3", "audio/mpeg"))), "ä b.mp3", "slug"),
    Breach("feed-missing", of_feed(None), "no feed", "audio-edition feed"),
    Breach("feed-address", of_feed(FEED.replace("feeds/podcast.xml", "feeds/x.xml")), "podcast.xml", "feed"),
    Breach("feed-stale", of_feed(FEED.replace(STRAITS.guid, "")), "GUID of episode straits", "audio-edition feed"),
    Breach("feed-stale", of_feed(FEED.replace("straits-aaaaaaaa.mp3", "x.mp3")), "sound of episode straits"),
    Breach(
        "feed-stale",
        of_episode(withdrawals=(Withdrawal(at=GOOD.now, reason="It named the wrong ship."),)),
        "has episode straits",
        "audio-edition feed",
    ),
    Breach("feed-budget", of_feed(FEED + " " * 1_000_000), "apps get slow"),
    Breach("feed-limit", of_feed(FEED + " " * 5_000_000), "refuse"),
]


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach.rule}: {breach.says}")
def test_a_breach_is_found_and_its_cure_named(breach: Breach) -> None:
    found = [finding for finding in check(breach.facts) if finding.rule == breach.rule]
    assert len(found) == 1
    (finding,) = found
    assert breach.says in finding.what
    assert breach.cure in finding.cure
    assert finding.where
    assert finding.cure
    assert finding.directories


def test_a_good_show_breaks_no_rule() -> None:
    assert check(GOOD) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_breach_in_the_table(rule) -> None:
    assert rule.id in {breach.rule for breach in BREACHES}


def test_rules_have_names_of_their_own_and_say_who_says_so() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.source.in_words.startswith(f"{rule.source.document} (")
        assert rule.source.row in rule.source.in_words


def test_the_sample_show_has_no_fault_but_its_placeholders() -> None:
    found = check(facts_of(STRAITS, GRAIN, show=SHOW))
    assert {finding.rule for finding in found if finding.severity is not Severity.ADVICE} == {"placeholder"}
    assert [finding.where for finding in found if finding.rule == "placeholder"] == [
        "show.toml, base_url",
        "show.toml, link",
        "show.toml, email",
    ]


def test_errors_come_first_and_then_the_order_of_the_rules() -> None:
    facts = msgspec.structs.replace(
        of_show(title="", link="x", categories=("News", "History", "Arts"), base_url="http://a.org/"), feed_text=None
    )
    order = [(finding.severity.value, finding.rule) for finding in check(facts)]
    assert order == [
        ("error", "show-title"),
        ("error", "show-link"),
        ("error", "feed-missing"),
        ("warning", "base-url-https"),
        ("advice", "category-many"),
    ]


def test_what_waits_for_its_day_is_advice_and_no_fault_of_the_feed() -> None:
    waiting = as_published(
        episode("ostrava"), guid="3b2f8f0e-3f3a-4d1f-9a52-2d6a6d8a1c77", published=NOW + timedelta(days=3)
    )
    lengths = {file.path: file.length_bytes for file in files_of(waiting)}
    found = check(
        msgspec.structs.replace(GOOD, episodes=(STRAITS, GRAIN, waiting), file_lengths={**GOOD.file_lengths, **lengths})
    )
    assert [(finding.rule, finding.severity) for finding in found] == [("not-listed", Severity.ADVICE)]


def test_of_what_was_withdrawn_nothing_is_asked() -> None:
    withdrawn = msgspec.structs.replace(
        STRAITS,
        title="Episode 12",
        notes_html="",
        revisions=(revision("episodes/straits/straits-aaaaaaaa.mp3"),),
        withdrawals=(Withdrawal(at=NOW, reason="It named the wrong ship."),),
    )
    without = facts_of(GRAIN)
    facts = msgspec.structs.replace(without, episodes=(GRAIN, withdrawn), file_lengths=GOOD.file_lengths)
    assert check(facts) == ()


def test_further_pages_are_part_of_the_feed() -> None:
    first, second = facts_of(STRAITS).feed_text, facts_of(GRAIN).feed_text
    both = check(msgspec.structs.replace(GOOD, feed_text=first, further_pages=(second or "",)))
    assert {one.rule for one in both} == {"feed-paged"}
    assert {one.rule for one in check(msgspec.structs.replace(GOOD, feed_text=first))} == {"feed-stale"}


def test_what_stands_beside_the_order_of_a_serial_show_needs_no_number() -> None:
    serial = msgspec.structs.replace(GOOD_SHOW, type=ShowType.SERIAL)
    facts = of_listings(Listing(kind=EpisodeKind.BONUS, season=1), Listing(number=1, season=1), show=serial)
    assert check(facts) == ()


def test_a_trailer_needs_no_number_and_no_season() -> None:
    serial = msgspec.structs.replace(GOOD_SHOW, type=ShowType.SERIAL)
    facts = of_listings(Listing(kind=EpisodeKind.TRAILER), Listing(number=1, season=1), show=serial)
    assert check(facts) == ()


def test_a_correction_that_waits_for_its_approval_does_not_make_the_feed_stale() -> None:
    old = facts_of(as_revised(STRAITS), as_revised(GRAIN)).feed_text
    sound = web_file("episodes/straits/straits-bbbbbbbb.mp3", media_type="audio/mpeg")
    enclosure = msgspec.structs.replace(CORRECTED.enclosure, file=sound)
    corrected = msgspec.structs.replace(CORRECTED, enclosure=enclosure)
    facts = msgspec.structs.replace(facts_of(corrected, as_revised(GRAIN), show=REVIEWED_SHOW), feed_text=old)
    assert "approval-missing" in {finding.rule for finding in check(facts)}
    assert "feed-stale" not in {finding.rule for finding in check(facts)}
    assert "feed-stale" in {finding.rule for finding in check(msgspec.structs.replace(facts, show=GOOD_SHOW))}


def test_what_is_live_needs_no_approval_later() -> None:
    _, (live,) = mark_published(LEDGER, [STRAITS], now=NOW)
    assert live.is_live
    assert not live.is_approved
    found = check(msgspec.structs.replace(GOOD, show=REVIEWED_SHOW, episodes=(live,)))
    assert "approval-missing" not in {finding.rule for finding in found}


def test_a_published_episode_is_rebuilt_with_a_reason() -> None:
    _, (first,) = mark_published(LEDGER, [STRAITS], now=GOOD.now)
    live = msgspec.structs.replace(first, notes_html="")
    found = check(msgspec.structs.replace(GOOD, episodes=(live, GRAIN)))
    assert {finding.cure for finding in found if finding.rule == "notes-empty"} == {
        'build it again: audio-edition episode seeds/straits.md --correct "why"'
    }


def test_apples_table_is_whole() -> None:
    assert len(CATEGORIES) == 19
    assert len(NAMES) == 19 + 91 == len(set(NAMES))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("news>politics", "News > Politics"),
        ("Poltics", "News > Politics"),
        ("Society and Culture", "Society & Culture"),
        ("Religion & Spirituality > Religion", "Religion & Spirituality > Religion"),
        ("Non-profit", "Business > Non-Profit"),
        ("qqqq", ""),
    ],
)
def test_the_nearest_category_is_what_was_meant(written: str, meant: str) -> None:
    assert nearest_category(written) == meant


@pytest.mark.parametrize(
    ("tag", "is_one"),
    [
        ("en", True),
        ("en-GB", True),
        ("zh-Hant-TW", True),
        ("ast", True),
        ("en_GB", False),
        ("EN", False),
        ("qq", False),
    ],
)
def test_language_tags(tag: str, is_one: bool) -> None:
    assert is_language(tag) is is_one
