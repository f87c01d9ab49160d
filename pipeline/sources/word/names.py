"""Floor 3, sources: the elements of WordprocessingML that reading needs by name, and small questions about them. Pure.

Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

from collections.abc import Iterable

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

PARAGRAPH, RUN, TEXT, DELETED_TEXT = f"{W}p", f"{W}r", f"{W}t", f"{W}delText"
#: What is seen as a blank.
BLANKS = {f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr"}


def value_of(element: etree._Element, name: str) -> str:
    """What a child of an element says in its `w:val`; "" if there is none."""
    child = element.find(W + name)
    return "" if child is None else child.get(f"{W}val", "")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property such as `w:vanish` is there and not switched off."""
    return element is not None and element.get(f"{W}val", "true") not in {"false", "0", "off"}


def words_in(elements: Iterable[etree._Element]) -> str:
    """The text of elements and all that is in them, deleted words included, in one line."""
    parts = (part for element in elements for part in element.iter(TEXT, DELETED_TEXT, PARAGRAPH, *BLANKS))
    words = "".join((part.text or "") if part.tag in {TEXT, DELETED_TEXT} else " " for part in parts)
    return " ".join(words.split())


def remove(element: etree._Element) -> None:
    """Take an element out of its tree. Its tail is white space between elements and goes with it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what is in an element into its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
