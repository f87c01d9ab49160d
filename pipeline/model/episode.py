"""What the feed knows: an Episode's identity, metadata, files and history.

The ledgers hold these values, so keys that are not known are refused: dropping them would lose what cannot be made
again. A field that is added later needs a default.
"""

from datetime import datetime

from msgspec import Struct

from pipeline.model.listing import Listing, Soundbite
from pipeline.model.sound import ChapterOrigin, Loudness


class WebFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that is published. ``path`` is relative to the web root; its name carries 8 digits of ``sha256``."""

    path: str
    media_type: str
    length_bytes: int
    sha256: str


class Enclosure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The published sound (RSS: item/enclosure). ``duration_s`` is exact; the feed rounds it to whole seconds."""

    file: WebFile
    duration_s: float


class AlternateEnclosure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same sound in another form (RSS: item/podcast:alternateEnclosure), for players that ask for it.

    ``title`` is what a listener chooses by (RSS: @title), ``codecs`` what a player does (RSS: @codecs).
    """

    file: WebFile
    bitrate_kbps: int
    title: str = ""
    codecs: str = ""


class EpisodeChapter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Chapter in whole milliseconds, the unit of every published form.

    ``link`` is an http(s) address; ``image`` one too, or the path of a published file relative to the web root.
    """

    start_ms: int
    title: str
    origin: ChapterOrigin
    paragraph: int | None = None
    link: str = ""
    image: str = ""


class TranscriptFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One form of the transcript (RSS: item/podcast:transcript)."""

    file: WebFile
    language: str


class Revision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One published state of an Episode: what listeners got, when and why. ``is_silent`` keeps it off the notes.

    ``files`` are the transcripts and chapters that went with the ``enclosure``; none of them may ever be removed.
    """

    published_at: datetime
    reason: str
    enclosure: Enclosure
    content_sha256: str
    files: tuple[WebFile, ...] = ()
    is_silent: bool = False


class Correction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a published Episode was built again; it becomes the reason of the next Revision.

    ``is_silent`` keeps it off the notes; ``is_spoken`` has it said in the opening, whatever the templates say.
    """

    at: datetime
    reason: str
    is_silent: bool = False
    is_spoken: bool = False


class Withdrawal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That an Episode was taken out of the feed, and why; ``restored_at`` is when it came back, None while it is out.

    Its files stay where they are, and its GUID is never given to another.
    """

    at: datetime
    reason: str
    restored_at: datetime | None = None


class Approval(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That somebody read and heard this very script and this very sound, and lets it go out."""

    by: str
    at: datetime
    script_sha256: str
    sound_sha256: str


class Move(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a show went from one address of its web root to another; ``done_at`` is when the feed stopped to say so."""

    at: datetime
    old_url: str
    new_url: str
    done_at: datetime | None = None


class VoiceCredit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who spoke: engine, its version and that of the model, the voice and its licence, "" where nobody says."""

    engine: str
    engine_version: str
    voice: str
    licence: str


class ModelAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a language model answered, which it may never answer again: ``recipe`` is the key of what it was asked.

    ``model`` is who answered, and no part of the key: models are retired, and what they wrote stays.
    """

    recipe: str
    model: str
    texts: tuple[str, ...]


class Episode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the feed and the pages say of one episode, as `episodes/<slug>/episode.json` keeps it.

    ``guid`` is minted once and never derived from anything (RSS: item/guid). ``published`` is the date on the
    article and in the feed, aware UTC (RSS: item/pubDate). ``content_sha256`` is the digest of everything that
    listeners get. ``revisions`` are the published states, oldest first; ``corrections`` those still to be
    published and those that were. ``told_published`` and ``told_author`` are what the command line said of the
    article, remembered for the next build. ``summary_by`` names the language model that wrote the ``summary``, "" where
    a person did; ``answers`` are what models wrote for it, so that nothing published hangs on a server or a cache.
    ``second_voice`` is who says quotations, None where nobody else does. ``music_credit`` is who made the music, ""
    where there is none or nobody says. ``listing`` is how it stands in the feed, ``soundbites`` the stretches that
    stand for the whole. ``script_sha256`` is the digest of all that is said, which an Approval binds to.
    ``former_slugs`` are those it was published under, oldest first. ``show`` is the name of the one it belongs to,
    "" for the main one of its folder.
    """

    guid: str
    slug: str
    title: str
    subtitle: str
    author: str
    published: datetime
    language: str
    source_url: str
    summary: str
    notes_html: str
    tags: tuple[str, ...]
    enclosure: Enclosure
    chapters: tuple[EpisodeChapter, ...]
    chapters_file: WebFile | None
    transcripts: tuple[TranscriptFile, ...]
    voice: VoiceCredit
    loudness_before: Loudness
    loudness: Loudness
    content_sha256: str
    source_sha256: str
    source_path: str
    told_published: str = ""
    told_author: str = ""
    summary_by: str = ""
    answers: tuple[ModelAnswer, ...] = ()
    chapter_images: tuple[WebFile, ...] = ()
    second_voice: VoiceCredit | None = None
    alternates: tuple[AlternateEnclosure, ...] = ()
    music_credit: str = ""
    listing: Listing = Listing()
    soundbites: tuple[Soundbite, ...] = ()
    script_sha256: str = ""
    revisions: tuple[Revision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    approvals: tuple[Approval, ...] = ()
    former_slugs: tuple[str, ...] = ()
    show: str = ""

    @property
    def side_files(self) -> tuple[WebFile, ...]:
        """Every published file beside the enclosure."""
        chapters = (self.chapters_file,) if self.chapters_file else ()
        transcripts = (transcript.file for transcript in self.transcripts)
        return (*chapters, *self.chapter_images, *transcripts, *(alternate.file for alternate in self.alternates))

    @property
    def is_published(self) -> bool:
        """Whether listeners have it in some state."""
        return bool(self.revisions)

    @property
    def is_live(self) -> bool:
        """Whether listeners have it in this very state."""
        return self.is_published and self.revisions[-1].content_sha256 == self.content_sha256

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken out of the feed, and not put back."""
        return bool(self.withdrawals) and self.withdrawals[-1].restored_at is None

    @property
    def is_approved(self) -> bool:
        """Whether somebody let this very script and sound go out."""
        this = (self.script_sha256, self.enclosure.file.sha256)
        return any((one.script_sha256, one.sound_sha256) == this for one in self.approvals)


class ShowLedger(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The show's identity, as `feeds/show.json` keeps it.

    ``podcast_guid`` is derived once from the feed URL and then kept (RSS: channel/podcast:guid).
    ``published`` names the slug of every GUID that was ever published: none may change, double or vanish.
    ``moves`` are the addresses it had before, oldest first. ``token`` is the part of its addresses that nobody can
    guess, for a private show, "" for any other; it is made once. ``revisions`` is how many published states each GUID
    has at least: a ledger that knows of fewer is older than what listeners have.
    """

    podcast_guid: str
    published: dict[str, str] = {}
    moves: tuple[Move, ...] = ()
    token: str = ""
    revisions: dict[str, int] = {}

    @property
    def open_move(self) -> Move | None:
        """The newest move, while the feed still tells of it (RSS: channel/itunes:new-feed-url)."""
        return self.moves[-1] if self.moves and self.moves[-1].done_at is None else None
