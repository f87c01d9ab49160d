"""A whole narration over a network that fails: the same sound in the end, and nothing asked for twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.engines.gtts import GttsEngine
from pipeline.engines.gtts.packing import packed
from pipeline.errors import Throttled
from pipeline.model import Narration
from pipeline.narration import missing_clips, require_clip
from pipeline.store import Store
from tests.engines.gtts.google import Google, google, random_faults
from tests.engines.gtts.reading import REQUESTS, SCRIPT, SENTENCES, VOICE, read_aloud
from tests.engines.gtts.stand import options_for
from tests.engines.network.loopback import Reply


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The sound of each utterance when nothing goes wrong."""
    folder = tmp_path_factory.mktemp("faultless")
    with google() as mind:
        narration = read_aloud(options_for(mind.server.url), folder)
        assert sorted(asked.text for asked in mind.asked) == sorted(REQUESTS)
    return sounds(narration, folder)


def sounds(narration: Narration, folder: Path) -> list[bytes]:
    store = Store(folder)
    return [require_clip(store, clip.key).pcm for clip in narration.clips]


def missing(folder: Path) -> tuple[int, ...]:
    """The numbers of the utterances of which ``folder`` has no clip."""
    return missing_clips(SCRIPT, VOICE, engine=GttsEngine(), store=Store(folder))


def parts_of(numbers: tuple[int, ...]) -> list[str]:
    """What Google is asked for to have these utterances, sorted."""
    return sorted(part.text for number in numbers for part in packed(SENTENCES[number]))


def test_the_narration_is_one_of_110_different_requests() -> None:
    assert len(REQUESTS) == len(set(REQUESTS)) == 110


@pytest.mark.parametrize("seed", [1, 2])
def test_200_random_faults_change_nothing_and_nothing_is_asked_for_twice(
    tmp_path: Path, faultless: list[bytes], seed: int
) -> None:
    with google(random_faults(REQUESTS, 200, seed=seed), slow_s=3.5) as mind:
        # Two at once, as the engine does by itself: more of them could fail together for long enough to give up.
        narration = read_aloud(options_for(mind.server.url, at_once=2, timeout_s=2.5), tmp_path)
        assert mind.faults_left == 0
        assert sounds(narration, tmp_path) == faultless
        assert mind.answered == dict.fromkeys(REQUESTS, 1)
        assert len(mind.asked) == 310
        again = read_aloud(options_for(mind.server.url), tmp_path)
        assert len(mind.asked) == 310
    assert (narration.synthesised, again.synthesised) == (len(SENTENCES), 0)
    assert again.clips == narration.clips


def test_a_run_that_is_killed_loses_no_utterance_that_came_back(tmp_path: Path, faultless: list[bytes]) -> None:
    with google() as mind:
        with started(mind, tmp_path) as process:
            mind.server.wait_for(40, within_s=30)
            process.kill()
        rest = missing(tmp_path)
        # Two sessions: what each was at is not there, but for what was done and not yet written.
        lost = [number for number in rest if all(mind.answered[part] for part in parts_of((number,)))]
        assert len(lost) <= 2
        assert len(rest) <= len(SENTENCES) - 40 // 3 + 2
        before = len(mind.asked)
        narration = read_aloud(options_for(mind.server.url), tmp_path)
        assert sorted(asked.text for asked in mind.asked[before:]) == parts_of(rest)
    assert sounds(narration, tmp_path) == faultless


def test_ctrl_c_ends_within_a_second_and_keeps_what_was_spoken(tmp_path: Path, faultless: list[bytes]) -> None:
    with google(then=Reply(delay_s=60), after=40) as mind:
        with started(mind, tmp_path) as process:
            mind.server.wait_for(42, within_s=30)  # both sessions wait for an answer that does not come
            time.sleep(0.1)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130
            # The second, and what the interpreter itself takes to end on a machine that others use too.
            assert time.monotonic() - began < 1.5
        rest = missing(tmp_path)
        assert sum(mind.answered.values()) == 40
        assert not [number for number in rest if all(mind.answered[part] for part in parts_of((number,)))]
        mind.then = None
        before = len(mind.asked)
        narration = read_aloud(options_for(mind.server.url), tmp_path)
        assert sorted(asked.text for asked in mind.asked[before:]) == parts_of(rest)
    assert sounds(narration, tmp_path) == faultless


def test_a_server_that_bars_us_ends_the_run_and_costs_nothing_that_was_spoken(
    tmp_path: Path, faultless: list[bytes]
) -> None:
    with google(then=Reply(status=429), after=61) as mind:
        with pytest.raises(Throttled, match="Google Translate"):
            read_aloud(options_for(mind.server.url, at_once=2, tries=3), tmp_path)
        rest = missing(tmp_path)
        assert len(rest) <= len(SENTENCES) - 61 // 3 + 2
        assert not [number for number in rest if all(mind.answered[part] for part in parts_of((number,)))]
        mind.then = None
        narration = read_aloud(options_for(mind.server.url), tmp_path)
    assert sounds(narration, tmp_path) == faultless


@contextmanager
def started(mind: Google, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The narration in a process of its own, which is gone at the end."""
    command = [sys.executable, "-m", "tests.engines.gtts.reading", mind.server.url, os.fspath(folder)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3]) as process:
        try:
            yield process
        finally:
            process.kill()
