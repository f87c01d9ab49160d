"""The trial, of what an engine says of itself before it says anything: capabilities, options, voices, version."""

import os
import re
import time

from pipeline.engines.contract import Capabilities, Concurrency, Engine
from pipeline.engines.trial.promise import require
from pipeline.model import VoiceSettings
from pipeline.patterns import regex

#: What stands in show.toml without quotes: [engines.NAME].
_NAME = regex(r"[A-Za-z0-9_-]+")
_SECRET_VARIABLE = regex(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)
#: No key is shorter, and a shorter value could be found anywhere.
_SHORTEST_SECRET = 8

_VERSION_CALLS = 20
_VERSION_CALLS_S = 1.0


def capabilities_hold_together(engine: Engine, voice: VoiceSettings) -> None:  # noqa: ARG001 - of all voices
    """What is declared can be true at the same time."""
    declared: object = engine.capabilities
    require(isinstance(declared, Capabilities), "capabilities is a Capabilities", seen=f"it is {declared!r}")
    assert isinstance(declared, Capabilities)  # noqa: S101 - was just required; this tells the type checker
    require(declared.max_chars > 0, "an engine takes at least a character", seen=f"max_chars is {declared.max_chars}")
    require(
        declared.at_once >= (1 if declared.concurrency is Concurrency.ASYNC else 0),
        "at_once says how many sessions may speak, and ASYNC engines do say",
        seen=f"it is {declared.at_once} with {declared.concurrency}",
    )
    price = declared.usd_per_million_chars
    require(price is None or price >= 0, "a price is no less than nothing", seen=f"usd_per_million_chars is {price}")
    require(
        declared.is_network or not price,
        "only what leaves this computer costs money",
        seen=f"usd_per_million_chars is {price}, and is_network is False",
    )


def options_refuse_what_they_do_not_know(engine: Engine, voice: VoiceSettings) -> None:  # noqa: ARG001 - of all voices
    """A slip of the pen in [engines.NAME] must not be silent, and the options are a value."""
    require(_NAME.fullmatch(engine.name), "name is letters, digits, - and _", seen=f"it is {engine.name!r}")
    config = engine.Options.__struct_config__
    require(
        config.frozen and config.forbid_unknown_fields,
        "Options is a Struct with frozen=True and forbid_unknown_fields=True",
        seen=f"frozen is {config.frozen}, forbid_unknown_fields is {config.forbid_unknown_fields}",
    )


def voices_can_be_told_apart(engine: Engine, voice: VoiceSettings) -> None:  # noqa: ARG001 - of all voices
    """Each has a name of its own, a language and a label, and they come by name."""
    voices = engine.voices()
    names = [one.name for one in voices]
    require(
        len(set(names)) == len(names) and names == sorted(names),
        "voices come by name, each once",
        seen=f"the names are {names}",
    )
    for one in voices:
        require(one.name and one.language and one.label, "a voice has name, language and label", seen=f"{one}")


def version_can_stand_in_a_cache_key(engine: Engine, voice: VoiceSettings) -> None:
    """A text, the same each time, at once, and without any secret of the environment in it."""
    first: object = engine.version(voice)
    require(isinstance(first, str) and first.strip(), "version() is a text", seen=f"it is {first!r}")
    told = [name for name, value in _secrets().items() if value in str(first)]
    require(not told, "version() holds no secret", seen=f"it holds what stands in {', '.join(told)}")
    began = time.monotonic()
    again = {engine.version(voice) for _ in range(_VERSION_CALLS)}
    took_s = time.monotonic() - began
    require(again == {first}, "version() says the same each time", seen=f"it said {first!r}, and then {again}")
    require(
        took_s < _VERSION_CALLS_S,
        "version() is quick, because it is asked for often",
        seen=f"{_VERSION_CALLS} calls took {took_s:.1f} s",
    )


def licence_is_told(engine: Engine, voice: VoiceSettings) -> None:
    """A text for the credits, "" where nobody says."""
    licence: object = engine.licence(voice)
    require(isinstance(licence, str), "licence() is a text", seen=f"it is {licence!r}")


def _secrets() -> dict[str, str]:
    """Variable -> value, of those that by their name hold one."""
    return {
        name: value
        for name, value in os.environ.items()
        if _SECRET_VARIABLE.search(name) and len(value) >= _SHORTEST_SECRET
    }
