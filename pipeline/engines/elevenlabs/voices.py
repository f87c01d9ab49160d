"""Floor 3, engine elevenlabs: the listed voices, and which of them a name means. Pure.

A voice has an id, which is its own, and a name, which is not: "George - Warm Storyteller" is found as "george" too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pipeline.engines.contract import Voice
from pipeline.engines.elevenlabs.answers import ListedVoice
from pipeline.errors import VoiceNotFound
from pipeline.patterns import regex

#: How ids look. One that is not in the list can still be a voice, of the library that all customers share.
_ID = regex(r"[A-Za-z0-9]{20}")

_MOST_SHOWN = 8


def is_id(name: str) -> bool:
    """Whether ``name`` can be the id of a voice."""
    return bool(_ID.fullmatch(name))


def find_voice(name: str, listed: Sequence[ListedVoice]) -> str:
    """The id of the voice that ``name`` means: its id, its whole name, or the part of it before " - ".

    Raises: VoiceNotFound, with the nearest names, or with the ids where several voices are called that.
    """
    if any(voice.voice_id == name for voice in listed):
        return name
    wanted = name.casefold().strip()
    called = [voice for voice in listed if voice.name.casefold().strip() == wanted]
    called = called or [voice for voice in listed if _short(voice.name) == wanted]
    if len(called) > 1:
        raise VoiceNotFound(
            f'elevenlabs has {len(called)} voices called "{name}"',
            cure=f"set [voice] name in show.toml to the id of one: {', '.join(voice.voice_id for voice in called)}",
        )
    if called:
        return called[0].voice_id
    if is_id(name):
        return name
    raise voice_not_found(name, listed)


def voice_not_found(name: str, listed: Sequence[ListedVoice]) -> VoiceNotFound:
    """The error, with the names that are nearest to ``name``, or else some of those that there are."""
    names = {voice.name.casefold(): voice.name for voice in listed}
    by_short = {_short(voice.name): voice.name for voice in listed}
    found = get_close_matches(name.casefold(), [*by_short, *names], n=4)
    near = list(dict.fromkeys({**names, **by_short}[match] for match in found))
    shown = near or list(names.values())[:_MOST_SHOWN]
    more = f" ({len(names)} in all: audio-edition voices list --engine elevenlabs)" if len(shown) < len(names) else ""
    return VoiceNotFound(
        f'elevenlabs has no voice "{name}"',
        cure=f"set [voice] name in show.toml to one of: {'; '.join(shown)}{more}"
        if shown
        else "set [voice] name in show.toml to the name or id of one in your account",
    )


def to_voices(listed: Sequence[ListedVoice], *, licence: str) -> tuple[Voice, ...]:
    """The listed voices, by name; those that share a name go by their ids."""
    counts = Counter(voice.name.casefold() for voice in listed)
    voices = [
        Voice(
            name=voice.name if counts[voice.name.casefold()] == 1 else voice.voice_id,
            language=_language(voice),
            label=_label(voice),
            quality=voice.category if isinstance(voice.category, str) else "",
            licence=licence,
        )
        for voice in listed
    ]
    return tuple(sorted(voices, key=lambda voice: voice.name))


def _short(name: str) -> str:
    return name.partition(" - ")[0].casefold().strip()


def _label(voice: ListedVoice) -> str:
    said = _mapping(voice.labels)
    words = [said[key].replace("_", " ") for key in ("accent", "age", "gender") if isinstance(said.get(key), str)]
    return f"{voice.name} ({', '.join(words)})" if words else voice.name


def _language(voice: ListedVoice) -> str:
    """The language of its labels, as exactly as the languages it was tried in say; "und" where nobody says."""
    language = _mapping(voice.labels).get("language")
    if not isinstance(language, str) or not language:
        return "und"
    tried = voice.verified_languages if isinstance(voice.verified_languages, list) else []
    locales = [_mapping(item).get("locale") for item in tried if _mapping(item).get("language") == language]
    return next((locale for locale in locales if isinstance(locale, str) and locale), language)


def _mapping(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}
