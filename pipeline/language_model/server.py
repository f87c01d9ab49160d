"""Floor 3, language model: what is wanted of a model, and what show.toml says of the server.

Until an Episode is out show.toml decides, checked before an hour is spoken; from then on the ledger does. The key is
read where it is sent, and is held by no value: it can come into no message, file or cache key.
"""

from msgspec import Struct

from pipeline.errors import ConfigError
from pipeline.model import ChapterOrigin, Episode, LanguageModelSettings, ModelAnswer
from pipeline.servers import read_key, require_encryption, require_server_address
from pipeline.workshop import Workshop

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
    require_server_address(settings.url, table=_TABLE, example="http://127.0.0.1:11434/v1")
    if not settings.model.strip():
        raise ConfigError(f"{_TABLE} in show.toml has a url and no model", cure='add a line like model = "qwen3:8b"')
    if settings.key_variable:
        require_encryption(settings.url, table=_TABLE)


def key_of(settings: LanguageModelSettings) -> str:
    """The key that the environment or the keyring holds, "" where the server wants none. Raises ConfigError."""
    return read_key(settings.key_variable, table=_TABLE) if settings.key_variable else ""
