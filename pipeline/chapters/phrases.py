"""Floor 2, inside the chapters: the phrases of a sentence that can stand alone as a title. Pure.

Every word gets a one-letter code for what it is taken to be, and patterns over the codes find noun phrases
("escalation in sanctions against Russia"), gerunds ("Walking away from Ukraine") and short clauses.

    N noun   P name   J adjective   E participle before a noun   G -ing before a noun   n, p with 's   M number
    D the   d a, an   S possessive, quantifier   O pronoun   F of   B between   L in, on, against ...
    R other preposition   T to   C and, or   W that, which, when ...   X auxiliary   K no, any, without   V verb
    I gerund with an object   A adverb   Y date   , comma   q quotation mark, bracket   Q any other mark
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from pipeline.chapters import words as english

LONGEST = 40
_TOKEN = re.compile(
    r"""(?:[^\W\d_]\.){2,}(?:['’]s)?          # U.S., U.S.’s
      | (?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Capt|Lt|Adm|Prof|Jr|Sr)\.
      | [$€£¥]?\d[\d.,]*\d(?:[-–/%]?\w+)*%?|[$€£¥]?\d\w*%?
      | [^\W_]+(?:[-‐‑'’.&][^\W_]+)*['’]?      # words, hyphened words, possessives in s’
      | \S""",
    re.VERBOSE,
)
_CORE = re.compile(r"[JNPpnEGM]*[NP]")
#: What ties one noun phrase to the next. What follows a name belongs to the verb: "supplied Syria | with weapons".
_LINK = re.compile(r"(?:(?<!P)[FLB][Dd]?|(?<=P)FD?|C[Dd]?)(?=[JNPpnEGM])|(?<!P)T(?:[Dd](?=[JNPpnEGM])|(?=P))")
_OBJECT = re.compile(r"[Dd]?[JNPpnEGM]*[NP]")
_SUBJECT = r"[Dd]?[JNPpnEG][JNPpnEGM]*(?<=[NP])"
_CLAUSE = re.compile(rf"{_SUBJECT}(?:[FC][Dd]?[JNPpnEGM]*[NP])?A?[VX][^,QqOSWY]*[NPJVA](?=[,Q]|$)")
_SUBJECT_VERB = re.compile(rf"(?:^|(?<=[,Q])){_SUBJECT}V(?=[Dd]?[JNPpnEGM]*[NP])")
#: Names that act as adjectives: U.S., NATO, Russian, Chinese, British, French, Soviet.
_ORIGIN = re.compile(r"[A-Z.]{2,}|\w+(?:[aei]an|[cit]an|ese|ish|nch|tch|iet|rab|eek)")
_NOMINAL = frozenset("JNPpnEGM")


class Kind(Enum):
    """How a phrase is built."""

    NOUN_PHRASE = "noun phrase"
    GERUND = "gerund"
    STATEMENT = "statement"
    CLAUSE = "clause"


class Token(NamedTuple):
    """A word or mark, where it ends, and the code of what it is taken to be."""

    text: str
    start: int
    end: int
    code: str


class Phrase(NamedTuple):
    """A possible title as it stands in the text, the codes of its words, and the codes of what stands around it."""

    text: str
    kind: Kind
    codes: str
    before: str
    after: str


def names_in(sentences: Iterable[str]) -> frozenset[str]:
    """The words that are names: inside sentences they are capitalised at least as often as not."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for sentence in sentences:
        for word in re.findall(r"[^\W\d_][\w.'’-]*", sentence)[1:]:
            base = word.removesuffix("’s").removesuffix("'s").lower()
            (upper if word[0].isupper() else lower)[base] += 1
    return frozenset(word for word, count in upper.items() if count >= lower[word])


def phrases_of(sentence: str, names: frozenset[str]) -> Iterator[Phrase]:
    """Every phrase of ``sentence`` that could be a title of at most 40 characters."""
    tokens = tagged(sentence, names)
    codes = "".join(token.code for token in tokens)
    finders = (_noun_phrases, _gerunds, _clauses, _statements)
    for find in finders:
        for kind, first, end in find(codes):
            text = _slice(sentence, tokens[first:end])
            if len(text) <= LONGEST and _is_readable(text) and not _is_run_together(tokens[first:end]):
                yield Phrase(text, kind, codes[first:end], before=codes[:first], after=codes[end:])


def _slice(sentence: str, tokens: list[Token]) -> str:
    return " ".join(sentence[tokens[0].start : tokens[-1].end].split()) if tokens else ""


def _is_readable(text: str) -> bool:
    return not re.search(r"[\"“”()\[\]{}<>|*]|^['‘’]|\s['‘]", text)


def _is_run_together(tokens: list[Token]) -> bool:
    """Whether a name stands before an adjective that is not its own: "promised Yeltsin | strong support"."""
    return any(one.code + two.code == "PJ" and not _ORIGIN.fullmatch(one.text) for one, two in pairwise(tokens))


def _noun_phrases(codes: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _CORE.finditer(codes):
        if codes[match.start()] != "M" and not _begins_inside_a_name(codes, match.start()):
            for end in _ends(codes, match.end()):
                yield Kind.NOUN_PHRASE, match.start(), end


def _ends(codes: str, end: int) -> Iterator[int]:
    """Where a noun phrase may end: here, or after what is tied on by of, in, and ..."""
    is_open = False
    for _ in range(4):
        link = _LINK.match(codes, end)
        if codes[end : end + 1] != "F" and not (is_open and link and link.group().startswith("C")):
            yield end
        core = _CORE.match(codes, link.end()) if link else None
        if core is None:
            return
        # "between Moscow" waits for "and Kyiv".
        is_open = codes[end] == "B"
        end = core.end()


def _begins_inside_a_name(codes: str, start: int) -> bool:
    """Whether this is the second half of a name, as Paris in Treaty of Paris."""
    return codes[start] in "Pp" and codes[max(0, start - 3) : start].endswith(("PF", "PFD"))


def _gerunds(codes: str) -> Iterator[tuple[Kind, int, int]]:
    for match in re.finditer(r"IA?(?:[RLF][Dd]?|[Dd])?(?=[JNPpnEGM])", codes):
        core = _CORE.match(codes, match.end())
        if core:
            yield from ((Kind.GERUND, match.start(), end) for end in _ends(codes, core.end()))


def _clauses(codes: str) -> Iterator[tuple[Kind, int, int]]:
    """The sentence, or what stands before its first comma or mark, where that has a subject and a verb."""
    match = _CLAUSE.match(codes)
    if match:
        yield Kind.CLAUSE, 0, match.end()


def _statements(codes: str) -> Iterator[tuple[Kind, int, int]]:
    """Subject, verb and object from the beginning of a clause to where it pauses."""
    for match in _SUBJECT_VERB.finditer(codes):
        core = _OBJECT.match(codes, match.end())
        ends = _ends(codes, core.end()) if core else ()
        yield from ((Kind.STATEMENT, match.start(), end) for end in ends if codes[end : end + 1] in {"", ",", "Q"})


def tagged(sentence: str, names: frozenset[str]) -> list[Token]:
    """The words and marks of ``sentence`` with their codes."""
    matches = list(_TOKEN.finditer(sentence))
    words = [match.group() for match in matches]
    codes = [_code(word, names, is_first=number == 0) for number, word in enumerate(words)]
    for number in range(len(codes)):
        codes[number] = _in_context(codes, words, number=number)
    return [Token(m.group(), m.start(), m.end(), code) for m, code in zip(matches, codes, strict=True)]


def _code(word: str, names: frozenset[str], *, is_first: bool) -> str:
    """What ``word`` is taken to be before its neighbours are looked at."""
    if not word[-1].isalnum() and len(word) == 1:
        return _MARKS.get(word, "Q")
    if word.lstrip("$€£¥")[:1].isdigit():
        return "M"
    base = word.removesuffix("s").rstrip("'’") if word.endswith(_POSSESSIVE) else word
    lower = word.lower().replace("’", "'")
    is_name = word[0].isupper() and (not is_first or base.lower() in names or (word.isupper() and len(word) > 1))
    if is_name and lower not in english.TIMES:
        return "P" if base == word else "p"
    return _CLOSED.get(lower) or ("n" if base != word else _code_by_ending(lower))


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
        ("S", english.POSSESSIVES),
        ("W", english.SUBORDINATORS),
        ("S", english.QUANTIFIERS),
        ("O", english.PRONOUNS),
        ("X", english.AUXILIARIES),
        ("C", english.CONJUNCTIONS),
        ("R", english.PREPOSITIONS),
        ("A", english.ADVERBS),
        ("Y", english.TIMES),
        ("V", english.VERBS),
        ("N", english.PLAIN_NOUNS | english.NOUNS_LIKE_ADJECTIVES),
        ("J", english.ADJECTIVES),
    )
    return {word: code for code, words in reversed(lists) for word in words}


_CLOSED = _closed()
_POSSESSIVE = ("'s", "’s", "'", "’")
_MARKS = {",": ",", "&": "C"} | dict.fromkeys("\"“”„«»‘’'()[]{}", "q")
_ENDINGS = (
    (re.compile(r"\w{2,}(?<!fami)(?<!al)(?<!supp)(?<!assemb)(?<!rep)(?<!monopo)(?<!anoma)(?<!bul)(?<!fol)ly"), "A"),
    (re.compile(r"\w{2,}[^e]ed"), "E"),
    (re.compile(r"\w{3,}ing"), "G"),
    (
        re.compile(
            r"\w{2,}(ous|ful|able|ible|less|ish|ive|ic|ical|al|ary|ian|ese|ern|ular|[iu][nmr]\w+[ae]nt|ent-minded|style|wide)"
        ),
        "J",
    ),
)


def _code_by_ending(word: str) -> str:
    return next((code for pattern, code in _ENDINGS if pattern.fullmatch(word)), "N")


def _in_context(codes: list[str], words: list[str], *, number: int) -> str:
    """The code of a word once those before it are settled and those after it are guessed."""
    before = codes[number - 1] if number else "^"
    after = codes[number + 1] if number + 1 < len(codes) else "$"
    if codes[number] == "M":
        return _settled_number(before, after, word=words[number])
    settle = _SETTLE.get(codes[number])
    if settle:
        return settle(before, after)
    if codes[number] in "NJ" and _is_verb_by_place(codes, words, number=number):
        return "V"
    return codes[number]


def _settled_number(before: str, after: str, *, word: str) -> str:
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return "M" if after in _NOMINAL else "Y"
    return "P" if before == "P" else "M"


def _settled_participle(before: str, after: str) -> str:
    if before in "DdJn" and after not in _NOMINAL:
        return "N"
    return "E" if after in _NOMINAL and before in "DdSFRLBJnpCMKAE^," else "V"


def _settled_ing(before: str, after: str) -> str:
    if before in "DdSJnpEM":
        return "G" if after in _NOMINAL else "N"
    if before == "N" and after in ",QCXV$":
        return "N"
    return "I" if before in "RLFT,QC^W" and (after in _NOMINAL or after in "DdA") else "V"


def _settled_verb(before: str, after: str) -> str:
    return "N" if before in "DdJn" or (before in "Sp" and after not in "DdS") else "V"


_SETTLE = {"E": _settled_participle, "G": _settled_ing, "V": _settled_verb}


def _is_verb_by_place(codes: list[str], words: list[str], *, number: int) -> bool:
    """Whether a word that could be a noun stands where only a verb can."""
    back = number - 1
    while back >= 0 and codes[back] == "A":
        back -= 1
    if back < 0 or words[number][0].isupper():
        return False
    before, word = codes[back], words[back].lower()
    if before in "TO" or word in english.MODALS or word in {"who", "which"}:
        return True
    after = codes[number + 1] if number + 1 < len(codes) else "$"
    return codes[number] == "N" and before in "NP" and after in "DdSO"
