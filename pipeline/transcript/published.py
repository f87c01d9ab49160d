"""Floor 2, inside the transcript: a Transcript as the files that players read. Pure; the same bytes every time.

All forms share one rounding to whole milliseconds, so they cannot disagree. WebVTT is the one Apple takes in;
SubRip and JSON serve other players. docs/transcripts.md says what each form is for.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from pipeline.model import Cue, CueWord, EpisodeChapter, Transcript
from pipeline.transcript.breaks import two_lines
from pipeline.units import ms_from_samples, timestamp

#: Who speaks where nobody is quoted, in a transcript that quotes somebody by name.
NARRATOR = "Narrator"


def to_webvtt(transcript: Transcript, *, title: str, chapters: Sequence[EpisodeChapter] = ()) -> bytes:
    """The Transcript as WebVTT: ``title`` in the header, a note before the first cue of each chapter, and the cues.

    Cues have no settings and at most two lines; `&`, `<` and `>` are escaped. Where somebody is quoted by name, every
    cue begins with a voice tag, which holds to the end of the cue and needs no end tag.

    Source: W3C WebVTT, section 4.1 (header and comments) and 4.2.2 (voice spans). Text that holds `-->` would end a
    comment or a cue. Lines under the header ("Kind:", "Language:") are not in the standard, and node-webvtt refuses
    the file for them; the language stands in the feed.
    """
    published = _published(transcript)
    notes = _notes(chapters, [cue.start_ms for cue in published])
    blocks = [f"WEBVTT - {_commented(title)}\n" if title.strip() else "WEBVTT\n"]
    for number, cue in enumerate(published):
        blocks += notes.get(number, [])
        blocks.append(
            f"{timestamp(cue.start_ms)} --> {timestamp(cue.end_ms)}\n{_voice(cue.speaker)}{_escaped(cue.lines)}\n"
        )
    blocks += notes.get(len(published), [])
    return "\n".join(blocks).encode()


def to_srt(transcript: Transcript) -> bytes:
    """The Transcript as SubRip: numbered from 1, comma before the milliseconds.

    SubRip knows no speakers, so nothing is put before the text. It knows no escapes either; an arrow in the text, which
    would be read as a line of times, is written as one sign.
    """
    blocks = (
        f"{number}\n{timestamp(cue.start_ms, separator=',')} --> {timestamp(cue.end_ms, separator=',')}\n"
        f"{cue.lines.replace('-->', '→')}\n"
        for number, cue in enumerate(_published(transcript), start=1)
    )
    return "\n".join(blocks).encode()


def to_transcript_json(transcript: Transcript) -> bytes:
    """The Transcript as JSON 1.0.0 of the podcast namespace: one cue a line, seconds to the millisecond.

    A cue has ``startTime``, ``endTime``, ``body``, and ``speaker`` where somebody is quoted by name. Beyond the
    namespace it has ``words``, each with ``startTime``, ``endTime``, ``body`` and ``timing``: "exact", "aligned" or
    "interpolated". The bodies of the words, joined by blanks, are that of the cue.

    Source: podcast-namespace, transcripts/transcripts.md, which leaves further keys to whoever writes.
    """
    cues = ",\n".join(_compact(_json_cue(cue, transcript.sample_rate)) for cue in _published(transcript))
    return f'{{"version":"1.0.0","segments":[\n{cues}\n]}}\n'.encode()


class _Published(Struct, frozen=True, kw_only=True):
    """A Cue in whole milliseconds, and who speaks, "" where the transcript names nobody."""

    start_ms: int
    end_ms: int
    speaker: str
    cue: Cue

    @property
    def lines(self) -> str:
        """Its text on one or two lines."""
        return "\n".join(two_lines(self.cue.text))


def _published(transcript: Transcript) -> list[_Published]:
    """The Cues in whole milliseconds. Rounding never turns order around, so cues that touch still touch.

    Players give a cue that names nobody to whoever spoke before (AntennaPod does), and would lay the author's words
    into the mouth of the one just quoted: beside quotations, the author's cues are the narrator's.
    """
    narrator = NARRATOR if any(cue.speaker for cue in transcript.cues) else ""
    return [
        _Published(
            start_ms=ms_from_samples(cue.start, transcript.sample_rate),
            end_ms=ms_from_samples(cue.end, transcript.sample_rate),
            speaker=_on_one_line(cue.speaker) or narrator,
            cue=cue,
        )
        for cue in transcript.cues
    ]


def _notes(chapters: Sequence[EpisodeChapter], starts_ms: list[int]) -> dict[int, list[str]]:
    """The comments that name chapters, by the number of the cue they stand before."""
    notes: dict[int, list[str]] = {}
    for chapter in chapters:
        place = bisect_left(starts_ms, chapter.start_ms)
        notes.setdefault(place, []).append(f"NOTE Chapter: {_commented(chapter.title)}\n")
    return notes


def _json_cue(published: _Published, sample_rate: int) -> dict[str, object]:
    return {
        **({"speaker": published.speaker} if published.speaker else {}),
        "startTime": published.start_ms / 1000,
        "endTime": published.end_ms / 1000,
        "body": published.cue.text,
        "words": [_json_word(word, sample_rate) for word in published.cue.words],
    }


def _json_word(word: CueWord, sample_rate: int) -> dict[str, object]:
    return {
        "startTime": ms_from_samples(word.start, sample_rate) / 1000,
        "endTime": ms_from_samples(word.end, sample_rate) / 1000,
        "body": word.text,
        "timing": word.timing.value,
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _voice(speaker: str) -> str:
    """The tag that names who speaks, "" where nobody is named."""
    return f"<v {_escaped(speaker)}>" if speaker else ""


def _commented(text: str) -> str:
    """Text for a header or a comment, which know no escapes: on one line, without an arrow."""
    return _on_one_line(text).replace("-->", "→")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
