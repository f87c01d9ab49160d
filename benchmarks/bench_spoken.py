"""How much of the table of spoken forms is said right, and how fast: `make bench-spoken` runs this.

By class, in both Englishes: our own cases, exactly as they are written down, or with CASES=file any table of class,
text and accepted readings, compared by their words. Then words a second on one core, on prose and on sentences with
figures in them, beside what most projects do instead: a library's number words (inflect) behind a few patterns.
Contenders take turns in the same process, so that a busy machine slows them alike; the ratio is what counts.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import inflect

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cases import cases, comparable, reference_cases  # noqa: E402 - it is run as a file
from pipeline.model import Lexicon  # noqa: E402 - the same
from pipeline.text.english.sentences import split_sentences  # noqa: E402 - the same
from pipeline.text.english.spoken import speak  # noqa: E402 - the same

_ROUNDS = 9
_LEAST_WORDS = 20_000
_NO_LEXICON = Lexicon()
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def main() -> None:
    """Print both tables."""
    arguments = _arguments()
    by_class(list(_judged(arguments.cases)))
    print()
    by_speed(_corpora(arguments.folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, help="class, text and accepted readings parted by |, tabs between")
    parser.add_argument("--folder", type=Path, help="articles to measure the speed on (default: seeds/ and the cases)")
    return parser.parse_args()


def said(text: str, language: str) -> str:
    """What a voice is given for ``text`` without a lexicon."""
    return speak(text, language=language, lexicon=_NO_LEXICON).text


def _judged(reference: Path | None) -> Iterator[tuple[str, str, bool]]:
    """Class, language, and whether the case is said right."""
    if reference is not None:
        for kind, written, readings in reference_cases(reference):
            accepted = [comparable(reading) for reading in readings]
            for language in ("en-GB", "en-US"):
                yield kind, language, comparable(said(written, language)) in accepted
        return
    for case in cases():
        yield case.kind, "en-GB", said(case.written, "en-GB") == case.british
        yield case.kind, "en-US", said(case.written, "en-US") == (case.american or case.british)


def by_class(judged: Sequence[tuple[str, str, bool]]) -> None:
    """One line a class: cases, and how many are right in either English."""
    total = Counter((kind, language) for kind, language, _ in judged)
    right = Counter((kind, language) for kind, language, is_right in judged if is_right)
    kinds = list(dict.fromkeys(kind for kind, _, _ in judged))
    print(f"{'class':<16} {'cases':>6} {'en-GB':>7} {'en-US':>7}")
    for kind in [*kinds, "all"]:
        shown = [kind] if kind != "all" else kinds
        counts = [
            (sum(right[each, language] for each in shown), sum(total[each, language] for each in shown))
            for language in ("en-GB", "en-US")
        ]
        shares = " ".join(f"{good / all_:>7.1%}" for good, all_ in counts)
        print(f"{kind:<16} {counts[0][1]:>6} {shares}")


def by_speed(corpora: dict[str, list[str]]) -> None:
    """One line a kind of text: words a second in the least disturbed turn, and the ratio turn by turn."""
    print(f"{'text':<24} {'words':>8} {'ours w/s':>10} {'inflect w/s':>14} {'other ÷ ours':>13}")
    for name, sentences in corpora.items():
        words = sum(len(sentence.split()) for sentence in sentences)
        turns = [(_rate(sentences, _ours, words=words), _rate(sentences, _simple, words=words)) for _ in range(_ROUNDS)]
        ours, other = max(one for one, _ in turns), max(two for _, two in turns)
        print(f"{name:<24} {words:>8} {ours:>10,.0f} {other:>14,.0f} {median(b / a for a, b in turns):>13.2f}")


def _rate(sentences: Sequence[str], contender: Callable[[str], str], *, words: int) -> float:
    started = time.process_time()
    for sentence in sentences:
        contender(sentence)
    return words / (time.process_time() - started)


def _ours(sentence: str) -> str:
    return said(sentence, "en-GB")


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ENGINE = inflect.engine()


def _simple(sentence: str) -> str:
    """What most projects do: a few patterns, and a library's words for every figure."""
    text = re.sub(r"\$([0-9.]+)\s?bn", r"\1 billion dollars", sentence)
    text = re.sub(r"([0-9]+)%", r"\1 per cent", text)
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)
    text = re.sub(r"\b(1[0-9]|20)([1-9][0-9])\b", lambda found: f"{_words(found[1])} {_words(found[2])}", text)
    return _NUMBER.sub(lambda found: _words(found[0][:15]), text)


def _words(figures: str) -> str:
    return str(_ENGINE.number_to_words(figures))


def _corpora(folder: Path | None) -> dict[str, list[str]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder or ROOT / "seeds").rglob("*.md"))]
    sentences = [sentence for text in texts for sentence in _sentences(_FRONT_MATTER.sub("", text))]
    dense = [sentence for sentence in sentences if re.search(r"\d", sentence)]
    return {
        "prose": _enough(sentences),
        "sentences with figures": _enough(dense),
        "a form in every sentence": _enough([case.written for case in cases()]),
    }


def _sentences(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        for span in split_sentences(line):
            yield line[span.start : span.end]


def _enough(sentences: list[str]) -> list[str]:
    """Repeated until there is something to measure."""
    words = sum(len(sentence.split()) for sentence in sentences)
    return sentences * max(1, -(-_LEAST_WORDS // max(words, 1)))


if __name__ == "__main__":
    main()
