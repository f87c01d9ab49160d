"""Speed and memory of the sound, beside a bare pipe and the script that anyone would write. `make bench-sound`.

ours      `audio-edition episode` with two workers: from text to tagged MP3 into an empty cache, then with nothing
          changed, then with one word corrected. Mastered, limited, with chapters, transcript, page and feed.
bare pipe piped.py: espeak-ng --stdout | ffmpeg (soxr) | lame. The floor: nothing of all that.
scripts   pydub_script.py: pydub's joins and export, levelled by pyloudnorm or by FFmpeg's loudnorm in two passes.

All speak the same words by espeak-ng into 96 kbit/s mono MP3 at 44.1 kHz, on two cores. A round runs each once, as
whole processes; every second round goes backwards. Ratios are taken within a round, then spread over the rounds. Each
result is decoded, and must speak for as long as the others do.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.contenders import COLD
from benchmarks.piped import missing_programs
from benchmarks.promises import judged
from benchmarks.results import ratios, spreads
from benchmarks.sound_contenders import PIPE, Job, Round, prepare, run_round
from benchmarks.sound_report import Case, Contender, SoundReport, render

SAMPLE = Path(__file__).parent.parent / "seeds" / "the-quiet-strait.txt"
CORES = 2
LONG = (10, 60)
TOO_LONG = 60
NOTE = "Seconds are those of this machine, shared with whatever else runs on it: only the ratios count."
LEFT_OUT = (
    f"The scripts are left out at {TOO_LONG} copies, where they want 13 GB of memory and a quarter of an hour or more: "
    "--everything runs them."
)


def main() -> None:
    """Measure, then print a table and the verdicts as a line of JSON, or all as JSON for programs."""
    options = _options()
    if missing := missing_programs():
        sys.exit(missing)
    cores, load_before = _kept_to_two_cores(), os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        jobs = _jobs(options, folder=Path(folder))
        rounds = [_round(jobs, number, folder=Path(folder)) for number in range(1, options.rounds + 1)]
        cases = tuple(_case(job, [one[job.copies] for one in rounds]) for job in jobs)
    report = SoundReport(
        note=NOTE,
        rounds=options.rounds,
        cores=cores,
        python=platform.python_version(),
        load_before=load_before,
        load_after=os.getloadavg()[0],
        left_out="" if all(job.has_scripts for job in jobs) else LEFT_OUT,
        cases=cases,
        promises=judged(rounds),
    )
    _print(report, as_json=options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path, default=SAMPLE, help="what is read (default: the sample article)")
    parser.add_argument("--published", default="", help="its date, if it names none")
    parser.add_argument("--author", default="", help="its byline, if it names none")
    parser.add_argument("--rounds", type=_at_least_one, default=3, help="how often each runs (default: 3)")
    parser.add_argument("--long", action="store_true", help="also with the body of the article 10 and 60 times over")
    parser.add_argument("--everything", action="store_true", help=f"with --long: the scripts at {TOO_LONG} copies too")
    parser.add_argument("--json", action="store_true", help="print all as JSON instead of the table")
    return parser.parse_args()


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one round")
    return number


def _kept_to_two_cores() -> int:
    """How many cores this process and all that it starts may use, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        return os.cpu_count() or 1
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    os.sched_setaffinity(0, cores)
    return len(cores)


def _jobs(options: argparse.Namespace, *, folder: Path) -> list[Job]:
    given = {"--published": options.published, "--author": options.author}
    passed_on = tuple(word for name, value in given.items() if value for word in (name, value))
    return [
        prepare(
            options.article,
            copies,
            options=passed_on,
            folder=folder,
            has_scripts=copies < TOO_LONG or options.everything,
        )
        for copies in (1, *(LONG if options.long else ()))
    ]


def _round(jobs: Sequence[Job], number: int, *, folder: Path) -> dict[int, Round]:
    """Every job once. The sound of long ones is decoded in the first round alone, which takes as long as making it."""
    done = {}
    for job in jobs:
        print(f"round {number}, {job.copies} of the article ...", file=sys.stderr)
        with TemporaryDirectory(dir=folder) as here:
            is_checked = number == 1 or job.copies == 1
            done[job.copies] = run_round(job, folder=Path(here), is_backward=number % 2 == 0, is_checked=is_checked)
    return done


def _case(job: Job, rounds: Sequence[Round]) -> Case:
    words = len(job.words.read_text(encoding="utf-8").split())
    return Case(copies=job.copies, words=words, contenders=tuple(_contender(name, rounds) for name in rounds[0].usages))


def _contender(name: str, rounds: Sequence[Round]) -> Contender:
    own, pipe, cold = ([one.usages[who] for one in rounds] for who in (name, PIPE, COLD))
    sound = rounds[0].sounds[name]
    return Contender(
        name=name,
        length_s=sound.length_s,
        sounding_s=sound.sounding_s,
        integrated_lufs=rounds[0].lufs.get(name),
        used=spreads(own),
        to_pipe=ratios(own, pipe),
        to_cold=ratios(own, cold),
    )


def _print(report: SoundReport, *, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        print(render(report), msgspec.json.encode({"promises": report.promises}).decode(), sep="\n\n")


if __name__ == "__main__":
    main()
