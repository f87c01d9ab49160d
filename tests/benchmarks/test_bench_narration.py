"""The benchmark of narration: both contenders speak everything, and the ratio is that of their times."""

import json
import subprocess
import sys
from pathlib import Path

ARTICLE = "---\ntitle: Letter {0}\ndate: 2026-03-0{0}\n---\n\nThe ferry waited in Salka for three days. Nobody came.\n"


def test_both_contenders_speak_every_article(root: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"letter-{number}.md").write_text(ARTICLE.format(number), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, root / "benchmarks" / "bench_narration.py", tmp_path, "--rounds", "1"],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout
    found = json.loads(said.splitlines()[-1])
    (only,) = found["rounds"]
    assert found["articles"] == 2
    assert only["1"]["spoken"] == only["2"]["spoken"] > 4
    assert only["1"]["sound_h"] == only["2"]["sound_h"] > 0
    assert found["ratios"] == [only["1"]["wall_s"] / only["2"]["wall_s"]]
