"""The key: from the environment or the keyring into the header, and into nothing that anybody can read."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from pipeline.engines.openai import OpenAIEngine
from pipeline.engines.openai.options import OpenAIOptions
from pipeline.errors import EngineError
from pipeline.model import VoiceSettings
from tests.engines.network.loopback import Call, Reply, serving
from tests.engines.openai.stand import KEY, VARIABLE, answer_well, at_stand, refusal

VOICE = VoiceSettings(engine="openai", name="af_sky")

BACKEND = f'''
"""A keyring with one key in it."""
from keyring.backend import KeyringBackend

class HarbourKeyring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return {KEY!r} if (service, username) == ("audio-edition", "{VARIABLE}") else None

    def set_password(self, service, username, password):
        raise AssertionError

    def delete_password(self, service, username):
        raise AssertionError
'''

PROGRAM = f"""
import sys
from pipeline.engines.openai import OpenAIEngine
from pipeline.engines.openai.options import OpenAIOptions
from pipeline.model import VoiceSettings

engine = OpenAIEngine(OpenAIOptions(url=sys.argv[1], model="kokoro", key_variable="{VARIABLE}"))
session = engine.open(VoiceSettings(engine="openai", name="af_sky"))
print(session.speak("Salka.").sample_count, engine, session, engine.version(VoiceSettings()))
session.close()
"""


def test_a_key_of_the_keyring_is_as_good_as_one_of_the_environment(tmp_path: Path, root: Path) -> None:
    (tmp_path / "harbour_keyring.py").write_text(BACKEND, encoding="utf-8")
    hidden = {VARIABLE, "COVERAGE_PROCESS_START"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {
        "PYTHON_KEYRING_BACKEND": "harbour_keyring.HarbourKeyring",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(root)]),
    }
    with serving(answer_well) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM, f"{server.url}/v1"],
            check=False,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert {call.headers["authorization"] for call in server.calls} == {f"Bearer {KEY}"}
    assert int(done.stdout.split()[0]) > 0
    assert KEY not in done.stdout + done.stderr


def rendered(error: BaseException | None) -> str:
    """Everything that can be made of an error and of those before it, with the local variables of our own frames."""
    if error is None:
        return ""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if "/tests/" not in frame.f_code.co_filename]
    assert frames or error.__traceback__ is None
    shown = [str(error), repr(error), repr(vars(error)), *(repr(frame.f_locals) for frame in frames)]
    return "\n".join([*shown, rendered(error.__cause__), rendered(error.__context__)])


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, rf"does not accept the key in {VARIABLE} \(401\)"), (403, rf"does not let the key in {VARIABLE}")],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_key_is_named_by_its_variable_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, status: int, words: str, method: str
) -> None:
    echo = refusal(status, message=f"Wrong: {KEY} (you sent Bearer {KEY})", code="invalid_api_key")
    with at_stand(monkeypatch, lambda call: echo if call.method == method else None) as (engine, server):
        with pytest.raises(EngineError, match=words) as caught:
            _speak(engine)
        assert sum(call.method == method for call in server.calls) == 1
    assert KEY not in rendered(caught.value)


@pytest.mark.parametrize("status", [400, 402, 404, 422, 429, 500])
def test_a_server_that_repeats_the_key_is_not_quoted(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    def answer(call: Call) -> Reply | None:
        return refusal(status, message=f"Bearer {KEY} is not for this", code="odd") if call.method == "POST" else None

    with at_stand(monkeypatch, answer, tries=2) as (engine, _), pytest.raises(EngineError) as caught:
        _speak(engine)
    assert KEY not in str(caught.value) + repr(caught.value) + repr(vars(caught.value))
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_neither_engine_nor_session_nor_version_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, _):
        session = engine.open(VOICE)
        shown = [engine, session, engine.version(VOICE), engine.capabilities, engine.voices(), session.speak("Salka.")]
        session.close()
    assert KEY not in repr(shown)


def test_a_server_that_wants_a_key_of_nobody_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    with serving(answer_well) as server:
        engine = OpenAIEngine(OpenAIOptions(url=f"{server.url}/v1", model="kokoro"))
        with pytest.raises(EngineError, match=r"wants a key \(401\); .*key_variable = \"OPENAI_API_KEY\""):
            _speak(engine)
        assert all("authorization" not in call.headers for call in server.calls)


def _speak(engine: OpenAIEngine) -> None:
    session = engine.open(VOICE)
    try:
        session.speak("Two ferries left Salka.")
    finally:
        session.close()
