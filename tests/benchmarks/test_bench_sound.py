"""The benchmark of the sound runs and says what it promises; how long anything takes is no test."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.piped import missing_programs
from benchmarks.sound_contenders import OURS, PIPE, SCRIPTS

SENTENCE = (
    "The council of {} voted on day {} to keep the harbour open, and the causeway with it, whatever Ostrava says. "
)
BODY = "\n\n".join("".join(SENTENCE.format(town, day) for day in (1, 2, 3)) for town in ("Salka", "Ostrava", "Amaro"))


@pytest.mark.long
@pytest.mark.skipif(bool(missing_programs()), reason=missing_programs())
def test_two_rounds_measure_and_judge_every_contender(root: Path, tmp_path: Path) -> None:
    article = tmp_path / "harbour.txt"
    article.write_text(f"The harbour stays open\n\n{BODY}\n", encoding="utf-8")
    command = [sys.executable, root / "benchmarks" / "bench_sound.py", "--rounds", "2", "--json"]
    given = ["--article", article, "--published", "2026-03-01"]
    report = json.loads(
        subprocess.run([*command, *given], check=True, capture_output=True, text=True, timeout=900).stdout
    )
    (case,) = report["cases"]
    assert [contender["name"] for contender in case["contenders"]] == [PIPE, *SCRIPTS, *OURS]
    for contender in case["contenders"]:
        assert -30 < contender["integrated_lufs"] < -10
        for kind in ("used", "to_pipe", "to_cold"):
            assert contender[kind].keys() == {"cpu", "wall", "peak"}
            assert all(0 < part["min"] <= part["median"] <= part["max"] for part in contender[kind].values())
    assert report["left_out"] == ""
    assert len(report["promises"]) == 6
    assert {promise["is_kept"] for promise in report["promises"]} <= {True, False}
