"""Floor 3, sources: Markdown -> Blocks, read downwards. Pure.

CommonMark with tables, strikethrough, footnotes, definition lists and math, and what Jekyll, Hugo and Obsidian add to
it. `parser` makes tokens, `pieces` gathers them into what stands on a page, `blocks` says what each is, and `edges`
knows the title at the top and the debris at the bottom. Nothing is rendered and read back, so that every Block keeps
the lines it came from.
"""

from pipeline.sources.markdown.reading import is_like_markdown, markdown_blocks

__all__ = ["is_like_markdown", "markdown_blocks"]
