"""Article -> copy queries: every rule over every passage that is heard or shown, in the order of the text."""

from pipeline.model import Article, Block, BlockKind, CopyQuery
from pipeline.text.english.queries.dates import wrong_dates
from pipeline.text.english.queries.leftovers import leftovers
from pipeline.text.english.queries.marks import doubled_and_glued_marks
from pipeline.text.english.queries.names import two_spellings_of_a_name
from pipeline.text.english.queries.pairs import unpaired_brackets, unpaired_quotation_marks
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.english.queries.sentences import beginnings, endings, repetitions, severed_subjects
from pipeline.text.english.queries.slips import doubled_words, slips, wrong_articles
from pipeline.text.english.queries.spelling import mixed_spelling

_KINDS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.SUBTITLE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.LIST_ITEM,
    }
)
#: Each looks at one passage.
_OF_A_PASSAGE = (
    doubled_words,
    slips,
    wrong_articles,
    severed_subjects,
    unpaired_brackets,
    doubled_and_glued_marks,
    leftovers,
)
#: Each looks at all of them, because one passage says what is right in another.
_OF_A_TEXT = (unpaired_quotation_marks, beginnings, endings, repetitions, two_spellings_of_a_name, mixed_spelling)
_EXCERPT = 60
_LONGEST_WORD = 20


def find_copy_queries(article: Article) -> tuple[CopyQuery, ...]:
    """See LanguagePack.copy_queries. Where two rules ask about the same characters, the first of the table does."""
    passages = tuple(
        Passage(block=number, kind=block.kind, text=block.text)
        for number, block in enumerate(article.blocks)
        if block.is_spoken and block.kind in _KINDS
    )
    flags = [flag for passage in passages for rule in _OF_A_PASSAGE for flag in rule(passage)]
    flags += [flag for rule in _OF_A_TEXT for flag in rule(passages)]
    flags += wrong_dates(passages, article.published.date())
    first = {(flag.block, flag.start, flag.end): flag for flag in reversed(flags)}
    ordered = sorted(first.values(), key=lambda flag: (flag.block, flag.start, flag.end))
    return tuple(_query(flag, article.blocks[flag.block]) for flag in ordered)


def _query(flag: Flag, block: Block) -> CopyQuery:
    return CopyQuery(
        rule=flag.rule,
        what=flag.what,
        block=flag.block,
        start=flag.start,
        end=flag.end,
        excerpt=_excerpt(block.text, flag.start, end=flag.end),
    )


def _excerpt(text: str, start: int, *, end: int) -> str:
    """About 60 characters around the place, or the first 60 of it, cut between words; "…" stands for the rest."""
    room = max(0, _EXCERPT - (end - start)) // 2
    first = max(0, min(start - room, len(text) - _EXCERPT))
    last = min(len(text), first + _EXCERPT)
    first = text.find(" ", first, start) + 1 or first if first else 0
    if last < len(text):
        blank = text.rfind(" ", min(end, last - _LONGEST_WORD), last)
        last = last if blank < 0 else blank
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
