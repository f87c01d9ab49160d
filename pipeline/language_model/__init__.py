"""Floor 3, between finding chapters and publishing them: better words for them from a language model of the user's.

Off unless show.toml names a server. Read downwards: what is to be put into words (`wording`), which server may be
asked (`server`), what it is asked (`questions`), the one request (`asking`) and what came back (`answers`), and whether
that may be shown (`checks`). The body of the article is never touched, and nothing of this is narrated.
"""

from pipeline.language_model.server import LanguageModel, find_language_model
from pipeline.language_model.wording import Wording, write_words

__all__ = ["LanguageModel", "Wording", "find_language_model", "write_words"]
