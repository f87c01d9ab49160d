"""The proof: a right script passes, and whatever is broken in it is found, with its place."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.errors import ScriptError
from pipeline.model import (
    Article,
    Block,
    BlockKind,
    Cue,
    Fate,
    FateKind,
    Lexicon,
    LexiconEntry,
    ReadingSettings,
    Role,
    Script,
    Span,
    SpokenForm,
    Transcript,
    Utterance,
)
from pipeline.proof import prove, prove_transcript
from pipeline.scripting import write_script
from pipeline.sources import Given, Source
from pipeline.sources.reading import read_article
from tests.samples import SHOW

LEXICON = Lexicon(entries=(LexiconEntry(grapheme="Kassar", say="Kah-SAR"), LexiconEntry(grapheme="K2", say="K 2")))


def block(kind: BlockKind, text: str, *, fate: FateKind = FateKind.SPOKEN, said: str = "", **more: object) -> Block:
    made = Block(
        kind=kind, text=text, span=Span(0, len(text)), fate=Fate(kind=fate, reason="as the test wants", said=said)
    )
    return replace(made, **more)


#: Each way in which a Block comes to be said, or not.
ARTICLE = Article(
    slug="kassar",
    title="Who pays for the Kassar canal",
    subtitle="The lenders have stopped asking",
    author="Ines Calder",
    published=datetime(2026, 3, 2, 6, tzinfo=UTC),
    language="en-GB",
    source_url="",
    summary="",
    tags=(),
    blocks=(
        block(BlockKind.TITLE, "Who pays for the Kassar canal"),
        block(BlockKind.SUBTITLE, "The lenders have stopped asking"),
        block(BlockKind.BOILERPLATE, "Share this post", fate=FateKind.DROPPED),
        block(BlockKind.PARAGRAPH, "The US lent $3.5bn.  Gen. Ostrava signed on 19 May 2025.", marks=("1", "2")),
        block(BlockKind.HEADING, "A quiet default"),
        block(BlockKind.QUOTATION, "“We will not pay!” he said; “not for K2, not for 20 of them.”"),
        block(BlockKind.PARAGRAPH, "* * *"),
        block(BlockKind.LIST_ITEM, "The dredgers left."),
        block(BlockKind.LIST_ITEM, "The pilots stayed."),
        block(
            BlockKind.TABLE, "Port | Toll", fate=FateKind.NOTES, said="A table is in the show notes. It has 2 columns."
        ),
        block(BlockKind.FIGURE, "The lock gates in 1998", said="Picture: The lock gates in 1998."),
        block(BlockKind.EMBED, "Nobody asked us.", said="Tomas Reyl:"),
        block(BlockKind.PARAGRAPH, "Nobody has asked since.", marks=("3",)),
        block(BlockKind.FOOTNOTE, "From the annex of 1998.", label="1"),
        block(BlockKind.FOOTNOTE, "So the lender says.", label="2"),
        block(BlockKind.FOOTNOTE, "It has a second paragraph.", label="2"),
        block(BlockKind.FOOTNOTE, "Except the Causeway Letter.", label="3"),
        block(BlockKind.CREDIT, "This text first appeared in The Causeway Letter."),
        block(BlockKind.CALL, "Subscribe!", fate=FateKind.DROPPED, said="Do follow the show."),
    ),
)
SETTINGS = (
    ReadingSettings(footnotes="in place"),
    ReadingSettings(footnotes="at the end"),
    ReadingSettings(footnotes="in place", quotations="announced"),
)
SCRIPTS = tuple(write_script(ARTICLE, replace(SHOW, reading=reading), LEXICON) for reading in SETTINGS)
EDGES = {BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.CREDIT}

scripts = st.sampled_from(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_right_script_passes(script: Script) -> None:
    prove(ARTICLE, script)


def test_without_footnotes_too() -> None:
    silent = Fate(kind=FateKind.NOTES, reason="a footnote is in the show notes")
    blocks = [replace(one, fate=silent) if one.kind is BlockKind.FOOTNOTE else one for one in ARTICLE.blocks]
    article = replace(ARTICLE, blocks=tuple(blocks))
    prove(article, write_script(article, SHOW, LEXICON))


def test_every_real_article_passes(shared) -> None:
    given_ = Given(language="en-GB", publish_time="06:00", show_title="The Harbour Review", published="")
    proven = 0
    for path in sorted((shared / "archive").glob("*.md")):
        article = read_article(Source(path=path, name=path.name), given_)
        if article.body:  # a page of the archive is but a heading
            prove(article, write_script(article, SHOW, Lexicon()))
            proven += 1
    assert proven > 200


def test_the_title_may_be_said_as_the_front_matter_has_it() -> None:
    article = replace(ARTICLE, title="WHO pays for the “Kassar” canal?")
    prove(article, write_script(article, SHOW, LEXICON))


def refused(script: Script, *, article: Article = ARTICLE) -> str:
    with pytest.raises(ScriptError) as error:
        prove(article, script)
    assert ARTICLE.title in str(error.value)
    return str(error.value)


def tied(script: Script) -> list[int]:
    return [number for number, one in enumerate(script.utterances) if one.span is not None]


def with_utterance(script: Script, number: int, *utterances: Utterance) -> Script:
    before, after = script.utterances[:number], script.utterances[number + 1 :]
    return replace(script, utterances=(*before, *utterances, *after))


@given(script=scripts, data=st.data())
def test_what_is_left_out_is_found(script: Script, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(tied(script)))
    message = refused(with_utterance(script, number))
    assert f"block {script.utterances[number].block} of" in message
    assert "is not said" in message


@given(script=scripts, data=st.data())
def test_what_is_said_twice_is_found(script: Script, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(tied(script)))
    one = script.utterances[number]
    assert f"block {one.block} of" in refused(with_utterance(script, number, one, one))


@given(script=scripts, data=st.data())
def test_what_is_said_again_elsewhere_is_found(script: Script, data: st.DataObject) -> None:
    body = [number for number in tied(script) if ARTICLE.blocks[block_of(script, number)].kind not in EDGES]
    number = data.draw(st.sampled_from(body))
    place = data.draw(st.integers(0, len(script.utterances)))
    again = (*script.utterances[:place], script.utterances[number], *script.utterances[place:])
    refused(replace(script, utterances=again))


def block_of(script: Script, number: int) -> int:
    found = script.utterances[number].block
    assert found is not None
    return found


@given(script=scripts, data=st.data())
def test_two_that_changed_places_are_found(script: Script, data: st.DataObject) -> None:
    # Title and subtitle stand in the order of the show's templates.
    body = [number for number in tied(script) if ARTICLE.blocks[block_of(script, number)].kind not in EDGES]
    one, other = data.draw(st.lists(st.sampled_from(body), min_size=2, max_size=2, unique=True))
    utterances = list(script.utterances)
    utterances[one], utterances[other] = utterances[other], utterances[one]
    refused(replace(script, utterances=tuple(utterances)))


@given(script=scripts, data=st.data())
def test_one_other_character_is_found(script: Script, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(tied(script)))
    one = script.utterances[number]
    place = data.draw(st.integers(0, len(one.display) - 1))
    display = one.display[:place] + ("x" if one.display[place] != "x" else "y") + one.display[place + 1 :]
    message = refused(with_utterance(script, number, replace(one, display=display)))
    assert f"block {one.block} of" in message


@given(script=scripts, data=st.data(), by=st.sampled_from((-2, -1, 1, 2)))
def test_a_span_that_slipped_is_found(script: Script, data: st.DataObject, by: int) -> None:
    number = data.draw(st.sampled_from(tied(script)))
    one = script.utterances[number]
    assert one.span is not None
    slipped = replace(one, span=Span(one.span.start + by, one.span.end + by))
    assert f"block {one.block} of" in refused(with_utterance(script, number, slipped))


@given(script=scripts, data=st.data())
def test_a_word_nobody_wrote_is_found(script: Script, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(range(len(script.utterances))))
    one = script.utterances[number]
    outside = [
        place
        for place in range(len(one.spoken))
        if not any(form.spoken_start <= place <= form.spoken_end for form in one.forms)
    ]
    place = data.draw(st.sampled_from(outside or [len(one.spoken)]))
    spoken = f"{one.spoken[:place]}not{one.spoken[place:]}"
    if outside:
        assert "no spoken form explains" in refused(with_utterance(script, number, replace(one, spoken=spoken)))


@given(script=scripts, data=st.data())
def test_a_sentence_from_nowhere_is_found(script: Script, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(range(len(script.utterances))))
    nowhere = Utterance(display="Buy now.", spoken="Buy now.", forms=(), role=Role.BODY, pause_after_ms=0)
    assert "comes from no block" in refused(with_utterance(script, number, nowhere, script.utterances[number]))


def changed(script: Script, display: str, change: Callable[[Utterance], Utterance]) -> Script:
    number = next(number for number, one in enumerate(script.utterances) if display in one.display)
    return with_utterance(script, number, change(script.utterances[number]))


def test_what_was_dropped_may_not_be_said() -> None:
    text = ARTICLE.blocks[2].text
    button = Utterance(
        display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0, block=2, span=Span(0, len(text))
    )
    message = refused(with_utterance(SCRIPTS[0], 3, button))
    assert "block 2 of" in message
    assert "not to be heard: as the test wants" in message


@pytest.mark.parametrize("sign", ["7", "(", "]", "§", "½", "²", "€", "/", "👍"])
def test_what_no_voice_can_read_is_found(sign: str) -> None:
    text = f"The pilots {sign} stayed."
    blocks = [replace(one, text=text) if one.text == "The pilots stayed." else one for one in ARTICLE.blocks]
    script = changed(
        SCRIPTS[0],
        "The pilots stayed.",
        lambda one: replace(one, display=text, spoken=text, span=Span(0, len(text))),
    )
    message = refused(script, article=replace(ARTICLE, blocks=tuple(blocks)))
    assert f"characters 0 to {len(text)}" in message
    assert f"with {sign!r} in it" in message
    assert "audio-edition lexicon add" in message


def test_the_lexicon_may_hand_over_anything() -> None:
    assert any("K 2" in one.spoken for one in SCRIPTS[0].utterances)
    rules = {form.rule for one in SCRIPTS[0].utterances for form in one.forms}
    assert {"lexicon", "money"} <= rules


@pytest.mark.parametrize("say", ["...", "-", "–"])
def test_the_lexicon_may_not_silence_a_word(say: str) -> None:
    lexicon = Lexicon(entries=(LexiconEntry(grapheme="Kassar", say=say),))
    message = refused(write_script(ARTICLE, SHOW, lexicon))
    assert "is said without 'Kassar'" in message
    assert 'audio-edition lexicon add Kassar "SAY"' in message


def test_forms_that_overlap_are_found() -> None:
    def overlap(one: Utterance) -> Utterance:
        first = SpokenForm(start=0, end=5, spoken_start=0, spoken_end=5, rule="made up")
        second = SpokenForm(start=4, end=8, spoken_start=5, spoken_end=8, rule="made up")
        return replace(one, forms=(first, second))

    assert "no spoken form explains" in refused(changed(SCRIPTS[0], "The pilots", overlap))


@pytest.mark.parametrize("display", ["A table is in the show notes.", "Picture:", "Tomas Reyl:", "Do follow the show."])
def test_a_set_phrase_that_is_not_said_is_found(display: str) -> None:
    number = next(number for number, one in enumerate(SCRIPTS[0].utterances) if display in one.display)
    assert "is" in refused(with_utterance(SCRIPTS[0], number))


def test_another_set_phrase_is_found() -> None:
    script = changed(
        SCRIPTS[0],
        "Picture:",
        lambda one: replace(one, display="Picture: A lock.", spoken="Picture: A lock.", forms=()),
    )
    assert "block 10 of" in refused(script)


def test_a_phrase_inside_a_paragraph_is_found() -> None:
    number = next(number for number, one in enumerate(SCRIPTS[0].utterances) if "Ostrava" in one.display)
    phrase = replace(SCRIPTS[0].utterances[number], display="Well.", spoken="Well.", forms=(), span=None)
    script = with_utterance(SCRIPTS[0], number, phrase, SCRIPTS[0].utterances[number])
    assert "does not belong there" in refused(script)


def test_a_footnote_may_stand_in_its_place_or_at_the_end_and_nowhere_else() -> None:
    notes = [one for one in SCRIPTS[0].utterances if one.block is not None and ARTICLE.blocks[one.block].label]
    others = [one for one in SCRIPTS[0].utterances if one not in notes]
    place = next(number for number, one in enumerate(others) if "dredgers" in one.display)
    script = replace(SCRIPTS[0], utterances=(*others[:place], *notes, *others[place:]))
    assert "out of order" in refused(script)


def transcript_of(script: Script, *, longest: int = 4) -> Transcript:
    """Cues of a few words each."""
    cues: list[Cue] = []
    for number, utterance in enumerate(script.utterances):
        words = utterance.display.split()
        for start in range(0, len(words), longest):
            text = " ".join(words[start : start + longest])
            cues.append(Cue(start=len(cues), end=len(cues) + 1, text=text, utterance=number))
    return Transcript(sample_rate=1, language=script.language, cues=tuple(cues))


@given(script=scripts, longest=st.integers(1, 20))
def test_a_transcript_that_shows_the_text_passes(script: Script, longest: int) -> None:
    prove_transcript(script, transcript_of(script, longest=longest))


@given(script=scripts, data=st.data(), how=st.sampled_from(("drop", "double", "change", "move")))
def test_a_broken_transcript_is_found(script: Script, data: st.DataObject, how: str) -> None:
    transcript = transcript_of(script)
    number = data.draw(st.integers(0, len(transcript.cues) - 1))
    cue = transcript.cues[number]
    broken = {
        "drop": (),
        "double": (cue, cue),
        "change": (replace(cue, text=f"{cue.text}!"),),
        "move": (replace(cue, utterance=cue.utterance + 1),),
    }[how]
    cues = (*transcript.cues[:number], *broken, *transcript.cues[number + 1 :])
    with pytest.raises(ScriptError, match=f"utterance {cue.utterance} of"):
        prove_transcript(script, replace(transcript, cues=cues))
