"""Floor 3, language model: Chapters of our own proposing and a missing summary -> the same in a model's words.

What was answered once lies in the store and in the Episode's ledger, so that a second build asks nothing and changes
nothing, whatever became of the server, the cache and the settings. What failed is not kept, costs nothing but the words
where nobody has them, and is told in one warning; where listeners have a model's words, it stops the build.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pipeline.chapters.passages import BODY_ROLES
from pipeline.errors import ConfigError
from pipeline.language_model.checks import Known, known_from, summary_fault, title_fault
from pipeline.language_model.questions import Failure, Question, summary_question, titles_question
from pipeline.language_model.server import LanguageModel, require_server
from pipeline.model import Article, Chapter, ChapterOrigin, ModelAnswer, Script, Timeline
from pipeline.store import recipe_key

#: Goes into every key, the fixed words of a question do not: they may change, and what is out is not asked anew.
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
    """What came of one Question: an answer, or a failure, or neither where nobody was asked."""

    answer: ModelAnswer = ModelAnswer(recipe="", model="", texts=())
    failure: Failure | None = None


def write_words(
    article: Article, script: Script, *, timeline: Timeline, chapters: tuple[Chapter, ...], model: LanguageModel
) -> Wording:
    """The Chapters, those of our own proposing with the model's titles; and a summary where there is none.

    A title has at most 40 characters, a summary one or two sentences and 300. What has names or numbers that the
    article has not, or is said twice, is not taken: our own title stays, or the Article's summary, be it empty.

    Raises:
        ConfigError: a new answer is wanted, and the server cannot be asked as it stands in show.toml; or listeners have
            a model's words and would lose them.
        StoreError: the cache cannot be read or written.
    """
    titled, of_titles = _titled(chapters, script, timeline=timeline, model=model)
    summary, of_summary = _summary(article, script, timeline=timeline, model=model, before=of_titles)
    answers = (*(model.known if model.out else ()), of_titles.answer, of_summary.answer)
    return Wording(
        chapters=titled,
        summary=summary or article.summary,
        summary_by=of_summary.answer.model if summary else "",
        warning=_warning(model, titles=of_titles.failure, summary=of_summary.failure),
        # A text that was out once may come back, so its answers stay.
        answers=tuple({answer.recipe: answer for answer in answers if answer.texts}.values()),
    )


def _has_summary(article: Article) -> bool:
    """Whether the author wrote one; where none is given, readers let the subtitle stand in for it."""
    return article.summary.strip() not in {"", article.subtitle.strip()}


def _titled(
    chapters: tuple[Chapter, ...], script: Script, *, timeline: Timeline, model: LanguageModel
) -> tuple[tuple[Chapter, ...], _Outcome]:
    texts = _texts_of_ours(chapters, script, timeline=timeline)
    question = titles_question(script.title, texts)
    if not texts or not _is_wanted(question, model):
        return chapters, _Outcome()
    model.workshop.progress.begin("titles", 0)
    outcome = _outcome(question, model)
    faults = _title_faults(outcome.answer.texts, chapters, known=known_from(script))
    model.workshop.progress.end(_told(outcome, faults, model=model))
    titles = ["" if fault else title for title, fault in zip(outcome.answer.texts, faults, strict=True)]
    ours = [chapter for chapter in chapters if chapter.origin is ChapterOrigin.AUTO]
    if model.out is not None and not titles:  # who only looks finds what listeners have
        known = {shown.paragraph: shown.title for shown in model.out.chapters if shown.origin is ChapterOrigin.AUTO}
        titles = [known.get(chapter.paragraph, "") for chapter in ours]
    new = {chapter.start: title for chapter, title in zip(ours, titles, strict=False) if title}
    titled = (msgspec.structs.replace(one, title=new.get(one.start, one.title)) for one in chapters)
    return tuple(titled), outcome


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


def _summary(
    article: Article, script: Script, *, timeline: Timeline, model: LanguageModel, before: _Outcome
) -> tuple[str, _Outcome]:
    """A summary that may be shown, "" for none; and what came of asking for it, after what came ``before``."""
    question = summary_question(script.title, _body(script, timeline, start=0, end=timeline.length))
    if _has_summary(article) or not _is_wanted(question, model):
        return "", _Outcome()
    model.workshop.progress.begin("summary", 0)
    # A server that gave no answer a moment ago is not waited for a second time.
    closed = before.failure if before.failure and before.failure.is_silence else None
    outcome = _outcome(question, model, closed=closed)
    summary = "".join(outcome.answer.texts)
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


def _is_wanted(question: Question, model: LanguageModel) -> bool:
    """Whether its answer is; with a text that was out, or was to be, the words come back that it had."""
    is_back = model.out is not None and _recipe(question) in {answer.recipe for answer in model.known}
    return is_back or (model.has_titles if question.kind == "titles" else model.has_summary)


def _recipe(question: Question) -> str:
    return recipe_key("language model", _VERSION, kind=question.kind, title=question.title, texts=question.texts)


def _outcome(question: Question, model: LanguageModel, *, closed: Failure | None = None) -> _Outcome:
    """The answer from the ledger or the store, or from the server unless it is ``closed`` or not to be asked."""
    recipe, name, store = _recipe(question), model.settings.model, model.workshop.store
    for answer in model.known:
        if answer.recipe == recipe:
            return _Outcome(answer=answer)
    key = recipe_key("answer of a language model", _VERSION, recipe=recipe, model=name)
    blob = store.get(key)
    if blob is not None:
        texts = msgspec.json.decode(blob, type=tuple[str, ...])
        return _Outcome(answer=ModelAnswer(recipe=recipe, model=name, texts=texts))
    if closed is not None or model.workshop.is_offline:
        return _Outcome(failure=closed)
    written = _asked(question, model)
    if isinstance(written, Failure):
        return _Outcome(failure=written)
    store.put(key, msgspec.json.encode(written))
    return _Outcome(answer=ModelAnswer(recipe=recipe, model=name, texts=written))


def _asked(question: Question, model: LanguageModel) -> tuple[str, ...] | Failure:
    """The texts that the server gives. Where something would be lost, a fault in show.toml is one of many reasons."""
    from pipeline.language_model.asking import ask  # noqa: PLC0415 - who asks nobody loads no library for the web

    try:
        require_server(model.settings)
        written = ask(question, model.settings)
    except ConfigError as error:
        if model.out is None:
            raise
        return Failure(what=error.what, cure=error.cure, is_silence=True)
    if isinstance(written, Failure):
        return msgspec.structs.replace(written, what=f"{model.settings.url} {written.what}")
    return written


def _told(outcome: _Outcome, faults: Sequence[str], *, model: LanguageModel) -> str:
    """What came of it, in a line of progress."""
    if not outcome.answer.texts:
        return f"none from {model.settings.model}"
    refused = [fault for fault in faults if fault]
    rest = f"; {len(refused)} refused: {', '.join(refused)}" if refused else ""
    return f"{len(faults) - len(refused)} of {len(faults)} from {outcome.answer.model}{rest}"


def _warning(model: LanguageModel, *, titles: Failure | None, summary: Failure | None) -> str:
    """One line on all that failed, "" where nothing did. Raises ConfigError where listeners would lose by it."""
    lost = {"the chapter titles are our own": titles, "no summary was written": summary}
    failures = {consequence: failure for consequence, failure in lost.items() if failure is not None}
    if not failures:
        return ""
    what = " and ".join(dict.fromkeys(failure.what for failure in failures.values()))
    cure = next(iter(failures.values())).cure
    if model.out is None:
        return f"{what}, so {' and '.join(failures)}; {cure}"
    raise ConfigError(
        f"{what}, and episode {model.out.slug!r}, which is out, would lose what a model wrote for it",
        cure=f"{cure}; or take that over into the front matter: audio-edition chapters {model.out.source_path} prints "
        f"the chapters, and episodes/{model.out.slug}/episode.json has what to write as `summary:`",
    )
