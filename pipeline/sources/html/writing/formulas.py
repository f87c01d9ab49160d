"""Floor 3, sources: formulas, however a page draws them -> TeX between dollars."""

import json
import re

from lxml.html import HtmlElement

from pipeline.patterns import regex
from pipeline.sources.html.writing.inline import atom
from pipeline.sources.html.writing.walking import Walk
from pipeline.sources.manuscript import clean

MATH_SCRIPT = regex(r"math/tex(?P<display>;\s*mode=display)?", re.IGNORECASE)
#: A dollar ends a formula, and a backslash at its end would keep it open.
UNSAFE = regex(r"(?<!\\)\$|\\\Z")
#: What Jekyll, Hugo and Obsidian take for theirs even between dollars; a blank changes nothing in TeX.
#: Words or parentheses between dollars are taken for two prices, unless TeX is among them.
PROSE = regex(r"[^\W\d_]{2}|[()]")
SHORTCODES = regex(r"([{%=])(?=[{%=#<])|%(?=\})")


def start_math(walk: Walk, element: HtmlElement) -> None:
    """MathML: by its TeX if that is in it, else by its words."""
    walk.skip()
    note = next((note for note in element.iter("annotation") if "tex" in (note.get("encoding") or "")), None)
    tex = (note.text or "") if note is not None else element.get("alttext") or ""
    if tex.strip():
        put_formula(walk, tex, is_display=element.get("display") == "block")
    else:
        walk.say(" ".join(str(element.text_content()).split()))


def start_script(walk: Walk, element: HtmlElement) -> None:
    """Nothing, but for the scripts that hold a formula for MathJax."""
    walk.skip()
    kind = MATH_SCRIPT.match(element.get("type") or "")
    if kind is not None:
        put_formula(walk, element.text or "", is_display=kind["display"] is not None)


def start_latex(walk: Walk, element: HtmlElement) -> None:
    """A formula of Substack's, which keeps its TeX beside the picture of it."""
    walk.skip()
    try:
        attributes = json.loads(element.get("data-attrs") or "{}")
    except ValueError:
        attributes = {}
    tex = attributes.get("persistentExpression") if isinstance(attributes, dict) else None
    put_formula(walk, tex if isinstance(tex, str) else str(element.text_content()), is_display=True)


def put_formula(walk: Walk, tex: str, *, is_display: bool) -> None:
    """TeX in the line, or as a block of its own; as words if dollars stand in it."""
    plain = SHORTCODES.sub(r"\g<0> ", " ".join(clean(tex).split()))
    if UNSAFE.search(plain):
        walk.say(plain)
    elif plain and is_display and not walk.is_line:
        walk.add(["$$", plain, "$$"])
    elif plain and ("\\" in plain or not PROSE.search(plain)):
        walk.put(atom(f"${plain}$", plain=plain))
    else:
        walk.say(plain)
