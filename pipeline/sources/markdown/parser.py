"""Floor 3, sources: the parser of Markdown, with what Jekyll, Hugo and Obsidian add as rules of its own. Pure.

Rules rather than a pass over the text beforehand: so code spans and fences are never touched, and lines keep their
numbers.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from markdown_it import MarkdownIt, helpers
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.patterns import regex
from pipeline.sources.markdown.mathematics import math_plugin
from pipeline.sources.markdown.obsidian import obsidian_plugin
from pipeline.sources.markdown.templates import template_plugin

#: Levels of tokens; a level of a list takes two of them.
MOST_NESTED = 100

#: A path or address with a blank in it, not words in parentheses after words in brackets.
ADDRESS_WITH_BLANKS = regex(r"(?=[^()\n\"]*(?:/|\.\w{2,5}[)\s]))[^\s()<>\"']+(?: [^\s()<>\"']+)+(?=\)|[ \n]+[\"'])")
#: An address that the site's generator makes: `{{ site.baseurl }}/quay.jpg`, `{{< ref "quay.md" >}}`.
MADE_ADDRESS = regex(r"[^\s()<>{}]*(?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\})(?:[^\s(){}]|\([^\s()]*\)|\{\{[^{}\n]*\}\})*")
#: What stands for such an address. It has a scheme, so that it is never completed by the article's own address.
UNKNOWN_ADDRESS = "template:"


def tokens_of(text: str, *, has_html: bool) -> tuple[list[Token], dict[str, Any]]:
    """The block tokens of ``text``, and what the rules noted down: footnotes, and what is never closed.

    ``has_html`` is false where the text was made of HTML, so that nothing is taken for a tag a second time.
    """
    environment: dict[str, Any] = {}
    return _parser(has_html=has_html).parse(text, environment), environment


def inline_tokens_of(text: str, environment: Mapping[str, Any]) -> Sequence[Token]:
    """The tokens of ``text`` as inline Markdown, of a caption or of a cell; its notes join the ``environment``."""
    children: list[Token] = []
    parser = _parser(has_html=True)
    parser.inline.parse(text, parser, cast("dict[str, Any]", environment), children)
    return children


@cache
def _parser(*, has_html: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": MOST_NESTED, "html": has_html})
    parser.enable(["table", "strikethrough"])
    # What is escaped stays apart from the text, so that only stars nobody escaped count as left over.
    parser.disable("text_join")
    # Footnotes stay where they are written, and a mark without a note is seen rather than left in the text.
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    return parser.use(math_plugin).use(template_plugin).use(obsidian_plugin)


class _Parser(MarkdownIt):
    def __init__(self, preset: str, options: dict[str, Any]) -> None:
        super().__init__(preset, options)
        # The rules for links look these three up here, which is how markdown-it lets them be changed.
        self.helpers: Any = SimpleNamespace(
            parseLinkDestination=_destination,
            parseLinkLabel=helpers.parseLinkLabel,
            parseLinkTitle=helpers.parseLinkTitle,
        )

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it gives the name and the argument
        """Always: a refused address would leave the brackets of its link in the text. `words` sorts them out."""
        return True


def _destination(text: str, pos: int, maximum: int) -> Any:  # noqa: PLR0917 - markdown-it calls it so
    # Editors write blanks into addresses, where CommonMark wants <> around them.
    if text[pos : pos + 1] != "<":
        made = MADE_ADDRESS.match(text, pos, maximum)
        if made is not None:
            return SimpleNamespace(ok=True, pos=made.end(), str=UNKNOWN_ADDRESS)
        blank = ADDRESS_WITH_BLANKS.match(text, pos)
        if blank is not None and blank.end() < maximum:
            return SimpleNamespace(ok=True, pos=blank.end(), str=blank[0])
    return helpers.parseLinkDestination(text, pos, maximum)
