"""Floor 3: Script -> Narration. Asks the store first, then the engine, several Sessions at a time.

The host's part of the contract in pipeline/engines/contract.py: cache, workers and the check that a clip is plausible.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue

import msgspec

from pipeline.engines import Concurrency, Engine, Session
from pipeline.errors import EmptyAudio, StoreError
from pipeline.model import Clip, Mark, Narration, Script, StoredClip, VoiceSettings
from pipeline.store import Store, recipe_key
from pipeline.workshop import Workshop

#: Goes into every key: raise it when the meaning of a stored clip changes.
_VERSION = 1

#: No voice says more letters and digits than this in a second. espeak-ng at 450 words a minute says about 40.
_FASTEST_CHARS_PER_S = 80


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the store before a clip's samples."""

    sample_rate: int
    marks: tuple[Mark, ...]


def narrate(script: Script, voice: VoiceSettings, *, engine: Engine, workshop: Workshop) -> Narration:
    """The Clips of every Utterance, in order; what the store holds is not spoken again.

    Each clip is stored as soon as it is there, so that a run that is stopped loses nothing that was spoken.

    Raises:
        EngineError: and its children, from the engine; EmptyAudio for a clip too short for its text.
        StoreError: the cache cannot be written.
    """
    texts = [utterance.spoken for utterance in script.utterances]
    keys = clip_keys(texts, voice, engine=engine)
    known = {key: clip for key in dict.fromkeys(keys) if (clip := recall(workshop.store, key)) is not None}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    workshop.progress.begin("narrate", len(missing))
    if missing:
        known |= _Speaker(engine, voice, workshop=workshop).speak_all(missing)
    workshop.progress.end(f"{len(missing)} spoken, {len(keys) - len(missing)} from the cache")
    return Narration(clips=tuple(known[key] for key in keys), synthesised=len(missing))


def clip_keys(texts: Sequence[str], voice: VoiceSettings, *, engine: Engine) -> list[str]:
    """The store's key for each text: what is said, by whom, and nothing of where it stands."""
    version = engine.version()
    return [
        recipe_key("narrate", _VERSION, engine=engine.name, engine_version=version, voice=voice, text=text)
        for text in texts
    ]


def load_clip(store: Store, key: str) -> Clip | None:
    """The whole Clip under ``key``, None if the store has lost it."""
    blob = store.get(key)
    if blob is None:
        return None
    size = int.from_bytes(blob[:4], "big")
    head = msgspec.msgpack.decode(blob[4 : 4 + size], type=_Head)
    return Clip(pcm=blob[4 + size :], sample_rate=head.sample_rate, marks=head.marks)


def require_clip(store: Store, key: str) -> Clip:
    """The whole Clip under ``key``. Raises StoreError if the store has lost it in the meantime."""
    clip = load_clip(store, key)
    if clip is None:
        raise StoreError("the cache lost a piece of sound while it was in use", cure="run the same command again")
    return clip


def _save_clip(store: Store, key: str, *, clip: Clip) -> None:
    head = msgspec.msgpack.encode(_Head(sample_rate=clip.sample_rate, marks=clip.marks))
    store.put(key, len(head).to_bytes(4, "big") + head + clip.pcm)


def recall(store: Store, key: str) -> StoredClip | None:
    """What is known of the clip under ``key`` without its samples; None if the store does not have it whole."""
    clip = load_clip(store, key)
    return None if clip is None else _without_samples(key, clip)


def _without_samples(key: str, clip: Clip) -> StoredClip:
    return StoredClip(key=key, sample_count=clip.sample_count, sample_rate=clip.sample_rate, marks=clip.marks)


class _Speaker:
    """Speaks texts in several Sessions and stores each clip at once."""

    def __init__(self, engine: Engine, voice: VoiceSettings, *, workshop: Workshop) -> None:
        self._engine = engine
        self._voice = voice
        self._workshop = workshop

    def speak_all(self, texts: dict[str, str]) -> dict[str, StoredClip]:
        """Key -> clip for key -> text. The first failure ends the rest."""
        alone = self._engine.capabilities.concurrency is Concurrency.LOCK
        workers = 1 if alone else min(self._workshop.workers, len(texts))
        with (
            self._sessions(workers) as sessions,
            ThreadPoolExecutor(max_workers=workers) as pool,
        ):
            futures = {pool.submit(self._speak_one, key, text, sessions=sessions): key for key, text in texts.items()}
            try:
                _wait_for_all(futures)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            return {key: future.result() for future, key in futures.items()}

    @contextmanager
    def _sessions(self, count: int) -> Iterator[SimpleQueue[Session]]:
        free: SimpleQueue[Session] = SimpleQueue()
        opened: list[Session] = []
        try:
            for _ in range(count):
                opened.append(self._engine.open(self._voice))
                free.put(opened[-1])
            yield free
        finally:
            for session in opened:
                session.close()

    def _speak_one(self, key: str, text: str, *, sessions: SimpleQueue[Session]) -> StoredClip:
        session = sessions.get()
        try:
            clip = session.speak(text)
        finally:
            sessions.put(session)
        _require_plausible(clip, text)
        _save_clip(self._workshop.store, key, clip=clip)
        self._workshop.progress.advance()
        return _without_samples(key, clip)


def _wait_for_all(futures: dict[Future[StoredClip], str]) -> None:
    done, _ = wait(futures, return_when=FIRST_EXCEPTION)
    for future in done:
        future.result()


def _require_plausible(clip: Clip, text: str) -> None:
    """Engines fail without a word: an empty or far too short clip is a failure, whatever they said."""
    characters = sum(character.isalnum() for character in text)
    if clip.sample_count * _FASTEST_CHARS_PER_S < characters * clip.sample_rate:
        shown = text if len(text) <= 60 else text[:57] + "..."
        raise EmptyAudio(
            f'{clip.sample_count / clip.sample_rate:.2f} s of sound came back for "{shown}" ({characters} letters)',
            cure="try again; if it stays, say it differently in the article or in lexicon.toml",
            utterance=text,
        )
