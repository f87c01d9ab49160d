"""What an editor should look at before anything is spoken: hard names, doubtful readings, copy queries."""

from msgspec import Struct


class HardName(Struct, frozen=True, kw_only=True):
    """A word that the engine is likely to say wrong, because nobody has said how the house says it.

    ``why`` says what makes it doubtful, ``ipa`` how the engine would say it ("" where the engine cannot tell),
    ``sentence`` is the first that holds it, ``count`` how often it is written, and ``paste`` the lines for
    `lexicon.toml`.
    """

    name: str
    why: str
    ipa: str
    sentence: str
    count: int
    paste: str


class Doubt(Struct, frozen=True, kw_only=True):
    """A reading that another reader might not have chosen: what is written, what is said, and how to override it.

    ``sentence`` is the first that holds it, ``count`` how often the same is said for the same.
    """

    display: str
    spoken: str
    rule: str
    confidence: float
    sentence: str
    override: str
    count: int = 1


class CopyQuery(Struct, frozen=True, kw_only=True):
    """Something a copy editor would ask the author about. Nothing is changed for it.

    ``rule`` is its short name, ``what`` the question. ``block`` is the index of its Block in ``Article.blocks``,
    ``start`` and ``end`` are the characters of that Block's text, and ``excerpt`` shows them in their surroundings.
    """

    rule: str
    what: str
    block: int
    start: int
    end: int
    excerpt: str


class Review(Struct, frozen=True, kw_only=True):
    """All of it for one Script, each in the order of the text."""

    hard_names: tuple[HardName, ...]
    doubts: tuple[Doubt, ...]
    copy_queries: tuple[CopyQuery, ...]
