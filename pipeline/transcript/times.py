"""Floor 2, inside the transcript: when each word of the display text is heard, and how that is known. Pure.

An engine marks the words of the spoken text. A word of the display text is followed through the spoken forms to the
marks of what is said for it, which may be several ("$2.5bn"), and starts and ends with them. What no mark tells lies
in proportion to its characters between what is known around it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipeline.model import CueWord, Mark, MarkKind, Placement, StoredClip, Timing, Utterance
from pipeline.transcript.costs import Word
from pipeline.units import rescale_samples


def word_times(
    utterance: Utterance, words: Sequence[Word], *, clip: StoredClip, placement: Placement, sample_rate: int
) -> tuple[CueWord, ...]:
    """``words`` with their times in Timeline samples: rising, without overlap, inside the ``placement``.

    A word is EXACT where both its ends come from EXACT marks, ALIGNED where one of them comes from an ALIGNED one,
    INTERPOLATED where either had to be put between its neighbours. It ends where its sound does: the pause at a
    comma belongs to no word.
    """
    found = _boundaries(utterance, words, marks=_clock_of(clip))
    samples = _filled(found, length=len(utterance.spoken), sample_count=clip.sample_count)
    times = [
        placement.start + min(placement.length, rescale_samples(sample, clip.sample_rate, to_rate=sample_rate))
        for sample in samples
    ]
    return tuple(
        CueWord(text=word.text, start=start, end=end, timing=_worst(first, last))
        for word, start, end, first, last in zip(words, times[::2], times[1::2], found[::2], found[1::2], strict=True)
    )


class _Boundary(NamedTuple):
    """A start or an end of a word: its character of the spoken text, its sample of the Clip if known, and how."""

    offset: int
    sample: int | None
    timing: Timing


class _Place(NamedTuple):
    """A character of the spoken text, and whether it is one for certain: inside a form it is a guess."""

    offset: int
    is_certain: bool


def _clock_of(clip: StoredClip) -> list[Mark]:
    """The marks of words in order; none where they make no sense as a clock.

    Text and sound go the same way, and every word begins before the sound ends. One that does not was counted at
    another rate, and so were the others.
    """
    marks = sorted((mark for mark in clip.marks if mark.kind is MarkKind.WORD), key=lambda mark: mark.char_start)
    is_rising = all(one.sample_start <= other.sample_start for one, other in pairwise(marks))
    is_inside = all(mark.sample_start < clip.sample_count for mark in marks)
    return marks if is_rising and is_inside else []


def _boundaries(utterance: Utterance, words: Sequence[Word], *, marks: Sequence[Mark]) -> list[_Boundary]:
    """Start and end of each word, in turn."""
    places = _places(utterance, [offset for word in words for offset in (word.start, word.end)])
    firsts = [mark.char_start for mark in marks]
    boundaries = []
    for start, end in zip(places[::2], places[1::2], strict=True):
        # The marks of what lies between the two, which is nothing where a word is not said at all.
        first = bisect_left(firsts, start.offset)
        after = bisect_left(firsts, end.offset, lo=first)
        is_said = after > first
        boundaries.append(_start(start, marks[first] if is_said else None, before=marks[first - 1] if first else None))
        boundaries.append(_end(end, marks[after - 1] if is_said else None, following=marks[after : after + 1]))
    return boundaries


def _start(place: _Place, mark: Mark | None, *, before: Mark | None) -> _Boundary:
    """A start is known where a mark begins in the word, and the one before it does not reach into it."""
    if mark is None or not place.is_certain or (before is not None and before.char_end > place.offset):
        return _Boundary(place.offset, None, Timing.INTERPOLATED)
    return _Boundary(place.offset, mark.sample_start, mark.timing)


def _end(place: _Place, mark: Mark | None, *, following: Sequence[Mark]) -> _Boundary:
    """An end is known where the last mark of the word does not reach beyond it.

    A mark that ends where an interpolated one starts has its end from there.
    """
    if mark is None or not place.is_certain or mark.char_end > place.offset:
        return _Boundary(place.offset, None, Timing.INTERPOLATED)
    timing = mark.timing
    if following and following[0].sample_start == mark.sample_end:
        timing = max(timing, following[0].timing, key=_DOUBT.__getitem__)
    return _Boundary(place.offset, mark.sample_end, timing)


#: How far each way of knowing a time is from having heard it.
_DOUBT = {Timing.EXACT: 0, Timing.ALIGNED: 1, Timing.INTERPOLATED: 2}


def _worst(first: _Boundary, last: _Boundary) -> Timing:
    return max(first.timing, last.timing, key=_DOUBT.__getitem__)


def _places(utterance: Utterance, offsets: Sequence[int]) -> list[_Place]:
    """Where rising characters of the display text are in the spoken text; one pass over the forms."""
    forms, number, shift = utterance.forms, 0, 0
    places = []
    for offset in offsets:
        while number < len(forms) and forms[number].start < offset >= forms[number].end:
            shift = forms[number].spoken_end - forms[number].end
            number += 1
        form = forms[number] if number < len(forms) else None
        if form is None or offset <= form.start:
            places.append(_Place(offset + shift, is_certain=True))
        else:
            share = (offset - form.start) / (form.end - form.start)
            offset_in_form = form.spoken_start + round(share * (form.spoken_end - form.spoken_start))
            places.append(_Place(offset_in_form, is_certain=False))
    return places


def _filled(boundaries: Sequence[_Boundary], *, length: int, sample_count: int) -> list[int]:
    """A sample for every boundary: never back, what is known as it is, straight lines between."""
    known = [
        (number, boundary.offset, sample)
        for number, (boundary, sample) in enumerate(zip(boundaries, _rising(boundaries), strict=True))
        if sample is not None
    ]
    fixed = [(-1, 0, 0), *known, (len(boundaries), length, sample_count)]
    samples: list[int] = []
    for one, other in pairwise(fixed):
        if one[0] >= 0:
            samples.append(one[2])
        samples.extend(_between(boundaries[one[0] + 1 : other[0]], one[1:], to=other[1:]))
    return list(accumulate((min(sample, sample_count) for sample in samples), max))


def _rising(boundaries: Sequence[_Boundary]) -> list[int | None]:
    """What is known; an end that lies beyond the next known start is drawn back to it."""
    samples: list[int | None] = []
    next_start: int | None = None
    for number, boundary in reversed(list(enumerate(boundaries))):
        sample = boundary.sample
        if sample is not None and number % 2 == 0:
            next_start = sample
        elif sample is not None and next_start is not None:
            sample = min(sample, next_start)
        samples.append(sample)
    return samples[::-1]


def _between(unknown: Sequence[_Boundary], known: tuple[int, int], *, to: tuple[int, int]) -> Iterator[int]:
    (first, start), (last, end) = known, to
    for boundary in unknown:
        share = (boundary.offset - first) / (last - first) if last > first else 0.0
        yield start + round(min(1.0, max(0.0, share)) * (end - start))
