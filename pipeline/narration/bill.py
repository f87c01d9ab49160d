"""Floor 3, narration: what it would cost to have the rest of a Script spoken, before anything is asked for."""

from collections.abc import Iterable

from pipeline.engines import Engine
from pipeline.model import Bill, Script, VoiceSettings
from pipeline.narration.clips import recall_clips
from pipeline.narration.takes import Take, takes_of
from pipeline.store import Store


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
    missing = {take.key: take for take in takes if take.key not in known}
    return bill_of_takes(missing.values(), engine)


def bill_of_takes(takes: Iterable[Take], engine: Engine) -> Bill:
    """What ``engine`` would ask for ``takes``: by the characters that it is given, notation and all."""
    return bill_of_texts((take.rendered.text for take in takes), engine)


def bill_of_texts(texts: Iterable[str], engine: Engine) -> Bill:
    """The same of texts in the engine's notation."""
    lengths = [len(text) for text in texts]
    characters, price = sum(lengths), engine.capabilities.usd_per_million_chars
    return Bill(
        utterances=len(lengths),
        characters=characters,
        usd=0.0 if not characters else None if price is None else characters * price / 1e6,
        is_network=engine.capabilities.is_network and bool(characters),
    )
