"""Floor 3, sources: the tags of Jekyll (Liquid, kramdown) and Hugo (shortcodes) as rules of the parser. Pure.

What a tag shows is made by the site's generator and is not in the file. A tag becomes a token of its own; `tags` says
what it becomes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from msgspec import Struct

from pipeline.patterns import regex

#: `{{< shortcode >}}`, `{{% shortcode %}}`, `{% tag %}`, `{{ output }}`.
TAG = regex(
    r"\{\{<(?P<hugo>[^{}]*)>\}\}|\{\{%(?P<percent>[^{}]*)%\}\}|\{%-?(?P<liquid>[^{}]*?)-?%\}|\{\{-?(?P<output>[^{}]*)\}\}"
)
#: `{: .class }`, `{.class}`, `{#name}`: for the page's style sheet, and no words.
ATTRIBUTES = regex(r"[ \t]*\{(?::|[ \t]*[.#][A-Za-z_])[^{}\n]*\}")

#: Tags whose inside is no text -> what it is. The first three are left open by mistake alone.
INSIDES = {
    **dict.fromkeys(["highlight", "codeblock"], "code"),
    "comment": "comment",
    **dict.fromkeys(["code", "mermaid", "chart"], "code"),
    **dict.fromkeys(["math", "katex"], "formula"),
}
NEVER_ALONE = {"highlight", "codeblock", "comment", "%%"}


class _Opening(Struct, frozen=True, kw_only=True):
    """What opens something that is no text: ``length`` of the tag, what it holds, and the pattern that closes it."""

    name: str
    written: str
    holds: str
    language: str
    closing: re.Pattern[str]


def template_plugin(parser: MarkdownIt) -> None:
    """Tags as tokens; what stands between some pairs of them, and Obsidian's comments on lines of their own."""
    options: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "enclosed", _enclosed, options)
    parser.block.ruler.before("fence", "long_tag", _long_tag, options)
    parser.inline.ruler.before("escape", "tag", _tag)
    parser.inline.ruler.before("escape", "attributes", _attributes)


def _tag(state: StateInline, silent: bool) -> bool:
    found = TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    name = _inside(found).partition(" ")[0].strip()
    if state.env.get("is raw") and name != "endraw":
        return False
    if not silent and name in {"raw", "endraw"}:
        state.env["is raw"] = name == "raw"
    end = _end_of_hidden(state, found, name=name)
    if not silent:
        token = state.push("tag" if end == found.end() else "comment", "", 0)
        token.content = state.src[found.start() : end]
    state.pos = end
    return True


def _end_of_hidden(state: StateInline, tag: re.Match[str], *, name: str) -> int:
    """Where ``tag`` ends, and what it hides with it."""
    if name != "comment":
        return tag.end()
    closing = _closing(name, tag=tag).search(state.src, tag.end(), state.posMax)
    return tag.end() if closing is None else closing.end()


def _attributes(state: StateInline, silent: bool) -> bool:
    found = ATTRIBUTES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    if not silent:
        state.push("attributes", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _enclosed(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: PLR0917 - so called
    opening = None if state.is_code_block(start) else _opening(_line(state, start), environment=state.env)
    if opening is None:
        return False
    found = _find_closing(state, opening, lines=(start, end))
    if found is None and opening.name not in NEVER_ALONE:
        return False
    if found is not None and found[0] == start and _line(state, start)[found[1].end() :].strip():
        return False  # words follow on the line: it stands inside a paragraph
    if silent:
        return True
    if found is None:
        state.env.setdefault("unclosed", []).append((opening.written, start))
        state.line = end
        return True
    _push(state, opening, lines=(start, found[0]), closing=found[1])
    return True


def _long_tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: PLR0917 - so called
    """A tag of several lines: its last, `>}}`, would else begin a quotation."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("{{", "{%"), first) or state.is_code_block(start):
        return False
    found = TAG.match(state.src, first, state.eMarks[end - 1])
    last = start + found[0].count("\n") if found else start
    if found is None or last == start:
        return False
    if not silent:
        state.push("paragraph_open", "p", 1).map = [start, last + 1]
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = found[0], [], [start, last + 1]
        state.push("paragraph_close", "p", -1)
        _go_on(state, line=last, place=found.end())
    return True


def _go_on(state: StateBlock, *, line: int, place: int) -> None:
    """Read next what stands after ``place`` in ``line``, as if the line began there."""
    tail = state.src[place : state.eMarks[line]]
    state.line = line if tail.strip() else line + 1
    if tail.strip():
        state.bMarks[line], state.tShift[line] = place, len(tail) - len(tail.lstrip())
        state.sCount[line] = state.blkIndent


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _opening(line: str, *, environment: Mapping[str, Any]) -> _Opening | None:
    if line.startswith("%%"):
        return _Opening(name="%%", written="%%", holds="comment", language="", closing=re.compile("%%"))
    tag = TAG.match(line) if line.startswith("{") and not environment.get("is raw") else None
    if tag is None:
        return None
    name, _, arguments = _inside(tag).partition(" ")
    if name not in INSIDES:
        return None
    language = name if name == "mermaid" else arguments.strip().partition(" ")[0].strip("\"'")
    return _Opening(name=name, written=tag[0], holds=INSIDES[name], language=language, closing=_closing(name, tag=tag))


def _inside(tag: re.Match[str]) -> str:
    return next(group for group in tag.groups() if group is not None).strip()


def _closing(name: str, *, tag: re.Match[str]) -> re.Pattern[str]:
    is_liquid = tag["liquid"] is not None
    return re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}" if is_liquid else rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}")


def _find_closing(state: StateBlock, opening: _Opening, *, lines: Sequence[int]) -> tuple[int, re.Match[str]] | None:
    """The line that closes ``opening``, and where in it; None if none does before its list or quotation ends."""
    start, end = lines
    if state.bMarks[start] > _last_place(state, opening.closing):
        return None
    for number in range(start, end):
        if number > start and state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return None
        found = opening.closing.search(_line(state, number), len(opening.written) if number == start else 0)
        if found is not None:
            return number, found
    return None


def _last_place(state: StateBlock, closing: re.Pattern[str]) -> int:
    # Known once for the whole text: else a file of nothing but openings would be searched to its end for each.
    places: dict[str, int] = state.env.setdefault("last places", {})
    if closing.pattern not in places:
        places[closing.pattern] = max((found.start() for found in closing.finditer(state.src)), default=-1)
    return places[closing.pattern]


def _push(state: StateBlock, opening: _Opening, *, lines: Sequence[int], closing: re.Match[str]) -> None:
    first, last = lines
    token = state.push("enclosed", "", 0)
    token.content, token.info = _between(state, opening, lines=lines, end=closing.start()), opening.language
    token.map, token.meta = [first, last + 1], {"holds": opening.holds}
    _go_on(state, line=last, place=state.bMarks[last] + state.tShift[last] + closing.end())


def _between(state: StateBlock, opening: _Opening, *, lines: Sequence[int], end: int) -> str:
    first, last = lines
    start = len(opening.written)
    if first == last:
        return _line(state, first)[start:end].strip()
    middle = state.getLines(first + 1, last, state.blkIndent, keepLastLF=True)
    return f"{_line(state, first)[start:].strip()}\n{middle}{_line(state, last)[:end].rstrip()}".strip("\n")
