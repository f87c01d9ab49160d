"""What becomes of entries from elsewhere."""

import msgspec
import pytest

from pipeline.lexicons.merging import Outcome, changes_of
from pipeline.model import Lexicon, LexiconEntry

HEARD = LexiconEntry(grapheme="Kyiv", say="Keev", by="I. Calder")
GUESSED = msgspec.structs.replace(HEARD, status="proposed", by="")
OTHER = LexiconEntry(grapheme="Kyiv", say="Kee-iv", status="proposed")


@pytest.mark.parametrize(
    ("there", "given", "outcome", "overwriting"),
    [
        (None, OTHER, "new", "new"),
        (HEARD, HEARD, "unchanged", "unchanged"),
        (HEARD, OTHER, "kept", "changed"),
        # Sounds the same, and here somebody has listened.
        (HEARD, GUESSED, "unchanged", "changed"),
        (GUESSED, OTHER, "changed", "changed"),
        (GUESSED, HEARD, "changed", "changed"),
        (msgspec.structs.replace(HEARD, language="en-US"), OTHER, "new", "new"),
        (msgspec.structs.replace(HEARD, case=False), OTHER, "kept", "changed"),
    ],
)
def test_an_entry_that_somebody_reviewed_stays(there, given, outcome, overwriting):
    lexicon = Lexicon(entries=(there,) if there else ())
    (change,) = changes_of(lexicon, [given])
    assert (change.outcome, change.entry) == (Outcome(outcome), given)
    assert change.before == (None if outcome == "new" else there)
    assert changes_of(lexicon, [given], is_overwriting=True)[0].outcome is Outcome(overwriting)


@pytest.mark.parametrize("is_overwriting", [False, True])
def test_of_two_given_for_one_name_the_first_counts(is_overwriting):
    first = LexiconEntry(grapheme="Reyl", say="Rile", status="proposed")
    second = msgspec.structs.replace(first, say="Rail")
    changes = changes_of(Lexicon(), [first, second], is_overwriting=is_overwriting)
    assert [change.outcome for change in changes] == [Outcome.NEW, Outcome.KEPT]
    assert changes[1].before == first


def test_of_two_given_against_a_reviewed_one_neither_counts():
    second = msgspec.structs.replace(OTHER, say="Kev")
    outcomes = [change.outcome for change in changes_of(Lexicon(entries=(HEARD,)), [OTHER, second])]
    assert outcomes == [Outcome.KEPT, Outcome.KEPT]
