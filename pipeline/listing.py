"""Floor 2: whether an Episode stands in the feed at a given moment, and if not, why. Pure."""

from datetime import datetime
from enum import Enum

from pipeline.model import Episode


class ListingState(Enum):
    """LISTED is in the feed; all others are kept, built and told of, but not in it."""

    LISTED = "listed"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    WITHDRAWN = "withdrawn"


def listing_state(episode: Episode, *, now: datetime) -> ListingState:
    """How ``episode`` stands at ``now``, which is aware UTC.

    What listeners have stays listed until it is withdrawn: neither a draft's mark nor an embargo takes it back.
    """
    if episode.is_withdrawn:
        return ListingState.WITHDRAWN
    if episode.is_published:
        return ListingState.LISTED
    if episode.listing.is_draft:
        return ListingState.DRAFT
    if episode.listing.embargo_until is not None and episode.listing.embargo_until > now:
        return ListingState.EMBARGOED
    return ListingState.SCHEDULED if episode.published > now else ListingState.LISTED


def due_at(episode: Episode) -> datetime:
    """When an Episode that is neither a draft nor withdrawn comes into the feed."""
    embargo = episode.listing.embargo_until
    return max(episode.published, embargo) if embargo is not None else episode.published
