"""Floor 4: who reads. The show's voices, unless the front matter of the article or the command line names another.

No voice ever stands in for another on its own: what is not there stops the build.
"""

import msgspec
from msgspec import Struct

from pipeline.engines import NATURAL_WPM, Engine, engine_names, find_engine
from pipeline.errors import ConfigError, IdentityError
from pipeline.model import Article, Episode, Script, Show, VoiceChoice, VoiceCredit, VoiceSettings

_AS_IT_IS = VoiceChoice()


class Cast(Struct, frozen=True, kw_only=True):
    """The engine and its voices: ``second_voice`` says quotations, None where ``voice`` says them too.

    ``chosen_by`` says who named the voice, "" if that was show.toml.
    """

    engine: Engine
    voice: VoiceSettings
    second_voice: VoiceSettings | None
    chosen_by: str = ""


def cast_of(show: Show, article: Article | None = None, *, once: VoiceChoice = _AS_IT_IS) -> Cast:
    """Who reads ``article``: ``once`` is what the command line says, and goes before the article and the show.

    The second voice is one of the show's engine, and does not go with another; nor does the pace: another engine reads
    at its own, which not every one can leave.

    Raises:
        ConfigError: another engine than the show's is named without one of its voices, or its options are wrong.
        EngineUnavailable: no installed package offers that engine.
    """
    voice, chosen_by = show.voice, ""
    written = article.voice if article else _AS_IT_IS
    for choice, place in ((written, "`voice` in the front matter"), (once, "the command line")):
        if choice != _AS_IT_IS:
            voice, chosen_by = _with_choice(voice, choice), place
    if voice.engine != show.voice.engine:
        voice = msgspec.structs.replace(voice, pace_wpm=NATURAL_WPM)
    engine = find_engine(voice.engine, show.engines)
    if not voice.name:
        raise ConfigError(
            f'no voice of the engine "{voice.engine}" is named',
            cure=f"name one of those that `audio-edition voices list --engine {voice.engine}` shows",
        )
    second_voice = show.second_voice_settings if voice.engine == show.voice.engine else None
    return Cast(engine=engine, voice=voice, second_voice=second_voice, chosen_by=chosen_by)


def require_same_reader(past: Episode | None, cast: Cast) -> None:
    """Nothing, unless a published episode would be read by somebody else only because show.toml names another voice.

    Raises: IdentityError, before anything is spoken or paid for.
    """
    if past is None or not past.is_published or cast.chosen_by:
        return
    before, now = f"{past.voice.engine}:{past.voice.voice}", f"{cast.voice.engine}:{cast.voice.name}"
    if before != now:
        raise IdentityError(
            f"episode '{past.slug}' was published read by {before}, and show.toml would now have it read by {now}",
            cure=f"to keep its voice write `voice: {before}` into its front matter; "
            f'to change it give --voice {now} and --correct "why"',
        )


def parse_voice(words: str) -> VoiceChoice:
    """ "ENGINE:VOICE", "VOICE" or "ENGINE" as a choice. A word is an engine only if one has that name."""
    engine, _, name = words.strip().partition(":")
    if engine.strip() in engine_names():
        return VoiceChoice(engine=engine.strip(), name=name.strip())
    return VoiceChoice(name=words.strip())


def voices_in(cast: Cast, script: Script) -> tuple[VoiceSettings, ...]:
    """Who has something to say in ``script``: the voice, and the second voice if it has."""
    has_second = any(said.is_second_voice for said in script.utterances)
    return (cast.voice, cast.second_voice) if cast.second_voice is not None and has_second else (cast.voice,)


def credits_of(cast: Cast, script: Script) -> tuple[VoiceCredit, VoiceCredit | None]:
    """Who speaks ``script``: the voice, and the second voice where it has something to say in it."""
    first, *second = (_credit(cast.engine, voice) for voice in voices_in(cast, script))
    return first, second[0] if second else None


def _with_choice(voice: VoiceSettings, choice: VoiceChoice) -> VoiceSettings:
    """``voice`` with what is chosen; another engine has other voices, and "" as name until one is chosen."""
    if not choice.engine:
        choice = parse_voice(choice.name)
    is_other = choice.engine not in {"", voice.engine}
    return VoiceSettings(
        engine=choice.engine or voice.engine,
        name=choice.name or ("" if is_other else voice.name),
        pace_wpm=voice.pace_wpm,
    )


def _credit(engine: Engine, voice: VoiceSettings) -> VoiceCredit:
    return VoiceCredit(
        engine=engine.name,
        engine_version=engine.version(voice),
        voice=voice.name,
        licence=engine.licence(voice),
    )
