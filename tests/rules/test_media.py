"""The rules over media files: each is kept by a good episode and broken by one change, and says which file it is."""

from dataclasses import dataclass

import msgspec
import pytest

from pipeline.model import Episode, Loudness, SoundSettings
from pipeline.rules import judged
from pipeline.rules.media import (
    MEDIA_RULES,
    ChapterEntry,
    ChaptersFacts,
    EpisodeMedia,
    ImageFacts,
    MediaFacts,
    SoundFacts,
    TagFacts,
    TranscriptFacts,
)
from tests.samples import SHOW, episode, web_file

WORDS = "a" * 64
EPISODE = episode(
    chapter_images=(web_file("episodes/straits/straits-aaaaaaaa.png", media_type="image/png"),),
)
ENTRIES = tuple(ChapterEntry(start_ms=of.start_ms, title=of.title) for of in EPISODE.chapters)
TAG = TagFacts(
    format="ID3v2.3",
    title="Why the straits are quiet",
    artist="Ines Calder",
    album="The Harbour Review",
    has_cover=True,
    chapters=ENTRIES,
    words_sha256=WORDS,
)
SOUND = SoundFacts(
    path="episodes/straits/straits-aaaaaaaa.mp3",
    codec="MP3",
    sample_rate=44100,
    channels=1,
    duration_s=421.64,
    bitrate_kbps=96,
    has_varying_bitrate=False,
    is_gapless=True,
    tag=TAG,
)
VTT, SRT = (
    TranscriptFacts(
        path=form.file.path,
        cues=80,
        end_ms=421_640,
        words_sha256=WORDS,
        first_words="Insurers moved",
        sha256=form.file.sha256,
    )
    for form in EPISODE.transcripts
)
CHAPTERS = ChaptersFacts(path="episodes/straits/straits-aaaaaaaa.chapters.json", chapters=ENTRIES, sha256=WORDS)
IMAGE = ImageFacts(path=EPISODE.chapter_images[0].path, media_type="image/png", sha256=WORDS)
GOOD = MediaFacts(sound=SOUND, transcripts=(VTT, SRT), chapters=CHAPTERS, images=(IMAGE,))


def media(files: MediaFacts, *, of: Episode = EPISODE, **settings: object) -> EpisodeMedia:
    return EpisodeMedia(show=msgspec.structs.replace(SHOW, **settings), episode=of, files=files)


def of_files(**changes: object) -> EpisodeMedia:
    return media(msgspec.structs.replace(GOOD, **changes))


def of_sound(**changes: object) -> EpisodeMedia:
    return of_files(sound=msgspec.structs.replace(SOUND, **changes))


def of_tag(**changes: object) -> EpisodeMedia:
    return of_sound(tag=msgspec.structs.replace(TAG, **changes))


def of_srt(**changes: object) -> EpisodeMedia:
    return of_files(transcripts=(VTT, msgspec.structs.replace(SRT, **changes)))


def of_chapters(*entries: tuple[int, str], **changes: object) -> EpisodeMedia:
    listed = tuple(ChapterEntry(start_ms=start_ms, title=title) for start_ms, title in entries)
    return of_files(chapters=msgspec.structs.replace(CHAPTERS, chapters=listed or ENTRIES, **changes))


def measured(lufs: float, peak: float) -> EpisodeMedia:
    return of_sound(loudness=Loudness(integrated_lufs=lufs, true_peak_dbtp=peak, range_lu=3.0))


@dataclass
class Breach:
    """Facts that break ``rules`` and no other, and what the first finding must say."""

    rules: str
    facts: EpisodeMedia
    says: str


#: The first three chapters of the feed, and one that is none of them.
STARTS = tuple((of.start_ms, of.title) for of in EPISODE.chapters)
BREACHES = [
    Breach("sound-unreadable", of_sound(fault="the file is cut: it has 3 of 9 frames"), "3 of 9 frames"),
    Breach("sound-format", of_sound(codec="Vorbis"), "holds Vorbis, and the feed says it is audio/mpeg"),
    Breach("sound-changed", of_sound(sha256="b" * 64), "not those that its ledger"),
    Breach("sound-duration", of_sound(duration_s=423.0), "lasts 423.0 s, and the feed says 421.6"),
    Breach("sound-rate", of_sound(sample_rate=22050), "22050 Hz"),
    Breach("sound-channels", of_sound(channels=6, bitrate_kbps=200), "6 channels"),
    Breach("bit-rate-varies", of_sound(has_varying_bitrate=True), "varies"),
    Breach("bit-rate", of_sound(bitrate_kbps=40), "40 kbps, where 64 to 128"),
    Breach("bit-rate", of_sound(bitrate_kbps=320, channels=2), "320 kbps, where 128 to 256"),
    Breach("sound-header", of_sound(is_gapless=False), "players guess"),
    Breach("loudness", measured(-19.2, -3.0), "measures -19.2 LUFS"),
    Breach("loudness", measured(float("nan"), -3.0), "nan"),
    Breach("true-peak", measured(-16.0, -0.3), "-0.3 dBTP, above -1"),
    Breach("tag-missing", of_tag(title="", album=""), "says no title, album"),
    Breach("tag-damaged", of_tag(fault="its tag is damaged (bad frame)"), "bad frame"),
    Breach("tag-other", of_tag(title="The ferry"), "'The ferry'"),
    Breach("tag-cover", of_tag(has_cover=False), "no picture"),
    Breach("tag-chapters", of_tag(chapters=ENTRIES[:2]), "2 chapters that are not the 3"),
    Breach("tag-chapters", of_tag(unlisted_chapters=1), "no table of contents"),
    Breach("transcript-unreadable", of_srt(fault="cue 4 has no times"), "cue 4 has no times"),
    Breach("transcript-unreadable", of_srt(cues=0), "no cue"),
    Breach("transcript-order", of_srt(is_in_order=False), "follow each other"),
    Breach("transcript-late", of_srt(end_ms=421_642), "ends at 421.642 s, after the sound (421.64 s)"),
    Breach("transcript-words", of_srt(words_sha256="b" * 64, first_words="Nobody waited"), "Nobody waited"),
    Breach("transcript-other", of_tag(words_sha256="b" * 64), "straits-aaaaaaaa.vtt does not say what"),
    Breach("file-changed", of_srt(sha256="b" * 64), "straits-aaaaaaaa.srt"),
    Breach("file-changed", of_chapters(sha256="b" * 64), "chapters.json"),
    Breach("chapters-unreadable", of_chapters(fault="it is cut"), "it is cut"),
    Breach("chapters-order, chapters-other", of_chapters(*STARTS, (5, "Again")), "do not follow"),
    Breach("chapters-late, chapters-other", of_chapters(*STARTS, (421_640, "The end")), "'The end'"),
    Breach("chapters-other", of_chapters(*STARTS[:2]), "2 chapters that are not the 3"),
    Breach("chapters-other", of_chapters(*STARTS[:2], (242_031, "Another")), "3 chapters that are not the 3"),
    Breach("chapter-image-unreadable", of_files(images=(ImageFacts(path="map.png", fault="it is cut"),)), "it is cut"),
    Breach(
        "chapter-image-type",
        of_files(images=(msgspec.structs.replace(IMAGE, media_type="image/jpeg"),)),
        "is image/jpeg, and is said to be image/png",
    ),
]


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach.rules}: {breach.says}")
def test_a_breach_is_found_alone_and_names_its_file(breach: Breach) -> None:
    found = judged(MEDIA_RULES, breach.facts)
    assert ", ".join(dict.fromkeys(finding.rule for finding in found)) == breach.rules
    assert breach.says in found[0].what
    for finding in found:
        assert finding.where == "episode straits"
        assert finding.cure
        assert finding.directories


def test_a_good_episode_breaks_none() -> None:
    assert judged(MEDIA_RULES, media(GOOD)) == ()


def test_of_files_that_are_not_there_nothing_is_said_here() -> None:
    assert judged(MEDIA_RULES, media(MediaFacts())) == ()


@pytest.mark.parametrize("rule", MEDIA_RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_breach_in_the_table(rule) -> None:
    assert any(rule.id in breach.rules.split(", ") for breach in BREACHES)


def test_every_other_form_of_the_sound_is_judged_by_what_holds_for_it() -> None:
    other = msgspec.structs.replace(SOUND, path="episodes/straits/straits-aaaaaaaa.opus", codec="Opus")
    low = msgspec.structs.replace(other, sample_rate=48000, bitrate_kbps=40, is_gapless=None)
    assert judged(MEDIA_RULES, of_files(alternates=(low,))) == ()
    cut = msgspec.structs.replace(other, duration_s=60.0)
    assert [one.rule for one in judged(MEDIA_RULES, of_files(alternates=(cut,)))] == ["sound-duration"]


def test_a_form_that_nobody_here_can_read_is_judged_by_its_tag_alone() -> None:
    unread = SoundFacts(path="episodes/straits/straits-aaaaaaaa.m4a", tag=TAG)
    assert judged(MEDIA_RULES, of_files(alternates=(unread,))) == ()


def test_the_bit_rate_that_the_show_asks_for_is_judged_once_and_not_here() -> None:
    asked = media(
        msgspec.structs.replace(GOOD, sound=msgspec.structs.replace(SOUND, bitrate_kbps=48)),
        sound=SoundSettings(bitrate_kbps=48),
    )
    assert judged(MEDIA_RULES, asked) == ()


def test_a_title_that_a_tag_had_to_clean_is_the_same() -> None:
    odd = msgspec.structs.replace(EPISODE, title="Why the\u0007 straits \n are quiet")
    assert judged(MEDIA_RULES, media(GOOD, of=odd)) == ()


def test_an_article_without_a_byline_needs_no_artist() -> None:
    nameless = msgspec.structs.replace(EPISODE, author="")
    files = msgspec.structs.replace(
        GOOD, sound=msgspec.structs.replace(SOUND, tag=msgspec.structs.replace(TAG, artist=""))
    )
    assert judged(MEDIA_RULES, media(files, of=nameless)) == ()
    assert [one.rule for one in judged(MEDIA_RULES, media(files))] == ["tag-missing"]
