"""Inside the quotations: speakers carried through a paragraph, from quotation to quotation and to a pronoun.

"He said" is whoever spoke last, if the paragraph has named nobody else whom it could mean.
"""

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.patterns import regex
from pipeline.text.english.quotations import speakers, wholeness
from pipeline.text.english.quotations.names import Usage, mentions
from pipeline.text.english.quotations.places import Place
from pipeline.text.english.quotations.speakers import REACH, Attribution

#: From an attribution on to the next opening mark: a few words of time or place at most.
_GOING_ON = regex(r"(?:,\s[^,.!?;:“”\"]{2,90}(?=[,.]))?(?:,?\s[^,.!?;:“”\"—–]{1,60})?\s?(?P<mark>[,.;:—–])\s*\Z")


def attributions(places: Sequence[Place], usage: Usage) -> Iterator[Attribution | None]:
    """For each place of a paragraph what is said of its speaker, None where nothing is; pronouns are resolved."""
    named: dict[str, None] = {}
    mentioned: set[str] = set()
    last: Attribution | None = None
    for number, place in enumerate(places):
        mentioned.update(mentions(place.before, usage))
        named.update(dict.fromkeys(speakers.speakers_in(place.before, usage)))
        found = _beside(place, usage)
        if found is None and last and _goes_on(places[number - 1], place, attribution=last):
            found = msgspec.structs.replace(last, end=0)
        if found and found.is_pronoun:
            found = msgspec.structs.replace(found, speaker=_antecedent(named, mentioned), is_pronoun=False)
        if found and found.speaker:
            named[found.speaker] = None
        last = found
        yield found


def _beside(place: Place, usage: Usage) -> Attribution | None:
    """What the words on both sides say; where they name two, nobody knows."""
    before = speakers.attribution_before(place.head, usage)
    is_sentence = wholeness.begins_as_sentence(place.content)
    if is_sentence and not wholeness.may_begin(place.head):
        # A title: In “The Quiet Harbour,” Amaro wrote that ...
        return before
    behind = speakers.attribution_behind(place.tail, usage, ending=place.ending, is_sentence=is_sentence)
    if not before or not behind:
        return before or behind
    if behind.is_pronoun or not behind.speaker:
        return msgspec.structs.replace(before, end=behind.end)
    if before.is_pronoun or before.speaker == behind.speaker:
        return behind
    introduction = speakers.attribution_before(place.tail, usage)
    if introduction and introduction.speaker == behind.speaker:
        return before
    return Attribution(speaker="", end=behind.end)


def _goes_on(one: Place, other: Place, *, attribution: Attribution) -> bool:
    """Whether ``other`` goes on with what ``one`` says: nothing but the attribution lies between them."""
    if not attribution.end or len(other.before) > REACH:
        return False
    rest = one.tail[attribution.end :]
    found = _GOING_ON.match(rest)
    if not found or speakers.has_speech(rest):
        return False
    if found["mark"] != ".":
        return True
    # Behind anything but a stop somebody else may be named, in a way that is not understood.
    is_alone = other.ending == "." or not other.tail.strip()
    return is_alone and wholeness.begins_as_sentence(other.content)


def _antecedent(named: dict[str, None], mentioned: set[str]) -> str:
    """Whom "he" or "she" means: the only one who has spoken, where nobody else has been mentioned."""
    if not named:
        return ""
    last = next(reversed(named))
    words = set(last.split())
    others = [name for name in (*named, *mentioned) if words.isdisjoint(name.split())]
    return "" if others else last
