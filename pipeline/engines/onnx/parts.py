"""Floor 3, inside the engines: a text in IPA notation -> its Parts, plain text and given sounds by turns. Pure."""

from msgspec import Struct

from pipeline.patterns import regex

_GIVEN = regex(r"\[\[(.*?)\]\]")


class Part(Struct, frozen=True):
    """A piece of the text: to be read, or the IPA of a sound that is given."""

    text: str
    is_sound: bool


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of ``text`` in order; sounds stand in double brackets. See `Notation.IPA`."""
    parts, at = [], 0
    for found in _GIVEN.finditer(text):
        parts += [Part(text[at : found.start()], is_sound=False), Part(found[1], is_sound=True)]
        at = found.end()
    parts.append(Part(text[at:], is_sound=False))
    return tuple(part for part in parts if (part.text.strip() if part.is_sound else part.text))


def sendable(text: str) -> str:
    """``text``, as long as before, without what ends a C string or is no character (half of a surrogate pair)."""
    return text.replace("\0", " ").encode(errors="replace").decode()
