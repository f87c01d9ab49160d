"""Floor 3, language model: Chapters of our own proposing and a missing summary -> the same in a model's words.

What was answered once lies in the store and in the Episode's ledger, so that a second build asks nothing and changes
nothing, even where the cache was deleted. What failed is not kept, costs nothing but the words, and is told in one
warning.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from pipeline.chapters.passages import BODY_ROLES
from pipeline.language_model.checks import Known, known_from, summary_fault, title_fault
from pipeline.language_model.questions import Failure, Question, summary_question, titles_question
from pipeline.language_model.server import LanguageModel
from pipeline.model import Article, Chapter, ChapterOrigin, ModelAnswer, Script, Timeline
from pipeline.store import Store, recipe_key

#: Goes into every key: raise it when the meaning of a stored answer changes. The prompt is in the key by itself.
_VERSION = 1


class Wording(Struct, frozen=True, kw_only=True):
    """What an Episode is told by: its Chapters, and its summary.

    ``summary_by`` names the model that wrote the summary, "" where no model did. ``warning`` says in one line why the
    words are our own though a model was to write them; "" where all went well. ``answers`` are for the ledger to keep.
    """

    chapters: tuple[Chapter, ...]
    summary: str
    summary_by: str = ""
    warning: str = ""
    answers: tuple[ModelAnswer, ...] = ()


class _Outcome(Struct, frozen=True, kw_only=True):
    """What came of one Question: the texts, () for none; the failure, None where nothing failed or nobody was asked."""

    recipe: str = ""
    texts: tuple[str, ...] = ()
    failure: Failure | None = None
    is_from_cache: bool = False


#: Where nothing is to be asked for.
_NOTHING = _Outcome()


def write_words(
    article: Article, script: Script, *, timeline: Timeline, chapters: tuple[Chapter, ...], model: LanguageModel | None
) -> Wording:
    """The Chapters as `title_chapters` gives them; and a summary where the article has none and one is asked for.

    Without a ``model`` nothing changes. A summary is one or two sentences of at most 300 characters, with names and
    numbers from the article alone; where none comes of it, the Article's stays, be it empty.

    Raises:
        ConfigError: the key is missing.
        StoreError: the cache cannot be read or written.
    """
    if model is None:
        return Wording(chapters=chapters, summary=article.summary)
    titled, of_titles = _titled(chapters, script, timeline=timeline, model=model)
    if not model.settings.summary or _has_summary(article):
        warning = _warning(model, titles=of_titles)
        return Wording(chapters=titled, summary=article.summary, warning=warning, answers=_answers(of_titles))
    # A server that gave no answer a moment ago is not waited for a second time.
    is_closed = of_titles.failure is not None and of_titles.failure.is_silence
    summary, of_summary = _summary(script, timeline, model=model, is_closed=is_closed)
    if is_closed and not of_summary.texts:
        of_summary = of_titles
    return Wording(
        chapters=titled,
        summary=summary or article.summary,
        summary_by=model.settings.model if summary else "",
        warning=_warning(model, titles=of_titles, summary=of_summary),
        answers=_answers(of_titles, of_summary),
    )


def title_chapters(
    chapters: tuple[Chapter, ...], script: Script, *, timeline: Timeline, model: LanguageModel | None
) -> Wording:
    """The same Chapters, those of our own proposing with the model's titles; a title that will not do stays ours.

    A title has at most 40 characters in sentence case on one line, names and numbers from the article alone, and is
    that of no other Chapter. Without a ``model`` nothing changes. No summary is asked for.

    Raises:
        ConfigError: the key is missing.
        StoreError: the cache cannot be read or written.
    """
    if model is None:
        return Wording(chapters=chapters, summary="")
    titled, outcome = _titled(chapters, script, timeline=timeline, model=model)
    return Wording(chapters=titled, summary="", warning=_warning(model, titles=outcome), answers=_answers(outcome))


def _has_summary(article: Article) -> bool:
    """Whether the author wrote one; where none is given, readers let the subtitle stand in for it."""
    return article.summary.strip() not in {"", article.subtitle.strip()}


def _titled(
    chapters: tuple[Chapter, ...], script: Script, *, timeline: Timeline, model: LanguageModel
) -> tuple[tuple[Chapter, ...], _Outcome]:
    texts = _texts_of_ours(chapters, script, timeline=timeline)
    if not texts or not model.settings.titles:
        return chapters, _NOTHING
    model.workshop.progress.begin("titles", 0)
    outcome = _outcome(titles_question(script.title, texts), model)
    faults = _title_faults(outcome.texts, chapters, known=known_from(script))
    model.workshop.progress.end(_told(outcome, faults, model=model))
    good = iter([title if not fault else "" for title, fault in zip(outcome.texts, faults, strict=True)])
    return tuple(_retitled(chapter, good) for chapter in chapters), outcome


def _texts_of_ours(chapters: Sequence[Chapter], script: Script, *, timeline: Timeline) -> list[str]:
    """What is said in each Chapter of our own proposing."""
    ends = [*(chapter.start for chapter in chapters), timeline.length][1:]
    return [
        _body(script, timeline, start=chapter.start, end=end)
        for chapter, end in zip(chapters, ends, strict=True)
        if chapter.origin is ChapterOrigin.AUTO
    ]


def _title_faults(titles: Sequence[str], chapters: Sequence[Chapter], *, known: Known) -> list[str]:
    """For each title why it cannot be shown, "" where it can. Any chapter may keep its own: none may be said twice."""
    ours = (chapter.title.casefold() for chapter in chapters if chapter.origin is ChapterOrigin.AUTO)
    taken = {chapter.title.casefold() for chapter in chapters}
    faults = []
    for title, own in zip(titles, ours, strict=False):  # where there is no answer there are no titles
        is_double = title.casefold() in taken - {own}
        faults.append(title_fault(title, known) or ("said twice" if is_double else ""))
        if not faults[-1]:
            taken.add(title.casefold())
    return faults


def _retitled(chapter: Chapter, titles: Iterator[str]) -> Chapter:
    """``chapter`` with the next of ``titles``, if it is one of ours and the title is any."""
    title = next(titles, "") if chapter.origin is ChapterOrigin.AUTO else ""
    return msgspec.structs.replace(chapter, title=title) if title else chapter


def _summary(script: Script, timeline: Timeline, *, model: LanguageModel, is_closed: bool) -> tuple[str, _Outcome]:
    """A summary that may be shown, "" for none; and what came of asking for it."""
    model.workshop.progress.begin("summary", 0)
    question = summary_question(script.title, _body(script, timeline, start=0, end=timeline.length))
    outcome = _outcome(question, model, is_closed=is_closed)
    summary = "".join(outcome.texts)
    fault = summary_fault(summary, known_from(script))
    model.workshop.progress.end(_told(outcome, [fault], model=model))
    return "" if fault else summary, outcome


def _body(script: Script, timeline: Timeline, *, start: int, end: int) -> str:
    """What the author says between two samples; what only stands for a table or a picture is none of it."""
    said = zip(script.utterances, timeline.placements, strict=True)
    return " ".join(
        utterance.display
        for utterance, placement in said
        if start <= placement.start < end and utterance.role in BODY_ROLES and utterance.span is not None
    )


def _outcome(question: Question, model: LanguageModel, *, is_closed: bool = False) -> _Outcome:
    """The texts from the ledger or the store, or from the server unless it is not to be asked."""
    settings, store = model.settings, model.workshop.store
    key = recipe_key(
        "language model", _VERSION, url=settings.url.rstrip("/"), model=settings.model, prompt=question.prompt
    )
    kept = next((answer.texts for answer in model.known if answer.recipe == key), None) or _stored(store, key)
    if kept:
        return _Outcome(recipe=key, texts=kept, is_from_cache=True)
    if is_closed or model.workshop.is_offline:
        return _NOTHING
    from pipeline.language_model.asking import ask  # noqa: PLC0415 - who asks nobody loads no library for the web

    answer = ask(question, settings)
    if isinstance(answer, Failure):
        return _Outcome(failure=answer)
    store.put(key, msgspec.json.encode(answer))
    return _Outcome(recipe=key, texts=answer)


def _stored(store: Store, key: str) -> tuple[str, ...]:
    blob = store.get(key)
    return () if blob is None else msgspec.json.decode(blob, type=tuple[str, ...])


def _answers(*outcomes: _Outcome) -> tuple[ModelAnswer, ...]:
    return tuple(ModelAnswer(recipe=outcome.recipe, texts=outcome.texts) for outcome in outcomes if outcome.texts)


def _told(outcome: _Outcome, faults: Sequence[str], *, model: LanguageModel) -> str:
    """What came of it, in a line of progress."""
    if not outcome.texts:
        return f"none from {model.settings.model}"
    refused = [fault for fault in faults if fault]
    source = ", from the cache" if outcome.is_from_cache else ""
    rest = f"; {len(refused)} refused: {', '.join(refused)}" if refused else ""
    return f"{len(faults) - len(refused)} of {len(faults)} from {model.settings.model}{source}{rest}"


def _warning(model: LanguageModel, *, titles: _Outcome, summary: _Outcome = _NOTHING) -> str:
    """One line on all that failed, "" where nothing did."""
    lost = {"the chapter titles are our own": titles.failure, "no summary was written": summary.failure}
    failures = [failure for failure in lost.values() if failure is not None]
    if not failures:
        return ""
    what = " and ".join(dict.fromkeys(failure.what for failure in failures))
    so = " and ".join(consequence for consequence, failure in lost.items() if failure is not None)
    return f"{model.settings.url} {what}, so {so}; {failures[0].cure}"
