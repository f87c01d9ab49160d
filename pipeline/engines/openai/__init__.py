"""Floor 3, engines: any server with OpenAI's `POST /audio/speech`: OpenAI, Kokoro-FastAPI, Speaches, LocalAI, vLLM ...

Read downwards: `engine`, which opens Sessions of one `server`; what it is asked (`requests`), what comes back
(`answers`), what its refusals mean (`refusals`), and which voices it has (`voices`).
"""

from pipeline.engines.openai.engine import OpenAIEngine

__all__ = ["OpenAIEngine"]
