"""Floor 4: what was made becomes what is published: the files under their final names, and the Episode that names them.

Nothing is written here. A file's name carries a digest of its content, so a changed file has a new address and the
old one stays valid. ``values`` come in and go out; ``edition`` puts one together of what is ``published``, the ``tag``
of the sound, and the notes with their ``corrections``.
"""

from pipeline.assembly.corrections import correction_of, settled_corrections
from pipeline.assembly.edition import assemble, script_digest, sound_parts
from pipeline.assembly.published import known_addresses
from pipeline.assembly.values import Edition, Made, Told

__all__ = [
    "Edition",
    "Made",
    "Told",
    "assemble",
    "correction_of",
    "known_addresses",
    "script_digest",
    "settled_corrections",
    "sound_parts",
]
