"""Floor 3, narration: Takes -> Clips in the store. As many Sessions at a time as the engine allows.

Every clip is stored as soon as it is there, so that a failure, a kill or Ctrl-C costs nothing that was spoken before.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import closing
from threading import Lock

from pipeline.engines import FASTEST_CHARS_PER_S, Concurrency, Engine, Session
from pipeline.errors import EmptyAudio, EngineError, EngineUnavailable, VoiceNotFound
from pipeline.model import Clip, StoredClip
from pipeline.narration.clips import save_clip
from pipeline.narration.takes import Take
from pipeline.trimming import trimmed
from pipeline.workshop import Workshop

#: An engine that never says the same thing twice in the same way may say it well the next time.
_TRIES = 3

#: How long what servers are at is waited for when something else has failed.
_LAST_ANSWERS_S = 30


class Speaker:
    """Speaks takes in several Sessions and stores each clip at once."""

    def __init__(self, engine: Engine, *, workshop: Workshop) -> None:
        self._engine = engine
        self._workshop = workshop
        self._failures: list[BaseException] = []

    def speak_all(self, takes: Sequence[Take]) -> dict[str, StoredClip]:
        """Key -> clip. The first failure ends the rest.

        One voice after the other, so that no more Sessions are open than there are workers; the second voice comes
        first: it has less to say, and whether the engine has it shows before an hour is spent on the other.
        """
        spoken: dict[str, StoredClip] = {}
        for is_second in (True, False):
            of_one_voice = [take for take in takes if take.is_second_voice is is_second]
            if of_one_voice:
                spoken |= self._speak_voice(of_one_voice)
        return spoken

    def _speak_voice(self, takes: Sequence[Take]) -> dict[str, StoredClip]:
        count = min(self._at_once(), len(takes))
        with (
            closing(_Sessions(self._engine, takes[0])) as sessions,
            ThreadPoolExecutor(max_workers=count) as pool,
        ):
            if self._engine.capabilities.concurrency is Concurrency.ASYNC:
                # A server may be asked for its voices first: here Ctrl-C ends that, and the others need not ask again.
                sessions.give_back(self._first(sessions, takes[0]))
            futures: dict[Future[StoredClip], str] = {}
            try:
                for take in takes:
                    futures[pool.submit(self._speak_one, take, sessions)] = take.key
                wait(futures, return_when=FIRST_EXCEPTION)
                self._require_no_failure(pool, futures)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                sessions.close()  # before the pool waits for its threads: Ctrl-C ends what is being spoken
                raise
            return {key: future.result() for future, key in futures.items()}

    def _require_no_failure(self, pool: ThreadPoolExecutor, futures: Iterable[Future[StoredClip]]) -> None:
        """Raise the failure that came first. What a server is at already is waited for: it has to be paid."""
        if not self._failures:
            return
        if self._engine.capabilities.is_network:
            pool.shutdown(wait=False, cancel_futures=True)
            wait([future for future in futures if not future.cancelled()], timeout=_LAST_ANSWERS_S)
        raise self._failures[0]

    @staticmethod
    def _first(sessions: "_Sessions", take: Take) -> Session:
        try:
            return sessions.take()
        except VoiceNotFound as error:
            raise _told(error, take) from error

    def _at_once(self) -> int:
        """How many Sessions may speak at a time."""
        declared = self._engine.capabilities
        if declared.concurrency is Concurrency.LOCK:
            return 1
        if declared.concurrency is Concurrency.ASYNC:
            return max(1, declared.at_once)
        return min(self._workshop.workers, declared.at_once or self._workshop.workers)

    def _speak_one(self, take: Take, sessions: "_Sessions") -> StoredClip:
        if self._failures:  # nothing more is begun, or paid for
            raise self._failures[0]
        try:
            session = sessions.take()
            clip = self._plausible_clip(session, take)
            sessions.give_back(session)  # only if it spoke: one that failed may be good for nothing any more
        except BaseException as error:
            self._failures.append(_told(error, take))
            raise self._failures[-1] from error
        is_costly = self._engine.capabilities.is_network
        stored = save_clip(self._workshop.store, take.key, clip=clip, is_costly=is_costly)
        self._workshop.progress.advance()
        return stored

    def _plausible_clip(self, session: Session, take: Take) -> Clip:
        """What the engine gives, if need be at the third try. Raises EmptyAudio if none of it can be the text."""
        tries = 1 if self._engine.capabilities.is_deterministic else _TRIES
        for _ in range(tries):
            clip = trimmed(session.speak(take.rendered.text))
            if _is_plausible(clip, take.rendered.spoken):
                return clip
        raise _too_short(clip, take.rendered.spoken)


class _Sessions:
    """The Sessions of one voice. Each is opened by the thread that first needs it: all of them start at once."""

    def __init__(self, engine: Engine, take: Take) -> None:
        self._engine, self._voice, self._version = engine, take.voice, take.version
        self._free: list[Session] = []
        self._opened: list[Session] = []
        self._is_closed = False
        self._lock = Lock()

    def take(self) -> Session:
        """One that nobody uses, opened if there is none. Raises EngineError, and so it does when all are closed."""
        with self._lock:
            if self._free:
                return self._free.pop()
        session = self._engine.open(self._voice)
        with self._lock:
            self._opened.append(session)
            is_late = self._is_closed
        if is_late:
            session.close()  # what it is asked to say next, it refuses
        if self._engine.version(self._voice) != self._version:
            raise EngineError(
                f"the voice {self._voice.name} was changed while it was in use", cure="run the same command again"
            )
        return session

    def give_back(self, session: Session) -> None:
        """Let another thread have it."""
        with self._lock:
            self._free.append(session)

    def close(self) -> None:
        """End all of them, whatever they are saying, and any that is still being opened."""
        with self._lock:
            self._is_closed = True
            opened, self._opened = self._opened, []
        for session in opened:
            session.close()


def _told(error: BaseException, take: Take) -> BaseException:
    """``error`` with the utterance as the script has it, and with the key of `show.toml` that names the voice."""
    if isinstance(error, VoiceNotFound) and take.is_second_voice:
        return VoiceNotFound(
            f"{error.what}, which [second_voice] name asks for", cure=error.cure.replace("[voice]", "[second_voice]")
        )
    if isinstance(error, EngineError) and not isinstance(error, EngineUnavailable | VoiceNotFound):
        error.utterance = take.rendered.spoken
    return error


def _is_plausible(clip: Clip, text: str) -> bool:
    """Engines fail without a word: an empty or far too short clip is a failure, whatever they said."""
    return clip.sample_count * FASTEST_CHARS_PER_S >= _letters(text) * clip.sample_rate


def _too_short(clip: Clip, text: str) -> EmptyAudio:
    shown = text if len(text) <= 60 else text[:57] + "..."
    return EmptyAudio(
        f'{clip.sample_count / clip.sample_rate:.2f} s of sound came back for "{shown}" ({_letters(text)} letters)',
        cure="try again; if it stays, say it differently in the article or in lexicon.toml",
        utterance=text,
    )


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
