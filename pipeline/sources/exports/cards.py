"""Floor 3, sources: the cards of Ghost's editors -> the HTML that Ghost itself publishes for them. Pure.

Both editors, Lexical and Mobiledoc, keep a card as a name and settings. The classes are Ghost's, so that what the
readers know of its pages holds for its exports. Fields that hold HTML go through as they are.
Source: kg-default-nodes and kg-default-cards of Ghost.
"""

from collections.abc import Callable, Mapping
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

#: Cards without a word of the author's, or that only e-mails show; what stands in the text in their place.
SILENT = {"paywall": "<!--members-only-->", "horizontalrule": "<hr>", "hr": "<hr>", "email-cta": "", "collection": ""}

#: Part of a bookmark -> the setting that Ghost writes into it: author and publisher stand in each other's place.
BOOKMARK = {"title": "title", "description": "description", "author": "publisher", "publisher": "author"}

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)

Card = Mapping[str, object]


def html_of_card(name: str, card: Card) -> str | None:
    """The HTML of a card; None if there is none of that name."""
    if name in SILENT:
        return SILENT[name]
    written = CARDS.get(name)
    return None if written is None else written(card)


def text_in(card: Card, key: str) -> str:
    """The text under ``key``; "" if there is none."""
    value = card.get(key)
    return value if isinstance(value, str) else ""


def _image(card: Card) -> str:
    picture = f'<img class="kg-image" src="{_safe(card, "src")}" alt="{_safe(card, "alt")}">'
    return _figure("image", picture, caption=text_in(card, "caption"))


def _gallery(card: Card) -> str:
    images = card.get("images")
    pictures = [image for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    inside = "".join(f'<img src="{_safe(image, "src")}" alt="{_safe(image, "alt")}">' for image in pictures)
    return _figure("gallery", inside, caption=text_in(card, "caption"))


def _bookmark(card: Card) -> str:
    found = card.get("metadata")
    told: Card = found if isinstance(found, dict) else {}
    inside = "".join(
        f'<div class="kg-bookmark-{part}">{_safe(told, key)}</div>'
        for part, key in BOOKMARK.items()
        if text_in(told, key)
    )
    address = _safe(card, "url") or _safe(told, "url")
    link = f'<a class="kg-bookmark-container" href="{address}"><div class="kg-bookmark-content">{inside}</div></a>'
    return _figure("bookmark", link, caption=text_in(card, "caption"))


def _embed(card: Card) -> str:
    # An embed without HTML is still known by its address.
    address = _safe(card, "url")
    inside = text_in(card, "html") or f'<iframe src="{address}"></iframe>'
    return _figure("embed", inside, caption=text_in(card, "caption"))


def _callout(card: Card) -> str:
    return (
        f'<div class="kg-card kg-callout-card"><div class="kg-callout-text">{text_in(card, "calloutText")}</div></div>'
    )


def _toggle(card: Card) -> str:
    return (
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading">'
        f'<h4 class="kg-toggle-heading-text">{text_in(card, "heading")}</h4></div>'
        f'<div class="kg-toggle-content">{text_in(card, "content")}</div></div>'
    )


def _code(card: Card) -> str:
    code = f'<pre><code class="language-{_safe(card, "language")}">{_safe(card, "code")}</code></pre>'
    caption = text_in(card, "caption")
    return _figure("code", code, caption=caption) if caption else code


def _button(card: Card) -> str:
    inside = f'<a href="{_safe(card, "buttonUrl")}" class="kg-btn">{_safe(card, "buttonText")}</a>'
    return f'<div class="kg-card kg-button-card">{inside}</div>'


def _audio(card: Card) -> str:
    title = f'<div class="kg-audio-title">{_safe(card, "title")}</div>'
    return f'<div class="kg-card kg-audio-card"><audio src="{_safe(card, "src")}"></audio>{title}</div>'


def _video(card: Card) -> str:
    return _figure("video", f'<video src="{_safe(card, "src")}"></video>', caption=text_in(card, "caption"))


def _file(card: Card) -> str:
    words = "".join(
        f'<div class="kg-file-card-{key.removeprefix("file").lower()}">{_safe(card, key)}</div>'
        for key in ("fileTitle", "fileCaption")
    )
    link = f'<a class="kg-file-card-container" href="{_safe(card, "src")}">{words}</a>'
    return f'<div class="kg-card kg-file-card">{link}</div>'


def _product(card: Card) -> str:
    title = f'<h4 class="kg-product-card-title">{text_in(card, "productTitle")}</h4>'
    words = f'<div class="kg-product-card-description">{text_in(card, "productDescription")}</div>'
    return f'<div class="kg-card kg-product-card">{title}{words}</div>'


def _header(card: Card) -> str:
    header = f'<h2 class="kg-header-card-heading">{text_in(card, "header")}</h2>'
    words = f'<p class="kg-header-card-subheading">{text_in(card, "subheader")}</p>'
    return f'<div class="kg-card kg-header-card">{header}{words}</div>'


def _signup(card: Card) -> str:
    words = "".join(f"<p>{text_in(card, key)}</p>" for key in ("header", "subheader", "disclaimer"))
    return f'<div class="kg-card kg-signup-card">{words}</div>'


def _call(card: Card) -> str:
    words = f'<div class="kg-cta-text">{text_in(card, "textValue")}</div>'
    link = f'<a href="{_safe(card, "buttonUrl")}" class="kg-cta-button">{_safe(card, "buttonText")}</a>'
    return f'<div class="kg-card kg-cta-card">{words}{link}</div>'


def _html(card: Card) -> str:
    return text_in(card, "html")


def _markdown(card: Card) -> str:
    return str(MARKDOWN.render(text_in(card, "markdown")))


def _nothing(_: Card) -> str:
    return ""


def _figure(name: str, inside: str, *, caption: str) -> str:
    told = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="kg-card kg-{name}-card">{inside}{told}</figure>'


def _safe(card: Card, key: str) -> str:
    return escape(text_in(card, key))


CARDS: dict[str, Callable[[Card], str]] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "codeblock": _code,
    "code": _code,
    "button": _button,
    "audio": _audio,
    "video": _video,
    "file": _file,
    "product": _product,
    "header": _header,
    "signup": _signup,
    "call-to-action": _call,
    "html": _html,
    "markdown": _markdown,
    "card-markdown": _markdown,
    # What only readers of the e-mail see.
    "email": _nothing,
}
