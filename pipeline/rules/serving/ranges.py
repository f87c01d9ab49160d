"""Floor 2, rules over what is served: whether a part of a sound can be asked for, as players do when they jump."""

from collections.abc import Iterator

from pipeline.model import Probe, RangeAnswer, Served, ServedKind, Severity
from pipeline.rules.rule import EVERYONE, Confidence, Fault, Rule, Source, apple_requirements, rule

_RANGES = Source("Apple, Podcast requirements (823); RFC 9110, 14", "A19, T6", Confidence.PRIMARY)
_CURE = "let the host answer byte ranges (RFC 9110, section 14): serve the sound as a file and not through a program"


@rule("range-ignored", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A19"))
def _range_ignored(facts: Probe) -> Iterator[Fault]:
    for served in facts.all:
        ignored = [one.asked for one in served.ranges if one.meant is not None and one.answer.status == 200]
        if ignored:
            yield Fault(
                served.named.where,
                f"asked for a part of it ({ignored[0]}), the host sends the whole sound (200)",
                _CURE,
            )


@rule("range-wrong", Severity.ERROR, directories=EVERYONE, source=_RANGES)
def _range_wrong(facts: Probe) -> Iterator[Fault]:
    for served, one in _ranges(facts):
        if one.meant is not None and one.answer.status != 200:
            what = _wrong(one, whole=served.get.whole_bytes)
            if what:
                yield Fault(served.named.where, f"asked for {one.asked}, the host {what}", _CURE)


@rule("range-past-end", Severity.WARNING, directories=EVERYONE, source=_RANGES)
def _range_past_end(facts: Probe) -> Iterator[Fault]:
    for served, one in _ranges(facts):
        if one.meant is None and one.answer.status != 416:
            yield Fault(
                served.named.where,
                f"asked for what lies behind its end ({one.asked}), the host answers {one.answer.status} and not 416",
                _CURE,
            )


def _ranges(facts: Probe) -> Iterator[tuple[Served, RangeAnswer]]:
    """Every part of a sound that was asked for and answered."""
    for served in facts.all:
        if served.named.kind is ServedKind.SOUND:
            yield from ((served, one) for one in served.ranges if one.answer.failure is None)


def _wrong(one: RangeAnswer, *, whole: int | None) -> str:
    """What is wrong with the answer to a part that is there, as a predicate; "" for nothing."""
    answer, meant = one.answer, one.meant
    if meant is None or answer.status != 206:
        return f"answers {answer.status} and not 206"
    first, last = meant
    said = answer.content_range
    if said is None or said[:2] != meant or (whole is not None and said[2] != whole):
        total = "*" if whole is None else whole
        return f"says Content-Range {answer.headers.get('content-range', '(none)')}, not bytes {first}-{last}/{total}"
    if answer.is_cut or answer.body_bytes != last - first + 1:
        more = "more than " if answer.is_cut else ""
        return f"sends {more}{answer.body_bytes} bytes and not {last - first + 1}"
    return ""


RANGE_RULES: tuple[Rule[Probe], ...] = (_range_ignored, _range_wrong, _range_past_end)
