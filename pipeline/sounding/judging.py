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
_RATES_HZ = (44100, 48000)
_STEREO_KBPS = (128, 256)

#: A meter's block. Source: ITU-R BS.1770-4.
_SHORTEST_S = 0.4

_GOOD = "good"


class Judgement(Struct, frozen=True, kw_only=True):
    """What is said of one fact: ``about`` is which ("loudness", "bit rate" ...), ``verdict`` is "good" or what is off.

    ``cure`` says what to do, "" where it is good.
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
    if report.sound.codec in _CODECS:
        return _good("format")
    return _off(
        "format",
        "directories take MP3 or AAC",
        cure='a build makes an MP3, and an M4A with formats = ["m4a"] under [sound] in show.toml',
    )


def _sample_rate(report: SoundReport) -> Iterator[Judgement]:
    rate = report.sound.sample_rate
    if rate in _RATES_HZ:
        yield _good("sample rate")
    else:
        verdict = "Apple wants 44100 or 48000 Hz"
        yield _off("sample rate", verdict, cure="export it again at 44100 Hz; a build does so")


def _channels(report: SoundReport) -> Iterator[Judgement]:
    if report.measured.is_same_in_both:
        yield _off("channels", "both are the same", cure="export it in mono, in half the bytes; a build does so")
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
    constant = f"export it with a constant bit rate of {low} or more"
    if report.header is not None and report.header.rate_mode is not RateMode.CONSTANT:
        yield _off("bit rate", "it varies, and some players then jump to the wrong place", cure=constant)
    elif low <= kbps <= high:
        yield _good("bit rate")
    else:
        verdict = f"below the floor of {FLOOR_KBPS}" if kbps < FLOOR_KBPS else f"{low} to {high} are advised"
        cure = "set bitrate_kbps = 96 under [sound] in show.toml and build again"
        yield _off("bit rate", verdict, cure=cure if is_mono else f"export it in mono, or with {low} to {high}")


def _loudness(report: SoundReport, *, aim: float) -> Iterator[Judgement]:
    measured = report.measured.loudness.integrated_lufs
    if measured <= SILENCE_LUFS:
        why = "too short to measure" if 0 < report.measured.duration_s < _SHORTEST_S else "nothing to be heard"
        yield _off("loudness", why, cure="choose a file with sound")
        return
    apart = round(measured - aim, 1)
    if abs(apart) <= TOLERANCE_LU:
        yield _good("loudness")
    else:
        verdict = f"{abs(apart):.1f} LU {'louder' if apart > 0 else 'quieter'} than {aim:g} ± {TOLERANCE_LU:g}"
        yield _off(
            "loudness", verdict, cure=f"set loudness_lufs = {aim:.1f} under [sound] in show.toml and build again"
        )


def _true_peak(report: SoundReport) -> Iterator[Judgement]:
    measured = round(report.measured.loudness.true_peak_dbtp, 1)
    if measured <= HIGHEST_PEAK_DBTP:
        yield _good("true peak")
    else:
        verdict = f"{measured - HIGHEST_PEAK_DBTP:.1f} dB above {HIGHEST_PEAK_DBTP:g}, and may crackle"
        cure = f"set true_peak_dbtp = {HIGHEST_PEAK_DBTP} under [sound] in show.toml and build again"
        yield _off("true peak", verdict, cure=cure)


def _chapters(report: SoundReport) -> Iterator[Judgement]:
    count, duration_s = len(report.tags.chapters), report.measured.duration_s
    if not count and duration_s <= CHAPTERED_FROM_S:
        return
    verdict = _chapter_fault(report)
    if count < FEWEST_CHAPTERS:
        advised = f"Apple advises them above {CHAPTERED_FROM_S // 60} minutes"
        verdict = f"apps show none under {FEWEST_CHAPTERS}" if count else advised
    cure = "give the article headings, or `chapters:` in its front matter: audio-edition chapters ARTICLE"
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
        yield _off("tags", report.tag_fault, cure="write them anew: a build does so")


def _good(about: str) -> Judgement:
    return Judgement(about=about, is_good=True, verdict=_GOOD)


def _off(about: str, verdict: str, *, cure: str) -> Judgement:
    return Judgement(about=about, is_good=False, verdict=verdict, cure=cure)
