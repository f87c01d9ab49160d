"""Floor 3, sources: words -> Markdown that gives back exactly these words, whatever stands in them. Pure.

What is escaped is what CommonMark, tables, footnotes, math, definition lists, Obsidian, Jekyll or Hugo would take for
a sign of theirs; an underscore inside a word, a lone % or = and the like stay as they are, for people's sake.
"""

import re
from urllib.parse import quote

from pipeline.patterns import regex

#: Signs that mean something anywhere in a line. All that may be one stands first, which makes the search fast.
SIGNS = regex(
    r"[\\`*\[\]<|~$^{_&%=:-](?:(?<=[\\`*\[\]<|~$^{])"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"  # not inside a word
    r"|(?<=&)(?=#?\w{1,32};)"  # a character reference
    r"|(?<=%)(?:(?=[%}])|(?<=%%))"
    r"|(?<==)(?:(?==)|(?<===))"
    r"|(?<=\]:)"  # as in [name]: address
    r"|(?<=-)(?=->))"  # the end of a comment
)
#: Signs that mean something at the start of a line; the last character of each is what the backslash goes before.
LINE_STARTS = regex(
    r"#(?=#{0,5}(?:\s|\Z))|[-+](?=[\s+:|-]|\Z)|[>=]|:(?=[\s:|-]|\Z)|\d{1,9}[.)](?=\s|\Z)", re.IGNORECASE
)
#: A paragraph that opens so is the caption of a table.
CAPTION = regex(r"(Table\s*):", re.IGNORECASE)
CLOSING_HASHES = regex(r"(?:\A|(?<=\s))#(?=#*\Z)")

#: What an address may not hold as it stands: blanks, brackets of all kinds, and signs of Markdown and shortcodes.
UNSAFE = regex(r"[\s<>\"\\`\[\]{}|^]|%(?![0-9A-Fa-f]{2})")
PARENTHESES = regex(r"[()]")
BALANCED = regex(r"[^()]*(?:\([^()]*\)[^()]*)*")
#: What in an address would be read as Markdown if it stood in the text itself.
SIGNS_OF_ADDRESS = regex(r"[*~$()]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)|=(?==)")


def escaped(text: str) -> str:
    """``text`` so that it is read as it stands, in the middle of a line."""
    return SIGNS.sub(r"\\\g<0>", text)


def escaped_line_start(text: str) -> str:
    """``text``, which is `escaped` already, so that it can also stand at the start of a line."""
    match = LINE_STARTS.match(text)
    if match is None:
        return text
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}"


def escaped_caption(text: str) -> str:
    """The Markdown of a paragraph so that its first words are not taken for the caption of a table."""
    return CAPTION.sub(r"\1\:", text, count=1) if CAPTION.match(text) else text


def escaped_heading_end(text: str) -> str:
    """The Markdown of a heading so that # at its end stays."""
    return CLOSING_HASHES.sub(r"\#", text)


def address(url: str) -> str:
    """``url`` as it can stand in the parentheses of a link or picture."""
    safe = UNSAFE.sub(lambda match: quote(match[0]), url)
    return safe if BALANCED.fullmatch(safe) else PARENTHESES.sub(lambda match: _percent(match[0]), safe)


def address_in_text(url: str) -> str:
    """``url`` as it can stand in the text, escaped by percent signs alone: it is the same parsed or not."""
    return SIGNS_OF_ADDRESS.sub(lambda match: _percent(match[0]), UNSAFE.sub(lambda match: quote(match[0]), url))


def _percent(character: str) -> str:
    # `quote` leaves some of these alone.
    return f"%{ord(character):02X}"


def title(text: str) -> str:
    """``text`` as it can stand between the double quotes of a link or picture."""
    return escaped(text).replace('"', '\\"')


def code_span(text: str) -> str:
    """``text`` as code inside a line."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def code_lines(code: str, *, language: str) -> list[str]:
    """``code`` as fenced lines; ``language`` is "" if it is not known."""
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{language}", *code.split("\n"), fence]
