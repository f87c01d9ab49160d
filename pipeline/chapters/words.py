"""Floor 2, inside the chapters: what they know of English words. Pure.

The small words, which decide how a sentence is built, and the stems of the others, which say what it is about.
"""

from functools import lru_cache

from pipeline.patterns import regex


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("a an the")
QUANTIFIERS = _set(
    """some any every each no all both either neither another many few several much most more less enough such other
    this that these those what which whose own same various certain latter"""
)
POSSESSIVES = _set("my your his her its our their whose")
PRONOUNS = _set(
    """i you he she it we they me him us them himself herself itself themselves ourselves myself one ones none nothing
    something anything everything nobody somebody anybody everybody someone anyone everyone there here who whom
    mine yours hers ours theirs all both each some many few several much most more less others another such"""
)
PREPOSITIONS = _set(
    """about above across after against along alongside amid amidst among amongst around as at before behind below
    beneath beside besides between beyond by concerning despite down during except following for from in
    including inside into like near off on onto out outside over past per regarding round since than through
    throughout till toward towards under underneath unlike until up upon via versus with within without
    according due because prior thanks"""
)
CONJUNCTIONS = _set("and or nor but yet &")
SUBORDINATORS = _set(
    "that which who whom whose when where why how if whether while whereas although though because unless once so what"
)
AUXILIARIES = _set(
    """am is are was were be been being has have had having do does did doing will would can could may might must shall
    should ought cannot not isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
    wouldn't can't couldn't shouldn't"""
)
ADVERBS = _set(
    """again ago almost already also always apart away back else even ever far forth further hardly hence however
    indeed instead just later least long maybe meanwhile moreover nearly never nevertheless next nonetheless now
    often once only otherwise perhaps quite rather seldom sometimes soon still then thereafter therefore thus
    today together tomorrow too twice very well yesterday yet largely mostly partly abroad overseas afterwards
    afterward altogether ahead along elsewhere furthermore likewise somewhat somehow thereby whenever wherever"""
)
TIMES = _set(
    """january february jan feb mar apr jun jul aug sept sep oct nov dec jan. feb. aug. sept. oct. nov. dec. march
    april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday"""
)

STOP_WORDS = (
    ARTICLES
    | QUANTIFIERS
    | POSSESSIVES
    | PRONOUNS
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBORDINATORS
    | AUXILIARIES
    | ADVERBS
    | TIMES
    | _set("of to first last new one two three four five six seven eight nine ten say says said mr mrs ms dr us")
)

_WORD = regex(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SUFFIXES = (
    ("iveness", "ive"),
    ("ations", "at"),
    ("ation", "at"),
    ("ments", ""),
    ("ment", ""),
    ("ities", ""),
    ("ity", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ings", ""),
    ("ing", ""),
    ("ied", "y"),
    ("ies", "y"),
    ("sses", "ss"),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """``word`` in lower case without its commonest ending; never shorter than three characters."""
    lower = word.lower().removesuffix("'s").removesuffix("’s").rstrip("'’")
    for suffix, instead in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) - len(suffix) >= 3 and not lower.endswith("ss"):
            return lower[: -len(suffix)] + instead
    return lower


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text`` that mean something, in order and as often as they occur."""
    return tuple(filter(None, map(_meaning, _WORD.findall(text))))


@lru_cache(maxsize=1 << 16)
def _meaning(word: str) -> str:
    """The stem of ``word``, "" where it means nothing by itself."""
    return "" if len(word) <= 2 or word.lower() in STOP_WORDS else stem(word)


def cut(text: str, limit: int) -> str:
    """``text`` with single blanks in at most ``limit`` characters: whole words, no small word last, an ellipsis."""
    whole = " ".join(text.split())
    if len(whole) <= limit:
        return whole
    words = whole[:limit].split(" ")[:-1]
    while len(words) > 1 and words[-1].lower().strip(",;:") in STOP_WORDS | {"—", "–", "-"}:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:.—–-") or whole[: limit - 1]
    return f"{kept}…"
