"""Inside queries: one name in two spellings.

Three ways to be sure enough: the two differ in accents alone; a table knows them as one; or they differ by one letter
inside the word and stand after the same first name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.tables import word_set

#: The same name in other transcriptions: one row a name, as folded.
_ONE_NAME = tuple(
    frozenset(row.split())
    for row in (
        "zelensky zelenskyy zelenskiy zelenskyi",
        "kyiv kiev",
        "kharkiv kharkov",
        "odesa odessa",
        "lviv lvov",
        "dnipro dnepr dnieper",
        "donbas donbass",
        "chornobyl chernobyl",
        "luhansk lugansk",
        "zaporizhzhia zaporizhia zaporozhye zaporizhzhya",
        "mykolaiv nikolaev",
        "lukashenko lukashenka",
        "tikhanovskaya tsikhanouskaya",
        "gaddafi qaddafi kadafi qadhafi gadhafi",
        "hezbollah hizbollah hizballah hizbullah",
        "qaeda qaida",
        "ayatollah ayatolla",
        "houthi huthi",
        "houthis huthis",
        "khamenei khameini",
        "khomeini khomeiny",
        "teheran tehran",
        "peking beijing",
        "sinkiang xinjiang",
        "nanking nanjing",
        "chungking chongqing",
        "zedong tse-tung",
        "saakashvili sakashvili",
        "khrushchev khruschev kruschev krushchev",
        "yeltsin eltsin",
        "solzhenitsyn solzenitsyn",
        "navalny navalniy navalnyi",
        "prigozhin prigozin",
        "medvedev medvedyev",
        "turkiye turkey",
        "eswatini swaziland",
        "sanaa sana'a",
        "aleppo halab",
        "netanyahu netanyahou nethanyahu",
        "milosevic milosevich",
        "ceausescu ceaucescu",
        "quran koran",
        "mumbai bombay",
        "kolkata calcutta",
        "chennai madras",
        "yangon rangoon",
    )
)
_ROW_OF = {name: number for number, row in enumerate(_ONE_NAME) for name in row}

#: Two people may well have one of these.
_TITLES = word_set(
    """President Vice Prime Minister Ministers Secretary Senator Senators Chancellor Ambassador Ambassadors Governor
    General Admiral Colonel Captain Major Lieutenant Marshal King Queen Prince Princess Emperor Sultan Shah Sheikh Pope
    Professor Doctor Mr Mrs Ms Mr. Mrs. Ms. Dr. Prof. Gen. Sen. Rep. Adm. Col. Capt. Lt. Sir Lord Lady The In And Of
    Commissioner Chairman Director Representative Congressman Justice Judge Officer Comrade Saint San Santa New North
    South East West"""
)

_LETTER = r"[^\W\d_]"
_NAME = regex(rf"(?<![\w’'.-])(?P<name>(?=[^\W\d_a-z])(?:{_LETTER}|-(?={_LETTER})){{4,30}})(?:[’']s)?(?![\w-])")
_BEFORE = regex(rf"(?P<before>{_LETTER}{{2,20}}\.?)\s\Z")
_LEAST_LETTERS = 5
#: Closer than this, the text itself gives both ("Kyiv, which Russians call Kiev").
_EXPLAINED = 60
_MOST_OF_A_KEY = 5
_EXPLANATION = regex(r"[(\[/“]|\b(?:or|not|called?|known|spel\w+|formerly|now|then|as|Russians?|Ukrainians?)\b")


class _Seen(Struct, frozen=True):
    """One place where a name is written.

    ``before`` is the word before it, if that is a capitalised one; ``after`` is some of the text behind it.
    """

    block: int
    start: int
    name: str
    before: str
    after: str


def two_spellings_of_a_name(passages: Sequence[Passage]) -> Iterator[Flag]:
    """The first place of the rarer spelling of each name that has two."""
    seen: dict[str, list[_Seen]] = {}
    for passage in passages:
        for found in _NAME.finditer(passage.text):
            if len(found["name"]) >= _LEAST_LETTERS or fold(found["name"]) in _ROW_OF:
                seen.setdefault(found["name"], []).append(_seen(passage, found))
    for one, other in _pairs(seen):
        rarer, usual = sorted((one, other), key=lambda name: (len(seen[name]), -_order(seen[name][0])))
        if not _is_explained(seen[one], seen[other]):
            place = seen[rarer][0]
            what = f"Is this the name that is elsewhere written “{usual}”?"
            end = place.start + len(rarer)
            yield Flag(rule="two spellings of a name", what=what, block=place.block, start=place.start, end=end)


def _order(place: _Seen) -> int:
    return place.block * 1_000_000 + place.start


def _seen(passage: Passage, found: re.Match[str]) -> _Seen:
    before = _BEFORE.search(passage.text[max(0, found.start() - 24) : found.start()])
    word = before["before"] if before and before["before"][0].isupper() else ""
    after = passage.text[found.end("name") : found.end("name") + _EXPLAINED]
    return _Seen(block=passage.block, start=found.start(), name=found["name"], before=word, after=after)


def fold(name: str) -> str:
    """``name`` without capitals and accents."""
    apart = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _pairs(seen: dict[str, list[_Seen]]) -> Iterator[tuple[str, str]]:
    """Two spellings of what is sure enough to be one name. Names are only held against those that share a key."""
    by_key: dict[str, list[str]] = {}
    for name, places in seen.items():
        for key in _keys(name, places):
            by_key.setdefault(key, []).append(name)
    told: set[tuple[str, str]] = set()
    for key, names in by_key.items():
        for pair in combinations(names[:_MOST_OF_A_KEY], 2):
            if pair not in told and _is_one_name(*pair, is_accent=key.startswith("=")):
                told.add(pair)
                yield pair


def _keys(name: str, places: Sequence[_Seen]) -> Iterator[str]:
    """What another spelling of ``name`` shares with it: its letters, its row of the table, all letters but one."""
    folded = fold(name)
    yield f"={folded}"
    if folded in _ROW_OF:
        yield f"#{_ROW_OF[folded]}"
    if len(folded) > _LEAST_LETTERS and name[1:].islower():
        inside = {folded[:place] + folded[place + 1 :] for place in range(1, len(folded) - 1)}
        befores = {place.before for place in places if place.before} - _TITLES
        yield from sorted(f"{before} {rest}" for before in befores for rest in (folded, *inside))


def _is_one_name(one: str, other: str, *, is_accent: bool) -> bool:
    """Whether two that share a key are no singular and plural, name and adjective, man and woman."""
    if is_accent:
        return one.casefold() != other.casefold()
    left, right = sorted((fold(one), fold(other)), key=len)
    if left in _ROW_OF and _ROW_OF[left] == _ROW_OF.get(right):
        return True
    return left[-2:] == right[-2:] and not right.startswith(left)


def _is_explained(one: Sequence[_Seen], other: Sequence[_Seen]) -> bool:
    """Whether the text itself gives both, the one beside the other, with a word that says so between them."""
    places = sorted((*one, *other), key=_order)
    return any(
        left.block == right.block
        and left.name != right.name
        and _EXPLANATION.search(left.after[: max(0, right.start - left.start - len(left.name))])
        for left, right in pairwise(places)
        if right.start - left.start <= _EXPLAINED
    )
