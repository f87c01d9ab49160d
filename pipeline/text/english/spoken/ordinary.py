"""Whether a text is ordinary: small words, names and plain pauses, in which no rule of English has anything to say.

Most sentences are, and nearly all that have been through the rules once; telling so at a glance is what makes both
quick. Whatever is left out of ``_ORDINARY`` only costs time; a test holds it to letting nothing through that a rule
would find.
"""

from pipeline.patterns import regex
from pipeline.text.english.abbreviations import ABBREVIATIONS, Kind
from pipeline.text.tables import word_set

#: No figure, no sign but plain pauses and quotation marks, no stop but the last, and of capitals only a word's first
#: and single letters: those of Roman numerals beside another alone, as in "P L O". No month begins behind a hyphen.
_ORDINARY = regex(
    r"[“‘\"']?"
    r"(?:(?:[A-Z]?[a-zß-öø-ÿ]++|[ABD-HJKM-UWYZ]|[CILVX](?=\s[A-Z](?!\w))|(?<=(?<!\w)[A-Z]\s)[CILVX])"
    r"(?:['’](?:s|re|ve|d|ll)|(?<=n)['’]t|(?<=s)['’](?=\s))?+(?![\w'’])"
    r"(?:-(?=[a-z])|(?<=[a-z])-(?=[BCEGHIKLPQRUVXYZ][a-z])|(?<=(?<!\w)A)-(?=[A-Z])|[,;:]?[”\"]?\s[“\"]?(?=\w))?+)*+"
    r"[.?!,:]?[”\"’']{0,2}\s?"
)
_WORD = regex(r"[A-Za-z]+")

#: Ordinary by their letters, and yet short for something.
_SHORT_WORDS = word_set(
    """Adm Apr Aug Brig Bros Capt Cdr Cllr Cmdr Co Col Cols Corp Cpl Dec Dept Depts Dr Drs Feb Flt Ft Gen Gov Govs Govt
    Govts Gp Hon Inc Insp Ldr Lt Ltd Maj Messrs Mk Mlle Mme Mr Mrs Ms Mt Mx Nov Oct Plc Prof Pte Rep Reps Retd Rev
    Revd Rt Sat Sen Sens Sep Sept Sgt Sqn St Ste Sun Supt Wg aka approx cf circa dept depts ed eg est etc govt govts ie
    incl plc retd v viz vs"""
)
_ROMAN_RANKS = {numeral + ending for numeral in "IVXLC" for ending in ("st", "nd", "rd", "th")}
_LAST_WORDS = {each.written for each in ABBREVIATIONS if each.kind in (Kind.CLOSING, Kind.MONTH)}
_SHORT = frozenset(_SHORT_WORDS | _ROMAN_RANKS | _LAST_WORDS)


def is_ordinary(text: str) -> bool:
    """Whether no rule of English can have anything to say in ``text``."""
    return _ORDINARY.fullmatch(text) is not None and _SHORT.isdisjoint(_WORD.findall(text))
