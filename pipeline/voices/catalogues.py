"""Floor 3, voices: the engines whose models can be installed, where from, and what their catalogues hold."""

import os
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from msgspec import Struct

from pipeline.errors import VoiceNotFound
from pipeline.voices.depot import Depot
from pipeline.voices.kokoro import DEFAULT_MODEL, LANGUAGES, RELEASE, kokoro_offers
from pipeline.voices.offers import Offer
from pipeline.voices.piper import REPOSITORY, find_piper_offer, piper_offers

#: So many names are told in full.
_FEW = 5


class Catalogue(Struct, frozen=True, kw_only=True):
    """What one engine can have installed.

    ``base`` is where its files come from unless ``variable`` of the environment says otherwise; ``default`` is the
    model that the engine's name alone stands for, "" if it stands for none. ``languages`` are those it may have voices
    of; "" among them is any.
    """

    base: str
    variable: str
    default: str
    languages: tuple[str, ...]
    offers: Callable[[Depot], tuple[Offer, ...]]


CATALOGUES = {
    "kokoro": Catalogue(
        base=RELEASE,
        variable="AUDIO_EDITION_VOICES_FROM_KOKORO",
        default=DEFAULT_MODEL,
        languages=LANGUAGES,
        offers=kokoro_offers,
    ),
    "piper": Catalogue(
        base=REPOSITORY, variable="AUDIO_EDITION_VOICES_FROM_PIPER", default="", languages=("",), offers=piper_offers
    ),
}


def base_of(engine: str, given: str = "") -> str:
    """Where models of ``engine`` come from: the address that was ``given``, else the environment's, else the usual."""
    catalogue = CATALOGUES[engine]
    return given.strip() or os.environ.get(catalogue.variable, "").strip() or catalogue.base


def find_offer(engine: str, name: str, *, depot: Depot) -> Offer:
    """What the catalogue of ``engine`` has under that name.

    Raises:
        VoiceNotFound: nothing; the nearest names are given.
        EngineUnavailable: the catalogue does not come, or is none.
    """
    if engine == "piper":
        found = find_piper_offer(name, depot)
    else:
        found = next((offer for offer in CATALOGUES[engine].offers(depot) if offer.name == name), None)
    if found is None:
        raise _not_found(engine, name, names=[offer.name for offer in CATALOGUES[engine].offers(depot)])
    return found


def _not_found(engine: str, name: str, *, names: Sequence[str]) -> VoiceNotFound:
    folded = {known.casefold(): known for known in names}
    near = [folded[match] for match in get_close_matches(name.casefold(), folded, n=4, cutoff=0.4)]
    if len(names) <= _FEW:
        return VoiceNotFound(
            f'there is no "{name}" to install for {engine}', cure=f"what there is: {', '.join(names) or 'nothing'}"
        )
    ask = f"audio-edition voices list --engine {engine} --available --language all"
    return VoiceNotFound(
        f'there is no "{name}" to install for {engine}',
        cure=f"the nearest are {', '.join(near)}; all of them: {ask}" if near else f"what there is: {ask}",
    )
