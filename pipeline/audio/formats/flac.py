"""Floor 3, inside audio: the FLAC master for the publisher's own archive.

24 bits a sample: float32 below full scale fits without loss, so what is archived is what was mastered, and nobody has
to think about dither when it is worked on again. It takes twice the room of 16 bits, on a disk that nobody downloads.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.audio.formats.sound import within_full_scale
from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError
from pipeline.files import replacing

_FULL_SCALE = 1 << 23
_UNUSED_BITS = 8  # soundfile takes 24 bits at the top of 32


def write_flac(path: Path, blocks: Iterable[Samples], *, sample_rate: int) -> None:
    """Put ``blocks``, float32 mono with full scale at 1.0, into ``path`` as 24-bit FLAC, whole or not at all.

    Raises:
        AudioError: there is no sound, or libsndfile cannot write it; the old file is as it was.
        StoreError: the disk does not take it; the old file is as it was.
    """
    # Slow to load, and most shows ask for no FLAC.
    import soundfile  # noqa: PLC0415

    with replacing(path) as stream:
        try:
            with soundfile.SoundFile(
                stream.fileno(), "w", sample_rate, 1, "PCM_24", format="FLAC", closefd=False
            ) as sound:
                for part in within_full_scale(blocks):
                    sound.write(_whole_numbers(part))
        except soundfile.LibsndfileError as error:
            raise AudioError(
                f"FLAC at {sample_rate} Hz cannot be written: libsndfile says {error.error_string or error.code!r}",
                cure="free the disk, or take flac out of [sound] formats in show.toml",
                path=path,
            ) from error


def _whole_numbers(part: Samples) -> NDArray[np.int32]:
    scaled = np.rint(part * np.float32(_FULL_SCALE))
    whole: NDArray[np.int32] = np.minimum(scaled, np.float32(_FULL_SCALE - 1)).astype(np.int32)
    return whole << np.int32(_UNUSED_BITS)
