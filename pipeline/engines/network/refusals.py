"""Floor 3, engines: what a server will not do, in words: Setbacks, after which it is asked again, and final errors."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil

import msgspec

from pipeline.engines.network.breaker import Breaker
from pipeline.engines.network.exchange import Answer, Request
from pipeline.engines.network.pacing import retry_after_s
from pipeline.errors import EngineError, Throttled
from pipeline.sources.fetching.faults import quoted

GO_ON = "what is spoken is kept: run the same command again"

#: After these it makes sense to ask again, and after 520 to 529: what stands before the server did not reach it.
_PASSING = {408, 425, 429, 500, 502, 503, 504, *range(520, 530)}

#: A header with one of these in its name may hold a secret.
_SECRET_NAMES = ("authorization", "cookie", "key", "secret", "token")

#: A part of a secret of this length in a stranger's words is reason enough not to repeat them.
_TELLTALE = 5


class Setback(Exception):
    """A try failed, and the next may not. ``what`` follows on the name of the server: "takes no connection".

    ``cure`` is what else there is to do about it than to try again, "" where there is nothing.
    """

    def __init__(
        self, what: str, *, cure: str = "", is_throttle: bool = False, retry_after_s: float | None = None
    ) -> None:
        self.what = what
        self.cure = cure
        self.is_throttle = is_throttle
        self.retry_after_s = retry_after_s
        super().__init__(what)


def refusal(answer: Answer, *, server: str, secrets: frozenset[str]) -> Setback | EngineError:
    """What to raise after ``answer``, which is no success: a Setback if it makes sense to ask again."""
    said = f"{_phrase(answer.status)}{_bracketed(answer.complaint)}"
    if answer.status in _PASSING:
        wait_s = retry_after_s(answer.headers, now=datetime.now(UTC))
        what = "asks for fewer requests:" if answer.status == 429 else "answers with"
        return Setback(f"{what} {said}", is_throttle=answer.status == 429, retry_after_s=wait_s)
    if answer.status < 400:
        return _sent_on(answer, server=server, secrets=secrets)
    return EngineError(f"{server} refuses: {said}", cure=_cure(answer.status))


def used_up(server: str, setback: Setback, *, tries: int, wait_s: float) -> EngineError:
    """The error of a request that was tried ``tries`` times. ``wait_s``: when to come back if it throttles."""
    what = f"{server} {setback.what} (tried {tries} times)"
    if setback.is_throttle:
        cure = f"{GO_ON} later, or lower the engine's requests_a_minute or at_once in show.toml"
        return Throttled(what, cure=cure, retry_after_s=wait_s)
    return EngineError(what, cure=_go_on(setback))


def left_alone(server: str, *, seconds: float) -> Throttled:
    """The error of a server that wants to be left alone for longer than makes sense to wait."""
    return Throttled(
        f"{server} wants to be left alone for {_in_words(seconds)}",
        cure=f"what is spoken is kept: run the same command again in {_in_words(seconds)}",
        retry_after_s=seconds,
    )


def given_up(server: str, breaker: Breaker, *, wait_s: float, last: Setback) -> EngineError:
    """The error of a server that is down, or that throttles whatever is asked; ``wait_s``: when to come back."""
    what = (
        f"{server} failed {breaker.failures} times in a row, {breaker.failed_probes} of them after long rests; "
        f"the last time: it {breaker.last}"
    )
    if last.is_throttle:
        return Throttled(what, cure=f"{GO_ON} later", retry_after_s=wait_s)
    return EngineError(what, cure=_go_on(last))


def _go_on(setback: Setback) -> str:
    return f"{setback.cure}; {GO_ON}" if setback.cure else GO_ON


def complaint_of(body: bytes, *, secrets: frozenset[str]) -> str:
    """What a server says of its refusal, short and on one line; "" if that cannot be made out, or gives a key away."""
    words = " ".join(_said(body).split())
    return "" if is_telling(words, secrets) else quoted(words, most=160)


def telltales(request: Request) -> frozenset[str]:
    """The parts of the secrets in the headers of ``request`` that nothing of ours may repeat, in small letters."""
    secrets = (
        value.split()[-1].casefold()  # behind "Bearer"
        for name, value in request.headers.items()
        if value.strip() and any(part in name.casefold() for part in _SECRET_NAMES)
    )
    return frozenset(part for secret in secrets for part in _parts(secret))


def is_telling(words: str, secrets: Iterable[str]) -> bool:
    """Whether ``words`` repeat one of the `telltales`."""
    folded = words.casefold()
    return any(part in folded for part in secrets)


def _parts(secret: str) -> Iterable[str]:
    return (secret[start : start + _TELLTALE] for start in range(max(1, len(secret) - _TELLTALE + 1)))


def _said(body: bytes) -> str:
    """The complaint in JSON (error.message, message or detail), else the body itself if it is plain text."""
    text = body[:2000].decode(errors="replace").strip()
    if text.startswith("<"):
        return ""
    if not text.startswith(("{", "[")):
        return text
    try:
        return _deepest(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # the last two for what a stranger may send
        return ""


def _deepest(said: object) -> str:
    """In OpenAI's form it is error.message, in ElevenLabs' detail.message, in FastAPI's detail[0].msg."""
    for _ in range(4):
        if isinstance(said, list) and said:
            said = said[0]
        elif isinstance(said, Mapping):
            said = next((said[name] for name in ("message", "msg", "error", "detail") if said.get(name)), None)
    return said if isinstance(said, str) else ""


def _sent_on(answer: Answer, *, server: str, secrets: frozenset[str]) -> EngineError:
    """The error of a redirect: what is sent along, a key perhaps, is for nobody else."""
    location = answer.headers.get("location", "").partition("?")[0] or "nowhere"
    where = "another address" if is_telling(location, secrets) else quoted(location, most=160)
    return EngineError(
        f"{server} sends on to {where} ({answer.status}), and that is not followed",
        cure="check the address of the engine's server in show.toml",
    )


def _cure(status: int) -> str:
    if status in {401, 403}:
        return "check the key, and what it is allowed to do"
    if status == 402:
        return "check the account's credit; " + GO_ON
    if status == 404:
        return "check the address of the engine's server, the model and the voice in show.toml"
    return "check the engine's options in show.toml"


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _bracketed(complaint: str) -> str:
    return f" ({complaint})" if complaint else ""


def _in_words(seconds: float) -> str:
    """About how long, rounded up: "90 s", "12 min", "5 h"."""
    if seconds < 120:
        return f"{ceil(seconds)} s"
    return f"{ceil(seconds / 60)} min" if seconds < 7200 else f"{ceil(seconds / 3600)} h"
