"""Floor 2, text: whether two texts say the same words, however they are spelled on the page. Pure."""

#: What is not heard is written in several ways, or left out.
_ALIKE = str.maketrans(dict.fromkeys("'‘’‚‛ʼ´`′\"“”„‟«»″-‐‑‒–—―−", "") | {"…": "..."})


def letters_of(text: str) -> str:
    """``text`` without blanks, dashes, quotation marks, apostrophes and capitals."""
    return "".join(text.translate(_ALIKE).casefold().split())
