"""Floor 3: models of voices on this computer: where they lie, what there is to install, and installing it.

The engines that need a model look it up here; `audio-edition voices` lists and installs. Those two import `catalogues`
and `installing` themselves, so that an engine loads no library for the web.
"""

from pipeline.voices.folder import (
    Model,
    ModelFile,
    broken_models,
    find_model,
    find_models,
    model_digest,
    model_folder,
    save_model,
    voices_folder,
)

__all__ = [
    "Model",
    "ModelFile",
    "broken_models",
    "find_model",
    "find_models",
    "model_digest",
    "model_folder",
    "save_model",
    "voices_folder",
]
