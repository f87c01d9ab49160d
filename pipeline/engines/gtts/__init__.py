"""Google Translate's voice, asked as the gTTS library asks, and sent by the client that all network engines share.

packing.py parts an utterance into what Google takes at once, library.py has gTTS write the requests, answers.py finds
the sound in what comes back, plausibility.py refuses half of it, and joining.py makes one Clip of the parts. voices.py
and options.py say what can be chosen; engine.py is the Engine. No promise comes with this voice: the service is free,
not made for this, and its terms for publication are unclear, which is what the credits say.
"""

from pipeline.engines.gtts.engine import GttsEngine

__all__ = ["GttsEngine"]
