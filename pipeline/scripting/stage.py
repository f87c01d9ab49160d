"""The stage itself: opening, body and closing as Utterances, each tied to the characters it came from. Pure.

The opening and the closing are templates; the body is the article's own words, sentence by sentence. What the voice
says differently is the language pack's work.
"""

from collections.abc import Sequence
from itertools import chain

from pipeline.errors import ScriptError
from pipeline.model import Article, Correction, FateKind, Lexicon, Role, Script, Show, Utterance
from pipeline.scripting.body import ROLES, body
from pipeline.scripting.lines import Job, Line, pauses_after
from pipeline.scripting.surroundings import OPENING_KINDS, closing, expect_templates, opening
from pipeline.text.english import ENGLISH
from pipeline.text.pack import LanguagePack


def write_script(  # noqa: PLR0917 - the stage takes these three
    article: Article,
    show: Show,
    lexicon: Lexicon,
    *,
    pack: LanguagePack = ENGLISH,
    corrections: Sequence[Correction] = (),
) -> Script:
    """Everything that will be said of ``article``: opening, body, closing, sentence by sentence.

    The body is each spoken heading, paragraph, quotation and list item in its order; ``paragraph`` counts all but
    the headings from 1. Between them stand the set phrases for what is not read word by word, and footnotes where
    the show wants them heard. Display is exactly what the Block says there; pieces with nothing to say in them
    ("* * *") make no utterance. ``pause_after_ms`` follows from the role, from ``show.pauses``. ``pack`` has the
    rules of the article's language, ``corrections`` are what a template may tell of.

    Raises: ScriptError where there is no body, where a Block is to be spoken that there is no way to say, where the
    opening leaves out the title, and for a language that ``pack`` does not read; ConfigError where a template is not
    well formed.
    """
    job = Job(article=article, show=show, pack=pack, wording=pack.wording(article.language))
    _expect_roles(article)
    expect_templates(job, corrections)
    first, middle, last = list(opening(job, corrections)), list(body(job)), list(closing(job, corrections))
    pauses = [
        *pauses_after(first, show.pauses, last_ms=show.pauses.opening_ms),
        *pauses_after(middle, show.pauses, last_ms=show.pauses.closing_ms),
        *pauses_after(last, show.pauses, last_ms=show.pauses.paragraph_ms),
    ]
    lines = zip(chain(first, middle, last), pauses, strict=True)
    utterances = tuple(_utterance(line, pause_ms, job=job, lexicon=lexicon) for line, pause_ms in lines)
    _expect_a_body(article, utterances)
    return Script(title=article.title, language=article.language, utterances=utterances)


def _expect_roles(article: Article) -> None:
    """Refuse a Block that is marked spoken and would be silently left out."""
    for number, block in enumerate(article.blocks):
        is_known = block.kind in ROLES or block.kind in OPENING_KINDS or bool(block.fate.said)
        if block.is_spoken and not is_known:
            raise ScriptError(
                f"block {number} of “{article.title}”, a {block.kind.value}, is marked as spoken, and there is no way "
                f"to say a {block.kind.value}: {block.text[:60]!r}",
                cure="give it the fate “notes” or “dropped”, or write it as a paragraph",
            )


def _expect_a_body(article: Article, utterances: tuple[Utterance, ...]) -> None:
    if not any(utterance.paragraph or (utterance.role is Role.HEADING and utterance.span) for utterance in utterances):
        fates = {kind: sum(block.fate.kind is kind for block in article.blocks) for kind in FateKind}
        raise ScriptError(
            f"“{article.title}” has no body to say: of its {len(article.blocks)} blocks "
            f"{fates[FateKind.SPOKEN]} are spoken, {fates[FateKind.NOTES]} go to the notes, "
            f"{fates[FateKind.DROPPED]} are dropped, and none that is spoken is a heading, paragraph, quotation or "
            "list item",
            cure="write a paragraph",
        )


def _utterance(line: Line, pause_ms: int, *, job: Job, lexicon: Lexicon) -> Utterance:
    spoken = job.pack.speak(line.display, language=job.article.language, lexicon=lexicon)
    return Utterance(
        display=line.display,
        spoken=spoken.text,
        forms=spoken.forms,
        role=line.role,
        pause_after_ms=pause_ms,
        block=line.block,
        span=line.span,
        paragraph=line.paragraph,
        speaker=line.speaker,
        is_second_voice=line.is_second_voice,
    )
