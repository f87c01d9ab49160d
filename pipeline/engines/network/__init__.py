"""Floor 3, engines: the one client of all engines that ask a server: Request -> Answer -> sound.

exchange.py has the values. A Session has a Line of its engine's Client (client.py), which asks on one event loop in a
thread of its own (running.py). asking.py asks until there is an answer of use; turns.py says when it may, by the rules
of pacing.py and breaker.py, whose state standing.py keeps; sending.py is one try; refusals.py has the words for what a
server will not do. decoding.py makes samples of the sound that came back, once wav.py, mp3.py, ogg.py or flac.py has
found it whole.
"""

from pipeline.engines.network.client import Client, Line
from pipeline.engines.network.decoding import decode
from pipeline.engines.network.exchange import Answer, BadAnswer, NetworkOptions, Request

__all__ = ["Answer", "BadAnswer", "Client", "Line", "NetworkOptions", "Request", "decode"]
