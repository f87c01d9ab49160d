"""IPA as people type and paste it: the marks around it, and what is no IPA at all."""

from pipeline.errors import ConfigError
from pipeline.patterns import regex

#: The plain keyboard has these and IPA has not: they betray SAMPA, ARPAbet or a voice's own notation.
_FOREIGN = regex(r"[!-,/-`{}~]")


def read_ipa(text: str) -> str:
    """The transcription without the marks around it, "" where there is none.

    Raises:
        ConfigError: it has a sign that IPA has not.
    """
    ipa = without_marks(text.strip())
    foreign = "".join(dict.fromkeys(_FOREIGN.findall(ipa)))
    if foreign:
        raise ConfigError(
            f"“{ipa}” is no IPA: it has {foreign}",
            cure="stress is ˈ, length is ː, and no sign is a capital or a figure; or give a respelling instead",
        )
    return ipa


def without_marks(ipa: str) -> str:
    """Without the strokes or brackets that many write around a transcription: /kiːv/, [kiːv]."""
    has_marks = len(ipa) > 2 and (ipa[0], ipa[-1]) in {("/", "/"), ("[", "]")}
    return ipa[1:-1].strip() if has_marks else ipa
