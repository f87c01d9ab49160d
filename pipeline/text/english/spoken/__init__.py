"""Between sentences and the voice: a text becomes what is said, with every change tied to where it came from.

``speak`` is the face. Behind it, ``ordinary`` tells the many sentences that need nothing; ``rules`` is the table of
rules in their order, one module a family; ``edits`` lays the table over a text, and ``passes`` keeps the spans.
"""

from functools import partial

from pipeline.model import Lexicon, SpokenForm
from pipeline.text.edits import edits_of
from pipeline.text.english.locale import locale_of
from pipeline.text.english.spoken.entries import say_capitals
from pipeline.text.english.spoken.ordinary import is_ordinary
from pipeline.text.english.spoken.rules import REMAINS, TABLE
from pipeline.text.lexicon import RULE as LEXICON_RULE
from pipeline.text.lexicon import lexicon_edits
from pipeline.text.passes import Spoken, with_edits

__all__ = ["Spoken", "speak"]

#: More passes than any real text takes (two); it bounds the work on a hostile one.
_MOST_PASSES = 12


def speak(text: str, *, language: str, lexicon: Lexicon) -> Spoken:
    """What the voice is given for ``text``, and the places where it differs from it.

    Everything outside the forms is the same in both, character by character. No digit is left outside what the
    lexicon says, and speaking the spoken text changes nothing. ``language`` is a tag such as "en-GB".

    Raises: ScriptError for any language but English.
    """
    locale = locale_of(language)
    spoken = Spoken(text=text, forms=())
    house = lexicon_edits(text, lexicon, language=language, say_capitals=partial(say_capitals, locale=locale))
    if house:
        spoken = with_edits(spoken, house)
    for _ in range(_MOST_PASSES):
        if is_ordinary(spoken.text):
            break
        taken = _kept(spoken)
        # What is left is left out only when no rule has a word for it any more.
        edits = edits_of(spoken.text, TABLE, locale=locale, taken=taken) or edits_of(
            spoken.text, REMAINS, locale=locale, taken=taken
        )
        if not edits:
            break
        spoken = with_edits(spoken, edits)
    return Spoken(
        text=spoken.text, forms=tuple(form for form in spoken.forms if _differs(form, text, said=spoken.text))
    )


def _differs(form: SpokenForm, written: str, *, said: str) -> bool:
    """Whether a voice is told anything by it: other words, or the exact sound of the same."""
    return bool(form.ipa) or written[form.start : form.end] != said[form.spoken_start : form.spoken_end]


def _kept(spoken: Spoken) -> bytearray:
    """A 1 for each character that the lexicon said, or whose sound is known: no rule of English may touch it."""
    taken = bytearray(len(spoken.text))
    for form in filter(_is_settled, spoken.forms):
        taken[form.spoken_start : form.spoken_end] = b"\1" * (form.spoken_end - form.spoken_start)
    return taken


def _is_settled(form: SpokenForm) -> bool:
    return form.rule == LEXICON_RULE or bool(form.ipa)
