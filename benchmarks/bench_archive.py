"""What it costs to read and script a whole folder of articles: `make bench-archive FOLDER=...` runs this.

Each contender is a process of its own, so that nobody inherits another's memory: reading apart, in the reading room,
as every command does it; the same without the room; and, for scale, only loading the bytes and splitting words. CPU
and memory count the process and its workers.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
SUFFIXES = {".md", ".markdown", ".txt", ".html", ".docx"}


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    if arguments.contender:
        print(json.dumps(_measured(arguments.folder, CONTENDERS[arguments.contender])))
        return
    print(f"{'':<22} {'articles':>9} {'words':>9} {'CPU s':>7} {'peak MB':>8}  refused")
    for name in CONTENDERS:
        said = subprocess.run(
            [sys.executable, __file__, arguments.folder, "--contender", name],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        ).stdout
        got = json.loads(said)
        refused = "; ".join(f"{count} x {why}" for why, count in got["refused"].items())
        print(
            f"{name:<22} {got['articles']:>9} {got['words']:>9} {got['cpu_s']:>7.2f} {got['peak_mb']:>8.0f}  {refused}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the articles")
    parser.add_argument("--contender", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(folder: Path, words_of: Callable[[Path], int]) -> dict[str, object]:
    """What a contender makes of every article, and what it used for that."""
    from pipeline.errors import PipelineError  # noqa: PLC0415 - what a contender does not use it does not load
    from pipeline.sources.room import close_room  # noqa: PLC0415 - the same

    words, articles = 0, 0
    refused: Counter[str] = Counter()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        try:
            words += words_of(path)
            articles += 1
        except PipelineError as error:
            refused[f"{path.name}: {error.what}"[:70]] += 1
    close_room()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "articles": articles,
        "words": words,
        "cpu_s": sum(one.ru_utime + one.ru_stime for one in used),
        "peak_mb": sum(one.ru_maxrss for one in used) / 1024,
        "refused": refused,
    }


def _apart(path: Path) -> int:
    from pipeline.sources import Source, read_article  # noqa: PLC0415 - what a contender does not use it does not load

    return _scripted(read_article(Source(path=path, name=path.name), _given()))


def _together(path: Path) -> int:
    from pipeline.sources import Source  # noqa: PLC0415 - what a contender does not use it does not load
    from pipeline.sources.reading import read_article  # noqa: PLC0415 - the same

    return _scripted(read_article(Source(path=path, name=path.name), _given()))


def _words(path: Path) -> int:
    return len(path.read_text(encoding="utf-8", errors="replace").split())


CONTENDERS: dict[str, Callable[[Path], int]] = {
    "read apart, scripted": _apart,
    "in one process": _together,
    "words split, no more": _words,
}


def _given() -> object:
    from pipeline.sources import Given  # noqa: PLC0415 - what a contender does not use it does not load

    return Given(default_author="A. N. Author", language="en-GB", publish_time="06:00", show_title="The Show")


def _scripted(article: object) -> int:
    from pipeline.model import Lexicon, Show  # noqa: PLC0415 - what a contender does not use it does not load
    from pipeline.scripting import write_script  # noqa: PLC0415 - the same

    show = Show(
        title="The Show",
        description="A show.",
        author="A. N. Author",
        email="show@example.org",
        base_url="https://audio.example.org",
        link="https://example.org",
        categories=("News",),
    )
    write_script(article, show, Lexicon())
    return article.body_words


if __name__ == "__main__":
    main()
