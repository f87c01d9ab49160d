"""Floor 3, sources: what a page shows of other places - posts, videos, recordings, cards of links -> Embeds. Pure.

An Embed is recognised by its class, by the address of its frame, or by what its platform wrote beside it as JSON.
Nothing is fetched.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.html.services import is_content, service_of, thing_of, watch_address


class Embed(Struct, frozen=True, kw_only=True):
    """Something that stands elsewhere: ``attribution`` is whose it is and where, ``words`` its paragraphs, if known.

    ``left_out`` is what the page tells of it beside that: the teaser of a linked page.
    """

    attribution: str
    url: str = ""
    words: tuple[str, ...] = ()
    left_out: str = ""


#: Titles of frames that say nothing.
EMPTY_TITLE = regex(
    r"(?:embedded|embed|iframe|frame|video|audio|player|content|media|youtube|vimeo|spotify|soundcloud|map|post|widget"
    r"|title|from|of|on|the|an|a|untitled|\W)*",
    re.IGNORECASE,
)
#: What Instagram puts before the words of a post.
INSTAGRAM_TITLE = regex(r"\A.{1,80}? on Instagram:\s*")
DASHES = " \t\n—–-"
HANDLE_BEHIND = regex(r"\s*\(@?[^()]*\)\s*\Z")
ADDRESS_ALONE = regex(r"\s*(https?://\S+)\s*")


def embed_of(element: HtmlElement, *, base: str) -> Embed | None:
    """What is embedded by ``element``, None if it is no embed, or one that is nothing of an article.

    ``base`` completes relative addresses.
    """
    reader = next((CLASSES[name] for name in (element.get("class") or "").split() if name in CLASSES), None)
    return None if reader is None else reader(element, base)


def frame_of(element: HtmlElement, *, base: str) -> Embed | None:
    """What an `iframe` or `embed` shows; None if it is an advertisement, a counter or a form."""
    address = _joined(base, element.get("src") or element.get("data-src") or element.get("data-lazy-src") or "")
    sizes = {element.get("width"), element.get("height")}
    if not is_content(address) or sizes & {"0", "1", "0px", "1px"}:
        return None
    url = watch_address(address)
    return Embed(attribution=_titled(element, service=service_of(url)), url=url)


def recording_of(element: HtmlElement, *, base: str) -> Embed:
    """What a `video` or `audio` plays."""
    inner = element.find(".//source")
    src = element.get("src") or (inner.get("src") if inner is not None else "") or ""
    url = _joined(base, src)
    url = url if url.startswith("http") else ""
    name = "A video" if element.tag == "video" else "A recording"
    title = _squeezed(element.get("title") or element.get("aria-label") or "")
    return Embed(attribution=title or name, url=url)


def _titled(element: HtmlElement, *, service: str) -> str:
    attributes = attributes_of(element)
    title = text_of(attributes, "title") or element.get("title") or element.get("aria-label") or ""
    title = _squeezed(title).removesuffix(f" on {service}")
    return f"{thing_of(service) if EMPTY_TITLE.fullmatch(title) else title} on {service}"


def _tweet(element: HtmlElement, base: str) -> Embed | None:
    """A post as Twitter, X and Bluesky write it: words in <p>, then a dash, the name, and the date as its link."""
    words = tuple(text for p in element.iter("p") for text in _paragraphs(p))
    links = [link.get("href") or "" for link in element.iter("a")]
    url = next((link for link in reversed(links) if "/status/" in link or "/post/" in link), links[-1] if links else "")
    url = _without_query(_joined(base, url))
    name = _name_behind(element)
    return _by(name, url=url, words=words) if words or url else None


def _name_behind(element: HtmlElement) -> str:
    """The words after the last <p>, without those of the date, which is a link to the post."""
    last = next(reversed(list(element.iter("p"))), None)
    if last is None:
        return ""
    parts = [last.tail or ""]
    for following in last.itersiblings():
        is_date = following.tag == "a" and following.getnext() is None
        parts += ["" if is_date else str(following.text_content()), following.tail or ""]
    return HANDLE_BEHIND.sub("", _squeezed("".join(parts)).strip(DASHES))


def _mastodon(element: HtmlElement, base: str) -> Embed | None:
    url = _joined(base, element.get("data-embed-url") or element.get("src") or "").removesuffix("/embed")
    match = re.match(r"https?://([^/]+)/@([^/@]+)", url)
    return Embed(attribution=f"@{match[2]}@{match[1]} on Mastodon" if match else "A post on Mastodon", url=url)


def _instagram(element: HtmlElement, base: str) -> Embed | None:
    url = _joined(base, element.get("data-instgrm-permalink") or element.get("data-text-post-permalink") or "")
    shared = re.search(r"shared by (.{1,80}?)\s*(?:\(|\Z)", _squeezed(str(element.text_content())))
    return _by(shared[1] if shared else "", url=_without_query(url))


def _tiktok(element: HtmlElement, base: str) -> Embed | None:
    url = _joined(base, element.get("cite") or "")
    author = re.search(r"/(@[^/]+)/", url)
    words = tuple(text for p in element.iter("p") for text in _paragraphs(p))
    return _by(author[1] if author else "", url=url, words=words)


def _linked(element: HtmlElement, base: str) -> Embed | None:
    """A post of which the page has only an address: Facebook, Reddit, an embedded post of WordPress."""
    link = next(element.iter("a"), None)
    url = _joined(base, element.get("data-href") or (link.get("href") if link is not None else "") or "")
    title = _squeezed(str(link.text_content())) if link is not None else ""
    service = service_of(url)
    return Embed(attribution=f"“{title}” on {service}" if title else f"A post on {service}", url=url) if url else None


def _substack_tweet(element: HtmlElement, base: str) -> Embed | None:
    attributes = attributes_of(element)
    words = _lines(text_of(attributes, "full_text"))
    name = text_of(attributes, "name") or text_of(attributes, "username")
    url = _without_query(_joined(base, text_of(attributes, "url")))
    return _by(name, url=url, words=words, otherwise="Twitter") if name or words else None


def _substack_instagram(element: HtmlElement, base: str) -> Embed | None:
    attributes = attributes_of(element)
    post = text_of(attributes, "instagram_id")
    url = f"https://www.instagram.com/p/{post}/" if post else _joined(base, text_of(attributes, "url"))
    title = INSTAGRAM_TITLE.sub("", _squeezed(text_of(attributes, "title")))
    name = text_of(attributes, "author_name")
    words = (title,) if title and not title.startswith("A post shared by") else ()
    return _by(name, url=url, words=words, otherwise="Instagram") if name or words else None


def _substack_bluesky(element: HtmlElement, base: str) -> Embed | None:
    attributes = attributes_of(element)
    author, post = text_of(attributes, "authorHandle"), text_of(attributes, "postId")
    url = f"https://bsky.app/profile/{author}/post/{post}" if author and post else ""
    url = url or _joined(base, text_of(attributes, "url"))
    words = _lines(text_of(attributes, "text"))
    name = text_of(attributes, "authorName") or author
    return _by(name, url=url, words=words, otherwise="Bluesky") if name or words else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(_squeezed, re.split(r"\n+", text)) if line)


def _substack_post(element: HtmlElement, base: str) -> Embed | None:
    """A card of another post: its title and where it stands. The beginning of its text is not this article's."""
    attributes = attributes_of(element)
    title = text_of(attributes, "title")
    url = _joined(base, text_of(attributes, "url") or text_of(attributes, "canonical_url"))
    place = text_of(attributes, "publication_name") or (service_of(url) if url else "")
    teaser = text_of(attributes, "truncated_body_text") or text_of(attributes, "caption")
    return _card(title, place=place, url=url, teaser=teaser) if title else None


def _youtube(element: HtmlElement, base: str) -> Embed | None:
    video = text_of(attributes_of(element), "videoId")
    frame = next(element.iter("iframe"), None)
    if frame is not None:
        return frame_of(frame, base=base)
    return Embed(attribution="A video on YouTube", url=f"https://www.youtube.com/watch?v={video}") if video else None


def _media_of_substack(element: HtmlElement, base: str) -> Embed | None:
    attributes = attributes_of(element)
    title = text_of(attributes, "title") or text_of(attributes, "label")
    url = _joined(base, text_of(attributes, "url"))
    name = "A recording" if "audio" in (element.get("class") or "") else "A video"
    place = f" on {service_of(url)}" if url else ""
    return Embed(attribution=f"{title or name}{place}", url=url)


def _bookmark(element: HtmlElement, base: str) -> Embed | None:
    link = next(element.iter("a"), None)
    url = _joined(base, (link.get("href") if link is not None else "") or "")
    # Ghost writes the publication into the part called author, and the author into the part called publisher.
    place = _part(element, "kg-bookmark-author") or _part(element, "kg-bookmark-publisher")
    title = _part(element, "kg-bookmark-title")
    place = place or (service_of(url) if url else "")
    return _card(title, place=place, url=url, teaser=_part(element, "kg-bookmark-description")) if title else None


def _wordpress(element: HtmlElement, base: str) -> Embed | None:
    """A block that holds nothing but an address; what holds more is told by what it holds."""
    inner = next(
        (part for part in element.iter("div") if "wp-block-embed__wrapper" in (part.get("class") or "")), element
    )
    match = ADDRESS_ALONE.fullmatch(str(inner.text_content()))
    if match is None or next(inner.iter("iframe", "blockquote", "img"), None) is not None:
        return None
    url = _joined(base, match[1])
    service = service_of(url)
    return Embed(attribution=f"{thing_of(service)} on {service}", url=watch_address(url))


def _card(title: str, *, place: str, url: str, teaser: str) -> Embed:
    return Embed(attribution=f"“{title}” in {place}" if place else f"“{title}”", url=url, left_out=teaser)


def _by(name: str, *, url: str, words: tuple[str, ...] = (), otherwise: str = "") -> Embed:
    service = service_of(url) or otherwise
    return Embed(attribution=" on ".join(part for part in (name or "A post", service) if part), url=url, words=words)


def _part(element: HtmlElement, name: str) -> str:
    found = (part for part in element.iter() if name in (part.get("class") or "").split())
    return next((_squeezed(str(part.text_content())) for part in found), "")


def _paragraphs(element: HtmlElement) -> list[str]:
    """The words of an element, parted where two line breaks follow each other."""
    parts: list[str] = []
    for event, inside in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts.append("\n" if inside.tag == "br" else inside.text or "")
        elif inside is not element:
            parts.append(inside.tail or "")
    return [line for line in map(_squeezed, re.split(r"\n\s*\n", "".join(parts))) if line]


def attributes_of(element: HtmlElement) -> dict[str, Any]:
    """What Substack says of an element in its `data-attrs`; {} if that is missing or no object of JSON."""
    try:
        found = json.loads(element.get("data-attrs") or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def text_of(attributes: dict[str, Any], name: str) -> str:
    """The text under ``name``; "" if there is none."""
    value = attributes.get(name)
    return value.strip() if isinstance(value, str) else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:
        return ""


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(query="", fragment="").geturl()


#: Class -> what reads an element of that class.
CLASSES: dict[str, Callable[[HtmlElement, str], Embed | None]] = {
    "twitter-tweet": _tweet,
    "twitter-video": _tweet,
    "bluesky-embed": _tweet,
    "mastodon-embed": _mastodon,
    "instagram-media": _instagram,
    "text-post-media": _instagram,
    "tiktok-embed": _tiktok,
    "fb-post": _linked,
    "fb-video": _linked,
    "reddit-card": _linked,
    "reddit-embed-bq": _linked,
    "wp-embedded-content": _linked,
    "tweet": _substack_tweet,
    "twitter-embed": _substack_tweet,
    "instagram-embed-wrap": _substack_instagram,
    "bluesky-wrap": _substack_bluesky,
    "embedded-post-wrap": _substack_post,
    "digest-post-embed": _substack_post,
    "youtube-wrap": _youtube,
    "native-video-embed": _media_of_substack,
    "native-audio-embed": _media_of_substack,
    "kg-bookmark-card": _bookmark,
    "wp-block-embed": _wordpress,
}
