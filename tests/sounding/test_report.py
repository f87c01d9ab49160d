"""What is put together of a file: chapters too that no tag has."""

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cli.inspect_facts import facts_of
from pipeline.sounding import judge, report_on

RATE = 44100
MILLISECOND = Fraction(1, 1000)


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An M4A of 4 s whose two chapters are a QuickTime text track and nothing else."""
    path = tmp_path_factory.mktemp("sounds") / "ferry.m4a"
    with av.open(str(path), "w", format="ipod", options={"movflags": "disable_chpl"}) as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        container.set_chapters(
            [
                {"id": 1, "start": 0, "end": 1500, "time_base": MILLISECOND, "metadata": {"title": "Opening"}},
                {"id": 2, "start": 1500, "end": 4000, "time_base": MILLISECOND, "metadata": {"title": "Der Fluß"}},
            ]
        )
        samples = 0.1 * np.sin(np.arange(4 * RATE) * 0.05)
        frame = av.AudioFrame.from_ndarray(samples.astype(np.float32).reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert b"chpl" not in path.read_bytes()
    return path


def test_chapters_in_a_text_track_count(tracked: Path) -> None:
    report = report_on(tracked)
    assert [(one.start_ms, one.end_ms, one.title) for one in report.tags.chapters] == [
        (0, 1500, "Opening"),
        (1500, 4000, "Der Fluß"),
    ]


def test_where_nobody_reads_the_track_it_says_so(tracked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    report = report_on(tracked)
    assert report.has_unread_track
    facts = {fact.name: fact.value for fact in facts_of(report, judge(report))}
    assert "text track" in facts["chapters"]
    assert "audio-edition[formats]" in facts["chapters"]
