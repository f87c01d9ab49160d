"""Floor 3, sources: embedded posts, videos and recordings -> callouts."""

from lxml.html import HtmlElement

from pipeline.sources.html.embeds import Embed, embed_of, frame_of, recording_of
from pipeline.sources.html.writing.escaping import address_in_text, escaped, escaped_line_start
from pipeline.sources.html.writing.outline import Container
from pipeline.sources.html.writing.vocabulary import TEASER
from pipeline.sources.html.writing.walking import Walk
from pipeline.sources.manuscript import clean


def start_embed(walk: Walk, element: HtmlElement) -> bool:
    """Whether ``element`` is an embed by its class; if so it is written."""
    embed = embed_of(element, base=walk.base)
    if embed is None:
        return False
    walk.skip()
    put_embed(walk, embed)
    return True


def start_frame(walk: Walk, element: HtmlElement) -> None:
    """A frame: what it shows, unless that is an advertisement or the frame of a post that is written already."""
    walk.skip()
    embed = None if "wp-embedded-content" in (element.get("class") or "") else frame_of(element, base=walk.base)
    if embed is not None:
        put_embed(walk, embed)


def start_recording(walk: Walk, element: HtmlElement) -> None:
    """A video or a recording."""
    walk.skip()
    put_embed(walk, recording_of(element, base=walk.base))


def put_embed(walk: Walk, embed: Embed) -> None:
    """A callout: attribution and address, then the words."""
    walk.remember(embed.left_out, TEASER)
    if walk.is_line:
        walk.say(" ".join(["", embed.attribution, *embed.words, ""]))
        return
    walk.boundary()
    url = f" ({address_in_text(embed.url)})" if embed.url else ""
    words = [escaped_line_start(escaped(_line(paragraph))) for paragraph in embed.words]
    callout = Container(walk.container, first="> ", rest="> ")
    walk.outline.add([f"[!embed] {escaped(_line(embed.attribution))}{url}", *words[:1]], callout)
    for paragraph in words[1:]:
        walk.outline.add([paragraph], callout)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
