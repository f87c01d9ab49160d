"""How long sound files last, and for how long of that something is heard: contenders pause differently.

`python sounding.py FILE...` prints JSON, one [length_s, sounding_s] a file. A file that does not decode is an error.
"""

import json
import sys

import av
import numpy as np

_QUIET_DB = 40  # below the level that one frame in twenty passes


def main() -> None:
    """Measure every file named."""
    print(json.dumps([sounding(path) for path in sys.argv[1:]]))


def sounding(path: str) -> tuple[float, float]:
    """Seconds of ``path`` in all, and seconds in which the voice is heard, counted in frames of 26 ms."""
    with av.open(path) as container:
        frames = [(frame.samples, energy(frame)) for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    lengths, energies = np.array(frames).T
    is_heard = energies > np.quantile(energies, 0.95) * 10 ** (-_QUIET_DB / 10)
    return float(lengths.sum()) / rate, float(lengths[is_heard].sum()) / rate


def energy(frame: av.AudioFrame) -> float:
    """The mean square of one frame."""
    samples = frame.to_ndarray()
    return float(np.mean(samples * samples))


if __name__ == "__main__":
    main()
