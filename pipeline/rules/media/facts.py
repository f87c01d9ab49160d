"""Floor 2, inside the rules over media: what a reader found out of the files of one Episode.

A ``fault`` says in a few words why a file cannot be read, "" where it can; the other fields are then empty. A file that
is not there has no facts: that it is missing, the rules over the ledgers say. ``sha256`` is "" where nobody took it.
"""

from collections.abc import Iterator

from msgspec import Struct

from pipeline.model import Episode, Loudness, Show


class ChapterEntry(Struct, frozen=True, kw_only=True):
    """A chapter as a file has it, in whole milliseconds; ``image`` and ``link`` are addresses, "" for none."""

    start_ms: int
    title: str
    image: str = ""
    link: str = ""


class TagFacts(Struct, frozen=True, kw_only=True):
    """What the tag of a sound says. ``format`` is "" where there is none.

    ``has_cover`` whether it carries a picture. ``unlisted_chapters`` is how many of the ``chapters`` no table of
    contents names. ``words_sha256`` is the digest of the words of its lyrics, "" without.
    """

    format: str = ""
    title: str = ""
    artist: str = ""
    album: str = ""
    has_cover: bool = False
    chapters: tuple[ChapterEntry, ...] = ()
    unlisted_chapters: int = 0
    words_sha256: str = ""
    fault: str = ""


class SoundFacts(Struct, frozen=True, kw_only=True):
    """What a sound file is. ``duration_s`` is None where nothing here can read its form (M4A without PyAV).

    ``has_varying_bitrate`` is None where nobody knows. ``is_gapless``: its first frame says how many frames there are
    and which samples are none of the sound; None for what is no MP3. ``loudness`` is None where it was not measured.
    """

    path: str
    codec: str = ""
    sample_rate: int = 0
    channels: int = 0
    duration_s: float | None = None
    bitrate_kbps: int | None = None
    has_varying_bitrate: bool | None = None
    is_gapless: bool | None = None
    tag: TagFacts = TagFacts()
    loudness: Loudness | None = None
    sha256: str = ""
    fault: str = ""


class TranscriptFacts(Struct, frozen=True, kw_only=True):
    """What a transcript says: how many cues, when the last one ends, whether they go forward in time, and its words.

    ``words_sha256`` is the digest of its words joined by blanks, with the arrow that WebVTT escapes as one sign, so
    that all forms of one text agree; ``first_words`` are its beginning, for messages.
    """

    path: str
    cues: int = 0
    end_ms: int = 0
    is_in_order: bool = True
    words_sha256: str = ""
    first_words: str = ""
    sha256: str = ""
    fault: str = ""


class ChaptersFacts(Struct, frozen=True, kw_only=True):
    """What a chapters file says."""

    path: str
    chapters: tuple[ChapterEntry, ...] = ()
    sha256: str = ""
    fault: str = ""


class ImageFacts(Struct, frozen=True, kw_only=True):
    """What an image of a chapter really is: ``media_type`` as its bytes say."""

    path: str
    media_type: str = ""
    sha256: str = ""
    fault: str = ""


class MediaFacts(Struct, frozen=True, kw_only=True):
    """All of it for one Episode."""

    sound: SoundFacts | None = None
    alternates: tuple[SoundFacts, ...] = ()
    transcripts: tuple[TranscriptFacts, ...] = ()
    chapters: ChaptersFacts | None = None
    images: tuple[ImageFacts, ...] = ()

    @property
    def sounds(self) -> Iterator[SoundFacts]:
        """The enclosure, and its other forms."""
        if self.sound is not None:
            yield self.sound
        yield from self.alternates


class EpisodeMedia(Struct, frozen=True, kw_only=True):
    """What the rules judge: the Episode as its ledger has it, and its files as they are."""

    show: Show
    episode: Episode
    files: MediaFacts

    @property
    def where(self) -> str:
        """As Findings name it."""
        return f"episode {self.episode.slug}"

    @property
    def make_again(self) -> str:
        """The cure for files that are not what was built; the same content needs no reason."""
        return f"make it again: audio-edition episode {self.episode.source_path}"

    @property
    def sound_ms(self) -> float:
        """How long the sound really is, in milliseconds; as long as the ledger says where nobody can read it."""
        sound = self.files.sound
        seconds = sound.duration_s if sound is not None else None
        return 1000 * (seconds if seconds is not None else self.episode.enclosure.duration_s)
