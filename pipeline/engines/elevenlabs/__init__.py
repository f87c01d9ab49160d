"""Floor 3, engines: ElevenLabs, with the times of its words.

Read downwards: `engine`, which opens Sessions of the `server`; what it is asked (`requests`), what comes back
(`answers`) and when each word of it is heard (`alignment`), what its refusals mean (`refusals`), and its `voices`.
"""

from pipeline.engines.elevenlabs.engine import ElevenLabsEngine

__all__ = ["ElevenLabsEngine"]
