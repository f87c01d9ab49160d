"""The benchmark of reading and scripting a folder: every contender does the work, and what is refused is named."""

import subprocess
import sys
from pathlib import Path

ARTICLE = "---\ntitle: Letter {0}\ndate: 2026-03-0{0}\n---\n\nThe ferry waited in Salka for three days.\n"


def test_every_contender_reads_the_folder(root: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"letter-{number}.md").write_text(ARTICLE.format(number), encoding="utf-8")
    (tmp_path / "undated.md").write_text("# Undated\n\nNobody knows when.\n", encoding="utf-8")
    said = subprocess.run(
        [sys.executable, root / "benchmarks" / "bench_archive.py", tmp_path],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout
    head, apart, together, words = said.splitlines()
    assert head.split() == ["articles", "words", "CPU", "s", "peak", "MB", "refused"]
    assert apart.split()[3:5] == ["2", "16"]
    assert together.split()[3:5] == ["2", "16"]
    assert all("1 x undated.md: has no date" in line for line in (apart, together))
    assert float(words.split()[-2]) > 0
