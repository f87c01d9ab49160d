"""What every engine must hold to: the trial over all that are offered, with what each needs to speak."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.engines import Engine, engine_names, find_engine
from pipeline.engines.tone import ToneEngine
from pipeline.engines.trial import CHECKS, Check
from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.model import Role, Script, Utterance, VoiceSettings
from pipeline.narration import missing_clips, narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop

#: Engines that speak as they are; the others need a model or a server, which tests/engines/NAME/stand.py makes.
AT_HAND = {"espeak": VoiceSettings(), "tone": VoiceSettings(engine="tone", name="low")}
WITH_A_STAND = ("elevenlabs", "gtts", "kokoro", "openai", "piper")

#: Engine -> the library that only its extra brings.
OPTIONAL = {"kokoro": "kokoro_onnx", "piper": "piper"}

TONE = AT_HAND["tone"]


def ready(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AbstractContextManager[tuple[Engine, VoiceSettings]]:
    """The engine of that name with whatever it needs to speak, and a voice of it."""
    if name in AT_HAND:
        return nullcontext((find_engine(name), AT_HAND[name]))
    made: AbstractContextManager[tuple[Engine, VoiceSettings]] = import_module(f"tests.engines.{name}.stand").ready(
        tmp_path, monkeypatch
    )
    return made


@pytest.fixture(params=[*AT_HAND, *WITH_A_STAND])
def standing(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Engine, VoiceSettings]]:
    with ready(request.param, tmp_path, monkeypatch) as engine_and_voice:
        yield engine_and_voice


def test_every_engine_that_is_offered_is_tried_here() -> None:
    assert set(engine_names()) == {*AT_HAND, *WITH_A_STAND}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_engine_keeps_every_promise(standing: tuple[Engine, VoiceSettings], check: Check) -> None:
    check(*standing)


def test_its_name_is_that_of_its_entry_point(standing: tuple[Engine, VoiceSettings]) -> None:
    engine, voice = standing
    assert engine.name == voice.engine
    assert isinstance(engine, type(find_engine(engine.name)))


@pytest.mark.parametrize("name", OPTIONAL)
def test_without_its_library_an_engine_says_which_command_installs_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ready(name, tmp_path, monkeypatch) as (engine, voice):
        engine.open(voice).close()  # everything else that it needs is there
        said = opened_without(OPTIONAL[name], voice)
    assert said["kind"] == "EngineUnavailable"
    assert f"{sys.executable} -m pip install 'audio-edition[{name}]'" in said["cure"]


def test_whatever_the_version_says_is_part_of_the_key_of_every_clip(tmp_path: Path) -> None:
    """That the version of an engine with a model holds the model's digest, its own tests say."""

    class Newer(ToneEngine):
        def version(self, settings: VoiceSettings) -> str:
            return f"2, for {settings.name}"

    spoken = Utterance(display="Salka", spoken="Salka", forms=(), role=Role.BODY, pause_after_ms=0)
    script = Script(title="Test", language="en-GB", utterances=(spoken,))
    workshop = Workshop(store=Store(tmp_path), workers=1, progress=Silence())
    assert narrate(script, TONE, engine=ToneEngine(), workshop=workshop).synthesised == 1
    assert missing_clips(script, TONE, engine=ToneEngine(), store=workshop.store) == ()
    assert missing_clips(script, TONE, engine=Newer(), store=workshop.store) == (0,)


def test_an_engine_nobody_offers_is_named_with_those_there_are() -> None:
    with pytest.raises(EngineUnavailable, match="espeak"):
        find_engine("espik")


def opened_without(library: str, voice: VoiceSettings) -> dict[str, str]:
    """What an own process says that opens a Session of ``voice`` where ``library`` is not installed."""
    code = (
        "import json, sys\n"
        f"sys.modules[{library!r}] = None\n"
        "from pipeline.engines import find_engine\n"
        "from pipeline.errors import EngineError\n"
        "from pipeline.model import VoiceSettings\n"
        f"voice = VoiceSettings(engine={voice.engine!r}, name={voice.name!r})\n"
        "try:\n"
        "    find_engine(voice.engine).open(voice)\n"
        "except EngineError as error:\n"
        "    print(json.dumps({'kind': type(error).__name__, 'cure': error.cure}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    said: dict[str, str] = json.loads(done.stdout)
    return said


def test_a_key_in_show_toml_is_refused_and_never_told() -> None:
    with pytest.raises(ConfigError, match="take the key out") as caught:
        find_engine("openai", {"openai": {"key": "sk-secret"}})
    assert "sk-secret" not in str(caught.value)
