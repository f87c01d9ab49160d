"""Floor 3, engine elevenlabs: settings and text -> the requests that the server is sent. Pure.

Source: ElevenLabs API reference, "Create speech with timing" and "List voices".
"""

from collections.abc import Mapping
from math import ceil, floor
from urllib.parse import quote, urlencode

import msgspec

from pipeline.engines.contract import NATURAL_WPM
from pipeline.engines.elevenlabs.options import TABLE, ElevenLabsOptions
from pipeline.engines.network import Request
from pipeline.errors import ConfigError
from pipeline.model import VoiceSettings

#: Source: ElevenLabs API reference, "Voice settings", speed.
_SLOWEST, _FASTEST = 0.7, 1.2

_PAGE = 100


def speech_request(text: str, voice_id: str, *, speed: float, options: ElevenLabsOptions, key: str) -> Request:
    """The request that has ``text`` spoken, with the times of its characters. Nothing is sent that was not said."""
    settings = {
        "stability": options.stability,
        "similarity_boost": options.similarity_boost,
        "style": options.style,
        "use_speaker_boost": options.use_speaker_boost,
        "speed": None if speed == 1.0 else speed,
    }
    body = {
        "text": sendable(text),
        "model_id": options.model,
        "voice_settings": _given(settings) or None,
        "seed": options.seed,
        "language_code": options.language_code or None,
    }
    where = f"/v1/text-to-speech/{quote(voice_id, safe='')}/with-timestamps"
    return Request(
        method="POST",
        url=f"{options.base}{where}?{urlencode({'output_format': options.output_format})}",
        headers={"Content-Type": "application/json", **_authorization(key)},
        body=msgspec.json.encode(_given(body)),
    )


def voices_request(page: str, *, options: ElevenLabsOptions, key: str) -> Request:
    """The request for one page of the list of voices: the first one is ""."""
    query = {"page_size": str(_PAGE), **({"next_page_token": page} if page else {})}
    return Request(method="GET", url=f"{options.base}/v2/voices?{urlencode(query)}", headers=_authorization(key))


def sendable(text: str) -> str:
    """``text``, as long as before, without what is no character (half of a surrogate pair) or ends a C string."""
    return text.replace("\0", " ").encode(errors="replace").decode()


def speed_of(settings: VoiceSettings) -> float:
    """The pace as a multiple of the voice's own. Raises ConfigError where the server could not do it."""
    speed = round(settings.pace_wpm / NATURAL_WPM, 3)
    if not _SLOWEST <= speed <= _FASTEST:
        raise ConfigError(
            f"elevenlabs cannot speak {settings.pace_wpm} words a minute",
            cure=f"set [voice] pace_wpm in show.toml to something from {ceil(_SLOWEST * NATURAL_WPM)} to "
            f"{floor(_FASTEST * NATURAL_WPM)}",
        )
    return speed


def require_language(options: ElevenLabsOptions) -> None:
    """Nothing, if the model can be told what it is told. Raises ConfigError."""
    if options.language_code and not options.takes_language:
        raise ConfigError(
            f"{options.model} hears the language from the text, and {TABLE} in show.toml has a language_code",
            cure='take it out, or set model = "eleven_flash_v2_5" there',
        )


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


def _authorization(key: str) -> dict[str, str]:
    return {"xi-api-key": key} if key else {}
