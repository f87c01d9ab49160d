"""What a copy editor would ask the author about; flagged and never changed.

``asking`` is the face. Behind it, one module a family: ``slips`` (words taken for others), ``marks`` (punctuation),
``sentences`` (how they begin and end, and whether they are said twice), ``dates``, ``names``, ``spelling`` and
``leftovers``. A rule earns its place by being worth a question most of the times it asks one.
"""

from pipeline.text.english.queries.asking import find_copy_queries

__all__ = ["find_copy_queries"]
