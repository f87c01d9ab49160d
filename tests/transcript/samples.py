"""Utterances, Clips and Transcripts to test with."""

from hypothesis import strategies as st

from pipeline.model import (
    Mark,
    MarkKind,
    Narration,
    PauseSettings,
    Role,
    Script,
    SpokenForm,
    StoredClip,
    Timeline,
    Timing,
    Transcript,
    Utterance,
)
from pipeline.timeline import arrange
from pipeline.transcript import make_transcript

RATE = 44100
CLIP_RATE = 22050

LONG = (
    "When the harbour board met in March, its chairman Ruben van der Molen told the shipping lines that the new "
    "dredging fee of 400 kroner a tonne would finance the northern breakwater, but the lines answered that they had "
    "already paid for it twice."
)


def utterance(
    display: str, *, spoken: str | None = None, forms: tuple[SpokenForm, ...] = (), speaker: str = ""
) -> Utterance:
    return Utterance(
        display=display, spoken=spoken or display, forms=forms, role=Role.BODY, pause_after_ms=350, speaker=speaker
    )


def clip(
    seconds: float, *marks: tuple[int, int, float, float], rate: int = CLIP_RATE, timing: Timing = Timing.EXACT
) -> StoredClip:
    """A Clip of so many seconds; marks are character range and seconds."""
    return StoredClip(
        key="0",
        sample_count=round(seconds * rate),
        sample_rate=rate,
        marks=tuple(
            Mark(
                kind=MarkKind.WORD,
                char_start=first,
                char_end=last,
                sample_start=round(start * rate),
                sample_end=round(end * rate),
                timing=timing,
            )
            for first, last, start, end in marks
        ),
    )


def transcript_of(*pairs: tuple[Utterance, StoredClip]) -> tuple[Transcript, Timeline]:
    script = Script(title="Dredging", language="en-GB", utterances=tuple(said for said, _ in pairs))
    narration = Narration(clips=tuple(sound for _, sound in pairs), synthesised=0)
    timeline = arrange(script, narration, sample_rate=RATE, pauses=PauseSettings())
    return make_transcript(script, narration, timeline), timeline


MIXTURE = """the of and harbour Kestrel Bay 400 tonnes $3.5bn “sails later” is, done. (north) Dr. Ansa—Veld U.S. fleet;
intercontinental-shipping-and-dredging-federation æøå <b> --> & it"""
WORDS = st.sampled_from(MIXTURE.split())
BLANKS = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t"])


@st.composite
def said_and_heard(draw: st.DrawFn) -> tuple[Utterance, StoredClip]:
    """Any words between any blanks, with or without marks that need not be sensible."""
    parts = draw(st.lists(st.tuples(WORDS, BLANKS), max_size=60))
    text = "".join(word + blank for word, blank in parts)
    length = draw(st.integers(0, 30))
    marks = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, 12), st.floats(0, 30), st.floats(0, 30)).map(
                lambda mark: (mark[0], mark[0] + mark[1], mark[2], mark[3])
            ),
            max_size=12,
        )
    )
    if draw(st.booleans()):
        marks.sort(key=lambda mark: (mark[0], mark[2]))
        marks = [
            (first, last, time, end)
            for (first, last, *_), (time, end) in zip(
                marks, sorted((start, end) for *_, start, end in marks), strict=True
            )
        ]
    return utterance(text), clip(length, *marks, timing=draw(st.sampled_from(Timing)))
