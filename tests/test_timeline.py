"""Where each Clip lies: nothing overlaps, nothing is lost, and every sample is accounted for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import AudioError, ScriptError
from pipeline.model import (
    Music,
    MusicKind,
    Narration,
    PauseSettings,
    Role,
    Script,
    StoredClip,
    StoredMusic,
    Timeline,
    Utterance,
)
from pipeline.timeline import Staging, arrange
from pipeline.units import FRAME_SAMPLES, rescale_samples, samples_from_ms

NO_MUSIC = Music()

RATES = st.sampled_from([8000, 16000, 22050, 24000, 44100, 48000])


def utterance(pause_after_ms: int = 350, *, role: Role = Role.BODY, block: int | None = 0) -> Utterance:
    text = "The ferry sails at noon."
    return Utterance(display=text, spoken=text, forms=(), role=role, pause_after_ms=pause_after_ms, block=block)


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
        is_seam = after.start in made.seams
        longer = after.start - before.end - samples_from_ms(max(pause, 100) if is_seam else pause, rate)
        assert 0 <= longer < FRAME_SAMPLES
        assert longer == 0 or is_seam
    for placement, (count, clip_rate, _) in zip(made.placements, parts, strict=True):
        assert placement.length == rescale_samples(count, clip_rate, to_rate=rate)
    assert made.length == made.placements[-1].end + samples_from_ms(lead_out_ms, rate)
    assert_the_seams_are_sound(made)


def assert_the_seams_are_sound(made: Timeline) -> None:
    """Each at a whole frame, after a tenth of a second of silence, and under nothing."""
    sounds = [(one.start, one.end) for one in (*made.placements, *made.music)]
    for seam in made.seams:
        assert seam % FRAME_SAMPLES == 0
        assert seam in {start for start, _ in sounds}
        assert all(end <= seam - made.sample_rate // 10 or start >= seam for start, end in sounds if end > start)
    assert list(made.seams) == sorted(set(made.seams))


def essay(*, pauses: PauseSettings, music: Music = NO_MUSIC, chapters: tuple[int, ...] = ()) -> Timeline:
    """A title, a byline, two paragraphs, a heading, a paragraph, a closing: a second each."""
    roles = [(Role.TITLE, 0), (Role.BYLINE, None), (Role.BODY, 1), (Role.BODY, 1), (Role.BODY, 2)]
    roles += [(Role.HEADING, 3), (Role.BODY, 4), (Role.CLOSING, None)]
    said = tuple(utterance(700, role=role, block=block) for role, block in roles)
    return arrange(
        Script(title="Ferries", language="en-GB", utterances=said),
        narration(*[(44100, 44100)] * len(said)),
        sample_rate=44100,
        pauses=pauses,
        staging=Staging(music=music, chapters=chapters),
    )


def music(*kinds: MusicKind, seconds: int = 3) -> Music:
    return Music(pieces=tuple(StoredMusic(kind=kind, key=kind.value, length=seconds * 44100) for kind in kinds))


def test_a_paragraph_a_heading_and_a_part_end_in_a_seam() -> None:
    made = essay(pauses=PauseSettings())
    assert_the_seams_are_sound(made)
    assert [place.utterance for place in made.placements if place.start in made.seams] == [1, 2, 4, 5, 6, 7]


def test_a_long_paragraph_is_cut_within() -> None:
    made = arrange(script(*[350] * 20), narration(*[(44100, 44100)] * 20), sample_rate=44100, pauses=PauseSettings())
    assert [place.utterance for place in made.placements if place.start in made.seams] == [8, 16]


def test_where_all_silence_is_too_short_one_in_eight_is_lengthened() -> None:
    made = arrange(script(*[99] * 20), narration(*[(44100, 44100)] * 20), sample_rate=44100, pauses=PauseSettings())
    # One in eight is lengthened to a tenth of a second, so that no piece is longer than that.
    assert [place.utterance for place in made.placements if place.start in made.seams] == [8, 16]
    assert_the_seams_are_sound(made)
    pauses = [later.start - earlier.end for earlier, later in pairwise(made.placements)]
    assert [pause for pause in pauses if pause == 4366] == [4366] * 17


def test_a_credit_in_the_opening_is_part_of_it() -> None:
    roles = [(Role.TITLE, None), (Role.CREDIT, None), (Role.BODY, 1), (Role.BODY, 2), (Role.CLOSING, None)]
    said = tuple(utterance(700, role=role, block=block) for role, block in roles)
    made = arrange(
        Script(title="Ferries", language="en-GB", utterances=said),
        narration(*[(44100, 44100)] * len(said)),
        sample_rate=44100,
        pauses=PauseSettings(),
        staging=Staging(music=music(MusicKind.BED)),
    )
    assert_the_seams_are_sound(made)
    first, second = made.music
    assert first.start < made.placements[0].start < made.placements[1].end < first.end <= made.placements[2].start
    assert made.placements[3].end <= second.start < made.placements[4].start
    assert [place.utterance for place in made.placements if place.start in made.seams] == [2, 3]


def test_a_chapter_begins_after_a_longer_pause() -> None:
    made = essay(pauses=PauseSettings(chapter_ms=1500), chapters=(5,))
    before, first = made.placements[4:6]
    assert 1.5 <= (first.start - before.end) / 44100 < 1.53
    assert (made.placements[5].start - made.placements[4].end) > (made.placements[4].start - made.placements[3].end)


def test_intro_and_outro_stand_before_the_first_and_after_the_last_word() -> None:
    made = essay(pauses=PauseSettings(lead_in_ms=500), music=music(MusicKind.INTRO, MusicKind.OUTRO))
    assert_the_seams_are_sound(made)
    intro, outro = made.music
    assert (intro.kind, intro.start, intro.end) == (MusicKind.INTRO, 22050, 22050 + 3 * 44100)
    assert made.placements[0].start > intro.end
    assert outro.kind is MusicKind.OUTRO
    assert outro.start > made.placements[-1].end
    assert made.length == outro.end + 44100


def test_a_bed_lies_under_opening_and_closing_and_is_never_cut() -> None:
    made = essay(pauses=PauseSettings(), music=music(MusicKind.BED, MusicKind.OUTRO))
    assert_the_seams_are_sound(made)
    first, second = (one for one in made.music if one.kind is MusicKind.BED)
    assert first.start < made.placements[0].start
    assert made.placements[1].end < first.end <= made.placements[2].start
    assert made.placements[6].end <= second.start < made.placements[7].start
    assert second.end > made.placements[7].end
    assert made.music[-1].kind is MusicKind.OUTRO
    assert not any(first.start < seam < first.end or second.start < seam < second.end for seam in made.seams)


def test_a_bump_stands_before_each_chapter() -> None:
    made = essay(pauses=PauseSettings(), music=music(MusicKind.BUMP, seconds=1), chapters=(2, 5))
    assert_the_seams_are_sound(made)
    assert [one.kind for one in made.music] == [MusicKind.BUMP] * 2
    for bump, number in zip(made.music, (2, 5), strict=True):
        assert made.placements[number - 1].end < bump.start
        assert bump.end < made.placements[number].start


def test_a_longer_sentence_moves_what_follows_by_whole_frames() -> None:
    said = (utterance(750, block=0), utterance(750, block=1), utterance(750, block=2))
    blocks = Script(title="Ferries", language="en-GB", utterances=said)
    made = [
        arrange(
            blocks,
            narration((length, 44100), (44100, 44100), (44100, 44100)),
            sample_rate=44100,
            pauses=PauseSettings(),
        )
        for length in (44100, 51_234)
    ]
    moved = {late.start - early.start for early, late in zip(*(one.placements[1:] for one in made), strict=True)}
    assert len(moved) == 1
    assert moved.pop() % FRAME_SAMPLES == 0


def test_clips_and_utterances_must_be_equally_many() -> None:
    with pytest.raises(AudioError, match="3 utterances, its narration 1 clips"):
        arrange(script(1, 2, 3), narration((100, 8000)), sample_rate=8000, pauses=PauseSettings())


def test_a_script_of_nothing_is_refused() -> None:
    with pytest.raises(ScriptError, match="0 utterances"):
        arrange(script(), narration(), sample_rate=8000, pauses=PauseSettings())
