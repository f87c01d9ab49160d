"""Floor 2, inside the chapters: which paragraphs open something new, by how they begin and what stands before. Pure.

What leans on the paragraph before it never begins a chapter: a list after a colon, a quotation, "This also ...". Of the
others some are likelier to than others, and by how much was counted on articles with headings (docs/design-notes.md).
"""

from collections.abc import Sequence
from itertools import islice

from pipeline.patterns import regex


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Paragraphs that open so lean on the one before. "We" and "Finally" do not: authors put headings above them as often
#: as above others.
_CONTINUING_WORDS = _set(
    """this that these those it its he she they him her them his hers their theirs such here there but and or nor yet so
    also then thus therefore hence however moreover furthermore similarly likewise meanwhile instead still nevertheless
    nonetheless conversely consequently accordingly indeed too both neither another others equally rather additionally
    secondly thirdly afterwards thereafter subsequently otherwise besides which who whose because alternatively
    unsurprisingly predictably admittedly"""
)
_CONTINUING_PHRASES = (
    *("for example", "for instance", "as a result", "as a consequence", "in response", "in turn", "in addition"),
    *("in contrast", "by contrast", "on the other hand", "on the one hand", "at the same time", "even so"),
    *("if anything", "in other words", "in fact", "in short", "that said", "the former", "the latter", "the same"),
    *("the other", "not only", "one of them", "some of them", "more importantly", "above all", "of course"),
    "after all",
)
#: A pointer backwards counts where it opens the paragraph: "Part of this lack of progress ...".
_POINTING_WORDS = _set("this these those such")
_POINTING_REACH = 4
#: Words that point back without opening the paragraph; among the first twelve they make a chapter's start less likely.
_LEANING_WORDS = _set("this these it its they them he she him her his hers such similar")
_LEANING_REACH = 12
_QUOTES = tuple("\"“”„«»‘'")
_PAIRS = (("“", "”"), ("«", "»"))
#: A word without what is drawn together with it: "That’s" begins as "That" does.
_WORD = regex(r"([\w-]+)(?:['’]\w*)*")

#: Logarithms, in the coin of topics.py. On 67 articles anything from -2 to -4 does as well, and -8 does harm.
_IS_THIN, _LEANS = -4.0, -3.0
_THIN_WORDS = 40


def can_follow(before: Sequence[str], opening: str) -> bool:
    """Whether a chapter may begin with a paragraph that opens so, after a paragraph of the sentences ``before``."""
    return not (is_open(before[-1]) or is_continuation(opening) or is_quotation_open(" ".join(before)))


def is_open(text: str) -> bool:
    """Whether what ends so announces what follows."""
    return text.rstrip().rstrip(")]*_\"'”’»").endswith((":", ",", ";", "—", "–"))


def is_continuation(text: str) -> bool:
    """Whether what opens so leans on what came before, or lets someone else speak first."""
    if text.lstrip().startswith(_QUOTES):
        return True
    words = _first_words(text, _POINTING_REACH + 1)
    return (
        not words
        or words[0] in _CONTINUING_WORDS
        or not _POINTING_WORDS.isdisjoint(words[:_POINTING_REACH])
        or " ".join(words).startswith(_CONTINUING_PHRASES)
    )


def is_quotation_open(paragraph: str) -> bool:
    """Whether a quotation that began in it goes on in the next one; straight marks close what the one before opened."""
    return paragraph.count('"') % 2 > 0 or any(
        paragraph.rfind(opening) > paragraph.rfind(closing) for opening, closing in _PAIRS
    )


def opening_weight(sentences: Sequence[str]) -> float:
    """How much likelier a paragraph is to begin a chapter than one of several sentences that points nowhere.

    The logarithm of it, at most 0.
    """
    is_thin = len(sentences) == 1 or sum(len(sentence.split()) for sentence in sentences) < _THIN_WORDS
    leans = not _LEANING_WORDS.isdisjoint(_first_words(sentences[0], _LEANING_REACH)[1:])
    return (_IS_THIN if is_thin else 0.0) + (_LEANS if leans else 0.0)


def _first_words(text: str, count: int) -> list[str]:
    return [word[1].lower() for word in islice(_WORD.finditer(text), count)]
