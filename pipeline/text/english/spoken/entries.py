"""How English says the capitals of a lexicon entry that gives no respelling: as a word, or letter by letter."""

from pipeline.patterns import regex
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal
from pipeline.text.english.spoken.acronyms import spelled
from pipeline.text.lexicon import Capitals

_PIECE = regex(r"[^\W\d_]+|\d+|&")


def say_capitals(capitals: Capitals, locale: Locale) -> str:
    """ "Sipri" for SIPRI as a word, "I S W" for ISW as letters; of a plural with its s: "Sipris", "I S W's"."""
    if capitals.read_as == "letters":
        # Without the apostrophe a voice reads the last letter and its s as one word.
        return _letters(capitals, locale) + ("'s" if capitals.is_plural else "")
    # Capitals that no English word has, ISW or SDF, are spelled by a voice even where it is given them whole.
    word = capitals.written.capitalize() if capitals.written.isupper() else capitals.written
    return word + ("s" if capitals.is_plural else "")


def _letters(capitals: Capitals, locale: Locale) -> str:
    """COP28 "C O P twenty-eight", Q&A "Q and A"."""
    pieces = _PIECE.findall(capitals.written)
    said = ""
    for number, piece in enumerate(pieces, start=1):
        is_last = number == len(pieces)
        said += _piece(piece, locale, has_word_after=capitals.has_word_after if is_last else True)
        said += "" if is_last or said.endswith("-") else " "
    return said


def _piece(piece: str, locale: Locale, *, has_word_after: bool) -> str:
    if piece == "&":
        return "and"
    if piece.isdecimal():
        return decimal(piece, locale)
    return spelled(piece.upper(), has_word_after=has_word_after)
