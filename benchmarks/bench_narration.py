"""How narration gains by workers: `make bench-narration FOLDER=...` runs this over every article of a folder.

The articles are read and scripted once, which is not timed. Then each contender, a process of its own, has all of them
spoken by espeak into an empty store: with one worker and with several, in alternation, as many rounds as are asked
for. The ratio is that of each pair of neighbours in time, so that what else the machine does counts for both.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent
SUFFIXES = {".md", ".markdown", ".txt"}


def main() -> None:
    """Print the table, and a line of JSON."""
    arguments = _arguments()
    if arguments.narrate:
        print(json.dumps(_narrated(arguments.narrate, workers=arguments.workers)))
        return
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / "scripts.msgpack"
        count = _write_scripts(arguments.folder, scripts)
        rounds = [_round(scripts, workers=arguments.workers) for _ in range(arguments.rounds)]
    _print(rounds, articles=count, workers=arguments.workers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "seeds", help="the articles (default: our own)")
    parser.add_argument("--workers", type=int, default=2, help="of the second contender")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--narrate", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _write_scripts(folder: Path, file: Path) -> int:
    """Script every article into ``file``; how many there were. What cannot be said is not narrated."""
    from pipeline.errors import PipelineError  # noqa: PLC0415 - a contender does not load what reading needs
    from pipeline.model import Lexicon, Show  # noqa: PLC0415 - the same
    from pipeline.scripting import write_script  # noqa: PLC0415 - the same
    from pipeline.sources import Given, Source, read_article  # noqa: PLC0415 - the same
    from pipeline.sources.room import close_room  # noqa: PLC0415 - the same

    given = Given(default_author="A. N. Author", language="en-GB", publish_time="06:00", show_title="The Show")
    show = Show(
        title="The Show",
        description="A show.",
        author="A. N. Author",
        email="show@example.org",
        base_url="https://audio.example.org",
        link="https://example.org",
        categories=("News",),
    )
    scripts = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        try:
            article = read_article(Source(path=path, name=path.name), given)
            scripts.append(write_script(article, show, Lexicon()))
        except PipelineError as error:
            print(f"left out: {error}", file=sys.stderr)
    close_room()
    file.write_bytes(msgspec.msgpack.encode(scripts))
    return len(scripts)


def _round(scripts: Path, *, workers: int) -> dict[str, dict[str, float]]:
    return {str(count): _run(scripts, workers=count) for count in (1, workers)}


def _run(scripts: Path, *, workers: int) -> dict[str, float]:
    before = _cpu_of_children()
    said = subprocess.run(
        [sys.executable, __file__, "--narrate", scripts, "--workers", str(workers)],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    ).stdout
    result: dict[str, float] = json.loads(said)
    # Of the contender and of its workers, which end when it does.
    return {**result, "cpu_s": _cpu_of_children() - before}


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _narrated(scripts: Path, *, workers: int) -> dict[str, float]:
    """What it takes to have all of it spoken into an empty store."""
    from pipeline.engines import find_engine  # noqa: PLC0415 - the parent has nothing spoken
    from pipeline.model import Script, VoiceSettings  # noqa: PLC0415 - the same
    from pipeline.narration import narrate  # noqa: PLC0415 - the same
    from pipeline.progress import Silence  # noqa: PLC0415 - the same
    from pipeline.store import Store  # noqa: PLC0415 - the same
    from pipeline.workshop import Workshop  # noqa: PLC0415 - the same

    given = msgspec.msgpack.decode(scripts.read_bytes(), type=list[Script])
    engine = find_engine("espeak")
    seconds, spoken = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(store=Store(Path(folder)), workers=workers, progress=Silence())
        start = time.perf_counter()
        for script in given:
            narration = narrate(script, VoiceSettings(), engine=engine, workshop=workshop)
            seconds += sum(clip.sample_count / clip.sample_rate for clip in narration.clips)
            spoken += narration.synthesised
        took = time.perf_counter() - start
    return {
        "wall_s": took,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sound_h": seconds / 3600,
        "spoken": spoken,
    }


def _print(rounds: list[dict[str, dict[str, float]]], *, articles: int, workers: int) -> None:
    names = {"1": "one worker", str(workers): f"{workers} workers"}
    first = rounds[0]["1"]
    print(f"{articles} articles, {first['spoken']:.0f} utterances, {first['sound_h']:.2f} hours of sound, by espeak")
    print(f"{'':<12} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}   (median of {len(rounds)})")
    for key, name in names.items():
        median = {of: statistics.median(one[key][of] for one in rounds) for of in ("wall_s", "cpu_s", "peak_mb")}
        print(f"{name:<12} {median['wall_s']:>8.1f} {median['cpu_s']:>8.1f} {median['peak_mb']:>8.0f}")
    ratios = sorted(one["1"]["wall_s"] / one[str(workers)]["wall_s"] for one in rounds)
    print(f"times as fast: {', '.join(f'{ratio:.2f}' for ratio in ratios)} (median {statistics.median(ratios):.2f})")
    print(json.dumps({"articles": articles, "workers": workers, "rounds": rounds, "ratios": ratios}))


if __name__ == "__main__":
    main()
