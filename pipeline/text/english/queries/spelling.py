"""Inside queries: a word in British spelling here and in American spelling there."""

from collections.abc import Iterator, Sequence

from pipeline.model import BlockKind
from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.tables import word_list

_WORD = regex(r"(?<![\w’'.-])[a-z]{4,24}(?![\w-])")
_QUOTED = regex(r"“[^“”]*+”")
#: British stem = American stem; whatever follows the stem is the same in both.
_STEMS = dict(
    pair.split("=")
    for pair in word_list(
        """colour=color labour=labor honour=honor favour=favor behaviour=behavior neighbour=neighbor harbour=harbor
        endeavour=endeavor rumour=rumor humour=humor vigour=vigor rigour=rigor armour=armor candour=candor
        clamour=clamor demeanour=demeanor fervour=fervor splendour=splendor valour=valor centre=center
        theatre=theater fibre=fiber calibre=caliber manoeuvr=maneuver defence=defense offence=offense
        pretence=pretense dialogue=dialog catalogue=catalog travell=travel cancell=cancel labell=label
        modell=model signall=signal fuell=fuel levell=level channell=channel counsell=counsel marshall=marshal
        skilful=skillful wilful=willful fulfil=fulfill enrolment=enrollment instalment=installment sceptic=skeptic
        plough=plow aluminium=aluminum artefact=artifact mould=mold judgement=judgment grey=gray ageing=aging
        centred=centered centring=centering analysed=analyzed analysing=analyzing paralysed=paralyzed
        paralysing=paralyzing catalysed=catalyzed"""
    )
)
_BRITISH = regex(rf"(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))})")
_IZE = regex(r"(?P<stem>[a-z]{3,})iz(?P<end>es?|ed|ing|ations?|ers?)\Z")


def mixed_spelling(passages: Sequence[Passage]) -> Iterator[Flag]:
    """The first place of the rarer of two spellings of a word; what others are quoted with is theirs."""
    places: dict[str, list[tuple[int, int]]] = {}
    for passage in passages:
        if passage.kind is not BlockKind.QUOTATION:
            text = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), passage.text)
            for found in _WORD.finditer(text):
                places.setdefault(found[0], []).append((passage.block, found.start()))
    for word in places:
        other = _american(word) or _with_s(word)
        if other in places:
            yield _flag(*sorted((word, other), key=lambda spelling: len(places[spelling])), places=places)


def _american(word: str) -> str:
    """A word that is known in British spelling in American spelling, "" for any other."""
    found = _BRITISH.match(word)
    return f"{_STEMS[found[0]]}{word[found.end() :]}" if found else ""


def _with_s(word: str) -> str:
    """A word in -ize as it is in -ise, "" for any other."""
    found = _IZE.match(word)
    return f"{found['stem']}is{found['end']}" if found else ""


def _flag(rarer: str, usual: str, *, places: dict[str, list[tuple[int, int]]]) -> Flag:
    block, start = places[rarer][0]
    what = f"“{rarer}” here and “{usual}” elsewhere: which spelling is the house’s?"
    return Flag(rule="mixed spelling", what=what, block=block, start=start, end=start + len(rarer))
