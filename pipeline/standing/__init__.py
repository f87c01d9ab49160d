"""Floor 4: what may become of an Episode once it is there: withdrawn, restored, renamed, approved; and its history.

``changes`` says what would become of it and carries that out, ``approvals`` is who let it go out, ``history`` tells
what listeners had and when. None of it ever changes a GUID, a date or an address that listeners were given.
"""

from pipeline.standing.approvals import approval_of, waiting_for_approval
from pipeline.standing.changes import (
    Change,
    carry_out,
    find_episode,
    keep_change,
    renaming_of,
    restoration_of,
    withdrawal_of,
)
from pipeline.standing.history import History, PublishedState, history_of

__all__ = [
    "Change",
    "History",
    "PublishedState",
    "approval_of",
    "carry_out",
    "find_episode",
    "history_of",
    "keep_change",
    "renaming_of",
    "restoration_of",
    "waiting_for_approval",
    "withdrawal_of",
]
