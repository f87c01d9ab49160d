"""The spoken text and its ties to the written one, over several passes of the rules.

What one rule says can be read by another (a designation brings a Roman numeral next to its noun), so the rules are
laid over their own result until nothing changes: that is what makes speaking the spoken text change nothing. Each
pass is joined to the ones before it, so that the spans still tie the written text to the spoken one.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.model import SpokenForm
from pipeline.text.edits import Edit


class Spoken(Struct, frozen=True, kw_only=True):
    """What the voice is given, and the places where it differs from the text; outside them both are the same."""

    text: str
    forms: tuple[SpokenForm, ...]


class _Piece(Struct, frozen=True, kw_only=True, gc=False):
    """A stretch ``start`` to ``end`` of the text between two passes, whether a form, an edit or both at once."""

    start: int
    end: int
    form: SpokenForm | None = None
    edit: Edit | None = None


def with_edits(spoken: Spoken, edits: Sequence[Edit]) -> Spoken:
    """``spoken`` after one more pass, every form still tied to the written text.

    A form that has come to say what is written is kept: the lexicon may say that a word stays as it is.
    """
    pieces = [
        *(_Piece(start=form.spoken_start, end=form.spoken_end, form=form) for form in spoken.forms),
        *(_Piece(start=edit.start, end=edit.end, edit=edit) for edit in edits),
    ]
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    return _join(list(_groups(pieces)), spoken)


def _groups(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces, those that overlap together; a form that says nothing goes with whatever touches it."""
    group: list[_Piece] = []
    end = -1
    for piece in pieces:
        if group and (piece.start < end or (piece.start == end and _is_empty(piece, group[-1]))):
            group.append(piece)
        else:
            if group:
                yield group
            group = [piece]
            end = piece.end
        end = max(end, piece.end)
    if group:
        yield group


def _is_empty(*pieces: _Piece) -> bool:
    return any(piece.start == piece.end for piece in pieces)


def _join(groups: list[list[_Piece]], spoken: Spoken) -> Spoken:
    parts: list[str] = []
    forms: list[SpokenForm] = []
    at, length, behind = 0, 0, 0  # read so far; said so far; how far the text is ahead of the written one
    for group in groups:
        start, end = group[0].start, max(piece.end for piece in group)
        parts.append(spoken.text[at:start])
        length += start - at
        said = _said(group, spoken.text)
        known = [piece.form for piece in group if piece.form]
        written_start = start - behind
        behind += sum((form.spoken_end - form.spoken_start) - (form.end - form.start) for form in known)
        forms.append(_form(group, (written_start, end - behind), at=length, said=said))
        parts.append(said)
        length += len(said)
        at = end
    return Spoken(text="".join([*parts, spoken.text[at:]]), forms=tuple(forms))


def _said(group: list[_Piece], text: str) -> str:
    """The words of a group: its stretch of the text with its edits in place."""
    at, end = group[0].start, max(piece.end for piece in group)
    parts = []
    for edit in (piece.edit for piece in group if piece.edit):
        parts += [text[at : edit.start], edit.said]
        at = edit.end
    return "".join([*parts, text[at:end]])


def _form(group: list[_Piece], written: tuple[int, int], *, at: int, said: str) -> SpokenForm:
    makers = [maker for piece in group if (maker := piece.form or piece.edit)]
    # Beside what says nothing, the one that says it all keeps its name and its sound.
    whole = next((maker for maker in makers if _length(maker) == len(said)), None)
    return SpokenForm(
        start=written[0],
        end=written[1],
        spoken_start=at,
        spoken_end=at + len(said),
        rule=(whole or makers[0]).rule,
        confidence=min(maker.confidence for maker in makers),
        ipa=whole.ipa if whole else "",
    )


def _length(maker: SpokenForm | Edit) -> int:
    """How many characters it says."""
    return len(maker.said) if isinstance(maker, Edit) else maker.spoken_end - maker.spoken_start
