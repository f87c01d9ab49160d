"""Floor 2: all that the rules over a show on disk may know of it."""

from datetime import datetime

from msgspec import Struct

from pipeline.model import Artwork, Episode, Show, ShowLedger


class ShowFacts(Struct, frozen=True, kw_only=True):
    """All that the rules may know of a show on disk.

    ``now`` is aware UTC. ``artwork`` is what the image file really is, None where there is none that can be read.
    ``file_lengths`` gives the bytes on disk of each published file by its path from the web root, None (or no entry)
    where it is missing. ``feed_text`` is the feed as it lies there, None where there is none.
    """

    show: Show
    ledger: ShowLedger
    episodes: tuple[Episode, ...]
    now: datetime
    artwork: Artwork | None
    file_lengths: dict[str, int | None]
    feed_text: str | None
