"""The benchmark runs and says what it promises; how long anything takes is no test."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.results import Usage, ratios


def test_ratios_are_taken_within_a_round() -> None:
    ours = [Usage(cpu_s=cpu_s, wall_s=1, peak_mb=10) for cpu_s in (2, 9)]
    other = [Usage(cpu_s=cpu_s, wall_s=2, peak_mb=40) for cpu_s in (1, 3)]
    found = ratios(ours, other)
    assert (found.cpu.min, found.cpu.median, found.cpu.max) == (2, 2.5, 3)
    assert (found.wall.max, found.peak.max) == (0.5, 0.25)


@pytest.mark.long
def test_one_round_measures_every_contender_and_part(root: Path) -> None:
    command = [sys.executable, root / "benchmarks" / "bench_episode.py", "--rounds", "1", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=900).stdout)
    assert report.keys() == {"note", "cores", "python", "load_before", "load_after", "cases"}
    (case,) = report["cases"]
    assert case["words"] > 1000
    assert [contender["name"] for contender in case["contenders"]] == [
        "straightforward",
        "bare",
        "ours, cold",
        "ours, nothing changed",
        "ours, one word corrected",
    ]
    assert case["contenders"][1]["to_bare"]["cpu"] == {"min": 1, "median": 1, "max": 1}
    for contender in case["contenders"]:
        for kind in ("used", "to_straightforward", "to_bare"):
            assert contender[kind].keys() == {"cpu", "wall", "peak"}
            assert all(0 < part["min"] <= part["median"] <= part["max"] for part in contender[kind].values())
    assert {"before narrate", "narrate", "master", "after master"} <= {part["name"] for part in case["cold_build"]}
    assert sum(part["share"] for part in case["cold_build"]) == pytest.approx(1)
