"""Floor 3, engine openai: settings and text -> the requests that a server is sent. Pure.

Source: OpenAI API reference, "Create speech"; Kokoro-FastAPI and vLLM-Omni for the list of voices.
"""

import msgspec

from pipeline.engines.contract import NATURAL_WPM
from pipeline.engines.network import Request
from pipeline.engines.openai.options import TABLE, OpenAIOptions
from pipeline.errors import ConfigError
from pipeline.model import VoiceSettings

_SLOWEST, _FASTEST = 0.25, 4.0


def speech_request(text: str, settings: VoiceSettings, *, options: OpenAIOptions, key: str) -> Request:
    """The request that has ``text`` spoken. Nothing is sent that was not asked for: some servers refuse it.

    Raises: ConfigError for a pace that the server cannot do.
    """
    speed = speed_of(settings)
    body = {
        "model": options.model,
        "input": _sendable(text),
        "voice": settings.name,
        "response_format": options.response_format,
        **({"speed": speed} if speed != 1.0 else {}),
        **({"instructions": options.instructions} if options.instructions else {}),
    }
    return Request(
        method="POST",
        url=f"{options.url.rstrip('/')}/audio/speech",
        headers={"Content-Type": "application/json", **_authorization(key)},
        body=msgspec.json.encode(body),
    )


def voices_request(options: OpenAIOptions, *, key: str) -> Request:
    """The request for the list of voices, which OpenAI does not have and most others do."""
    return Request(method="GET", url=f"{options.url.rstrip('/')}/audio/voices", headers=_authorization(key))


def require_possible(settings: VoiceSettings, options: OpenAIOptions) -> None:
    """Nothing, if the model can do what is asked of it. Raises ConfigError: none of it would be heard otherwise.

    Source: OpenAI API reference, "Create speech", instructions and speed: each says which models do without it.
    """
    speed = speed_of(settings)
    if not options.is_openai:
        return
    if options.instructions and options.model.startswith("tts-1"):
        raise ConfigError(
            f"{options.model} takes no instructions, and {TABLE} in show.toml has some",
            cure='take them out, or set model = "gpt-4o-mini-tts" there',
        )
    if speed != 1.0 and options.model.startswith("gpt-4o-mini-tts"):
        raise ConfigError(
            f"{options.model} has one pace, and [voice] pace_wpm = {settings.pace_wpm} asks for another",
            cure=f'set it to {NATURAL_WPM} and say the pace in {TABLE} instructions, or set model = "tts-1-hd" there',
        )


def speed_of(settings: VoiceSettings) -> float:
    """The pace as a multiple of the voice's own. Raises ConfigError where the server could not do it."""
    speed = round(settings.pace_wpm / NATURAL_WPM, 3)
    if not _SLOWEST <= speed <= _FASTEST:
        least, most = -int(-_SLOWEST * NATURAL_WPM // 1), int(_FASTEST * NATURAL_WPM)
        raise ConfigError(
            f"the openai engine cannot speak {settings.pace_wpm} words a minute",
            cure=f"set [voice] pace_wpm in show.toml to something from {least} to {most}",
        )
    return speed


def _authorization(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def _sendable(text: str) -> str:
    """``text``, as long as before, without what is no character (half of a surrogate pair) or ends a C string."""
    return text.replace("\0", " ").encode(errors="replace").decode()
