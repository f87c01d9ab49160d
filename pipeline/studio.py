"""Floor 4: the studio: a Script is spoken by its cast, laid out in time with its music, and mixed.

What a build does here, `status` and `chapters` do as well, as far as the store has it.
"""

import msgspec
from msgspec import Struct

from pipeline.audio import SAMPLE_RATE, Mix, calibrate, calibration_script
from pipeline.audio.music import prepare_music
from pipeline.casting import Cast, voices_in
from pipeline.chapters import find_chapters, first_utterances, moved_chapters
from pipeline.errors import VoiceNotFound
from pipeline.model import Article, Chapter, Music, Narration, Script, Show, Timeline, VoiceSettings
from pipeline.narration import narrate
from pipeline.progress import Silence
from pipeline.project import Project
from pipeline.store import ReadOnlyStore
from pipeline.timeline import Staging, arrange
from pipeline.workshop import Workshop


class Layout(Struct, frozen=True, kw_only=True):
    """What is heard and where it lies: Clips and music on the Timeline, and the Chapters of it."""

    narration: Narration
    music: Music
    timeline: Timeline
    chapters: tuple[Chapter, ...]


def narrate_cast(script: Script, cast: Cast, *, workshop: Workshop) -> Narration:
    """The Clips of every Utterance of ``script``, each by the voice of ``cast`` that says it.

    Raises: VoiceNotFound, which says where the voice is named; and what `narrate` raises.
    """
    try:
        return narrate(script, cast.voice, engine=cast.engine, workshop=workshop, second_voice=cast.second_voice)
    except VoiceNotFound as error:
        if not cast.chosen_by:
            raise
        cure = error.cure.replace("set [voice] name in show.toml to one of", "the nearest are")
        raise VoiceNotFound(f"{error.what}, which {cast.chosen_by} asks for", cure=cure) from error


def music_of(project: Project, *, is_kept: bool = True) -> Music:
    """The show's music at its levels, cut and faded; unless it ``is_kept`` only its lengths are worth anything.

    Raises: ConfigError, AudioError for a file that will not do.
    """
    show = project.show
    store = project.store if is_kept else ReadOnlyStore(project.store.folder)
    return prepare_music(show.music, folder=project.root, loudness_lufs=show.sound.loudness_lufs, store=store)


def lay_out(show: Show, article: Article, *, script: Script, narration: Narration, music: Music) -> Layout:
    """The Timeline and the Chapters: found on the Clips alone, which then make room for what goes before a chapter.

    Raises: ScriptError where a mark of the front matter has no place; and what `arrange` raises.
    """
    found_on = arrange(script, narration, sample_rate=SAMPLE_RATE, pauses=show.pauses, staging=Staging(music=music))
    chapters = find_chapters(script, found_on, marks=article.chapters, propose=show.chapters.propose)
    return with_room(show, script, found=Layout(narration=narration, music=music, timeline=found_on, chapters=chapters))


def with_room(show: Show, script: Script, *, found: Layout) -> Layout:
    """The Layout with the pause, and the music, that goes before each of the Chapters that were ``found``."""
    staging = Staging(music=found.music, chapters=first_utterances(found.chapters, found.timeline))
    timeline = arrange(script, found.narration, sample_rate=SAMPLE_RATE, pauses=show.pauses, staging=staging)
    chapters = moved_chapters(found.chapters, found_on=found.timeline, to=timeline)
    return msgspec.structs.replace(found, timeline=timeline, chapters=chapters)


def mix_of(show: Show, script: Script, *, layout: Layout, cast: Cast, workshop: Workshop) -> Mix:
    """The Clips, each at the gain of the voice that says it, and the music.

    Raises: AudioError for a voice that is silent; and what narrating a minute of each voice raises.
    """
    gains_db = [_gain_db(show, voice, cast=cast, workshop=workshop) for voice in voices_in(cast, script)]
    return Mix(
        narration=layout.narration,
        gains_db=tuple(gains_db[-1] if said.is_second_voice else gains_db[0] for said in script.utterances),
        music=layout.music,
        duck_db=show.music.duck_db,
    )


def _gain_db(show: Show, voice: VoiceSettings, *, cast: Cast, workshop: Workshop) -> float:
    """The gain at which ``voice`` sits at the target loudness; found once and kept."""
    quiet = msgspec.structs.replace(workshop, progress=Silence())
    minute = narrate(calibration_script(show.language), voice, engine=cast.engine, workshop=quiet)
    return calibrate(minute, settings=show.sound, workshop=workshop)
