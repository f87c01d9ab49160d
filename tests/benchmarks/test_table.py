"""The benchmark's table."""

from benchmarks.results import Case, Measured, Part, Report, Usage, ratios, spreads
from benchmarks.table import render


def contender(name: str, usages: list[Usage], others: list[Usage]) -> Measured:
    return Measured(
        name=name,
        length_s=600,
        sounding_s=500,
        used=spreads(usages),
        to_straightforward=ratios(usages, others),
        to_bare=ratios(usages, usages),
    )


def test_the_table_is_aligned_and_says_seconds_and_ratios() -> None:
    slow = [Usage(cpu_s=10, wall_s=20, peak_mb=800), Usage(cpu_s=12, wall_s=30, peak_mb=800)]
    quick = [Usage(cpu_s=5, wall_s=4, peak_mb=200), Usage(cpu_s=3, wall_s=3, peak_mb=200)]
    case = Case(
        words=1234,
        rounds=2,
        contenders=(contender("straightforward", slow, slow), contender("ours, cold", quick, slow)),
        cold_build=(Part(name="narrate", cpu_s=1, share=0.25), Part(name="master", cpu_s=3, share=0.75)),
    )
    report = Report(note="Only ratios.", cores=2, python="3.11", load_before=0.5, load_after=1.5, cases=(case,))
    lines = render(report).splitlines()
    assert lines[0] == "Only ratios."
    assert "2 cores" in lines[1]
    _, header, first, second, parts = lines[-5:]
    assert header.startswith("1234 words, 2 rounds")
    assert len(header) == len(first) == len(second)
    seconds = ["600", "s", "3.0/4.0/5.0", "3.0/3.5/4.0", "200"]
    to_straightforward = ["0.25/0.38/0.50", "0.10/0.15/0.20", "0.25"]
    to_bare = ["1.00/1.00/1.00", "1.00/1.00/1.00", "1.00"]
    assert second.split()[2:] == [*seconds, *to_straightforward, *to_bare]
    assert parts == "CPU of a cold build: narrate 25% (1.0 s), master 75% (3.0 s)"
