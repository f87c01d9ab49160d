"""Floor 2, beside the chapters: Script, Narration and Timeline -> Transcript, and the files it is published as. Pure.

`breaks.py` knows where a sentence may be broken, `cues.py` turns Utterances into timed Cues, `published.py` writes
WebVTT, SubRip and JSON.
"""

from pipeline.transcript.cues import make_transcript
from pipeline.transcript.published import to_srt, to_transcript_json, to_webvtt

__all__ = ["make_transcript", "to_srt", "to_transcript_json", "to_webvtt"]
