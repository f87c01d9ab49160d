"""Floor 3, sources: books (EPUB 2 and 3), one Post a chapter.

`reading` reads downwards: what the book says about itself and its order (`book`, `contents`), its documents as trees
(`documents`), which of them are chapters and what they are called (`chapters`), notes that stand in other documents
(`notes`); and then the one road of all HTML to Markdown.
"""

from pipeline.sources.epub.reading import epub_posts

__all__ = ["epub_posts"]
