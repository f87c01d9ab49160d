"""What anyone would write with pydub: a synthesis a paragraph, joined with `+=`, levelled, exported, tagged.

`python pydub_script.py WORDS.txt OUT.mp3 pyloudnorm|loudnorm`; WORDS.txt has a blank line between paragraphs. The
result is of our format, 44.1 kHz mono at 96 kbit/s; where the script could be slow or quick at no cost to its reader,
it is quick: it stays at the voice's own rate until FFmpeg resamples it in the export, and clips where we limit.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pydub import AudioSegment  # type: ignore[import-untyped]  # ships no types

from benchmarks.piped import PACE_WPM, VOICE
from benchmarks.tagged import tag

TARGET_LUFS = -16.0
LOUDNORM = f"loudnorm=I={TARGET_LUFS}:TP=-1.5:LRA=11"
PAUSE_MS = 600


def main() -> None:
    """The whole episode, in memory."""
    words, out, way = sys.argv[1:]
    paragraphs = Path(words).read_text(encoding="utf-8").split("\n\n")
    episode, lengths_s = AudioSegment.empty(), []
    with tempfile.TemporaryDirectory() as folder:
        for paragraph in paragraphs:
            clip = speak(paragraph, Path(folder) / "clip.wav")
            episode += clip
            episode += AudioSegment.silent(PAUSE_MS)
            lengths_s.append((len(clip) + PAUSE_MS) / 1000)
        if way == "pyloudnorm":
            export(turned_up(episode), out)
        else:
            export(episode, out, "-af", second_pass(episode, Path(folder) / "whole.wav"))
    tag(Path(out), paragraphs, lengths_s=lengths_s)


def speak(paragraph: str, path: Path) -> AudioSegment:
    """The sound of one paragraph, by a process of its own."""
    command = ["espeak-ng", "-v", VOICE, "-s", str(PACE_WPM), "-w", str(path), "--stdin"]
    subprocess.run(command, input=paragraph, text=True, check=True)
    return AudioSegment.from_wav(path)


def turned_up(episode: AudioSegment) -> AudioSegment:
    """The episode at its target by one gain, which clips what is too high."""
    import numpy as np  # noqa: PLC0415 - the other way needs neither, nor the second that they take to load
    import pyloudnorm  # type: ignore[import-untyped]  # noqa: PLC0415 - the same; ships no types

    samples = np.array(episode.get_array_of_samples()) / 32768
    loudness = pyloudnorm.Meter(episode.frame_rate).integrated_loudness(samples)
    return episode.apply_gain(TARGET_LUFS - loudness)


def second_pass(episode: AudioSegment, path: Path) -> str:
    """The filter that levels the episode, after FFmpeg has measured it once."""
    episode.export(path, format="wav")
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", f"{LOUDNORM}:print_format=json"]
    said = subprocess.run([*command, "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    found = json.loads(said[said.rindex("{") : said.rindex("}") + 1])
    measured = {"I": "input_i", "TP": "input_tp", "LRA": "input_lra", "thresh": "input_thresh"}
    parts = [f"measured_{name}={found[key]}" for name, key in measured.items()]
    return ":".join([LOUDNORM, *parts, f"offset={found['target_offset']}", "linear=true"])


def export(episode: AudioSegment, out: str, *filters: str) -> None:
    """Write the MP3 with pydub, which lets FFmpeg encode it."""
    episode.export(out, format="mp3", bitrate="96k", parameters=[*filters, "-ar", "44100", "-ac", "1"])


if __name__ == "__main__":
    main()
