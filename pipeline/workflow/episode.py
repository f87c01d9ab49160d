"""Inside the workflow: one written analysis becomes an Episode on disk."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.artwork import read_artwork, require_apple_artwork
from pipeline.assembly import (
    Edition,
    Made,
    Told,
    assemble,
    correction_of,
    known_addresses,
    settled_corrections,
    sound_parts,
)
from pipeline.audio import master
from pipeline.audio.music import credit_of
from pipeline.casting import Cast, cast_of, credits_of, require_same_reader
from pipeline.chapters import mark_places
from pipeline.errors import IdentityError, ScriptError, SourceError
from pipeline.feeds.ledger import moment_of_correction, save_episode
from pipeline.files import sha256_of, write_atomically, write_parts_atomically
from pipeline.galley import galley
from pipeline.identity import made_from, past_of, whole_identities
from pipeline.illustrating import read_own_images
from pipeline.language_model import find_language_model, write_words
from pipeline.languages import find_pack
from pipeline.model import Article, Correction, Episode, Review, Script, VoiceChoice
from pipeline.narration import missing_clips
from pipeline.other_forms import Recording, archive_path, encode_other_forms, require_makeable, write_archive
from pipeline.project import Project
from pipeline.proof import prove, prove_transcript
from pipeline.reviewing import require_reviewed_names, review
from pipeline.scripting import tells_corrections, write_script
from pipeline.site import render_episode_page
from pipeline.soundbites import soundbite_places
from pipeline.sources import Given, Source, read_article
from pipeline.studio import lay_out, mix_of, music_of, narrate_cast
from pipeline.transcript import make_transcript
from pipeline.workflow.pages import page_path
from pipeline.workshop import Workshop


class Order(Struct, frozen=True, kw_only=True):
    """What is asked for: one article, and what the command line says of it.

    ``fetched`` is what came from an address, where the article is no file of the author's. ``voice`` is who is to read
    it this once.
    """

    source: Path
    now: datetime
    fetched: Source | None = None
    published: str = ""
    author: str = ""
    correct: str = ""
    is_silent: bool = False
    is_spoken: bool = False
    voice: VoiceChoice = VoiceChoice()


class Built(Struct, frozen=True, kw_only=True):
    """What came of one Order: the Episode, the one it took the place of, and whether any published byte is new."""

    episode: Episode
    past: Episode | None
    made: Made
    is_changed: bool


def build_episode(project: Project, order: Order, *, workshop: Workshop) -> Built:
    """One written analysis as an Episode on disk: sound, chapters, transcript, page and ledger.

    Nothing is written before everything is made. Building again changes nothing where nothing changed.

    Raises:
        IdentityError: a ledger of the show was deleted, doubled or edited.
        PipelineError: whichever stage failed; the show is then as it was.
    """
    whole_identities(project)
    require_apple_artwork(read_artwork(project.artwork_path))
    past = made_from(project, order.source)
    told = settled_corrections(past)
    made = make_episode(project, order, workshop=workshop, corrections=told)
    past = past_of(project, order.source, article=made.article)
    at = moment_of_correction(past, now=order.now)
    correction = correction_of(order.correct, is_silent=order.is_silent, is_spoken=order.is_spoken, now=at)
    edition = assemble(made, project, past=past, correction=correction)
    if tells_corrections(project.show, edition.episode.corrections) and edition.episode.corrections != told:
        # Only now is it known that there is something to tell of: the announcement of it is made as well.
        again = make_episode(project, order, workshop=workshop, corrections=edition.episode.corrections)
        made = msgspec.structs.replace(again, synthesised=made.synthesised + again.synthesised)
        edition = assemble(made, project, past=past, correction=correction)
    is_changed = _write_edition(project, edition, made=made)
    _keep_archive(project, edition, made=made, workshop=workshop)
    return Built(episode=edition.episode, past=past, made=made, is_changed=is_changed)


def make_episode(project: Project, order: Order, *, workshop: Workshop, corrections: Sequence[Correction] = ()) -> Made:
    """Everything of an Episode but its identity and its place on disk; what the cache holds is not made again."""
    show = project.show
    source_sha256 = _digest(order.source)  # before it is read: a change in the meantime then shows as stale
    article, script = read_and_write_script(project, order, corrections=corrections)
    past = past_of(project, order.source, article=article)  # refuses early what could not be published
    read_own_images(article.chapters or (), project, source_path=project.source_name(order.source))  # so does this
    model = find_language_model(show.language_model, workshop, past=past)
    cast = cast_of(show, article, once=order.voice)
    require_same_reader(past, cast)
    require_reviewed_names(project, article, script=script, cast=cast)
    _require_reason_to_pay(project, order, past=past, script=script, cast=cast)
    require_makeable(show.sound)
    music = music_of(project)
    narration = narrate_cast(script, cast, workshop=workshop)
    layout = lay_out(show, article, script=script, narration=narration, music=music)
    wording = write_words(article, script, timeline=layout.timeline, chapters=layout.chapters, model=model)
    transcript = make_transcript(script, narration, layout.timeline)
    prove_transcript(script, transcript)
    mix = mix_of(show, script, layout=layout, cast=cast, workshop=workshop)
    finished = master(layout.timeline, mix, settings=show.sound, workshop=workshop)
    recording = Recording(timeline=layout.timeline, mix=mix, master=finished)
    voice, second_voice = credits_of(cast, script)
    return Made(
        article=msgspec.structs.replace(article, summary=wording.summary),
        script=script,
        chapters=wording.chapters,
        transcript=transcript,
        recording=recording,
        synthesised=narration.synthesised,
        voice=voice,
        second_voice=second_voice,
        told=_told(project, order, article=article, source_sha256=source_sha256),
        music_credit=credit_of(show.music),
        forms=encode_other_forms(recording, settings=show.sound, workshop=workshop),
        summary_by=wording.summary_by,
        answers=wording.answers,
        warning=wording.warning,
        addresses=known_addresses(past),
    )


def read_and_write_script(
    project: Project, order: Order, *, corrections: Sequence[Correction] | None = None, are_marks_needed: bool = True
) -> tuple[Article, Script]:
    """The first two stages, which make no sound: what was read, and what will be said of it, and the proof of that.

    ``corrections`` are those that a template may tell of; None takes all that the ledger has. Unless the marks of its
    chapters are not needed, each must have its place in the text.

    Raises:
        SourceError: it cannot be read, or only the ledger of an article with another title says its date or byline.
        ScriptError: it cannot be said, or something would be skipped, doubled or changed; with the path.
    """
    past = made_from(project, order.source)
    source = order.fetched or Source(path=order.source, name=str(order.source))
    article = read_article(source, _given(project, order, past=past))
    article = msgspec.structs.replace(article, slug=project.episode_slug(article.slug))
    if past is not None and past.title != article.title:
        untold = read_article(source, _given(project, order, past=None))
        _require_told_again(order, article=article, untold=untold, past=past)
    told = (past.corrections if past else ()) if corrections is None else corrections
    try:
        pack = find_pack(article.language)
        script = write_script(article, project.show, project.lexicon, pack=pack, corrections=told)
        prove(article, script)
        # Refuses before an hour is spoken what would be refused after it.
        mark_places(script, (article.chapters or ()) if are_marks_needed else ())
        soundbite_places(script, article.soundbites if are_marks_needed else ())
    except ScriptError as error:
        # Of several articles it is to be seen which; what came from an address has no file to look into.
        path = None if source.url else source.path
        raise ScriptError(error.what, cure=error.cure, path=path, line=error.line) from error
    return article, script


def review_script(project: Project, article: Article, *, script: Script, voice: VoiceChoice | None = None) -> Review:
    """What an editor should look at: hard names as the article's voice would say them, doubts, copy queries."""
    cast = cast_of(project.show, article, once=voice or VoiceChoice())
    return review(project, article, script, cast=cast)


def _require_told_again(order: Order, *, article: Article, untold: Article, past: Episode) -> None:
    """Another article may lie under the file name of one before: what was told of that one is not told of this."""
    if (untold.author, untold.published) != (article.author, article.published):
        raise SourceError(
            f"was “{past.title}” when --published or --author were given, and is “{article.title}” now",
            cure="give --published and --author again, or write date and author into its front matter",
            path=order.source,
        )


def _given(project: Project, order: Order, *, past: Episode | None) -> Given:
    """What is known of an article from outside it; ``past`` remembers what the command line said of it before."""
    show = project.show
    return Given(
        published=order.published,
        author=order.author,
        remembered_published=past.told_published if past else "",
        remembered_author=past.told_author if past else "",
        default_author=show.default_author,
        language=show.language,
        publish_time=show.publish_time,
        show_title=show.title,
        reading=show.reading,
    )


def _require_reason_to_pay(project: Project, order: Order, *, past: Episode | None, script: Script, cast: Cast) -> None:
    """Nothing, unless a published sound would be paid for again and then be refused, because nobody said why."""
    if past is None or not past.is_live or order.correct or not cast.engine.capabilities.is_network:
        return
    missing = missing_clips(script, cast.voice, engine=cast.engine, store=project.store, second_voice=cast.second_voice)
    if missing:
        raise IdentityError(
            f"episode '{past.slug}' is published, and {len(missing)} of its {len(script.utterances)} utterances would "
            f"be spoken again by {cast.engine.name}",
            cure='say why with --correct "why"',
        )


def _told(project: Project, order: Order, *, article: Article, source_sha256: str) -> Told:
    """What the ledger will remember of this Order, and of the ones before it as long as the title is the same."""
    past = made_from(project, order.source)
    is_same = past is not None and past.title == article.title
    return Told(
        source_path=project.source_name(order.source),
        source_sha256=source_sha256,
        published=order.published or (past.told_published if past and is_same else ""),
        author=order.author or (past.told_author if past and is_same else ""),
    )


def _digest(source: Path) -> str:
    return sha256_of(source.read_bytes()) if source.is_file() else ""  # what is wrong with it, the reader says


def _write_edition(project: Project, edition: Edition, *, made: Made) -> bool:
    """Sound and side files first, the ledger that names them last; True if any of it is new."""
    episode = edition.episode
    page = render_episode_page(project.show, episode, script=made.script, transcript=made.transcript)
    sound = episode.enclosure.file
    parts = sound_parts(edition, made, project=project)
    changes = [write_parts_atomically(project.root / sound.path, parts, sha256=sound.sha256)]
    changes += [write_atomically(project.root / path, data) for path, data in edition.files.items()]
    changes.append(write_atomically(page_path(project, episode), page))
    script_path = project.folder_of(episode.slug) / "script.txt"
    changes.append(write_atomically(script_path, galley(made.article, made.script, review=None).encode()))
    changes.append(save_episode(project.episode_ledger_path(episode.slug), episode))
    return any(changes)


def _keep_archive(project: Project, edition: Edition, *, made: Made, workshop: Workshop) -> None:
    path = archive_path(project, made.recording, slug=edition.episode.slug)
    if path is not None:
        write_archive(path, made.recording, tag=edition.tag, settings=project.show.sound, workshop=workshop)
