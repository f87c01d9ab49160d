"""Whether an English dictionary knows a word: as it stands, by a form of it, by its British spelling, or by its parts.

Dictionaries list few forms and CMUdict spells as Americans do; none of that makes a word hard to say.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from pipeline.patterns import regex
from pipeline.text.tables import word_list

#: What may be taken off the end, and what may have stood there instead. A doubled letter before it may be single.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("'s", ("",)),
    ("'d", ("",)),
    ("'ll", ("",)),
    ("'ve", ("",)),
    ("'re", ("",)),
    ("s'", ("s",)),
    ("ies", ("y", "ie")),
    ("ves", ("f", "fe")),
    ("es", ("", "is")),
    ("s", ("",)),
    ("ian", ("", "ia", "y", "e")),
    ("an", ("", "a")),
    ("ite", ("",)),
    ("ism", ("", "e", "y", "o", "ist")),
    ("ist", ("", "e", "y", "o")),
    ("esque", ("", "e")),
    ("ize", ("",)),
    ("ise", ("",)),
    ("ization", ("",)),
    ("isation", ("",)),
)

_MORE_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e", "ie")),
    ("ier", ("y",)),
    ("er", ("", "e")),
    ("or", ("", "e")),
    ("iest", ("y",)),
    ("est", ("", "e")),
    ("ily", ("y",)),
    ("ably", ("able",)),
    ("ibly", ("ible",)),
    ("ally", ("al", "ic")),
    ("ly", ("", "le")),
    ("iness", ("y",)),
    ("ness", ("",)),
    ("ment", ("",)),
    ("less", ("",)),
    ("ful", ("",)),
    ("able", ("", "e", "ate")),
    ("ible", ("", "e")),
    ("ability", ("able",)),
    ("ibility", ("ible",)),
    ("ivity", ("ive",)),
    ("ality", ("al",)),
    ("ity", ("", "e")),
    ("ical", ("ic", "y")),
    ("ic", ("", "y", "e", "ics")),
    ("al", ("", "e")),
    ("ize", ("", "y", "e", "al")),
    ("ization", ("ize",)),
    ("ation", ("", "e", "ate")),
    ("ion", ("", "e")),
    ("ive", ("", "e", "ion")),
    ("ative", ("ation", "ate", "")),
    ("ance", ("", "e", "ant")),
    ("ency", ("ent",)),
    ("ery", ("", "er", "e")),
    ("y", ("", "e")),
    ("ish", ("", "e")),
    ("ee", ("", "e")),
    ("eer", ("",)),
    ("ous", ("", "y", "e")),
    ("ious", ("y", "ion")),
    ("hood", ("",)),
    ("ship", ("",)),
    ("dom", ("",)),
    ("ward", ("",)),
    ("wards", ("",)),
    ("fold", ("",)),
)

_PREFIXES = word_list(
    """anti auto bio co counter cyber de dis down eco electro euro ex extra fore geo hydro hyper in infra inter intra
    kilo macro mega meta micro mid mini mis mono multi nano narco neo neuro non nuclear out over para petro poly post
    pre pro proto pseudo psycho quasi re self semi socio sub super techno tele thermo trans ultra un under uni up"""
)

#: How a British spelling becomes an American one.
_RESPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(british), american)
    for british, american in (
        ("our", "or"),
        ("is(?=e|a|i)", "iz"),
        ("ys(?=e|i)", "yz"),
        ("ogue", "og"),
        ("ll", "l"),
        ("l(?=ment|ful|$)", "ll"),
        ("pp(?=ed|ing)", "p"),
        ("ae", "e"),
        ("oe", "e"),
        ("en[c](?=e|i)", "ens"),
        ("re(?=s|d|$)", "er"),
        ("tr(?=ing)", "ter"),
        ("xion", "ction"),
        ("grey", "gray"),
        ("mme(?=s|$)", "m"),
        ("que(?=s|$)", "ck"),
        ("phur", "fur"),
        ("ough(?=s|e|i|m|$)", "ow"),
        ("ould", "old"),
        ("sceptic", "skeptic"),
        ("tyr", "tir"),
        ("kerb", "curb"),
        ("artef", "artif"),
        ("eing$", "ing"),
        ("eable$", "able"),
        ("dgement", "dgment"),
        ("(?<=[lnmp])t$", "ed"),
        ("pyjama", "pajama"),
        ("ium$", "um"),
        ("cosy", "cozy"),
        ("gaol", "jail"),
        ("ise$", "ice"),
    )
)

#: Letters that are no other letter with a sign.
_LETTERS = str.maketrans(
    dict(
        pair.split("=") for pair in word_list("ł=l ø=o đ=d ð=d þ=th ß=ss æ=ae œ=oe ı=i Ł=L Ø=O Đ=D Ð=D Þ=Th Æ=Ae Œ=Oe")
    )
)

#: Endings of endings ("institutionalisations") and no more: beyond it everything is known.
_DEEPEST = 3
_LONGEST = 30
#: Of a word made to have more forms than any real one (36), no more are looked at.
_MOST_FORMS = 60
_SHORTEST_ROOT = 3
_SHORTEST_COMPOUND = 7


def is_known(
    word: str, dictionary: Mapping[str, tuple[str, ...]], *, is_name: bool, may_be_compound: bool = False
) -> bool:
    """Whether ``dictionary`` knows ``word``, lower case with straight apostrophes, in any form of it.

    Of a name only the endings that names take are taken off, and two words in one are tried only where the text has it
    in small letters: cut freely, half of all foreign names fall into English syllables.
    """
    if word in dictionary:
        return True
    if len(word) > _LONGEST:
        return False
    reached, edge = {word}, {word}
    for _ in range(_DEEPEST):
        edge = {root for form in edge for root in _roots(form, is_name=is_name)} - reached
        if any(root in dictionary for root in edge):
            return True
        reached |= edge
        if len(reached) > _MOST_FORMS:
            break
    return may_be_compound and any(_is_compound(form, dictionary) for form in reached)


def _roots(word: str, *, is_name: bool) -> Iterator[str]:
    """What ``word`` may be a form of, one step back."""
    yield from _without_ending(word, _ENDINGS)
    if not is_name:
        yield from _without_ending(word, _MORE_ENDINGS)
        yield from _without_prefix(word)
        yield from (pattern.sub(american, word) for pattern, american in _RESPELLINGS if pattern.search(word))


def _without_ending(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for ending, instead in endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_ROOT:
            continue
        yield from (stem + last for last in instead)
        if stem[-1] == stem[-2]:
            yield stem[:-1]


def _without_prefix(word: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        root = word.removeprefix(prefix)
        # "interwar", but not "unfit" in two: the shorter the pieces, the more foreign words fall into them.
        if root != word and len(root) > (_SHORTEST_ROOT if len(prefix) < _SHORTEST_ROOT else _SHORTEST_ROOT - 1):
            yield root


def _is_compound(word: str, dictionary: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether it is two known words in one, as in "rearguard"."""
    return len(word) >= _SHORTEST_COMPOUND and any(
        word[:middle] in dictionary and word[middle:] in dictionary
        for middle in range(_SHORTEST_ROOT, len(word) - _SHORTEST_ROOT + 1)
    )


def without_accents(word: str) -> str:
    """``word`` in the letters of English as far as they go."""
    parts = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
