"""Floor 3, language model: one question -> one request -> its answer, within one time limit and one size.

The connection is that of `pipeline.sources.fetching`: names are looked up once, no proxy is used, TLS is checked, and
neither the key nor the text goes anywhere but to the address in show.toml: redirects are not followed.
"""

import asyncio
import re

import httpx
import msgspec

from pipeline import __version__
from pipeline.language_model.answers import complaint_of, content_of, texts_of
from pipeline.language_model.questions import Failure, Question
from pipeline.language_model.server import key_of
from pipeline.model import LanguageModelSettings
from pipeline.sources.fetching.connecting import CheckedTransport, Network
from pipeline.sources.fetching.faults import LATER, Fault, failure, quoted

#: Twenty times what eight titles and their wrapping take.
_MOST_BYTES = 64 * 1024

_LONGEST_CONNECT_S = 5.0
_BUSY = {429, 503}
_CHECK_URL = "check [language_model] url in show.toml: it mostly ends with /v1"

#: A part of the key of this length in a complaint is reason enough not to repeat it.
_TELLTALE = 5


class _BadAnswer(Fault):
    """The server works, and this answer is of no use."""


def ask(question: Question, settings: LanguageModelSettings) -> tuple[str, ...] | Failure:
    """The texts that ``question`` asks for, one for each of its own, unchecked; or why there are none.

    One request, and a second one only after a 429 or 503 that says to come back within ``timeout_s``, which holds for
    everything together. Not to be called from inside an event loop.

    Raises:
        ConfigError: the key is missing.
    """
    key = key_of(settings)
    try:
        return _read(asyncio.run(_answer_in_time(question, settings, key=key)), question)
    except Fault as fault:
        return Failure(what=fault.what, cure=fault.cure, is_silence=not isinstance(fault, _BadAnswer))


async def _answer_in_time(question: Question, settings: LanguageModelSettings, *, key: str) -> bytes:
    """The body of the answer. One clock over all of it: a server that trickles sets every other one back."""
    try:
        transport = CheckedTransport(Network(), is_private_allowed=True)
    except OSError as error:
        what = (
            f"was not asked: the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({quoted(error)})"
        )
        raise Fault(what, cure="correct it or unset it") from error
    try:
        async with asyncio.timeout(settings.timeout_s), _client(transport, settings, key=key) as client:
            return await _answer(client, question, settings=settings)
    except TimeoutError as error:
        what = f"did not give its whole answer within {settings.timeout_s:g} s"
        raise Fault(what, cure="raise [language_model] timeout_s in show.toml, or name a faster model") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:  # the last for hosts that are no names
        raise failure(error) from error


def _client(transport: CheckedTransport, settings: LanguageModelSettings, *, key: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,  # no proxy, no .netrc
        follow_redirects=False,
        timeout=httpx.Timeout(settings.timeout_s, connect=min(_LONGEST_CONNECT_S, settings.timeout_s)),
        headers={
            "User-Agent": f"audio-edition/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # what is unpacked could be any size
            **({"Authorization": f"Bearer {key}"} if key else {}),
        },
    )


async def _answer(client: httpx.AsyncClient, question: Question, *, settings: LanguageModelSettings) -> bytes:
    """The body of the answer, asked for once more where the server names a time that is within bounds."""
    status, headers, body = await _posted(client, question, settings=settings)
    said = headers.get("retry-after", "")  # a date is as good as none. Source: RFC 9110, section 10.2.3
    if status in _BUSY and re.fullmatch("[0-9]{1,7}", said) and int(said) <= settings.timeout_s:
        await asyncio.sleep(int(said))
        status, headers, body = await _posted(client, question, settings=settings)
    if status != 200:
        key = client.headers.get("authorization", "").removeprefix("Bearer ")
        raise _status_fault(status, complaint=_harmless(complaint_of(body), key=key), has_key=bool(key))
    return body


async def _posted(
    client: httpx.AsyncClient, question: Question, *, settings: LanguageModelSettings
) -> tuple[int, httpx.Headers, bytes]:
    """Status, headers and body. Source: OpenAI API reference, "Create chat completion".

    Nothing is sent that some servers refuse: no `max_tokens`, no `response_format`.
    """
    request = {
        "model": settings.model,
        "messages": [{"role": "user", "content": question.prompt}],
        "temperature": 0,
        "stream": False,
    }
    address = f"{settings.url.rstrip('/')}/chat/completions"
    headers = {"Content-Type": "application/json"}
    async with client.stream("POST", address, content=msgspec.json.encode(request), headers=headers) as response:
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > _MOST_BYTES:
                raise _BadAnswer(
                    f"sent more than {_MOST_BYTES // 1024} KB", cure="name another model in [language_model]"
                )
        return response.status_code, response.headers, bytes(body)


def _harmless(complaint: str, *, key: str) -> str:
    """``complaint`` as it may stand in a message, in brackets; "" if it repeats a part of the key."""
    parts = {key[start : start + _TELLTALE] for start in range(max(1, len(key) - _TELLTALE + 1))} if key else set()
    is_telling = any(part in complaint for part in parts)
    return "" if is_telling or not complaint.strip() else f" ({quoted(' '.join(complaint.split()), most=160)})"


def _status_fault(status: int, *, complaint: str, has_key: bool) -> Fault:
    if status in {401, 403}:
        variable = "the environment variable that [language_model] key_variable in show.toml names"
        if has_key:
            return Fault(f"refused the key ({status})", cure=f"check {variable}")
        return Fault(f"wants a key ({status})", cure=f"put one into {variable}")
    if status == 404:
        return Fault(f"knows no such address or model (404){complaint}", cure=f"{_CHECK_URL}; and check model")
    if status in _BUSY:
        return Fault(f"asked to be left alone for now ({status})", cure=LATER)
    phrase = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status >= 500:
        return Fault(f"has a fault of its own ({phrase})", cure=LATER)
    return Fault(
        f"answered with {phrase}{complaint}", cure=_CHECK_URL if status < 400 else "name another model, or " + LATER
    )


def _read(body: bytes, question: Question) -> tuple[str, ...]:
    """As many texts as were asked for."""
    content = content_of(body)
    if content is None:
        raise Fault("does not answer as an OpenAI-compatible server does", cure=_CHECK_URL)
    texts = texts_of(content, question)
    another = "name another model in [language_model] in show.toml"
    if texts is None:
        raise _BadAnswer(f"did not write the {question.kind} as the JSON that was asked for", cure=another)
    if len(texts) != len(question.texts):
        raise _BadAnswer(f"wrote {len(texts)} titles for {len(question.texts)} chapters", cure=another)
    return texts
