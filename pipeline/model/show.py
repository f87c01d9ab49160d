"""The podcast itself, as `show.toml` says it. Unknown keys are refused, so that a slip of the pen is not silent."""

from enum import Enum
from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(pattern=r"\S")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Milliseconds = Annotated[int, Meta(ge=0, le=60_000)]


class ShowType(Enum):
    """How the episodes belong together (RSS: channel/itunes:type)."""

    EPISODIC = "episodic"
    SERIAL = "serial"


class VoiceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which voice reads. ``pace_wpm`` is words a minute."""

    engine: str = "espeak"
    name: str = "en-gb"
    pace_wpm: Annotated[int, Meta(ge=80, le=450)] = 165


class SoundSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the finished sound measures. ``true_peak_dbtp`` is the most that a decoder may give back."""

    loudness_lufs: Annotated[float, Meta(ge=-31, le=-9)] = -16.0
    true_peak_dbtp: Annotated[float, Meta(ge=-9, le=-0.5)] = -1.0
    bitrate_kbps: int = 96


class PauseSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Silence after each thing said, in whole milliseconds; ``clause_ms`` where a long sentence was parted."""

    clause_ms: Milliseconds = 150
    sentence_ms: Milliseconds = 350
    paragraph_ms: Milliseconds = 750
    list_item_ms: Milliseconds = 500
    heading_ms: Milliseconds = 900
    title_ms: Milliseconds = 900
    opening_ms: Milliseconds = 1200
    closing_ms: Milliseconds = 1200
    lead_in_ms: Milliseconds = 300
    lead_out_ms: Milliseconds = 1000


class FeedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the feed says of the show beside its title. ``has_owner`` puts name and e-mail into it."""

    has_owner: bool = True
    is_locked: bool = True
    websub_hub: str = ""
    license: str = ""


class Artwork(Struct, frozen=True, kw_only=True):
    """What an image file really is: ``format`` as its bytes say (JPEG, PNG ...), ``mode`` of its pixels (RGB ...)."""

    name: str
    format: str
    width_px: int
    height_px: int
    mode: str
    length_bytes: int


class Show(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The show: title, owner, artwork, language, categories, voice, base URL.

    ``base_url`` is the public address of the web root, the folder that holds `episodes/` and `feeds/`.
    ``categories`` are Apple's names, "News" or "News > Politics", the first one counts most.
    ``publish_time`` (HH:MM, UTC) completes dates that have no time. ``default_author`` is the byline of articles
    that have none of their own.
    """

    title: Text
    description: Text
    author: Text
    email: str
    base_url: str
    link: str
    categories: Annotated[tuple[Text, ...], Meta(min_length=1)]
    language: Language = "en-GB"
    subtitle: str = ""
    default_author: str = ""
    explicit: bool = False
    artwork: str = "cover.jpg"
    copyright: str = ""
    type: ShowType = ShowType.EPISODIC
    publish_time: str = "06:00"
    voice: VoiceSettings = VoiceSettings()
    sound: SoundSettings = SoundSettings()
    pauses: PauseSettings = PauseSettings()
    feed: FeedSettings = FeedSettings()

    def url(self, path: str) -> str:
        """The public address of ``path``, which is relative to the web root."""
        return f"{self.base_url.rstrip('/')}/{path}"

    @property
    def feed_url(self) -> str:
        """The public address of the feed."""
        return self.url("feeds/podcast.xml")
