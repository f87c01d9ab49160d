"""Floor 3: speech engines. ``find_engine`` gives one by name; third parties add theirs by entry point.

The built-in engines take the same road as theirs, the entry-point group `audio_edition.engines`.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from pipeline.engines.contract import (
    FASTEST_CHARS_PER_S,
    NATURAL_WPM,
    Capabilities,
    Concurrency,
    Engine,
    NoOptions,
    Session,
    Voice,
)
from pipeline.engines.notation import Notation
from pipeline.errors import ConfigError, EngineUnavailable

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "FASTEST_CHARS_PER_S",
    "NATURAL_WPM",
    "Capabilities",
    "Concurrency",
    "Engine",
    "NoOptions",
    "Notation",
    "Session",
    "Voice",
    "engine_names",
    "find_engine",
    "options_of",
]

GROUP = "audio_edition.engines"

#: What [engines.NAME] tables say, by name of the engine.
Tables = Mapping[str, Mapping[str, Any]]


def engine_names() -> tuple[str, ...]:
    """The names of all engines that are offered here, whether or not what they need is installed."""
    return tuple(sorted(_offered()))


def find_engine(name: str, tables: Tables | None = None) -> Engine:
    """The engine called ``name`` in `show.toml`, with its options from the table [engines.``name``].

    It is the same one every time: what it has loaded or learnt of its server serves all articles of a command.

    Raises:
        EngineUnavailable: no installed package offers an engine of that name.
        ConfigError: its table holds what is no option of it.
    """
    return _made(name, msgspec.json.encode((tables or {}).get(name, {}), order="deterministic"))


@cache
def _made(name: str, table: bytes) -> Engine:
    """The engine with the options in ``table``, which is JSON."""
    maker = _maker(name)
    try:
        options = msgspec.json.decode(table, type=maker.Options)
    except msgspec.ValidationError as error:
        raise ConfigError(f"[engines.{name}] in show.toml: {error}", cure=_cure(name, table)) from error
    engine: Engine = maker(options)
    return engine


def _cure(name: str, table: bytes) -> str:
    """Where to look; and of a key, that it belongs elsewhere: show.toml is shown to others."""
    if {"key", "api_key"} & msgspec.json.decode(table).keys():
        return "take the key out of show.toml: keys stand in the environment or a keyring, as docs/voices.md says"
    return f"see docs/voices.md for what {name} can be told"


def options_of(name: str) -> type[Struct]:
    """What the table [engines.``name``] may hold. Raises EngineUnavailable for a name that nobody offers."""
    options: type[Struct] = _maker(name).Options
    return options


def _maker(name: str) -> Any:
    offered = _offered()
    if name not in offered:
        raise EngineUnavailable(
            f'there is no speech engine "{name}"',
            cure=f"set [voice] engine in show.toml to one of: {', '.join(_nearest_first(name, list(offered)))}",
        )
    return offered[name].load()


def _offered() -> "dict[str, EntryPoint]":
    from importlib.metadata import entry_points  # noqa: PLC0415 - as long to load as all else of espeak's worker

    return {point.name: point for point in entry_points(group=GROUP)}


def _nearest_first(name: str, offered: list[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip of the pen needs it

    near = get_close_matches(name, offered, n=3)
    return near + sorted(set(offered) - set(near))
