"""Names that a voice may say wrong. (unfinished)"""

from collections.abc import Mapping, Sequence

from pipeline.model import HardName, Lexicon, Script
from pipeline.text.pack import Suspect


def find_suspects(
    script: Script, lexicon: Lexicon, *, dictionary: Mapping[str, tuple[str, ...]]
) -> tuple[Suspect, ...]:
    """See LanguagePack.suspects."""
    del script, lexicon, dictionary
    return ()


def judge_suspects(
    suspects: Sequence[Suspect], ipa: Mapping[str, str], *, dictionary: Mapping[str, tuple[str, ...]]
) -> tuple[HardName, ...]:
    """See LanguagePack.hard_names."""
    del suspects, ipa, dictionary
    return ()
