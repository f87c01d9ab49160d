"""Floor 3: what every costly stage works with: the store, how many workers, and who hears of the progress."""

from msgspec import Struct

from pipeline.progress import Progress
from pipeline.store import Store


class Workshop(Struct, frozen=True, kw_only=True):
    """The means of one build; nothing in it changes what is made.

    ``is_offline`` is for those who only look: a language model is asked nothing then, and what it said before counts.
    """

    store: Store
    workers: int
    progress: Progress
    is_offline: bool = False
