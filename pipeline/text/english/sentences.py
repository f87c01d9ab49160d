"""Between an article's paragraphs and its utterances: where sentences end.

Own rules and the abbreviation table, no model. Every answer is spans of the given text: only blanks lie between
them, and nothing else is lost. One pass over the text with a bounded look back, so that hostile text costs linear time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Span
from pipeline.patterns import regex
from pipeline.text.english.abbreviations import BY_WRITTEN, STARTERS, Kind

CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\[¡¿"
#: "[3]", a raised figure, a star, and a plain figure where no decimal can be meant.
_NOTE_MARK = (
    r"(?:\[(?:[0-9]{1,3}|[a-z]|note\s[0-9]{1,2})\]|[⁰¹²³⁴-⁹]++|[*†‡]{1,2}(?=\s)"
    r"|(?:(?<=[a-z]{3}[.!?])|(?<=[.!?][”’\")])|(?<=\)[.!?]))[0-9]{1,3}(?=\s))"
)
#: A stop whose blank was forgotten: between a word and a capitalised one, or before brackets.
_GLUED = (
    r"(?:(?:(?<=[a-z]{3}[.!?])|(?<=[a-z][.!?][”)]))(?=[A-Z][a-z]*+[\s,])|(?<=[a-z0-9]{2}[.!?])(?=\([A-Z]+[a-z]*+\s))"
)
_STOP = regex(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>[{CLOSERS}]*+)(?P<note>{_NOTE_MARK}*+)[{CLOSERS}]*+"
    rf"(?:(?P<blank>\s++)(?=\S)|{_GLUED})"
    r"|\n[^\S\n]*+\n\s*+"
)
_NEXT = regex(rf"[{_OPENERS}]*+(?P<first>(?P<word>[^\W\d_]++)(?=[\s,'’])|\S)")
_LAST_WORD = regex(rf"[^\s{_OPENERS}/—–-]*\Z")
_ADDRESS = regex(r"(?:[/@]|www\.)\S*\Z")
_LOOK_BACK = 40
_INITIAL = regex(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_MARK = regex(r"[0-9]{1,3}|[A-Za-z]|[ivx]{1,4}")
_NUMERAL = regex(r"[0-9]|[IVXLC]+\b")
#: Names that are written small at the start of a sentence too: "iPhone", "al-Shifa".
_SMALL_NAME = regex(r"[a-z]{1,2}[A-Z]|(?:al|el|as|an|ash|ad)-[A-Z]")
_TIME_FOLLOWERS = regex(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:ET|EST|EDT|GMT|UTC|CET|BST|PT|PST|Eastern|Pacific|Greenwich)\b"
)
#: What may end a sentence before any word but these: a time before its zone, "I" before another initial.
_ENDING_ANYWHERE = {
    "a.m": _TIME_FOLLOWERS,
    "p.m": _TIME_FOLLOWERS,
    "I": regex(r"[A-Z]\."),
    "etc": regex(r"(?!)"),
}
#: "By 6", "In the", "On Sept. 3 at": what stands before an abbreviation when no sentence is there yet.
_PHRASE_SO_FAR = regex(
    rf"[{_OPENERS}]*+(?:At|By|In|On|Before|After|Since|Until|From|Around|About)\s"
    r"(?:(?:the|a|at|about|around|exactly|only|early|late|[0-9][\w.:]*|[A-Z][\w.’-]*)\s){0,5}\Z"
)
_LONGEST_PHRASE = 60

#: The verbs that say whose words they are.
SPEECH = (
    r"(?:said|says|asked|asks|told|replied|replies|added|adds|wrote|writes|warned|warns|declared|demanded|insisted|"
    r"insists|argued|argues|answered|shouted|wondered|continued|concluded|explained|remarked|recalled|exclaimed|cried|"
    r"whispered|muttered|quipped|conceded|admitted|noted|observed|joked|retorted|responded|snapped|urged|pleaded|"
    r"complained|announced|testified|inquired|enquired)\b"
)
#: With what they own: "Prime Minister Calder’s deputy".
_NAMES = r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:(?<=[’']s\s)(?:[a-z-]+\s+){1,3})?"
_ATTRIBUTION = regex(rf"(?:{_NAMES}|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){{0,3}},\s[^,.!?“”\"]{{1,60}},\s)?{SPEECH}")
#: Of each closing mark, the opening one.
_OPENING_OF = {"”": "“", "’": "‘", '"': '"', "'": "'", "»": "«"}
_LONGEST_QUOTATION = 400

#: What lies within a sentence as a whole: brackets, a quotation after which the sentence goes on.
_ASIDE = regex(
    r"\((?:[^()]++|\([^()]*+\))*+\)|\[[^\[\]]*+\]"
    r"|(?<=[\w)]\s)“[^“”]*+”(?=,?\s[a-z])|(?<=[\w)]\s)\"(?=\S)[^\"]*+\"(?=,?\s[a-z])"
)
_LONGEST_ASIDE = 250


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph as spans, in order; nothing but blanks lies before, between and after them.

    None ends after an abbreviation or an initial that goes on, between a quotation and the words that say whose it
    is, or inside brackets and quotations of up to 250 characters that stand within a sentence. Marks of footnotes
    belong to the sentence before them. A blank line always ends one.
    """
    return spans_between(text, list(_sentence_ends(text)))


def _sentence_ends(text: str) -> Iterator[int]:
    start = 0
    asides = _asides(text)
    aside = next(asides, None)
    for stop in _STOP.finditer(text):
        while aside and aside.end < stop.end():
            aside = next(asides, None)
        is_inside = aside is not None and start + 1 < aside.start < stop.start()
        if _is_blank_line(stop) or (not is_inside and _is_sentence_end(text, stop, start=start)):
            yield stop.end()
            start = stop.end()


def _asides(text: str) -> Iterator[Span]:
    for found in _ASIDE.finditer(text):
        if found.end() - found.start() <= _LONGEST_ASIDE:
            yield Span(found.start(), found.end())


def _is_blank_line(stop: re.Match[str]) -> bool:
    return stop["mark"] is None or (stop["blank"] or "").count("\n") > 1


def _is_sentence_end(text: str, stop: re.Match[str], *, start: int) -> bool:
    following = _NEXT.match(text, stop.end())
    if following is None or _goes_on(text, stop, following=following):
        return False
    if _has_attribution(text, stop, following=following):
        return False
    if _is_elision(text, stop):
        return following["word"] in STARTERS
    return stop["mark"] != "." or _is_full_stop(text, stop, start=start, following=following)


def _is_full_stop(text: str, stop: re.Match[str], *, start: int, following: re.Match[str]) -> bool:
    """Whether "." is no part of an address, of a list mark at the very start, or of an abbreviation that goes on."""
    before = text[max(0, stop.start() - _LOOK_BACK) : stop.start()]
    if not stop["blank"] and _ADDRESS.search(before):
        return False
    found = _LAST_WORD.search(before)
    last_word = found[0] if found else ""
    word_start = stop.start() - len(last_word)
    if word_start <= start + 1 and _LIST_MARK.fullmatch(last_word):
        return False
    if last_word not in BY_WRITTEN and not _INITIAL.fullmatch(last_word):
        return True
    if stop["note"].isdecimal() or _is_phrase(text, Span(start, word_start)):
        return False
    if last_word == "I" and text.endswith(". ", start, word_start):
        # "Dr. I. Marsh": the initial of a name.
        return following["word"] in STARTERS
    return _may_end(last_word, text, following=following)


def _goes_on(text: str, stop: re.Match[str], *, following: re.Match[str]) -> bool:
    """Whether what comes next cannot begin a sentence: a small letter, a dash, another mark."""
    first = following["first"][0]
    if first.islower():
        return bool(stop["closers"]) or not _SMALL_NAME.match(text, following.start("first"))
    return first in "—–-,;:.!?…"


def _has_attribution(text: str, stop: re.Match[str], *, following: re.Match[str]) -> bool:
    """Whether the words after a quotation say whose it is, "Amaro asked"; those that introduce another one do not.

    After a full stop nothing but the bare attribution is one: a comma would stand there otherwise.
    """
    if stop["closers"][-1:] not in _OPENING_OF or following["word"] in STARTERS:
        return False
    attribution = _ATTRIBUTION.match(text, stop.end())
    if attribution is None:
        return False
    is_bare = text[attribution.end() : attribution.end() + 1] in {".", ","}
    return (stop["mark"] != "." or is_bare) and not _is_introduced(text, stop)


def _is_introduced(text: str, stop: re.Match[str]) -> bool:
    """Whether the quotation that ends here follows a colon or a comma, so that its speaker has been named before it."""
    before = text[max(0, stop.start() - _LONGEST_QUOTATION) : stop.start()]
    opened = before.rfind(_OPENING_OF[stop["closers"][-1]])
    return opened > 0 and before[:opened].rstrip()[-1:] in {":", ","}


def _is_elision(text: str, stop: re.Match[str]) -> bool:
    """Whether dots stand for words left out, "the ... people", "the [...] people", and not for a pause."""
    if stop["mark"] not in {"...", "…"}:
        return False
    before = text[max(0, stop.start() - _LOOK_BACK) : stop.start()]
    bare = before.rstrip("[( ")
    return bare != before and bare[-1:] not in {".", "!", "?", "…", ""}


def _is_phrase(text: str, so_far: Span) -> bool:
    """Whether nothing but "By 6" or "In the" stands before the abbreviation, so that the sentence is still to come."""
    is_short = so_far.end - so_far.start <= _LONGEST_PHRASE
    return is_short and _PHRASE_SO_FAR.match(text[so_far.start : so_far.end]) is not None


def _may_end(last_word: str, text: str, *, following: re.Match[str]) -> bool:
    """Whether the stop after an abbreviation or initial ends a sentence, given what begins after it."""
    abbreviation = BY_WRITTEN.get(last_word)
    kind = abbreviation.kind if abbreviation else None
    is_starter = following["word"] in STARTERS
    if kind in {Kind.TITLE, Kind.INSIDE}:
        return last_word == "St" and is_starter
    if kind in {Kind.NUMBERED, Kind.MONTH}:
        is_final = is_starter or kind is Kind.MONTH or last_word in {"No", "no"}
        return is_final and not _NUMERAL.match(text, following.start("first"))
    if last_word in _ENDING_ANYWHERE:
        return is_starter or not _ENDING_ANYWHERE[last_word].match(text, following.start("first"))
    return is_starter


def spans_between(text: str, ends: list[int], *, within: Span | None = None) -> tuple[Span, ...]:
    """What lies between the cuts, each without the blanks at its edges; empty pieces are left out."""
    whole = within or Span(0, len(text))
    cuts = [whole.start, *ends, whole.end]
    return tuple(
        Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, end in pairwise(cuts)
        if (piece := text[start:end]).strip()
    )
