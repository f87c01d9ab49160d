"""Between reading and narrating: Article -> Script, everything that will be said, in order. Pure.

``stage`` is the whole of it; ``surroundings`` makes opening and closing from templates, ``body`` goes through the
Blocks, and ``lines`` cuts their texts into what becomes an Utterance each.
"""

from pipeline.scripting.stage import write_script
from pipeline.scripting.surroundings import tells_corrections

__all__ = ["tells_corrections", "write_script"]
