"""Floor 2: the galley, which a person proof-reads before anything is spoken. Pure.

It shows the whole Script with whatever the voice says otherwise than it is written, what an editor should look at
where that has been asked for, and at the end what listeners will not hear. The same text every time, so that two of
them can be compared line by line.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.model import (
    BODY_KINDS,
    Article,
    Block,
    CopyQuery,
    Doubt,
    FateKind,
    HardName,
    Review,
    Role,
    Script,
    SpokenForm,
    Utterance,
)

_ROLE_WIDTH = max(len(role.value) for role in Role)
#: Role, number of the paragraph and a gap stand before the text.
_MARGIN = " " * (_ROLE_WIDTH + 8)
_INDENT = "    "
#: A form longer than this does not push the arrows of its neighbours away.
_WIDEST_FORM = 32
_LONGEST_SHOWN = 90
_NOT_SPOKEN_INDENT = " " * 22


def galley(article: Article, script: Script, review: Review | None) -> str:  # noqa: PLR0917 - what it shows, in order
    """The text to proof-read: every Utterance with its spoken forms, then ``review``, then what is not spoken and why.

    A line an Utterance, with its role and the number of its paragraph before it. Below it stands each form in which
    the voice says something else, "written → said". ``review`` is None where nobody has asked the engine.
    """
    parts = [_underlined(f"{script.title} ({script.language})", "="), *_lines_of_script(script)]
    if review is not None:
        parts += _lines_of_review(article, review)
    parts += _lines_of_silence(unspoken(article))
    return "\n".join([*parts, ""])


def unspoken(article: Article) -> tuple[Block, ...]:
    """The Blocks that listeners do not hear, in the order of the source."""
    return tuple(block for block in article.blocks if block.fate.kind is not FateKind.SPOKEN)


def _lines_of_script(script: Script) -> Iterator[str]:
    yield ""
    for utterance in script.utterances:
        shown = _on_one_line(utterance.display)
        number = "" if utterance.paragraph is None else str(utterance.paragraph)
        is_heading = utterance.role is Role.HEADING
        if is_heading:
            yield ""
        yield f"{utterance.role.value:<{_ROLE_WIDTH}} {number:>4}   {shown}"
        if is_heading:
            yield f"{_MARGIN}{'-' * len(shown)}"
        yield from _margin_notes(utterance)


def _margin_notes(utterance: Utterance) -> Iterator[str]:
    """What is to be known of an Utterance beside its text: who is quoted, and what the voice says otherwise."""
    if utterance.speaker or utterance.is_second_voice:
        voice = "the second voice" if utterance.is_second_voice else ""
        yield f"{_MARGIN}{_INDENT}[{', '.join(filter(None, (utterance.speaker, voice)))}]"
    forms = [
        (_written(form, utterance), _said(form, utterance)) for form in utterance.forms if _differs(form, utterance)
    ]
    width = max((len(written) for written, _ in forms if len(written) <= _WIDEST_FORM), default=0)
    for written, said in forms:
        yield f"{_MARGIN}{_INDENT}{written:<{width}} → {said}"


def _differs(form: SpokenForm, utterance: Utterance) -> bool:
    """Whether a reader would want to know; that a dash or a bracket is a pause is what everybody expects."""
    written, said = utterance.display[form.start : form.end], utterance.spoken[form.spoken_start : form.spoken_end]
    is_pause = not any(map(str.isalnum, said)) and all(map(_is_of_a_pause, written))
    return bool(form.ipa) or (written != said and not is_pause)


def _is_of_a_pause(character: str) -> bool:
    """Whether it is a blank, a bracket, a dash or a dot. Source: Unicode Standard Annex 44, General_Category."""
    return character in ".…" or unicodedata.category(character) in {"Ps", "Pe", "Pd", "Zs"}


def _written(form: SpokenForm, utterance: Utterance) -> str:
    return _on_one_line(utterance.display[form.start : form.end]) or "(nothing)"


def _said(form: SpokenForm, utterance: Utterance) -> str:
    said = _on_one_line(utterance.spoken[form.spoken_start : form.spoken_end]) or "(silence)"
    ipa = f" /{form.ipa}/" if form.ipa else ""
    return f"{said}{ipa}{' (in doubt)' if form.confidence < 1 else ''}"


def _lines_of_review(article: Article, review: Review) -> Iterator[str]:
    paragraphs = _places(article)
    yield from _section("Hard names", (_lines_of_name(name) for name in review.hard_names))
    yield from _section("Doubts", (_lines_of_doubt(doubt) for doubt in review.doubts))
    yield from _section("Copy queries", (_lines_of_query(query, paragraphs) for query in review.copy_queries))


def _section(heading: str, entries: Iterable[Iterable[str]]) -> Iterator[str]:
    yield from ("", _underlined(heading, "-"), "")
    is_empty = True
    for number, entry in enumerate(entries):
        if number:
            yield ""
        yield from entry
        is_empty = False
    if is_empty:
        yield "none"


def _lines_of_name(name: HardName) -> Iterator[str]:
    sound = f"   /{name.ipa}/" if name.ipa else ""
    times = "" if name.count == 1 else f", {name.count} times"
    yield f"{name.name}{sound}   {name.why}{times}"
    yield f"{_INDENT}{_on_one_line(name.sentence)}"
    yield from (f"{_INDENT}{line}" for line in name.paste.splitlines())


def _lines_of_doubt(doubt: Doubt) -> Iterator[str]:
    times = "" if doubt.count == 1 else f", {doubt.count} times"
    yield f"{_on_one_line(doubt.display)} → {_on_one_line(doubt.spoken)}   ({doubt.rule}{times})"
    yield f"{_INDENT}{_on_one_line(doubt.sentence)}"
    yield from (f"{_INDENT}{line}" for line in doubt.override.splitlines())


def _lines_of_query(query: CopyQuery, places: tuple[str, ...]) -> Iterator[str]:
    yield f"{places[query.block]}: {query.what}   ({query.rule})"
    yield f"{_INDENT}{_on_one_line(query.excerpt)}"


def _places(article: Article) -> tuple[str, ...]:
    """What each Block is called: the number of its paragraph as in the script, or what it is."""
    places: list[str] = []
    paragraph = 0
    for block in article.blocks:
        is_counted = block.is_spoken and block.kind in BODY_KINDS
        paragraph += is_counted
        after = f" after paragraph {paragraph}" if paragraph else ""
        places.append(f"paragraph {paragraph}" if is_counted else f"{block.kind.value}{after}")
    return tuple(places)


def _lines_of_silence(silent: tuple[Block, ...]) -> Iterator[str]:
    if not silent:
        return
    yield from ("", "Not spoken", "----------", "")
    for block in silent:
        yield f"{block.fate.kind.value:<8} {block.kind.value:<12} {_shortened(_on_one_line(block.text))}"
        yield f"{_NOT_SPOKEN_INDENT}{block.fate.reason}"
        if block.fate.said:
            yield f"{_NOT_SPOKEN_INDENT}said instead: {_on_one_line(block.fate.said)}"


def _underlined(text: str, sign: str) -> str:
    return f"{text}\n{sign * len(text)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
