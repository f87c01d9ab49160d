"""Floor 3, inside audio: the same files as pyav.py where PyAV is not installed, by pydub and the ffmpeg program.

pydub holds what it reads in memory, several times over, so it is given a minute at a time. Each slice is decoded from
the beginning of the file: right for music, of which a minute is heard, and slow for hours. Whole milliseconds, which
pydub rounds to, are whole samples at the ends of a slice.
"""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.audio.reading.ffmpeg import as_long_as_stated, codec_word, container_word
from pipeline.audio.reading.values import BLOCK_ROWS, Block, OpenSound, SoundFile, is_damaged, is_no_sound

_SLICE_S = 60

_DTYPES = {1: np.int8, 2: np.int16, 4: np.int32}


@contextmanager
def open_with_pydub(path: Path) -> Iterator[OpenSound]:
    """``path``, of which each slice is opened when it is asked for. Raises AudioError if there is no sound in it."""
    info, stream = _probed(path)
    rate = int(stream["sample_rate"])
    bit_rate = float(stream.get("bit_rate") or info["format"].get("bit_rate") or 0)
    facts = SoundFile(
        container=container_word(info["format"]["format_name"], is_video=any(map(_is_film, info["streams"]))),
        codec=codec_word(stream["codec_name"]),
        sample_rate=rate,
        channels=int(stream["channels"]),
        duration_s=float(stream.get("duration") or info["format"].get("duration") or 0),
        bitrate_kbps=round(bit_rate / 1000) or None,
    )
    yield OpenSound(facts=facts, blocks=as_long_as_stated(_blocks(path, facts), facts, path=path))


def _probed(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What ffprobe says of the file, and of the first stream with sound in it."""
    try:
        info = _pydub().utils.mediainfo_json(str(path.absolute()))
    except json.JSONDecodeError:
        info = {}
    for stream in info.get("streams", ()):
        if stream.get("codec_type") == "audio" and int(stream.get("sample_rate", 0)):
            return info, stream
    raise is_no_sound(path)


def _is_film(stream: dict[str, Any]) -> bool:
    """Whether it has pictures that move: a cover is a stream too."""
    return stream.get("codec_type") == "video" and not stream.get("disposition", {}).get("attached_pic")


def _blocks(path: Path, facts: SoundFile) -> Iterator[Block]:
    for number in count():
        rows = _slice(path, number, channels=facts.channels)
        for start in range(0, len(rows), BLOCK_ROWS):
            yield rows[start : start + BLOCK_ROWS]
        if len(rows) < _SLICE_S * facts.sample_rate:
            return


def _slice(path: Path, number: int, *, channels: int) -> Block:
    pydub = _pydub()
    try:
        sound = pydub.AudioSegment.from_file(str(path.absolute()), start_second=number * _SLICE_S, duration=_SLICE_S)
    except pydub.exceptions.CouldntDecodeError as error:
        raise is_damaged(path, at_s=number * _SLICE_S) from error
    whole = np.frombuffer(sound.raw_data, dtype=_DTYPES[sound.sample_width]).reshape(-1, channels)
    return whole.astype(np.float32) / np.float32(1 << (8 * sound.sample_width - 1))


def _pydub() -> Any:
    # pydub 0.25.1 still imports audioop, which Python 3.12 warns of, and has regular expressions that it warns of too.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Loaded only where nothing else reads the file; it ships no types.
        import pydub  # type: ignore[import-untyped]  # noqa: PLC0415
    return pydub
