"""Inside the notes: what stands in them, in which order, and what is left out where there is no room. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from pipeline.model import Article, Block, BlockKind, Correction, EpisodeChapter, FateKind, Link
from pipeline.notes.pieces import anchor, escaped, paragraph, shortened, size, web_address
from pipeline.patterns import regex

#: The most an episode's description may have. Source: Apple, A Podcaster's Guide to RSS; PSP-1 (feeds.md A25).
NOTES_LIMIT_BYTES = 4000

#: Apple wants it in the metadata of each episode (feeds.md A34); the check looks for these very words.
DISCLOSURE = "is read by an automated voice"

#: Both Apple and Spotify ignore fewer (feeds.md A32, S11).
FEWEST_CHAPTERS = 3

#: By hand, because strftime would write them in the language of the machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_SUMMARY_LIMIT_BYTES = 1500
_REASON_LIMIT_BYTES = 500
_VOICE_LIMIT_BYTES = 400

#: What the author's own notes consist of: each paragraph and each list, and the items of that.
_BLOCK = regex(r"<(p|ul|ol)>(.*?)</\1>")
_ITEM = regex(r"<li>.*?</li>")


def write_notes(
    article: Article,
    chapters: Sequence[EpisodeChapter],
    *,
    corrections: Sequence[Correction],
    voice: str,
    summary_by: str = "",
) -> str:
    """The show notes of an episode as HTML: p, br, ul, ol, li and a with an http(s) address; at most 4,000 bytes.

    In order: the author's own notes, subtitle and summary, chapters as time stamps, links, what is for the notes
    alone, the credit note, the link to the article, what the voice is, corrections that are not silent. What does not
    fit is left out from there on, at the boundary of a paragraph or a list item, and the link says that there is more;
    own notes that do not fit leave their room to the rest.
    ``voice`` is how the voice is shown, and who made the music; ``summary_by`` the language model that wrote the
    summary, "" for a person.
    Nothing of the show's own address is in it: a show that moves house keeps its notes.
    Source: feeds.md A25, A32, A34, S7, S11 and section 1.10.
    """
    address = web_address(article.source_url)
    disclosure = f"<p>This episode {DISCLOSURE}: {escaped(shortened(voice, _VOICE_LIMIT_BYTES))}.</p>"
    room = NOTES_LIMIT_BYTES - size(disclosure) - max(size(_way_on(address, is_cut=cut)) for cut in (False, True))
    dated = _newest_that_fit(corrections, room)
    own, is_own_cut = _that_fits(_own_sections(article.listing.notes_html), room - size(dated))
    rest = _sections(article, chapters, summary_by=summary_by)
    body, is_body_cut = _that_fits(rest, room - size(dated) - size(own))
    return own + body + _way_on(address, is_cut=is_own_cut or is_body_cut) + disclosure + dated


def are_chapters_shown(chapters: Sequence[EpisodeChapter]) -> bool:
    """Whether apps would show them: at least three, the first at the very start. Source: feeds.md A32, S11."""
    return len(chapters) >= FEWEST_CHAPTERS and chapters[0].start_ms == 0


class _Section(Struct, frozen=True):
    """Pieces of HTML that stand or fall one by one, and what encloses those that stand."""

    items: tuple[str, ...]
    opening: str = ""
    closing: str = ""


def _own_sections(notes_html: str) -> Iterator[_Section]:
    """The author's own notes, which are paragraphs and lists of one level."""
    for block in _BLOCK.finditer(notes_html):
        if block[1] == "p":
            yield _Section((block[0],))
        else:
            yield _Section(tuple(_ITEM.findall(block[2])), f"<{block[1]}>", f"</{block[1]}>")


def _sections(article: Article, chapters: Sequence[EpisodeChapter], *, summary_by: str) -> Iterator[_Section]:
    """What may be cut, in order."""
    credit = paragraph(f"Summary written by {shortened(summary_by, _VOICE_LIMIT_BYTES)}.") if summary_by else ""
    texts = {article.subtitle.strip(): "", article.summary.strip(): credit}  # what machines write is never without it
    for text, note in texts.items():
        yield _Section((paragraph(shortened(text, _SUMMARY_LIMIT_BYTES)) + note,))
    if are_chapters_shown(chapters):
        # All or none: apps take the first of them as the start of the list.
        yield _Section(("".join(_time_stamps(chapters)),))
    yield _Section(tuple(_links(article.blocks, chapters)), "<p>Links in this article:</p><ul>", "</ul>")
    yield _Section(tuple(paragraph(_with_caption(block)) for block in article.blocks if _is_for_notes_alone(block)))
    yield _Section(tuple(paragraph(block.text) for block in article.blocks if _is_credit(block)))


def _time_stamps(chapters: Sequence[EpisodeChapter]) -> Iterator[str]:
    """A paragraph a chapter, "(04:05) Title": the form that Apple and Spotify both read, and both keep paragraphs."""
    has_hours = chapters[-1].start_ms >= 3_600_000
    for chapter in chapters:
        minutes, seconds = divmod(chapter.start_ms // 1000, 60)
        time = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}" if has_hours else f"{minutes:02}:{seconds:02}"
        yield f"<p>({time}) {escaped(chapter.title)}</p>"


def _links(blocks: Iterable[Block], chapters: Iterable[EpisodeChapter]) -> Iterator[str]:
    """A list item for each address of the article, in the order in which they first stand, then of the chapters.

    They stand here and not in the time stamps, which apps take for such only as plain text.
    """
    kept = (link for block in blocks if block.fate.kind is not FateKind.DROPPED for link in block.links)
    of_chapters = (Link(text=chapter.title, url=chapter.link) for chapter in chapters)
    first: dict[str, Link] = {}
    for link in (*kept, *of_chapters):
        first.setdefault(web_address(link.url), link)
    for address, link in first.items():
        if address:
            yield f"<li>{anchor(address, link.text.strip() or address)}</li>"


def _with_caption(block: Block) -> str:
    """The Block's text below its caption; a footnote behind its mark."""
    if block.kind is BlockKind.FOOTNOTE:
        return f"[{block.label}] {block.text}" if block.label else block.text
    has_caption = block.kind in {BlockKind.TABLE, BlockKind.FIGURE, BlockKind.EMBED}
    lines = (block.caption if has_caption else "", block.text)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _is_for_notes_alone(block: Block) -> bool:
    return block.fate.kind is FateKind.NOTES and block.kind not in {
        BlockKind.TITLE,
        BlockKind.SUBTITLE,
        BlockKind.CREDIT,
    }


def _is_credit(block: Block) -> bool:
    return block.kind is BlockKind.CREDIT and block.fate.kind is not FateKind.DROPPED


def _way_on(address: str, *, is_cut: bool) -> str:
    """The link to the article; where the notes are cut it says so."""
    if is_cut:
        rest = f": {anchor(address, 'read the whole article')}" if address else ""
        return f"<p>These notes are shortened{rest}.</p>"
    return f"<p>{anchor(address, 'Read the article')}</p>" if address else ""


def _newest_that_fit(corrections: Sequence[Correction], room: int) -> str:
    """The dated lines of the corrections that listeners are told of, oldest first; the oldest give way."""
    lines: list[str] = []
    for correction in reversed([correction for correction in corrections if not correction.is_silent]):
        reason = shortened(correction.reason, _REASON_LIMIT_BYTES)
        line = f"<p>Corrected on {_date(correction.at)}: {escaped(reason)}</p>"
        room -= size(line)
        if room < 0:
            break
        lines.insert(0, line)
    return "".join(lines)


def _that_fits(sections: Iterable[_Section], room: int) -> tuple[str, bool]:
    """The sections up to the first piece that does not fit, and whether there was one."""
    written = ""
    for section in sections:
        left = room - size(written) - size(section.opening + section.closing)
        taken: list[str] = []
        for item in section.items:
            left -= size(item)
            if left < 0:
                break
            taken.append(item)
        if taken:
            written += section.opening + "".join(taken) + section.closing
        if len(taken) < len(section.items):
            return written, True
    return written, False


def _date(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
