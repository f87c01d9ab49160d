"""Floor 3, engine openai: what a server's refusal means, and what to do about it. Pure.

Source: OpenAI API, "Error codes"; what Kokoro-FastAPI, Speaches (FastAPI's "detail"), vLLM and LocalAI make of it.
"""

import re
from typing import Any

import msgspec

from pipeline.engines.network import Answer
from pipeline.engines.openai.options import TABLE, OpenAIOptions
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.patterns import regex

#: Codes of 429 that no waiting cures.
_NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")

_VOICE = regex(r"\bvoices?\b", re.IGNORECASE)


class NoVoiceList(EngineError):
    """The server has no list of voices. Its message is for nobody: any name is taken then."""


def explain_speech(answer: Answer, options: OpenAIOptions) -> EngineError | None:
    """Why ``answer`` is final, None where the client's own words will do or it should be asked again.

    A refused voice is a VoiceNotFound, which does not know the nearest names.
    """
    if answer.status in {401, 403}:
        return _key_refused(answer, options)
    if answer.status == 402 or (answer.status == 429 and _is_out_of_credit(answer.body)):
        return _no_credit(answer, options)
    if answer.status in {400, 404, 422} and _is_about_voice(answer):
        return VoiceNotFound(
            f"{options.server} does not take the voice{_brackets(answer)}",
            cure="set [voice] name in show.toml to one that it has",
        )
    if answer.status == 404:
        return _not_found(answer, options)
    if answer.status in {400, 422}:
        return EngineError(
            f"{options.server} does not take the request{_brackets(answer)}",
            cure=f"correct what it complains of in {TABLE} of show.toml, or say the text differently",
        )
    return None


def explain_list(answer: Answer, options: OpenAIOptions) -> EngineError | None:
    """Why the list of voices cannot be had. NoVoiceList where the server knows of none."""
    if answer.status in {400, 404, 405, 422, 501}:
        return NoVoiceList(f"{options.server} lists no voices", cure="any name can be tried")
    return explain_speech(answer, options)


def _key_refused(answer: Answer, options: OpenAIOptions) -> EngineError:
    if not options.variable:
        return EngineError(
            f"{options.server} wants a key ({answer.status})",
            cure=f'keep it in an environment variable and name that: key_variable = "OPENAI_API_KEY" in {TABLE}',
        )
    if answer.status == 403:
        return EngineError(
            f"{options.server} does not let the key in {options.variable} do this{_brackets(answer)}",
            cure=f"check what the key may do, and model in {TABLE} of show.toml",
        )
    return EngineError(
        f"{options.server} does not accept the key in {options.variable} (401)",
        cure=f"make a new one there and export {options.variable}=... before the build",
    )


def _no_credit(answer: Answer, options: OpenAIOptions) -> EngineError:
    return EngineError(
        f"no credit left at {options.server}{_brackets(answer)}",
        cure="add some to the account and run the same command again: what is spoken is kept",
    )


def _not_found(answer: Answer, options: OpenAIOptions) -> EngineError:
    return EngineError(
        f"{options.server} knows no such address, or no model {options.model!r} (404){_brackets(answer)}",
        cure=f"check url in {TABLE} of show.toml, which mostly ends with /v1, and model",
    )


def _is_out_of_credit(body: bytes) -> bool:
    error = _object(body).get("error")
    return isinstance(error, dict) and any(error.get(key) in _NO_CREDIT for key in ("code", "type"))


def _is_about_voice(answer: Answer) -> bool:
    """OpenAI says which parameter it is, FastAPI where it stands in the request, and most of them say it in words."""
    said = _object(answer.body)
    error, detail = said.get("error"), said.get("detail")
    faults = [fault for fault in detail if isinstance(fault, dict)] if isinstance(detail, list) else []
    return (
        (isinstance(error, dict) and error.get("param") == "voice")
        or any(fault.get("loc") == ["body", "voice"] for fault in faults)
        or bool(_VOICE.search(answer.complaint))
    )


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object that an answer is, empty where it is none."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # the last two for what a stranger may send
        return {}
    return said if isinstance(said, dict) else {}


def _brackets(answer: Answer) -> str:
    return f" ({answer.complaint})" if answer.complaint else ""
