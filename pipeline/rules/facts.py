"""Floor 2: all that the rules over a show on disk may know of it."""

from datetime import datetime

from msgspec import Struct

from pipeline.listing import listed
from pipeline.model import Artwork, Episode, Show, ShowLedger


class PublishedArtwork(Struct, frozen=True, kw_only=True):
    """The cover that the feed names: its ``path`` from the web root, "" where that is an address of somebody else.

    ``artwork`` is what the file really is, None where there is none that can be read. ``is_current`` says whether it
    was made from the cover as it lies there now.
    """

    path: str
    artwork: Artwork | None
    is_current: bool = True


class ShowFacts(Struct, frozen=True, kw_only=True):
    """All that the rules may know of a show on disk.

    ``now`` is aware UTC. ``artwork`` is what the image file really is, None where there is none that can be read.
    ``file_lengths`` gives the bytes on disk of each published file by its path from the web root, None (or no entry)
    where it is missing. ``feed_text`` is the feed as it lies there, None where there is none; ``further_pages`` are
    those that it is parted into beyond the first. ``published_artwork`` is None where the feed names none.
    """

    show: Show
    ledger: ShowLedger
    episodes: tuple[Episode, ...]
    now: datetime
    artwork: Artwork | None
    file_lengths: dict[str, int | None]
    feed_text: str | None
    further_pages: tuple[str, ...] = ()
    published_artwork: PublishedArtwork | None = None

    @property
    def listed(self) -> tuple[Episode, ...]:
        """The Episodes that stand in the feed at ``now``."""
        return listed(self.show, self.episodes, now=self.now)

    @property
    def current(self) -> tuple[Episode, ...]:
        """All but those that were withdrawn: what is in the feed, and what is to come into it."""
        return tuple(one for one in self.episodes if not one.is_withdrawn)

    @property
    def waiting(self) -> tuple[Episode, ...]:
        """Those that are built and not in the feed yet."""
        out = {one.slug for one in self.listed}
        return tuple(one for one in self.current if one.slug not in out)
