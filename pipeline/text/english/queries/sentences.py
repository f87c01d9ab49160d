"""Inside queries: how sentences begin and end, a subject cut from its verb, and what is said twice."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.model import BlockKind
from pipeline.patterns import regex
from pipeline.text.english.abbreviations import BY_WRITTEN
from pipeline.text.english.queries.passages import Flag, Passage
from pipeline.text.english.sentences import CLOSERS, split_sentences
from pipeline.text.tables import word_set

_SMALL_AFTER_STOP = regex(r"(?<![\w.’'-])(?P<before>[a-z]{3,20})\. (?P<word>[a-z][\w’'-]*+)")
#: Names that begin small.
_SMALL_NAMES = word_set("de von van der den da di al el bin ibn ten ter le la du")
_SHORTENED = word_set("max min avg ext tel resp trans transl esp orig approx")
_SMALL_START = regex(r"(?P<word>[a-z][\w’'-]*+)")
_ENDED = regex(rf"[.!?…:;—–-][{CLOSERS}*†‡]*+(?:\[?[0-9]{{1,3}}\]?)?\Z")
_LEAST_WORDS = 8
_REPEATED_LEAST_WORDS = 8
_WORD = regex(r"[^\W_]+")

_FINITE = "is|are|was|were|has|have|had|will|would|can|could|did|does|do|said|says"
#: "Walking away now, will ...": words in -ing that open a phrase of time or place are no subject.
_DOING = (
    r"(?!(?:During|Following|Including|According|Regarding|Concerning|Considering|Pending|Notwithstanding|Beijing|"
    r"Nothing|Something|Everything|Anything|Evening|Morning|Spring|King|Notably|Assuming|Given|Barring|Excluding)\b)"
    r"[A-Z][a-z]{2,20}ing"
)
_SEVERED = regex(
    rf"(?:The|This|That|These|Those|An?|What|Whoever|All|Everyone|People|Anyone|{_DOING}) "
    rf"(?P<subject>(?:(?!(?:{_FINITE}|when|if|because|as|although|though|while|where|once|until|more|less|moment|same|"
    r"day|year|week|month|morning|night|evening|time)\b)[\w’'-]++ ){0,9}(?!(?:" + _FINITE + r")\b)[\w’'-]++),"
    r" (?P<verb>is|are|was|were|has|have|had|will|would|can|could|should|must|said|says)\b(?=\s)"
)
#: "The pact, were the Senate to ...", "The answer, is it not", "The road, said Calder": no subject is cut off there.
_INVERTED = regex(
    r"(?:,|\s(?:he|she|it|they|we|you|I|there|not|one|this|that|these|those|to|the|an?|his|her|its|their|some|many|most|"
    r"officials?|analysts?|diplomats?|experts|however|[A-Z]))(?!\w)|\s[A-Z]"
)
_PRONOUN = regex(r"\s(?:he|she|it|they|we|you|I|there|not)\b")
_PARENTHESIS = regex(r"[^,.;:!?]{0,120}[,—–]")


def severed_subjects(passage: Passage) -> Iterator[Flag]:
    """A comma between the subject at the beginning of a sentence and its verb."""
    for sentence in split_sentences(passage.text):
        found = _SEVERED.match(passage.text, sentence.start, sentence.end)
        if found is None or _is_inverted(found) or _PARENTHESIS.match(passage.text, found.end(), sentence.end):
            continue
        what = f"Does the comma before “{found['verb']}” part the subject from its verb?"
        place = found.end("subject")
        yield Flag(rule="comma before a verb", what=what, block=passage.block, start=place, end=found.end())


def _is_inverted(found: re.Match[str]) -> bool:
    inversion = _PRONOUN if found["verb"] in {"is", "are", "was", "has", "will"} else _INVERTED
    return inversion.match(found.string, found.end()) is not None


def beginnings(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Each sentence that begins with a small letter after one that has ended."""
    is_ended = True
    for passage in passages:
        for found in _SMALL_AFTER_STOP.finditer(passage.text):
            if found["before"] not in BY_WRITTEN.keys() | _SHORTENED and not _is_small_name(found["word"]):
                yield _small(passage, found)
        found_start = _SMALL_START.match(passage.text)
        is_start = passage.kind is BlockKind.PARAGRAPH and is_ended and len(passage.text.split()) >= _LEAST_WORDS
        if found_start and is_start and not _is_small_name(found_start["word"]):
            yield _small(passage, found_start)
        is_ended = passage.kind is not BlockKind.PARAGRAPH or _ENDED.search(passage.text[-8:].rstrip()) is not None


def _is_small_name(word: str) -> bool:
    return word in _SMALL_NAMES or word != word.lower() or word.startswith(("http", "www"))


def _small(passage: Passage, found: re.Match[str]) -> Flag:
    what = f"Does a sentence begin with “{found['word']}”?"
    start, end = found.span("word")
    return Flag(rule="small letter", what=what, block=passage.block, start=start, end=end)


def endings(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Each paragraph of some length whose last sentence has no end mark, where no list or quotation goes on with it."""
    for passage, following in zip_longest(passages, passages[1:]):
        text = passage.text.rstrip()
        is_prose = passage.kind is BlockKind.PARAGRAPH and len(text.split()) >= _LEAST_WORDS
        is_last = following is None or following.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if is_prose and is_last and not _ENDED.search(text[-8:]):
            start = text.rfind(" ") + 1
            yield Flag(
                rule="no end mark", what="Does the sentence end here?", block=passage.block, start=start, end=len(text)
            )


def repetitions(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Each sentence of some length that has been said before."""
    seen: set[str] = set()
    for passage in passages:
        for sentence in split_sentences(passage.text):
            words = _WORD.findall(passage.text[sentence.start : sentence.end].lower())
            if len(words) < _REPEATED_LEAST_WORDS:
                continue
            key = " ".join(words)
            if key in seen:
                what = "This is said a second time. Is it meant to be?"
                yield Flag(rule="repetition", what=what, block=passage.block, start=sentence.start, end=sentence.end)
            seen.add(key)
