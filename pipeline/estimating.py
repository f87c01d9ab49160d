"""Floor 4: what building an episode would cost and how long it would be, before anything is spoken or asked for."""

from msgspec import Struct

from pipeline.audio import calibration_script
from pipeline.casting import cast_of, voices_in
from pipeline.model import Bill
from pipeline.narration import bill_of
from pipeline.project import Project
from pipeline.rehearsal import rehearse
from pipeline.studio import lay_out, music_of
from pipeline.workflow import Order, read_and_write_script


class Estimate(Struct, frozen=True, kw_only=True):
    """One episode that is not built yet: who would read it, what would be spoken, and how long it would be.

    ``utterances`` are all that it has; the ``bill`` counts those that the cache lacks, and ``level`` what has to be
    spoken once to find the level of the voice.
    """

    title: str
    engine: str
    voice: str
    utterances: int
    bill: Bill
    level: Bill
    duration_s: float


def estimate(project: Project, order: Order) -> Estimate:
    """What `build_episode` would make of ``order``. Nothing is spoken, nobody is asked, nothing is written.

    Raises:
        SourceError, ScriptError: it cannot be read or said.
        EngineError: the engine is not there, has no such voice, or cannot say an utterance.
    """
    article, script = read_and_write_script(project, order)
    cast, show = cast_of(project.show, article, once=order.voice), project.show
    bill = bill_of(script, cast.voice, engine=cast.engine, store=project.store, second_voice=cast.second_voice)
    minute = calibration_script(show.language)
    levels = [bill_of(minute, voice, engine=cast.engine, store=project.store) for voice in voices_in(cast, script)]
    heard = rehearse(script, cast.voice, engine=cast.engine, store=project.store, second_voice=cast.second_voice)
    layout = lay_out(show, article, script=script, narration=heard.narration, music=music_of(project, is_kept=False))
    return Estimate(
        title=article.title,
        engine=cast.engine.name,
        voice=cast.voice.name,
        utterances=len(script.utterances),
        bill=bill,
        level=sum(levels, start=Bill()),
        duration_s=layout.timeline.length / layout.timeline.sample_rate,
    )
