"""Floor 3, inside audio: the rate of all music."""

#: In Hz: the project's own rate, so that music is resampled once, when it is read.
MUSIC_RATE = 44100
