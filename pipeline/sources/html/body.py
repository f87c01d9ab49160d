"""Floor 3, sources: HTML that is known to be an article's body -> its Markdown. No guess at what the article is.

For exports, chapters of books, what mammoth makes of a Word file, and raw HTML inside Markdown. A page of the web is
`page`'s business.
"""

from pipeline.sources.html.footnotes import gather_footnotes
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.widgets import remove_widgets
from pipeline.sources.html.writing import Written, markdown_of
from pipeline.sources.manuscript import unseen_in


def body_of(html: str, *, base: str) -> Written:
    """The Markdown of a fragment or document of HTML, and what was taken out of it: widgets, and what cannot be said.

    ``base`` is the address that relative ones are completed by, or "".

    Raises:
        SourceError: it is nested too deeply.
    """
    root = tree_of(html)
    if root is None:
        return Written(markdown="", removals=())
    footnotes = gather_footnotes(root)
    removals = remove_widgets(root)
    unseen = unseen_in(str(root.text_content()))
    written = markdown_of(root, base=base, footnotes=footnotes)
    return Written(markdown=written.markdown, removals=(*unseen, *removals, *written.removals))
