"""The review of a script, with the real dictionary and the real voice."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.casting import Cast, cast_of
from pipeline.engines import find_engine
from pipeline.errors import ScriptError, VoiceNotFound
from pipeline.model import Article, Lexicon, LexiconEntry, Review, Role, Script, SpokenForm, Utterance, VoiceSettings
from pipeline.narration import narrate
from pipeline.progress import Silence
from pipeline.project import Project, open_project
from pipeline.reviewing import check_names, doubts_of, require_reviewed_names, review, unreviewed, used_entries
from pipeline.workflow import Order, read_and_write_script
from pipeline.workshop import Workshop
from tests.commands import show_in

ARTICLE = """\
---
title: A ferry for Lviv
date: 2026-04-01
author: Ines Calder
---

On 3/4/2025 the delegation left Geneva for Lviv, where Xi had sent a ship. The rest is well
well known, and Ines Calder has told it.
"""
CAST = Cast(engine=find_engine("espeak"), voice=VoiceSettings(), second_voice=None)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A show with one article and an empty lexicon."""
    show = show_in(tmp_path / "show")
    (show / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    return msgspec.structs.replace(open_project(show), lexicon=Lexicon())


def read(project: Project) -> tuple[Article, Script]:
    return read_and_write_script(
        project, Order(source=project.seeds / "ferry.md", now=datetime(2026, 4, 2, tzinfo=UTC))
    )


def with_names(project: Project, *entries: LexiconEntry, names: str = "require") -> Project:
    show = msgspec.structs.replace(project.show, names=names)
    return msgspec.structs.replace(project, show=show, lexicon=Lexicon(entries=entries))


LVIV = LexiconEntry(grapheme="Lviv", say="Luh-veev")
XI = LexiconEntry(grapheme="Xi", say="Shee", ipa="ʃiː")


def test_a_review_has_names_doubts_and_queries_of_a_whole_article(project: Project) -> None:
    article, script = read(project)
    found = review(project, article, script, cast=CAST)
    assert isinstance(found, Review)
    names = {name.name: name for name in found.hard_names}
    assert {"Lviv", "Xi"} <= set(names)
    assert "Geneva" not in names
    assert names["Lviv"].count == 2  # the title counts, and is said once more in the closing, which does not
    assert "v" in names["Lviv"].ipa
    assert names["Xi"].ipa.startswith("z")
    assert ("3/4/2025", True) in [(doubt.display, doubt.confidence < 1) for doubt in found.doubts]
    assert found.copy_queries


def test_the_sound_is_what_listeners_would_get(project: Project) -> None:
    proposed = msgspec.structs.replace(LVIV, status="proposed")
    ready = with_names(project, proposed)
    article, script = read(ready)
    (name,) = [one for one in review(ready, article, script, cast=CAST).hard_names if one.name == "Lviv"]
    assert "iːv" in name.ipa
    assert "proposed" in name.why


def test_nothing_is_asked_of_the_engine_where_the_show_only_warns(project: Project) -> None:
    article, script = read(project)
    silent = with_names(project, names="warn")
    # This voice does not exist: opening it would fail.
    show = msgspec.structs.replace(silent.show, voice=VoiceSettings(name="xx-nowhere"))
    silent = msgspec.structs.replace(silent, show=show)
    require_reviewed_names(silent, article, script=script, cast=cast_of(silent.show))
    with pytest.raises(VoiceNotFound):
        review(silent, article, script, cast=cast_of(silent.show))


def test_a_show_that_requires_it_stops_at_the_first_unreviewed_name(project: Project) -> None:
    strict = with_names(project)
    article, script = read(strict)
    with pytest.raises(ScriptError, match=r"names have no reviewed entry in lexicon.toml: .*Lviv") as caught:
        require_reviewed_names(strict, article, script=script, cast=CAST)
    assert "audio-edition lexicon check" in caught.value.cure
    assert "\n" not in str(caught.value)


def test_only_a_reviewed_entry_lets_it_pass(project: Project) -> None:
    strict = with_names(project)
    article, script = read(strict)
    hard = review(strict, article, script, cast=CAST).hard_names
    entries = [LexiconEntry(grapheme=name.name, say="Sound") for name in hard]
    passing = with_names(project, *entries)
    article, script = read(passing)
    require_reviewed_names(passing, article, script=script, cast=CAST)
    waiting = with_names(project, *entries[:-1], msgspec.structs.replace(entries[-1], status="proposed"))
    article, script = read(waiting)
    with pytest.raises(ScriptError, match="1 name has no reviewed entry"):
        require_reviewed_names(waiting, article, script=script, cast=CAST)


def test_the_line_names_the_first_five(project: Project) -> None:
    article, script = read(project)
    (one, *_) = review(project, article, script, cast=CAST).hard_names
    many = [msgspec.structs.replace(one, name=letter) for letter in "ABCDEFG"]
    assert unreviewed(many) == "7 names have no reviewed entry in lexicon.toml: A, B, C, D, E ..."


def test_a_doubt_tells_how_to_override_it(project: Project) -> None:
    _, script = read(project)
    (date,) = [doubt for doubt in doubts_of(script) if doubt.display == "3/4/2025"]
    assert date.override.startswith("write it out in the article, e.g. “")
    assert date.spoken in date.override
    form = SpokenForm(start=0, end=3, spoken_start=0, spoken_end=5, rule="acronym", confidence=0.5)
    word = Utterance(display="SDR talks", spoken="S D R talks", forms=(form,), role=Role.BODY, pause_after_ms=350)
    (doubt,) = doubts_of(msgspec.structs.replace(script, utterances=(word,)))
    assert (doubt.display, doubt.spoken, doubt.sentence) == ("SDR", "S D R", "SDR talks")
    assert doubt.override.startswith('audio-edition lexicon add SDR "SAY"')


def test_a_doubtful_pause_is_not_to_be_written_out_as_a_comma(project: Project) -> None:
    _, script = read(project)
    form = SpokenForm(start=3, end=4, spoken_start=3, spoken_end=5, rule="stroke", confidence=0.5)
    word = Utterance(display="SDR/BBC", spoken="SDR, BBC", forms=(form,), role=Role.BODY, pause_after_ms=350)
    (doubt,) = doubts_of(msgspec.structs.replace(script, utterances=(word,)))
    assert doubt.override == "if it is to be heard as something else than a pause, write it in words in the article"


def test_used_entries_are_those_whose_names_the_script_holds(project: Project) -> None:
    _, script = read(project)
    kyiv = LexiconEntry(grapheme="Kyiv", say="Keev")
    german = LexiconEntry(grapheme="Geneva", say="Genf", language="de")
    loose = LexiconEntry(grapheme="FERRY", say="ferry", case=False)
    strict = LexiconEntry(grapheme="FERRY", say="ferry")
    lexicon = Lexicon(entries=(kyiv, XI, german, loose, strict, LVIV))
    assert used_entries(lexicon, script) == (XI, loose, LVIV)


def test_an_edit_of_the_lexicon_speaks_again_what_holds_the_name(project: Project) -> None:
    article, script = read(project)
    before = check_names(project, article, script=script, cast=CAST)
    assert before.unspoken == before.utterances == len(script.utterances)
    workshop = Workshop(store=project.store, workers=2, progress=Silence())
    narrate(script, CAST.voice, engine=CAST.engine, workshop=workshop)
    assert check_names(project, article, script=script, cast=CAST).unspoken == 0
    edited = with_names(project, XI)
    article, script = read(edited)
    after = check_names(edited, article, script=script, cast=CAST)
    assert after.unspoken == sum("Xi" in one.display for one in script.utterances) == 1
    assert after.used == (XI,)
    assert after.title == "A ferry for Lviv"


def test_a_doubt_is_told_once_however_often_it_is_said(project: Project) -> None:
    _, script = read(project)
    form = SpokenForm(start=0, end=3, spoken_start=0, spoken_end=5, rule="acronym", confidence=0.5)
    word = Utterance(display="SDR talks", spoken="S D R talks", forms=(form,), role=Role.BODY, pause_after_ms=350)
    again = msgspec.structs.replace(word, display="SDR ships", spoken="S D R ships")
    (doubt,) = doubts_of(msgspec.structs.replace(script, utterances=(word, again)))
    assert (doubt.sentence, doubt.count) == ("SDR talks", 2)


def test_a_numeral_is_no_name_for_the_lexicon(project: Project) -> None:
    _, script = read(project)
    form = SpokenForm(start=4, end=7, spoken_start=4, spoken_end=13, rule="Roman numeral", confidence=0.7)
    king = Utterance(display="Zog III", spoken="Zog the third", forms=(form,), role=Role.BODY, pause_after_ms=350)
    (doubt,) = doubts_of(msgspec.structs.replace(script, utterances=(king,)))
    assert doubt.override == "write it out in the article, e.g. “the third”, as it should be said"
