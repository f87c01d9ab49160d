"""What [engines.openai] in show.toml says, and what follows from it before anybody is asked."""

import pytest

from pipeline.engines.openai import OpenAIEngine
from pipeline.engines.openai.options import OpenAIOptions
from pipeline.engines.openai.voices import listed_voices, openai_voices
from pipeline.errors import ConfigError, VoiceNotFound
from pipeline.model import VoiceSettings

OPENAI = "https://api.openai.com/v1"
HERE = "http://127.0.0.1:8880/v1"
LAN = "http://speech.lan:8880/v1"
VOICE = VoiceSettings(engine="openai", name="fable")


@pytest.mark.parametrize(
    ("url", "key_variable", "variable"),
    [
        (OPENAI, None, "OPENAI_API_KEY"),
        ("https://eu.api.openai.com/v1", None, "OPENAI_API_KEY"),
        (OPENAI, "HARBOUR_KEY", "HARBOUR_KEY"),
        (OPENAI, "", ""),
        (HERE, None, ""),
        (LAN, None, ""),
        ("https://api.openai.com.example.org/v1", None, ""),  # nobody else gets OpenAI's key unasked
        (HERE, "HARBOUR_KEY", "HARBOUR_KEY"),
    ],
)
def test_only_openai_gets_a_key_that_was_not_named(url: str, key_variable: str | None, variable: str) -> None:
    assert OpenAIOptions(url=url, key_variable=key_variable).variable == variable


@pytest.mark.parametrize(
    ("options", "price"),
    [
        (OpenAIOptions(), 30.0),
        (OpenAIOptions(model="tts-1"), 15.0),
        (OpenAIOptions(model="gpt-4o-mini-tts"), None),
        (OpenAIOptions(usd_per_million_chars=12.0), 12.0),
        (OpenAIOptions(url=HERE, model="tts-1"), 0.0),
        (OpenAIOptions(url=HERE, usd_per_million_chars=0.5), 0.5),
        (OpenAIOptions(url=LAN, model="tts-1"), None),
        (OpenAIOptions(url="no address ["), None),
    ],
)
def test_the_price_is_known_at_openai_and_nothing_on_this_computer(options: OpenAIOptions, price: float | None) -> None:
    assert OpenAIEngine(options).capabilities.usd_per_million_chars == price


def test_what_changes_the_sound_changes_the_version_and_nothing_else_does() -> None:
    def version(**options: object) -> str:
        return OpenAIEngine(OpenAIOptions(**options)).version(VOICE)

    same = [
        version(),
        version(key_variable="HARBOUR_KEY"),
        version(usd_per_million_chars=9.0, timeout_s=3, tries=2, at_once=9, licence="by OpenAI"),
        version(url=OPENAI + "/"),
    ]
    others = [
        version(url=HERE),
        version(url="http://127.0.0.1:8881/v1"),
        version(url="https://api.openai.com/v2"),
        version(model="tts-1"),
        version(instructions="Calm."),
        version(response_format="mp3"),
    ]
    assert len(set(same)) == 1
    assert len({*others, same[0]}) == len(others) + 1


@pytest.mark.parametrize("url", ["ftp://x/v1", "https://me:secret@x.org/v1", "https://x.org/v1?key=secret", "http://["])
def test_an_address_that_is_none_is_refused_without_its_secrets(url: str) -> None:
    engine = OpenAIEngine(OpenAIOptions(url=url))
    for call in (engine.voices, lambda: engine.open(VOICE), lambda: engine.version(VOICE)):
        with pytest.raises(ConfigError, match=r"\[engines\.openai\] url") as caught:
            call()
        assert "secret" not in str(caught.value)


def test_a_key_does_not_leave_this_computer_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", "sk-abcdefgh")
    engine = OpenAIEngine(OpenAIOptions(url="http://speech.example.org/v1", key_variable="HARBOUR_KEY"))
    with pytest.raises(ConfigError, match="not encrypted") as caught:
        engine.open(VOICE)
    assert "sk-abcdefgh" not in str(caught.value)


def test_a_missing_key_is_an_error_that_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(ConfigError, match=r"OPENAI_API_KEY.*not set.*keyring set audio-edition OPENAI_API_KEY"):
        OpenAIEngine().open(VOICE)


def test_a_key_in_the_place_of_the_variables_name_is_not_repeated() -> None:
    with pytest.raises(ConfigError, match="no name of an environment variable") as caught:
        OpenAIEngine(OpenAIOptions(key_variable="sk-proj-abcdefgh")).open(VOICE)
    assert "abcdefgh" not in str(caught.value)


@pytest.mark.parametrize("model", ["tts-1", "tts-1-hd", "tts-1-hd-1106"])
@pytest.mark.parametrize("name", ["ballad", "cedar", "marin", "verse"])
def test_the_older_models_do_not_have_the_newer_voices(monkeypatch: pytest.MonkeyPatch, model: str, name: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-abcdefgh")
    engine = OpenAIEngine(OpenAIOptions(model=model))
    with pytest.raises(VoiceNotFound, match=f'api.openai.com has no voice "{name}"'):
        engine.open(VoiceSettings(engine="openai", name=name))
    engine.open(VOICE).close()  # nobody is asked for that either
    assert {voice.name for voice in openai_voices("gpt-4o-mini-tts")} > {voice.name for voice in engine.voices()}


def test_a_model_newer_than_the_list_takes_any_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-abcdefgh")
    engine = OpenAIEngine(OpenAIOptions(model="tts-9"))
    assert engine.voices() == ()
    engine.open(VoiceSettings(engine="openai", name="ostrava")).close()


@pytest.mark.parametrize(
    ("options", "pace_wpm", "words"),
    [
        (OpenAIOptions(instructions="Calm."), 165, "tts-1-hd takes no instructions"),
        (OpenAIOptions(model="gpt-4o-mini-tts"), 180, "pace_wpm = 180 .* set it to 165"),
    ],
)
def test_what_a_model_of_openai_would_ignore_is_an_error(options: OpenAIOptions, pace_wpm: int, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        OpenAIEngine(options).open(VoiceSettings(engine="openai", name="fable", pace_wpm=pace_wpm))


def test_the_licence_is_what_the_show_says() -> None:
    assert OpenAIEngine().licence(VOICE) == ""
    assert OpenAIEngine(OpenAIOptions(licence="Apache-2.0")).licence(VOICE) == "Apache-2.0"


def test_the_languages_of_kokoros_voices_are_told_by_their_names() -> None:
    names = ["bf_emma", "zm_yunxi", "amaro", "af_sky", "af_sky"]
    listed = [{"name": name, "label": name, "language": ""} for name in names]
    listed.append({"name": "salka", "label": "Salka of the harbour", "language": "is"})
    voices = listed_voices(listed, licence="Apache-2.0")
    assert [(voice.name, voice.language) for voice in voices] == [
        ("af_sky", "en-US"),
        ("amaro", "und"),
        ("bf_emma", "en-GB"),
        ("salka", "is"),
        ("zm_yunxi", "zh"),
    ]
    assert {voice.licence for voice in voices} == {"Apache-2.0"}
