"""Kokoro's own library on a model of tones: what is said, when, how loud, and what is told when it cannot be."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import espeakng_loader
import numpy as np
import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from pipeline.engines import Session
from pipeline.engines.kokoro import KokoroEngine
from pipeline.engines.kokoro.engine import KokoroOptions
from pipeline.engines.kokoro.model import within_reach
from pipeline.errors import ConfigError, EngineError, EngineUnavailable, VoiceNotFound
from pipeline.model import Clip, Role, Script, Timing, Utterance, VoiceSettings
from pipeline.narration import load_clip, narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.voices.folder import VARIABLE, model_folder
from pipeline.workshop import Workshop
from tests.engines.onnx_models import AMPLITUDE, KOKORO_TONES, heard_tones, install_kokoro
from tests.engines.spoken_words import SENTENCES, Said, require_times_of_truth

SIGNS = {number: sign for sign, number in DEFAULT_VOCAB.items()}


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "voices"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def settings(name: str = "bf_emma", *, pace_wpm: int = 165) -> VoiceSettings:
    return VoiceSettings(engine="kokoro", name=name, pace_wpm=pace_wpm)


@pytest.fixture
def session() -> Iterator[Session]:
    install_kokoro()
    opened = KokoroEngine().open(settings())
    yield opened
    opened.close()


def tones_of(clip: Clip) -> list[tuple[str, int]]:
    return [(SIGNS[tone.id], tone.sample) for tone in heard_tones(clip, KOKORO_TONES)]


def signs_heard(session: Session, text: str) -> str:
    """What is said of ``text``, as it stands in the sound."""
    return "".join(sign for sign, _ in tones_of(session.speak(text)))


def loudest(clip: Clip) -> int:
    return int(np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(int)).max())


@pytest.mark.parametrize("pace_wpm", [165, 200])
@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text[:20])
def test_every_word_is_marked_where_it_is_heard(said: Said, pace_wpm: int) -> None:
    install_kokoro()
    clip = KokoroEngine().open(settings(pace_wpm=pace_wpm)).speak(said.text)
    require_times_of_truth(said, clip, tones_of(clip))


def test_in_a_text_of_several_runs_every_word_is_marked_where_it_is_heard(session: Session) -> None:
    said = Said(" ".join(one.text for one in SENTENCES * 3), tuple(word for one in SENTENCES * 3 for word in one.words))
    assert len(session.phonemes([said.text])[0]) > 3 * 510 / 2
    clip = session.speak(said.text)
    require_times_of_truth(said, clip, tones_of(clip))


def test_a_faster_pace_makes_it_shorter_by_as_much() -> None:
    install_kokoro()
    usual, faster = (KokoroEngine().open(settings(pace_wpm=pace)).speak("The port of Salka.") for pace in (165, 330))
    assert 0.4 < faster.sample_count / usual.sample_count < 0.62  # whole frames


@pytest.mark.parametrize("pace_wpm", [82, 331])
def test_a_pace_that_it_cannot_keep_is_refused_with_those_it_can(pace_wpm: int) -> None:
    install_kokoro()
    with pytest.raises(ConfigError, match=rf"cannot speak {pace_wpm} words a minute.*from 83 to 330"):
        KokoroEngine().open(settings(pace_wpm=pace_wpm))


@pytest.mark.parametrize("pace_wpm", [83, 330])
def test_the_ends_of_what_it_can_are_spoken(pace_wpm: int) -> None:
    install_kokoro()
    assert KokoroEngine().open(settings(pace_wpm=pace_wpm)).speak("Salka.").sample_count > 0


def test_a_model_that_does_not_tell_its_lengths_has_no_marks() -> None:
    install_kokoro(has_durations=False)
    clip = KokoroEngine().open(settings()).speak("The port of Salka.")
    assert clip.sample_count > 10_000
    assert clip.marks == ()


def test_nothing_is_trimmed_levelled_or_paused(session: Session) -> None:
    clip = session.speak("One. Two, three. Four.")
    signs = "".join(sign for sign, _ in tones_of(clip))
    assert signs == "wˌɒn. tˈuː, θɹˈiː. fˈɔː."
    assert clip.sample_count == 2 * 600 * (len(signs) + 2)  # two frames a sign, and the silent one at each end
    assert loudest(clip) == pytest.approx(AMPLITUDE * 32767, abs=30)


def test_what_is_too_loud_is_clipped_and_does_not_wrap_around() -> None:
    said = {}
    for gain in (1.0, 6.0):
        install_kokoro(gain=gain)
        said[gain] = np.frombuffer(KokoroEngine().open(settings()).speak("Too loud.").pcm, dtype="<i2")
    assert (said[6.0].min(), said[6.0].max()) == (-32767, 32767)
    audible = np.abs(said[1.0]) > 100
    assert (np.sign(said[6.0][audible]) == np.sign(said[1.0][audible])).all()


def test_what_is_no_sound_is_an_error() -> None:
    install_kokoro(gain=float("nan"))
    with pytest.raises(EngineError, match="not a number"):
        KokoroEngine().open(settings()).speak("Too loud.")


@pytest.mark.parametrize(
    ("voice", "share"),
    [("af_heart", 1.0), ("af_sky", 0.5), ("af_heart+af_sky", 0.75), ("af_heart*3+af_sky", 0.875), ("af_sky*.5", 0.5)],
)
def test_voices_can_be_mixed(voice: str, share: float) -> None:
    install_kokoro()
    assert loudest(KokoroEngine().open(settings(voice)).speak("One.")) == pytest.approx(
        share * AMPLITUDE * 32767, abs=40
    )


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("From [[ˈkiːv]].", "fɹɒm kˈiːv."),
        ("“[[ˈkiːv]],” he said.", "“kˈiːv,” hiː sˈɛd."),
        ("pro-[[ˈkiːv]] men", "pɹˈəʊkˈiːv mˈɛn"),
        ("the [[ˈkiːv]]-based [[dʒɪnˈpɪŋ]]", "ðə kˈiːvbˈeɪst dʒɪnpˈɪŋ"),
        ("[[ˈbæk]]\nto back", "bˈak tə bˈak"),
        ("3.5 miles, or 1,000.", "θɹˈiː pɔɪnt fˈaɪv mˈaɪlz, ɔː wˈɒn θˈaʊzənd."),
        ("“No”—she left.", "“nˈəʊ”—ʃiː lˈɛft."),
    ],
)
def test_what_is_said_is_what_is_written(session: Session, text: str, heard: str) -> None:
    assert signs_heard(session, text) == heard


def test_each_voice_speaks_its_language_and_says_no_names_of_others() -> None:
    install_kokoro()
    engine = KokoroEngine()
    assert engine.open(settings("af_heart")).phonemes(["water"]) == ("wˈɔːɾɚ",)
    assert engine.open(settings("bf_emma")).phonemes(["water"]) == ("wˈɔːtə",)
    said = engine.open(settings("ff_siwis")).phonemes(["Le weekend à Paris, [[kiˈɛv]]"])[0]
    assert said.endswith("paʁˈi kiˈɛv")
    assert "(" not in said


def test_a_language_that_cannot_be_read_here_is_refused() -> None:
    install_kokoro()
    with pytest.raises(ConfigError, match=r'"jf_alpha" cannot be used.*Japanese.*b \(British English\)'):
        KokoroEngine().open(settings("jf_alpha"))
    assert [voice.name for voice in KokoroEngine().voices()] == ["af_heart", "af_sky", "bf_emma", "ff_siwis"]


def test_voices_have_words_for_people() -> None:
    install_kokoro()
    emma = next(voice for voice in KokoroEngine().voices() if voice.name == "bf_emma")
    assert (emma.label, emma.language, emma.licence) == ("Emma (female, British English)", "en-GB", "CC0-1.0")


@pytest.mark.parametrize("name", ["bf_ema", "bf_emma+bf_ema", "bf_emma*x", "", "+", "af_heart+"])
def test_a_voice_that_it_does_not_have_is_named_with_the_nearest(name: str) -> None:
    install_kokoro()
    with pytest.raises(VoiceNotFound, match=r'^kokoro\'s model kokoro-v1\.0 has no voice ".*one of: \w\w_'):
        KokoroEngine().open(settings(name))


def test_a_mix_of_nothing_is_refused() -> None:
    install_kokoro()
    with pytest.raises(ConfigError, match="no weight"):
        KokoroEngine().open(settings("bf_emma*0"))


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


def test_one_word_longer_than_the_model_takes_is_said_to_its_end(session: Session) -> None:
    clip = session.speak(f"[[{'bɑ' * 700}]] now")
    tones = tones_of(clip)
    assert "".join(sign for sign, _ in tones) == "bˈɑː" + "bɑː" * 699 + " nˈaʊ"
    assert [mark.char_start for mark in clip.marks] == [0, 1405]
    assert abs(clip.marks[1].sample_start - tones[-4][1]) < 0.06 * clip.sample_rate


@pytest.mark.parametrize("text", ["", "  ", "\n", "...", "—", "“”", "[[]]"])
def test_text_without_a_word_has_no_sound(session: Session, text: str) -> None:
    assert session.speak(text).sample_count == 0


def test_signs_for_which_the_voice_has_no_sound_at_all_are_named_and_the_session_goes_on(session: Session) -> None:
    with pytest.raises(EngineError, match=r'^kokoro finds nothing to say in "१२"; say it differently'):
        session.speak("१२")
    assert session.speak("Twelve.").sample_count > 0


def test_phonemes_do_not_depend_on_what_came_before(session: Session) -> None:
    texts = ("Salka", "", "the [[ˈkiːv]] port.", "Dr. Calder", "—")
    assert session.phonemes(texts) == ("sˈalkə", "", "ðə kˈiːv pˈɔːt", "dˈɒktə kˈɒldə", "")
    assert session.phonemes(texts[::-1]) == session.phonemes(texts)[::-1]


def test_two_threads_give_what_one_gives() -> None:
    install_kokoro()
    engine = KokoroEngine()
    texts = [f"Ferry number {number} left for Salka, and the crew of the port slept." for number in range(24)]
    alone = _clips(engine, texts)
    with ThreadPoolExecutor(max_workers=2) as pool:
        halves = list(pool.map(lambda half: _clips(engine, half), [texts[:12], texts[12:]]))
    assert halves[0] + halves[1] == alone


def _clips(engine: KokoroEngine, texts: Sequence[str]) -> list[Clip]:
    session = engine.open(settings())
    return [session.speak(text) for text in texts]


def test_closing_from_another_thread_ends_what_is_spoken_and_no_one_elses() -> None:
    install_kokoro(turns=10**9)  # hours
    engine = KokoroEngine()
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


def test_the_version_changes_with_the_model() -> None:
    install_kokoro()
    first = KokoroEngine().version(settings())
    assert first.startswith("kokoro-onnx 0.")
    assert "onnxruntime 1." in first
    install_kokoro(gain=0.5)
    louder = KokoroEngine().version(settings())
    install_kokoro(gain=0.5, voices={"bf_emma": 0.7})
    assert len({first, louder, KokoroEngine().version(settings())}) == 3
    assert KokoroEngine().licence(settings()) == "CC0-1.0"


def test_another_installed_model_can_be_chosen() -> None:
    install_kokoro("kokoro-v1.0.int8", voices={"bf_emma": 0.5})
    engine = KokoroEngine(KokoroOptions(model="kokoro-v1.0.int8"))
    assert [voice.name for voice in engine.voices()] == ["bf_emma"]
    assert engine.open(settings()).speak("One.").sample_count > 0
    with pytest.raises(
        EngineUnavailable, match=r'"kokoro-v1\.0" is not installed.*model to one of: kokoro-v1\.0\.int8'
    ):
        KokoroEngine().open(settings())


def test_without_a_model_the_command_that_installs_it_is_told() -> None:
    for ask in (KokoroEngine().open, KokoroEngine().version, KokoroEngine().licence):
        with pytest.raises(EngineUnavailable, match=r"audio-edition voices install kokoro:kokoro-v1\.0$"):
            ask(settings())
    assert KokoroEngine().voices() == ()


@pytest.mark.parametrize("ending", [".onnx", ".bin"])
def test_a_broken_model_is_told_with_the_cure(ending: str) -> None:
    model = install_kokoro()
    file = next(file for file in model.files if file.name.endswith(ending))
    (model_folder("kokoro", "kokoro-v1.0") / file.name).write_bytes(b"x" * file.length_bytes)
    with pytest.raises(EngineUnavailable, match=r"cannot be read.*audio-edition voices install kokoro:kokoro-v1\.0"):
        KokoroEngine().open(settings())


@pytest.mark.parametrize("missing", ["kokoro_onnx", "onnxruntime", "phonemizer"])
def test_without_the_extra_the_command_that_installs_it_is_told(missing: str) -> None:
    install_kokoro()
    ask = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from pipeline.engines.kokoro import KokoroEngine\n"
        "from pipeline.errors import EngineUnavailable\n"
        "from pipeline.model import VoiceSettings\n"
        "asked = VoiceSettings(engine='kokoro', name='bf_emma')\n"
        "for ask in ('open', 'version', 'licence', 'voices'):\n"
        "    try: getattr(KokoroEngine(), ask)(*([] if ask == 'voices' else [asked]))\n"
        "    except EngineUnavailable as error: print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.splitlines()
    cure = f"install what it needs: {sys.executable} -m pip install 'audio-edition[kokoro]'"
    assert told == [f"the engine kokoro cannot speak here: the package {missing} is not installed; {cure}"] * 4


def test_listing_its_voices_loads_no_library() -> None:
    install_kokoro()
    ask = (
        "import sys; from pipeline.engines.kokoro import KokoroEngine; print(len(KokoroEngine().voices()))\n"
        "print(sorted({'kokoro_onnx', 'phonemizer', 'onnxruntime', 'numpy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["4", "[]"]


def test_data_that_lies_too_deep_for_espeak_is_found_by_a_short_way(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("deeper" * 20)
    deep.mkdir(parents=True)
    data = deep / "espeak-ng-data"
    data.symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    ask = (
        "import sys; from pathlib import Path; import espeakng_loader\n"
        "from phonemizer.backend import EspeakBackend\n"
        "from phonemizer.backend.espeak.wrapper import EspeakWrapper\n"
        "from pipeline.engines.kokoro.model import within_reach\n"
        "EspeakWrapper.set_library(espeakng_loader.get_library_path())\n"
        f"short = within_reach(Path({str(data)!r}))\n"
        "EspeakWrapper.set_data_path(str(short))\n"
        "print(EspeakBackend('en-gb').phonemize(['Salka'])[0], short)\n"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "salkə"
    assert len(told[1]) < 120
    assert not Path(told[1]).parent.exists()


def test_data_that_does_not_lie_too_deep_is_taken_where_it_lies() -> None:
    assert within_reach(Path("/voices/espeak-ng-data")) == Path("/voices/espeak-ng-data")


def test_nothing_is_printed(session: Session, capfd: pytest.CaptureFixture[str]) -> None:
    session.speak("The [[ˈkiːv]] port \u0905 — naïve Привет.")
    assert capfd.readouterr() == ("", "")


def test_a_script_is_narrated_once(tmp_path: Path) -> None:
    install_kokoro()
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
    first = narrate(script, settings(), engine=KokoroEngine(), workshop=workshop)
    again = narrate(script, settings(), engine=KokoroEngine(), workshop=workshop)
    assert (first.synthesised, again.synthesised) == (3, 0)
    assert first.clips == again.clips
    spoken = load_clip(store, first.clips[1].key)
    assert spoken is not None
    assert [mark.timing for mark in spoken.marks] == [Timing.ALIGNED] * 7
