"""The JSON of `audio-edition inspect`: its keys are a promise to programs. See docs/sound.md."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.sounding import Judgement, SoundReport


def as_json(report: "SoundReport", judgements: Iterable["Judgement"]) -> dict[str, Any]:
    """All of it. Times are seconds, levels dB, amplitudes 1.0 at full scale; null is what there is none of."""
    sound, measured = report.sound, report.measured
    return {
        "file": str(report.path),
        "length_bytes": report.length_bytes,
        "container": sound.container,
        "codec": sound.codec,
        "sample_rate": sound.sample_rate,
        "channels": sound.channels,
        "bitrate_kbps": sound.bitrate_kbps,
        "has_varying_bitrate": sound.has_varying_bitrate,
        "duration_s": measured.duration_s,
        "sample_count": measured.sample_count,
        "mp3_header": report.header,
        **_measured(report),
        "judgements": list(judgements),
        "chapters": [_chapter(number, report) for number in range(len(report.tags.chapters))],
        "tags": {
            "format": report.tags.format,
            "fault": report.tag_fault,
            "fields": report.tags.fields,
            "pictures": report.tags.pictures,
        },
        "envelope": {
            "column_s": measured.envelope.samples_per_column / measured.sample_rate,
            "lowest": measured.envelope.lowest,
            "highest": measured.envelope.highest,
            "rms": measured.envelope.rms,
        },
    }


def _measured(report: "SoundReport") -> dict[str, Any]:
    from pipeline.audio.loudness import SILENCE_LUFS

    measured, loudness = report.measured, report.measured.loudness
    silence, rate = measured.longest_silence, measured.sample_rate
    return {
        "loudness": {
            "integrated_lufs": loudness.integrated_lufs if loudness.integrated_lufs > SILENCE_LUFS else None,
            "range_lu": loudness.range_lu,
            "true_peak_dbtp": loudness.true_peak_dbtp,
        },
        "noise_floor_dbfs": measured.noise_floor_dbfs,
        "digital_silence": measured.digital_silence,
        "longest_silence": silence and {"start_s": silence.start / rate, "duration_s": silence.length / rate},
        "clipped_samples": measured.clipped_samples,
        "is_same_in_both": measured.is_same_in_both,
    }


def _chapter(number: int, report: "SoundReport") -> dict[str, Any]:
    chapter = report.tags.chapters[number]
    return {
        "start_s": chapter.start_ms / 1000,
        "end_s": None if chapter.end_ms is None else chapter.end_ms / 1000,
        "title": chapter.title,
        "link": chapter.link,
        "has_image": chapter.has_image,
    }
