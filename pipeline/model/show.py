"""The podcast itself, as `show.toml` says it. Unknown keys are refused, so that a slip of the pen is not silent."""

from enum import Enum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from pipeline.model.listing import Person

#: What the show of show.toml is called where others have names.
MAIN_SHOW = "main"

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


class SpendingSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one command may have spoken by engines of the network before it asks: characters, and US dollars.

    Either of them is enough; dollars count where the price is known. 0 asks always.
    """

    confirm_above_chars: Annotated[int, Meta(ge=0)] = 200_000
    confirm_above_usd: Annotated[float, Meta(ge=0)] = 5.0


class SoundSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the finished sound measures, and in which forms it is published.

    ``true_peak_dbtp`` is the most that a decoder may give back. ``voice_chain`` = "gentle" takes rumble, sharp "s" and
    the widest swings out of a voice before its level is set; most synthetic voices are clean. ``room_tone`` lets a
    very soft noise stand in the pauses in place of digital silence. ``formats`` are made beside the MP3: "m4a" and
    "opus" for those who can take them, "flac" as a master for the publisher's own archive.
    """

    loudness_lufs: Annotated[float, Meta(ge=-31, le=-9)] = -16.0
    true_peak_dbtp: Annotated[float, Meta(ge=-9, le=-0.5)] = -1.0
    bitrate_kbps: int = 96
    voice_chain: Literal["off", "gentle"] = "off"
    room_tone: bool = False
    formats: tuple[Literal["m4a", "opus", "flac"], ...] = ()


Seconds = Annotated[float, Meta(ge=0.5, le=60)]
LoudnessUnits = Annotated[float, Meta(ge=-40, le=6)]


class MusicSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Music around the voice: each piece is a file, by its path from the folder of show.toml.

    "house" is the project's own piece, where there is one (intro and outro); "" is none. ``*_s`` is the most that is
    heard of a piece; a bed is looped. ``*_lu`` is how much louder than the voice it is, in LU: mostly less than 0.
    ``credit`` is who made it and under which licence, for notes and pages.
    """

    intro: str = ""
    outro: str = ""
    bed: str = ""
    bump: str = ""
    intro_s: Seconds = 8.0
    outro_s: Seconds = 10.0
    bump_s: Seconds = 3.0
    intro_lu: LoudnessUnits = -2.0
    outro_lu: LoudnessUnits = -2.0
    bump_lu: LoudnessUnits = -4.0
    bed_lu: LoudnessUnits = -14.0
    duck_db: Annotated[float, Meta(ge=0, le=30)] = 6.0
    credit: str = ""


class PauseSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Silence after each thing said, in whole milliseconds; ``clause_ms`` where a long sentence was parted.

    ``chapter_ms`` is the least before a new chapter. Where the sound may be cut the silence is up to 26 ms longer.
    """

    clause_ms: Milliseconds = 150
    sentence_ms: Milliseconds = 350
    paragraph_ms: Milliseconds = 750
    list_item_ms: Milliseconds = 500
    quotation_ms: Milliseconds = 750
    heading_ms: Milliseconds = 900
    chapter_ms: Milliseconds = 1200
    title_ms: Milliseconds = 900
    subtitle_ms: Milliseconds = 900
    opening_ms: Milliseconds = 1200
    closing_ms: Milliseconds = 1200
    lead_in_ms: Milliseconds = 300
    lead_out_ms: Milliseconds = 1000


class ReadingSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of what cannot simply be read aloud.

    ``links``: addresses of linked words go into the show notes, or nowhere; the words are always said.
    ``bare_urls``: an address on a line of its own is said as the name of its site, or stands in the notes alone;
    inside a sentence it is always said so.
    ``footnotes``: into the notes, spoken after the paragraph that refers to them, or spoken at the end as a chapter.
    ``tables``, ``code`` and ``formulas`` are announced in a set phrase and stand in the notes, or stand there alone.
    ``figures``: described by their alternative text or caption, or in the notes alone.
    ``quotations``: read as they stand, or with "quotation" before and "end of quotation" after them.
    ``embeds``: author and text are read, or stand in the notes alone.
    ``credits`` ("originally published in"): said in the closing, or in the notes alone.
    ``calls`` to subscribe, share or comment: one short sentence for those who are already listening, or nothing.
    ``debris`` are lines of one's own site that are never part of an analysis; ``*`` stands for any words.
    """

    links: Literal["notes", "dropped"] = "notes"
    bare_urls: Literal["site", "notes"] = "site"
    footnotes: Literal["notes", "in place", "at the end"] = "notes"
    tables: Literal["announced", "notes"] = "announced"
    figures: Literal["described", "notes"] = "described"
    code: Literal["announced", "notes"] = "announced"
    formulas: Literal["announced", "notes"] = "announced"
    quotations: Literal["read", "announced"] = "read"
    embeds: Literal["read", "notes"] = "read"
    credits: Literal["closing", "notes"] = "closing"
    calls: Literal["short", "dropped"] = "short"
    debris: tuple[Text, ...] = ()


class AnnouncementSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said around the article; None takes the words of the language's own.

    ``opening`` and ``closing`` are lines with the names of fields in braces: {show}, {title}, {subtitle}, {author},
    {date}, {disclosure}, {credit}, {correction}. What stands in square brackets is left out where a field in it is
    empty, and so is a whole line; "" as ``disclosure`` is silence on the automated voice.
    """

    opening: tuple[Text, ...] | None = None
    closing: tuple[Text, ...] | None = None
    disclosure: str | None = None


class SecondVoiceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A second voice of the same engine for quotations that stand by themselves; "" as ``name`` is none.

    ``least_words`` is the length from which a quotation gets it. It never imitates the speaker.
    """

    name: str = ""
    pace_wpm: Annotated[int, Meta(ge=80, le=450)] | None = None
    least_words: Annotated[int, Meta(ge=3)] = 12


class ChapterSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``propose``: an article of three minutes and more without headings gets chapters of our own proposing."""

    propose: bool = True


class LanguageModelSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A server that words the titles of proposed chapters, and where asked the summary; "" as ``url`` is none.

    ``url`` is the base of any OpenAI-compatible server ("http://127.0.0.1:11434/v1"), ``model`` its name for the model,
    ``key_variable`` the environment variable that holds its key, if it wants one. ``timeout_s`` is for a whole answer.
    ``summary`` asks for one where the article has none. Nothing of it is ever narrated.
    """

    url: str = ""
    model: str = ""
    key_variable: str = ""
    timeout_s: Annotated[float, Meta(gt=0, le=300)] = 20.0
    titles: bool = True
    summary: bool = False


class Funding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where listeners can support the show, and the words of that link (RSS: podcast:funding)."""

    url: Text
    text: Annotated[str, Meta(pattern=r"\S", max_length=128)]


class RemoteShow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another podcast, by its podcast:guid (RSS: podcast:remoteItem)."""

    feed_guid: Text
    feed_url: str = ""
    title: str = ""


class UpdateFrequency(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often episodes come: in words, and as a rule of RFC 5545 (RSS: podcast:updateFrequency)."""

    text: Text
    rrule: str = ""


class FeedText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A free text for one reader, such as a code that proves whose feed it is (RSS: podcast:txt)."""

    text: Annotated[str, Meta(pattern=r"\S", max_length=4000)]
    purpose: Annotated[str, Meta(max_length=128)] = ""


class FeedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the feed says of the show beside its title.

    ``has_owner`` puts name and e-mail into it. ``license`` is a name of the SPDX list in small letters, or a name of
    one's own with ``license_url``. ``items_per_page`` parts a long feed into pages (RFC 5005); 0 keeps it whole, which
    is best for directories that read the first page alone. ``is_private`` makes a feed that only those find who were
    given its address. ``is_complete`` says that no further episode will come. ``apple_verify`` is Apple's code for the
    proof of ownership.
    """

    has_owner: bool = True
    is_locked: bool = True
    websub_hub: str = ""
    license: str = ""
    license_url: str = ""
    funding: tuple[Funding, ...] = ()
    persons: tuple[Person, ...] = ()
    update_frequency: UpdateFrequency | None = None
    podroll: tuple[RemoteShow, ...] = ()
    publisher: RemoteShow | None = None
    texts: tuple[FeedText, ...] = ()
    apple_verify: str = ""
    items_per_page: Annotated[int, Meta(ge=0)] = 0
    is_private: bool = False
    is_complete: bool = False


class EditionSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same show in another language: ``show`` is its name in this folder, or ``url`` is its feed elsewhere.

    The show of show.toml goes by the name "main" here. ``page_url`` is the page of one that is elsewhere.
    """

    language: Language
    show: str = ""
    url: str = ""
    page_url: str = ""


class LanguageEdition(Struct, frozen=True, kw_only=True):
    """Where the same show is found in another language (RSS: channel/atom:link rel="alternate" hreflang).

    ``title`` and ``page_url`` are "" where nobody says.
    """

    language: str
    feed_url: str
    title: str = ""
    page_url: str = ""


class Season(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A season by its number, and what it is called (RSS: podcast:season@name)."""

    number: Annotated[int, Meta(ge=1)]
    name: Annotated[str, Meta(pattern=r"\S", max_length=128)]


class Artwork(Struct, frozen=True, kw_only=True):
    """What an image file really is: ``format`` as its bytes say (JPEG, PNG ...), ``mode`` of its pixels (RGB ...)."""

    name: str
    format: str
    width_px: int
    height_px: int
    mode: str
    length_bytes: int


class ShowSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What show.toml says: title, owner, artwork, language, categories, voice, base URL.

    ``base_url`` is the public address of the web root, the folder that holds `episodes/` and `feeds/`.
    ``categories`` are Apple's names, "News" or "News > Politics", the first one counts most.
    ``publish_time`` (HH:MM, UTC) completes dates that have no time. ``default_author`` is the byline of articles
    that have none of their own. ``names`` = "require" narrates nothing while a hard name is unreviewed.
    ``approval`` = "required" publishes nothing that nobody has approved. ``seasons`` gives names to numbers of seasons.
    ``editions`` are the same show in other languages.
    ``engines`` holds a table of options by name of engine, [engines.openai] for one; what may stand in it the engine
    says.
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
    names: Literal["warn", "require"] = "warn"
    voice: VoiceSettings = VoiceSettings()
    second_voice: SecondVoiceSettings = SecondVoiceSettings()
    engines: dict[str, dict[str, Any]] = {}
    spending: SpendingSettings = SpendingSettings()
    announcements: AnnouncementSettings = AnnouncementSettings()
    sound: SoundSettings = SoundSettings()
    music: MusicSettings = MusicSettings()
    pauses: PauseSettings = PauseSettings()
    reading: ReadingSettings = ReadingSettings()
    chapters: ChapterSettings = ChapterSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    feed: FeedSettings = FeedSettings()
    seasons: tuple[Season, ...] = ()
    editions: tuple[EditionSettings, ...] = ()
    approval: Literal["off", "required"] = "off"

    def url(self, path: str) -> str:
        """The public address of ``path``, which is relative to the web root."""
        return f"{self.base_url.rstrip('/')}/{path}"

    @property
    def second_voice_settings(self) -> VoiceSettings | None:
        """The voice for quotations, None where there is none; what it does not say it has from the first."""
        if not self.second_voice.name:
            return None
        pace_wpm = self.second_voice.pace_wpm or self.voice.pace_wpm
        return VoiceSettings(engine=self.voice.engine, name=self.second_voice.name, pace_wpm=pace_wpm)


class Show(ShowSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The show as it stands in its folder: its settings, and what the folder and the ledger add to them.

    ``name`` is NAME for that of shows/NAME.toml, "" for the main show of show.toml. ``token`` is the part of its
    addresses that nobody can guess, "" where everybody may find them. ``language_editions`` are its ``editions``, with
    their addresses.
    """

    name: str = ""
    token: str = ""
    language_editions: tuple[LanguageEdition, ...] = ()

    def __repr__(self) -> str:
        """Without the token: what a traceback or a log shows, others read."""
        return f"<Show {self.called}: {self.title!r}>"

    @property
    def called(self) -> str:
        """Its name, "main" for the main show."""
        return self.name or MAIN_SHOW

    @property
    def feeds_folder(self) -> str:
        """Where feed, page and cover lie, relative to the web root."""
        return "/".join(part for part in ("feeds", self.name, self.token) if part)

    @property
    def feed_path(self) -> str:
        """Where the feed lies, relative to the web root."""
        return f"{self.feeds_folder}/podcast.xml"

    @property
    def page_path(self) -> str:
        """Where the page of the show lies, relative to the web root."""
        return f"{self.feeds_folder}/index.html"

    @property
    def feed_url(self) -> str:
        """The public address of the feed."""
        return self.url(self.feed_path)

    @property
    def settings_file(self) -> str:
        """The file of its settings, relative to the folder of show.toml."""
        return f"shows/{self.name}.toml" if self.name else "show.toml"
