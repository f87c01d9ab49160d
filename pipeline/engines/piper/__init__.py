"""Piper: natural voices that speak on this computer, about ten times as fast as one listens. An optional extra.

Each voice is a model of its own, which `audio-edition voices install piper:NAME` brings. This file's neighbours:
engine.py is what the host sees, and loads nothing heavy; model.py loads a voice; reading.py turns text into its
phonemes; session.py speaks.
"""

from pipeline.engines.piper.engine import PiperEngine

__all__ = ["PiperEngine"]
