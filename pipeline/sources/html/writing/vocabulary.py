"""Floor 3, sources: the words of HTML, as data: which tags part paragraphs, and which have nothing to read."""

import re

from pipeline.patterns import regex

#: What a browser sets apart from what stands before and after it.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

#: What no heading and no item of a close list holds.
PROSE = BLOCKS - {"center", "ol", "ul", "li", "menu", "dir"} | {"iframe", "video", "audio"}

#: Tags whose text is no text.
SILENT = frozenset(
    [
        "base",
        "basefont",
        "bgsound",
        "canvas",
        "datalist",
        "frame",
        "frameset",
        "head",
        "link",
        "map",
        "meta",
        "mjx-math",
        "noframes",
        "param",
        "rp",
        "script",
        "source",
        "style",
        "svg",
        "template",
        "title",
        "track",
        "wbr",
    ]
)
#: Tags of a form that hold words which are not the article's.
CONTROLS = {"button", "meter", "optgroup", "option", "progress", "select", "textarea"}

FIELD = "a button or field of the web page, not part of the text"
HIDDEN = "hidden on the page"
FOR_SCREEN_READERS = "words for screen readers alone, hidden on the page"
DECORATION = "hidden from screen readers: a decoration of the page"
FORM = "a form of the web page, not part of the text"
PULLED = "a pull quote: its words stand in the article itself"
TOOLTIP = "a bubble that the page shows only beside the pointer"
GLOSS = "how the word beside it is read"
TEASER = "what a linked page says of itself"
ORPHAN = "a footnote whose mark is not in the text"
LINE_NUMBERS = "line numbers beside code"

NOT_SHOWN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SCREEN_READER_CLASSES = frozenset(
    {"sr-only", "screen-reader-text", "screen-reader-only", "visually-hidden", "visuallyhidden"}
)
GUTTERS = frozenset(
    {"gutter", "gl", "rouge-gutter", "lineno", "linenos", "linenodiv", "hljs-ln-numbers", "line-numbers-rows"}
)
PULL_QUOTE = regex(r"pull[-_]?quote", re.IGNORECASE)

#: Opening and closing quotation marks of a language, outer and inner. Source: CLDR, delimiters.
QUOTES = {
    "en": ("“", "”", "‘", "’"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«", "»", "«", "»"),
    "it": ("«", "»", "“", "”"),
    "nb": ("«", "»", "‘", "’"),
    "nl": ("‘", "’", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "pt": ("“", "”", "‘", "’"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
}
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
POWER = regex(r"\s*[+\-−]?(?:\d{1,4}|n)\s*")
#: Marks of footnotes without their brackets: 13,14 or 5-7.
RAISED_MARKS = regex(r"[\s\[(]*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,9})[\s\])]*")
