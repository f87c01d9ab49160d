"""What is promised of the sound is judged within rounds, by the median of them."""

import pytest

from benchmarks.contenders import COLD, CORRECTED, UNCHANGED, Sound
from benchmarks.promises import Promise, judged
from benchmarks.results import Usage
from benchmarks.sound_contenders import PIPE, SCRIPTS, Round


def usage(wall_s: float, *, cpu_s: float = 1.0, peak_mb: float = 100.0) -> Usage:
    return Usage(cpu_s=cpu_s, wall_s=wall_s, peak_mb=peak_mb)


def one_round(cold: Usage, *, pipe: Usage, length_s: float = 100.0, lufs: float = -16.0) -> Round:
    usages = {PIPE: pipe, COLD: cold, UNCHANGED: usage(0.1), CORRECTED: usage(cold.wall_s / 20)}
    usages |= dict.fromkeys(SCRIPTS, usage(cold.wall_s * 4))
    sound = Sound(length_s=length_s, sounding_s=length_s)
    return Round(
        usages=usages, sounds=dict.fromkeys(usages, sound), lufs=dict.fromkeys((COLD, UNCHANGED, CORRECTED), lufs)
    )


def found(promises: tuple[Promise, ...], what: str) -> Promise:
    (only,) = [promise for promise in promises if what in promise.what]
    return only


def test_a_ratio_is_taken_within_its_round() -> None:
    rounds = [{1: one_round(usage(wall), pipe=usage(2 * wall))} for wall in (1.0, 10.0)]
    wall = found(judged(rounds), "bare pipe, wall")
    assert (wall.found.min, wall.found.max, wall.is_kept) == (0.5, 0.5, True)


def test_the_median_decides() -> None:
    walls = (1.0, 1.1, 3.0)
    rounds = [{1: one_round(usage(wall), pipe=usage(2))} for wall in walls]
    wall = found(judged(rounds), "bare pipe, wall")
    assert (wall.found.median, wall.found.max, wall.is_kept) == (0.55, 1.5, True)
    assert not found(judged(rounds[1:]), "bare pipe, wall").is_kept


def test_cpu_correction_and_scripts_have_limits_of_their_own() -> None:
    promises = judged([{1: one_round(usage(1, cpu_s=1.2), pipe=usage(2))}])
    assert not found(promises, "bare pipe, CPU").is_kept
    assert found(promises, "one word corrected").found.median == pytest.approx(0.05)
    assert [found(promises, name).found.median for name in SCRIPTS] == [0.25, 0.25]


def test_growth_is_what_a_second_of_sound_costs_beside_a_single_copy() -> None:
    single, ten = one_round(usage(2), pipe=usage(9)), one_round(usage(15), pipe=usage(9), length_s=1000)
    assert found(judged([{1: single, 10: ten}]), "10 copies ÷ one, wall").found.median == pytest.approx(0.75)
    slow = one_round(usage(30), pipe=usage(9), length_s=1000)
    assert not found(judged([{1: single, 10: slow}]), "10 copies ÷ one, wall").is_kept


def test_later_rounds_of_long_articles_need_not_be_decoded() -> None:
    single, ten = one_round(usage(2), pipe=usage(9)), one_round(usage(15), pipe=usage(9), length_s=1000)
    later = Round(usages=ten.usages, sounds={}, lufs={})
    assert found(judged([{1: single, 10: ten}, {1: single, 10: later}]), "10 copies ÷ one, CPU").found.max < 1


def test_memory_is_judged_at_sixty_copies_alone() -> None:
    single = one_round(usage(2, peak_mb=300), pipe=usage(9))
    assert not any("peak" in promise.what for promise in judged([{1: single}]))
    sixty = one_round(usage(100, peak_mb=251), pipe=usage(9), length_s=6000)
    assert not found(judged([{1: single, 60: sixty}]), "peak MB").is_kept


@pytest.mark.parametrize(("lufs", "is_kept"), [(-16.4, True), (-15.6, True), (-16.6, False), (-15.4, False)])
def test_loudness_may_be_half_a_unit_off_either_way(lufs: float, is_kept: bool) -> None:
    promises = judged([{1: one_round(usage(1), pipe=usage(2), lufs=lufs)}])
    assert found(promises, "LUFS").is_kept is is_kept
