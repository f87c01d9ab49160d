"""Floor 2, rules over what is served: the Content-Types that stand for what a feed names. Pure."""

from urllib.parse import urlsplit

from pipeline.model import Served, ServedKind

_FEED = ("application/rss+xml", "application/xml", "text/xml")
_M4A = ("audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac")
_MP4 = ("video/mp4", "video/x-m4v", "video/m4v", "audio/mp4")
_OGG = ("audio/ogg", "audio/opus", "application/ogg")
_SUBRIP = ("application/x-subrip", "application/srt", "text/srt")

#: What the end of a file's name says of it; the first is the usual one. Source: feeds.md A15, T5.
_BY_ENDING = {
    "mp3": ("audio/mpeg",),
    "m4a": _M4A,
    "mp4": _MP4,
    "m4v": _MP4,
    "mov": ("video/quicktime",),
    "pdf": ("application/pdf",),
    "ogg": _OGG,
    "opus": _OGG,
    "flac": ("audio/flac", "audio/x-flac"),
    "wav": ("audio/wav", "audio/x-wav", "audio/vnd.wave"),
}
#: What may be sent for what a feed says; what is not here is only itself.
_BY_TYPE = {said: types for types in (_M4A, _OGG, _SUBRIP) for said in types} | {
    "video/mp4": _MP4,
    "video/x-m4v": _MP4,
    "application/json+chapters": ("application/json+chapters", "application/json"),
}
_IMAGES = {"JPEG": ("image/jpeg",), "PNG": ("image/png",)}
_ANY_IMAGE = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff")


def is_fitting(served: Served) -> bool:
    """Whether the Content-Type of ``served`` is one by which apps know it for what it is."""
    said = served.get.media_type
    fitting = _fitting(served)
    return said in fitting if fitting else said.startswith(("audio/", "video/"))


def usual_type(served: Served) -> str:
    """The Content-Type that is expected of it first."""
    return next(iter(_fitting(served)), "audio/mpeg")


def _fitting(served: Served) -> tuple[str, ...]:
    """All that will do, the best first; () for a sound of a kind that nothing is known of."""
    named = served.named
    match named.kind:
        case ServedKind.FEED | ServedKind.PAGE:
            return _FEED
        case ServedKind.ARTWORK:
            return _IMAGES.get(served.artwork.format, _ANY_IMAGE) if served.artwork is not None else _ANY_IMAGE
        case ServedKind.CHAPTERS:
            return _BY_TYPE["application/json+chapters"]
        case ServedKind.TRANSCRIPT:
            return _BY_TYPE.get(named.media_type, (named.media_type or "text/vtt",))
        case _:
            return _of_sound(named.media_type, named.address)


def _of_sound(said: str, address: str) -> tuple[str, ...]:
    ending = urlsplit(address).path.rpartition(".")[2].casefold()
    known = _BY_ENDING.get(ending, ())
    return (
        (*known, *(kind for kind in _BY_TYPE.get(said, ()) if kind not in known))
        if known
        else _BY_TYPE.get(said, (said,) if said.startswith(("audio/", "video/")) else ())
    )
