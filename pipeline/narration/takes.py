"""Floor 3, narration: Script -> Takes: what the engine is to be given for each Utterance, and where its Clip lies."""

from msgspec import Struct

from pipeline.engines import Engine
from pipeline.engines.notation import Rendered, render
from pipeline.errors import EngineError
from pipeline.model import Script, VoiceSettings
from pipeline.store import recipe_key

#: Goes into every key: raise it when the meaning of a stored clip changes.
_VERSION = 2


class Take(Struct, frozen=True, kw_only=True):
    """One Utterance as the engine is to say it: under which key its clip lies, by which voice, in which signs.

    ``version`` is what the engine said of the voice when the key was made.
    """

    key: str
    voice: VoiceSettings
    version: str
    rendered: Rendered
    is_second_voice: bool


def takes_of(script: Script, voice: VoiceSettings, *, engine: Engine, second_voice: VoiceSettings | None) -> list[Take]:
    """One an Utterance. The key is made of what is said and by whom, and of nothing of where it stands.

    Raises: EngineError where an Utterance cannot be said at all, or is longer than the engine takes.
    """
    speakers = {True: second_voice or voice, False: voice}
    # Only of those that have something to say: a second voice that nobody hears need not be there.
    heard = {speakers[utterance.is_second_voice] for utterance in script.utterances}
    versions = {speaker: engine.version(speaker) for speaker in heard}
    takes = []
    for utterance in script.utterances:
        rendered = render(utterance, engine.capabilities.notation, language=script.language)
        _require_room(rendered, engine)
        speaker = speakers[utterance.is_second_voice]
        key = recipe_key(
            "narrate", _VERSION, engine=engine.name, engine_version=versions[speaker], voice=speaker, text=rendered.text
        )
        is_second = utterance.is_second_voice and second_voice is not None
        takes.append(
            Take(key=key, voice=speaker, version=versions[speaker], rendered=rendered, is_second_voice=is_second)
        )
    return takes


def _require_room(rendered: Rendered, engine: Engine) -> None:
    most = engine.capabilities.max_chars
    if len(rendered.text) > most:
        raise EngineError(
            f'{engine.name} takes {most} characters, and "{rendered.spoken[:40]}..." has {len(rendered.text)}',
            cure="part the sentence in the article, or choose another engine",
            utterance=rendered.spoken,
        )
