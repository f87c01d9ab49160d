"""Where each Clip lies: nothing overlaps, nothing is lost, and every sample is accounted for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import AudioError, ScriptError
from pipeline.model import Narration, PauseSettings, Role, Script, StoredClip, Utterance
from pipeline.timeline import arrange
from pipeline.units import rescale_samples, samples_from_ms

RATES = st.sampled_from([8000, 16000, 22050, 24000, 44100, 48000])


def utterance(pause_after_ms: int = 350) -> Utterance:
    text = "The ferry sails at noon."
    return Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=pause_after_ms)


def script(*pauses_ms: int) -> Script:
    return Script(title="Ferries", language="en-GB", utterances=tuple(utterance(ms) for ms in pauses_ms))


def narration(*clips: tuple[int, int]) -> Narration:
    """Clips of so many samples at such a rate."""
    stored = (StoredClip(key=str(n), sample_count=count, sample_rate=rate) for n, (count, rate) in enumerate(clips))
    return Narration(clips=tuple(stored), synthesised=0)


def test_lead_in_clips_pauses_and_lead_out() -> None:
    made = arrange(
        script(350, 900),
        narration((22050, 22050), (44100, 44100)),
        sample_rate=44100,
        pauses=PauseSettings(lead_in_ms=300, lead_out_ms=1000),
    )
    first, second = made.placements
    assert (first.utterance, first.start, first.length) == (0, 13230, 44100)
    assert (second.utterance, second.start, second.length) == (1, 13230 + 44100 + 15435, 44100)
    # The last pause of 900 ms gives way to the lead-out of 1000 ms.
    assert made.length == second.end + 44100
    assert made.sample_rate == 44100


@given(
    parts=st.lists(st.tuples(st.integers(0, 500_000), RATES, st.integers(0, 5000)), min_size=1, max_size=20),
    rate=RATES,
    lead_in_ms=st.integers(0, 3000),
    lead_out_ms=st.integers(0, 3000),
)
def test_nothing_overlaps_and_the_length_is_the_sum_of_the_parts(parts, rate, lead_in_ms, lead_out_ms) -> None:
    made = arrange(
        script(*(pause for _, _, pause in parts)),
        narration(*((count, clip_rate) for count, clip_rate, _ in parts)),
        sample_rate=rate,
        pauses=PauseSettings(lead_in_ms=lead_in_ms, lead_out_ms=lead_out_ms),
    )
    assert [placement.utterance for placement in made.placements] == list(range(len(parts)))
    assert made.placements[0].start == samples_from_ms(lead_in_ms, rate)
    for (before, after), (_, _, pause) in zip(pairwise(made.placements), parts, strict=False):
        assert after.start - before.end == samples_from_ms(pause, rate)
    for placement, (count, clip_rate, _) in zip(made.placements, parts, strict=True):
        assert placement.length == rescale_samples(count, clip_rate, to_rate=rate)
    sounds = sum(placement.length for placement in made.placements)
    silences = [lead_in_ms, *(pause for _, _, pause in parts[:-1]), lead_out_ms]
    assert made.length == sounds + sum(samples_from_ms(ms, rate) for ms in silences)


def test_clips_and_utterances_must_be_equally_many() -> None:
    with pytest.raises(AudioError, match="3 utterances, its narration 1 clips"):
        arrange(script(1, 2, 3), narration((100, 8000)), sample_rate=8000, pauses=PauseSettings())


def test_a_script_of_nothing_is_refused() -> None:
    with pytest.raises(ScriptError, match="0 utterances"):
        arrange(script(), narration(), sample_rate=8000, pauses=PauseSettings())
