"""Inside the quotations: the whole way from paragraphs to Quotations.

Only what lies in no other quotation has a speaker: what somebody quotes is heard in the quoter's own sentence.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.english.quotations import marks, wholeness
from pipeline.text.english.quotations.marks import Family
from pipeline.text.english.quotations.names import Usage, usage_of, with_joined_offices
from pipeline.text.english.quotations.places import Place, places_of
from pipeline.text.english.quotations.speakers import REACH, Attribution, signature
from pipeline.text.english.quotations.threads import attributions
from pipeline.text.pack import Quotation

#: A text without any of these has no quotation; the dashes are for mottoes.
_SIGN = regex(f"[{marks.SIGNS}—–―]|--")
#: Between the halves of a sentence and its attribution.
_PARTING = frozenset(",—–")
_SIGNED_AT_END = regex(r"[.!?…]\s+(?=(?:[—–―]|--)\s?\S)")


def find_quotations(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of a text, by paragraph and then by start; see LanguagePack.

    The speaker is the name as written, without a title. A quotation over several paragraphs is one Quotation in
    each, all but the last ``is_open``, with one speaker. A paragraph without marks is a quotation where a dash and
    a name follow it, as below a motto; behind the last paragraph of all, that is the author's own signature.
    """
    if not any(map(_SIGN.search, paragraphs)):
        return ()
    texts = [with_joined_offices(text) for text in paragraphs]
    usage = usage_of(texts)
    following = [*texts[1:], ""]
    found = [
        list(_of_paragraph(text, number, usage=usage, following=behind))
        for number, (text, behind) in enumerate(zip(texts, following, strict=True))
    ]
    for number, text in enumerate(texts):
        found[number] = found[number] or list(
            _motto(text, number, usage=usage, following=texts[number + 1 : number + 3])
        )
    return tuple(each for quoted in _with_one_speaker_a_run(found, texts) for each in quoted)


class _Top(Struct, frozen=True, kw_only=True):
    """What is known of a quotation that lies in no other; the fields are those of Quotation."""

    speaker: str
    is_self_contained: bool
    words: int = 0


_INNER = _Top(speaker="", is_self_contained=False)


def _of_paragraph(text: str, number: int, *, usage: Usage, following: str) -> Iterator[Quotation]:
    reopening = marks.opening_family(following)
    found = marks.marked(text, is_reopened=reopening is Family.SINGLE)
    places = places_of(text, [each for each in found if each.depth == 1])
    tops = dict(zip([place.start for place in places], _tops(places, usage, following=following), strict=True))
    end = len(text.rstrip())
    for each in found:
        top = tops[each.start] if each.depth == 1 else _INNER
        is_open = each.depth == 1 and not each.is_closed and each.end >= end and each.family is reopening
        yield Quotation(
            paragraph=number,
            start=each.start,
            end=each.end,
            depth=each.depth,
            speaker=top.speaker,
            is_open=is_open,
            is_self_contained=top.is_self_contained and (each.is_closed or is_open),
            words=top.words,
        )


def _tops(places: Sequence[Place], usage: Usage, *, following: str) -> list[_Top]:
    """What is known of each place, in order."""
    found = list(attributions(places, usage))
    signed = signature(following, usage)
    if signed and places and not (found[-1] or places[-1].head.strip() or places[-1].tail.strip()):
        found[-1] = Attribution(speaker=signed)
    return [top for numbers in _sentences(places, found) for top in _tops_of_sentence(numbers, places, found=found)]


def _sentences(places: Sequence[Place], found: Sequence[Attribution | None]) -> Iterator[range]:
    """The numbers of the places that are one sentence: mostly one, several where attributions stand between them."""
    first = 0
    for number in range(1, len(places) + 1):
        if number < len(places) and found[number] and _is_parted(places[number - 1], places[number]):
            continue
        yield range(first, number)
        first = number


def _is_parted(one: Place, other: Place) -> bool:
    return one.ending in _PARTING and other.head.rstrip()[-1:] in _PARTING


def _tops_of_sentence(
    numbers: range, places: Sequence[Place], *, found: Sequence[Attribution | None]
) -> Iterator[_Top]:
    content = " ".join(places[number].content for number in numbers)
    attributed = [found[number] for number in numbers]
    is_whole = _is_sentence(places[numbers[0]], places[numbers[-1]], content=content, is_attributed=any(attributed))
    words = len(content.split()) if len(numbers) > 1 else 0
    for each in attributed:
        yield _Top(speaker=each.speaker if each else "", is_self_contained=is_whole, words=words)


def _is_sentence(first: Place, last: Place, *, content: str, is_attributed: bool) -> bool:
    return (
        wholeness.begins_as_sentence(content)
        and wholeness.may_begin(first.head)
        and wholeness.ends_as_sentence(last.ending, behind=last.tail[:1], is_attributed=is_attributed)
        and wholeness.has_clause(content)
    )


def _motto(text: str, number: int, *, usage: Usage, following: Sequence[str]) -> Iterator[Quotation]:
    """The whole paragraph, where the end of it or a paragraph below it is a dash and a name and nothing else."""
    at_end = next(iter(_SIGNED_AT_END.finditer(text, max(0, len(text) - REACH))), None)
    signed = signature(text[at_end.end() :], usage) if at_end else ""
    end = at_end.start() + 1 if at_end and signed else len(text.rstrip())
    if not signed and len(following) > 1 and not signature(text, usage):
        signed = signature(following[0], usage)
    if signed and text[:end].strip():
        content = text[:end].strip()
        is_sentence = wholeness.begins_as_sentence(content) and wholeness.has_clause(content)
        start = len(text) - len(text.lstrip())
        yield Quotation(paragraph=number, start=start, end=end, speaker=signed, is_self_contained=is_sentence)


def _with_one_speaker_a_run(found: Sequence[list[Quotation]], texts: Sequence[str]) -> Iterator[list[Quotation]]:
    """A quotation over several paragraphs is one person's, wherever the name stands; two names are nobody's."""
    number = 0
    while number < len(found):
        length = 1
        while number + length < len(found) and any(each.is_open for each in found[number + length - 1]):
            length += 1
        run = found[number : number + length]
        yield from _with_one_speaker(run, texts) if length > 1 else run
        number += length


def _with_one_speaker(run: Sequence[list[Quotation]], texts: Sequence[str]) -> Iterator[list[Quotation]]:
    """The quotations of the paragraphs of a run: the one that is open in each, and the first of the last one."""
    parts = [next((each for each in quoted if each.is_open), quoted[0] if quoted else None) for quoted in run]
    names = {each.speaker for each in parts if each and each.speaker}
    speaker = names.pop() if len(names) == 1 else ""
    words = sum(len(texts[each.paragraph][each.start : each.end].split()) for each in parts if each)
    for quoted, part in zip(run, parts, strict=True):
        yield [msgspec.structs.replace(each, speaker=speaker, words=words) if each is part else each for each in quoted]
