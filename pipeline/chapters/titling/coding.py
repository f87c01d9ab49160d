"""Floor 2, inside the titles of chapters: what every word of a sentence is taken to be. Pure.

Each word gets a one-letter code, first by lists and endings, then by its neighbours:

    N noun   P name   J adjective   E participle before a noun   G -ing before a noun   n, p with 's   M number
    D the   d a, an   S possessive, quantifier   O pronoun   F of   B between   L in, on, against ...
    R other preposition   T to   C and, or   W that, which, when ...   X auxiliary   K no, any, without   V verb
    I gerund with an object   Z other -ing   A adverb   Y date   , comma   q quotation mark, bracket   Q other mark
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipeline.chapters import words as small
from pipeline.chapters.titling import verbs
from pipeline.chapters.titling import vocabulary as english
from pipeline.patterns import regex

#: How far a sentence is looked into: what is said later in it is seldom its subject, and takes time.
_WORDS_SEARCHED = 45
_CHARACTERS_SEARCHED = 400

_TOKEN = regex(
    r"""(?:[^\W\d_]\.){2,}(?:['’]s|-\w+)?     # U.S., U.S.’s, U.S.-Japanese
      | [A-Z]\.(?=\s[A-Z])                     # Robert W. Shufeldt
      | (?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Capt|Lt|Adm|Prof|Jr|Sr)\.
      | [$€£¥]?\d[\d.,]*\d(?:[-–/%]?\w+)*%?|[$€£¥]?\d\w*%?
      | [^\W_]+(?:[-‐‑'’.&/][^\W_]+)*['’]?     # words, hyphened words, possessives in s’
      | \S""",
    re.VERBOSE,
)
_WORD = regex(r"[^\W\d_][\w.'’-]*")
_POSSESSIVE = ("'s", "’s", "'", "’")
#: We've, it's, who'd; "Velm's" is no such thing.
_CONTRACTED = regex(r"\w+'(?:ve|re|ll|d|m)|(?:it|that|there|here|what|who|he|she|how)'s")
_MARKS = {",": ",", "&": "C"} | dict.fromkeys("\"“”„«»‘’'()[]{}", "q")
#: Nouns, and what stands in front of them.
NOMINAL = frozenset("JNPpnEGM")
_ENDINGS = (
    (regex(r"[\w-]{2,}ly"), "A"),
    (regex(r"[\w-]{3,}(?:ize|izes|ify|ifies)"), "V"),
    (regex(r"[\w-]{2,}[^e]ed"), "E"),
    (regex(r"[\w-]{2,}ing"), "G"),
    (
        regex(
            r"[\w-]{2,}(?:ous|ful|able|ible|less|ish|ive|ic|ical|al|ary|ese|ern|ular|style|wide|led|based|backed|made)"
        ),
        "J",
    ),
)


class Token(NamedTuple):
    """A word or mark, where it stands, and the code of what it is taken to be."""

    text: str
    start: int
    end: int
    code: str


def names_in(sentences: Iterable[str]) -> frozenset[str]:
    """The words that are names: inside sentences they are capitalised at least as often as not."""
    words = Counter(word for sentence in sentences for word in _WORD.findall(sentence)[1:])
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for word, count in words.items():
        base = word.removesuffix("’s").removesuffix("'s").lower()
        (upper if word[0].isupper() else lower)[base] += count
    return frozenset(word for word, count in upper.items() if count >= lower[word])


def coded(sentence: str, names: frozenset[str]) -> tuple[Token, ...]:
    """The first words and marks of ``sentence`` with their codes; ``names`` tell whether its first word is one."""
    matches = list(islice(_TOKEN.finditer(sentence[:_CHARACTERS_SEARCHED]), _WORDS_SEARCHED))
    words = [match.group() for match in matches]
    codes = [_code_inside(word) for word in words]
    codes[:1] = [_code(word, names, is_first=True) for word in words[:1]]
    for number in range(len(codes)):
        codes[number] = _in_context(codes, words, number=number)
    return tuple(Token(m.group(), m.start(), m.end(), code) for m, code in zip(matches, codes, strict=True))


def _code(word: str, names: frozenset[str], *, is_first: bool) -> str:
    """What ``word`` is taken to be before its neighbours are looked at."""
    if len(word) == 1 and not word.isalnum():
        return _MARKS.get(word, "Q")
    if word.lstrip("$€£¥")[:1].isdigit():
        return "M"
    base = word.removesuffix("s").rstrip("'’") if word.endswith(_POSSESSIVE) else word
    lower = word.lower().replace("’", "'")
    if _CONTRACTED.fullmatch(lower):
        return "O"
    if word[0].isupper() and _is_name(word, base.lower(), names=names if is_first else None):
        return "P" if base == word else "p"
    if word == "May" and not is_first:
        return "Y"
    return _CLOSED.get(lower) or ("n" if base != word else _code_by_ending(lower))


@lru_cache(maxsize=1 << 14)
def _code_inside(word: str) -> str:
    """The same for a word that is not the first one: its capital tells whether it is a name."""
    return _code(word, frozenset(), is_first=False)


def _is_name(word: str, base: str, *, names: frozenset[str] | None) -> bool:
    """Whether a word in capitals is a name; of the first one, only ``names`` can tell."""
    if base in small.TIMES:
        return False
    is_acronym = word.isupper() and len(word) > 1
    if names is None:
        return base not in _SMALL or is_acronym
    return (base in names and base not in _CLOSED) or is_acronym


def is_always_name(word: str, names: frozenset[str]) -> bool:
    """Whether a word of a heading in capitals keeps its own."""
    base = word.lower().removesuffix("’s").removesuffix("'s")
    return (base in names and base not in _CLOSED) or word.isupper() or base in english.ORIGINS


def _closed() -> dict[str, str]:
    """The code of every word that has one, later lines giving way to earlier ones."""
    lists = (
        ("F", frozenset({"of"})),
        ("T", frozenset({"to"})),
        ("K", frozenset({"no", "neither", "nor", "without", "little", "few", "hardly", "never", "not", "less", "any"})),
        ("M", english.NUMBERS),
        ("B", frozenset({"between"})),
        ("L", english.LINKING_PREPOSITIONS),
        ("D", frozenset({"the"})),
        ("d", frozenset({"a", "an"})),
        ("A", frozenset({"sure"})),
        ("O", frozenset({"both", "all", "each", "please", "let's"})),
        ("S", small.POSSESSIVES),
        ("W", small.SUBORDINATORS),
        ("S", small.QUANTIFIERS),
        ("O", small.PRONOUNS),
        ("X", small.AUXILIARIES),
        ("C", small.CONJUNCTIONS),
        ("R", small.PREPOSITIONS),
        ("A", small.ADVERBS),
        ("Y", small.TIMES),
        ("V", verbs.VERBS),
        ("N", english.PLAIN_NOUNS | english.NOUNS_LIKE_ADJECTIVES),
        ("J", english.ADJECTIVES),
    )
    return {word: code for code, words in reversed(lists) for word in words}


_CLOSED = _closed()
#: No name begins with one of them, capitalised or not: what follows a heading that ran into the text, "It", "The".
_SMALL = frozenset(word for word, code in _CLOSED.items() if code in "FTBLDdSWOXCR")


@lru_cache(maxsize=1 << 14)
def _code_by_ending(word: str) -> str:
    if word in english.NOUNS_IN_LY:
        return "N"
    return next((code for pattern, code in _ENDINGS if pattern.fullmatch(word)), "N")


def _in_context(codes: list[str], words: list[str], *, number: int) -> str:
    """The code of a word once those before it are settled and those after it are guessed."""
    code = codes[number]
    before = codes[number - 1] if number else "^"
    after = codes[number + 1] if number + 1 < len(codes) else "$"
    if _is_in_a_name(codes, words, number=number):
        return "P"
    if words[number] == "case" and before == "L" and words[number - 1].lower() == "in" and after != "F":
        return "W"
    if code == "M":
        return _settled_number(before, after, word=words[number])
    if code == "L" and before == after == "P" and words[number - 1].lower() in english.INSTITUTIONS:
        return "F"
    settle = _SETTLE.get(code)
    if settle:
        return settle(before, after)
    return "V" if code in "NJ" and _is_verb_by_place(codes, words, number=number) else code


def _is_in_a_name(codes: list[str], words: list[str], *, number: int) -> bool:
    """Whether it is "de" in Charles de Gaulle, "I" in World War I, or the first word of "Secretary of State Amaro"."""
    if number == 0:
        return codes[:3] == ["N", "F", "P"] and words[0].lower() in english.OFFICES | english.INSTITUTIONS
    if codes[number - 1] != "P":
        return False
    return words[number] == "I" or (words[number] in english.PARTICLES and codes[number + 1 : number + 2] == ["P"])


def _settled_number(before: str, after: str, *, word: str) -> str:
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return "M" if after in "NJP" and before != "Y" else "Y"
    if before == "Y" or after == "Y":
        return "Y"
    return "P" if before == "P" and word.isdigit() else "M"


def _settled_participle(before: str, after: str) -> str:
    if before in "DdJn":
        return "E" if after in "NJEGP" else "J"
    return "E" if after in "NJEG" and before in "DdSFRLBJnp" else "V"


def _settled_ing(before: str, after: str) -> str:
    if before in "DdSJnpEM":
        return "G" if after in NOMINAL else "N"
    return "I" if before in "RLFT^W" and (after in NOMINAL or after in "DdA") else "Z"


def _settled_verb(before: str, after: str) -> str:
    return "N" if before in "DdJnE" or (before in "Sp" and after not in "DdS") else "V"


_SETTLE = {"E": _settled_participle, "G": _settled_ing, "V": _settled_verb}


def _is_verb_by_place(codes: list[str], words: list[str], *, number: int) -> bool:
    """Whether a word that could be a noun stands where only a verb can."""
    back = number - 1
    while back >= 0 and codes[back] == "A":
        back -= 1
    if back < 0 or words[number][0].isupper():
        return False
    before, word = codes[back], words[back].lower()
    after = codes[number + 1] if number + 1 < len(codes) else "$"
    if before == "T":
        return after in "DdSOPWRLTFA,Q$" or words[number].lower() not in english.NOUNS_AFTER_TO
    if before == "O" or word in verbs.MODALS or word in {"who", "which"}:
        return codes[number] != "J" or before == "T"
    return codes[number] == "N" and before in "NP" and _is_verb_of(word, words[number].lower(), after=after)


def _is_verb_of(subject: str, word: str, *, after: str) -> bool:
    """Whether a noun right behind another is its verb: "hopes | to see", "people work", "the plan costs | a lot"."""
    if after == "T" and word in verbs.HOPING_VERBS:
        return True
    if word in verbs.VERBS_LIKE_NOUNS and subject not in english.PLURALS_BEFORE_NOUNS:
        return subject == "people" or (subject.endswith("s") and not subject.endswith("ss")) or after in "DdSO"
    return after in "DdSO"
