"""Floor 3, sources: what in a Markdown text would lose words without a sign, and is refused. Pure."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from pipeline.sources.markdown.page import Page
from pipeline.sources.markdown.parser import MOST_NESTED


def refuse_faults(page: Page) -> None:
    """Nothing, if every word of ``page`` is where its author can expect it.

    Raises:
        SourceError: a comment, code fence or footnote is left open or undefined, or it is nested too deeply.
    """
    _refuse_too_deep(page)
    _refuse_open_fences(page)
    _refuse_open_html(page)
    _refuse_open_tags(page)
    _refuse_open_comments(page)
    _refuse_undefined_notes(page)


def _refuse_too_deep(page: Page) -> None:
    # markdown-it leaves out what is nested deeper than it allows, and says nothing.
    for token in page.tokens:
        if token.nesting == 1 and token.level >= MOST_NESTED - 1:
            what = "lists or quotations stand too deep inside each other"
            cure = f"use fewer than {MOST_NESTED // 2} levels"
            raise page.error(what, cure=cure, lines=token.map or [0, 1])


def _refuse_open_fences(page: Page) -> None:
    # CommonMark closes a fence at the end of the text; what was meant to be read would be lost without a word.
    for token in page.tokens:
        if token.type == "fence" and page.whole is None and not _is_closed(page, token):
            what = f"the code that opens with {token.markup} is never closed"
            raise page.error(what, cure=f"write a line {token.markup} below it", lines=token.map or [0, 1])


def _refuse_open_html(page: Page) -> None:
    for token in page.tokens:
        if token.type == "html_block" and token.content.lstrip().startswith("<!--") and "-->" not in token.content:
            what = "the comment that opens with <!-- is never closed"
            raise page.error(what, cure="write --> after it", lines=token.map or [0, 1])


def _is_closed(page: Page, token: Token) -> bool:
    _, newline, last = page.source(token.map or [0, 1]).rpartition("\n")
    bare = last.lstrip("> \t").rstrip()
    return bool(newline) and bare.startswith(token.markup) and set(bare) == {token.markup[0]}


def _refuse_open_tags(page: Page) -> None:
    for written, line in page.environment.get("unclosed", []):
        what = f"the {'comment' if written == '%%' else 'tag'} that opens with {written} is never closed"
        cure = "write %% after it" if written == "%%" else "write its closing tag below it"
        raise page.error(what, cure=cure, lines=[line, line + 1])


def _refuse_open_comments(page: Page) -> None:
    # One %% in a text is a slip of the pen. Two in two paragraphs are a comment that would be read aloud.
    contents = set(page.environment.get("open comments", []))
    opened = [token for token in page.tokens if token.type == "inline" and token.content in contents]
    if len(opened) > 1:
        what = "a comment that opens with %% inside a paragraph is not closed in it"
        cure = r"put it on lines of its own, or write \%% for the signs themselves"
        raise page.error(what, cure=cure, lines=opened[0].map or [0, 1])


def _refuse_undefined_notes(page: Page) -> None:
    defined = {token.meta["label"] for token in page.tokens if token.type == "footnote_reference_open"}
    for token in page.tokens:
        for label in _labels(token.children or [], page):
            if label not in defined:
                what = f"the footnote mark [^{label}] has no footnote"
                cure = f"write a line `[^{label}]: ...`, or take the mark out"
                raise page.error(what, cure=cure, lines=token.map or [0, 1])


def _labels(children: Sequence[Token], page: Page) -> Iterator[str]:
    for child in children:
        if child.type == "footnote_ref" and "label" in child.meta:
            yield child.meta["label"]
        elif child.type == "footnote_ref":
            yield from _labels(page.note(child.meta["id"]), page)
