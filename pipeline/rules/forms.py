"""Floor 2: the forms that values of a feed must have, whichever family of rules asks: lengths, patterns, addresses."""

import re

from pipeline.patterns import regex

#: The most characters of a value of which nothing else is said. Source: PSP-1 (feeds.md X13).
LONGEST_VALUE = 255

EMAIL = regex(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
UUID = regex(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

#: A name of the SPDX list, or of one's own. Source: podcast-namespace, docs/tags/license.md.
LICENSE = regex(r"[a-z0-9][a-z0-9.\-]*")

SAYS_COPYRIGHT = regex(r"©|\(c\)|copyright|\b(19|20)\d\d\b", re.IGNORECASE)
SAYS_AUTOMATED = regex(
    r"automat|synthe|artificial|text[- ]to[- ]speech|computer|machine|\bAI\b|\bKI\b|\bIA\b", re.IGNORECASE
)

#: A title that begins with the number of its episode, or has those of season and episode in it.
NUMBERED = regex(
    r"^\W*(episode|episodio|épisode|folge|ep\.?|no\.?|nr\.?|#)\s*\d+|\bs\d{1,2}\s?e\d{1,3}\b", re.IGNORECASE
)

#: Letters, digits and the signs that may stand in an address; anything else is written as %XX. Source: RFC 3986.
WHOLE_ADDRESS = regex(
    r"https?://([A-Za-z0-9._~!$&'()*+,;=:%\-]*@)?([A-Za-z0-9._\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]*)?"
    r"([/?#]([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=\-]++|%[0-9A-Fa-f]{2})*+)?",
    re.IGNORECASE,
)
