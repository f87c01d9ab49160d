"""What a browser shows of a tree, told from scratch: the other side of the property that no word is lost."""

from lxml.html import HtmlElement

from pipeline.sources.manuscript import clean

APART = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
UNSEEN = {"script", "style", "template", "title", "head"}


def words_shown(root: HtmlElement) -> list[str]:
    """The words of ``root`` in the order in which a browser shows them, images by their description."""
    return clean("".join(_parts(root, quotes=0))).split()


def _parts(element: HtmlElement, *, quotes: int) -> list[str]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("hidden") is not None:
        return []
    around = " " if element.tag in APART else ""
    is_quote = element.tag == "q"
    before, after = ("", "") if not is_quote else ("“", "”") if quotes % 2 == 0 else ("‘", "’")
    described = [f" {element.get('alt') or ''} "] if element.tag == "img" else []
    deeper = quotes + is_quote
    inside = [part for child in element for part in (*_parts(child, quotes=deeper), child.tail or "")]
    return [around, before, *described, element.text or "", *inside, after, around]
