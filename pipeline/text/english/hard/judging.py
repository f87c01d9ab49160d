"""Which suspects an editor should hear, once the voice has been asked, and what to paste into lexicon.toml for each."""

import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import HardName
from pipeline.text.english.hard.knowing import without_accents
from pipeline.text.english.hard.respelling import respelled
from pipeline.text.english.hard.routes import is_same
from pipeline.text.english.hard.suspects import PROPOSED
from pipeline.text.pack import Suspect
from pipeline.text.tables import word_set

#: What Britons and Americans say differently and both are right; the dictionary is American.
_SAID_BOTH_WAYS = word_set(
    """adolf adolph anthony apparatus baghdad belarus bengal bernard birmingham bolshevik bolsheviks bolshevism
    caribbean christianity clerk commissar creole czechoslovakian defense dynasty edinburgh emir eurasia falkland
    falklands frontier gerard habsburg hanoi helsinki isthmus jaguar junta kashmir kosovo leisure lieutenant maurice
    mayor missile montenegro muslim muslims nepal premier privacy process progress project quasi record russo
    salisbury schedule sino thanksgiving tripartite vis-à-vis warwick"""
)


def judge_suspects(
    suspects: Sequence[Suspect], ipa: Mapping[str, str], *, dictionary: Mapping[str, tuple[str, ...]]
) -> tuple[HardName, ...]:
    """See LanguagePack.hard_names; in the order of ``suspects``."""
    return tuple(_judged(suspects, ipa, dictionary=dictionary))


def _judged(
    suspects: Sequence[Suspect], ipa: Mapping[str, str], *, dictionary: Mapping[str, tuple[str, ...]]
) -> Iterator[HardName]:
    for suspect in suspects:
        voice, sounds = ipa.get(suspect.name, ""), _sounds(suspect.name, dictionary)
        is_settled = suspect.name.casefold() in _SAID_BOTH_WAYS
        why = suspect.why or ("" if is_settled else _disagreement(voice, sounds))
        if why:
            yield HardName(
                name=suspect.name,
                why=why,
                ipa=voice,
                sentence=suspect.sentence,
                count=suspect.count,
                paste="" if why == PROPOSED else _entries(suspect, dictionary),
            )


def _sounds(name: str, dictionary: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What the dictionary has for it; for a loan word with accents, what it has without them."""
    word = name.casefold().replace("’", "'")
    if word in dictionary or not name.islower():
        return dictionary.get(word, ())
    return dictionary.get(without_accents(word), ())


def _disagreement(voice: str, sounds: Sequence[str]) -> str:
    """How the voice says it other than all that the dictionary has; "" if it does not or nobody can tell."""
    if not voice or not sounds or any(is_same(voice, sound) for sound in sounds):
        return ""
    return f"the voice and the dictionary disagree: “{voice}” against “{respelled(sounds[0])}”"


def _entries(suspect: Suspect, dictionary: Mapping[str, tuple[str, ...]]) -> str:
    """Lines for lexicon.toml, to be edited: nobody can know the right sound of a name that no dictionary has.

    They say what they honestly can, the dictionary's own sound or the plain letters of the name, and are only proposed.
    """
    names = filter(None, (suspect.name, suspect.plural))
    return "\n".join(_entry(name, _sounds(name, dictionary)) for name in names)


def _entry(name: str, sounds: Sequence[str]) -> str:
    say = respelled(sounds[0]) if sounds else without_accents(name)
    lines = ["[[entries]]", f"grapheme = {_quoted(name)}", f"say = {_quoted(say)}"]
    if name.islower():
        lines.append("case = false")
    return "\n".join([*lines, 'status = "proposed"', ""])


def _quoted(text: str) -> str:
    """A basic string of TOML; what JSON escapes, TOML escapes the same way."""
    return json.dumps(text, ensure_ascii=False)
