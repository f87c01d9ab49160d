"""Floor 3, engine openai: which voices a server has, and whether a name is one of them. Pure.

Source: OpenAI, text-to-speech guide, "Voice options"; Kokoro-FastAPI, README, "Voice combination".
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from pipeline.engines.contract import Voice
from pipeline.errors import VoiceNotFound
from pipeline.patterns import regex

#: The voices of OpenAI's older models, and those that only the newer ones have.
_OF_ALL = ("alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")
_OF_NEWER = ("ballad", "cedar", "marin", "verse")

#: Kokoro's names begin with the language and the sex of the voice. Source: Kokoro-82M, VOICES.md.
_KOKORO = regex(r"([abefhijpz])[fm]_\w+")
_KOKORO_LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr-FR",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-BR",
    "z": "zh",
}

#: One part of a mix: its name, and how much of it.
_PART = regex(r"(.+?)(?:\([0-9.]+\))?")

_MOST_SHOWN = 8


def openai_voices(model: str) -> tuple[Voice, ...]:
    """The voices of OpenAI's ``model``, by name; none where the model is newer than this list."""
    names: tuple[str, ...] = ()
    if model.startswith("tts-1"):
        names = _OF_ALL
    elif model.startswith("gpt-4o-mini-tts"):
        names = tuple(sorted(_OF_ALL + _OF_NEWER))
    return tuple(Voice(name=name, language="mul", label=f"{name.capitalize()}, OpenAI's") for name in names)


def listed_voices(listed: Sequence[dict[str, str]], *, licence: str) -> tuple[Voice, ...]:
    """The voices of a server's own list, by name, each once; "und" as language where it does not say."""
    voices = {
        item["name"]: Voice(
            name=item["name"],
            language=item["language"] or _language_of(item["name"]),
            label=item["label"],
            licence=licence,
        )
        for item in listed
    }
    return tuple(voices[name] for name in sorted(voices))


def require_voice(name: str, voices: Sequence[Voice], *, server: str) -> None:
    """Nothing, if ``name`` is a voice, its label, or a mix of voices ("af_bella(2)+af_sky(1)").

    Raises: VoiceNotFound, with the nearest names.
    """
    known = {voice.name for voice in voices} | {voice.label for voice in voices}
    if name in known:
        return
    parts = [match[1] for part in re.split("[+-]", name.replace(" ", "")) if (match := _PART.fullmatch(part))]
    is_mix = len(parts) > 1 and ("+" in name or any(part in known for part in parts))
    unknown = [part for part in parts if part not in known] if is_mix else [name]
    if unknown:
        raise voice_not_found(unknown[0], voices, server=server)


def voice_not_found(name: str, voices: Sequence[Voice], *, server: str) -> VoiceNotFound:
    """The error, with the names that are nearest to ``name``, or else some of those that there are."""
    names = {voice.name.lower(): voice.name for voice in voices}
    near = [names[found] for found in get_close_matches(name.lower(), names, n=4)]
    shown = near or list(names.values())[:_MOST_SHOWN]
    more = f" ({len(names)} in all: audio-edition voices list --engine openai)" if len(shown) < len(names) else ""
    return VoiceNotFound(
        f'{server} has no voice "{name}"',
        cure=f"set [voice] name in show.toml to one of: {', '.join(shown)}{more}"
        if shown
        else "set [voice] name in show.toml to one that it has",
    )


def _language_of(name: str) -> str:
    found = _KOKORO.fullmatch(name)
    return _KOKORO_LANGUAGES[found[1]] if found else "und"
