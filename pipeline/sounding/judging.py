"""Floor 4, inside the sounding: a SoundReport held against what the directories want. The numbers are those of `check`.

Source: Apple, Audio requirements (893); Apple, Chapters (5482).
"""

from collections.abc import Iterator

from msgspec import Struct

from pipeline.audio.loudness import SILENCE_LUFS
from pipeline.model import SoundSettings
from pipeline.notes import FEWEST_CHAPTERS
from pipeline.rules.listening import (
    ADVISED_KBPS,
    AIM_LUFS,
    CHAPTERED_FROM_S,
    FLOOR_KBPS,
    HIGHEST_PEAK_DBTP,
    LONGEST_CHAPTER_TITLE,
    TOLERANCE_LU,
)
from pipeline.sounding.report import SoundReport
from pipeline.tagging import RateMode

#: What the directories take in a feed, and what Apple wants of it beyond one voice. Source: the same.
_CODECS = ("MP3", "AAC")

#: What others are made for, each right in its place.
_PLACES = {"Opus": "as an alternate enclosure", "FLAC": "for an archive"}

_RATES_HZ = (44100, 48000)
_STEREO_KBPS = (128, 256)

#: A meter's block. Source: ITU-R BS.1770-4.
_SHORTEST_S = 0.4

_GOOD = "good"


class Judgement(Struct, frozen=True, kw_only=True):
    """What is said of one fact: ``about`` is which ("loudness", "bit rate" ...), ``verdict`` is "good" (and for what,
    where that is not plain) or what is off.

    ``cure`` says what to do, "" where it is good: of what a show built with its settings, of any other file when it is
    exported again.
    """

    about: str
    is_good: bool
    verdict: str
    cure: str = ""


def judge(report: SoundReport, settings: SoundSettings | None = None) -> tuple[Judgement, ...]:
    """What the directories would say of it; of the loudness, what the show with ``settings`` aims at.

    Nothing is said of a fact on which there is no rule, or that cannot be judged.
    """
    aim = AIM_LUFS if settings is None else settings.loudness_lufs
    return (
        _format(report),
        *_sample_rate(report),
        *_channels(report),
        *_bit_rate(report),
        *_loudness(report, aim=aim),
        *_true_peak(report),
        *_chapters(report),
        *_tags(report),
    )


def _format(report: SoundReport) -> Judgement:
    codec = report.sound.codec
    if codec in _CODECS:
        return _good("format")
    if codec in _PLACES:
        return _good("format", f"{_PLACES[codec]}; directories take MP3 or AAC")
    built = 'a build makes an MP3, and an M4A with formats = ["m4a"] under [sound] in show.toml'
    return _off("format", "directories take MP3 or AAC", cure=built if report.is_built else "export it as MP3 or M4A")


def _sample_rate(report: SoundReport) -> Iterator[Judgement]:
    rate = report.sound.sample_rate
    if rate in _RATES_HZ:
        yield _good("sample rate")
    else:
        yield _off("sample rate", "Apple wants 44100 or 48000 Hz", cure="export it again at 44100 Hz")


def _channels(report: SoundReport) -> Iterator[Judgement]:
    if report.measured.is_same_in_both:
        yield _off("channels", "both are the same", cure="export it in mono, in half the bytes")
    elif report.sound.channels > 2:
        yield _off("channels", "directories take mono or stereo", cure="export it in mono or stereo")
    else:
        yield _good("channels")


def _bit_rate(report: SoundReport) -> Iterator[Judgement]:
    kbps = report.sound.bitrate_kbps
    if kbps is None or report.sound.codec not in _CODECS:
        return
    is_mono = report.sound.channels == 1
    low, high = ADVISED_KBPS if is_mono else _STEREO_KBPS
    if _has_varying_bit_rate(report):
        verdict = "it varies, and some players then jump to the wrong place"
        yield _off("bit rate", verdict, cure=f"export it with a constant bit rate of {low} or more")
    elif low <= kbps <= high:
        yield _good("bit rate")
    else:
        verdict = f"below the floor of {FLOOR_KBPS}" if kbps < FLOOR_KBPS else f"{low} to {high} are advised"
        built = "set bitrate_kbps = 96 under [sound] in show.toml and build again"
        again = f"export it {'again' if is_mono else 'in mono, or'} with {low} to {high}"
        yield _off("bit rate", verdict, cure=built if report.is_built and is_mono else again)


def _has_varying_bit_rate(report: SoundReport) -> bool:
    """By what its first frame says, or by all frames where they were counted."""
    says_so = report.header is not None and report.header.rate_mode is not RateMode.CONSTANT
    return says_so or report.sound.has_varying_bitrate is True


def _loudness(report: SoundReport, *, aim: float) -> Iterator[Judgement]:
    measured = report.measured.loudness.integrated_lufs
    if measured <= SILENCE_LUFS:
        why = "too short to measure" if 0 < report.measured.duration_s < _SHORTEST_S else "silent"
        yield _off("loudness", why, cure="choose a file with sound")
        return
    apart = round(measured - aim, 1)
    if abs(apart) <= TOLERANCE_LU:
        yield _good("loudness")
    else:
        verdict = f"{abs(apart):.1f} LU {'louder' if apart > 0 else 'quieter'} than {aim:g} ± {TOLERANCE_LU:g}"
        built = f"set loudness_lufs = {aim:.1f} under [sound] in show.toml and build again"
        again = f"export it again {abs(apart):.1f} dB {'softer' if apart > 0 else 'louder'}"
        yield _off("loudness", verdict, cure=built if report.is_built else again)


def _true_peak(report: SoundReport) -> Iterator[Judgement]:
    if report.measured.is_silent:
        return
    measured = round(report.measured.loudness.true_peak_dbtp, 1)
    if measured <= HIGHEST_PEAK_DBTP:
        yield _good("true peak")
    else:
        above = f"{measured - HIGHEST_PEAK_DBTP:.1f} dB"
        built = f"set true_peak_dbtp = {HIGHEST_PEAK_DBTP} under [sound] in show.toml and build again"
        again = f"export it again {above} softer, or through a limiter at {HIGHEST_PEAK_DBTP:g} dBTP"
        verdict = f"{above} above {HIGHEST_PEAK_DBTP:g}, and may crackle"
        yield _off("true peak", verdict, cure=built if report.is_built else again)


def _chapters(report: SoundReport) -> Iterator[Judgement]:
    count, duration_s = len(report.tags.chapters), report.measured.duration_s
    if not count and (duration_s <= CHAPTERED_FROM_S or report.has_unread_track):
        return
    verdict = _chapter_fault(report)
    if count < FEWEST_CHAPTERS:
        advised = f"Apple advises them above {CHAPTERED_FROM_S // 60} minutes"
        verdict = f"apps show none under {FEWEST_CHAPTERS}" if count else advised
    built = "give the article headings, or `chapters:` in its front matter: audio-edition chapters ARTICLE"
    cure = built if report.is_built else "write them with a chapter editor"
    yield _off("chapters", verdict, cure=cure) if verdict else _good("chapters")


def _chapter_fault(report: SoundReport) -> str:
    """The first thing that is wrong with its chapters, "" if there is nothing."""
    chapters = report.tags.chapters
    if chapters and chapters[0].start_ms != 0:
        return "the first starts after 0:00"
    if any(chapter.start_ms >= report.measured.duration_s * 1000 for chapter in chapters):
        return "one starts after the end of the sound"
    if report.tags.unlisted_chapters:
        return f"{report.tags.unlisted_chapters} stand in no table of contents, and some apps hide them"
    if any(not 0 < len(chapter.title.strip()) <= LONGEST_CHAPTER_TITLE for chapter in chapters):
        return f"a title has not 1 to {LONGEST_CHAPTER_TITLE} characters"
    return ""


def _tags(report: SoundReport) -> Iterator[Judgement]:
    if report.tag_fault:
        cure = "build it again" if report.is_built else "write them anew with a tag editor"
        yield _off("tags", report.tag_fault, cure=cure)


def _good(about: str, for_what: str = "") -> Judgement:
    return Judgement(about=about, is_good=True, verdict=f"{_GOOD} {for_what}".rstrip())


def _off(about: str, verdict: str, *, cure: str) -> Judgement:
    return Judgement(about=about, is_good=False, verdict=verdict, cure=cure)
