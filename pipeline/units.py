"""Floor 1: from samples to the units that people and files use, and back. Pure."""

#: Samples of one frame of MP3 at 32 kHz and above. Source: ISO/IEC 11172-3, layer III.
FRAME_SAMPLES = 1152


def samples_from_ms(ms: int, sample_rate: int) -> int:
    """The whole number of samples nearest to ``ms`` milliseconds."""
    return (ms * sample_rate + 500) // 1000


def ms_from_samples(samples: int, sample_rate: int) -> int:
    """The whole number of milliseconds nearest to ``samples``."""
    return (samples * 1000 + sample_rate // 2) // sample_rate


def rescale_samples(samples: int, sample_rate: int, *, to_rate: int) -> int:
    """How many samples the same time is at another rate, to the nearest."""
    return (samples * to_rate + sample_rate // 2) // sample_rate


def clock(ms: int) -> str:
    """A time as people write it, to the second: ``4:05`` or ``1:02:03``."""
    seconds = ms // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def timestamp(ms: int, *, separator: str = ".") -> str:
    """A time to the millisecond, ``00:04:05.000``: WebVTT and Podlove take a point, SubRip a comma."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{rest:03}"
