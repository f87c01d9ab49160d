"""How the tables of the language are written down: words between blanks, as many to a line as fit."""


def word_list(rows: str) -> tuple[str, ...]:
    """The words of ``rows`` in their order."""
    return tuple(rows.split())


def word_set(rows: str) -> frozenset[str]:
    """The words of ``rows``, for asking whether one is among them."""
    return frozenset(rows.split())
