"""Exactness of time: in the published file, as a decoder gives it back, everything starts where it is said to start.

The starts that are checked are found in the signal itself, with no help of the engine or of the pipeline.
"""

import json
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from tests.commands import audio_edition, show_in

#: A start may be this far from the sound, in seconds. Source: the issue; a listener notices from about 50 ms on.
TOLERANCE_S = 0.03

#: Beginnings that engines pad with silence of their own: quotation marks, plosives, soft breaths, digits.
ARTICLE = """---
title: The pilots of Corvel Sound
author: Ines Calder
date: 2026-03-02
lang: en-GB
---

## Pilots before politics

“We sail at noon,” the harbour master said. Two ferries waited. “Nobody sails at noon,” the minister replied.

He had come by train. Pilots refused. Her deputy, who had read the tide tables, agreed with them at once.

## Three tides

- Thirty pilots work the sound.
- 14 of them are over sixty.
- Four leave this year.

> For a pilot the sound is a corridor; for an admiral it is a wall.

Sixty years of practice cannot be bought. Charts can. The trust has bought charts.

## What it costs

Fees rose by 12% in two years. Shipowners paid, since the detour costs more. Half of them have said so in public, and
that is a fact which the ministry, for all its interest in the price of fuel, has so far left out of its reports.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an episode with its sound, chapters and transcript."""
    show = show_in(tmp_path_factory.mktemp("exact"))
    (show / "seeds" / "pilots.md").write_text(ARTICLE)
    audio_edition("episode", "seeds/pilots.md", cwd=show)
    return show / "episodes" / "pilots"


@pytest.fixture(scope="module")
def sound(folder: Path) -> tuple[np.ndarray, int]:
    """What FFmpeg decodes of the published file, and its rate."""
    (path,) = folder.glob("*.mp3")
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    return np.concatenate(frames, axis=1)[0].astype(np.float64), rate


def onsets(sound: tuple[np.ndarray, int], *, silence_s: float) -> np.ndarray:
    """The seconds at which sound begins after at least ``silence_s`` of silence, to a millisecond."""
    samples, rate = sound
    size = rate // 1000
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = 10 * np.log10((frames**2).mean(axis=1) + 1e-12)
    is_loud = np.convolve(power > power.max() - 50, [1, 1, 1], "same") >= 2
    loud = np.flatnonzero(is_loud)
    gaps = np.diff(loud, prepend=-(10**6))
    return loud[gaps * size >= silence_s * rate] * size / rate


def cues(folder: Path) -> list[dict]:
    (path,) = folder.glob("*.transcript.json")
    return json.loads(path.read_text())["segments"]


def test_every_utterance_begins_where_its_cue_does(folder: Path, sound: tuple[np.ndarray, int]) -> None:
    segments = cues(folder)
    # A cue that follows without a pause begins inside its sentence, where no silence marks it.
    firsts = [segments[0], *(two for one, two in pairwise(segments) if two["startTime"] - one["endTime"] >= 0.1)]
    assert len(firsts) >= 20
    found = onsets(sound, silence_s=0.1)
    distances = [min(abs(found - cue["startTime"])) for cue in firsts]
    worst = int(np.argmax(distances))
    assert distances[worst] <= TOLERANCE_S, f"{firsts[worst]} is {distances[worst] * 1000:.0f} ms from its sound"


def test_sound_begins_nowhere_without_a_cue(folder: Path, sound: tuple[np.ndarray, int]) -> None:
    starts = np.array([cue["startTime"] for cue in cues(folder)])
    found = onsets(sound, silence_s=0.45)  # longer than any pause inside an utterance
    # What sounds before the first and after the last of them is music.
    after_pauses = [onset for onset in found if starts[0] - TOLERANCE_S <= onset <= cues(folder)[-1]["endTime"]]
    assert len(after_pauses) >= 12
    assert max(min(abs(starts - onset)) for onset in after_pauses) <= TOLERANCE_S


def test_every_chapter_begins_with_its_first_word(folder: Path, sound: tuple[np.ndarray, int]) -> None:
    (path,) = folder.glob("*.chapters.json")
    starts = [chapter["startTime"] for chapter in json.loads(path.read_text())["chapters"]]
    assert len(starts) >= 3
    assert starts[0] == 0
    found = onsets(sound, silence_s=0.1)
    assert max(min(abs(found - start)) for start in starts[1:]) <= TOLERANCE_S
