"""Floor 3, sources: what a web page puts around an article, and the credit note below it. Pure.

Whoever copies an article off its page copies the player, buttons and links too. A line is called debris only if the
whole of it is one of the `phrases`; and but for what cannot be a sentence of an analysis at all, only before its
first or after its last paragraph. Every reason is shown to the author.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.model import BlockKind, Fate, FateKind
from pipeline.sources.phrases import (
    ANYWHERE,
    AT_HEAD,
    AT_TAIL,
    BYLINE,
    COMMENT_HEADER,
    COMMENTS,
    CREDIT,
    DIVIDER,
    PUBLICATION,
    TIME,
    Table,
)

LONGEST_CREDIT = 400
LONGEST_CALL = 500
LONGEST_WIDGET = 200


class Verdict(Struct, frozen=True, kw_only=True):
    """What a piece of a source is, and what becomes of it."""

    kind: BlockKind
    fate: Fate


def spoken(kind: BlockKind, reason: str) -> Verdict:
    """A Verdict: it is heard."""
    return Verdict(kind=kind, fate=Fate(kind=FateKind.SPOKEN, reason=reason))


def dropped(reason: str) -> Verdict:
    """A Verdict: it is debris."""
    return Verdict(kind=BlockKind.BOILERPLATE, fate=Fate(kind=FateKind.DROPPED, reason=reason))


CREDIT_VERDICT = spoken(BlockKind.CREDIT, "said in the closing")
BYLINE_VERDICT = dropped(BYLINE)


def reason_anywhere(text: str) -> str:
    """Why ``text`` is debris wherever it stands, or ""."""
    if not any(letter.isalnum() for letter in text):
        return DIVIDER
    return _reason(ANYWHERE, text) if len(text) <= LONGEST_WIDGET else ""


def reason_at_head(text: str) -> str:
    """Why ``text`` is debris if it stands before the first paragraph, or ""."""
    return reason_anywhere(text) or (_reason(AT_HEAD, text) if len(text) <= LONGEST_CALL else "")


def has_player_time(text: str) -> bool:
    """Whether a line of ``text`` is a time as a player shows it: 0:00, -6:59, 1:02:03."""
    return any(reason_anywhere(line) == TIME for line in text.split("\n"))


def is_byline(text: str) -> bool:
    """Whether it is a line such as "By Ines Calder and Tomas Reyl": names and nothing else."""
    first, _, names = text.partition(" ")
    words = names.replace(",", " ").split()
    is_short = first.casefold() == "by" and 2 <= len(words) <= 9 and text[-1] not in ".!?:;"
    return is_short and all(word[0].isupper() or word in {"and", "de", "van", "von"} for word in words)


def is_comment_header(text: str) -> bool:
    """Whether the readers' comments begin here."""
    return COMMENT_HEADER.fullmatch(_plain(text)) is not None


def is_credit(text: str) -> bool:
    """Whether it says where the analysis was published before."""
    return len(text) <= LONGEST_CREDIT and CREDIT.fullmatch(_plain(text)) is not None


def words_of(text: str) -> str:
    """``text`` as its words alone in small letters: what two lines have in common that say the same."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", "")))


def tail_verdicts(texts: Sequence[str], *, publication: str) -> dict[int, Verdict]:
    """What is credit note or debris at the end of ``texts``, by its number from 0.

    From the last one upwards until something is neither that nor a short line that could be part of it; what is not
    recognised is not in the answer. From the heading of the comments on, all is debris.
    """
    end = next((number for number, text in enumerate(texts) if is_comment_header(text)), len(texts))
    verdicts = {number: dropped(COMMENTS) for number in range(end, len(texts))}
    for number in reversed(range(end)):
        verdict = _tail_verdict(texts[number], publication=publication)
        if verdict is not None:
            verdicts[number] = verdict
        elif not _is_short_line(texts[number]):
            break
    return verdicts


def _tail_verdict(text: str, *, publication: str) -> Verdict | None:
    if is_credit(text):
        return CREDIT_VERDICT
    if publication and words_of(text) == publication:
        return dropped(PUBLICATION)
    reason = reason_anywhere(text) or (_reason(AT_TAIL, text) if len(text) <= LONGEST_CALL else "")
    return dropped(reason) if reason else None


def _is_short_line(text: str) -> bool:
    return len(text.split()) <= 8 and text.rstrip("\"”’'")[-1:] not in {".", "!", "?"}


def _reason(table: Table, text: str) -> str:
    plain = _plain(text)
    return next((reason for pattern, reason in table if pattern.fullmatch(plain)), "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
