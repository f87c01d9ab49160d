"""Inside the quotations: is it a sentence of its own, which another voice could say, or woven into the author's?

Three signs, all needed: it begins as a sentence and where one may begin, it ends as one or before its attribution,
and it has a verb. Where the signs are doubtful it is a fragment: one voice over all of it is never wrong.
"""

from pipeline.patterns import regex

_FIRST = regex(r"[^\w]*(?:[A-ZÀ-ÖØ-Þ]|[0-9])")
_MAY_BEGIN = regex(r"(?:\A\s*|[.!?…][\"'”’»)\]]*\s+|[,:;—–(]\s*|[—–]\s|[”’\"»]\s+)\Z")
_STOPS = frozenset(".!?…—–")
_CAPITALISED = regex(r"(?<![\w’'-])[A-Z]")
_LONG_WORD = regex(r"[^\W\d_][\w’'-]{3,}")
_VERB = regex(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|"
    r"cannot|won[’']t|\w+n[’']t|let|let[’']s|(?:I|you|we|they|he|she|it|that|there|who)[’'](?:m|s|re|ve|ll|d)|"
    r"(?:I|[Ww]e|[Yy]ou|[Tt]hey|[Hh]e|[Ss]he|[Ww]ho|[Nn]obody|[Ee]verybody)\s(?!and\b|or\b|of\b)[a-z]+|"
    r"said|told|made|took|came|went|gave|became|began|saw|led|left|held|met|won|lost|kept|grew|knew|thought|brought|"
    r"built|sent|spent|fell|fought|broke|chose|drew|drove|rose|ran|spoke|stood|struck|threw|wrote|felt|found|got|"
    r"sought|sold|paid|meant|"
    r"makes|takes|comes|goes|gives|needs|wants|means|knows|keeps|stands|remains|belongs|depends|works|ends|begins|"
    r"starts|brings|leaves|sails|runs|lies|says|asks|tells|seems|looks|gets|lets|shows|holds|becomes|costs|pays|"
    r"follows|requires|proves|turns|moves|loses|wins|falls|rises|grows|lives|dies|makes|believes|thinks|hopes|knows|"
    r"[a-z]{2,}[a-df-z]ed)\b"
)
_IMPERATIVE = regex(
    r"[^\w]*(?:Go|Come|Give|Take|Keep|Let|Make|Stop|Stand|Look|Ask|Tell|Do|Don[’']t|Never|Be|Bring|Leave|Send|Hold|"
    r"Wait|Read|Remember|Think|Speak|Trust|Watch|Listen)\s[a-z]"
)


def begins_as_sentence(content: str) -> bool:
    """Whether what stands between the marks begins with a capital or a figure."""
    return _FIRST.match(content) is not None


def may_begin(head: str) -> bool:
    """Whether a sentence may begin behind ``head``, the author's words up to the opening mark."""
    return _MAY_BEGIN.search(head) is not None


def ends_as_sentence(ending: str, *, behind: str, is_attributed: bool) -> bool:
    """Whether ``ending``, its last sign, is a stop, or the comma that stands for one before an attribution.

    ``behind`` is the sign after the closing mark, where British houses set stop and comma.
    """
    if ending in _STOPS or behind == ".":
        return True
    return is_attributed and "," in {ending, behind}


def has_clause(content: str) -> bool:
    """Whether there is a finite verb in it, as far as its words tell; a title in capitals has none."""
    words = _LONG_WORD.findall(content)
    capitals = len([word for word in words if _CAPITALISED.match(word)])
    is_title = len(words) > 1 and capitals > 0.6 * len(words)
    return not is_title and (_VERB.search(content) is not None or _IMPERATIVE.match(content) is not None)
