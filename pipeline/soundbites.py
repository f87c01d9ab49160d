"""Floor 2, between arranging and the feed: the stretches that the author marked, found in what is said. Pure.

`soundbite_places` needs the Script alone, so that words that nobody says are refused before an hour is narrated;
`find_soundbites` then knows when each is heard.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec import Struct

from pipeline.errors import ScriptError
from pipeline.model import Cue, Role, Script, Soundbite, SoundbiteMark, Transcript, Utterance
from pipeline.patterns import regex
from pipeline.text.alike import letters_of
from pipeline.units import ms_from_samples

#: What apps show as a soundbite. Source: podcast-namespace, docs/tags/soundbite.md.
SHORTEST_S, LONGEST_S = 15, 120

_TEXT_ROLES = frozenset({Role.HEADING, Role.BODY, Role.QUOTATION, Role.LIST_ITEM, Role.ASIDE})
_CLOSING_ROLES = frozenset({Role.CLOSING, Role.CREDIT})
_SENTENCE_END = regex(r"[.!?…。！？।؟]['’\"”»›)\]]*\Z")

#: Characters of a text that a message shows, and beginnings that it names.
_SHOWN, _NEAREST = 60, 3


class _Sentence(Struct, frozen=True, kw_only=True):
    """The numbers of its first and last Utterance: a long sentence is spoken in parts."""

    first: int
    last: int


def soundbite_places(script: Script, marks: Sequence[SoundbiteMark]) -> tuple[int, ...]:
    """The number of the Utterance, from 0, with which each of ``marks`` begins.

    Raises: ScriptError, with the line of the mark, where no sentence begins with its words, or several do.
    """
    sentences = tuple(_sentences(script.utterances))
    return tuple(_place(mark, number, script=script, sentences=sentences) for number, mark in enumerate(marks, start=1))


def find_soundbites(script: Script, transcript: Transcript, *, marks: Sequence[SoundbiteMark]) -> tuple[Soundbite, ...]:
    """When each of ``marks`` is heard: from its first word to the end of the sentence nearest to the seconds asked.

    Of the sentences before the closing, those that make it 15 to 120 seconds long go first; where none does, the
    nearest counts all the same.

    Raises: ScriptError as `soundbite_places` does.
    """
    starts, ends = _heard(transcript)
    stops = [ends[one.last] for one in _sentences(script.utterances)]
    return tuple(
        _soundbite(mark, starts[place], stops=stops, sample_rate=transcript.sample_rate)
        for mark, place in zip(marks, soundbite_places(script, marks), strict=True)
    )


def _soundbite(mark: SoundbiteMark, start: int, *, stops: Sequence[int], sample_rate: int) -> Soundbite:
    """The stretch from sample ``start`` to the best of ``stops``."""
    asked = mark.seconds * sample_rate
    after = [stop for stop in stops if stop > start]
    shown = [stop for stop in after if SHORTEST_S * sample_rate <= stop - start <= LONGEST_S * sample_rate]
    stop = min(shown or after, key=lambda one: abs(one - start - asked))
    start_ms = ms_from_samples(start, sample_rate)
    return Soundbite(start_ms=start_ms, duration_ms=ms_from_samples(stop, sample_rate) - start_ms, title=mark.title)


def _sentences(utterances: Sequence[Utterance]) -> Iterator[_Sentence]:
    """The sentences of the article's own text and of what stands in for it, in order, up to the closing."""
    first: int | None = None
    for number, one in enumerate(utterances):
        if one.role in _CLOSING_ROLES:
            return
        if one.role not in _TEXT_ROLES:
            continue
        first = number if first is None else first
        if _SENTENCE_END.search(one.display.rstrip()) or _is_last_of_block(utterances, number):
            yield _Sentence(first=first, last=number)
            first = None


def _is_last_of_block(utterances: Sequence[Utterance], number: int) -> bool:
    following = utterances[number + 1 : number + 2]
    one = utterances[number]
    keys = {(other.block, other.role, other.paragraph) for other in (one, *following)}
    return not following or one.block is None or len(keys) > 1


def _place(mark: SoundbiteMark, number: int, *, script: Script, sentences: Sequence[_Sentence]) -> int:
    wanted = letters_of(mark.words)
    wanted = wanted.removesuffix("...") or wanted
    found = [one.first for one in sentences if wanted and _begins_with(script, one.first, wanted=wanted)]
    if len(found) == 1:
        return found[0]
    what = f"soundbite {number} in the front matter begins at “{_shown(mark.words)}”"
    if found:
        what += f", and {len(found)} sentences begin so"
        raise ScriptError(what, cure="give more words of the one that is meant", line=mark.line)
    nearest = ", ".join(f"“{words}”" for words in _nearest(wanted, script, sentences=sentences))
    what += ", and no sentence begins so"
    raise ScriptError(what, cure=f"write the first words of one; the nearest are {nearest}", line=mark.line)


def _begins_with(script: Script, number: int, *, wanted: str) -> bool:
    """Whether what is said from an Utterance on, up to the end of its Block, begins with ``wanted``."""
    while wanted:
        letters = letters_of(script.utterances[number].display)
        if not letters.startswith(wanted) and not wanted.startswith(letters):
            return False
        wanted = wanted[len(letters) :]
        if wanted and _is_last_of_block(script.utterances, number):
            return False
        number += 1
    return True


def _nearest(wanted: str, script: Script, *, sentences: Sequence[_Sentence]) -> list[str]:
    """The beginnings that are most like ``wanted``, as the text has them."""
    shown: dict[str, str] = {}
    for one in sentences:
        display = script.utterances[one.first].display
        shown.setdefault(letters_of(display)[: max(len(wanted), 1)], _shown(display))
    return [shown[letters] for letters in get_close_matches(wanted[:_SHOWN], shown, n=_NEAREST, cutoff=0.0)]


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rpartition(' ')[0] or line[:_SHOWN]}…"


def _heard(transcript: Transcript) -> tuple[dict[int, int], dict[int, int]]:
    """Utterance -> the sample of its first word, and the one after its last; a Cue may stay longer, for the eye."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for cue in transcript.cues:
        starts.setdefault(cue.utterance, cue.words[0].start if cue.words else cue.start)
        ends[cue.utterance] = _end_of(cue)
    return starts, ends


def _end_of(cue: Cue) -> int:
    return cue.words[-1].end if cue.words else cue.end
