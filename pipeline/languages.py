"""Floor 3: language packs. ``find_pack`` gives the one for a language; third parties add theirs by entry point.

The built-in pack takes the same road as theirs, the entry-point group `audio_edition.languages`.
"""

from functools import cache
from importlib.metadata import entry_points

from pipeline.errors import ScriptError
from pipeline.text.pack import LanguagePack

GROUP = "audio_edition.languages"


@cache  # looking through all that is installed takes longer than many a sentence
def find_pack(language: str) -> LanguagePack:
    """The rules for ``language``, a BCP 47 tag; its primary subtag decides.

    Raises:
        ScriptError: no installed package reads it. It is never read by another language's rules.
    """
    primary = language.replace("_", "-").lower().partition("-")[0]
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if primary not in offered:
        raise ScriptError(
            f"the article's language is “{language}”, and there are rules for saying "
            f"{', '.join(sorted(offered)) or 'no language'} only",
            cure=f"install a language pack for “{primary}” (entry point {GROUP}), or, if the article is English, write "
            '`lang: en-GB` in its front matter or `language = "en-GB"` in show.toml; otherwise leave it out',
        )
    pack: LanguagePack = offered[primary].load()
    return pack
