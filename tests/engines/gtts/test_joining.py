"""Parts become one clip: nothing between them but the pause, no click, and marks where the parts begin."""

import numpy as np
import pytest

from pipeline.engines.gtts.joining import joined
from pipeline.engines.gtts.packing import Part
from pipeline.engines.gtts.plausibility import require_plausible
from pipeline.engines.network import BadAnswer
from pipeline.errors import EngineError
from pipeline.model import Clip, Timing

TEXT = "One two three, four five."
PARTS = (Part(text="One two three,", start=0, pause_s=0.12), Part(text="four five.", start=15, pause_s=0.0))


def level(count: int, *, rate: int = 24_000, value: int = 10_000) -> Clip:
    return Clip(pcm=np.full(count, value, dtype="<i2").tobytes(), sample_rate=rate)


def test_the_parts_lie_in_order_with_the_pause_between_them() -> None:
    clip = joined(TEXT, list(zip(PARTS, (level(24_000), level(12_000, value=-9_000)), strict=True)))
    samples = np.frombuffer(clip.pcm, dtype="<i2").astype(int)
    assert len(samples) == clip.sample_count == 24_000 + 2_880 + 12_000
    assert (samples[:23_900] == 10_000).all()
    assert (samples[24_000:26_880] == 0).all()
    assert (samples[27_000:] == -9_000).all()
    assert np.abs(np.diff(samples)).max() < 300  # faded: no step that would click


def test_the_first_word_of_a_part_begins_with_its_sound() -> None:
    clip = joined(TEXT, list(zip(PARTS, (level(24_000), level(12_000)), strict=True)))
    starts = {TEXT[mark.char_start : mark.char_end]: mark.sample_start for mark in clip.marks}
    assert list(starts) == TEXT.split()
    assert (starts["One"], starts["four"]) == (0, 26_880)
    assert 0 < starts["two"] < starts["three,"] < 26_880 < starts["five."]
    assert {mark.timing for mark in clip.marks} == {Timing.INTERPOLATED}


def test_a_word_that_was_cut_has_one_mark() -> None:
    word = "x" * 150
    parts = (Part(text=word[:100], start=0, pause_s=0), Part(text=word[100:], start=100, pause_s=0))
    clip = joined(word, [(parts[0], level(100)), (parts[1], level(50))])
    assert [(mark.sample_start, mark.sample_end) for mark in clip.marks] == [(0, 150)]


def test_several_sample_rates_are_no_clip() -> None:
    with pytest.raises(EngineError, match="22050 and 24000 Hz"):
        joined(TEXT, [(PARTS[0], level(10)), (PARTS[1], level(10, rate=22_050))])


@pytest.mark.parametrize(
    ("letters", "seconds", "is_slow", "is_plausible"),
    [
        (80, 5.3, False, True),  # 15 a second, as Google speaks
        (80, 2.8, False, False),  # half of it
        (80, 9.0, True, True),
        (80, 4.4, True, False),
        (20, 0.81, False, True),
        (20, 0.79, False, False),
        (7, 0.35, False, True),  # "through"
        (7, 0.15, False, False),
        (0, 0.0, False, False),
    ],
)
def test_half_of_the_sound_is_noticed(letters: int, seconds: float, is_slow: bool, is_plausible: bool) -> None:
    clip = level(round(24_000 * seconds))
    if is_plausible:
        require_plausible(clip, "e" * letters, is_slow=is_slow)
    else:
        with pytest.raises(BadAnswer):
            require_plausible(clip, "e" * letters, is_slow=is_slow)
