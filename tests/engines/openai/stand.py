"""A server of this computer that behaves as Kokoro-FastAPI behind a key does, and an engine that is ready to ask it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.engines import Engine
from pipeline.engines.openai import OpenAIEngine
from pipeline.engines.openai.options import OpenAIOptions
from pipeline.model import VoiceSettings
from tests.engines.network.loopback import Call, Reply, Server, serving
from tests.engines.openai.tones import speak, wav

KEY = "sk-harbour-7Q2w9Zt4Lk"
VARIABLE = "HARBOUR_SPEECH_KEY"
VOICES = ("af_bella", "af_heart", "af_sky", "am_adam", "bf_emma", "bm_george")
RATE = 24_000
JSON = {"content-type": "application/json"}


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
        yield engine, VoiceSettings(engine="openai", name="bf_emma")


@contextmanager
def at_stand(
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Call], Reply | None] = lambda _: None,
    *,
    delay_s: float = 0.0,
    **options: Any,
) -> Iterator[tuple[OpenAIEngine, Server]]:
    """An engine that asks a server with `KEY`, and that server. What ``answer`` does not answer is answered as it is
    meant to be; ``options`` are more of [engines.openai].
    """
    monkeypatch.setenv(VARIABLE, KEY)
    with serving(unless_cut(lambda call: answer(call) or answer_well(call, delay_s=delay_s))) as server:
        told = {"url": f"{server.url}/v1", "model": "kokoro", "key_variable": VARIABLE, "first_wait_s": 0.001}
        yield OpenAIEngine(OpenAIOptions(**(told | options))), server


def answer_well(call: Call, *, delay_s: float = 0.0) -> Reply:
    """What such a server says to one request: a list of voices, sound, or what is wrong with the request."""
    if call.headers.get("authorization") != f"Bearer {KEY}":
        return refusal(401, message="That is no key of ours.", code="invalid_api_key")
    if (call.method, call.path) == ("GET", "/v1/audio/voices"):
        voices = [{"id": voice, "name": voice} for voice in VOICES]
        return Reply(headers=JSON, body=msgspec.json.encode({"voices": voices}))
    if (call.method, call.path) != ("POST", "/v1/audio/speech"):
        return Reply(status=404, headers=JSON, body=b'{"detail":"Not Found"}')
    if call.headers.get("content-type") != "application/json":
        return Reply(status=415, headers=JSON, body=b'{"detail":"Unsupported Media Type"}')
    asked = msgspec.json.decode(call.body)
    fault = fault_of(asked)
    if fault is not None:
        return fault
    pcm = speak(asked["input"], rate=RATE)
    kind = {"content-type": f"audio/{asked['response_format']}"}
    body = pcm if asked["response_format"] == "pcm" else wav(pcm, rate=RATE, is_streamed=True)
    return Reply(headers=kind, body=body, delay_s=delay_s)


def fault_of(asked: dict[str, Any]) -> Reply | None:
    """The refusal of a body that is not as it should be, in the shapes of Kokoro-FastAPI and FastAPI."""
    known = {"model", "input", "voice", "response_format", "speed", "instructions"}
    if not {"model", "input", "voice", "response_format"} <= asked.keys() <= known:
        wrong = {"type": "missing", "loc": ["body"], "msg": "fields are missing or too many"}
        return Reply(status=422, headers=JSON, body=msgspec.json.encode({"detail": [wrong]}))
    if not 1 <= len(asked["input"]) <= 4096:
        wrong = {"type": "length", "loc": ["body", "input"], "msg": "1 to 4096 characters"}
        return Reply(status=422, headers=JSON, body=msgspec.json.encode({"detail": [wrong]}))
    names = [part.partition("(")[0] for part in asked["voice"].split("+")]
    unknown = [name for name in names if name not in VOICES]
    if unknown:
        detail = {"error": "validation_error", "message": f"Voice '{unknown[0]}' is not here", "type": "invalid"}
        return Reply(status=400, headers=JSON, body=msgspec.json.encode({"detail": detail}))
    return None


def refusal(status: int, *, message: str, code: str | None = None, param: str | None = None, **headers: str) -> Reply:
    """A refusal in OpenAI's shape."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    said = {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Reply(status=status, headers=said, body=msgspec.json.encode({"error": error}))


def spoken(server: Server) -> list[dict[str, Any]]:
    """The bodies of the requests for sound so far."""
    return [msgspec.json.decode(call.body) for call in server.calls if call.method == "POST" and is_whole(call)]


def is_whole(call: Call) -> bool:
    """Whether all of the body arrived: a session that is closed hangs up in the middle of a request."""
    return len(call.body) == int(call.headers.get("content-length", 0))


def unless_cut(answer: Callable[[Call], Reply]) -> Callable[[Call], Reply]:
    """``answer``, and nothing for those that hung up."""
    return lambda call: answer(call) if is_whole(call) else Reply(is_silent=True)
