"""Floor 3, sources: where the article stands on pages of the platforms that name its element. Pure."""

from lxml.html import HtmlElement

#: Sets of classes that an element of the article has, the surest first. Each is the body alone, without title, byline
#: and what follows; plug-ins put things into it, which are `widgets`.
SELECTORS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "body markup",  # Substack, inside available-content
        "gh-content",  # Ghost
        "wp-block-post-content",  # WordPress, block themes
        "entry-content",  # WordPress, classic themes
        "post-full-content",  # Ghost, older themes
        "rendered-post",  # Beehiiv
        "elementor-widget-theme-post-content",  # WordPress, laid out with Elementor
        "et_pb_post_content",  # WordPress, laid out with Divi
        "blog-item-content",  # Squarespace
    )
)
LEAST_WORDS = 60
MOST_LINKED = 0.4


def article_element(root: HtmlElement) -> HtmlElement | None:
    """The element that holds the article, or None where the page does not say, or says it of several."""
    found: dict[frozenset[str], list[HtmlElement]] = {selector: [] for selector in SELECTORS}
    for element in root.iter():
        names = element.get("class")
        for selector in SELECTORS if names else ():
            if selector.issubset(names.split()):
                found[selector].append(element)
    plausible = ([element for element in elements if _is_plausible(element)] for elements in found.values())
    return next((elements[0] for elements in plausible if len(elements) == 1), None)


def _is_plausible(element: HtmlElement) -> bool:
    words = len(element.text_content().split())
    linked = sum(len(link.text_content().split()) for link in element.iter("a"))
    return words >= LEAST_WORDS and linked < MOST_LINKED * words
