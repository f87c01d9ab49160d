"""Floor 3, inside audio: Ogg Opus, at the 48 kHz that it always has. Source: RFC 7845."""

from collections.abc import Iterable
from io import BytesIO

from pipeline.audio.formats.coding import SAME_BYTES, Coder, encode_into
from pipeline.audio.formats.library import faults_named, pyav
from pipeline.audio.formats.sound import resampled, within_full_scale
from pipeline.audio.loudness import Samples

SAMPLE_RATE = 48000


def encode_opus(blocks: Iterable[Samples], *, sample_rate: int, bitrate_kbps: int) -> bytes:
    """``blocks``, float32 with full scale at 1.0, as a whole Ogg Opus file; the same bytes each time.

    Pre-skip and last granule position make it exactly as long at 48 kHz as the samples are, to the nearest.

    Raises: AudioError where there is no sound, or FFmpeg cannot encode it.
    """
    target = BytesIO()
    # Resampling can swing over full scale a little; the encoder takes floats, and clips nothing.
    parts = resampled(within_full_scale(blocks), sample_rate, to_rate=SAMPLE_RATE)
    coder = Coder(codec="libopus", sample_format="flt", sample_rate=SAMPLE_RATE, bitrate_kbps=bitrate_kbps)
    with faults_named("Opus"), pyav().open(target, "w", format="ogg", container_options=SAME_BYTES) as container:
        encode_into(container, parts, coder=coder)
    return target.getvalue()
