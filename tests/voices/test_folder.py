"""The folder of models: what counts as the same model, and what does not spoil another."""

import os
from pathlib import Path

import pytest

from pipeline.errors import EngineUnavailable
from pipeline.voices import broken_models, find_model, find_models, model_digest, model_folder
from tests.engines.onnx_models import install_piper

NAME = "en_GB-tones-medium"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path))
    install_piper(NAME)
    return tmp_path


def digest() -> str:
    model = find_model("piper", NAME)
    assert model is not None
    return model_digest(model)


def test_the_same_files_are_the_same_model_wherever_and_whenever_they_were_written() -> None:
    before = digest()
    for path in model_folder("piper", NAME).iterdir():
        path.write_bytes(path.read_bytes())
    assert digest() == before


def test_a_file_that_was_changed_by_hand_is_another_model_though_it_is_as_long(folder: Path) -> None:
    before = digest()
    config = model_folder("piper", NAME) / f"{NAME}.onnx.json"
    text = config.read_text(encoding="utf-8")
    changed = text.replace("22050", "22051", 1)
    assert len(changed) == len(text)
    assert changed != text
    config.write_text(changed, encoding="utf-8")
    os.utime(config, ns=(0, 0))  # tools that keep the time of a file do not hide it
    assert digest() != before


def test_a_file_of_another_length_is_refused() -> None:
    model = model_folder("piper", NAME) / f"{NAME}.onnx"
    model.write_bytes(model.read_bytes() + b"\0")
    with pytest.raises(EngineUnavailable, match=f"voices install piper:{NAME}"):
        digest()


def test_a_model_that_cannot_be_read_is_no_fault_of_the_others(folder: Path) -> None:
    broken = folder / "piper" / "zz_ZZ-bad-low"
    broken.mkdir()
    (broken / "model.json").write_text("{", encoding="utf-8")
    assert digest()
    assert [model.name for model in find_models("piper")] == [NAME]
    (fault,) = broken_models("piper")
    assert fault.cure.endswith("audio-edition voices install piper:zz_ZZ-bad-low")
