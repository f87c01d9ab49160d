"""The same show in several languages: what is said of each is true, and each leads back."""

import msgspec

from pipeline.model import EditionSettings, Show
from pipeline.rules import judged
from pipeline.rules.editions import EDITION_RULES, EditionFacts
from tests.samples import SHOW


def show(name: str, language: str, *editions: EditionSettings) -> Show:
    return msgspec.structs.replace(SHOW, name=name, language=language, editions=editions)


def edition(language: str, of: str) -> EditionSettings:
    return EditionSettings(language=language, show=of)


def rules(main: Show, *beside: Show) -> list[str]:
    return [finding.rule for finding in judged(EDITION_RULES, EditionFacts(show=main, beside=beside))]


def test_editions_that_lead_to_each_other_are_right() -> None:
    main = show("", "en-GB", edition("de", "deutsch"), edition("fr", "francais"))
    german = show("deutsch", "de", edition("en-GB", "main"), edition("fr", "francais"))
    french = show("francais", "fr", edition("de", "deutsch"), EditionSettings(language="en-GB", url=SHOW.feed_url))
    assert rules(main, german, french) == []
    assert rules(german, main, french) == []
    assert rules(show("", "en-GB"), german) == []


def test_one_that_does_not_lead_back_is_found() -> None:
    main, german = show("", "en-GB", edition("de", "deutsch")), show("deutsch", "de", edition("fr", "francais"))
    (finding,) = judged(EDITION_RULES, EditionFacts(show=main, beside=(german,)))
    assert finding.rule == "edition-one-way"
    assert finding.cure == 'write into shows/deutsch.toml: editions = [{language = "en-GB", show = "main"}]'


def test_a_language_that_is_not_spoken_there_is_found() -> None:
    main, german = show("", "en-GB", edition("fr", "deutsch")), show("deutsch", "de", edition("en-GB", "main"))
    assert rules(main, german) == ["edition-language"]


def test_two_editions_in_one_language_are_found() -> None:
    elsewhere = EditionSettings(language="en-GB", url="https://a.example/feed")
    assert rules(show("", "en-GB", elsewhere)) == ["edition-twice"]
