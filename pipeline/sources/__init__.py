"""Floor 3: places and formats -> Article. The first stage: everything after it knows no file format.

`reading` reads downwards: bytes -> clean text (`manuscript`) -> front matter (`frontmatter`) -> Blocks (`markdown`, or
`scrape` for plain text) -> Article, completed by what is known from outside the file (`given`, `metadata`).
"""

from pipeline.sources.given import Given
from pipeline.sources.reading import read_article

__all__ = ["Given", "read_article"]
