"""The trial, of Sessions themselves: opening them, several at once, and closing them at any time."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Thread

from msgspec.structs import replace

from pipeline.engines.contract import Concurrency, Engine, Session
from pipeline.engines.trial.promise import OTHER, SENTENCE, ContractBroken, given, opened, require, shown
from pipeline.engines.trial.sound import require_some_sound, require_sound
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, VoiceSettings

_ROUNDS = 4

#: Enough for minutes of speech, and within what one call may hold in memory.
_LONG_CHARS = 20_000
_SPEAKS_BEFORE_CLOSE_S = 0.3
#: The contract says one second; machines that run tests are busy.
_PATIENCE_S = 2.0


def an_unknown_voice_is_refused_with_the_nearest_names(engine: Engine, voice: VoiceSettings) -> None:
    """VoiceNotFound when it is opened, and for a slip of the pen with the name that was meant."""
    _refusal(engine, replace(voice, name="nobody"))
    slip = f"{voice.name}x"
    message = _refusal(engine, replace(voice, name=slip))
    names = [one.name for one in engine.voices()]
    wanted = [voice.name] if voice.name in names else names
    require(
        not names or any(name in message.replace(slip, "") for name in wanted),
        "VoiceNotFound names the nearest voices",
        seen=f'for "{slip}" it says: {message}',
    )


def two_sessions_speak_at_once(engine: Engine, voice: VoiceSettings) -> None:
    """Each gives what it would give alone; where the engine allows one at a time, they take turns."""
    texts = [given(SENTENCE, engine), given(OTHER, engine)]
    alone = [_spoken_alone(engine, voice, text=text) for text in texts]
    with ExitStack() as stack:
        sessions = [stack.enter_context(opened(engine, voice)) for _ in texts]
        beside = _spoken_beside(sessions, texts, engine=engine)
    for text, before, clips in zip(texts, alone, beside, strict=True):
        for clip in clips:
            _require_as_alone(clip, before, text=text, is_deterministic=engine.capabilities.is_deterministic)


def a_closed_session_stays_closed(engine: Engine, voice: VoiceSettings) -> None:
    """Closing twice is fine; what is asked afterwards is an EngineError; and other Sessions do not notice."""
    with opened(engine, voice) as other, opened(engine, voice) as session:
        session.speak(given(SENTENCE, engine))
        session.close()
        session.close()
        _require_refusal(lambda: session.speak(given(SENTENCE, engine)), "speak")
        _require_refusal(lambda: session.phonemes([given("Salka", engine)]), "phonemes")
        require_some_sound(other.speak(given(SENTENCE, engine)), SENTENCE)


def close_ends_a_running_call(engine: Engine, voice: VoiceSettings) -> None:
    """close() from another thread ends speak() within a second or two, and that with an EngineError."""
    session = engine.open(voice)
    session.speak(given(SENTENCE, engine))  # whatever it loads before its first words is loaded
    speaker = _LongSpeaker(session, given("word " * (_LONG_CHARS // 5), engine))
    speaker.start()
    speaker.join(_SPEAKS_BEFORE_CLOSE_S)
    early = speaker.end
    closer = Thread(target=session.close, daemon=True)
    began = time.monotonic()
    closer.start()
    for thread in (closer, speaker):
        thread.join(max(0.0, began + _PATIENCE_S - time.monotonic()))
    speaker.is_over = True
    require(early is None, "a text within max_chars is spoken", seen=f"before it was closed it raised {early!r}")
    require(not closer.is_alive(), "close() comes back within a second", seen=f"not after {_PATIENCE_S} s")
    require(
        isinstance(speaker.end, EngineError),
        "close() ends what is being spoken within a second, with an EngineError",
        seen=f"after {_PATIENCE_S} s it goes on" if speaker.end is None else f"it ended with {speaker.end!r}",
    )


class _LongSpeaker(Thread):
    """Speaks the same long text again and again until that fails; a daemon, because a broken engine never ends."""

    def __init__(self, session: Session, text: str) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._text = text
        self.end: Exception | None = None
        self.is_over = False

    def run(self) -> None:
        while self.end is None and not self.is_over:
            try:
                self._session.speak(self._text)
            except Exception as error:  # noqa: BLE001 - the outermost frame of a thread: judged by who started it
                self.end = error


def _refusal(engine: Engine, voice: VoiceSettings) -> str:
    try:
        session = engine.open(voice)
    except VoiceNotFound as error:
        return str(error)
    session.close()
    raise ContractBroken("a voice that is not there is VoiceNotFound", seen=f'"{voice.name}" was opened')


def _spoken_beside(sessions: list[Session], texts: list[str], *, engine: Engine) -> list[list[Clip]]:
    """What each session gave for its text, several times, as far at once as the engine allows."""
    declared = engine.capabilities
    if declared.concurrency is Concurrency.LOCK or declared.at_once == 1:
        rounds = [[session.speak(text) for session, text in zip(sessions, texts, strict=True)] for _ in range(_ROUNDS)]
        return [list(clips) for clips in zip(*rounds, strict=True)]
    with ThreadPoolExecutor(len(sessions)) as pool:
        return list(pool.map(lambda session, text: [session.speak(text) for _ in range(_ROUNDS)], sessions, texts))


def _spoken_alone(engine: Engine, voice: VoiceSettings, *, text: str) -> set[Clip]:
    with opened(engine, voice) as session:
        return {session.speak(text) for _ in range(2)}


def _require_as_alone(clip: Clip, alone: set[Clip], *, text: str, is_deterministic: bool) -> None:
    """The very same where an engine declares that, and a plausible length elsewhere."""
    if not is_deterministic:
        require_sound(clip, text)
        return
    # Where it already was another each time alone, that is what another check says.
    require(
        clip in alone or len(alone) > 1,
        "a session gives the same beside another one as alone",
        seen=f"{clip.sample_count} samples for {shown(text)} are not the {[one.sample_count for one in alone]} alone",
    )


def _require_refusal(call: Callable[[], object], name: str) -> None:
    try:
        call()
    except EngineError:
        return
    raise ContractBroken("a closed session raises EngineError", seen=f"{name}() went on")
