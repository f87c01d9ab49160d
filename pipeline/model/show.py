"""The podcast itself, as `show.toml` says it. Unknown keys are refused, so that a slip of the pen is not silent."""

from enum import Enum

from msgspec import Struct


class ShowType(Enum):
    """How the episodes belong together (RSS: channel/itunes:type)."""

    EPISODIC = "episodic"
    SERIAL = "serial"


class VoiceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which voice reads. ``pace_wpm`` is words a minute."""

    engine: str = "espeak"
    name: str = "en-gb"
    pace_wpm: int = 165


class SoundSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the finished sound measures. ``true_peak_dbtp`` is the most that a decoder may give back."""

    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    bitrate_kbps: int = 96


class PauseSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Silence after each thing said, in whole milliseconds; ``clause_ms`` where a long sentence was parted."""

    clause_ms: int = 150
    sentence_ms: int = 350
    paragraph_ms: int = 750
    list_item_ms: int = 500
    heading_ms: int = 900
    title_ms: int = 900
    opening_ms: int = 1200
    closing_ms: int = 1200
    lead_in_ms: int = 300
    lead_out_ms: int = 1000


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

    title: str
    description: str
    author: str
    email: str
    base_url: str
    link: str
    categories: tuple[str, ...]
    language: str = "en-GB"
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
