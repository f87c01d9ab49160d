"""The gain of a voice, found once: limited speech at this gain sits at the target loudness.

A gain that belongs to the voice and not to the episode keeps every sentence of a show at one level, a second voice at
the first one's, and a corrected sentence from changing its neighbours.
"""

from collections.abc import Sequence
from importlib.metadata import version

import msgspec
import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import SILENCE_LUFS, Meter, Samples, block_energies
from pipeline.audio.mastering import SAMPLE_RATE, in_order
from pipeline.audio.pieces import ceiling_of, prepare_clip
from pipeline.errors import AudioError
from pipeline.model import Narration, Role, Script, SoundSettings, StoredClip, Utterance
from pipeline.narration import require_clip
from pipeline.store import recipe_key
from pipeline.units import FRAME_SAMPLES, rescale_samples
from pipeline.workshop import Workshop

_VERSION = 2
_TRIALS = 5
_CLOSE_ENOUGH_LU = 0.05
_LEAST_SLOPE = 0.3

#: About a minute of plain English with every sound in it, questions and numbers among the statements.
_SENTENCES = (
    "The committee met on a grey Thursday, and nobody expected the vote to take more than an hour.",
    "Would the smaller states follow, or would they wait until the larger ones had paid?",
    "By the end of the second year, thirty-seven ships had changed their flags, most of them quietly.",
    "It is easier to sign a treaty than to keep it, as every clerk in the old chancellery knew.",
    "Fuel, bread and electricity rose together, which is what pushed the government to the table.",
    "The judges asked a simple question: who owns the river when the river moves?",
    "Six months later the same officials, in the same room, measured the same bridge again.",
    "A just peace, the minister argued, is one that neither side would choose but both can live with.",
    "Behind the careful language of the joint statement lay a very large bill.",
    "Joy was brief; the weather turned, the harbour froze, and the exchange of prisoners had to wait.",
)


def calibration_script(language: str) -> Script:
    """A minute of speech to find a voice's gain with."""
    utterances = tuple(
        Utterance(display=sentence, spoken=sentence, forms=(), role=Role.BODY, pause_after_ms=0)
        for sentence in _SENTENCES
    )
    return Script(title="calibration", language=language, utterances=utterances)


def calibrate(narration: Narration, *, settings: SoundSettings, workshop: Workshop) -> float:
    """The gain in dB, rounded to hundredths, that brings the limited ``narration`` to the target loudness.

    Raises:
        AudioError: the narration is silent.
    """
    key = recipe_key(
        "calibrate",
        _VERSION,
        clips=[clip.key for clip in narration.clips],
        loudness_lufs=settings.loudness_lufs,
        true_peak_dbtp=settings.true_peak_dbtp,
        voice_chain=settings.voice_chain,
        tools=[f"soxr {version('soxr')}", f"numpy {version('numpy')}"],
    )
    workshop.progress.begin("calibrate", _TRIALS)
    if (kept := workshop.store.get(key)) is not None:
        gain_db = msgspec.json.decode(kept, type=float)
        workshop.progress.end("from the cache")
        return gain_db
    gain_db = round(_search(narration, settings=settings, workshop=workshop), 2)
    workshop.store.put(key, msgspec.json.encode(gain_db))
    workshop.progress.end(f"{gain_db:+.1f} dB for this voice")
    return gain_db


def _search(narration: Narration, *, settings: SoundSettings, workshop: Workshop) -> float:
    def prepared(clip: StoredClip) -> Samples:
        return _prepared(clip, settings=settings, workshop=workshop)

    clips = list(in_order(prepared, narration.clips, workers=workshop.workers))
    gain_db, slope = 0.0, 1.0
    before: tuple[float, float] | None = None
    for _ in range(_TRIALS):
        workshop.progress.advance()
        reached = _loudness_at(gain_db, clips, ceiling=ceiling_of(settings), workers=workshop.workers)
        if reached <= SILENCE_LUFS:
            raise AudioError("the voice is silent", cure="choose another [voice] in show.toml")
        off_lu = settings.loudness_lufs - reached
        if abs(off_lu) < _CLOSE_ENOUGH_LU:
            break
        if before is not None and gain_db != before[0]:
            # The limiter takes away a part of each dB: how much, the last two trials tell.
            slope = min(max((reached - before[1]) / (gain_db - before[0]), _LEAST_SLOPE), 1.0)
        before = gain_db, reached
        gain_db += off_lu / slope
    return gain_db


def _prepared(stored: StoredClip, *, settings: SoundSettings, workshop: Workshop) -> Samples:
    """The clip in whole frames, so that the meter can take one after another."""
    length = rescale_samples(stored.sample_count, stored.sample_rate, to_rate=SAMPLE_RATE)
    clip = require_clip(workshop.store, stored.key)
    samples = prepare_clip(clip, SAMPLE_RATE, length=length, chain=settings.voice_chain)
    return np.pad(samples, (0, -length % FRAME_SAMPLES))


def _loudness_at(gain_db: float, clips: Sequence[Samples], *, ceiling: float, workers: int) -> float:
    """The integrated loudness of the clips one after another at this gain, in LUFS."""
    meter = Meter(sum(len(clip) for clip in clips), SAMPLE_RATE)
    gain = np.float32(10 ** (gain_db / 20))

    def energies(clip: Samples) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return block_energies(limit(clip * gain, ceiling=ceiling, sample_rate=SAMPLE_RATE), SAMPLE_RATE)

    start = 0
    for clip, blocks in zip(clips, in_order(energies, clips, workers=workers), strict=True):
        meter.add(blocks, start=start, peak=0.0)
        start += len(clip)
    return meter.read().integrated_lufs
