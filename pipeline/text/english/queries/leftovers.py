"""Inside queries: notes to oneself and what a page left behind in the copy."""

from collections.abc import Iterator

from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.tables import word_list

_IN_BRACKETS = "tk|link|image|photo|picture|chart|caption|check|sp\\?|xx+|\\?+"
#: Where XXX is a number.
_NUMBERED = "".join(
    rf"(?<!{word} )" for word in word_list("Article Chapter Part Title Section Annex Volume Bowl Corps")
)
_LEFTOVER = regex(
    rf"\[\s*\]|\((?i:{_IN_BRACKETS}|source\?)\)"
    rf"|\[(?i:{_IN_BRACKETS}|name|date|number|quote|source|citation needed|(?:tk|todo|insert)\b[^\]]{{0,40}})\]"
    r"|(?<![\w-])(?:TKTK\w*|TK(?= TK\b|[.,:;)])|TODO|FIXME|TBC|TBD)(?![\w-])"
    rf"|(?<![\w-]){_NUMBERED}X{{3,}}(?![\w-])"
    r"|\b(?i:lorem ipsum)\b|\?{3,}"
)


def leftovers(passage: Passage) -> Iterator[Flag]:
    """A place that was to be filled in, and the mark of a link or picture that is not there."""
    for found in _LEFTOVER.finditer(passage.text):
        what = f"Is “{found[0]}” still to be filled in or taken out?"
        yield Flag(rule="left in the copy", what=what, block=passage.block, start=found.start(), end=found.end())
