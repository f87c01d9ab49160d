"""Floor 3, sources: what an export says of one post -> the Post. The four readers differ in how they get there.

Reader -> Found, one a post, cheap -> `posts_of` skips to where it shall start and reads the rest -> Record and HTML
-> `post_of` -> Post.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.debris import words_of
from pipeline.sources.draft import Draft, Post, PostKind, Removal
from pipeline.sources.exports.dates import FIRST_YEAR, LAST_YEAR, iso_date
from pipeline.sources.exports.stream import BROKEN_BYTES, MARK
from pipeline.sources.frontmatter import ADDRESS, LANGUAGE, FrontMatter, joined
from pipeline.sources.html.body import body_of
from pipeline.sources.manuscript import clean
from pipeline.sources.metadata import folded

TAG = regex(r"</?[A-Za-z][^<>]*>")
#: The tags that a title can hold. Whatever else stands between angle brackets is a word of it: "use <thing> in C".
TITLE_TAG = regex(
    r"</?(a|abbr|b|br|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*\s*/?>",
    re.IGNORECASE,
)
#: Above so many words of text a post with sound is an article that is also read out, not the notes to an episode.
MOST_WORDS_OF_NOTES = 400

EMPTY = "has no text"


class Barrier(Struct, frozen=True, kw_only=True):
    """Why a post is not imported unasked: its kind, and the words for people."""

    kind: PostKind
    why: str


class Record(Struct, frozen=True, kw_only=True):
    """What an export states about one post, as it is written there; "" and () where it says nothing.

    ``title``, ``subtitle`` and ``summary`` may hold HTML. ``date_name`` is what the export calls its date. ``address``
    is where the post can be read. ``name`` is its name in addresses. ``barriers`` are in the order in which they count.
    """

    id: str
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    date_name: str = "date"
    language: str = ""
    address: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    season: str = ""
    number: str = ""
    barriers: tuple[Barrier, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A post that was found in an export and is not read yet: ``post`` reads it."""

    id: str
    title: str
    post: Callable[[], Post]


def posts_of(found: Iterable[Found], *, start: int) -> Iterator[Post]:
    """The Posts from number ``start`` (from 0) on. One that cannot be read, or has the id of another, is broken.

    Raises:
        SourceError: the export breaks off; it says how many posts came before.
    """
    first: dict[str, int] = {}
    count = 0
    try:
        for number, one in enumerate(found):
            count = number + 1
            earlier = first.setdefault(one.id, number)
            if number >= start:
                yield _read(one) if earlier == number else _doubled(one, earlier)
    except SourceError as error:
        what = f"{error.what}; {count} posts came before that" if count else error.what
        raise SourceError(what, cure=error.cure, path=error.path, line=error.line) from error


def post_of(record: Record, markup: str, *, base: str = "", removals: tuple[Removal, ...] = ()) -> Post:
    """The Post that a Record and the HTML of its text make. ``removals`` were taken out before, they come first.

    Raises:
        SourceError: the HTML cannot be read.
    """
    if MARK in markup or any(MARK in text for text in _texts(record)):
        return broken(record.id, title=record.title, why=BROKEN_BYTES)
    date = iso_date(record.date)
    if record.date and not date:
        what = f"its {record.date_name} is {record.date[:60]!r}, which is no date from {FIRST_YEAR} to {LAST_YEAR}"
        return broken(record.id, title=record.title, why=f"{what}; mend it in the export and import it again")
    written = body_of(markup, base=base)
    markdown = written.markdown
    post = Post(
        id=record.id,
        title=plain(record.title),
        date=date,
        kind=record.barriers[0].kind if record.barriers else PostKind.ARTICLE,
        draft=Draft(
            front=_front(record, date=date, markdown=markdown),
            markdown=markdown,
            removals=(*removals, *written.removals),
        ),
        why="; ".join(barrier.why for barrier in record.barriers),
    )
    return post if markdown.strip() else _without_text(post)


def broken(id_: str, *, title: str, why: str) -> Post:
    """A Post that cannot be read. ``why`` is what is wrong with it and the cure."""
    return Post(id=id_, title=plain(title), date="", kind=PostKind.OTHER, why=why, is_broken=True)


def plain(markup: str) -> str:
    """The words of a title that may hold tags and entities, on one line; angle brackets of no such tag are words."""
    return _one_line(TITLE_TAG.sub(lambda tag: " " if tag[1].lower() == "br" else "", markup))


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, on one line."""
    return _one_line(TAG.sub("", markup))


def _one_line(text: str) -> str:
    return " ".join(clean(html.unescape(text).replace(MARK, "\N{REPLACEMENT CHARACTER}")).split())


def count_words(markup: str) -> int:
    """How many words of text a piece of HTML has, as far as that can be told without reading it properly."""
    return len(html.unescape(TAG.sub(" ", markup)).split())


def language_tag(written: str) -> str:
    """A language as BCP 47 writes it, en-GB for en_gb; "" if it is none."""
    parts = written.strip().replace("_", "-").split("-")
    tag = "-".join([parts[0].lower(), *(part.upper() if len(part) == 2 else part for part in parts[1:])])
    return tag if LANGUAGE.fullmatch(tag) else ""


def _texts(record: Record) -> tuple[str, ...]:
    return (record.title, record.subtitle, record.summary, *record.authors, *record.tags)


def _without_text(post: Post) -> Post:
    kind = PostKind.EMPTY if post.kind is PostKind.ARTICLE else post.kind
    why = f"{post.why}; it {EMPTY}" if post.why else EMPTY
    return Post(id=post.id, title=post.title, date=post.date, kind=kind, why=why)


def _read(one: Found) -> Post:
    try:
        return one.post()
    except SourceError as error:
        return broken(one.id, title=one.title, why=f"{error.what}; {error.cure}")


def _doubled(one: Found, earlier: int) -> Post:
    # Which of the two it was would change with the order of the export: the id stays with the first for good.
    why = f"has the id of post {earlier + 1} of this export; delete one of them there and export again"
    return broken(f"{one.id} (again)", title=one.title, why=why)


def _front(record: Record, *, date: str, markdown: str) -> FrontMatter:
    subtitle, summary = plain(record.subtitle), plain_text(record.summary)
    # A standfirst with which the text itself begins would be said twice.
    if subtitle and words_of(markdown[: 4 * len(subtitle) + 200]).startswith(words_of(subtitle)):
        subtitle, summary = "", summary or subtitle
    return FrontMatter(
        title=plain(record.title),
        subtitle=subtitle,
        author=joined(_distinct(record.authors)),
        published=date,
        language=language_tag(record.language),
        source=record.address if ADDRESS.fullmatch(record.address) else "",
        summary=summary,
        tags=_distinct(record.tags),
        slug=folded(record.name),
        series=plain(record.series),
        season=_number(record.season),
        number=_number(record.number),
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(plain, names) if name))


def _number(written: str) -> int | None:
    text = written.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
