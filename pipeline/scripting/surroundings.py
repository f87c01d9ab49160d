"""Inside scripting: opening and closing, from the templates of the show or of the language. Pure."""

from collections.abc import Iterator, Sequence

from pipeline.announcements import Announcement, announcements, fields_of
from pipeline.errors import ScriptError
from pipeline.model import Article, BlockKind, Correction, Role, Show
from pipeline.scripting.lines import Job, Line, Passage, lines_of

#: Said from the article's own fields, wherever their Blocks stand.
OPENING_KINDS = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE})
#: Said in the closing, wherever they stand.
CLOSING_KINDS = frozenset({BlockKind.CREDIT, BlockKind.CALL})

#: The first of these fields that is in a line of the opening is what the line is.
_ROLES = {
    "title": Role.TITLE,
    "subtitle": Role.SUBTITLE,
    "author": Role.BYLINE,
    "date": Role.BYLINE,
    "disclosure": Role.DISCLOSURE,
    "show": Role.SHOW,
}
_KINDS = {"title": BlockKind.TITLE, "subtitle": BlockKind.SUBTITLE}
_FIELDS = {kind: field for field, kind in _KINDS.items()}


def opening(job: Job, corrections: Sequence[Correction]) -> Iterator[Line]:
    """Show, title, subtitle, byline, date, disclosure, as the templates have them; what is not known is left out.

    A Correction that is to be spoken stands behind them, unless a template tells of all corrections.
    """
    values = values_of(job, corrections)
    for announcement in announcements(_opening_templates(job), values):
        role = next((role for field, role in _ROLES.items() if field in announcement.fields), Role.SHOW)
        yield from _announced(announcement, job, role=role)
    if not _have_corrections((*_opening_templates(job), *_closing_templates(job))):
        for correction in corrections:
            if correction.is_spoken:
                yield from lines_of(Passage(text=_correction_said(correction, job), role=Role.SHOW), job)


def closing(job: Job, corrections: Sequence[Correction]) -> Iterator[Line]:
    """The templates of the closing, the credits, and in place of calls to subscribe what listeners are told."""
    values = values_of(job, corrections)
    templates = _closing_templates(job)
    for announcement in announcements(templates, values):
        role = Role.CREDIT if announcement.fields == ("credit",) else Role.CLOSING
        yield from _announced(announcement, job, role=role)
    if not any("credit" in fields_of(template) for template in (*_opening_templates(job), *templates)):
        yield from _credits(job)
    for block in job.article.blocks:
        if block.kind is BlockKind.CALL and block.fate.said:
            yield Line(display=block.fate.said, role=Role.CLOSING)


def expect_templates(job: Job, corrections: Sequence[Correction]) -> None:
    """Refuse templates that would leave out what is to be heard: the title, and a subtitle that the text itself has.

    A subtitle of the front matter may be meant for the feed alone, and then no template names it. Raises: ScriptError.
    """
    said = announcements(_opening_templates(job), values_of(job, corrections))
    named = {field for announcement in said for field in announcement.fields}
    due = {_FIELDS[block.kind] for block in job.article.blocks if block.is_spoken and block.kind in _FIELDS}
    for field in _KINDS:
        if field not in named and field in {"title", *due}:
            raise ScriptError(
                f"“{job.article.title}” has a {field} to say, and the opening of the show does not say it",
                cure=f'add "{{{field}}}" to `opening` under [announcements] in show.toml',
            )


def tells_corrections(show: Show, corrections: Sequence[Correction] = ()) -> bool:
    """Whether one of ``corrections`` is heard, and so changes the sound, and is not only read in the notes.

    Where a template of the show tells of them, it is True whatever they are.
    """
    own = (*(show.announcements.opening or ()), *(show.announcements.closing or ()))
    return _have_corrections(own) or any(one.is_spoken for one in corrections)


def _have_corrections(templates: Sequence[str]) -> bool:
    return any("correction" in fields_of(template) for template in templates)


def values_of(job: Job, corrections: Sequence[Correction]) -> dict[str, str]:
    """What each field of a template stands for in this Article, "" where there is nothing."""
    article, show, wording = job.article, job.show, job.wording
    told = [one for one in corrections if not one.is_silent]
    disclosure = show.announcements.disclosure
    return {
        "show": show.title,
        "title": article.title,
        "subtitle": article.subtitle,
        "author": article.author or show.default_author,
        "date": job.pack.date(article.published.date(), language=article.language),
        "disclosure": wording.disclosure if disclosure is None else disclosure,
        "credit": " ".join(article.blocks[number].text for number in _credit_numbers(article)),
        "correction": " ".join(_correction_said(one, job) for one in told),
    }


def _opening_templates(job: Job) -> tuple[str, ...]:
    own = job.show.announcements.opening
    return job.wording.opening if own is None else own


def _closing_templates(job: Job) -> tuple[str, ...]:
    own = job.show.announcements.closing
    return job.wording.closing if own is None else own


def _announced(announcement: Announcement, job: Job, *, role: Role) -> Iterator[Line]:
    """The lines of one announcement, tied to the article's Block where it is that and nothing else."""
    field = announcement.fields[0] if announcement.is_bare else ""
    if field == "credit":
        yield from _credits(job)
    elif field in _KINDS:
        yield from lines_of(_tied(announcement.text, job.article, kind=_KINDS[field], role=role), job)
    else:
        yield from lines_of(Passage(text=announcement.text, role=role), job)


def _tied(text: str, article: Article, *, kind: BlockKind, role: Role) -> Passage:
    """``text`` tied to the first Block of ``kind`` that holds it, if there is one."""
    for number, block in enumerate(article.blocks):
        offset = block.text.find(text) if block.kind is kind else -1
        if offset >= 0:
            return Passage(text=text, role=role, block=number, offset=offset)
    return Passage(text=text, role=role)


def _credits(job: Job) -> Iterator[Line]:
    for number in _credit_numbers(job.article):
        yield from lines_of(Passage(text=job.article.blocks[number].text, role=Role.CREDIT, block=number), job)


def _credit_numbers(article: Article) -> list[int]:
    return [number for number, block in enumerate(article.blocks) if block.is_spoken and block.kind is BlockKind.CREDIT]


def _correction_said(correction: Correction, job: Job) -> str:
    day = job.pack.date(correction.at.date(), language=job.article.language)
    reason = correction.reason if correction.reason.endswith((".", "!", "?")) else f"{correction.reason}."
    return job.wording.correction.replace("{date}", day).replace("{correction}", reason)
