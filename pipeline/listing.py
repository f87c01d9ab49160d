"""Floor 2: whether an Episode stands in the feed at a given moment, and if not, why. Pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct

from pipeline.model import Episode, Show


class ListingState(Enum):
    """LISTED is in the feed; all others are kept, built and told of, but not in it."""

    LISTED = "listed"
    DRAFT = "draft"
    UNAPPROVED = "unapproved"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    WITHDRAWN = "withdrawn"


class Standing(Struct, frozen=True, kw_only=True):
    """How one Episode stands. ``due`` is when the calendar lets it into the feed, None where nothing waits for that."""

    slug: str
    title: str
    state: ListingState
    due: datetime | None


def listing_state(episode: Episode, *, now: datetime, is_approval_required: bool = False) -> ListingState:
    """How ``episode`` stands at ``now``, which is aware UTC.

    What listeners have stays listed until it is withdrawn: neither a draft's mark nor an embargo takes it back. Where
    an approval is required (``Show.approval``), nothing new is listed without one.
    """
    if episode.is_withdrawn:
        return ListingState.WITHDRAWN
    if episode.is_published:
        return ListingState.LISTED
    if episode.listing.is_draft:
        return ListingState.DRAFT
    if is_approval_required and not episode.is_approved:
        return ListingState.UNAPPROVED
    if episode.listing.embargo_until is not None and episode.listing.embargo_until > now:
        return ListingState.EMBARGOED
    return ListingState.SCHEDULED if episode.published > now else ListingState.LISTED


def due_at(episode: Episode) -> datetime:
    """When an Episode that is neither a draft nor withdrawn comes into the feed."""
    embargo = episode.listing.embargo_until
    return max(episode.published, embargo) if embargo is not None else episode.published


def standing_of(show: Show, episode: Episode, *, now: datetime) -> Standing:
    """How ``episode`` stands in the feed of ``show`` at ``now``, and when that changes by itself."""
    state = listing_state(episode, now=now, is_approval_required=show.approval == "required")
    waits_for_its_day = state in {ListingState.SCHEDULED, ListingState.EMBARGOED}
    due = due_at(episode) if waits_for_its_day else None
    return Standing(slug=episode.slug, title=episode.title, state=state, due=due)


def listed(show: Show, episodes: Sequence[Episode], *, now: datetime) -> tuple[Episode, ...]:
    """Those of ``episodes`` that stand in the feed of ``show`` at ``now``, in their order."""
    return tuple(one for one in episodes if standing_of(show, one, now=now).state is ListingState.LISTED)


def is_correction_unapproved(show: Show, episode: Episode) -> bool:
    """Whether listeners have ``episode`` in another state than this, and nobody has approved this one though one must.

    The feed cannot name the state before it: what it said of that one is no more.
    """
    is_corrected = episode.is_published and not episode.is_live and not episode.is_withdrawn
    return show.approval == "required" and is_corrected and not episode.is_approved
