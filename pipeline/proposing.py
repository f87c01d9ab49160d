"""Floor 4: the Chapters that an episode would have, before it is built, in the form in which an author takes them over.

Everything up to the Timeline is what a build does, but that nothing has to be spoken for it: see `rehearsal.py`.
"""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.audio import SAMPLE_RATE
from pipeline.casting import Cast, cast_of
from pipeline.chapters import SHORTEST_PROPOSAL_S, propose_chapters
from pipeline.chapters.anchors import anchors
from pipeline.chapters.words import cut
from pipeline.feeds.ledger import load_episode
from pipeline.illustrating import read_own_images
from pipeline.language_model import find_language_model, write_words
from pipeline.model import Article, Chapter, ChapterOrigin, Music, Narration, Script, Show, Timeline, Utterance
from pipeline.progress import Silence
from pipeline.project import Project
from pipeline.rehearsal import Rehearsal, rehearse
from pipeline.studio import Layout, lay_out, music_of, narrate_cast, with_room
from pipeline.timeline import Staging, arrange
from pipeline.units import clock, ms_from_samples
from pipeline.workflow import Order, read_and_write_script
from pipeline.workshop import Workshop

#: So much of a sentence is enough to know it by.
_SHOWN_CHARACTERS = 72


class OutlinedChapter(Struct, frozen=True, kw_only=True):
    """One Chapter, and how the front matter says where it begins.

    ``start_s`` is rounded to milliseconds. ``paragraph`` is the first one of the body that is heard in it, from 1, None
    in the closing. ``at`` is 0 for the start of the episode, the words with which its first sentence begins, the number
    of its paragraph where these would not do, and None in the closing, which comes by itself.
    """

    start_s: float
    title: str
    paragraph: int | None
    origin: ChapterOrigin
    at: int | str | None
    first_words: str
    link: str
    image: str


class Outline(Struct, frozen=True, kw_only=True):
    """The Chapters of one Article. ``is_exact`` is whether their times are those of a build.

    ``reason`` says why there are none, "" where there are; ``warning`` why a language model wrote nothing, "" where it
    did or none is asked.
    """

    chapters: tuple[OutlinedChapter, ...]
    is_exact: bool
    reason: str = ""
    warning: str = ""


def outline(project: Project, order: Order, *, is_afresh: bool = False, workshop: Workshop | None = None) -> Outline:
    """The Chapters as a build would find them; ``is_afresh`` proposes them from the text, whatever the article has.

    With a ``workshop`` what the store lacks is spoken into it first, so that the times are exact and a build finds the
    Clips. Without one nothing is spoken and no server asked: the times of what has not been spoken are estimates.

    Raises:
        SourceError: it cannot be read, or a link or image of its chapters could not be published.
        ScriptError: it cannot be said, or a chapter of its front matter has no place in it; with the path.
        EngineError: the engine of the show's voice is not there, or failed.
        ConfigError: the language model in show.toml cannot be asked as it stands there, or a correction would lose what
            it wrote.
    """
    article, script = read_and_write_script(project, order, are_marks_needed=not is_afresh)
    if not is_afresh:
        read_own_images(article.chapters or (), project, source_path=project.source_name(order.source))  # as a build
    # Found as a build finds it, by its slug; what a build would refuse may be looked at.
    past = load_episode(project.episode_ledger_path(article.slug))
    model = find_language_model(project.show.language_model, workshop or _offline(project), past=past)
    cast = cast_of(project.show, article, once=order.voice)
    heard = _rehearsed(project, script, cast=cast, workshop=workshop)
    music = music_of(project, is_kept=workshop is not None)
    layout = _layout(project.show, article, script=script, heard=(heard.narration, music), is_afresh=is_afresh)
    wording = write_words(article, script, timeline=layout.timeline, chapters=layout.chapters, model=model)
    return Outline(
        chapters=_outlined(wording.chapters, script, timeline=layout.timeline),
        is_exact=heard.is_exact,
        reason="" if layout.chapters else _why_none(project, article, timeline=layout.timeline, is_afresh=is_afresh),
        warning=wording.warning,
    )


def _layout(show: Show, article: Article, *, script: Script, heard: tuple[Narration, Music], is_afresh: bool) -> Layout:
    """As a build lays it out; or with the chapters of our own proposing, whatever the article has."""
    narration, music = heard
    if not is_afresh:
        return lay_out(show, article, script=script, narration=narration, music=music)
    bare = arrange(script, narration, sample_rate=SAMPLE_RATE, pauses=show.pauses, staging=Staging(music=music))
    proposed = propose_chapters(script, bare)
    return with_room(show, script, found=Layout(narration=narration, music=music, timeline=bare, chapters=proposed))


def _offline(project: Project) -> Workshop:
    """Means enough for what is in the store already."""
    return Workshop(store=project.store, workers=1, progress=Silence(), is_offline=True)


def _rehearsed(project: Project, script: Script, *, cast: Cast, workshop: Workshop | None) -> Rehearsal:
    """The Narration: spoken where there is a ``workshop``, else as far as the store has it."""
    if workshop is None:
        store, second_voice = project.store, cast.second_voice
        return rehearse(script, cast.voice, engine=cast.engine, store=store, second_voice=second_voice)
    narration = narrate_cast(script, cast, workshop=workshop)
    return Rehearsal(narration=narration, estimated=())


def _why_none(project: Project, article: Article, *, timeline: Timeline, is_afresh: bool) -> str:
    """What has to be known by who looks for chapters and finds none."""
    length = clock(ms_from_samples(timeline.length, timeline.sample_rate))
    if not is_afresh and article.chapters == ():
        return "the front matter asks for none (`chapters: []`); --propose makes a proposal all the same"
    if not is_afresh and not project.show.chapters.propose:
        return (
            "no two headings, and show.toml says `[chapters] propose = false`; --propose makes a proposal all the same"
        )
    cure = "write `chapters:` into the front matter to set your own"
    if timeline.length < SHORTEST_PROPOSAL_S * timeline.sample_rate:
        return f"nothing is proposed for less than three minutes, and this takes {length}; {cure}"
    return f"in {length} of sound no three paragraphs, 45 seconds and more apart, open something new; {cure}"


def _outlined(chapters: Sequence[Chapter], script: Script, *, timeline: Timeline) -> tuple[OutlinedChapter, ...]:
    numbers = {placement.start: placement.utterance for placement in timeline.placements}
    firsts = [numbers.get(chapter.start, 0) for chapter in chapters]
    return tuple(
        OutlinedChapter(
            start_s=ms_from_samples(chapter.start, timeline.sample_rate) / 1000,
            title=chapter.title,
            paragraph=_paragraph(chapter, script.utterances[first:]),
            origin=chapter.origin,
            at=_at(chapter, anchor),
            first_words=cut(script.utterances[first].display, _SHOWN_CHARACTERS),
            link=chapter.link,
            image=chapter.image,
        )
        for chapter, first, anchor in zip(chapters, firsts, anchors(script, firsts), strict=True)
    )


def _paragraph(chapter: Chapter, following: Sequence[Utterance]) -> int | None:
    """The first paragraph of the body that is heard in ``chapter``, which begins with the first Utterance."""
    if chapter.origin is ChapterOrigin.CLOSING:
        return None
    return next((utterance.paragraph for utterance in following if utterance.paragraph is not None), None)


def _at(chapter: Chapter, anchor: int | str) -> int | str | None:
    if chapter.origin is ChapterOrigin.CLOSING:
        return None
    return anchor if chapter.start else 0
