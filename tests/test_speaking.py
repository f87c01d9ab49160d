"""How the host has things said: how many at a time, what it does about bad clips, who is asked before it costs, and
what stops when it is stopped."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from pipeline.engines import Capabilities, Concurrency, NoOptions, Voice
from pipeline.errors import EmptyAudio, EngineError
from pipeline.model import Bill, Clip, VoiceSettings
from pipeline.narration import bill_of, narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.test_narration import SECOND, quoting, script

SOUND = b"\x00\x10"
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight")


def sound_for(text: str) -> bytes:
    return SOUND * (1000 * len(text))


class Reader:
    """An engine whose Sessions do what they are told, and count how many of them speak at a time."""

    name = "reader"
    Options = NoOptions

    def __init__(self, say: "Callable[[ReaderSession, str], bytes]", **declared: object) -> None:
        self.capabilities = msgspec.structs.replace(
            Capabilities(
                concurrency=Concurrency.FREE,
                is_deterministic=True,
                is_network=False,
                max_chars=1000,
                timing=None,
            ),
            **declared,
        )
        self.say = say
        self.lock = threading.Lock()
        self.speaking = self.most_speaking = 0
        self.asked: list[str] = []

    def version(self, settings: VoiceSettings) -> str:
        return f"1 of {settings.name}"

    def licence(self, settings: VoiceSettings) -> str:
        return "CC0-1.0"

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def open(self, settings: VoiceSettings) -> "ReaderSession":
        return ReaderSession(self)


class ReaderSession:
    def __init__(self, engine: Reader) -> None:
        self.engine = engine
        self.closed = threading.Event()

    def speak(self, text: str) -> Clip:
        with self.engine.lock:
            self.engine.asked.append(text)
            self.engine.speaking += 1
            self.engine.most_speaking = max(self.engine.most_speaking, self.engine.speaking)
        try:
            return Clip(pcm=self.engine.say(self, text), sample_rate=8000)
        finally:
            with self.engine.lock:
                self.engine.speaking -= 1

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        return ("",) * len(texts)

    def close(self) -> None:
        self.closed.set()


def at(folder: Path, **changes: object) -> Workshop:
    return msgspec.structs.replace(Workshop(store=Store(folder), workers=2, progress=Silence()), **changes)


def met(barrier: threading.Barrier) -> Callable[[ReaderSession, str], bytes]:
    """Speaks only when as many speak at a time as the barrier wants; else it is broken, and says so."""

    def say(_: ReaderSession, text: str) -> bytes:
        barrier.wait(timeout=20)
        return sound_for(text)

    return say


@pytest.mark.parametrize(
    ("declared", "at_once"),
    [
        ({"concurrency": Concurrency.FREE}, 2),
        ({"concurrency": Concurrency.PROCESS}, 2),
        ({"concurrency": Concurrency.LOCK}, 1),
        ({"concurrency": Concurrency.FREE, "at_once": 1}, 1),
        ({"concurrency": Concurrency.ASYNC, "at_once": 8}, 8),
    ],
)
def test_as_many_speak_at_a_time_as_the_engine_allows(
    tmp_path: Path, declared: dict[str, object], at_once: int
) -> None:
    engine = Reader(met(threading.Barrier(at_once)), **declared)
    narration = narrate(script(*WORDS), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert engine.most_speaking == at_once
    assert [clip.sample_count for clip in narration.clips] == [1000 * len(word) for word in WORDS]


@pytest.mark.parametrize(("is_deterministic", "tries"), [(True, 1), (False, 3)])
def test_a_bad_clip_is_asked_for_again_where_the_next_may_be_better(
    tmp_path: Path, *, is_deterministic: bool, tries: int
) -> None:
    engine = Reader(lambda _, text: b"", is_deterministic=is_deterministic)
    with pytest.raises(EmptyAudio):
        narrate(script("A whole sentence."), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert len(engine.asked) == tries
    clips = iter([b"", sound_for("a whole sentence")])
    mended = Reader(lambda _, text: next(clips), is_deterministic=False)
    assert narrate(script("A whole sentence."), VoiceSettings(), engine=mended, workshop=at(tmp_path)).synthesised == 1


def test_what_is_too_long_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    engine = Reader(lambda _, text: sound_for(text), max_chars=20)
    with pytest.raises(EngineError, match=r"reader takes 20 characters.*has 24.*part the sentence"):
        narrate(script("one", "four and twenty letters."), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert not engine.asked


def test_a_failure_ends_what_the_others_are_saying(tmp_path: Path) -> None:
    begun = threading.Event()

    def say(session: ReaderSession, text: str) -> bytes:
        if text == "long":
            begun.set()
            assert session.closed.wait(timeout=30)
            raise EngineError("it was closed", cure="none")
        begun.wait(timeout=30)
        raise EngineError("it broke", cure="mend it")

    engine = Reader(say)
    start = time.monotonic()
    with pytest.raises(EngineError, match="it broke"):
        narrate(script("long", "broken", "never"), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert time.monotonic() - start < 15
    assert "never" not in engine.asked or engine.speaking == 0


class Asked:
    """A consent that remembers what it was asked, and refuses where it is told to."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.bills: list[tuple[str, Bill]] = []
        self.refuses = refuses

    def require(self, bill: Bill, *, engine: str) -> None:
        self.bills.append((engine, bill))
        if self.refuses:
            raise EngineError("too dear", cure="save")


def network_reader(price: float | None = 15.0) -> Reader:
    return Reader(
        lambda _, text: sound_for(text),
        is_network=True,
        concurrency=Concurrency.ASYNC,
        at_once=2,
        usd_per_million_chars=price,
    )


def test_who_pays_is_asked_before_the_first_request_and_for_nothing_that_is_there(tmp_path: Path) -> None:
    engine, consent = network_reader(), Asked()
    narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path, consent=consent))
    narrate(script("one", "three", "three"), VoiceSettings(), engine=engine, workshop=at(tmp_path, consent=consent))
    narrate(script("one", "three"), VoiceSettings(), engine=engine, workshop=at(tmp_path, consent=consent))
    assert [(name, bill.characters) for name, bill in consent.bills] == [("reader", 3), ("reader", 5)]
    assert consent.bills[1][1] == Bill(utterances=1, characters=5, usd=5 * 15 / 1e6, is_network=True)
    refusing = Asked(refuses=True)
    with pytest.raises(EngineError, match="too dear"):
        narrate(script("four"), VoiceSettings(), engine=engine, workshop=at(tmp_path, consent=refusing))
    assert "four" not in engine.asked


def test_engines_of_this_computer_ask_nobody(tmp_path: Path) -> None:
    consent = Asked(refuses=True)
    engine = Reader(lambda _, text: sound_for(text))
    narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path, consent=consent))
    assert not consent.bills


def test_who_only_looks_asks_nothing_of_the_network(tmp_path: Path) -> None:
    engine = network_reader()
    with pytest.raises(EngineError, match="not spoken yet"):
        narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path, is_offline=True))
    assert not engine.asked
    narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path, is_offline=True)).clips


@pytest.mark.parametrize(("price", "usd"), [(15.0, 9 * 15 / 1e6), (0.0, 0.0), (None, None)])
def test_a_bill_counts_what_is_missing_once_by_both_voices(
    tmp_path: Path, price: float | None, usd: float | None
) -> None:
    engine = network_reader(price)
    said = quoting(1, of=script("one", "one", "two", "two"))
    bill = bill_of(said, VoiceSettings(), engine=engine, store=Store(tmp_path), second_voice=SECOND)
    assert bill == Bill(utterances=3, characters=9, usd=usd, is_network=True)
    narrate(said, VoiceSettings(), engine=engine, workshop=at(tmp_path), second_voice=SECOND)
    assert bill_of(said, VoiceSettings(), engine=engine, store=Store(tmp_path), second_voice=SECOND) == Bill()


def test_bills_add_up_and_one_unknown_price_makes_the_whole_unknown() -> None:
    known, unknown = Bill(utterances=1, characters=10, usd=0.5), Bill(characters=1, usd=None, is_network=True)
    assert known + known == Bill(utterances=2, characters=20, usd=1.0)
    assert known + unknown == Bill(utterances=1, characters=11, usd=None, is_network=True)


def test_a_second_voice_that_says_nothing_need_not_be_there(tmp_path: Path) -> None:
    engine = Reader(lambda _, text: sound_for(text))

    def version(settings: VoiceSettings) -> str:
        if settings == SECOND:
            raise EngineError("not installed", cure="install it")
        return "1"

    engine.version = version
    assert narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path), second_voice=SECOND).clips
    said = quoting(0, of=script("one"))
    with pytest.raises(EngineError, match="not installed"):
        narrate(said, VoiceSettings(), engine=engine, workshop=at(tmp_path), second_voice=SECOND)


def test_two_narrations_at_once_share_a_store(tmp_path: Path) -> None:
    engine = Reader(lambda _, text: sound_for(text))
    with ThreadPoolExecutor(2) as pool:
        done = list(
            pool.map(
                lambda _: narrate(script(*WORDS), VoiceSettings(), engine=engine, workshop=at(tmp_path)).clips, range(2)
            )
        )
    assert done[0] == done[1]


def test_ctrl_c_while_work_is_handed_out_stops_it(tmp_path: Path) -> None:
    main = threading.get_ident()

    def say(_: ReaderSession, text: str) -> bytes:
        if text == "0":
            signal.pthread_kill(main, signal.SIGINT)
        time.sleep(0.01)
        return sound_for(text)

    engine = Reader(say)
    with pytest.raises(KeyboardInterrupt):
        narrate(script(*map(str, range(3000))), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert len(engine.asked) < 1500


def test_of_several_failures_the_first_is_told_with_its_sentence(tmp_path: Path) -> None:
    def say(session: ReaderSession, text: str) -> bytes:
        if text != "cause":
            time.sleep(0.2)
        raise EngineError(f"failed at {text}", cure="mend it")

    for _ in range(5):
        with pytest.raises(EngineError, match="failed at cause") as caught:
            narrate(script("cause", "effect", "more"), VoiceSettings(), engine=Reader(say), workshop=at(tmp_path))
        assert caught.value.utterance == "cause"


def test_what_a_server_is_at_when_another_sentence_fails_is_waited_for_and_kept(tmp_path: Path) -> None:
    begun = threading.Event()

    def say(session: ReaderSession, text: str) -> bytes:
        if text == "bad":
            assert begun.wait(timeout=30)
            raise EngineError("refused", cure="say it differently")
        begun.set()
        time.sleep(0.3)
        assert not session.closed.is_set()
        return sound_for(text)

    engine = Reader(say, is_network=True, concurrency=Concurrency.ASYNC, at_once=2)
    with pytest.raises(EngineError, match="refused"):
        narrate(script("bad", "paid", "never"), VoiceSettings(), engine=engine, workshop=at(tmp_path))
    assert set(engine.asked) == {"bad", "paid"}
    assert bill_of(script("paid"), VoiceSettings(), engine=engine, store=Store(tmp_path)) == Bill()


def test_a_voice_that_is_changed_before_it_speaks_is_not_kept_under_the_key_of_the_old_one(tmp_path: Path) -> None:
    engine = Reader(lambda _, text: sound_for(text))
    versions = iter(["1", "2"])
    engine.version = lambda settings: next(versions)
    with pytest.raises(EngineError, match="was changed while it was in use; run the same command again"):
        narrate(script("one"), VoiceSettings(), engine=engine, workshop=at(tmp_path, workers=1))
    assert not engine.asked
