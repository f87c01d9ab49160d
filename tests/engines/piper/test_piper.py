"""Piper's own library on models of tones: what is said, when, how loud, and what is told when it cannot be."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

from pipeline.engines import Session
from pipeline.engines.piper import PiperEngine
from pipeline.engines.piper.options import PiperOptions
from pipeline.errors import EngineError, EngineUnavailable, VoiceNotFound
from pipeline.model import Role, Script, Timing, Utterance, VoiceSettings
from pipeline.narration import load_clip, narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.voices.folder import VARIABLE, model_folder
from pipeline.workshop import Workshop
from tests.engines.onnx_models import AMPLITUDE, PIPER_TONES, heard_tones, install_piper
from tests.engines.spoken_words import SENTENCES, Said, require_times_of_truth

VOICE = "en_GB-tones-medium"
SIGNS = {ids[0]: sign for sign, ids in DEFAULT_PHONEME_ID_MAP.items()}


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "voices"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def settings(name: str = VOICE, *, pace_wpm: int = 165) -> VoiceSettings:
    return VoiceSettings(engine="piper", name=name, pace_wpm=pace_wpm)


@pytest.fixture
def session() -> Iterator[Session]:
    install_piper()
    opened = PiperEngine().open(settings())
    yield opened
    opened.close()


def signs_heard(session: Session, text: str) -> str:
    """What is said of ``text``, as it stands in the sound."""
    return "".join(SIGNS[tone.id] for tone in heard_tones(session.speak(text), PIPER_TONES))


@pytest.mark.parametrize("pace_wpm", [165, 200])
@pytest.mark.parametrize("lengths", ["hidden", "output"])
@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text[:20])
def test_every_word_is_marked_where_it_is_heard(said: Said, lengths: str, pace_wpm: int) -> None:
    install_piper(lengths=lengths)
    session = PiperEngine().open(settings(pace_wpm=pace_wpm))
    clip = session.speak(said.text)
    tones = [(SIGNS[tone.id], tone.sample) for tone in heard_tones(clip, PIPER_TONES)]
    require_times_of_truth(said, clip, tones)


def test_a_faster_pace_makes_it_shorter_by_as_much() -> None:
    install_piper()
    usual, faster = (PiperEngine().open(settings(pace_wpm=pace)).speak("The port of Salka.") for pace in (165, 330))
    assert 0.4 < faster.sample_count / usual.sample_count < 0.62  # whole frames


def test_a_model_that_does_not_know_its_lengths_has_no_marks() -> None:
    install_piper(lengths="no")
    clip = PiperEngine().open(settings()).speak("The port of Salka.")
    assert clip.sample_count > 10_000
    assert clip.marks == ()


def test_a_phoneme_that_the_voice_does_not_know_costs_no_mark() -> None:
    lacking = {sign: ids for sign, ids in DEFAULT_PHONEME_ID_MAP.items() if sign not in {"l", "ɒ"}}
    install_piper(config={"phoneme_id_map": lacking})
    clip = PiperEngine().open(settings()).speak("The old mill of Salka closed.")
    assert [mark.timing for mark in clip.marks] == [Timing.ALIGNED] * 6
    tones = [(SIGNS[tone.id], tone.sample) for tone in heard_tones(clip, PIPER_TONES)]
    mill = next(sample for sign, sample in tones if sign == "m")
    assert abs(clip.marks[2].sample_start - mill) < 0.02 * PIPER_TONES.rate


def test_a_voice_that_reads_letters_is_marked_too() -> None:
    letters = {sign: [number] for number, sign in enumerate("_^$ .abcdefghijklmnopqrstuvwxyz")}
    install_piper(config={"phoneme_type": "text", "phoneme_id_map": letters})
    session = PiperEngine().open(settings())
    text = "the port of the town."
    clip = session.speak(text)
    tones = [("_^$ .abcdefghijklmnopqrstuvwxyz"[tone.id], tone.sample) for tone in heard_tones(clip, PIPER_TONES)]
    assert "".join(sign for sign, _ in tones) == text
    for mark in clip.marks:
        assert abs(mark.sample_start - tones[mark.char_start][1]) < 0.02 * PIPER_TONES.rate
    with pytest.raises(EngineError, match=r"reads letters.*respelling"):
        session.speak("the [[ˈkiːv]] port")


def test_what_a_sentence_is_made_of_decides_how_loud_it_is() -> None:
    for amplitude in (AMPLITUDE, 0.02):
        install_piper(amplitude=amplitude)
        clip = PiperEngine().open(settings()).speak("A quiet one.")
        assert np.abs(np.frombuffer(clip.pcm, dtype="<i2")).max() == pytest.approx(amplitude * 32767, abs=30)


def test_what_is_too_loud_is_clipped_and_does_not_wrap_around() -> None:
    said = {}
    for amplitude in (AMPLITUDE, 1.7):
        install_piper(amplitude=amplitude)
        said[amplitude] = np.frombuffer(PiperEngine().open(settings()).speak("Too loud.").pcm, dtype="<i2")
    assert (said[1.7].min(), said[1.7].max()) == (-32767, 32767)
    audible = np.abs(said[AMPLITUDE]) > 100
    assert (np.sign(said[1.7][audible]) == np.sign(said[AMPLITUDE][audible])).all()


def test_each_speaker_of_a_voice_is_asked_for_by_name_or_number() -> None:
    install_piper("en_GB-pair-medium", speakers=2)
    engine = PiperEngine()
    loudest = {
        name: int(np.abs(np.frombuffer(engine.open(settings(name)).speak("One.").pcm, dtype="<i2")).max())
        for name in ("en_GB-pair-medium", "en_GB-pair-medium#ines", "en_GB-pair-medium#tomas", "en_GB-pair-medium#1")
    }
    first, second = round(AMPLITUDE * 32767), round(AMPLITUDE * 32767 / 2)
    assert list(loudest.values()) == pytest.approx([first, first, second, second], abs=30)
    assert [voice.name for voice in engine.voices()] == list(loudest)[:3]
    with pytest.raises(VoiceNotFound, match=r'no speaker "tomasz".*en_GB-pair-medium#tomas'):
        engine.open(settings("en_GB-pair-medium#tomasz"))


def test_a_voice_of_one_speaker_has_no_others(session: Session) -> None:
    with pytest.raises(VoiceNotFound, match=rf'no speaker "1".*: {VOICE}$'):
        PiperEngine().open(settings(f"{VOICE}#1"))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("[[ˈkiːv]]", "kˈiːv"),
        ("From [[ˈkiːv]].", "fɹɒm kˈiːv."),
        ("“[[ˈkiːv]],” he said.", "kˈiːv, hiː sˈɛd."),
        ("He left “[[ˈkiːv]]”: gone.", "hiː lˈɛft kˈiːv: ɡˈɒn."),
        ("Was it [[ˈkiːv]]? He left.", "wɒz ɪt kˈiːv?hiː lˈɛft."),
        ("pro-[[ˈkiːv]] men", "pɹˈəʊkˈiːv mˈɛn"),
        ("a—[[ˈkiːv]]—b", "ˈeɪ; kˈiːv bˈiː"),
        ("the [[ˈkiːv]]-based [[dʒɪnˈpɪŋ]]", "ðə kˈiːvbˈeɪst dʒɪnpˈɪŋ"),
        ("[[t͡ʃoʊz]] [[gʁa]]", "tʃˈəʊz ɡɹˈæ"),
    ],
)
def test_a_given_sound_is_said_as_the_voice_was_taught_sounds(session: Session, text: str, heard: str) -> None:
    assert signs_heard(session, text) == heard


def test_an_american_voice_says_given_sounds_in_its_own_accent() -> None:
    install_piper(config={"espeak": {"voice": "en-us"}})
    assert signs_heard(PiperEngine().open(settings()), "[[ˈrəʊn]] [[ˈɡɒf]]") == "ɹˈoʊn ɡˈɑːf"


def test_a_sound_that_the_voice_does_not_have_is_named_with_the_cure(session: Session) -> None:
    with pytest.raises(EngineError, match=r'ipa "ǃʊŋ".*“ǃ” \(U\+01C3\).*lexicon\.toml'):
        session.speak("The [[ǃʊŋ]] went.")
    assert session.speak("It goes on.").sample_count > 0


@pytest.mark.parametrize(
    "text", ["a\0b c", "naïve Łódź Ærø 北京", "word " * 400, "[[a]] [[ ]] [[b <b>&amp;", "half \ud800 a pair", "北京"]
)
def test_odd_text_is_said_and_every_word_has_its_mark(session: Session, text: str) -> None:
    clip = session.speak(text)
    assert clip.sample_count > 0
    assert len(clip.marks) == len(text.split())
    assert clip.marks[-1].sample_end == clip.sample_count


def test_signs_for_which_the_voice_has_no_sound_at_all_are_named_and_the_session_goes_on(session: Session) -> None:
    with pytest.raises(EngineError, match=r'^piper finds nothing to say in "१२"; say it differently'):
        session.speak("१२")
    assert session.speak("Twelve.").sample_count > 0


@pytest.mark.parametrize("text", ["", "  ", "\n", "...", "—", "“”", "[[]]"])
def test_text_without_a_word_has_no_sound(session: Session, text: str) -> None:
    assert session.speak(text).sample_count == 0


def test_phonemes_do_not_depend_on_what_came_before(session: Session) -> None:
    texts = ("Salka", "", "the [[ˈkiːv]] port.", "Dr. Calder", "—")
    assert session.phonemes(texts) == ("sˈælkɐ", "", "ðə kˈiːv pˈɔːt", "dˈɒktɐ kˈɒldɐ", "")
    assert session.phonemes(texts[::-1]) == session.phonemes(texts)[::-1]


def test_two_threads_give_what_one_gives() -> None:
    install_piper()
    engine = PiperEngine()
    texts = [f"Ferry number {number} left for Salka, and the crew of the port slept." for number in range(24)]
    alone = _clips(engine, texts)
    with ThreadPoolExecutor(max_workers=2) as pool:
        halves = list(pool.map(lambda half: _clips(engine, half), [texts[:12], texts[12:]]))
    assert halves[0] + halves[1] == alone


def _clips(engine: PiperEngine, texts: Sequence[str]) -> list[object]:
    session = engine.open(settings())
    return [session.speak(text) for text in texts]


def test_closing_from_another_thread_ends_what_is_spoken_and_no_one_elses() -> None:
    install_piper(turns=10**9)  # hours
    engine = PiperEngine()
    session, other = engine.open(settings()), engine.open(settings())
    caught: list[EngineError] = []

    def speak() -> None:
        with pytest.raises(EngineError) as error:
            session.speak("This would take hours.")
        caught.append(error.value)

    speaking = Thread(target=speak)
    speaking.start()
    time.sleep(0.3)
    began = time.monotonic()
    session.close()
    session.close()
    speaking.join(timeout=5)
    assert time.monotonic() - began < 1.0
    assert "was closed" in str(caught[0])
    with pytest.raises(EngineError, match="was closed"):
        session.speak("More.")
    with pytest.raises(EngineError, match="was closed"):
        session.phonemes(["More."])
    assert other.phonemes(["More."]) == ("mˈɔː",)
    other.close()


def test_the_model_in_memory_is_one_for_all_sessions() -> None:
    install_piper()
    engine = PiperEngine()
    first, second = engine.open(settings()), engine.open(settings())
    assert first._runs._session is second._runs._session
    assert first.speak("Still there.") == second.speak("Still there.")


def test_the_version_changes_with_the_model_and_with_what_changes_the_sound() -> None:
    install_piper()
    plain = PiperEngine().version(settings())
    assert plain.startswith("piper-tts 1.")
    assert "onnxruntime 1." in plain
    lively = PiperEngine(PiperOptions(noise_scale=0.9)).version(settings())
    install_piper(amplitude=0.2)
    other = PiperEngine().version(settings())
    assert len({plain, lively, other}) == 3
    assert PiperEngine().licence(settings()) == "CC0-1.0"


def test_a_voice_that_is_not_installed_is_named_with_what_installs_it() -> None:
    for ask in (PiperEngine().open, PiperEngine().version, PiperEngine().licence):
        with pytest.raises(
            VoiceNotFound, match=r'^piper has no voice "en_GB-alba-medium" here.*install piper:en_GB-alba'
        ):
            ask(settings("en_GB-alba-medium"))
    install_piper()
    with pytest.raises(VoiceNotFound, match=rf"install piper:en_GB-tone-medium.*one of: {VOICE}"):
        PiperEngine().open(settings("en_GB-tone-medium"))


@pytest.mark.parametrize("ending", [".onnx", ".onnx.json"])
def test_a_broken_model_is_told_with_the_cure(ending: str) -> None:
    model = install_piper()
    file = next(file for file in model.files if file.name.endswith(ending))
    (model_folder("piper", VOICE) / file.name).write_bytes(b"x" * file.length_bytes)
    with pytest.raises(EngineUnavailable, match=rf"cannot be read.*audio-edition voices install piper:{VOICE}"):
        PiperEngine().open(settings())


@pytest.mark.parametrize("config", [{"phoneme_type": "pinyin"}, {"audio": {}}])
def test_a_model_that_cannot_be_used_here_says_so(config: dict[str, object]) -> None:
    install_piper(config=config)
    with pytest.raises(EngineUnavailable, match=r"reads its text by pinyin|lacks 'sample_rate'"):
        PiperEngine().open(settings())


@pytest.mark.parametrize("missing", ["piper", "onnxruntime", "onnx"])
def test_without_the_extra_the_command_that_installs_it_is_told(missing: str) -> None:
    install_piper()
    ask = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from pipeline.engines.piper import PiperEngine\n"
        "from pipeline.errors import EngineUnavailable\n"
        "from pipeline.model import VoiceSettings\n"
        f"asked = VoiceSettings(engine='piper', name={VOICE!r})\n"
        "for ask in ('open', 'version', 'licence', 'voices'):\n"
        "    try: getattr(PiperEngine(), ask)(*([] if ask == 'voices' else [asked]))\n"
        "    except EngineUnavailable as error: print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.splitlines()
    cure = f"install what it needs: {sys.executable} -m pip install 'audio-edition[piper]'"
    assert told == [f"the engine piper cannot speak here: the package {missing} is not installed; {cure}"] * 4


def test_listing_its_voices_loads_no_library() -> None:
    install_piper()
    ask = (
        "import sys; from pipeline.engines.piper import PiperEngine; print(len(PiperEngine().voices()))\n"
        "print(sorted({'piper', 'onnxruntime', 'onnx', 'numpy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["1", "[]"]


def test_nothing_is_printed(session: Session, capfd: pytest.CaptureFixture[str]) -> None:
    session.speak("The [[ˈkiːv]] port \u0905 — naïve.")
    few = {"_": [0], "^": [1], "$": [2], "ɪ": [5], "t": [6]}  # piper would warn of each that is missing
    install_piper("en_GB-short-medium", config={"phoneme_id_map": few})
    PiperEngine().open(settings("en_GB-short-medium")).speak("It is, is it?")
    assert capfd.readouterr() == ("", "")


def test_a_script_is_narrated_once(tmp_path: Path) -> None:
    install_piper()
    texts = ("The Harbour Review.", "He said that the port was closed.", "The Causeway Letter.")
    script = Script(
        title="Test",
        language="en-GB",
        utterances=tuple(
            Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0) for text in texts
        ),
    )
    store = Store(tmp_path / "cache")
    workshop = Workshop(store=store, workers=2, progress=Silence())
    first = narrate(script, settings(), engine=PiperEngine(), workshop=workshop)
    again = narrate(script, settings(), engine=PiperEngine(), workshop=workshop)
    assert (first.synthesised, again.synthesised) == (3, 0)
    assert first.clips == again.clips
    spoken = load_clip(store, first.clips[1].key)
    assert spoken is not None
    assert [mark.timing for mark in spoken.marks] == [Timing.ALIGNED] * 7
