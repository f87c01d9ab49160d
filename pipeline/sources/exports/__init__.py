"""Floor 3, sources: what a publisher's tools export -> Posts. Four readers with one face, each one post at a time.

Every reader finds the posts (`Found`), skips to where it shall start, and makes of each a `Record` and HTML; from
there on `record` is the same for all: HTML -> Markdown -> Draft, and the barriers that keep a post out unless it is
asked for.
"""

from pipeline.sources.exports.ghost import ghost_posts
from pipeline.sources.exports.substack import substack_posts
from pipeline.sources.exports.syndication import feed_posts
from pipeline.sources.exports.wordpress import wordpress_posts

__all__ = ["feed_posts", "ghost_posts", "substack_posts", "wordpress_posts"]
