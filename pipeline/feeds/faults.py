"""Floor 3: what an XML parser says of a broken feed, in the words and with the cure for those who publish it."""

import re

from pipeline.errors import FeedError

#: What libxml2 says (a pattern), what that means, and what to do. ``\1`` and ``\2`` are of the pattern.
_FAULTS = (
    (r"EntityRef", "an & stands there for itself", "write it as &amp;"),
    (
        r"Entity '(.*)' not defined",
        r"&\1; is no entity of XML",
        "write the character itself, or its number, as &#160;",
    ),
    (
        r"invalid (?:xml)?Char value (\d+)",
        r"there is a control character, number \1, which XML cannot carry",
        "delete it from the text; it mostly came with something that was pasted",
    ),
    (
        r"Invalid bytes in character encoding|not proper UTF-8|encoding error|truncated multi-byte",
        "there are bytes that the encoding of the document does not know",
        'save it as UTF-8, and have <?xml version="1.0" encoding="UTF-8"?> say so',
    ),
    (
        r"tag mismatch: (\S+) line (\d+) and ([^\s,]+)",
        r"<\1> of line \2 is closed by </\3>",
        r"close <\1> first, and write HTML into CDATA or escaped",
    ),
    (
        r"Premature end of data in tag (\S+) line (\d+)",
        r"it ends in the middle: <\1> of line \2 is never closed",
        "write and upload it again, whole",
    ),
    (r"find end of Start Tag (\S+)|GT required", "a tag has no end", "write and upload it again, whole"),
    (
        r"XML declaration allowed only|target matching",
        "<?xml ...?> does not stand at the very beginning",
        "delete the blanks and lines before it",
    ),
    (
        r"Namespace prefix (\S+) (?:on|for) \S+",
        r"the prefix \1: is used and never declared",
        r'declare it in <rss>, as xmlns:\1="..."',
    ),
    (r"depth", "elements stand more than 256 levels deep in each other", "close them where they end"),
    (r"Resource limit|too long|too large", "one text is longer than 10 MB", "take it out"),
    (r"amplification|entity.*loop", "the entities that it declares unfold without end", "take the <!DOCTYPE> out"),
    (r"Unescaped '<'", "a < stands in the value of an attribute", "write it as &lt;"),
    (r"AttValue", "the value of an attribute has no quotation marks around it", 'write name="value"'),
    (r"Sequence '\]\]>'", "]]> stands outside of CDATA", "write it as ]]&gt;"),
    (r"Attribute (\S+) redefined", r"one element has the attribute \1 twice", "delete one of them"),
    (r"Extra content", "something follows after the end of </rss>", "delete what follows"),
    (r"CDATA section not finished", "a CDATA section has no end", "end it with ]]>"),
    (
        r"Start tag expected|Document is empty",
        "it does not begin with a tag, so it is no XML",
        "give the address or the file of the feed itself",
    ),
)


def unreadable(message: str, *, line: int) -> FeedError:
    """The error for a feed of which the parser says ``message`` at ``line``."""
    for pattern, meaning, cure in _FAULTS:
        found = re.search(pattern, message)
        if found is not None:
            what, way = found.expand(meaning), found.expand(cure)
            return FeedError(f"the feed is not well-formed XML: {what}", cure=way, line=line)
    said = " ".join(message.split()) or "it is empty"
    return FeedError(f"the feed is not well-formed XML ({said})", cure="correct that line", line=line)
