"""Floor 3, inside the engines: an ONNX model in memory, and runs of it that another thread can stop.

A model is loaded once and its runs may go side by side; each Session of an engine has Runs of its own, which end
between two nodes of the graph when they are stopped.
"""

from pathlib import Path
from typing import Any

from pipeline.engines.onnx.extras import importing
from pipeline.errors import EngineError, EngineUnavailable

#: Errors of the runtime are raised and told by us; its own lines on stderr would be said twice.
_FATAL_ONLY = 4


def load_session(model: Path | bytes, *, extra: str, name: str) -> Any:
    """An onnxruntime.InferenceSession of one thread for that file, or for a model in memory.

    One thread, because the workers of a narration already keep every core busy. ``name`` is how messages call it.

    Raises: EngineUnavailable where ONNX Runtime is not installed, or cannot read the model.
    """
    with importing(extra):
        import onnxruntime  # noqa: PLC0415 - an optional extra, and slow to load
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, sess_options=options, providers=["CPUExecutionProvider"])
    except _failures() as error:
        raise EngineUnavailable(
            f"the model of {name} cannot be read ({_first_line(error)})",
            cure=f"install it again: audio-edition voices install {name}",
        ) from error


class Runs:
    """The runs of one Session: in everything else the onnxruntime.InferenceSession it was made of."""

    def __init__(self, session: Any) -> None:
        from onnxruntime import RunOptions  # noqa: PLC0415 - there is a session, so that it is loaded already

        self._session = session
        self._options = RunOptions()
        self._options.log_severity_level = _FATAL_ONLY

    def run(self, output_names: list[str] | None, feed: dict[str, Any]) -> Any:
        """What the model gives for ``feed``. Raises EngineError if it fails, or once it is stopped."""
        try:
            return self._session.run(output_names, feed, self._options)
        except _failures() as error:
            if self.is_stopped:
                raise closed() from error
            raise EngineError(
                f"the voice's model failed: {_first_line(error)}",
                cure="say it differently in the article or in lexicon.toml, or install the voice again",
            ) from error

    def stop(self) -> None:
        """End the run under way, and every later one before it begins."""
        self._options.terminate = True

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return bool(self._options.terminate)

    def __getattr__(self, name: str) -> Any:
        """What the libraries ask of their session beside runs: inputs, outputs, metadata, the path of the model."""
        return getattr(self._session, name)


def closed() -> EngineError:
    """The error of a Session that is asked for more once it is closed."""
    return EngineError("the voice was closed before it had spoken", cure="run the same command again")


def _failures() -> tuple[type[Exception], ...]:
    """What the runtime raises: its errors have no base of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415 - loaded already, as above

    return (
        state.EPFail,
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoModel,
        state.NoSuchFile,
        state.NotImplemented,
        state.RuntimeException,
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
