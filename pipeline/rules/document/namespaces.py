"""Floor 2: the namespaces of a feed, and which one a wrong address of one was meant to be. Source: feeds.md X3."""

from pipeline.patterns import regex

#: The one address of each namespace that the rules look into.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}

#: What podcast: was before it had an address of its own; some hosts still write it, and most readers take it.
FORMER_PODCAST = "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"

_DETAILS = regex(r"^https?://(www\.)?|[/#]+$")


def meant_prefix(given: str, *, uri: str) -> str:
    """The prefix of the namespace that ``uri``, declared as ``given``, was meant to be; "" where it is right or other.

    It was meant if the document gives it that prefix, or if it differs in capitals, http(s), www or a last stroke.
    """
    if uri in NAMESPACES.values():
        return ""
    if given in NAMESPACES:
        return given
    spelt = {_DETAILS.sub("", right.lower()): prefix for prefix, right in NAMESPACES.items()}
    return spelt.get(_DETAILS.sub("", uri.lower()), "podcast" if is_former_podcast(uri) else "")


def is_former_podcast(uri: str) -> bool:
    """Whether ``uri`` is the address that podcast: had at first."""
    return uri.lower() == FORMER_PODCAST
