"""Floor 1: how a stage says how far it is. The CLI draws it; tests and libraries may stay silent."""

from typing import Protocol


class Progress(Protocol):
    """Who listens to a build. Stages come one after another: begin, any number of advances, end."""

    def begin(self, stage: str, total: int) -> None:
        """``stage`` starts; it will advance by ``total`` in all (0: it does not count)."""
        ...

    def advance(self, count: int = 1) -> None:
        """``count`` more of the stage are done."""
        ...

    def end(self, outcome: str) -> None:
        """The stage is over; ``outcome`` says in a few words what came of it."""
        ...

    def close(self) -> None:
        """The build is over, however it ended."""
        ...


class Silence:
    """A Progress that says nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, count: int = 1) -> None:
        """Nothing."""

    def end(self, outcome: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""
