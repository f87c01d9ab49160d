"""Floor 3, inside tagging: what an episode's tag says, whatever the format of the file, and what no tag can carry."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from pipeline.errors import TagError
from pipeline.model import EpisodeChapter

#: Room for later changes. Apple's 4,000 characters of description fit into it in UTF-16, and mutagen, the library of
#: most tools, takes more than 10 KiB for a reason to write the file anew.
PADDING_BYTES = 8192

_MOST_CHAPTERS = 255  # the tables of ID3 and of MP4 count them in one byte
_MOST_PICTURES_BYTES = 5_000_000  # every download carries them, and an episode of half an hour has about 20 MB


class TimedLine(Struct, frozen=True, kw_only=True, gc=False):
    """A line of the text, as long as a player shows at a time, and when it begins to be heard."""

    start_ms: int
    text: str


class EpisodeTag(Struct, frozen=True, kw_only=True):
    """What an episode's tag says. ``lyrics`` is the whole transcript; ``cover`` a JPEG; ``duration_ms`` its length.

    ``pictures`` are JPEGs by the path that a chapter gives as its image; an image that is an address stays out, because
    nothing is fetched for a tag. ``lines`` are in the order of time, none where the times are not exact. Numbers,
    texts and tuples that are None or empty are left out.

    Each field names its ID3 frame: title TIT2, artist TPE1, album TALB, published TYER/TDAT/TIME, language TLAN,
    comment COMM, description TDES, publisher TPUB, show_url WPUB and WOAS, article_url WOAF, copyright TCOP, guid TGID,
    lyrics USLT, lines SYLT, cover APIC, chapters CHAP and CTOC, duration_ms TLEN, episode TRCK, season TPOS, category
    TCAT, keywords TKWD. The feed's address (WFED, purl of MP4) is left out: a show that moves house would have to
    publish every sound again.
    """

    title: str
    artist: str
    album: str
    published: datetime
    language: str
    comment: str
    publisher: str
    show_url: str
    article_url: str
    copyright: str
    guid: str
    lyrics: str
    cover: bytes
    duration_ms: int
    chapters: tuple[EpisodeChapter, ...]
    pictures: dict[str, bytes] = {}
    lines: tuple[TimedLine, ...] = ()
    description: str = ""
    category: str = ""
    keywords: tuple[str, ...] = ()
    episode: int | None = None
    season: int | None = None

    @property
    def notice(self) -> str:
        """The copyright with the year before it, as ID3 wants it, "" where there is none."""
        return f"{self.published:%Y} {self.copyright}" if self.copyright else ""


def require_few_chapters(tag: EpisodeTag) -> None:
    """Nothing, if a table can list the chapters of ``tag``. Raises TagError that says how many it can."""
    if len(tag.chapters) > _MOST_CHAPTERS:
        raise TagError(f"{len(tag.chapters)} chapters are more than a tag can list", cure=f"keep {_MOST_CHAPTERS}")


def require_light_pictures(pictures: Sequence[bytes]) -> None:
    """Nothing, if a tag can carry ``pictures``: one for each chapter that shows one, the same one as often as shown.

    Raises: TagError that says how many fit.
    """
    sizes = [len(picture) for picture in pictures if picture]
    if (size := sum(sizes)) > _MOST_PICTURES_BYTES:
        raise TagError(
            f"the images of {len(sizes)} chapters would add {size} bytes to every download, "
            f"and {_MOST_PICTURES_BYTES} are the most",
            cure=f"give an image to about {len(sizes) * _MOST_PICTURES_BYTES // size} of them, "
            "or give addresses with https://, which stay out of the download",
        )
