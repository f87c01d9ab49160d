"""Floor 3: speech engines. ``find_engine`` gives one by name; third parties add theirs by entry point.

The built-in engine takes the same road as theirs, the entry-point group `audio_edition.engines`.
"""

from difflib import get_close_matches
from importlib.metadata import entry_points

from pipeline.engines.contract import Capabilities, Concurrency, Engine, Session, Voice
from pipeline.engines.notation import Notation
from pipeline.errors import EngineUnavailable

__all__ = ["Capabilities", "Concurrency", "Engine", "Notation", "Session", "Voice", "find_engine"]

GROUP = "audio_edition.engines"


def find_engine(name: str) -> Engine:
    """The engine called ``name`` in `show.toml`.

    Raises:
        EngineUnavailable: no installed package offers an engine of that name.
    """
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        raise EngineUnavailable(
            f'there is no speech engine "{name}"',
            cure=f"set [voice] engine in show.toml to one of: {', '.join(_nearest_first(name, list(offered)))}",
        )
    engine: Engine = offered[name].load()()
    return engine


def _nearest_first(name: str, offered: list[str]) -> list[str]:
    near = get_close_matches(name, offered, n=3)
    return near + sorted(set(offered) - set(near))
