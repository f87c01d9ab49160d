"""Which English is read: the one switch that number words, dates and spelling turn on.

Every other language is refused here, before a single rule of English touches it.
"""

from functools import lru_cache

from msgspec import Struct

from pipeline.errors import ScriptError
from pipeline.text.tables import word_list

_AMERICAN_REGIONS = frozenset({"us", "ph", "pr"})


class Locale(Struct, frozen=True, kw_only=True):
    """One English. ``is_american`` drops the "and" of numbers, puts the month first and says "percent".

    ``lieutenant`` leads a voice to what this English says for it: a British one to "leftenant".
    """

    is_american: bool
    lieutenant: str


MONTHS = word_list("January February March April May June July August September October November December")

BRITISH = Locale(is_american=False, lieutenant="Leftenant")
AMERICAN = Locale(is_american=True, lieutenant="Lieutenant")


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The English that a language tag such as "en-GB" names; an English of no region is read as British.

    Raises: ScriptError for any other language. Source: BCP 47 (primary language, then region).
    """
    primary, *rest = language.replace("_", "-").lower().split("-")
    if primary != "en":
        raise ScriptError(
            f"the article's language is “{language}”, and there are rules for saying English only",
            cure='if it is English, write `lang: en-GB` in its front matter or `language = "en-GB"` in show.toml; '
            "otherwise leave it out",
        )
    return AMERICAN if _AMERICAN_REGIONS.intersection(rest) else BRITISH
