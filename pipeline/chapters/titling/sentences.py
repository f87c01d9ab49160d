"""Floor 2, inside the titles of chapters: what stands between a sentence and its phrases. Pure.

`nouns.py` and `clauses.py` find Places in a Sentence; `phrases.py` keeps those that are whole and makes Phrases of
them.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from pipeline.chapters.titling.coding import Token


class Kind(Enum):
    """How a phrase is built."""

    HEADING = "heading"
    NOUN_PHRASE = "noun phrase"
    GERUND = "gerund"
    STATEMENT = "statement"
    CLAUSE = "clause"


#: Those with a subject and its verb.
STATEMENTS = frozenset({Kind.STATEMENT, Kind.CLAUSE})


class Phrase(NamedTuple):
    """A possible title as it stands in the text, the codes of its words, and the codes of what stands around it."""

    text: str
    kind: Kind
    codes: str
    before: str
    after: str


class Sentence(NamedTuple):
    """Its text, its words and marks, and their codes in a row."""

    text: str
    tokens: Sequence[Token]
    codes: str


class Place(NamedTuple):
    """Where a phrase stands: from token ``first`` up to ``end``, without the tokens of ``gap``."""

    kind: Kind
    first: int
    end: int
    gap: tuple[int, int] | None = None

    def inside(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Its own tokens."""
        if self.gap is None:
            return tokens[self.first : self.end]
        return [*tokens[self.first : self.gap[0]], *tokens[self.gap[1] : self.end]]
