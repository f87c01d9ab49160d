"""Whether an episode stands in the feed: drafts, days to come, embargoes, approvals and withdrawals."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feeds.ledger import mark_published
from pipeline.listing import (
    ListingState,
    due_at,
    is_correction_unapproved,
    listed,
    listing_state,
    standing_of,
)
from pipeline.model import Approval, Episode, Listing, ShowLedger, Withdrawal
from tests.samples import SHOW, episode

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

DRAFT = episode(listing=Listing(is_draft=True))
SCHEDULED = episode(published=LATER)
EMBARGOED = episode(listing=Listing(embargo_until=LATER))
OUT = (Withdrawal(at=NOW, reason="why"),)
BACK = (Withdrawal(at=NOW, reason="why", restored_at=LATER),)

STRICT = msgspec.structs.replace(SHOW, approval="required")


def live(one: Episode) -> Episode:
    return mark_published(ShowLedger(podcast_guid="x"), [one], now=NOW)[1][0]


def approved(one: Episode, *, script: str = "", sound: str = "") -> Episode:
    approval = Approval(
        by="Tomas Reyl",
        at=NOW,
        script_sha256=script or one.script_sha256,
        sound_sha256=sound or one.enclosure.file.sha256,
    )
    return msgspec.structs.replace(one, approvals=(approval,))


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (episode(), ListingState.LISTED),
        (DRAFT, ListingState.DRAFT),
        (SCHEDULED, ListingState.SCHEDULED),
        (EMBARGOED, ListingState.EMBARGOED),
        (episode(published=NOW), ListingState.LISTED),
        (episode(listing=Listing(embargo_until=NOW)), ListingState.LISTED),
        (episode(withdrawals=OUT), ListingState.WITHDRAWN),
        (episode(withdrawals=BACK), ListingState.LISTED),
        # What listeners have stays, whatever the article says now.
        (live(DRAFT), ListingState.LISTED),
        (live(SCHEDULED), ListingState.LISTED),
        (live(EMBARGOED), ListingState.LISTED),
        (msgspec.structs.replace(live(episode()), withdrawals=OUT), ListingState.WITHDRAWN),
    ],
)
def test_how_an_episode_stands(one: Episode, state: ListingState) -> None:
    assert listing_state(one, now=NOW) is state


def test_a_day_to_come_comes_and_a_draft_does_not() -> None:
    for one in (SCHEDULED, EMBARGOED):
        assert standing_of(SHOW, one, now=NOW).due == due_at(one) == LATER
        assert standing_of(SHOW, one, now=LATER).state is ListingState.LISTED
    assert standing_of(SHOW, DRAFT, now=LATER + timedelta(days=999)).state is ListingState.DRAFT
    assert standing_of(SHOW, DRAFT, now=NOW).due is None


def test_an_embargo_counts_from_the_later_of_both_moments() -> None:
    both = episode(published=LATER, listing=Listing(embargo_until=LATER + timedelta(hours=1)))
    assert due_at(both) == LATER + timedelta(hours=1)
    assert listing_state(both, now=LATER) is ListingState.EMBARGOED
    assert due_at(episode(published=LATER, listing=Listing(embargo_until=NOW))) == LATER


def test_where_an_approval_is_required_nothing_new_is_listed_without_one() -> None:
    assert standing_of(STRICT, episode(), now=NOW).state is ListingState.UNAPPROVED
    assert standing_of(SHOW, episode(), now=NOW).state is ListingState.LISTED
    assert standing_of(STRICT, approved(episode()), now=NOW).state is ListingState.LISTED
    assert standing_of(STRICT, approved(episode(), sound="b" * 64), now=NOW).state is ListingState.UNAPPROVED
    assert standing_of(STRICT, approved(episode(), script="b" * 64), now=NOW).state is ListingState.UNAPPROVED
    assert standing_of(STRICT, approved(SCHEDULED), now=NOW).state is ListingState.SCHEDULED


def test_a_correction_needs_an_approval_of_its_own_and_what_is_out_needs_none() -> None:
    out = live(episode())
    corrected = msgspec.structs.replace(out, content_sha256="e" * 64)
    assert not is_correction_unapproved(STRICT, out)
    assert is_correction_unapproved(STRICT, corrected)
    assert not is_correction_unapproved(SHOW, corrected)
    assert not is_correction_unapproved(STRICT, approved(corrected))
    assert not is_correction_unapproved(STRICT, msgspec.structs.replace(corrected, withdrawals=OUT))


@given(
    st.sampled_from([episode(), DRAFT, SCHEDULED, EMBARGOED, episode(withdrawals=OUT), live(SCHEDULED)]),
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=9)),
)
def test_what_is_in_the_feed_stays_in_it_as_time_goes_by(one: Episode, now: datetime, passing: timedelta) -> None:
    later = min(now, datetime(9000, 1, 1, tzinfo=UTC)) + passing
    if listed(SHOW, [one], now=min(now, later)):
        assert listed(SHOW, [one], now=later)
