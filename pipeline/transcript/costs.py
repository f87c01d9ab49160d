"""Floor 2, inside the transcript: what it costs to break a sentence between two of its words. Pure.

Nothing after the end of a sentence, little after a comma or before a conjunction, much after an article, and so much
that nobody ever pays it, if it can be helped, where it would tear apart what belongs together. Source: the Netflix
Timed Text Style Guide (break after punctuation, before conjunctions and prepositions, never between first and last
name, article and noun) and the BBC Subtitle Guidelines.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.patterns import regex

#: Costs, in the same coin as those of `breaks.py`.
TORN, AFTER_LEADING_WORD, _AFTER_NAME_LINK = 10_000.0, 25.0, 40.0
_AFTER_SENTENCE, _AFTER_STOP, _AFTER_COMMA = 0.0, 1.0, 2.0
_BEFORE_CONJUNCTION, _BEFORE_PREPOSITION, _ELSEWHERE = 3.0, 5.0, 12.0


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CONJUNCTIONS = _set(
    """and or but nor because although though while whereas when where who whom whose which that if unless until
    since before after as than whether once"""
)
_PREPOSITIONS = _set(
    """about above across after against along amid among around at before behind below beneath beside between beyond
    by despite down during except for from in inside into like near of off on onto outside over past per since through
    throughout to toward towards under until up upon via with within without"""
)
#: Words that lean on the next one: a line never ends on them if that can be helped.
_LEADING = (
    _set(
        """a an the this that these those my your his her its our their no not every each some any few several many all
        other another very more most less is are was were be been has have had will would can could may might
        must shall should do does did he she they we i it you according such due rather both between either sir"""
    )
    | _PREPOSITIONS
    | _CONJUNCTIONS
)
#: What stands before a name even in small letters: the president | Havel is never broken.
_TITLES = _set(
    """admiral ambassador bishop captain cardinal chairman chairwoman chancellor colonel commissioner count deputy
    dr emperor general governor judge justice king lady lieutenant lord major marshal mayor minister mr mrs ms pope
    premier president prince princess prof professor queen representative secretary senator sheikh sir spokesman
    spokeswoman sultan"""
)
#: What may stand before a title, and the nations of whom the ending does not tell.
_BEFORE_TITLES = _set("Acting Assistant Chief Crown Defence Defense Finance First Foreign Interior Prime Under Vice")
_NATIONS = _set("Czech Dutch French Greek Iraqi Israeli Pakistani Saudi Slovak Soviet Swiss Thai U.S. US UK")
_NUMBER_WORDS = _set(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety half"""
)
_SCALES = _set("hundred thousand million billion trillion dozen m bn tn per cent percent")
_MONTHS = _set(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
)
_BEFORE_YEARS = _set("in of since by from until till before after during to and between early late mid through")
#: How far from a break the small words of a name are looked for.
_MOST_LINKS = 6
_NAME_LINKS = frozenset(["of", "the", "de", "da", "del", "van", "von", "der", "al", "el", "bin", "ibn", "la", "le"])
_ABBREVIATION = regex(
    r"(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|St|Mt|Ft|Gen|Lt|Maj|Capt|Cdr|Cmdr|Adm|Sgt|Col|Sen|Rep|Gov|Pres|Amb|Prof|Rev|Hon"
    r"|Jr|Sr|No|Nos|Art|Fig|Vol|Ch|Sec|vs|cf|ca|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.",
)
_YEAR = regex(r"1\d{3}|20\d\d")
_OPENING, _CLOSING = "\"'“”‘’«»([{—–-", "\"'“”‘’«»)]}"
_STOPS = ".?!…;:,—–"


class Word(NamedTuple):
    """A word with its punctuation, and the characters of the text where it stands."""

    text: str
    start: int
    end: int


def break_costs(words: Sequence[Word]) -> tuple[float, ...]:
    """What a break before each of ``words`` costs; before the first one, nothing."""
    return (0.0, *(_break_cost(words, place) for place in range(1, len(words))))


def _break_cost(words: Sequence[Word], place: int) -> float:
    before, after = words[place - 1].text, words[place].text
    if _is_torn(words, place):
        return TORN
    if _is_inside_a_name(words, place):
        return _AFTER_NAME_LINK if before in _NAME_LINKS else AFTER_LEADING_WORD
    if _has_stop(before):
        return _cost_by_punctuation(before)
    return _cost_by_words(before, after)


def _is_torn(words: Sequence[Word], place: int) -> bool:
    """Whether a break here parts a number from its unit, a title or a first name from the name, or a date."""
    before, after = words[place - 1].text, words[place].text
    first, second = before.strip(_OPENING + _CLOSING), after.strip(_OPENING + _CLOSING)
    if _has_stop(before):
        return first.endswith(",") and _is_day(words, place - 1) and bool(_YEAR.match(second))
    if _is_number(first) or first.lower() in _NUMBER_WORDS | _SCALES:
        return _is_counted(words, place)
    if after[0] in "([" or _is_before_office(first, second):
        return False
    is_name = _is_capitalised(first) or (first.lower() in _TITLES and not _is_number(second))
    return is_name and (_is_capitalised(second) or _is_number(second))


def _is_before_office(first: str, second: str) -> bool:
    """Whether an office follows a nation: British | Foreign Minister George Canning, a long name's best place."""
    is_nation = first.endswith(("an", "ish", "ese")) or first in _NATIONS
    return is_nation and _is_capitalised(second) and (second.lower() in _TITLES or second in _BEFORE_TITLES)


def _is_counted(words: Sequence[Word], place: int) -> bool:
    """Whether the word after a number is what it counts: 40 kilometres, 3 March, two billion; not: in 1941 was."""
    number, after = words[place - 1].text.strip(_OPENING + _CLOSING), _bare(words[place].text)
    if after in _SCALES or (after in _MONTHS and _is_capitalised(words[place].text)):
        return True
    if not _is_number(number):
        return number.lower() in _SCALES and _is_number(after)
    return after not in _LEADING and not _is_year(words, place - 1) and not _is_part_of_a_name(words, place - 1)


def _is_year(words: Sequence[Word], place: int) -> bool:
    """Whether a number is a year: four figures after a preposition or a month."""
    before = _bare(words[place - 1].text) if place else ""
    return bool(_YEAR.fullmatch(_bare(words[place].text))) and before in _BEFORE_YEARS | _MONTHS


def _is_part_of_a_name(words: Sequence[Word], place: int) -> bool:
    """Whether a number belongs to what stands before it: March 1, Resolution 687. A sentence's first word may not."""
    before = words[place - 1].text if place else ""
    is_name = place > 1 and _is_capitalised(before.lstrip(_OPENING)) and not _has_stop(before)
    return is_name or _is_day(words, place)


def _is_day(words: Sequence[Word], place: int) -> bool:
    return place > 0 and _bare(words[place - 1].text) in _MONTHS and words[place].text[:1].isdigit()


def _is_inside_a_name(words: Sequence[Word], place: int) -> bool:
    """Whether small words of a name stand beside the break: Treaty | of Paris, Ruben van | der Molen."""
    first, last = place - 1, place
    while first > max(0, place - _MOST_LINKS) and words[first].text in _NAME_LINKS:
        first -= 1
    while last < min(len(words), place + _MOST_LINKS) - 1 and words[last].text in _NAME_LINKS:
        last += 1
    between = [word.text for word in words[first + 1 : last]]
    return (
        between not in ([], ["the"])
        and _is_capitalised(words[first].text)
        and not _has_stop(words[first].text)
        and _is_capitalised(words[last].text)
    )


def _has_stop(word: str) -> bool:
    """Whether a pause follows the word; the full stop of an abbreviation is none."""
    return word.rstrip(_CLOSING)[-1:] in tuple(_STOPS) and not _ABBREVIATION.fullmatch(word.strip(_OPENING + _CLOSING))


def _cost_by_punctuation(before: str) -> float:
    last = before.rstrip(_CLOSING)[-1:]
    if last in ".?!…":
        return _AFTER_SENTENCE
    return _AFTER_COMMA if last == "," else _AFTER_STOP


def _cost_by_words(before: str, after: str) -> float:
    first, second = _bare(before), _bare(after)
    if (
        _ABBREVIATION.fullmatch(before.strip(_OPENING + _CLOSING))
        or first in _LEADING
        or (first in _NUMBER_WORDS | _SCALES and second not in _LEADING)
    ):
        return AFTER_LEADING_WORD
    if after[0] in "([" or before[-1] in ")]" or second in _CONJUNCTIONS:
        return _BEFORE_CONJUNCTION
    return _BEFORE_PREPOSITION if second in _PREPOSITIONS and second != "of" else _ELSEWHERE


def _bare(word: str) -> str:
    return word.strip(_OPENING + _CLOSING + ".?!…;:,").lower()


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def _is_number(word: str) -> bool:
    return word[-1:].isdigit() or word.lstrip("$€£¥")[:1].isdigit()
