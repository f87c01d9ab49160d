"""Floor 2, inside the transcript: a Transcript as the files that players read. Pure; the same bytes every time.

All three forms share one rounding to whole milliseconds, so they cannot disagree. WebVTT is the one Apple takes in;
SubRip and JSON serve other players.
"""

import json
from collections.abc import Iterator

from pipeline.model import Cue, Transcript
from pipeline.transcript.breaks import two_lines
from pipeline.units import ms_from_samples, timestamp


def to_webvtt(transcript: Transcript) -> bytes:
    """The Transcript as WebVTT: no cue settings, at most two lines a cue, `&`, `<` and `>` escaped.

    A cue that is all quotation begins with the voice tag of whoever is quoted; it needs no end tag, for it holds to
    the end of the cue.

    Source: W3C WebVTT, section 4 (file structure; voice spans in 4.2.2); a text that holds `-->` would end its cue, so
    `>` is escaped too.
    """
    blocks = (
        f"{timestamp(start)} --> {timestamp(end)}\n{_voice(cue)}{_escaped(_lines(cue))}\n"
        for start, end, cue in _in_ms(transcript)
    )
    return "\n".join(["WEBVTT\n", *blocks]).encode()


def to_srt(transcript: Transcript) -> bytes:
    """The Transcript as SubRip: numbered from 1, comma before the milliseconds.

    SubRip knows no speakers, so nothing is put before the text. It knows no escapes either; an arrow in the text, which
    would be read as a line of times, is written as one sign.
    """
    blocks = (
        f"{number}\n{timestamp(start, separator=',')} --> {timestamp(end, separator=',')}\n"
        f"{_lines(cue).replace('-->', '→')}\n"
        for number, (start, end, cue) in enumerate(_in_ms(transcript), start=1)
    )
    return "\n".join(blocks).encode()


def to_transcript_json(transcript: Transcript) -> bytes:
    """The Transcript as JSON 1.0.0 of the podcast namespace; seconds to the millisecond, speakers of quotations.

    Source: podcast-namespace, transcripts/transcripts.md.
    """
    segments = [
        {
            **({"speaker": _on_one_line(cue.speaker)} if cue.speaker else {}),
            "startTime": start / 1000,
            "endTime": end / 1000,
            "body": cue.text,
        }
        for start, end, cue in _in_ms(transcript)
    ]
    document = {"version": "1.0.0", "segments": segments}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _in_ms(transcript: Transcript) -> Iterator[tuple[int, int, Cue]]:
    """Start, end and Cue. Rounding never turns order around, so cues that touch still touch."""
    for cue in transcript.cues:
        start = ms_from_samples(cue.start, transcript.sample_rate)
        yield start, ms_from_samples(cue.end, transcript.sample_rate), cue


def _lines(cue: Cue) -> str:
    return "\n".join(two_lines(cue.text))


def _voice(cue: Cue) -> str:
    """The tag that names the speaker, "" where nobody is quoted; a name in it is on one line."""
    return f"<v {_escaped(_on_one_line(cue.speaker))}>" if cue.speaker else ""


def _on_one_line(name: str) -> str:
    return " ".join(name.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
