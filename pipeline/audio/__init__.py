"""Floor 3: from Clips and music on a Timeline to the Master. numpy, soxr and LAME live here and nowhere else.

mastering.py leads: it cuts the Timeline into pieces and has each made by pieces.py, which mixes clips and music
(chain.py, music/, room_tone.py), limits (limiter.py), measures (loudness.py) and encodes (encoding.py).
calibration.py finds the gain of a voice once; formats/ are the encoders for the forms beside the MP3. reading/ and
measuring.py look at anybody's file.
"""

from pipeline.audio.calibration import calibrate, calibration_script
from pipeline.audio.mastering import SAMPLE_RATE, find_master, master, master_key, master_samples, mp3_stream
from pipeline.audio.pieces import Mix

__all__ = [
    "SAMPLE_RATE",
    "Mix",
    "calibrate",
    "calibration_script",
    "find_master",
    "master",
    "master_key",
    "master_samples",
    "mp3_stream",
]
