"""Floor 3: Script -> Narration. Asks the store first, then the engine, several Sessions at a time.

The host's part of the contract in pipeline/engines/contract.py: the notation, cache, workers and the check that a
clip is plausible.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue

import msgspec

from pipeline.engines import Concurrency, Engine, Session
from pipeline.engines.notation import Rendered, carry_back, render
from pipeline.errors import EmptyAudio, EngineError, StoreError, VoiceNotFound
from pipeline.model import Clip, Mark, Narration, Script, StoredClip, VoiceSettings
from pipeline.store import Store, recipe_key
from pipeline.trimming import trimmed
from pipeline.workshop import Workshop

#: Goes into every key: raise it when the meaning of a stored clip changes.
_VERSION = 2

#: No voice says more letters and digits than this in a second. espeak-ng at 450 words a minute says about 40.
_FASTEST_CHARS_PER_S = 80


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the store before a clip's samples."""

    sample_rate: int
    marks: tuple[Mark, ...]


class _Take(msgspec.Struct, frozen=True, kw_only=True):
    """One Utterance as the engine is to say it: under which key its clip lies, by which voice, in which signs."""

    key: str
    voice: VoiceSettings
    rendered: Rendered
    is_second_voice: bool


def narrate(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    workshop: Workshop,
    second_voice: VoiceSettings | None = None,
) -> Narration:
    """The Clips of every Utterance, in order; what the store holds is not spoken again.

    ``second_voice`` is another voice of the same ``engine`` for the utterances that ask for it; without one, ``voice``
    says them too. Each clip is stored as soon as it is there, so that a run that is stopped loses nothing.
    Marks are characters of the spoken text, whatever the engine was given for it.

    Raises:
        EngineError: and its children, from the engine; EmptyAudio for a clip too short for its text.
        StoreError: the cache cannot be written.
    """
    takes = _takes(script, voice, engine=engine, second_voice=second_voice)
    known = _recall_all(workshop.store, takes)
    missing = {take.key: take for take in takes if take.key not in known}
    workshop.progress.begin("narrate", len(missing))
    if missing:
        known |= _Speaker(engine, workshop=workshop).speak_all(list(missing.values()))
    workshop.progress.end(f"{len(missing)} spoken, {len(takes) - len(missing)} from the cache")
    clips = tuple(_with_marks_of_spoken(known[take.key], take.rendered) for take in takes)
    return Narration(clips=clips, synthesised=len(missing))


def missing_clips(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> tuple[int, ...]:
    """The numbers of the Utterances, from 0, that `narrate` would have to speak, because the store lacks them.

    Nothing is spoken. Raises EngineError where an Utterance cannot be said at all.
    """
    clips = stored_clips(script, voice, engine=engine, store=store, second_voice=second_voice)
    return tuple(number for number, clip in enumerate(clips) if clip is None)


def stored_clips(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> tuple[StoredClip | None, ...]:
    """The Clips of every Utterance as `narrate` would give them, in order; None for each that the store lacks.

    Nothing is spoken. Raises EngineError where an Utterance cannot be said at all.
    """
    takes = _takes(script, voice, engine=engine, second_voice=second_voice)
    known = _recall_all(store, takes)
    return tuple(_with_marks_of_spoken(known[take.key], take.rendered) if take.key in known else None for take in takes)


def _takes(script: Script, voice: VoiceSettings, *, engine: Engine, second_voice: VoiceSettings | None) -> list[_Take]:
    """One an Utterance. The key is made of what is said and by whom, and of nothing of where it stands."""
    version, notation = engine.version(), engine.capabilities.notation
    takes = []
    for utterance in script.utterances:
        rendered = render(utterance, notation, language=script.language)
        second = second_voice if utterance.is_second_voice else None
        speaker = second or voice
        key = recipe_key(
            "narrate", _VERSION, engine=engine.name, engine_version=version, voice=speaker, text=rendered.text
        )
        takes.append(_Take(key=key, voice=speaker, rendered=rendered, is_second_voice=second is not None))
    return takes


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


def _recall_all(store: Store, takes: Sequence[_Take]) -> dict[str, StoredClip]:
    """Key -> clip, for those that the store has."""
    return {key: clip for key in dict.fromkeys(take.key for take in takes) if (clip := _recall(store, key))}


def _recall(store: Store, key: str) -> StoredClip | None:
    """What is known of the clip under ``key`` without its samples; None if the store does not have it whole."""
    clip = load_clip(store, key)
    return None if clip is None else _without_samples(key, clip)


def _without_samples(key: str, clip: Clip) -> StoredClip:
    return StoredClip(key=key, sample_count=clip.sample_count, sample_rate=clip.sample_rate, marks=clip.marks)


def _with_marks_of_spoken(clip: StoredClip, rendered: Rendered) -> StoredClip:
    """The store keeps marks as the engine gave them: two spellings of a name can have one sound, and one clip."""
    marks = carry_back(clip.marks, rendered, sample_count=clip.sample_count)
    return msgspec.structs.replace(clip, marks=marks)


class _Speaker:
    """Speaks takes in several Sessions and stores each clip at once."""

    def __init__(self, engine: Engine, *, workshop: Workshop) -> None:
        self._engine = engine
        self._workshop = workshop

    def speak_all(self, takes: Sequence[_Take]) -> dict[str, StoredClip]:
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

    def _speak_voice(self, takes: Sequence[_Take]) -> dict[str, StoredClip]:
        alone = self._engine.capabilities.concurrency is Concurrency.LOCK
        workers = 1 if alone else min(self._workshop.workers, len(takes))
        with (
            self._sessions(takes[0], count=workers) as sessions,
            ThreadPoolExecutor(max_workers=workers) as pool,
        ):
            futures = {pool.submit(self._speak_one, take, sessions): take.key for take in takes}
            try:
                _wait_for_all(futures)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            return {key: future.result() for future, key in futures.items()}

    @contextmanager
    def _sessions(self, take: _Take, *, count: int) -> Iterator[SimpleQueue[Session]]:
        """``count`` Sessions of the voice of ``take``."""
        free: SimpleQueue[Session] = SimpleQueue()
        opened: list[Session] = []
        try:
            for _ in range(count):
                opened.append(_open(self._engine, take))
                free.put(opened[-1])
            yield free
        finally:
            for session in opened:
                session.close()

    def _speak_one(self, take: _Take, sessions: SimpleQueue[Session]) -> StoredClip:
        session = sessions.get()
        try:
            clip = trimmed(session.speak(take.rendered.text))
        except EngineError as error:
            error.utterance = take.rendered.spoken  # as the script has it, not in the engine's signs
            raise
        finally:
            sessions.put(session)
        _require_plausible(clip, take.rendered.spoken)
        _save_clip(self._workshop.store, take.key, clip=clip)
        self._workshop.progress.advance()
        return _without_samples(take.key, clip)


def _open(engine: Engine, take: _Take) -> Session:
    """A Session of the voice of ``take``. Raises VoiceNotFound, which says which key of `show.toml` to set."""
    try:
        return engine.open(take.voice)
    except VoiceNotFound as error:
        if not take.is_second_voice:
            raise
        raise VoiceNotFound(
            f"{error.what}, which [second_voice] name asks for", cure=error.cure.replace("[voice]", "[second_voice]")
        ) from error


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
