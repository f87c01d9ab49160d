"""The articles that are built: the sample, the sample many times over, and either with one word corrected."""

import random
import re
from itertools import groupby

_PARAGRAPH_CHARS = 140  # a paragraph of the body is one line, longer than the lines before it


def repeated(text: str, copies: int) -> str:
    """The article ``text`` with its body ``copies`` times.

    From the second copy on the longer lower-case words of each paragraph change places: the same amount of speech,
    but no sentence that our cache has spoken already, which would be an advantage that no long article has.
    """
    head, body, tail = _parts(text)
    further = [_shuffled(paragraph, copy) for copy in range(1, copies) for paragraph in body]
    return "\n\n".join([head, *body, *further, tail])


def corrected(text: str) -> str:
    """The article ``text`` with one word in the middle of it replaced."""
    middle = len(text) // 2
    return text[:middle] + re.sub(r"\b[a-z]{6,}\b", "corrected", text[middle:], count=1)


def _parts(text: str) -> tuple[str, list[str], str]:
    """What stands before the first run of long paragraphs, the run, and what stands after it."""
    paragraphs = text.split("\n\n")
    head, body, *rest = (list(run) for _, run in groupby(paragraphs, key=_is_body))
    return "\n\n".join(head), body, "\n\n".join(paragraph for run in rest for paragraph in run)


def _is_body(paragraph: str) -> bool:
    return "\n" not in paragraph and len(paragraph) > _PARAGRAPH_CHARS


def _shuffled(paragraph: str, seed: int) -> str:
    words = re.findall(r"\b[a-z]{4,}\b", paragraph)
    random.Random(seed).shuffle(words)
    return re.sub(r"\b[a-z]{4,}\b", lambda _: words.pop(), paragraph)
