"""Floor 3, narration: what it would cost to have the rest of a Script spoken, before anything is asked for."""

from msgspec import Struct

from pipeline.engines import Engine
from pipeline.model import Script, VoiceSettings
from pipeline.narration.clips import recall_clips
from pipeline.narration.takes import takes_of
from pipeline.store import Store


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


def bill_of(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> Bill:
    """What `narrate` would have to have spoken, because the store lacks it. Nothing is spoken and nobody is asked.

    Raises: EngineError where an Utterance cannot be said at all.
    """
    takes = takes_of(script, voice, engine=engine, second_voice=second_voice)
    known = recall_clips(store, (take.key for take in takes))
    missing = {take.key: len(take.rendered.text) for take in takes if take.key not in known}
    characters = sum(missing.values())
    price = engine.capabilities.usd_per_million_chars
    return Bill(
        utterances=len(missing),
        characters=characters,
        usd=0.0 if not characters else None if price is None else characters * price / 1e6,
        is_network=engine.capabilities.is_network and bool(characters),
    )
