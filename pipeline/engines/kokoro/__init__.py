"""Kokoro: one model of many natural voices that speaks on this computer, about as fast as one listens. An extra.

`audio-edition voices install kokoro` brings model and voices. This file's neighbours: engine.py is what the host sees,
and loads nothing heavy; files.py knows the installed model and the names of its voices; model.py loads it; reading.py
turns text into phonemes; session.py speaks.
"""

from pipeline.engines.kokoro.engine import KokoroEngine

__all__ = ["KokoroEngine"]
