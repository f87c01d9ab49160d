"""Time and memory of `audio-edition episode`, beside two alternatives that run in turn with it. `make bench` runs this.

straightforward.py  what anyone would write first: all in memory, no cache, clipped instead of limited
bare.py             the floor: voice, resampling and LAME, nothing else

All speak the same words with the same voice into 96 kbit/s mono MP3 at 44.1 kHz, LAME quality 3. A round runs each
once as a whole process; ours cold (nothing cached), with nothing changed, and with one word corrected. Each result is
decoded, and must speak as long as the others do. Ratios are taken within a round, then spread over the rounds.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.articles import repeated
from benchmarks.contenders import BARE, NAMES, STRAIGHTFORWARD, Round, run_round, spoken_paragraphs, time_stages
from benchmarks.results import Case, Measured, Part, Report, ratios, spreads
from benchmarks.table import render

SAMPLE = Path(__file__).parent.parent / "seeds" / "the-quiet-strait.txt"
NOTE = "Seconds are those of this machine, shared with whatever else runs on it: only the ratios count."


def main() -> None:
    """Measure, then print a table, or JSON for programs."""
    options = _options()
    load_before = os.getloadavg()[0]
    copies = (1, 10) if options.long else (1,)
    cases = tuple(measure(repeated(SAMPLE.read_text(encoding="utf-8"), count), options.rounds) for count in copies)
    report = Report(
        note=NOTE,
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        load_before=load_before,
        load_after=os.getloadavg()[0],
        cases=cases,
    )
    print(msgspec.json.format(msgspec.json.encode(report)).decode() if options.json else render(report))


def measure(article: str, rounds: int) -> Case:
    """Everything about one article."""
    with TemporaryDirectory() as folder:
        words = Path(folder) / "words.txt"
        words.write_text("\n".join(spoken_paragraphs(article, folder=Path(folder) / "script")), encoding="utf-8")
        count = len(words.read_text(encoding="utf-8").split())
        runs = []
        for number in range(1, rounds + 1):
            print(f"{count} words, round {number} of {rounds} ...", file=sys.stderr)
            with TemporaryDirectory(dir=folder) as here:
                runs.append(run_round(article, words, folder=Path(here)))
        stages = time_stages(article, folder=Path(folder) / "stages")
    total_s = sum(cpu_s for _, cpu_s in stages)
    return Case(
        words=count,
        rounds=rounds,
        contenders=tuple(_measured(name, runs) for name in NAMES),
        cold_build=tuple(Part(name=name, cpu_s=cpu_s, share=cpu_s / total_s) for name, cpu_s in stages),
    )


def _measured(name: str, runs: Sequence[Round]) -> Measured:
    own, straightforward, bare = ([one.usages[who] for one in runs] for who in (name, STRAIGHTFORWARD, BARE))
    sound = runs[0].sounds[name]
    return Measured(
        name=name,
        length_s=sound.length_s,
        sounding_s=sound.sounding_s,
        used=spreads(own),
        to_straightforward=ratios(own, straightforward),
        to_bare=ratios(own, bare),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of the main job, beside two alternatives.")
    parser.add_argument("--rounds", type=_at_least_one, default=3, help="how often each runs (default: 3)")
    parser.add_argument("--long", action="store_true", help="also with the body of the article ten times over")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args()


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one round")
    return number


if __name__ == "__main__":
    main()
