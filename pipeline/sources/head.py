"""Floor 3, sources: what stands above the first paragraph of a plain text, told apart line by line. Pure.

A page gives the publication's name (often twice), the title, the player, the title again, the subtitle, byline, date
and counters, in nearly any order. The title is the line that front matter names, else one that is said again, else
the first that can be one. A first paragraph is never taken for a title.
"""

from msgspec import Struct

from pipeline.model import BlockKind, Fate, FateKind
from pipeline.patterns import regex
from pipeline.sources.debris import (
    BYLINE_VERDICT,
    CREDIT_VERDICT,
    Verdict,
    dropped,
    is_byline,
    is_credit,
    reason_at_head,
    spoken,
    words_of,
)
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.given import Given
from pipeline.sources.metadata import byline
from pipeline.sources.phrases import ABOVE_TITLE, DATE_LINE, PUBLICATION, TIME, TITLE_AGAIN
from pipeline.sources.pieces import Piece

IN_OPENING = "said in the opening"
LONGEST_TITLE = 200
MOST_CANDIDATES = 12

#: A full stop inside, but not that of an initial, a country's or a title's abbreviation.
ABBREVIATED = r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|No|Lt|vs))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Maj|Adm))"
SENTENCE_END = regex(ABBREVIATED + r"[.…][\"”’')\]]*\s+[\"“‘'(]?[A-Z0-9]")
LAST_STOP = regex(ABBREVIATED + r"(?<!\.)\.[\"”’')\]]*\Z|[:;,]\Z")
#: What shows call themselves after the publication's name.
ADDED_TO_NAME = regex(r"\A(?:the )|(?: (?:the|podcast|audio|edition|editions|newsletter|read aloud|substack))+\Z")


class _Known(Struct, frozen=True, kw_only=True):
    """What the lines below the title are compared with, as `words_of` has it; ``title`` is "" if none was found."""

    title: str
    subtitle: str
    author: str
    names: frozenset[str]


def head_verdicts(pieces: tuple[Piece, ...], *, front: FrontMatter, given: Given) -> list[Verdict]:
    """One Verdict for each Piece above the first paragraph, in order."""
    candidates = _candidates(pieces, front)
    names = _publication_names(candidates, given)
    position = _title_position(candidates, names=names, wanted=words_of(front.title))
    known = _Known(
        title="" if position is None else candidates[position],
        subtitle=words_of(front.subtitle),
        author=words_of(byline(front, given)),
        names=names,
    )
    if position is None:
        return _below_title(pieces, known)
    above = [_above_title(piece, names=names) for piece in pieces[:position]]
    return [*above, _title_verdict(front, said=known.title), *_below_title(pieces[position + 1 :], known)]


def _candidates(pieces: tuple[Piece, ...], front: FrontMatter) -> dict[int, str]:
    # Number of the Piece -> its words, for all that can be a title, up to the first that can only be prose.
    found: dict[int, str] = {}
    for number, piece in enumerate(pieces):
        is_named = bool(front.title) and words_of(piece.text) == words_of(front.title)
        if reason_at_head(piece.text) and not is_named:
            continue
        if len(found) == MOST_CANDIDATES or not (is_named or is_like_title(piece.text)):
            break
        found[number] = words_of(piece.text)
    return found


def is_like_title(text: str) -> bool:
    """Whether it is short enough for a title and no sentence that ends or goes on."""
    return len(text) <= LONGEST_TITLE and not LAST_STOP.search(text) and not SENTENCE_END.search(text)


def _publication_names(candidates: dict[int, str], given: Given) -> frozenset[str]:
    show = _bare_name(words_of(given.show_title))
    names = {words for words in candidates.values() if words and _bare_name(words) == show}
    others = [(number, words) for number, words in candidates.items() if words not in names]
    # The first line twice in a row, and then something else that can be the title: logo and name of the publication.
    if not names and len(others) > 2 and others[0][1] == others[1][1] and others[0][0] + 1 == others[1][0]:
        is_alone = [words for _, words in others].count(others[0][1]) == 2
        names |= {others[0][1]} if is_alone else set()
    return frozenset(names)


def _bare_name(words: str) -> str:
    return ADDED_TO_NAME.sub("", words)


def _title_position(candidates: dict[int, str], *, names: frozenset[str], wanted: str) -> int | None:
    possible = {number: words for number, words in candidates.items() if words and words not in names}
    if wanted:
        named = [number for number, words in candidates.items() if words == wanted]
        return named[0] if named else _repeated(possible)
    repeated = _repeated(possible)
    return repeated if repeated is not None else next(iter(possible), None)


def _repeated(possible: dict[int, str]) -> int | None:
    texts = list(possible.values())
    return next((number for number, words in possible.items() if texts.count(words) > 1), None)


def _above_title(piece: Piece, *, names: frozenset[str]) -> Verdict:
    if is_credit(piece.text):
        return CREDIT_VERDICT
    if words_of(piece.text) in names:
        return dropped(PUBLICATION)
    return dropped(reason_at_head(piece.text) or ABOVE_TITLE)


def _title_verdict(front: FrontMatter, *, said: str) -> Verdict:
    if front.title and words_of(front.title) != said:
        fate = Fate(kind=FateKind.DROPPED, reason="another title than the front matter's, which is said in the opening")
        return Verdict(kind=BlockKind.TITLE, fate=fate)
    return spoken(BlockKind.TITLE, IN_OPENING)


def _below_title(pieces: tuple[Piece, ...], known: _Known) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for number, piece in enumerate(pieces):
        verdict = _debris_verdict(piece, known, following=pieces[number + 1 : number + 2])
        if verdict is None and _has_no_subtitle(verdicts) and _is_subtitle(pieces[number:], known, above=verdicts):
            verdict = spoken(BlockKind.SUBTITLE, IN_OPENING)
        if verdict is None:
            break
        verdicts.append(verdict)
    return verdicts


def _has_no_subtitle(verdicts: list[Verdict]) -> bool:
    return all(verdict.kind is not BlockKind.SUBTITLE for verdict in verdicts)


def _debris_verdict(piece: Piece, known: _Known, *, following: tuple[Piece, ...]) -> Verdict | None:
    words = words_of(piece.text)
    if words and words == known.title:
        return dropped(TITLE_AGAIN)
    if words in known.names:
        return dropped(PUBLICATION)
    if is_credit(piece.text):
        return CREDIT_VERDICT
    if _is_author(piece.text, known, following=following):
        return BYLINE_VERDICT
    reason = reason_at_head(piece.text)
    return dropped(reason) if reason else None


def _is_author(text: str, known: _Known, *, following: tuple[Piece, ...]) -> bool:
    # Names without "By" are believed if they are the known ones, or if the date of the page stands below them.
    is_known = bool(known.author) and words_of(text).removeprefix("by ") == known.author
    is_dated = any(reason_at_head(piece.text) == DATE_LINE for piece in following)
    return is_known or is_byline(text) or (is_dated and is_byline(f"By {text}"))


def _is_subtitle(pieces: tuple[Piece, ...], known: _Known, *, above: list[Verdict]) -> bool:
    piece, following = pieces[0], next((piece for piece in pieces[1:] if not reason_at_head(piece.text)), None)
    if known.subtitle or not known.title:
        return bool(known.subtitle) and words_of(piece.text) == known.subtitle
    is_one_sentence = len(piece.text) <= LONGEST_TITLE and not SENTENCE_END.search(piece.text)
    if following is None or not is_one_sentence or piece.text[-1] in ":;,":
        return False
    # A sentence with a full stop could as well be the first paragraph. It is the subtitle if the page says so (a
    # player or the title again above it) or if it stands right under the title and a blank line below it.
    is_page = any(verdict.fate.reason in {TIME, TITLE_AGAIN} for verdict in above)
    is_under_title = not piece.is_apart and following.is_apart
    return is_page or is_under_title or is_like_title(piece.text)
