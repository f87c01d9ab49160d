"""Floor 3, sources: images and the figures that they stand in."""

import re
from itertools import islice

from lxml.html import HtmlElement

from pipeline.patterns import regex
from pipeline.sources.html.embeds import attributes_of, text_of
from pipeline.sources.html.writing.formulas import put_formula
from pipeline.sources.html.writing.inline import LINK, words_of
from pipeline.sources.html.writing.marks import link_target
from pipeline.sources.html.writing.walking import Closer, Picture, Walk

#: Where lazy pages keep the address of an image until it is scrolled to, the best one first.
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src", "data-hi-res-src", "data-url")
SIZE = regex(r"(\d{1,6}(?:\.\d{1,3})?)[wx](?:,|\Z)")
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
PLACEHOLDER = regex(
    r"data:|about:|\s*\Z|(?:.*/)?(?:spacer|blank|pixel|transparent|placeholder|lazy|loading|clear|1x1|grey|gray)"
    r"(?:[-_.]\w{1,12}){0,3}\.(?:gif|png|svg|jpe?g)(?:\?.*)?\Z",
    re.IGNORECASE,
)
IMAGE_FILE = regex(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:\?[^#]*)?\Z|/image/fetch/|/wp-content/uploads/", re.IGNORECASE)
#: Descriptions that describe nothing: the name of the file, or what a program calls any picture.
NO_DESCRIPTION = regex(
    r"\S+\.(?:avif|gif|heic|jpe?g|png|svg|webp)|(?:img|dsc|dscn|screenshot|pxl)[-_ ]?[\d_-]+|image|img|photo|picture"
    r"|null|undefined|figure|screenshot",
    re.IGNORECASE,
)
EMOJI_CLASSES = {"emoji", "wp-smiley", "emojione", "twemoji"}
FORMULA_CLASSES = {"latex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "tex"}
#: How many elements of a figure are looked at to see what it is.
MOST_LOOKED_AT = 300
#: What makes a figure more than a picture with its caption.
NOT_A_PICTURE = frozenset(
    [
        "blockquote",
        "table",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "figure",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
        "math",
        "details",
        "section",
        "article",
    ]
)
LONGEST_CREDIT = 300


def start_image(walk: Walk, element: HtmlElement) -> None:
    """An image: words if it is an emoji, a formula if it is one, nothing if it only counts readers."""
    classes = set((element.get("class") or "").split())
    alt = " ".join((element.get("alt") or "").split())
    if classes & EMOJI_CLASSES:
        walk.say(alt)
    elif classes & FORMULA_CLASSES and alt:
        put_formula(walk, alt, is_display=False)
    elif not _is_speck(element):
        _show(walk, element, alt=alt)


def _show(walk: Walk, element: HtmlElement, *, alt: str) -> None:
    alt = "" if NO_DESCRIPTION.fullmatch(alt) else alt
    src = link_target(source_of(element), base=walk.base)
    href = next((mark.href for mark in reversed(walk.marks) if mark.sign == LINK), "")
    if alt or src:
        walk.show(Picture(alt=alt, src=src, href="" if IMAGE_FILE.search(href) or not src else href))


def source_of(element: HtmlElement) -> str:
    """The address of an image, "" if only a placeholder is there."""
    for name in LAZY:
        if not PLACEHOLDER.match(element.get(name) or ""):
            return element.get(name) or ""
    src = element.get("src") or ""
    if not PLACEHOLDER.match(src):
        return src
    sets = [element.get(name) or "" for name in SETS] + _sets_of_picture(element)
    return next((best for best in map(_largest, sets) if not PLACEHOLDER.match(best)), "")


def _sets_of_picture(element: HtmlElement) -> list[str]:
    parent = element.getparent()
    if parent is None or parent.tag != "picture":
        return []
    sources = islice(parent.iterchildren("source"), 20)
    return [source.get(name) or "" for source in sources for name in SETS]


def _largest(srcset: str) -> str:
    """The address of the largest image in a `srcset`. Addresses may hold commas; one that ends so has no size."""
    best, largest, address = "", -1.0, ""
    for part in (*srcset.split(), ","):
        size = SIZE.match(part) if address else None
        if address and (number := float(size[1]) if size else 0.0) > largest:
            best, largest = address, number
        # What follows a size and its comma without a blank is the next address.
        following = part[size.end() :] if size else part
        address = following.rstrip(",") if not following.endswith(",") else ""
        if not address and following.strip(",") and largest < 0:
            best, largest = following.strip(","), 0.0
    return best


def _is_speck(element: HtmlElement) -> bool:
    """Whether it is a pixel that counts readers, or holds a place."""
    sizes = [re.sub(r"px\Z", "", (element.get(name) or "").strip()) for name in ("width", "height")]
    return any(size in {"0", "1", "2"} for size in sizes)


def start_figure(walk: Walk, element: HtmlElement) -> Closer | None:
    """Pictures with one caption: all words in such a figure. Another figure is told by what stands in it."""
    if walk.is_line or not is_of_pictures(element):
        walk.boundary()
        return walk.boundary
    walk.start_line()

    def end() -> None:
        frame = walk.end_line()
        caption = words_of(frame.pieces)
        for number, picture in enumerate(frame.pictures, start=1):
            walk.add([picture.markdown(caption if number == len(frame.pictures) else "")])
        if not frame.pictures:
            walk.say(caption)
            walk.boundary()

    return end


def start_gallery(walk: Walk, element: HtmlElement) -> Closer | None:
    """A gallery of Substack's: its pictures and their caption, which stand beside an empty element."""
    pictures, caption = _gallery_of(element, base=walk.base)
    shown = " ".join(str(element.text_content()).split())
    if walk.is_line or not pictures or shown not in {"", caption}:
        walk.boundary()
        return walk.boundary
    walk.skip()
    for number, picture in enumerate(pictures, start=1):
        walk.add([picture.markdown(caption if number == len(pictures) else "")])
    return None


def _gallery_of(element: HtmlElement, *, base: str) -> tuple[list[Picture], str]:
    gallery = attributes_of(element).get("gallery")
    if not isinstance(gallery, dict):
        return [], ""
    images = gallery.get("images")
    told = [image for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    # One description for all of them stands at the first.
    alts = [text_of(gallery, "alt"), *[""] * len(told)]
    found = [
        Picture(alt=_described(text_of(image, "alt") or alt), src=link_target(text_of(image, "src"), base=base))
        for image, alt in zip(told, alts, strict=False)
    ]
    caption = " ".join(text_of(gallery, "caption").split())
    return [picture for picture in found if picture.src], caption


def _described(alt: str) -> str:
    alt = " ".join(alt.split())
    return "" if NO_DESCRIPTION.fullmatch(alt) else alt


def is_of_pictures(element: HtmlElement) -> bool:
    """Whether a figure holds images, and beside them no more than a caption and a line on whose they are."""
    has_image, words = False, 0
    for number, inside in enumerate(element.iter()):
        if (inside.tag in NOT_A_PICTURE and inside is not element) or number > MOST_LOOKED_AT:
            return False
        has_image = has_image or inside.tag == "img"
        words += len(inside.text or "") if inside.tag != "figcaption" else 0
    return has_image and words <= LONGEST_CREDIT


def start_noscript(walk: Walk, element: HtmlElement) -> None:
    """The image for pages without scripts, unless the lazy one before it has an address too."""
    walk.skip()
    image = element.find(".//img")
    before = element.getprevious()
    if image is not None and not (before is not None and before.tag == "img" and source_of(before)):
        start_image(walk, image)
