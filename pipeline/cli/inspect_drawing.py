"""A waveform in letters: rows of block characters in eighths, the numbers of chapters, and the time below."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.units import clock

if TYPE_CHECKING:
    from pipeline.audio.measuring import Measurement

_EIGHTHS = " ▁▂▃▄▅▆▇█"

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_LABEL_WIDTH = 10

#: Whatever is above digital silence by so much can be seen: -60 dBFS.
_AUDIBLE = 1e-3


class Drawing:
    """The sound in ``width`` columns and ``rows`` rows."""

    def __init__(self, measured: "Measurement", *, width: int, rows: int) -> None:
        self._measured, self._width, self._rows = measured, width, rows

    def wave(self) -> Iterator[list[tuple[str, bool]]]:
        """Each row from the top: letters, and whether the sound is as loud as that on the whole (RMS) or in peaks."""
        columns = [self._column(number) for number in range(self._width)]
        for row in reversed(range(self._rows)):
            yield [(self._letter(peak, row), rms * self._rows > row) for peak, rms in columns]

    def numbers(self, starts_s: Iterable[float]) -> str:
        """The numbers of chapters below where they start; one that would touch the one before it is left out."""
        line = ""
        for number, start_s in enumerate(starts_s, start=1):
            place = self._place(start_s)
            if (not line or place > len(line)) and place + len(str(number)) <= self._width:
                line = f"{line:<{place}}{number}"
        return line

    def times(self) -> str:
        """The time, at steps that people count in."""
        duration_s = self._measured.duration_s
        most = max(1, self._width // _LABEL_WIDTH)
        step = next((step for step in _STEPS_S if duration_s / step <= most), _STEPS_S[-1])
        line = ""
        for number in range(int(duration_s / step) + 1):
            place, label = self._place(number * step), clock(number * step * 1000)
            if (not line or place > len(line)) and place + len(label) <= self._width:
                line = f"{line:<{place}}{label}"
        return line

    def _place(self, seconds: float) -> int:
        duration_s = self._measured.duration_s
        return min(self._width - 1, int(self._width * seconds / duration_s)) if duration_s else 0

    def _column(self, number: int) -> tuple[float, float]:
        """The highest peak and RMS of one column, 0 to 1."""
        envelope = self._measured.envelope
        count = len(envelope.rms)
        whole = self._measured.sample_count / envelope.samples_per_column
        first = min(count - 1, int(whole * number / self._width))
        end = max(first + 1, int(whole * (number + 1) / self._width))
        peak = max(*envelope.highest[first:end], -min(envelope.lowest[first:end]))
        return min(1.0, peak), max(envelope.rms[first:end])

    def _letter(self, peak: float, row: int) -> str:
        eighths = round(peak * self._rows * 8)
        if row == 0 and peak >= _AUDIBLE:
            eighths = max(1, eighths)
        return _EIGHTHS[max(0, min(8, eighths - row * 8))]
