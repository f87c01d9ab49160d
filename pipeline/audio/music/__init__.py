"""Floor 3, inside audio: the music around the voice.

prepare_music() leads (preparing.py): each piece that show.toml names is read, mixed to one channel and cut (taking.py),
faded and levelled (levelling.py), a bed made into a loop (looping.py), and kept in the store. pieces.py lays them under
the voice, and ducking.py makes them give way to it. house.py are the two pieces of our own.
"""

from pipeline.audio.music.ducking import ducked
from pipeline.audio.music.looping import looped
from pipeline.audio.music.preparing import HOUSE, credit_of, music_samples, prepare_music

__all__ = ["HOUSE", "credit_of", "ducked", "looped", "music_samples", "prepare_music"]
