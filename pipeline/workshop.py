"""Floor 3: what every costly stage works with: the store, how many workers, and who hears of the progress."""

from typing import Protocol

from msgspec import Struct

from pipeline.model import Bill
from pipeline.progress import Progress
from pipeline.store import Store


class Consent(Protocol):
    """Who is asked before anything is given to an engine of the network."""

    def require(self, bill: Bill, *, engine: str) -> None:
        """Nothing, if ``engine`` may be given what ``bill`` says. Raises PipelineError if it may not."""
        ...


class Workshop(Struct, frozen=True, kw_only=True):
    """The means of one build; nothing in it changes what is made.

    ``is_offline`` is for those who only look: neither an engine of the network nor a language model is asked for
    anything then, and what they gave before counts. ``consent`` is asked before an engine of the network is; None lets
    it have everything.
    """

    store: Store
    workers: int
    progress: Progress
    is_offline: bool = False
    consent: Consent | None = None
