"""What the table [engines.piper] in show.toml may say."""

from typing import Annotated

from msgspec import Meta, Struct

#: None where the voice keeps its own.
Scale = Annotated[float, Meta(ge=0, le=2)] | None


class PiperOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How lively the voice is: ``noise_scale`` in its tone, ``noise_w_scale`` in its lengths. None: as it was made."""

    noise_scale: Scale = None
    noise_w_scale: Scale = None
