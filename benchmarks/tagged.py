"""What a straightforward script writes into its MP3: a title, and a chapter every few paragraphs."""

from itertools import accumulate
from pathlib import Path

from mutagen import id3

PARAGRAPHS_A_CHAPTER = 5
_MOST_CHAPTERS = 255  # that a table of contents in ID3 can count


def tag(path: Path, paragraphs: list[str], *, lengths_s: list[float]) -> None:
    """Write the tags; ``lengths_s`` are the seconds of each paragraph with the pause after it."""
    step = max(PARAGRAPHS_A_CHAPTER, -(-len(paragraphs) // _MOST_CHAPTERS))
    starts_ms = [round(start_s * 1000) for start_s in accumulate(lengths_s, initial=0.0)]
    firsts = range(0, len(paragraphs), step)
    names = [f"chp{number}" for number, _ in enumerate(firsts)]
    tags = id3.ID3()
    tags.add(id3.TIT2(text=[paragraphs[0]]))
    tags.add(id3.CTOC(element_id="toc", flags=3, child_element_ids=names, sub_frames=[]))
    for name, first in zip(names, firsts, strict=True):
        start, end = starts_ms[first], starts_ms[min(first + step, len(paragraphs))]
        title = id3.TIT2(text=[paragraphs[first][:40]])
        tags.add(id3.CHAP(element_id=name, start_time=start, end_time=end, sub_frames=[title]))
    tags.save(path, v2_version=3)
