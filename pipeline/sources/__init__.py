"""Floor 3: places and formats -> Article. The first stage: everything after it knows no file format.

`reading` reads downwards: which format it is (`formats`), then text or Draft, Blocks (`markdown`, or `scrape` for plain
text), the house policy (`fates`) and what is known from outside the file (`given`, `metadata`). Every format but text
has a reader that writes it as Markdown, a `draft`; `seed` is how such a Draft is kept. All of it runs in a process of
its own with limits on time and memory, the `room`: what is read may come from anybody. An address is read after
`fetching`.
"""

from pipeline.sources.draft import Source
from pipeline.sources.given import Given
from pipeline.sources.room import open_room, read_article, read_posts

__all__ = ["Given", "Source", "open_room", "read_article", "read_posts"]
