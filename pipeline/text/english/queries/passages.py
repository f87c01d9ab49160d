"""Inside queries: the passages that the rules look at, and what a rule answers with."""

from msgspec import Struct

from pipeline.model import BlockKind


class Passage(Struct, frozen=True, kw_only=True):
    """The text of Block number ``block``, which is heard."""

    block: int
    kind: BlockKind
    text: str


class Flag(Struct, frozen=True, kw_only=True):
    """A question ``what`` of the rule ``rule`` about the characters ``start`` to ``end`` of a passage."""

    rule: str
    what: str
    block: int
    start: int
    end: int
