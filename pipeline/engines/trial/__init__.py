"""Floor 3: every promise of pipeline/engines/contract.py as a check that anybody can run on an engine of theirs.

    try_engine(find_engine("morse"), VoiceSettings(engine="morse", name="buzzer"))   # () or what is broken

declared.py tries what an engine says of itself, sound.py what it gives, sessions.py how it starts and stops. Whoever
writes an engine runs CHECKS in tests of their own, as tests/engines/test_contract.py does over all of ours.
"""

from collections.abc import Callable

from pipeline.engines.contract import Engine
from pipeline.engines.trial.declared import (
    capabilities_hold_together,
    licence_is_told,
    options_refuse_what_they_do_not_know,
    version_can_stand_in_a_cache_key,
    voices_can_be_told_apart,
)
from pipeline.engines.trial.promise import ContractBroken
from pipeline.engines.trial.sessions import (
    a_closed_session_stays_closed,
    an_unknown_voice_is_refused_with_the_nearest_names,
    close_ends_a_running_call,
    two_sessions_speak_at_once,
)
from pipeline.engines.trial.sound import (
    clips_are_sound_of_a_plausible_length,
    exact_sounds_of_names_are_taken,
    marks_lie_on_the_words,
    odd_text_is_spoken_or_refused,
    phonemes_change_no_sound,
    phonemes_stand_alone,
    text_without_a_word_is_no_sound,
    the_same_text_gives_the_same_bytes,
)
from pipeline.errors import EngineUnavailable
from pipeline.model import VoiceSettings

__all__ = ["CHECKS", "Check", "ContractBroken", "try_engine"]

#: Returns where the engine keeps a promise with that voice; raises ContractBroken where it does not.
Check = Callable[[Engine, VoiceSettings], None]

CHECKS: tuple[Check, ...] = (
    capabilities_hold_together,
    options_refuse_what_they_do_not_know,
    voices_can_be_told_apart,
    version_can_stand_in_a_cache_key,
    licence_is_told,
    clips_are_sound_of_a_plausible_length,
    marks_lie_on_the_words,
    exact_sounds_of_names_are_taken,
    text_without_a_word_is_no_sound,
    odd_text_is_spoken_or_refused,
    the_same_text_gives_the_same_bytes,
    phonemes_stand_alone,
    phonemes_change_no_sound,
    an_unknown_voice_is_refused_with_the_nearest_names,
    two_sessions_speak_at_once,
    a_closed_session_stays_closed,
    close_ends_a_running_call,
)


def try_engine(engine: Engine, voice: VoiceSettings) -> tuple[str, ...]:
    """What is broken, a line for each check that failed: its name, the promise and what was seen; () if all is well.

    ``voice`` is one that the engine has here. It speaks for some seconds, and an engine of the network does ask.

    Raises:
        EngineUnavailable: what the engine needs is not here, so that it cannot be tried.
    """
    return tuple(broken for check in CHECKS if (broken := _broken(check, engine, voice=voice)))


def _broken(check: Check, engine: Engine, *, voice: VoiceSettings) -> str:
    try:
        check(engine, voice)
    except EngineUnavailable:
        raise
    except ContractBroken as broken:
        return f"{check.__name__}: {broken}"
    except Exception as error:  # noqa: BLE001 - the outermost frame of somebody's engine: whatever it raises is a finding
        return f"{check.__name__}: it raised {type(error).__name__}: {error}"
    return ""
