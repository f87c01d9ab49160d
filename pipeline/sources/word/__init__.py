"""Floor 3, sources: Word files (.docx).

`reading` reads downwards: the parts of the file (`parts`, `properties`); out with what does not show (`revisions`) and
what Word fills in itself (`fields`); what mammoth would pass over made readable (`markup`, `formulas`); what its styles
stand for (`styles`); the HTML that mammoth makes of it (`page`); and then the one road of all HTML to Markdown.
"""

from pipeline.sources.word.reading import word_posts

__all__ = ["word_posts"]
