"""Where the topic changes: of all ways to divide a text that are allowed, the most probable one."""

from itertools import combinations, pairwise
from math import lgamma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters.topics import Limits, Stretch, topic_starts

WORD_POOL = st.sampled_from(["sand", "seabed", "vote", "seat", "cable", "ship", "permit", "harbour"])
#: The model's own figure, written down again: a change of it is to be seen here.
PRIOR = 0.4
STRETCHES = st.lists(
    st.tuples(st.lists(WORD_POOL, min_size=1, max_size=6), st.booleans(), st.sampled_from([0.0, -0.5, -3.0])),
    min_size=1,
    max_size=8,
)


def brute_force(stretches: list[Stretch], limits: Limits, *, end_s: float) -> tuple[int, float] | None:
    """The most chapters there can be and the best score of that many, from every way of cutting."""
    vocabulary = len({word for stretch in stretches for word in stretch.stems})
    places = [number for number in range(1, len(stretches)) if stretches[number].can_begin]
    for count in range(min(limits.count, len(stretches)), 0, -1):
        scores = [
            sum(chapter_score(stretches[a:b], vocabulary) for a, b in pairwise([0, *cuts, len(stretches)]))
            for cuts in combinations(places, count - 1)
            if is_allowed(stretches, [0, *cuts, len(stretches)], limits=limits, end_s=end_s)
        ]
        if scores:
            return count, max(scores)
    return None


def chapter_score(chapter: list[Stretch], vocabulary: int) -> float:
    words = [word for stretch in chapter for word in stretch.stems]
    opening = chapter[0].opening if chapter[0].start_s else 0.0
    gains = sum(lgamma(PRIOR + words.count(word)) - lgamma(PRIOR) for word in set(words))
    return opening + gains - lgamma(PRIOR * vocabulary + len(words)) + lgamma(PRIOR * vocabulary)


def is_allowed(stretches: list[Stretch], bounds: list[int], *, limits: Limits, end_s: float) -> bool:
    times = [0.0, *(stretch.start_s for stretch in stretches[1:]), end_s]
    return all(
        sum(stretch.words for stretch in stretches[a:b]) >= limits.least_words and times[b] - times[a] >= limits.least_s
        for a, b in pairwise(bounds)
    )


@given(parts=STRETCHES, count=st.integers(1, 4), least=st.integers(1, 8))
def test_the_cuts_are_the_most_probable_of_all(parts, count, least) -> None:
    stretches = [
        Stretch(
            stems=tuple(words),
            words=len(words),
            start_s=2.0 * number,
            can_begin=can_begin or number == 0,
            opening=opening,
        )
        for number, (words, can_begin, opening) in enumerate(parts)
    ]
    limits = Limits(count=count, least_words=least, least_s=2.0, most_words=float("inf"))
    end_s = 2.0 * len(stretches)
    made = topic_starts(stretches, limits, end_s=end_s)
    best = brute_force(stretches, limits, end_s=end_s)
    if best is None:
        assert made == ()
        return
    bounds = [*made, len(stretches)]
    assert len(made) == best[0]
    assert is_allowed(stretches, bounds, limits=limits, end_s=end_s)
    assert all(stretches[start].can_begin for start in made)
    vocabulary = len({word for stretch in stretches for word in stretch.stems})
    score = sum(chapter_score(stretches[a:b], vocabulary) for a, b in pairwise(bounds))
    assert score == pytest.approx(best[1])
