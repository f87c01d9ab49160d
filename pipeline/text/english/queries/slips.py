"""Inside queries: a word twice, a word taken for another, "a" for "an". Only where the words around make it sure."""

import re
from collections.abc import Iterator

from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.english.queries.slip_table import SLIPS
from pipeline.text.tables import word_set

_DOUBLED = regex(r"(?<![\w’'-])(?P<word>[^\W\d_]{1,20})\s++(?P<again>(?i:(?P=word)))(?![\w’'-])")
#: Words that good prose says twice.
_TWICE = word_set(
    "had very bye ha no yes blah long many far really much knock never so too now more big hear ever on and her"
)
#: Words that are no name, although they begin with a capital letter.
_FUNCTION_WORDS = word_set("the a an of in to and for with by from at is was as this these those it its their")
_TWO_ARTICLES = regex(r"(?<![\w’'-])(?:a an|an a|the an?|an? the)(?= [a-z]{2})(?! (?:priori|posteriori|la)\b)")
_A_FOR_AN = regex(
    r"(?<![\w.’'&-])(?:a|(?<!\w )A) (?P<next>(?!on(?:e|ce)|eu|ewe|ou)[aeio][a-z]{2,}|hours?\b|hono|honest|heir)"
)
_AN_FOR_A = regex(
    r"(?<![\w.’'&-])(?:an|(?<!\w )An) (?P<next>[bcdfgjklmnpqrstvwyz][a-z]{2,}"
    r"|(?:European|unique|university|union|unit|united|useful|uniform|unanimous|unilateral|universal)\b|one\b)"
)
#: A letter by itself, as in "from point a and on", comes before these.
_EITHER = word_set("a an and as at are is in it if of on or our")

_TOKEN = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _rows_by_word() -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for number, slip in enumerate(SLIPS):
        for word in slip.words:
            rows.setdefault(word, []).append(number)
    return rows


_ROWS_OF = _rows_by_word()


def doubled_words(passage: Passage) -> Iterator[Flag]:
    """The same word twice in a row, also across the end of a line; two articles in a row."""
    for found in _DOUBLED.finditer(passage.text):
        word, again = found["word"], found["again"]
        is_name = again[0].isupper() and not (word[0].isupper() and word.casefold() in _FUNCTION_WORDS)
        if word.casefold() not in _TWICE and not is_name:
            yield _flag(passage, found, rule="doubled word", what=f"Is one “{again}” too many?")
    for found in _TWO_ARTICLES.finditer(passage.text):
        yield _flag(passage, found, rule="doubled word", what=f"“{found[0]}”: is one article too many?")


def slips(passage: Passage) -> Iterator[Flag]:
    """A word or phrase that is hardly ever meant between these neighbours."""
    words = set(_TOKEN.findall(passage.text.lower().replace("’", "'")))
    for number in sorted({row for word in words & _ROWS_OF.keys() for row in _ROWS_OF[word]}):
        for found in SLIPS[number].pattern.finditer(passage.text):
            what = f"“{_one_line(found[0])}”: is “{SLIPS[number].meant}” meant?"
            yield _flag(passage, found, rule="mistaken word", what=what)


def wrong_articles(passage: Passage) -> Iterator[Flag]:
    """ "a" before a vowel and "an" before a consonant, as they are heard."""
    for pattern, meant in ((_A_FOR_AN, "an"), (_AN_FOR_A, "a")):
        for found in pattern.finditer(passage.text):
            if found["next"] not in _EITHER:
                yield _flag(passage, found, rule="a or an", what=f"“{found[0]}…”: is “{meant}” meant?")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _flag(passage: Passage, found: re.Match[str], *, rule: str, what: str) -> Flag:
    return Flag(rule=rule, what=what, block=passage.block, start=found.start(), end=found.end())
