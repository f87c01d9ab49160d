"""Floor 2, between narrating and everything that needs to know when: Script, Narration, Music -> Timeline. Pure.

The sound is joined by samples, so where each Clip lies is known exactly before a single one is joined:

    lead-in  [intro]  opening  pause  body, with a pause after each Clip  [closing]  [outro]  lead-out

A bed lies under opening and closing, and a bump before each chapter that begins later. Paragraphs end in a seam: the
silence there is as much longer as it takes for the next sound to begin with a frame of the MP3.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from msgspec import Struct

from pipeline.errors import AudioError, ScriptError
from pipeline.model import (
    Music,
    MusicKind,
    MusicPlacement,
    Narration,
    PauseSettings,
    Placement,
    Role,
    Script,
    StoredClip,
    Timeline,
)
from pipeline.units import FRAME_SAMPLES, rescale_samples, samples_from_ms

#: A seam needs this much silence before it: what an encoder says of a sound has then faded away.
_SEAM_MS = 100
#: A paragraph of more Utterances than this is cut within, after so many.
_LONGEST_RUN = 8

#: Music and voice: how long a bed is heard alone before the voice and after it, and what lies between a piece of music
#: that stands alone and the voice.
_BED_BEFORE_MS, _BED_AFTER_MS, _MUSIC_GAP_MS = 1500, 2000, 400

_OPENING = frozenset({Role.SHOW, Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.DISCLOSURE})
_CLOSING = frozenset({Role.CLOSING, Role.CREDIT})


class Staging(Struct, frozen=True, kw_only=True):
    """What is laid beside the Clips: the ``music``, and the numbers of the Utterances that begin ``chapters``."""

    music: Music = Music()
    chapters: tuple[int, ...] = ()


_BARE = Staging()


def arrange(
    script: Script, narration: Narration, *, sample_rate: int, pauses: PauseSettings, staging: Staging = _BARE
) -> Timeline:
    """Where every Clip and piece of music lies, in whole samples at ``sample_rate`` Hz.

    Every length is rounded by itself (a Clip of another rate, a pause of milliseconds), so that a changed Utterance
    moves the ones after it and leaves their lengths alone.

    Raises: ScriptError where nothing is to be said; AudioError where Clips and Utterances are not equally many.
    """
    _expect_a_clip_each(script, narration)
    parts = _parts(script)
    tape = _Tape(sample_rate, pauses=pauses, music=staging.music)
    tape.open(has_opening=parts[0] is _Part.OPENING)
    for joint, clip in zip(_joints(script, parts, chapters=staging.chapters), narration.clips, strict=True):
        tape.say(clip)
        tape.rest(joint)
    return tape.timeline()


def _expect_a_clip_each(script: Script, narration: Narration) -> None:
    utterances, clips = len(script.utterances), len(narration.clips)
    if not utterances:
        raise ScriptError(
            f"the script of “{script.title}” has 0 utterances",
            cure="nothing of the article is spoken: look at the fates that `audio-edition script` lists",
        )
    if utterances != clips:
        raise AudioError(
            f"the script of “{script.title}” has {utterances} utterances, its narration {clips} clips",
            cure="narrate this very script again",
        )


class _Part(Enum):
    """The parts of an episode: what is said around the article, and the article."""

    OPENING = "opening"
    BODY = "body"
    CLOSING = "closing"


def _parts(script: Script) -> list[_Part]:
    """The part that each Utterance belongs to, by where it stands: a template may say a credit in the opening."""
    around = _OPENING | _CLOSING
    body = [number for number, said in enumerate(script.utterances) if said.role not in around]
    first, last = (body[0], body[-1]) if body else (len(script.utterances), len(script.utterances))
    return [
        _Part.OPENING if number < first else _Part.BODY if number <= last else _Part.CLOSING
        for number in range(len(script.utterances))
    ]


class _Joint(Struct, frozen=True, kw_only=True):
    """What comes between one Utterance and the next: ``pause_ms``, and what ends or begins here."""

    pause_ms: int
    is_seam: bool = False
    ends_opening: bool = False
    begins_closing: bool = False
    begins_chapter: bool = False
    is_end: bool = False


def _joints(script: Script, parts: Sequence[_Part], *, chapters: Sequence[int]) -> Iterator[_Joint]:
    """A joint after each Utterance, the last one's being the end of everything."""
    beginnings = frozenset(chapters)
    run = 0
    for number, (one, two) in enumerate(pairwise(script.utterances), start=1):
        run += 1
        is_parted = one.block != two.block or parts[number - 1] is not parts[number]
        # A piece is in memory as a whole: where all pauses are short, one of so many is lengthened to be cut in.
        pause_ms = max(one.pause_after_ms, _SEAM_MS) if run >= _LONGEST_RUN else one.pause_after_ms
        is_seam = run >= _LONGEST_RUN or number in beginnings or is_parted
        run = 0 if is_seam and pause_ms >= _SEAM_MS else run
        yield _Joint(
            pause_ms=pause_ms,
            is_seam=is_seam,
            ends_opening=parts[number - 1] is _Part.OPENING and parts[number] is not _Part.OPENING,
            begins_closing=parts[number] is _Part.CLOSING and parts[number - 1] is not _Part.CLOSING,
            begins_chapter=number in beginnings,
        )
    yield _Joint(pause_ms=0, is_end=True)


class _Tape:
    """What was laid down so far, and where the next sound would begin."""

    def __init__(self, sample_rate: int, *, pauses: PauseSettings, music: Music) -> None:
        self._rate = sample_rate
        self._pauses = pauses
        self._music = music
        self._position = 0
        self._bed_start: int | None = None
        self._placements: list[Placement] = []
        self._laid: list[MusicPlacement] = []
        self._seams: list[int] = []

    def open(self, *, has_opening: bool) -> None:
        """The lead-in, the intro, and the bed up to the first word."""
        self._position = self._samples(self._pauses.lead_in_ms)
        intro = self._lay(MusicKind.INTRO)
        if has_opening and self._has_bed:
            self._begin_bed()
        elif intro:
            self._pause(_MUSIC_GAP_MS, is_seam=True)

    def say(self, clip: StoredClip) -> None:
        """The next Clip, right here."""
        length = rescale_samples(clip.sample_count, clip.sample_rate, to_rate=self._rate)
        self._placements.append(Placement(utterance=len(self._placements), start=self._position, length=length))
        self._position += length

    def rest(self, joint: _Joint) -> None:
        """The silence after a Clip, and the music that lies in it."""
        if joint.is_end:
            self._close()
            return
        pause_ms = max(joint.pause_ms, self._pauses.chapter_ms if joint.begins_chapter else 0)
        if joint.ends_opening and self._end_bed():
            pause_ms = max(pause_ms - _BED_AFTER_MS, _SEAM_MS)
        self._pause(pause_ms, is_seam=joint.is_seam)
        if joint.begins_closing and self._has_bed:
            self._begin_bed()
        elif joint.begins_chapter and self._lay(MusicKind.BUMP):
            self._pause(_MUSIC_GAP_MS, is_seam=True)

    def timeline(self) -> Timeline:
        """All of it."""
        return Timeline(
            sample_rate=self._rate,
            length=self._position,
            placements=tuple(self._placements),
            music=tuple(self._laid),
            seams=tuple(seam for seam in self._seams if seam < self._position),
        )

    def _close(self) -> None:
        """The outro after the last word, over the end of the bed, and the lead-out."""
        last_word_end = self._position
        is_over_bed = self._end_bed()
        end = self._position
        if self._music.of(MusicKind.OUTRO) is not None:
            self._position = last_word_end
            self._pause(2 * _MUSIC_GAP_MS, is_seam=not is_over_bed)
            self._lay(MusicKind.OUTRO)
        self._position = max(self._position, end) + self._samples(self._pauses.lead_out_ms)

    @property
    def _has_bed(self) -> bool:
        return self._music.of(MusicKind.BED) is not None

    def _begin_bed(self) -> None:
        self._bed_start = self._position
        self._position += self._samples(_BED_BEFORE_MS)

    def _end_bed(self) -> bool:
        """The bed from where it began to a while after the last word; False where none began."""
        start, self._bed_start = self._bed_start, None
        if start is None:
            return False
        self._position += self._samples(_BED_AFTER_MS)
        self._laid.append(MusicPlacement(kind=MusicKind.BED, start=start, length=self._position - start))
        return True

    def _lay(self, kind: MusicKind) -> bool:
        """The piece of that kind, right here; False where there is none."""
        piece = self._music.of(kind)
        if piece is None:
            return False
        self._laid.append(MusicPlacement(kind=kind, start=self._position, length=piece.length))
        self._position += piece.length
        return True

    def _pause(self, silence_ms: int, *, is_seam: bool) -> None:
        """So much silence; up to a seam at the next frame where one is wanted, long enough, and no bed sounds in it."""
        self._position += self._samples(silence_ms)
        if is_seam and silence_ms >= _SEAM_MS and self._bed_start is None:
            self._position = -(-self._position // FRAME_SAMPLES) * FRAME_SAMPLES
            self._seams.append(self._position)

    def _samples(self, ms: int) -> int:
        return samples_from_ms(ms, self._rate)
