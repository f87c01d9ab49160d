"""What it would cost to have something spoken, known before anything is asked for."""

from msgspec import Struct


class Bill(Struct, frozen=True, kw_only=True):
    """What has to be spoken: ``characters`` as the engine is given them; ``usd`` is None where nobody knows the price.

    ``is_network`` says that they leave this computer.
    """

    utterances: int = 0
    characters: int = 0
    usd: float | None = 0.0
    is_network: bool = False

    def __add__(self, other: "Bill") -> "Bill":
        """Both of them."""
        return Bill(
            utterances=self.utterances + other.utterances,
            characters=self.characters + other.characters,
            usd=None if self.usd is None or other.usd is None else self.usd + other.usd,
            is_network=self.is_network or other.is_network,
        )
