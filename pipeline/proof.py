"""Floor 2: the proof that everything written is said, once and in order, and that nothing else is. Pure.

``prove`` holds a Script against its Article, ``prove_transcript`` a Transcript against its Script. Both read the
result and share nothing with what writes it but the text's own words, so that a slip there cannot hide itself here.
"""

import shlex
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec import Struct

from pipeline.errors import ScriptError
from pipeline.model import Article, Block, BlockKind, Role, Script, Span, Transcript, Utterance
from pipeline.text.lexicon import RULE as LEXICON_RULE

#: What spoken text may hold beside letters and marks of any script and blanks.
SPOKEN_MARKS = frozenset("'’‘“”\"-‐‑–—.,;:?!…")

#: Blocks whose own words are heard where they are spoken; of every other kind only the set phrase is.
_WORDED_KINDS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.SUBTITLE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.LIST_ITEM,
        BlockKind.FOOTNOTE,
        BlockKind.EMBED,
        BlockKind.CREDIT,
    }
)
#: Said in the opening or the closing, wherever they stand.
_EDGE_KINDS = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.CREDIT})
#: Roles that no set phrase has.
_ARTICLE_ROLES = frozenset({Role.BODY, Role.QUOTATION, Role.LIST_ITEM})
#: Blocks that a set phrase may stand before or after: "Footnote.", "Quotation.", "End of quotation.".
_ANNOUNCED_KINDS = frozenset({BlockKind.FOOTNOTE, BlockKind.QUOTATION})
_LONGEST_EXCERPT = 60
_CURE = "nothing was made, so that nothing wrong is heard; report this line as a fault of the program"


class _Run(Struct, frozen=True, kw_only=True):
    """The Utterances of Block number ``block`` that follow each other."""

    block: int
    utterances: tuple[Utterance, ...]


def prove(article: Article, script: Script) -> None:
    """Nothing, where ``script`` says all that is to be heard of ``article``, once and in order, and nothing else.

    Every letter and figure of every spoken Block lies in the span of exactly one Utterance, which shows what stands
    there. Outside its forms an Utterance says what it shows, and outside the lexicon's no figure, symbol or bracket;
    the lexicon silences no word.
    What comes from no Block has the role of a set phrase.

    Raises: ScriptError at the first difference, with Block (counted from 0), characters and excerpt.
    """
    for utterance in script.utterances:
        _prove_source(article, utterance)
        _prove_forms(article, utterance)
        _prove_speakable(article, utterance)
        _prove_lexicon(article, utterance)
    runs = _runs(article, script)
    _prove_edges(article, script, runs=runs)
    _prove_order(article, runs)
    for run in runs:
        _prove_words(article, run)
        _prove_phrases(article, run)
    _prove_calls(article, script)


def prove_transcript(script: Script, transcript: Transcript) -> None:
    """Nothing, where the Cues show what the Utterances show, in their order, blanks aside.

    Raises: ScriptError at the first Utterance whose Cues show something else.
    """
    cued = [
        (number, " ".join(cue.text for cue in cues))
        for number, cues in groupby(transcript.cues, key=lambda cue: cue.utterance)
    ]
    for place, (cue, utterance) in enumerate(zip_longest(cued, script.utterances)):
        shown = cue[1] if cue and cue[0] == place else ""
        display = utterance.display if utterance else ""
        if cue is None or utterance is None or cue[0] != place or shown.split() != display.split():
            raise ScriptError(
                f"utterance {place} of “{script.title}” is {_excerpt(display)}, and the transcript shows there "
                f"{_excerpt(shown)}",
                cure=_CURE,
            )


def _prove_source(article: Article, utterance: Utterance) -> None:
    """An Utterance shows what stands in its span of a Block that is to be heard, or has a set phrase's role."""
    if utterance.block is None:
        is_note_heading = utterance.role is not Role.HEADING or any(_is_spoken_note(one) for one in article.blocks)
        if utterance.role in _ARTICLE_ROLES or utterance.span is not None or not is_note_heading:
            raise _fault(article, utterance, what=f"comes from no block, and a {utterance.role.value} must")
    elif not 0 <= utterance.block < len(article.blocks):
        raise _fault(article, utterance, what=f"comes from block {utterance.block}, which there is not")
    elif utterance.span is not None:
        block, span = article.blocks[utterance.block], utterance.span
        if not _is_worded(block):
            raise _fault(article, utterance, what=f"is said, and the block is not to be heard: {block.fate.reason}")
        if not _is_inside(span, block.text) or block.text[span.start : span.end] != utterance.display:
            raise _fault(article, utterance, what=f"is shown as {_excerpt(utterance.display)}")


def _is_inside(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _is_spoken_note(block: Block) -> bool:
    return block.kind is BlockKind.FOOTNOTE and block.is_spoken


def _is_worded(block: Block) -> bool:
    return block.is_spoken and block.kind in _WORDED_KINDS


def _prove_forms(article: Article, utterance: Utterance) -> None:
    """The forms lie in order in both texts, and between them both say the same."""
    display, spoken = utterance.display, utterance.spoken
    at = spoken_at = 0
    for form in utterance.forms:
        is_in_order = at <= form.start <= form.end <= len(display)
        is_said_in_order = spoken_at <= form.spoken_start <= form.spoken_end <= len(spoken)
        is_same = display[at : form.start] == spoken[spoken_at : form.spoken_start]
        if not (is_in_order and is_said_in_order and is_same):
            raise _unlike(article, utterance, at=at)
        at, spoken_at = form.end, form.spoken_end
    if display[at:] != spoken[spoken_at:]:
        raise _unlike(article, utterance, at=at)


def _unlike(article: Article, utterance: Utterance, *, at: int) -> ScriptError:
    said = _excerpt(utterance.spoken)
    return _fault(article, utterance, what=f"is said as {said}, and no spoken form explains that", at=at)


def _prove_speakable(article: Article, utterance: Utterance) -> None:
    """Every sign that no voice reads has become words; only the lexicon may hand one over."""
    for text in _outside_lexicon(utterance):
        for sign in unreadable(text):
            at = max(0, text.index(sign) - _LONGEST_EXCERPT // 2)
            raise _fault(
                article,
                utterance,
                what=f"is given to the voice with {sign!r} in it, near {_excerpt(text[at:])}",
                cure='say in lexicon.toml how to say it: audio-edition lexicon add "WRITTEN" "SAY"',
            )


def unreadable(text: str) -> tuple[str, ...]:
    """The signs of ``text`` that no voice reads, or each its own way: figures, symbols, brackets."""
    return tuple(sign for sign in sorted(set(text) - SPOKEN_MARKS) if not _is_readable(sign))


def _is_readable(sign: str) -> bool:
    """Whether a sign is a letter, belongs to one, or is silent anyway: a blank, a soft hyphen, a joiner."""
    return sign.isspace() or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Cf"


def _prove_lexicon(article: Article, utterance: Utterance) -> None:
    """The lexicon says a word otherwise; it does not silence it."""
    for form in utterance.forms:
        written = utterance.display[form.start : form.end]
        said = utterance.spoken[form.spoken_start : form.spoken_end]
        is_silenced = any(map(str.isalnum, written)) and not any(map(str.isalnum, said))
        if form.rule == LEXICON_RULE and is_silenced:
            raise _fault(
                article,
                utterance,
                what=f"is said without {written!r}: lexicon.toml says it as {said!r}, which has no letter in it",
                cure=f'say how to say it: audio-edition lexicon add {shlex.quote(written)} "SAY"',
            )


def _outside_lexicon(utterance: Utterance) -> Iterator[str]:
    at = 0
    for form in utterance.forms:
        if form.rule == LEXICON_RULE:
            yield utterance.spoken[at : form.spoken_start]
            at = form.spoken_end
    yield utterance.spoken[at:]


def _runs(article: Article, script: Script) -> list[_Run]:
    """What comes from Blocks, in the order of the script, without the calls, which have a check of their own."""
    tied = [one for one in script.utterances if one.block is not None]
    return [
        _Run(block=number, utterances=tuple(utterances))
        for number, utterances in groupby(tied, key=lambda one: -1 if one.block is None else one.block)
        if article.blocks[number].kind is not BlockKind.CALL
    ]


def _prove_edges(article: Article, script: Script, *, runs: Sequence[_Run]) -> None:
    """Title, subtitle and credits are said before or after the body, each once there, and not inside it."""
    said = [run.block for run in runs]
    body = [place for place, number in enumerate(said) if article.blocks[number].kind not in _EDGE_KINDS]
    first, last = (body[0], body[-1]) if body else (len(said), len(said))
    for place, number in enumerate(said):
        if article.blocks[number].kind in _EDGE_KINDS:
            if first < place < last:
                raise _block_fault(article, number, what="is said inside the body")
            if number in (said[:place] if place < first else said[last:place]):
                raise _block_fault(article, number, what="is said twice")
    for number, block in enumerate(article.blocks):
        is_due = block.kind in _EDGE_KINDS and _is_heard(block)
        if is_due and number not in said and not _is_said_by_template(block, script):
            raise _block_fault(article, number, what="is not said")


def _is_said_by_template(block: Block, script: Script) -> bool:
    """Whether an announcement says these very words; from the metadata they may have other capitals and marks.

    That a closing names the title again does not stand for the title itself.
    """
    is_title = block.kind is not BlockKind.CREDIT
    untied = (one for one in script.utterances if one.block is None and not (is_title and one.role is Role.CLOSING))
    return _letters(block.text) in _letters(" ".join(one.display for one in untied))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_heard(block: Block) -> bool:
    """Whether a Block gives the voice anything to say."""
    return any(map(str.isalnum, block.fate.said)) or (_is_worded(block) and any(map(str.isalnum, block.text)))


def _prove_order(article: Article, runs: Sequence[_Run]) -> None:
    """The Blocks of the body follow each other as in the article, footnotes after their place or at the end."""
    said = [
        run.block
        for run in runs
        if article.blocks[run.block].kind not in _EDGE_KINDS and _is_heard(article.blocks[run.block])
    ]
    due = max(
        (_due(article, is_in_place=is_in_place) for is_in_place in (False, True)), key=lambda one: _same(said, one)
    )
    place = _same(said, due)
    if place < len(due) and due[place] not in said:
        raise _block_fault(article, due[place], what="is not said")
    if place < len(said):
        is_again = said[place] in said[:place]
        raise _block_fault(article, said[place], what="is said twice" if is_again else "is said out of order")


def _same(one: Sequence[int], other: Sequence[int]) -> int:
    """How many numbers both begin with."""
    pairs = zip_longest(one, other)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), len(one))


def _due(article: Article, *, is_in_place: bool) -> list[int]:
    """The Blocks of the body in the order in which they are to be said."""
    notes: dict[str, list[int]] = {}
    for number, block in enumerate(article.blocks):
        if _is_spoken_note(block) and _is_heard(block):
            notes.setdefault(block.label, []).append(number)
    due: list[int] = []
    for number, block in enumerate(article.blocks):
        is_elsewhere = block.kind in _EDGE_KINDS or block.kind in {BlockKind.FOOTNOTE, BlockKind.CALL}
        if _is_heard(block) and not is_elsewhere:
            due.append(number)
        for label in block.marks if is_in_place else ():
            due += notes.pop(label, [])
    return [*due, *(number for note in notes.values() for number in note)]


def _prove_words(article: Article, run: _Run) -> None:
    """Every letter and figure of a Block's text lies in one span, and the spans follow each other."""
    block = article.blocks[run.block]
    at = 0
    for span in (one.span for one in run.utterances if one.span is not None):
        if span.start < at:
            raise _block_fault(article, run.block, what="is said twice or out of order", span=Span(span.start, at))
        _prove_gap(article, run.block, gap=Span(at, span.start))
        at = span.end
    if _is_worded(block):
        _prove_gap(article, run.block, gap=Span(at, len(block.text)))


def _prove_gap(article: Article, number: int, *, gap: Span) -> None:
    if any(map(str.isalnum, article.blocks[number].text[gap.start : gap.end])):
        raise _block_fault(article, number, what="is not said", span=gap)


def _prove_phrases(article: Article, run: _Run) -> None:
    """The set phrase of a Block stands whole before its words; a note or quotation may be announced at its edges."""
    block = article.blocks[run.block]
    phrases = [(place, one) for place, one in enumerate(run.utterances) if one.span is None]
    if block.fate.said:
        _prove_said(article, run, phrases=[one for _, one in phrases])
    worded = [place for place, one in enumerate(run.utterances) if one.span is not None]
    for place, phrase in phrases:
        is_after = bool(worded) and worded[0] < place and (bool(block.fate.said) or place < worded[-1])
        is_known = bool(block.fate.said) or (block.kind in _ANNOUNCED_KINDS and phrase.role is Role.ASIDE)
        if is_after or not is_known:
            raise _fault(article, phrase, what="is a set phrase that does not belong there")


def _prove_said(article: Article, run: _Run, *, phrases: Sequence[Utterance]) -> None:
    said = article.blocks[run.block].fate.said
    if _letters(" ".join(phrase.display for phrase in phrases)) != _letters(said):
        shown = " ".join(phrase.display for phrase in phrases)
        raise _block_fault(
            article, run.block, what=f"is to be said as {_excerpt(said)}, and is said as {_excerpt(shown)}"
        )
    for phrase in phrases:
        if " ".join(phrase.display.split()) not in " ".join(said.split()):
            raise _fault(article, phrase, what=f"is not what stands for the block, {_excerpt(said)}")


def _prove_calls(article: Article, script: Script) -> None:
    """What stands for a call to subscribe is said in the closing."""
    closing = _letters(" ".join(one.display for one in script.utterances if one.role is Role.CLOSING))
    for number, block in enumerate(article.blocks):
        if block.kind is BlockKind.CALL and _letters(block.fate.said) not in closing:
            raise _block_fault(article, number, what=f"is to be said as {_excerpt(block.fate.said)}, and is not")


def _block_fault(article: Article, number: int, *, what: str, span: Span | None = None) -> ScriptError:
    return ScriptError(f"{_place(article, number, span=span)}, {what}", cure=_CURE)


def _fault(article: Article, utterance: Utterance, *, what: str, at: int = 0, cure: str = _CURE) -> ScriptError:
    """A fault of an Utterance from its character ``at`` on, at its place in the article where it has one."""
    number, span = utterance.block, utterance.span
    if number is not None and 0 <= number < len(article.blocks) and span is not None:
        return ScriptError(f"{_place(article, number, span=Span(span.start + at, span.end))}, {what}", cure=cure)
    shown = _excerpt(utterance.display[at:])
    return ScriptError(f"a {utterance.role.value} of “{article.title}”, {shown}, {what}", cure=cure)


def _place(article: Article, number: int, *, span: Span | None) -> str:
    block = article.blocks[number]
    span = span or Span(0, len(block.text))
    shown = _excerpt(block.text[span.start : span.end])
    return f"block {number} of “{article.title}” ({block.kind.value}), characters {span.start} to {span.end}, {shown}"


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1] + "…")
