"""Floor 3, inside the artwork: a picture of a sound: its waveform over time, with its chapters.

`scene.py` lays out what is drawn, once for both kinds of picture; `svg.py` and `png.py` draw it. The SVG follows the
reader's light or dark, and shows titles in every script; the PNG is light, with the letters that its typeface has.
"""

from pipeline.artwork.waveform.png import png_waveform
from pipeline.artwork.waveform.scene import ChapterLine, Waveform, printable
from pipeline.artwork.waveform.svg import svg_waveform

__all__ = ["ChapterLine", "Waveform", "png_waveform", "printable", "svg_waveform"]
