"""How near proposed chapters come to the headings of authors: `make bench-chapters FOLDER=...` runs this.

Each article of the folder is read and scripted as in a build, its headings are taken out, and every method divides what
is left at the beginnings of paragraphs. Pk and WindowDiff count words, with a window of half the author's mean section
(lower is better); precision, recall and F1 count boundaries that are exactly the author's, over all articles. The
number of parts is not given away: for all methods it follows from the length. An article counts from three headings on.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import dividers
from benchmarks.dividers import Boundaries, Text
from pipeline.chapters import propose_chapters
from pipeline.chapters.passages import BODY_ROLES, passages_of
from pipeline.chapters.topics import Limits, Stretch, topic_starts
from pipeline.chapters.words import stems_of
from pipeline.errors import PipelineError
from pipeline.model import ChapterOrigin, Lexicon, Placement, Role, Script, Show, Timeline
from pipeline.scripting import write_script
from pipeline.sources import Given, Source, read_article

OWN_ARTICLES = Path(__file__).parent.parent / "tests" / "data" / "chapters"
SUFFIXES = {".md", ".markdown", ".txt", ".html", ".docx"}
FEWEST_HEADINGS = 3
#: The voice of the comparison: characters a second, and a rate at which a sample is a millisecond.
CHARACTERS_A_SECOND, RATE = 18.0, 1000
#: As in a proposal; see pipeline/chapters/proposals.py.
WORDS_A_PART, FEWEST_PARTS, MOST_PARTS = 205, 3, 8

SHOW = Show(
    title="Benchmark",
    description="Benchmark",
    author="Benchmark",
    email="",
    base_url="https://benchmark.example",
    link="https://benchmark.example",
    categories=("News",),
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One article without its headings, and the ``boundaries`` where its author had them."""

    script: Script
    timeline: Timeline
    text: Text
    boundaries: frozenset[int]

    @property
    def parts(self) -> int:
        """How many parts the length asks for."""
        return min(MOST_PARTS, max(FEWEST_PARTS, round(sum(self.text.words) / WORDS_A_PART)))


def main() -> None:
    """Print the table, and as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=OWN_ARTICLES)
    cases = list(_cases(parser.parse_args().folder))
    if not cases:
        sys.exit(f"no article with {FEWEST_HEADINGS} headings: name a folder of articles that have some")
    sections = sum(len(case.boundaries) + 1 for case in cases)
    words = sum(sum(case.text.words) for case in cases)
    print(f"{len(cases)} articles, {words} words, {sections} sections of {words / sections:.0f} words\n")
    print(f"{'':<34} {'Pk':>6} {'WD':>6} {'P':>6} {'R':>6} {'F1':>6} {'parts':>6} {'ms':>7}")
    table = {}
    for name, method in _methods().items():
        table[name] = row = _row(cases, method)
        print(f"{name:<34} " + " ".join(f"{row[key]:>6.3f}" for key in ("pk", "wd", "p", "r", "f1")), end=" ")
        print(f"{row['parts']:>6.1f} {row['ms']:>7.1f}", flush=True)
    print(json.dumps({"articles": len(cases), "words": words, "methods": table}))


def _methods() -> dict[str, Callable[[Case], Boundaries]]:
    alone: dict[str, Callable[[Text, int], Boundaries]] = {
        "Bayesian, nothing else": _bayesian,
        "C99": dividers.c99,
        "Utiyama-Isahara": dividers.utiyama_isahara,
        "TextTiling": dividers.texttiling,
        "TF-IDF and SVD": dividers.latent,
        "even": dividers.even,
        "random": dividers.at_random,
        "none": dividers.none,
    }
    if (meaning := dividers.meaning_divider()) is not None:
        alone = {"sentence embeddings": meaning, **alone}
    return {"audio-edition": _proposed} | {
        name: partial(lambda case, method: method(case.text, case.parts), method=method)
        for name, method in alone.items()
    }


def _proposed(case: Case) -> Boundaries:
    """What listeners would get."""
    chapters = propose_chapters(case.script, case.timeline)
    numbers = {passage.number: place for place, passage in enumerate(passages_of(case.script, case.timeline))}
    return tuple(numbers[chapter.paragraph] for chapter in chapters if chapter.origin is ChapterOrigin.AUTO)


def _bayesian(text: Text, parts: int) -> Boundaries:
    """The model of pipeline/chapters/topics.py without any rule or weight."""
    stretches = [
        Stretch(stems=stems, words=words, start_s=0.0, can_begin=True)
        for stems, words in zip(text.stems, text.words, strict=True)
    ]
    limits = Limits(count=parts, least_words=0, least_s=0.0, most_words=sum(text.words))
    return tuple(start for start in topic_starts(stretches, limits, end_s=0.0) if start)


def _row(cases: Sequence[Case], method: Callable[[Case], Boundaries]) -> dict[str, float]:
    clock = time.perf_counter()
    found = [frozenset(method(case)) for case in cases]
    elapsed_ms = (time.perf_counter() - clock) * 1000
    hits = sum(len(case.boundaries & boundaries) for case, boundaries in zip(cases, found, strict=True))
    precision = hits / max(1, sum(len(boundaries) for boundaries in found))
    recall = hits / max(1, sum(len(case.boundaries) for case in cases))
    windows = [_windows(case, boundaries) for case, boundaries in zip(cases, found, strict=True)]
    return {
        "pk": mean(pk for pk, _ in windows),
        "wd": mean(wd for _, wd in windows),
        "p": precision,
        "r": recall,
        "f1": 2 * precision * recall / (precision + recall) if hits else 0.0,
        "parts": mean(len(boundaries) + 1 for boundaries in found),
        "ms": elapsed_ms / len(cases),
    }


def _windows(case: Case, boundaries: Iterable[int]) -> tuple[float, float]:
    """Pk and WindowDiff. Source: Beeferman et al. 1999; Pevzner and Hearst 2002."""
    theirs, ours = (_parts_by_word(case.text, borders) for borders in (case.boundaries, boundaries))
    reach = max(2, round(len(theirs) / (len(case.boundaries) + 1) / 2))
    between_theirs, between_ours = theirs[reach:] - theirs[:-reach], ours[reach:] - ours[:-reach]
    pk = ((between_theirs == 0) != (between_ours == 0)).mean()
    return float(pk), float((between_theirs != between_ours).mean())


def _parts_by_word(text: Text, boundaries: Iterable[int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The number of the part in which each word stands."""
    begins = np.zeros(text.size, dtype=np.int64)
    begins[sorted(boundaries)] = 1
    return np.repeat(begins.cumsum(), text.words)


def _cases(folder: Path) -> Iterable[Case]:
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        try:
            case = _case(path)
        except PipelineError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        if len(case.boundaries) >= FEWEST_HEADINGS - 1:
            yield case


def _case(path: Path) -> Case:
    given = Given(
        remembered_published="2026-01-01",  # where the article says nothing itself
        default_author="The author",
        language="en-US",
        publish_time="06:00",
        show_title=SHOW.title,
    )
    article = read_article(Source(path=path, name=str(path)), given)
    whole = write_script(article, SHOW, Lexicon())
    divided = _divided(whole)
    bare = Script(
        title=whole.title,
        language=whole.language,
        utterances=tuple(utterance for utterance in whole.utterances if utterance.role is not Role.HEADING),
    )
    timeline = _timeline(bare)
    passages = passages_of(bare, timeline)
    return Case(
        script=bare,
        timeline=timeline,
        text=Text(
            stems=tuple(stems_of(" ".join(passage.sentences)) for passage in passages),
            words=tuple(passage.words for passage in passages),
            sentences=tuple(passage.sentences for passage in passages),
        ),
        boundaries=frozenset(place for place, passage in enumerate(passages) if place and passage.number in divided),
    )


def _divided(script: Script) -> frozenset[int]:
    """The numbers of the paragraphs right below a heading."""
    below, is_below = set(), False
    for utterance in script.utterances:
        if utterance.role in BODY_ROLES and is_below and utterance.paragraph is not None:
            below.add(utterance.paragraph)
        is_below = utterance.role is Role.HEADING or (is_below and utterance.role not in BODY_ROLES)
    return frozenset(below)


def _timeline(script: Script) -> Timeline:
    """The Timeline of a voice that says equally many characters a second."""
    placements, at = [], 0
    for number, utterance in enumerate(script.utterances):
        length = round(len(utterance.spoken) / CHARACTERS_A_SECOND * RATE)
        placements.append(Placement(utterance=number, start=at, length=length))
        at += length + utterance.pause_after_ms
    return Timeline(sample_rate=RATE, length=at, placements=tuple(placements))


if __name__ == "__main__":
    main()
