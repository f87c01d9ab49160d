"""espeak-ng, the draft voice that is always there: it comes as a wheel and needs no program and no model.

The library is not thread-safe, may call exit(1), and never says the same thing twice in the same bytes while it stays
warm. So it lives in a worker process (worker.py), which forks a fresh copy of itself for every utterance: the same
text then gives the same bytes. engine.py is what the host sees, processes.py its side of the workers, library.py the
ctypes binding.
"""

from pipeline.engines.espeak.engine import EspeakEngine

__all__ = ["EspeakEngine"]
