"""A server of this computer that behaves as ElevenLabs' does, and an engine that is ready to ask it."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from pipeline.engines import Engine
from pipeline.engines.elevenlabs import ElevenLabsEngine
from pipeline.engines.elevenlabs.options import ElevenLabsOptions
from pipeline.model import VoiceSettings
from tests.engines.network.loopback import Call, Reply, Server, serving
from tests.engines.openai.stand import is_whole, unless_cut
from tests.engines.openai.tones import character_starts, mp3, speak

KEY = "sk_causeway8Nn3Vv5Rr1"
VARIABLE = "CAUSEWAY_SPEECH_KEY"
JSON = {"content-type": "application/json"}

#: Silence before the first letter, in ms.
LEAD_MS = 80

AMARO, INES, OTHER_INES = "amaro0000000000000A1", "ines00000000000000B2", "ines00000000000000C3"


def _listed(voice_id: str, name: str, **labels: str) -> dict[str, Any]:
    tried = [{"language": "en", "model_id": "eleven_multilingual_v2", "locale": "en-GB"}]
    return {
        "voice_id": voice_id,
        "name": name,
        "category": "premade",
        "labels": labels,
        "verified_languages": tried if labels else None,
        "samples": None,
    }


VOICES = (
    _listed(AMARO, "Amaro - Calm Reader", language="en", accent="british", age="middle_aged", gender="male"),
    _listed(INES, "Ines"),
    _listed(OTHER_INES, "Ines"),
    _listed("salka0000000000000D4", "Salka"),
)


@contextmanager
def ready(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    delay_s: float = 0.0,
) -> Iterator[tuple[Engine, VoiceSettings]]:
    """An engine and a voice of it, for as long as the server is there. ``delay_s`` is what it takes to speak.

    Every stand is given a folder; this one needs none.
    """
    with at_stand(monkeypatch, delay_s=delay_s) as (engine, _):
        yield engine, VoiceSettings(engine="elevenlabs", name="Amaro")


@contextmanager
def at_stand(
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Call], Reply | None] = lambda _: None,
    *,
    delay_s: float = 0.0,
    **options: Any,
) -> Iterator[tuple[ElevenLabsEngine, Server]]:
    """An engine that asks a server with `KEY`, and that server. What ``answer`` does not answer is answered as it is
    meant to be; ``options`` are more of [engines.elevenlabs].
    """
    monkeypatch.setenv(VARIABLE, KEY)
    with serving(unless_cut(lambda call: answer(call) or answer_well(call, delay_s=delay_s))) as server:
        told = {"url": server.url, "key_variable": VARIABLE, "first_wait_s": 0.001}
        yield ElevenLabsEngine(ElevenLabsOptions(**(told | options))), server


def answer_well(call: Call, *, delay_s: float = 0.0) -> Reply:
    """What the server says to one request: a page of voices, speech with its times, or what is wrong."""
    if call.headers.get("xi-api-key") != KEY:
        return refusal(401, "invalid_api_key", message="That is no key of ours.")
    address = urlsplit(call.path)
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    if (call.method, address.path) == ("GET", "/v2/voices"):
        return _page(query)
    where, _, end = address.path.removeprefix("/v1/text-to-speech/").partition("/")
    if call.method != "POST" or not address.path.startswith("/v1/text-to-speech/") or end != "with-timestamps":
        return Reply(status=404, headers=JSON, body=b'{"detail":"Not Found"}')
    asked = msgspec.json.decode(call.body)
    fault = fault_of(asked, voice_id=where)
    if fault is not None:
        return fault
    return Reply(headers=JSON, body=speech(asked["text"], output_format=query["output_format"]), delay_s=delay_s)


def fault_of(asked: dict[str, Any], *, voice_id: str) -> Reply | None:
    """The refusal of a request that is not as it should be."""
    if voice_id not in {voice["voice_id"] for voice in VOICES}:
        return refusal(404, "voice_not_found", message=f"Nobody here is {voice_id}.")
    if not asked.keys() <= {"text", "model_id", "voice_settings", "seed", "language_code"} or not asked["text"]:
        wrong = {"type": "wrong", "loc": ["body"], "msg": "not as it should be"}
        return Reply(status=422, headers=JSON, body=msgspec.json.encode({"detail": [wrong]}))
    if len(asked["text"]) > 10_000:
        return refusal(400, "max_character_limit_exceeded", message="10000 characters at most.")
    return None


def speech(text: str, *, output_format: str = "pcm_24000", decimals: int = 3, **more: Any) -> bytes:
    """The answer for ``text``: its tones and their times, which have ``decimals``; ``more`` replaces parts of it."""
    rate = int(output_format.split("_")[1])
    lead = LEAD_MS * rate // 1000
    pcm = speak(text, rate=rate, lead_samples=lead)
    alignment = aligned(text, rate=rate, decimals=decimals)
    sound = pcm if output_format.startswith("pcm") else mp3(pcm, rate=rate)
    answer = {
        "audio_base64": base64.b64encode(sound).decode(),
        "alignment": alignment,
        "normalized_alignment": alignment,
    }
    return msgspec.json.encode(answer | more)


def aligned(text: str, *, rate: int, decimals: int = 3) -> dict[str, list[Any]]:
    """The times of ``text`` as the server gives them."""
    starts = character_starts(text, rate=rate, lead_samples=LEAD_MS * rate // 1000)
    times = [round(start / rate, decimals) for start in starts]
    return {
        "characters": list(text),
        "character_start_times_seconds": times[:-1],
        "character_end_times_seconds": times[1:],
    }


def refusal(status: int, code: str, *, message: str) -> Reply:
    """A refusal in ElevenLabs' shape."""
    return Reply(
        status=status, headers=JSON, body=msgspec.json.encode({"detail": {"status": code, "message": message}})
    )


def spoken(server: Server) -> list[dict[str, Any]]:
    """The bodies of the requests for speech so far."""
    return [msgspec.json.decode(call.body) for call in server.calls if call.method == "POST" and is_whole(call)]


def _page(query: dict[str, str]) -> Reply:
    """Three voices a page, whatever was asked for."""
    start = int(query.get("next_page_token", "page-0").removeprefix("page-"))
    has_more = start + 3 < len(VOICES)
    page = {
        "voices": VOICES[start : start + 3],
        "has_more": has_more,
        "total_count": len(VOICES),
        "next_page_token": f"page-{start + 3}" if has_more else None,
    }
    return Reply(headers=JSON, body=msgspec.json.encode(page))
