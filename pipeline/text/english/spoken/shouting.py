"""Capitals that are only loud: headlines and slogans, and "US" in them, which may be the country or the pronoun."""

import re

from pipeline.patterns import regex
from pipeline.text.english.spoken.acronyms import ORDINARY, SAID_AS_WORDS, SPELLED
from pipeline.text.tables import word_set

_LOWER = regex(r"[^\W\d_A-Z]")
_WORD_OF_CAPITALS = regex(r"(?<![^\W_])[A-Z]{2,}(?![^\W_])")
_WORD_BEFORE = regex(r"(?<![\w’'-])([A-Z]{2,})[\s,]{1,2}\Z")
_WORD_AFTER = regex(r"[\s,]{1,2}([A-Z]{2,})(?![\w’'-])")
_BEFORE_END = regex(r"[\s\"'”’)]*(?:[.!?,;:…—–]|\Z)")
_NEAR = 30
_LONGEST_ACRONYM = 5

#: Behind these "US" is whom it is done to.
_DONE_TO = word_set(
    """AMONG ASK ASKS ATTACK BEAT BEHIND BELIEVE BETRAY BETWEEN BLAME BRING CALL CONTACT COST DEFEND DESTROY DIVIDE FAIL
    FIGHT FIND FOLLOW FORGIVE FREE GAVE GIVE GIVES GRANT HATE HEAR HELP HELPS HIT HURT JOIN KEEP KEEPS KILL LEAD LEADS
    LEAVE LEND LET LETS LIED LOVE MADE MAKE MAKES MAKING OWE OWES PROTECT PUT READ REMEMBER RESCUE SAVE SEND SHOW SHOWS
    STOP SUPPORT TAKE TAKES TEACH TELL TELLS THANK TOLD TRUST UNITE UNITES WITHOUT"""
)
#: Behind these it is the pronoun where nothing follows that the country could do or own.
_BEFORE_EITHER = word_set(
    """ABOUT ABOVE AFTER AGAINST AROUND BEFORE BY EXPECT EXPECTS FOR FROM IN IS LIKE NEED NEEDS OF ON TO UPON WANT WANTS
    WITH"""
)
_BEFORE_THE_COUNTRY = word_set("A AN AND ANTI AS HOW IF NEW NO NON THE THIS WHEN WHERE WHY")
_PRONOUN_AFTER = word_set(
    """ALL ALONE AND AT BACK BOTH DEAD GONE HERE MORE NOT NOW OR OUR OUT PEACE THE THERE THIS TIME TO TODAY TOO WHAT
    WHEN WHY"""
)


def is_shouted(found: re.Match[str]) -> bool:
    """Whether it stands in a headline of capitals, or beside an ordinary word in capitals."""
    text = found.string
    near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    if _LOWER.search(near) is None and any(map(_is_plainly_a_word, _WORD_OF_CAPITALS.findall(near))):
        return True
    return any(word in ORDINARY for word in _neighbours(found))


def is_pronoun(found: re.Match[str]) -> bool:
    """Whether a shouted "US" means us: GIVE US PEACE, WITH US OR AGAINST US."""
    before, after = _neighbours(found)
    if found[0] != "US":
        return False
    if before in _DONE_TO:
        return True
    if before not in _BEFORE_EITHER:
        return False
    return after in _PRONOUN_AFTER or _BEFORE_END.match(found.string, found.end()) is not None


def may_be_pronoun(found: re.Match[str]) -> bool:
    """Whether nothing around a shouted "US" that was taken for the country settles it."""
    before, _ = _neighbours(found)
    return bool(before) and before not in _BEFORE_THE_COUNTRY


def _is_plainly_a_word(capitals: str) -> bool:
    """Whether it is an ordinary word; one too long for letters counts, a row of acronyms does not."""
    if capitals in ORDINARY:
        return True
    return len(capitals) > _LONGEST_ACRONYM and capitals not in SAID_AS_WORDS and capitals not in SPELLED


def _neighbours(found: re.Match[str]) -> tuple[str, str]:
    before = _WORD_BEFORE.search(found.string[max(0, found.start() - 14) : found.start()])
    after = _WORD_AFTER.match(found.string, found.end())
    return before[1] if before else "", after[1] if after else ""
