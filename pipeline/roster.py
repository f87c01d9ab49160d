"""Floor 4: the roster: which voices there are, of every engine, and how to get those that are not here.

Nothing is asked of a paid engine, or of a server of one's own, unless its name is given; and of a catalogue only where
what could be installed is asked for.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.engines import Engine, Voice, engine_names, find_engine
from pipeline.errors import EngineUnavailable
from pipeline.voices import broken_models, find_models
from pipeline.voices.catalogues import CATALOGUES, base_of
from pipeline.voices.depot import Depot
from pipeline.voices.offers import Offer

#: Engines that are for tests: shown to who asks for them by name.
_FOR_TESTS = frozenset({"tone"})


#: What stands for several languages, or for one that nobody names. Source: ISO 639-2, mul and und.
ANY_LANGUAGE = frozenset({"", "mul", "und"})


class Query(Struct, frozen=True, kw_only=True):
    """Which voices are asked for.

    ``engine`` is the name of one, "" for all. ``language`` is a BCP 47 tag: "en" takes every English, "en-GB" the
    British; "" takes all. ``is_available`` adds what could be installed. ``tables`` are the [engines.*] of show.toml.
    """

    engine: str = ""
    language: str = ""
    is_available: bool = False
    tables: Mapping[str, Mapping[str, Any]] = {}


class Row(Struct, frozen=True, kw_only=True):
    """One voice, or with "" as ``voice`` an engine that has none to show; ``how`` to come by it."""

    engine: str
    voice: str = ""
    language: str = ""
    label: str = ""
    quality: str = ""
    licence: str = ""
    is_installed: bool = False
    how: str = ""


def roster_of(query: Query) -> tuple[Row, ...]:
    """The voices that ``query`` asks for, by engine and name.

    Raises:
        EngineUnavailable: nobody offers an engine of that name; or the catalogue of the one named does not come.
        ConfigError: a table of show.toml holds what is no option of its engine.
    """
    names = [query.engine] if query.engine else [name for name in engine_names() if name not in _FOR_TESTS]
    return tuple(row for name in names for row in _rows_of(name, query))


def need_of(engine: Engine, table: Mapping[str, Any]) -> str:
    """What must be there before ``engine`` can be asked for its voices: a key, a server of one's own; "" if nothing.

    Engines of the network say it by their options ``url`` and ``key_variable``, or ``variable`` where it depends on the
    server which key it wants; ``table`` is what show.toml gives for them.
    """
    if not engine.capabilities.is_network:
        return ""
    options = msgspec.convert(table, engine.Options)
    variable = getattr(options, "variable", None) or getattr(options, "key_variable", None)
    if variable:
        return f"the key in {variable}"
    url = getattr(options, "url", None)
    if url is None:
        return ""
    return f"the server {url}" if url else f"a server: url = ... under [engines.{engine.name}] in show.toml"


def is_of(language: str, wanted: str) -> bool:
    """Whether a voice of ``language`` is one of ``wanted``. Source: RFC 4647, section 3.3.1, basic filtering."""
    own, range_ = language.lower(), wanted.lower()
    return not range_ or own in ANY_LANGUAGE or own == range_ or own.startswith(f"{range_}-")


def _rows_of(name: str, query: Query) -> list[Row]:
    engine = find_engine(name, query.tables)
    need = need_of(engine, query.tables.get(name, {}))
    if need and not query.engine:
        return [Row(engine=name, how=f"needs {need}: audio-edition voices list --engine {name}")]
    try:
        voices = engine.voices()
    except EngineUnavailable as error:
        return [Row(engine=name, how=error.cure)]
    how = "over the net" if engine.capabilities.is_network else ""
    rows = [_row(name, voice, how=how) for voice in _sorted(voices) if is_of(voice.language, query.language)]
    if query.is_available and name in CATALOGUES:
        rows += _rows_to_install(name, query)
    rows += [Row(engine=name, how=f"{error.what}: {error.cure}") for error in broken_models(name)]
    return rows or _hint(name, query, has_voices=bool(voices))


def _row(engine: str, voice: Voice, *, how: str) -> Row:
    return Row(
        engine=engine,
        voice=voice.name,
        language=voice.language,
        label=voice.label,
        quality=voice.quality,
        licence=voice.licence,
        is_installed=True,
        how=how,
    )


def _sorted(voices: Iterable[Voice]) -> list[Voice]:
    return sorted(voices, key=lambda voice: (voice.language.lower(), voice.name))


def _hint(name: str, query: Query, *, has_voices: bool) -> list[Row]:
    """Where an engine has nothing to show: how to get a voice of that language, if its catalogue may have one."""
    catalogue = CATALOGUES.get(name)
    if catalogue is None or not any(is_of(own, query.language) for own in catalogue.languages):
        return []
    models = ", ".join(f'"{model.name}"' for model in find_models(name))
    how = f"audio-edition voices list --engine {name} --available --language {query.language or 'all'}"
    if catalogue.default and models:
        how = f"in show.toml, under [engines.{name}]: model = {models}"
    elif catalogue.default:
        how = f"audio-edition voices install {name}"
    return [] if catalogue.default and has_voices else [Row(engine=name, how=how)]


def _rows_to_install(name: str, query: Query) -> list[Row]:
    """What its catalogue has and this computer has not."""
    try:
        with closing(Depot(base_of(name))) as depot:
            offers = CATALOGUES[name].offers(depot)
    except EngineUnavailable as error:
        if query.engine:
            raise
        return [Row(engine=name, how=str(error))]
    here = {model.name for model in find_models(name)}
    return [_offer_row(offer) for offer in offers if offer.name not in here and _speaks(offer, query.language)]


def _speaks(offer: Offer, language: str) -> bool:
    return any(is_of(own, language) for own in offer.languages)


def _offer_row(offer: Offer) -> Row:
    return Row(
        engine=offer.engine,
        voice=offer.name,
        language=offer.language,
        label=offer.label,
        quality=offer.quality,
        licence=offer.licence,
        how=f"audio-edition voices install {offer.engine}:{offer.name}  ({offer.length_bytes / 1e6:.0f} MB)",
    )
