"""Floor 3, engine openai: what a server answered -> sound, or its list of voices. Pure.

Servers differ in what they make of `response_format`: the sound is taken for what its first bytes say it is.
"""

from typing import Any

import msgspec

from pipeline.engines.network import Answer, BadAnswer, decode

#: What raw sound is where "pcm" was asked for: 24 kHz, 16 bits, little-endian, mono.
#: Source: OpenAI, text-to-speech guide, "Supported output formats".
PCM_RATE = 24_000

#: How sound begins that has a header: Kokoro-FastAPI and others send a file where raw samples were asked for. Of MP3
#: only the ID3 tag is here, for two samples of raw sound can look like a frame of it.
_FILE_SIGNS = (b"RIFF", b"fLaC", b"OggS", b"ID3")


def read_speech(answer: Answer, *, response_format: str) -> tuple[bytes, int]:
    """The samples (int16 little-endian mono) and their rate. Raises BadAnswer for what is no sound, or none of it."""
    is_raw = response_format == "pcm" and not answer.body.startswith(_FILE_SIGNS)
    pcm, rate = _raw(answer) if is_raw else decode(answer.body, hint=response_format)
    if not pcm:
        raise BadAnswer("sent a sound file without a sample in it")
    return pcm, rate


def read_voices(answer: Answer) -> tuple[dict[str, str], ...] | None:
    """The voices a server lists, each with "name", "label" and "language"; None if that is no list of voices.

    Some list names, some objects, and some answer any address with a page for people.
    """
    said = _decoded(answer.body)
    if isinstance(said, dict):
        said = said.get("voices")
    if not isinstance(said, list):
        return None
    voices = [_voice(item) for item in said]
    return tuple(voice for voice in voices if voice["name"]) or None


def _raw(answer: Answer) -> tuple[bytes, int]:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("text/") or kind.endswith(("json", "html", "xml")):
        raise BadAnswer(f"sent {kind} instead of sound")
    if len(answer.body) % 2:
        raise BadAnswer(f"sent {len(answer.body)} bytes of raw sound, which is half a sample too much")
    return answer.body, PCM_RATE


def _voice(item: object) -> dict[str, str]:
    """Name, label and language of one entry; an empty name where it has none."""
    if isinstance(item, str):
        return {"name": item, "label": item, "language": ""}
    said: dict[Any, Any] = item if isinstance(item, dict) else {}
    names = [said[key] for key in ("id", "voice_id", "name") if isinstance(said.get(key), str)]
    language = said.get("language")
    return {
        "name": names[0] if names else "",
        "label": names[-1] if names else "",
        "language": language if isinstance(language, str) else "",
    }


def _decoded(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # the last two for what a stranger may send
        return None
