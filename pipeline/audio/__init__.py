"""Floor 3: from Clips on a Timeline to the Master. numpy, soxr and LAME live here and nowhere else.

mastering.py leads; limiter.py, loudness.py and encoding.py are what it does to every clip, in that order;
calibration.py finds the gain of a voice once.
"""

from pipeline.audio.calibration import calibrate, calibration_script
from pipeline.audio.mastering import SAMPLE_RATE, master, master_blob, master_key

__all__ = ["SAMPLE_RATE", "calibrate", "calibration_script", "master", "master_blob", "master_key"]
