"""The English pack: British and American, every rule and table of it. Pure.

``sentences`` and ``clauses`` cut a paragraph into pieces of a breath, ``spoken`` says each of them in words,
``quotations`` finds who is quoted, ``queries`` asks what a copy editor would, ``hard`` finds the names that a voice
may say wrong, ``wording`` has the set phrases; ``locale``, ``numbers`` and ``abbreviations`` are what they share.
"""

from pipeline.text.english.pack import English

__all__ = ["ENGLISH", "English"]

ENGLISH = English()
