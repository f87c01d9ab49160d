"""Sound as values: Clips, where they lie in time, and what follows from that. Time is whole samples."""

from enum import Enum

from msgspec import Struct


class MarkKind(Enum):
    """What a Mark times."""

    WORD = "word"
    PHONEME = "phoneme"


class Timing(Enum):
    """How a time came about."""

    EXACT = "exact"
    ALIGNED = "aligned"
    INTERPOLATED = "interpolated"


class Mark(Struct, frozen=True, kw_only=True):
    """When a piece of the given text is heard.

    ``char_start``/``char_end`` are characters of the text the engine was given; ``sample_start``/``sample_end``
    are samples of the Clip. What an engine does not know is absent, never 0.
    """

    kind: MarkKind
    char_start: int
    char_end: int
    sample_start: int
    sample_end: int
    timing: Timing


class Clip(Struct, frozen=True, kw_only=True):
    """The sound of one Utterance: ``pcm`` is int16 little-endian mono at ``sample_rate`` Hz."""

    pcm: bytes
    sample_rate: int
    marks: tuple[Mark, ...] = ()

    @property
    def sample_count(self) -> int:
        """Length in samples at its own rate."""
        return len(self.pcm) // 2


class StoredClip(Struct, frozen=True, kw_only=True):
    """A Clip whose sound lies in the store under ``key``; everything but the samples is here."""

    key: str
    sample_count: int
    sample_rate: int
    marks: tuple[Mark, ...] = ()


class Narration(Struct, frozen=True, kw_only=True):
    """The Clips of a Script, one an Utterance in the same order. ``synthesised`` counts those that were new."""

    clips: tuple[StoredClip, ...]
    synthesised: int


class Placement(Struct, frozen=True, kw_only=True):
    """Where the Clip of Utterance number ``utterance`` lies: ``start`` and ``length`` in Timeline samples."""

    utterance: int
    start: int
    length: int

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.length


class MusicKind(Enum):
    """What a piece of music is for: before the opening, under opening and closing, between chapters, at the end."""

    INTRO = "intro"
    BED = "bed"
    BUMP = "bump"
    OUTRO = "outro"


class StoredMusic(Struct, frozen=True, kw_only=True):
    """A piece of music at its level, cut and faded, that lies in the store under ``key``: ``length`` in samples.

    Of a bed it is one turn of a loop, whose end leads into its beginning.
    """

    kind: MusicKind
    key: str
    length: int


class Music(Struct, frozen=True, kw_only=True):
    """All music of an episode, at most one piece of a kind."""

    pieces: tuple[StoredMusic, ...] = ()

    def of(self, kind: MusicKind) -> StoredMusic | None:
        """The piece of that kind, None where there is none."""
        return next((piece for piece in self.pieces if piece.kind is kind), None)


class MusicPlacement(Struct, frozen=True, kw_only=True):
    """Where music lies: ``start`` and ``length`` in Timeline samples. A bed is looped to its length and faded."""

    kind: MusicKind
    start: int
    length: int

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.length


class Timeline(Struct, frozen=True, kw_only=True):
    """Where each Clip and piece of music lies, in whole samples at ``sample_rate`` Hz; what lies between is silence.

    ``seams`` are the samples at which the sound may be cut and encoded apart: whole frames from the beginning, each
    after a silence and right before the next sound, in order.
    """

    sample_rate: int
    length: int
    placements: tuple[Placement, ...]
    music: tuple[MusicPlacement, ...] = ()
    seams: tuple[int, ...] = ()


class ChapterOrigin(Enum):
    """Where a Chapter's start and title come from; AUTO is a proposal of our own, AUTHOR the front matter."""

    OPENING = "opening"
    AUTHOR = "author"
    HEADING = "heading"
    AUTO = "auto"
    CLOSING = "closing"


class Chapter(Struct, frozen=True, kw_only=True):
    """A named start, in samples of the Timeline. ``paragraph`` counts the body from 1, None outside it.

    ``link`` is an http(s) address, ``image`` one too or a path as the author wrote it; "" where there is none.
    """

    start: int
    title: str
    origin: ChapterOrigin
    paragraph: int | None = None
    link: str = ""
    image: str = ""


class CueWord(Struct, frozen=True, kw_only=True, gc=False):
    """One word of a Cue with its punctuation, when it is heard in samples of the Timeline, and how that is known."""

    text: str
    start: int
    end: int
    timing: Timing


class Cue(Struct, frozen=True, kw_only=True):
    """Timed text: ``text`` is display text, ``start`` and ``end`` are samples of the Timeline.

    ``utterance`` is the number of the Utterance it belongs to, from 0; ``speaker`` is who is quoted in all of it, ""
    for the author. ``words`` are those of ``text`` in order.
    """

    start: int
    end: int
    text: str
    utterance: int
    speaker: str = ""
    words: tuple[CueWord, ...] = ()


class Transcript(Struct, frozen=True, kw_only=True):
    """All Cues of an episode, in order, at ``sample_rate`` Hz."""

    sample_rate: int
    language: str
    cues: tuple[Cue, ...]


class Loudness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a meter reads. Source: ITU-R BS.1770-4 and EBU Tech 3342."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float


class Master(Struct, frozen=True, kw_only=True):
    """The finished sound before tagging: an MP3 stream, as ``info_frame`` and ``pieces``, keys of the store, in order.

    ``sample_count`` is what a decoder gives back, exactly, and ``length_bytes`` all of the stream. ``before`` and
    ``after`` are the Loudness of the bare narration and of the samples handed to the encoder; ``correction_db`` is what
    every voice was raised by over its own gain to meet the target.
    """

    pieces: tuple[str, ...]
    info_frame: bytes
    sample_rate: int
    sample_count: int
    length_bytes: int
    bitrate_kbps: int
    before: Loudness
    after: Loudness
    correction_db: float
