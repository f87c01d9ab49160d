"""Floor 4, inside the sounding: a SoundReport -> a picture of it in a file, SVG or PNG by its name."""

from pathlib import Path

from pipeline.artwork.waveform import ChapterLine, Waveform, png_waveform, svg_waveform
from pipeline.audio.loudness import SILENCE_LUFS
from pipeline.errors import ConfigError
from pipeline.files import write_atomically
from pipeline.sounding.report import SoundReport
from pipeline.units import clock

_ENDINGS = (".svg", ".png")


def check_plot(path: Path) -> None:
    """Nothing, if a picture can be written to ``path``: it is worth asking before an hour of sound is measured.

    Raises: ConfigError for another ending than .svg and .png, or a folder that is not there.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise ConfigError("a picture is an SVG or a PNG", cure="end its name in .svg or .png", path=path)
    if path.is_dir():
        raise ConfigError("is a folder", cure="name a file in it", path=path)
    if not path.absolute().parent.is_dir():
        raise ConfigError("its folder is not there", cure=f"mkdir -p {path.parent}", path=path)


def plot(report: SoundReport, path: Path) -> None:
    """The picture, in a file; one of that name is replaced. Raises: ConfigError as `check_plot`."""
    check_plot(path)
    waveform = _waveform(report)
    is_svg = path.suffix.lower() == ".svg"
    write_atomically(path, svg_waveform(waveform).encode() if is_svg else png_waveform(waveform))


def _waveform(report: SoundReport) -> Waveform:
    envelope = report.measured.envelope
    return Waveform(
        title=report.title,
        facts=_facts(report),
        duration_s=report.measured.duration_s,
        column_s=envelope.samples_per_column / report.measured.sample_rate,
        lowest=envelope.lowest,
        highest=envelope.highest,
        rms=envelope.rms,
        chapters=tuple(
            ChapterLine(start_s=chapter.start_ms / 1000, title=chapter.title) for chapter in report.tags.chapters
        ),
    )


def _facts(report: SoundReport) -> str:
    """One line of what counts most."""
    loudness = report.measured.loudness
    heard = loudness.integrated_lufs > SILENCE_LUFS
    parts = (
        clock(round(report.measured.duration_s * 1000)),
        f"{report.sound.container} {report.sound.sample_rate / 1000:g} kHz",
        {1: "mono", 2: "stereo"}.get(report.sound.channels, f"{report.sound.channels} channels"),
        f"{report.sound.bitrate_kbps} kbit/s" if report.sound.bitrate_kbps else "",
        f"{loudness.integrated_lufs:.1f} LUFS" if heard else "no loudness",
        f"true peak {loudness.true_peak_dbtp:.1f} dBTP" if heard else "",
    )
    return " · ".join(part.replace("-", "−") for part in parts if part)
