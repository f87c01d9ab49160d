"""Floor 3, sources: a Draft that could not be read again is found before anybody keeps it. Pure.

`audio-edition import` writes Markdown that will be read at the next build. What that reading would refuse (a footnote
mark without its note, a comment that is never closed) is told while the source is still at hand.
"""

from pathlib import Path

from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.sources.draft import Post
from pipeline.sources.given import Given
from pipeline.sources.manuscript import Manuscript
from pipeline.sources.markdown import markdown_blocks

_NOTHING = Given(language="", publish_time="", show_title="")


def proved(post: Post) -> Post:
    """The Post; broken, with the reason, if the Markdown of its Draft cannot be read."""
    if post.draft is None:
        return post
    front = replace(post.draft.front, end=0)
    try:
        markdown_blocks(Manuscript(path=Path(post.title), text=post.draft.markdown, front=front), _NOTHING)
    except SourceError as error:
        return replace(post, draft=None, why=f"{error.what}; {error.cure}", is_broken=True)
    return post
