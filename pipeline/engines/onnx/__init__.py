"""Floor 3, inside the engines: what those that speak by an ONNX model on this computer share.

extras.py says what is not installed; runs.py loads a model and lets another thread stop it; parts.py and given.py read
the exact sounds of names out of a text; sound.py makes samples of what a model gives.
"""
