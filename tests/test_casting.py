"""Who reads: the show's voice, the article's, or the command line's; and never another one instead."""

from datetime import UTC, datetime

import msgspec
import pytest

from pipeline.casting import cast_of, credits_of, parse_voice
from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.model import (
    Article,
    Role,
    Script,
    SecondVoiceSettings,
    Show,
    Utterance,
    VoiceChoice,
    VoiceSettings,
)
from tests.samples import SHOW

SHOW_OF_TWO = msgspec.structs.replace(
    SHOW,
    voice=VoiceSettings(engine="espeak", name="en-gb", pace_wpm=150),
    second_voice=SecondVoiceSettings(name="en-us"),
)


def article(voice: str = "") -> Article:
    return Article(
        slug="straits",
        title="Why the straits are quiet",
        subtitle="",
        author="Ines Calder",
        published=datetime(2026, 3, 2, tzinfo=UTC),
        language="en-GB",
        source_url="",
        summary="",
        tags=(),
        blocks=(),
        voice=VoiceChoice(name=voice),
    )


def chosen(show: Show, written: str = "", **once: str) -> tuple[str, str]:
    voice = cast_of(show, article(written), once=VoiceChoice(**once)).voice
    return voice.engine, voice.name


@pytest.mark.parametrize(
    ("written", "once", "expected"),
    [
        ("", {}, ("espeak", "en-gb")),
        ("en-us", {}, ("espeak", "en-us")),
        ("tone:low", {}, ("tone", "low")),
        ("tone : low", {}, ("tone", "low")),
        ("", {"name": "fr"}, ("espeak", "fr")),
        ("", {"engine": "tone", "name": "high"}, ("tone", "high")),
        ("", {"name": "tone:high"}, ("tone", "high")),
        ("tone:low", {"name": "high"}, ("tone", "high")),
        ("tone:low", {"engine": "espeak", "name": "fr"}, ("espeak", "fr")),
        ("en-us", {"engine": "espeak"}, ("espeak", "en-us")),
        ("espeak", {}, ("espeak", "en-gb")),
        ("en-us", {"name": "espeak:"}, ("espeak", "en-us")),
    ],
)
def test_the_command_line_goes_before_the_article_and_the_article_before_the_show(
    written: str, once: dict[str, str], expected: tuple[str, str]
) -> None:
    assert chosen(SHOW_OF_TWO, written, **once) == expected


def test_the_pace_is_the_shows_and_another_engine_reads_at_its_own() -> None:
    assert cast_of(SHOW_OF_TWO, article("en-us")).voice.pace_wpm == 150
    assert cast_of(SHOW_OF_TWO, article("tone:low")).voice.pace_wpm == 165


def test_it_is_known_who_chose_the_voice() -> None:
    assert not cast_of(SHOW_OF_TWO, article("")).chosen_by
    assert cast_of(SHOW_OF_TWO, article("en-gb")).chosen_by == "`voice` in the front matter"
    assert cast_of(SHOW_OF_TWO, article("tone:low")).chosen_by == "`voice` in the front matter"
    assert cast_of(SHOW_OF_TWO, article("fr"), once=VoiceChoice(name="tone:low")).chosen_by == "the command line"


@pytest.mark.parametrize("once", [{"engine": "tone"}, {"name": "tone:"}, {"name": "tone"}])
def test_another_engine_wants_one_of_its_own_voices(once: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="voices list --engine tone"):
        chosen(SHOW_OF_TWO, **once)


def test_an_engine_nobody_offers_is_no_reason_to_take_another() -> None:
    with pytest.raises(EngineUnavailable, match="espeak"):
        chosen(SHOW_OF_TWO, engine="espik", name="en-gb")


def test_the_second_voice_goes_with_the_shows_engine_alone() -> None:
    assert cast_of(SHOW_OF_TWO, article("en-us")).second_voice == VoiceSettings(name="en-us", pace_wpm=150)
    assert cast_of(SHOW_OF_TWO, article("tone:low")).second_voice is None


def test_a_colon_parts_off_an_engine_only_if_there_is_one_of_that_name() -> None:
    assert parse_voice(" tone:low ") == VoiceChoice(engine="tone", name="low")
    assert parse_voice("Rachel: calm") == VoiceChoice(name="Rachel: calm")


def test_options_of_an_engine_come_from_its_table_and_what_is_none_is_refused() -> None:
    show = msgspec.structs.replace(SHOW_OF_TWO, engines={"espeak": {"pitch": 3}})
    with pytest.raises(ConfigError, match=r"\[engines.espeak\].*pitch"):
        cast_of(show)


def test_the_second_voice_is_credited_where_it_is_heard() -> None:
    def script(*, is_second: bool) -> Script:
        said = Utterance(
            display="Yes.",
            spoken="Yes.",
            forms=(),
            role=Role.QUOTATION,
            pause_after_ms=0,
            is_second_voice=is_second,
        )
        return Script(title="Test", language="en-GB", utterances=(said,))

    cast = cast_of(SHOW_OF_TWO)
    first, second = credits_of(cast, script(is_second=True))
    assert (first.engine, first.voice, first.licence) == ("espeak", "en-gb", "GPL-3.0-or-later")
    assert first.engine_version.startswith("1.52")
    assert second is not None
    assert second.voice == "en-us"
    assert credits_of(cast, script(is_second=False))[1] is None
