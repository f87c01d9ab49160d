"""Floor 3, sources: the formulas of a Word file -> TeX, as far as fractions, powers, indices, roots and sums go. Pure.

Source: ECMA-376 part 1, 22.1 (Office Math Markup).
"""

from lxml import etree

from pipeline.patterns import regex
from pipeline.sources.word.names import M

#: Element -> how its parts are put together; what has no line here is its parts one after the other.
FORMS = {
    "f": r"\frac{{{num}}}{{{den}}}",
    "sSup": "{e}^{{{sup}}}",
    "sSub": "{e}_{{{sub}}}",
    "sSubSup": "{e}_{{{sub}}}^{{{sup}}}",
    "rad": r"\sqrt{{{e}}}",
    "nary": "{sign}_{{{sub}}}^{{{sup}}}{e}",
    "func": "{fName} {e}",
}
NEIGHBOURS = regex(r"(?<=[^\W\d_])(?=[^\W\d_])")
SUM_SIGN = "∫"


def tex_of(formula: etree._Element) -> str:
    """TeX of a formula: `E=m c^{2}`. Whatever is not known loses its shape and keeps its letters."""
    # Bottom up without recursion: the TeX of each element is ready before that of the one around it.
    ready: dict[etree._Element, str] = {}
    for _, element in etree.iterwalk(formula, events=("end",)):
        ready[element] = _tex(element, ready)
    return " ".join(ready[formula].split())


def _tex(element: etree._Element, ready: dict[etree._Element, str]) -> str:
    if element.tag == f"{M}r":
        return _words(element)
    name = etree.QName(element).localname
    parts = {etree.QName(child).localname: ready.get(child, "") for child in element}
    if name == "d":
        return f"({', '.join(ready.get(child, '') for child in element.iterchildren(f'{M}e'))})"
    if name not in FORMS:
        return " ".join(ready[child] for child in element if ready.get(child))
    known = dict.fromkeys(("num", "den", "e", "sup", "sub", "fName"), "")
    return FORMS[name].format(**{**known, **parts, "sign": _sign(element)})


def _words(run: etree._Element) -> str:
    # Letters are quantities, one each, and slanted, unless the run says that they are plain: "sin", "if".
    text = "".join(part.text or "" for part in run.iterchildren(f"{M}t"))
    look = run.find(f"{M}rPr")
    is_plain = look is not None and (look.find(f"{M}nor") is not None or look.find(f"{M}sty[@{M}val='p']") is not None)
    return rf"\mathrm{{{text}}}" if is_plain and text.isalpha() else NEIGHBOURS.sub(" ", text)


def _sign(element: etree._Element) -> str:
    sign = element.find(f"{M}naryPr/{M}chr")
    return SUM_SIGN if sign is None else sign.get(f"{M}val", SUM_SIGN)
