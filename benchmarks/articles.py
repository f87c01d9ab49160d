"""The articles that are built: the sample, the sample many times over, and either with one word corrected."""

import random
import re
import sys
from itertools import takewhile

_PARAGRAPH_CHARS = 140  # a paragraph of the body is one line, longer than the lines before it


def repeated(text: str, copies: int) -> str:
    """The article ``text`` with its body ``copies`` times.

    From the second copy on the longer lower-case words of each paragraph change places: the same amount of speech,
    but hardly a sentence that our cache has spoken already, which would be an advantage that no long article has.
    """
    head, body, tail = _parts(text)
    further = [_shuffled(paragraph, copy) for copy in range(1, copies) for paragraph in body]
    return "\n\n".join([head, *body, *further, tail])


def corrected(text: str) -> str:
    """The article ``text`` with one word in the middle of it replaced."""
    middle = len(text) // 2
    return text[:middle] + re.sub(r"\b[a-z]{6,}\b", "corrected", text[middle:], count=1)


def _parts(text: str) -> tuple[str, list[str], str]:
    """What stands before the first long paragraph, what follows as a line each, and what stands after that."""
    paragraphs = text.rstrip().split("\n\n")
    first = next((number for number, paragraph in enumerate(paragraphs) if _is_body(paragraph)), None)
    if first is None:
        sys.exit(f"no paragraph of the article is a line of more than {_PARAGRAPH_CHARS} characters: nothing to repeat")
    body = list(takewhile(lambda paragraph: "\n" not in paragraph, paragraphs[first:]))
    return "\n\n".join(paragraphs[:first]), body, "\n\n".join(paragraphs[first + len(body) :])


def _is_body(paragraph: str) -> bool:
    return "\n" not in paragraph and len(paragraph) > _PARAGRAPH_CHARS


def _shuffled(paragraph: str, seed: int) -> str:
    words = re.findall(r"\b[a-z]{4,}\b", paragraph)
    random.Random(seed).shuffle(words)
    return re.sub(r"\b[a-z]{4,}\b", lambda _: words.pop(), paragraph)
