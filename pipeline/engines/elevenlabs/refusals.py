"""Floor 3, engine elevenlabs: what the server's refusals mean, and what to do about them. Pure.

Each has a word of its own beside its status, under `detail`; a used-up plan is a 401 or a 402 as well as a 429.
Source: ElevenLabs, "Error messages".
"""

import msgspec

from pipeline.engines.elevenlabs.options import TABLE, ElevenLabsOptions
from pipeline.engines.network import Answer
from pipeline.errors import EngineError, VoiceNotFound

_NO_CREDIT = {"quota_exceeded", "insufficient_credits", "payment_required"}
_NO_VOICE = {"voice_not_found", "voice_does_not_exist", "invalid_uid"}
_NO_FORMAT = "output_format_not_allowed"
_NO_PERMISSION = "missing_permissions"


class ListRefused(EngineError):
    """The key may not see the list of voices."""


def explain_speech(answer: Answer, options: ElevenLabsOptions) -> EngineError | None:
    """Why ``answer`` is final, None where the client's own words will do or it should be asked again.

    A refused voice is a VoiceNotFound, which does not know the nearest names.
    """
    code = _code_of(answer.body)
    if answer.status == 402 or code in _NO_CREDIT:
        return EngineError(
            f"no credit left at {options.server}{_brackets(answer)}",
            cure="add some to the plan, or wait for the next month, and run the same command again: "
            "what is spoken is kept",
        )
    if code in _NO_VOICE or (answer.status in {400, 404} and "voice" in answer.complaint.casefold()):
        return VoiceNotFound(
            f"{options.server} does not know the voice{_brackets(answer)}",
            cure="set [voice] name in show.toml to the name or id of one in your account",
        )
    if answer.status in {401, 403}:
        return _not_allowed(answer, code, options=options)
    if answer.status == 404:
        return EngineError(
            f"{options.server} knows no such address (404){_brackets(answer)}",
            cure=f"check url in {TABLE} of show.toml",
        )
    if answer.status in {400, 422}:
        return EngineError(
            f"{options.server} does not take the request{_brackets(answer)}",
            cure=f"correct what it complains of in {TABLE} of show.toml, or say the text differently",
        )
    return None


def explain_list(answer: Answer, options: ElevenLabsOptions) -> EngineError | None:
    """Why the list of voices cannot be had. ListRefused where the key may do other things."""
    if answer.status in {401, 403} and _code_of(answer.body) == _NO_PERMISSION:
        return ListRefused(
            f"the key in {options.key_variable} may not see the voices of {options.server}",
            cure="give it the permission voices_read there, or set [voice] name in show.toml to the id of a voice",
        )
    return explain_speech(answer, options)


def _not_allowed(answer: Answer, code: str, *, options: ElevenLabsOptions) -> EngineError:
    if not options.key_variable:
        return EngineError(
            f"{options.server} wants a key ({answer.status})",
            cure=f'keep it in an environment variable and name that: key_variable = "ELEVENLABS_API_KEY" in {TABLE}',
        )
    if code == _NO_FORMAT:
        return EngineError(
            f"the plan at {options.server} does not have {options.output_format}{_brackets(answer)}",
            cure=f'set output_format = "mp3_44100_128" in {TABLE} of show.toml',
        )
    if answer.status == 403 or code == _NO_PERMISSION:
        return EngineError(
            f"{options.server} does not let the key in {options.key_variable} do this{_brackets(answer)}",
            cure="check what the key and the plan may do",
        )
    return EngineError(
        f"{options.server} does not accept the key in {options.key_variable} (401)",
        cure=f"make a new one there and export {options.key_variable}=... before the build",
    )


def _code_of(body: bytes) -> str:
    """The server's own word for what is wrong, "" where it has none. It is `code` in newer answers than `status`."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # the last two for what a stranger may send
        return ""
    detail = said.get("detail") if isinstance(said, dict) else None
    words = [detail.get(key) for key in ("status", "code")] if isinstance(detail, dict) else []
    return next((word for word in words if isinstance(word, str)), "")


def _brackets(answer: Answer) -> str:
    return f" ({answer.complaint})" if answer.complaint else ""
