"""The table of the sound's benchmark."""

from benchmarks.promises import Promise
from benchmarks.results import Spread, Usage, ratios, spreads
from benchmarks.sound_contenders import PIPE
from benchmarks.sound_report import Case, Contender, SoundReport, render


def contender(name: str, own: list[Usage], pipe: list[Usage], *, lufs: float | None) -> Contender:
    return Contender(
        name=name,
        length_s=400,
        sounding_s=350,
        integrated_lufs=lufs,
        used=spreads(own),
        to_pipe=ratios(own, pipe),
        to_cold=ratios(own, own),
    )


def promise(median: float, *, most: float, at_most: float) -> Promise:
    found = Spread(min=median / 2, median=median, max=most)
    return Promise(what="cold build, wall", at_most=at_most, found=found, is_kept=median <= at_most)


def lines(*promises: Promise, left_out: str = "") -> list[str]:
    pipe = [Usage(cpu_s=4, wall_s=4, peak_mb=50)]
    own = [Usage(cpu_s=3, wall_s=2, peak_mb=200)]
    case = Case(
        copies=10,
        words=1234,
        contenders=(contender(PIPE, pipe, pipe, lufs=-20.6), contender("ours, cold", own, pipe, lufs=None)),
    )
    report = SoundReport(
        note="Only ratios.",
        rounds=1,
        cores=2,
        python="3.11",
        load_before=0.5,
        load_after=1.5,
        left_out=left_out,
        cases=(case,),
        promises=promises,
    )
    return render(report).splitlines()


def test_the_table_is_aligned_and_says_seconds_and_ratios() -> None:
    found = lines(left_out="Something is left out.")
    _, header, pipe, ours = found[-5:-1] if found[-1] == "" else found[-4:]
    assert header.startswith("1234 words, 10 copies")
    assert len(header) == len(pipe) == len(ours)
    to_pipe, to_cold = ["0.75/0.75/0.75", "0.50/0.50/0.50", "4.00"], ["1.00/1.00/1.00", "1.00/1.00/1.00", "1.00"]
    assert ours.split()[2:] == ["400", "s", "3.0/3.0/3.0", "2.0/2.0/2.0", "200", *to_pipe, *to_cold]
    assert "Something is left out." in found
    assert any("-20.6 LUFS" in line for line in found)


def test_a_verdict_says_kept_or_missed_by_how_much() -> None:
    kept, wavering, missed = lines(
        promise(0.5, most=0.55, at_most=0.6),
        promise(0.5, most=0.7, at_most=0.6),
        promise(0.75, most=0.8, at_most=0.6),
    )[-3:]
    assert kept == "kept    cold build, wall: 0.50 (0.25 to 0.55), at most 0.60"
    assert wavering == "kept    cold build, wall: 0.50 (0.25 to 0.70), at most 0.60, though not in every round"
    assert missed == "missed  cold build, wall: 0.75 (0.38 to 0.80), at most 0.60: 25% too much"
