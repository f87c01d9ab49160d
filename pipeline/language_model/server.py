"""Floor 3, language model: what is wanted of a model, and what show.toml says of the server.

Until an Episode is out show.toml decides, checked before an hour is spoken; from then on the ledger does. The key is
read where it is sent, and is held by no value: it can come into no message, file or cache key.
"""

import ipaddress
import os
import re
from urllib.parse import urlsplit

from msgspec import Struct

from pipeline.errors import ConfigError
from pipeline.model import ChapterOrigin, Episode, LanguageModelSettings, ModelAnswer
from pipeline.workshop import Workshop

#: Upper case alone: a key that was written in the place of the variable's name has small letters.
#: Source: POSIX.1-2017, Base Definitions, 8.1.
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")

#: What can stand in a header behind "Bearer ". Source: RFC 6750, section 2.1 (b64token), and what servers give out.
_KEY = re.compile(r"[!-~]+")

_TABLE = "[language_model]"


class LanguageModel(Struct, frozen=True, kw_only=True):
    """What is wanted of a model, the server and the means of the build that asks it, and the ``known`` answers.

    ``out`` is the Episode as the ledger has it where listeners have it in some state, None where nobody does.
    """

    settings: LanguageModelSettings
    workshop: Workshop
    has_titles: bool
    has_summary: bool
    known: tuple[ModelAnswer, ...]
    out: Episode | None


def find_language_model(settings: LanguageModelSettings, workshop: Workshop, *, past: Episode | None) -> LanguageModel:
    """What the next state of ``past`` wants of a model: what listeners have of one, or else what show.toml says.

    Raises:
        ConfigError: nobody has the Episode yet, and the server cannot be asked as it stands in show.toml.
    """
    out = past if past is not None and past.is_published else None
    answers = past.answers if past is not None else ()
    if out is None:  # who names another model wants to see what that one writes
        answers = tuple(answer for answer in answers if answer.model == settings.model)
    titles, summary = (settings.titles, settings.summary) if settings.url else (False, False)
    if out is None and (titles or summary):
        require_server(settings)
        if not answers and not workshop.is_offline:
            key_of(settings)
    if out is not None:
        titles, summary = _has_titles_of_a_model(out), bool(out.summary_by)
    return LanguageModel(
        settings=settings, workshop=workshop, has_titles=titles, has_summary=summary, known=answers, out=out
    )


def _has_titles_of_a_model(episode: Episode) -> bool:
    texts = {text for answer in episode.answers for text in answer.texts}
    return any(chapter.origin is ChapterOrigin.AUTO and chapter.title in texts for chapter in episode.chapters)


def require_server(settings: LanguageModelSettings) -> None:
    """Nothing, if show.toml names a server that may be asked. Raises ConfigError; the key is left to `key_of`."""
    if not settings.url:
        raise ConfigError(f"{_TABLE} in show.toml has no url", cure='add a line like url = "http://127.0.0.1:11434/v1"')
    _require_address(settings.url)
    if not settings.model.strip():
        raise ConfigError(f"{_TABLE} in show.toml has a url and no model", cure='add a line like model = "qwen3:8b"')
    if settings.key_variable and urlsplit(settings.url).scheme != "https" and not is_this_computer(settings.url):
        raise ConfigError(
            f"{_TABLE} url = {settings.url[:80]!r} in show.toml is not encrypted, and a key would be sent to it",
            cure="write https://, or take key_variable out if the server wants no key",
        )


def key_of(settings: LanguageModelSettings) -> str:
    """The key that the environment holds, "" where the server wants none.

    Raises:
        ConfigError: the variable that is to hold it is not set, or holds what cannot be a key; neither is repeated.
    """
    name = settings.key_variable
    if not name:
        return ""
    if not _VARIABLE.fullmatch(name):
        raise ConfigError(
            f"{_TABLE} key_variable in show.toml is no name of an environment variable",
            cure='write a name in capitals, such as "OPENAI_API_KEY", and never the key itself',
        )
    key = os.environ.get(name, "").strip()
    if not key:
        raise ConfigError(
            f"the environment variable {name}, which {_TABLE} key_variable in show.toml names, is not set",
            cure=f"export {name}=... before the build, or take key_variable out if the server wants no key",
        )
    if not _KEY.fullmatch(key):
        raise ConfigError(
            f"the environment variable {name} holds blanks or other signs that no key has", cure="copy it anew"
        )
    return key


def _require_address(url: str) -> None:
    """Nothing, if ``url`` is the base of an API and carries no secret. It is only repeated where it does not."""
    try:
        parts = urlsplit(url)
        has_secret = bool(parts.username or parts.password or parts.query or parts.fragment)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        has_secret, is_address = False, False
    if has_secret:
        raise ConfigError(
            f'{_TABLE} url in show.toml has more than host, port and path in it ("@", "?" or "#")',
            cure="leave that out; a key belongs into the environment variable that key_variable names",
        )
    if not is_address or not url.isascii() or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise ConfigError(
            f"{_TABLE} url = {url[:80]!r} in show.toml is no web address",
            cure='write it like "http://127.0.0.1:11434/v1" or "https://api.example.org/v1"',
        )


def is_this_computer(url: str) -> bool:
    """Whether what is sent to ``url`` stays on this computer. Source: RFC 6761, section 6.3, for the name."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
