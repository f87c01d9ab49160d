"""Floor 3, sources: math in Markdown, told from prices; and formulas that can be read as they stand. Pure.

The search for dollar signs is mdit-py-plugins'. It takes "US$5bn (in C$)" for a formula, hence the rules around it.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from pipeline.patterns import regex
from pipeline.sources.html.writing.vocabulary import RAISED

#: Prose between two dollar signs: "5 a barrel (C", "AAPL, up 5".
NEIGHBOURS = regex(r"[^\W\d_]{2,},? +[^\W\d_]{2,}")
PRICE = regex(r"\d.*?[^\W\d_]{2,}", re.DOTALL)
FORMULA_SHOWN = "(formula)"

#: Greek letters, which are read by their names.
LETTERS = regex(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
)
#: Commands of TeX that a line of text can hold as well.
SIGNS = {"%": "%", "$": "$", "&": "&", "times": "×", "cdot": "·", "pm": "±", "approx": "≈", "neq": "≠"}
SIGNS |= {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥"}
COMMAND = regex(r"\\([A-Za-z]+|[%$&])")
#: An exponent that figures can be raised for, and what is left of all that a line of text cannot hold.
EXPONENT = regex(r"\^(?:\{\s*([+\-−]?\d{1,4})\s*\}|(\d{1,4}))(?![\^\d])")
UNREADABLE = regex(r"[\\{}^]")


def math_plugin(parser: MarkdownIt) -> None:
    """Math between dollar signs; never between two prices."""
    dollarmath_plugin(parser, allow_space=False, allow_digits=True, allow_blank_lines=False, double_inline=True)
    rule = math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)
    parser.inline.ruler.at("math_inline", _with_care(rule))


def shown_formula(formula: str) -> str:
    """What stands in the text for an inline ``formula``: itself if that can be read, else "(formula)"."""
    plain = COMMAND.sub(_plain_command, EXPONENT.sub(_raised, formula))
    return FORMULA_SHOWN if UNREADABLE.search(plain) else " ".join(plain.split())


def _raised(exponent: re.Match[str]) -> str:
    return (exponent[1] or exponent[2]).translate(RAISED)


def _plain_command(command: re.Match[str]) -> str:
    letter = command[1].casefold()
    return letter if LETTERS.fullmatch(letter) else SIGNS.get(command[1], command[0])


def _with_care(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def math(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, True):
            return False
        end = state.pos
        state.pos = start
        return not _is_prose(state.src, start=start, end=end) and rule(state, silent)

    return math


def _is_prose(text: str, *, start: int, end: int) -> bool:
    """Whether what stands from ``start`` to ``end``, dollar signs included, is no formula."""
    content = text[start:end].strip("$")
    is_inside_word = text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()
    if is_inside_word or not content:
        return True
    if "\\" in content:
        return False
    is_balanced = content.count("(") == content.count(")")
    return not is_balanced or PRICE.match(content) is not None or NEIGHBOURS.search(content) is not None
