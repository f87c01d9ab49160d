"""The floor, with programs that anyone has: `espeak-ng --stdout | ffmpeg (soxr) | lame`, for the same words and format.

No loudness, no limiter, no chapters, no transcript, no pauses but the voice's own. soxr has no program of its own:
FFmpeg's aresample filter is the road to the library itself, where sox has the algorithm's forerunner.
"""

import shutil
from pathlib import Path

VOICE = "en-gb"
PACE_WPM = 165  # both as `[voice]` has them by default

#: What has to be installed, and the package of Debian and Ubuntu that brings it.
PACKAGES = {"espeak-ng": "espeak-ng", "ffmpeg": "ffmpeg", "lame": "lame"}


def pipe(words: Path, out: Path) -> list[list[str]]:
    """The commands of the pipe, in order; ``words`` has a blank line between paragraphs."""
    speak = ["espeak-ng", "-v", VOICE, "-s", str(PACE_WPM), "-f", str(words), "--stdout"]
    # espeak-ng does not know the length when it writes the WAV header.
    read = ["ffmpeg", "-v", "error", "-f", "wav", "-ignore_length", "1", "-i", "pipe:0"]
    resample = ["-af", "aresample=44100:resampler=soxr", "-ac", "1", "-f", "s16le", "pipe:1"]
    raw = ["--quiet", "-r", "-s", "44.1", "--bitwidth", "16", "--signed", "--little-endian", "-m", "m"]
    return [speak, [*read, *resample], ["lame", *raw, "--cbr", "-b", "96", "-q", "3", "-", str(out)]]


def missing_programs() -> str:
    """What to install before this can run; "" where everything is there."""
    missing = [program for program in PACKAGES if shutil.which(program) is None]
    if not missing:
        return ""
    packages = " ".join(PACKAGES[program] for program in missing)
    return f"not on PATH: {', '.join(missing)}; they come with: apt-get install {packages}"
