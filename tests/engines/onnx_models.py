"""Voices for tests: tiny ONNX models in which every phoneme is a tone of its own, and the way to hear which it was.

A phoneme's tone begins 5 ms after the phoneme, lasts a number of frames of its own and has a frequency of its own, so
that what was said and when stands in the sound, whatever the engine says of it.
"""

import hashlib
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

from pipeline.model import Clip
from pipeline.voices import Model, ModelFile, model_folder, save_model

PIPER_RATE, PIPER_HOP = 22050, 256
KOKORO_RATE, KOKORO_HOP = 24000, 600

#: How loud a tone is, of 1.
AMPLITUDE = 0.3
_SILENT_S = 0.005
#: The lowest tone, and from each to the next.
_LOWEST_HZ, _STEP_HZ = 300.0, 50.0
#: Of a piper voice: what parts and frames its phonemes.
_SILENT_IDS = frozenset({0, 1, 2})
_LONGEST = 12


class Tone(Struct, frozen=True):
    """A tone that was heard: which id it stands for, and the sample at which its phoneme began."""

    id: int
    sample: int


class Tones(Struct, frozen=True, kw_only=True):
    """What a model sounds like: a table of waves, a row an id, and how many frames each of them lasts."""

    rate: int
    hop: int
    count: int
    amplitude: float = AMPLITUDE

    @property
    def frames(self) -> NDArray[np.float32]:
        """How long each id lasts, as a share of a frame more than a whole: rounded up in the model."""
        usual = 5 if self.hop == PIPER_HOP else 2
        return np.array(
            [usual - 0.5 + number % 3 * (self.hop == PIPER_HOP) for number in range(self.count)], np.float32
        )

    @property
    def waves(self) -> NDArray[np.float32]:
        """One row an id, as long as the slowest pace can ask for."""
        seconds = np.arange(_LONGEST * self.hop) / self.rate
        rows = [self._wave(number, seconds) for number in range(self.count)]
        return np.array(rows, dtype=np.float32)

    def _wave(self, number: int, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        if number in _SILENT_IDS:
            return np.zeros_like(seconds)
        tone = self.amplitude * np.sin(2 * np.pi * (_LOWEST_HZ + _STEP_HZ * number) * seconds)
        tone[seconds < _SILENT_S] = 0
        return tone


PIPER_TONES = Tones(rate=PIPER_RATE, hop=PIPER_HOP, count=170)
KOKORO_TONES = Tones(rate=KOKORO_RATE, hop=KOKORO_HOP, count=180)


def heard_tones(clip: Clip, tones: Tones) -> list[Tone]:
    """What is heard in ``clip``: bursts between silences, each by its frequency."""
    wave = np.frombuffer(clip.pcm, dtype="<i2").astype(np.float64)
    # A sine crosses zero: what is loud within a millisecond and a half is sound. The lowest tone has half a wave in it.
    reach = round(0.0015 * tones.rate)
    loud = np.convolve(np.abs(wave) > 300, np.ones(reach), mode="same") > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    silent = round(_SILENT_S * tones.rate)
    return [
        Tone(_id_of(wave[start:end], tones), int(start + reach // 2 - silent))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _id_of(burst: NDArray[np.float64], tones: Tones) -> int:
    size = 1 << 15
    spectrum = np.abs(np.fft.rfft(burst * np.hanning(len(burst)), size))
    frequency = float(np.argmax(spectrum)) * tones.rate / size
    return round((frequency - _LOWEST_HZ) / _STEP_HZ)


def install_piper(name: str = "en_GB-tones-medium", *, config: dict[str, Any] | None = None, **graph: Any) -> Model:
    """A piper voice of tones in the folder of voices; ``graph`` as `piper_graph` takes it, ``config`` over ours."""
    speakers = graph.get("speakers", 1)
    settings = {
        "audio": {"sample_rate": PIPER_RATE, "quality": "medium"},
        "espeak": {"voice": "en-gb-x-rp"},
        "phoneme_type": "espeak",
        "num_symbols": 170,
        "num_speakers": speakers,
        "speaker_id_map": {} if speakers == 1 else {"ines": 0, "tomas": 1},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "hop_length": PIPER_HOP,
        **(config or {}),
    }
    files = {f"{name}.onnx": piper_graph(**graph), f"{name}.onnx.json": msgspec.json.encode(settings)}
    return _install("piper", name, files=files, language="en-GB")


def install_kokoro(name: str = "kokoro-v1.0", *, voices: dict[str, float] | None = None, **graph: Any) -> Model:
    """A kokoro model of tones in the folder of voices; ``voices`` are names and how loud each is, as a share;
    ``graph`` is as `kokoro_graph` takes it."""
    named = voices or {"af_heart": 1.0, "af_sky": 0.5, "bf_emma": 1.0, "jf_alpha": 1.0, "ff_siwis": 1.0}
    folder = model_folder("kokoro", name)
    folder.mkdir(parents=True, exist_ok=True)
    styles = {voice: np.full((510, 1, 256), share, dtype=np.float32) for voice, share in named.items()}
    with (folder / "voices-v1.0.bin").open("wb") as stream:
        np.savez(stream, **styles)  # type: ignore[arg-type]  # its keywords are the arrays' names
    voices_file = (folder / "voices-v1.0.bin").read_bytes()
    files = {f"{name}.onnx": kokoro_graph(**graph), "voices-v1.0.bin": voices_file}
    return _install("kokoro", name, files=files, language="")


def _install(engine: str, name: str, *, files: dict[str, bytes], language: str) -> Model:
    folder = model_folder(engine, name)
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    model = Model(
        engine=engine,
        name=name,
        language=language,
        label="Tones",
        quality="medium",
        licence="CC0-1.0",
        source="made by the tests",
        files=tuple(
            ModelFile(name=file, length_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
            for file, data in files.items()
        ),
    )
    save_model(model)
    return model


def piper_graph(*, speakers: int = 1, lengths: str = "hidden", amplitude: float = AMPLITUDE, turns: int = 0) -> bytes:
    """A piper model of tones. ``lengths``: "hidden" in a Ceil, given as second "output", or "no" tensor of that kind.

    The second of two ``speakers`` is half as loud. ``turns`` are those of a loop that takes time and changes nothing.
    """
    tones = Tones(rate=PIPER_RATE, hop=PIPER_HOP, count=170, amplitude=amplitude)
    graph = _Graph()
    graph.constant("index_1", np.array([1], np.int64))
    graph.node("Gather", ["scales", "index_1"], "length_scale")  # the others are noise, of which tones have none
    frames = tones.frames if lengths != "no" else np.ceil(tones.frames)
    graph.constant("frames_of_id", frames)
    graph.node("Gather", ["frames_of_id", "input"], "lengths")
    if lengths == "no":
        graph.node("Identity", ["lengths"], "frames")
    else:
        graph.node("Mul", ["lengths", "length_scale"], "scaled")
        graph.node("Ceil", ["scaled"], "frames")
    graph.tones(tones, ids="input", frames="frames", gain=_gain(graph, speakers))
    graph.constant("shape", np.array([1, 1, 1, -1], np.int64))
    graph.node("Reshape", ["sound", "shape"], "shaped")
    graph.node("Cast", ["input_lengths"], "unused", to=TensorProto.FLOAT)  # an input that no node takes is none
    graph.constant("nothing", np.array([0], np.float32))
    graph.node("Mul", ["unused", "nothing"], "still_nothing")
    _add_loop(graph, turns)
    graph.node("Add", ["shaped", "still_nothing" if not turns else "waited"], "output")
    inputs = [("input", TensorProto.INT64, [1, "n"]), ("input_lengths", TensorProto.INT64, [1])]
    inputs.append(("scales", TensorProto.FLOAT, [3]))
    if speakers > 1:
        inputs.append(("sid", TensorProto.INT64, [1]))
    outputs = [("output", TensorProto.FLOAT, [1, 1, 1, "s"])]
    if lengths == "output":
        outputs.append(("frames", TensorProto.FLOAT, [1, "n"]))
    return graph.model(inputs, outputs)


def _gain(graph: "_Graph", speakers: int) -> str:
    graph.constant("gains", np.array([1.0, 0.5], np.float32))
    if speakers == 1:
        graph.constant("first", np.array([0], np.int64))
    graph.node("Gather", ["gains", "sid" if speakers > 1 else "first"], "gain")
    return "gain"


def _add_loop(graph: "_Graph", turns: int) -> None:
    """``waited`` is ``still_nothing`` after that many multiplications of matrices."""
    if not turns:
        return
    graph.constant("turns", np.array(turns, np.int64))
    graph.constant("go_on", np.array(True))
    graph.constant("matrix", np.zeros((64, 64), np.float32))
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["condition"], ["still"]),
            helper.make_node("MatMul", ["carried", "matrix"], ["multiplied"]),
        ],
        "turn",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("condition", TensorProto.BOOL, []),
            helper.make_tensor_value_info("carried", TensorProto.FLOAT, [64, 64]),
        ],
        [
            helper.make_tensor_value_info("still", TensorProto.BOOL, []),
            helper.make_tensor_value_info("multiplied", TensorProto.FLOAT, [64, 64]),
        ],
    )
    graph.node("Loop", ["turns", "go_on", "matrix"], "looped", body=body)
    graph.node("ReduceSum", ["looped"], "sum", keepdims=0)
    graph.node("Add", ["sum", "still_nothing"], "waited")


def kokoro_graph(*, has_durations: bool = True, gain: float = 1.0, turns: int = 0) -> bytes:
    """A kokoro model of tones: as loud as its style says, as fast as its speed; ``gain`` times as loud as others.

    ``turns`` are those of a loop that takes time and changes nothing.
    """
    tones = Tones(rate=KOKORO_RATE, hop=KOKORO_HOP, count=180, amplitude=AMPLITUDE * gain)
    graph = _Graph()
    graph.constant("frames_of_id", tones.frames)
    graph.node("Gather", ["frames_of_id", "input_ids"], "lengths")
    graph.node("Div", ["lengths", "speed"], "scaled")
    graph.node("Ceil", ["scaled"], "frames")
    graph.node("ReduceMean", ["style"], "gain", keepdims=0)
    graph.tones(tones, ids="input_ids", frames="frames", gain="gain")
    graph.constant("still_nothing", np.array([0], np.float32))
    _add_loop(graph, turns)
    graph.node("Add", ["sound", "still_nothing" if not turns else "waited"], "audio")
    outputs = [("audio", TensorProto.FLOAT, ["s"])]
    if has_durations:
        graph.node("Cast", ["frames"], "duration", to=TensorProto.INT64)
        outputs.append(("duration", TensorProto.INT64, [1, "n"]))
    inputs = [("input_ids", TensorProto.INT64, [1, "n"]), ("style", TensorProto.FLOAT, [1, 256])]
    inputs.append(("speed", TensorProto.FLOAT, [1]))
    return graph.model(inputs, outputs)


class _Graph:
    """Nodes and constants of a model that is being built."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> None:
        kind = helper.np_dtype_to_tensor_dtype(value.dtype)
        self._constants.append(helper.make_tensor(name, kind, value.shape, value.tobytes(), raw=True))

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    def tones(self, tones: Tones, *, ids: str, frames: str, gain: str) -> None:
        """``sound``: the wave of each id, cut off at its number of frames, one after the other."""
        self.constant("waves", tones.waves)
        self.constant("hop", np.array([tones.hop], np.float32))
        self.constant("samples", np.arange(_LONGEST * tones.hop, dtype=np.float32).reshape(1, -1))
        self.constant("column", np.array([-1, 1], np.int64))
        self.constant("flat", np.array([-1], np.int64))
        self.node("Gather", ["waves", ids], "rows")
        self.node("Reshape", ["rows", "flat"], "row")
        self.node("Mul", [frames, "hop"], "ends")
        self.node("Reshape", ["ends", "column"], "end_column")
        self.node("Less", ["samples", "end_column"], "kept")
        self.node("Reshape", ["kept", "flat"], "kept_row")
        self.node("Compress", ["row", "kept_row"], "plain_sound")
        self.node("Mul", ["plain_sound", gain], "sound")

    def model(self, inputs: list[Any], outputs: list[Any]) -> bytes:
        graph = helper.make_graph(
            self._nodes,
            "tones",
            [helper.make_tensor_value_info(*each) for each in inputs],
            [helper.make_tensor_value_info(*each) for each in outputs],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        return bytes(model.SerializeToString())
