"""The integrated loudness of sound files, by pyloudnorm, which shares no code with ours: `python metering.py FILE...`.

Prints JSON, one number in LUFS a file. It holds whole files in memory: 76 MB a minute.
"""

import json
import sys

import pyloudnorm  # type: ignore[import-untyped]  # ships no types
import soundfile


def main() -> None:
    """Measure every file named."""
    print(json.dumps([loudness_lufs(path) for path in sys.argv[1:]]))


def loudness_lufs(path: str) -> float:
    """By ITU-R BS.1770-4, of the decoded file."""
    samples, rate = soundfile.read(path)
    return float(pyloudnorm.Meter(rate).integrated_loudness(samples))


if __name__ == "__main__":
    main()
