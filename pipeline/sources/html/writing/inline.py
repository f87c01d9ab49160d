"""Floor 3, sources: what stands in one paragraph -> one paragraph of Markdown. Pure.

Read downwards: blanks are collapsed as a browser does it and moved out of the marks, marks that CommonMark would not
take for marks are left out, and the words between them are escaped.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby

from msgspec import Struct

from pipeline.sources.html.writing.escaping import address, code_span, escaped, escaped_line_start
from pipeline.sources.manuscript import clean

STRONG, EMPHASIS, STRUCK, CODE, LINK = "**", "*", "~~", "`", "["
DELIMITERS = {STRONG, EMPHASIS, STRUCK}


class Side(Enum):
    """Which end of some marked words a Sign stands at; an atom has no ends."""

    OPEN = "open"
    CLOSE = "close"
    ATOM = "atom"


class Sign(Struct, frozen=True, eq=False, kw_only=True):
    """What is not words: a mark that opens or closes, a footnote mark, a formula, code, a line break.

    ``name`` tells marks of one kind from others, and says of a link where it leads. ``plain`` is what an atom is in
    words.
    """

    side: Side
    markdown: str
    name: str
    plain: str = ""
    is_delimiter: bool = False


class Mark:
    """What some words are: strong, emphasis, struck out, code, or a link to ``href``; and the Signs around them."""

    __slots__ = ("close", "href", "open", "sign")

    def __init__(self, sign: str, *, href: str = "") -> None:
        self.sign = sign
        self.href = href
        name, is_delimiter = f"{sign}{href}", sign in DELIMITERS
        end = f"]({address(href)})" if sign == LINK else sign
        self.open = Sign(side=Side.OPEN, markdown=sign, name=name, is_delimiter=is_delimiter)
        self.close = Sign(side=Side.CLOSE, markdown=end, name=name, is_delimiter=is_delimiter)


def atom(markdown: str, *, plain: str = "") -> Sign:
    """Markdown that stands as it is."""
    return Sign(side=Side.ATOM, markdown=markdown, name="", plain=plain)


LINE_BREAK = atom("\\\n", plain=" ")

#: A piece of a paragraph. A str is words as they stand in the source, blanks and all.
Piece = str | Sign


def paragraph_of(pieces: Sequence[Piece]) -> str:
    """The Markdown of ``pieces``, "" if they hold no words; line breaks are kept."""
    tokens = _merged(_Settling().settled(pieces))
    if len(tokens) > 1:
        tokens = _with_good_marks(tokens)
    return _rendered(tokens)


def line_of(pieces: Sequence[Piece]) -> str:
    """The same in one line: line breaks are blanks."""
    return paragraph_of([" " if piece is LINE_BREAK else piece for piece in pieces])


def words_of(pieces: Iterable[Piece]) -> str:
    """The words of ``pieces`` alone, without any Markdown."""
    return " ".join(clean("".join(piece if isinstance(piece, str) else piece.plain for piece in pieces)).split())


class _Settling:
    """Blanks collapsed and moved out of marks; marks around nothing gone; code put together."""

    def __init__(self) -> None:
        self._tokens: list[Piece] = []
        self._gap = ""
        self._waiting: list[Sign] = []
        self._code: list[str] | None = None

    def settled(self, pieces: Sequence[Piece]) -> list[Piece]:
        words: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                words.append(piece)
                continue
            if words:
                self._add_words("".join(words))
                words = []
            self._add(piece)
        if words:
            self._add_words("".join(words))
        return self._tokens

    def _add(self, piece: Sign) -> None:
        if self._code is not None:
            self._add_to_code(piece)
        elif piece is LINE_BREAK:
            self._gap = piece.markdown
        elif piece.side is Side.ATOM:
            self._put(piece)
        elif piece.name == CODE:
            self._code = []
        elif piece.side is Side.OPEN:
            self._waiting.append(piece)
        elif self._waiting:
            self._waiting.pop()
        else:
            self._tokens.append(piece)

    def _add_to_code(self, piece: Sign) -> None:
        # Code holds no marks.
        code = self._code or []
        if piece.name == CODE:
            self._code = None
            self._add_text("".join(code), is_code=True)
        else:
            code.append(piece.plain)

    def _add_words(self, text: str) -> None:
        if self._code is None:
            self._add_text(text, is_code=False)
        else:
            self._code.append(text)

    def _add_text(self, text: str, *, is_code: bool) -> None:
        words = " ".join(text.split())
        if not (words.isascii() and words.isprintable()):
            text = clean(text)
            words = " ".join(text.split())
        if text[:1].isspace():
            self._gap = self._gap or " "
        if words:
            self._put(atom(code_span(words), plain=words) if is_code else words)
            self._gap = " " if text[-1].isspace() else ""

    def _put(self, token: Piece) -> None:
        if self._gap and self._tokens:
            token = self._after_gap(token)
        self._gap = ""
        self._tokens += self._waiting
        self._waiting = []
        self._tokens.append(token)

    def _after_gap(self, token: Piece) -> Piece:
        """Put the gap before the marks that wait: to the words before them, or to those after where none wait."""
        last = self._tokens[-1]
        if self._gap != " ":
            self._tokens.append(LINE_BREAK)
        elif isinstance(last, str):
            self._tokens[-1] = f"{last} "
        elif isinstance(token, str) and not self._waiting:
            return f" {token}"
        else:
            self._tokens.append(" ")
        return token


def _merged(tokens: Iterable[Piece]) -> list[Piece]:
    """The tokens with neighbouring words, code and marks of one kind made one."""
    kept: list[Piece] = []
    last, has_neighbours = "mark", False
    for token in tokens:
        kind = _kind_of(token)
        if kind == "mark" and kept and _goes_on(kept[-1], token):
            kept.pop()
            last = _kind_of(kept[-1]) if kept else "mark"
            continue
        has_neighbours = has_neighbours or (kind == last and kind != "mark")
        kept.append(token)
        last = kind
    if not has_neighbours:
        return kept
    return [piece for kind, group in groupby(kept, key=_kind_of) for piece in _joined(kind, group)]


def _goes_on(last: Piece, token: Piece) -> bool:
    """Whether a mark opens directly after one of its kind was closed."""
    if isinstance(last, str) or isinstance(token, str):
        return False
    return last.side is Side.CLOSE and token.side is Side.OPEN and last.name == token.name


def _kind_of(token: Piece) -> str:
    if isinstance(token, str):
        return "words"
    return "code" if token.side is Side.ATOM and token.markdown[0] == "`" else "mark"


def _joined(kind: str, group: Iterator[Piece]) -> list[Piece]:
    pieces = list(group)
    if kind == "mark" or len(pieces) == 1:
        return pieces
    text = "".join(piece if isinstance(piece, str) else piece.plain for piece in pieces)
    if kind == "code":
        return [atom(code_span(text), plain=text)]
    return [text if text.isascii() else clean(text)]


def _with_good_marks(tokens: list[Piece]) -> list[Piece]:
    """The tokens without those pairs of marks that would be read as stars or tildes."""
    for _ in range(4):
        bad = _bad_marks(tokens)
        if not bad:
            return tokens
        tokens = _merged(token for number, token in enumerate(tokens) if number not in bad)
    return _merged(token for token in tokens if isinstance(token, str) or not token.is_delimiter)


def _bad_marks(tokens: list[Piece]) -> set[int]:
    """The numbers of those marks, in pairs, that CommonMark would not see."""
    opened: list[int] = []
    bad: set[int] = set()
    wrong: set[int] = set()
    for number, token in enumerate(tokens):
        if isinstance(token, str) or token.side is Side.ATOM:
            continue
        if token.is_delimiter and not _is_seen(token, number=number, tokens=tokens):
            wrong.add(number)
        if token.side is Side.OPEN:
            opened.append(number)
            continue
        partner = opened.pop()
        if number in wrong or partner in wrong:
            bad |= {partner, number}
    return bad


def _is_seen(token: Sign, *, number: int, tokens: list[Piece]) -> bool:
    """Whether stars or tildes open or close emphasis where they stand. Source: CommonMark 0.31, 6.2."""
    before, after = number - 1, number + 1
    while before >= 0 and _is_same_run(tokens[before], token):
        before -= 1
    while after < len(tokens) and _is_same_run(tokens[after], token):
        after += 1
    left = _last_character(tokens[before]) if before >= 0 else " "
    right = _first_character(tokens[after]) if after < len(tokens) else " "
    if token.side is Side.CLOSE:
        return not left.isspace() and (not _is_punctuation(left) or right.isspace() or _is_punctuation(right))
    # Directly after stars that close, stars that open would be one run with them.
    is_apart = left != EMPHASIS or token.name == STRUCK
    return is_apart and not right.isspace() and (not _is_punctuation(right) or left.isspace() or _is_punctuation(left))


def _is_same_run(one: Piece, other: Sign) -> bool:
    return not isinstance(one, str) and one.is_delimiter and one.side is other.side and one.name[0] == other.name[0]


def _first_character(token: Piece) -> str:
    return token[0] if isinstance(token, str) else token.markdown[0]


def _last_character(token: Piece) -> str:
    return token[-1] if isinstance(token, str) else token.markdown[-1]


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def _rendered(tokens: list[Piece]) -> str:
    out: list[str] = []
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else " "
        before = out[-1] if out else "\n"
        if isinstance(token, str):
            out.append(_markdown_of_words(token, before=before, following=following))
        elif token.markdown[0] == "$" and (before[-1].isalnum() or _first_character(following).isalnum()):
            # Dollars that touch a word are taken for prices.
            out.append(escaped(token.plain))
        else:
            out.append(token.markdown)
    return "".join(out)


def _markdown_of_words(words: str, *, before: str, following: Piece) -> str:
    text = escaped(words)
    if before[-1] == "\n":
        text = escaped_line_start(text)
    elif text[0] in ":(" and before.startswith("[^"):
        text = f"\\{text}"
    if text[-1] == "!" and not isinstance(following, str) and following.markdown[0] == "[":
        text = f"{text[:-1]}\\!"
    return text
