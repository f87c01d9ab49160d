"""What `audio-edition inspect` says of a sound file, in words: a fact, its value, and how it is judged."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.cli.desk import counted

if TYPE_CHECKING:
    from pipeline.sounding import Judgement, SoundReport
    from pipeline.tagging import FileChapter

_LONGEST_VALUE = 300


class Fact(NamedTuple):
    """One line. ``verdict`` is "good", or "off: " and what is off and has a ``cure``, or "" where there is no rule."""

    name: str
    value: str
    verdict: str = ""
    cure: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is said against it."""
        return not self.cure


def facts_of(report: "SoundReport", judgements: Iterable["Judgement"]) -> tuple[Fact, ...]:
    """All facts in the order in which they are shown. A value on which there is no fact is not shown."""
    judged = {one.about: one for one in judgements}
    return tuple(
        _fact((name, value), judged.get(name))
        for name, value in _values(report, is_tag_judged="tags" in judged)
        if value
    )


def plain_lines(report: "SoundReport", facts: Iterable[Fact]) -> Iterator[str]:
    """Everything as lines that begin with their name, for pipes and logs."""
    yield f"file: {printable(str(report.path))}"
    for fact in facts:
        judgement = "; ".join(part for part in (fact.verdict, fact.cure) if part)
        yield f"{fact.name}: {fact.value}" + (f" [{judgement}]" if judgement else "")
    for number, chapter in enumerate(report.tags.chapters, start=1):
        yield f"chapter {number}: {chapter_words(chapter)}"
    for name, value in tag_lines(report):
        yield f"tag {name}: {value}"


def chapter_words(chapter: "FileChapter") -> str:
    """Its start, its title, and what else it has."""
    from pipeline.units import clock

    extras = ", ".join(part for part in (printable(chapter.link), "image" if chapter.has_image else "") if part)
    title = printable(chapter.title) or "(no title)"
    return f"{clock(chapter.start_ms)}  {title}" + (f"  ({extras})" if extras else "")


def tag_lines(report: "SoundReport") -> Iterator[tuple[str, str]]:
    """Names and values of the tag on one line each; what is long is cut, with its length."""
    for name, value in report.tags.fields:
        line = printable(value)
        cut = f"{line[:_LONGEST_VALUE].rstrip()}… ({len(value)} characters)"
        yield printable(name), line if len(line) <= _LONGEST_VALUE else cut
    for picture in report.tags.pictures:
        size = f"{picture.width} x {picture.height}, " if picture.width else ""
        yield "picture", f"{printable(picture.media_type)}, {size}{picture.length_bytes:,} bytes"


def printable(text: str) -> str:
    """``text`` as it can stand in a terminal: on one line, and without what would steer it."""
    from pipeline.artwork.waveform import printable as without_controls

    return without_controls(text)


def _fact(said: tuple[str, str], judgement: "Judgement | None") -> Fact:
    if judgement is None:
        return Fact(*said)
    if judgement.is_good:
        return Fact(*said, judgement.verdict)
    return Fact(*said, f"off: {judgement.verdict}", judgement.cure)


def _values(report: "SoundReport", *, is_tag_judged: bool) -> Iterator[tuple[str, str]]:
    sound, measured = report.sound, report.measured
    yield "format", sound.container if sound.codec == sound.container else f"{sound.container} ({sound.codec})"
    yield "duration", _duration(report)
    yield "size", f"{report.length_bytes:,} bytes"
    yield "sample rate", f"{sound.sample_rate} Hz"
    yield "channels", {1: "mono", 2: "stereo"}.get(sound.channels, str(sound.channels))
    yield "bit rate", _bit_rate(report)
    yield "encoder", _encoder(report)
    yield "loudness", _loudness(report)
    yield "true peak", "none" if measured.is_silent else f"{measured.loudness.true_peak_dbtp:.1f} dBTP"
    yield "full scale", _full_scale(report)
    yield "noise floor", _noise_floor(report)
    yield "longest silence", _longest_silence(report)
    yield "chapters", _chapters(report)
    yield "tags", report.tags.format or ("damaged" if is_tag_judged else "none")


def _chapters(report: "SoundReport") -> str:
    if report.has_unread_track:
        return f"none in its tag; for those in a text track: {sys.executable} -m pip install 'audio-edition[formats]'"
    return str(len(report.tags.chapters) or "none")


def _duration(report: "SoundReport") -> str:
    from pipeline.units import clock

    seconds = report.measured.duration_s
    return f"{clock(int(seconds * 1000))} ({seconds:.3f} s, {report.measured.sample_count:,} samples)"


def _bit_rate(report: "SoundReport") -> str:
    kbps = report.sound.bitrate_kbps
    if kbps is None:
        return ""
    if report.header is not None:
        return f"{kbps} kbit/s {report.header.rate_mode.value}"
    mode = {None: "", True: " VBR", False: " CBR"}[report.sound.has_varying_bitrate]
    return f"{kbps} kbit/s{mode}"


def _encoder(report: "SoundReport") -> str:
    header = report.header
    if header is None:
        return ""
    known = header.encoder_delay is not None and header.padding is not None
    ends = f"gapless: {header.encoder_delay} + {header.padding} samples" if known else "not gapless"
    return f"{printable(header.encoder) or 'not named'} ({ends})"


def _loudness(report: "SoundReport") -> str:
    from pipeline.audio.loudness import SILENCE_LUFS

    loudness = report.measured.loudness
    if loudness.integrated_lufs <= SILENCE_LUFS:
        return "none"
    return f"{loudness.integrated_lufs:.1f} LUFS, range {loudness.range_lu:.1f} LU"


def _full_scale(report: "SoundReport") -> str:
    measured = report.measured
    if not measured.clipped_samples:
        return "no sample"
    share = measured.clipped_samples / (measured.sample_count * measured.channels)
    return f"{counted(measured.clipped_samples, 'sample')} ({share:.2%})"


def _noise_floor(report: "SoundReport") -> str:
    measured = report.measured
    if not measured.sample_count:
        return ""
    if measured.noise_floor_dbfs is None:
        return "none: digital silence" if measured.is_silent else "none: its pauses are digital silence"
    return f"{measured.noise_floor_dbfs:.1f} dBFS"


def _longest_silence(report: "SoundReport") -> str:
    from pipeline.units import clock

    silence, rate = report.measured.longest_silence, report.measured.sample_rate
    if not report.measured.sample_count:
        return ""
    if silence is None:
        return "none below -60 dBFS"
    return f"{silence.length / rate:.2f} s at {clock(silence.start * 1000 // rate)}"
