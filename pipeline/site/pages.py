"""Inside the site: values become HTML. All of it is escaped but the show notes, which come clean."""

import posixpath
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.chapters import has_own_image
from pipeline.model import Episode, Finding, Script, Show, Transcript, WebFile
from pipeline.notes import DISCLOSURE, MONTHS, carried_text, web_address
from pipeline.rules.verdicts import grouped, verdicts
from pipeline.site.passages import make_passages
from pipeline.units import clock

#: What the pages load, relative to the web root. Pages of older builds name them too, so they keep their names.
STYLE, SCRIPT = "feeds/style.css", "feeds/page.js"

#: How many episodes the page of a show has with words and player; all before them are a line each.
_MOST_CARDS = 50

#: How a download is called, in the order in which they stand.
DOWNLOADS = {
    "audio/mpeg": "Sound (MP3)",
    "audio/mp4": "Sound (M4A)",
    "audio/ogg": "Sound (Opus)",
    "text/vtt": "Transcript with times (WebVTT)",
    "application/x-subrip": "Transcript with times (SubRip)",
}


def render_show_page(  # noqa: PLR0917 - in page order
    show: Show, episodes: Sequence[Episode], artwork: WebFile, *, sisters: Sequence[Show] = ()
) -> bytes:
    """The page of the show, `feeds/index.html`: cover, description, feed, and the episodes, newest first.

    ``artwork`` is the published cover. ``sisters`` are the other shows of the folder that it leads to. The same values
    give the same bytes.
    """
    newest_first = sorted(episodes, key=lambda episode: (episode.published, episode.slug), reverse=True)
    told = {edition.feed_url for edition in show.language_editions}
    beside = [(sister, _page_address(show, sister)) for sister in sisters if sister.feed_url not in told]
    return _page(
        "show.html",
        show.page_path,
        show=show,
        episodes=newest_first[:_MOST_CARDS],
        earlier=_lines(newest_first[_MOST_CARDS:], page=show.page_path),
        artwork=artwork,
        sisters=beside,
    )


def _lines(episodes: Sequence[Episode], *, page: str) -> Iterator[tuple[Episode, str, str]]:
    """Each episode with the way to its page and its date: a template would ask for thousands of them one by one."""
    way = posixpath.dirname(_relative("episodes/slug", page=page))
    for episode in episodes:
        yield episode, f"{way}/{quote(episode.slug)}/index.html", _date(episode.published)


def render_episode_page(show: Show, episode: Episode, *, script: Script, transcript: Transcript) -> bytes:
    """The page of one episode, `episodes/<slug>/index.html`: sound, chapters, transcript, show notes, downloads.

    The words are those of ``script``, in its paragraphs; the times are those of ``transcript``. The same values give
    the same bytes.
    """
    sounds = (episode.enclosure.file, *(form.file for form in episode.alternates))
    published = (*sounds, *(transcript.file for transcript in episode.transcripts))
    downloads = [(DOWNLOADS[file.media_type], file) for file in published if file.media_type in DOWNLOADS]
    return _page(
        "episode.html",
        _episode_page(episode),
        show=show,
        episode=episode,
        passages=make_passages(script, transcript, chapters=episode.chapters),
        downloads=downloads,
        disclosure=DISCLOSURE,
    )


def render_withdrawn_page(show: Show, episode: Episode) -> bytes:
    """The page in the place of an Episode's own while it is withdrawn: that it was, when and why."""
    return _page("withdrawn.html", _episode_page(episode), show=show, episode=episode, why=episode.withdrawals[-1])


def render_moved_page(show: Show, episode: Episode, *, former_slug: str) -> bytes:
    """The page at an address that an Episode had before: it leads to the one that it has now."""
    return _page("moved.html", f"episodes/{former_slug}/index.html", show=show, episode=episode)


def with_links_from(slug: str, page: bytes) -> bytes:
    """An Episode's ``page`` for another folder beside its own, which is that of ``slug``: the links to its files."""
    for attribute in ("href", "src"):
        # No text can look like this: quotation marks in it are escaped.
        page = page.replace(f'{attribute}="{slug}-'.encode(), f'{attribute}="../{slug}/{slug}-'.encode())
    return page


def render_report_page(show: Show, findings: Sequence[Finding], *, now: datetime) -> bytes:
    """The page of a check, `report.html` beside the feed: what each directory would say, and all Findings with cures.

    It brings its style with it, so that it can be handed on alone. Of each rule at most 50 Findings are listed.
    """
    return _page(
        "report.html",
        f"{show.feeds_folder}/report.html",
        show=show,
        verdicts=verdicts(findings),
        groups=grouped(findings, most=50),
        now=now,
        page_style=page_files()[STYLE].decode(),
    )


def page_files() -> dict[str, bytes]:
    """What all pages load: path relative to the web root -> content. To be written beside them."""
    static = files("pipeline.site") / "static"
    return {path: (static / posixpath.basename(path)).read_bytes() for path in (STYLE, SCRIPT)}


def _page(template: str, path: str, **values: object) -> bytes:
    """A template, filled; ``path`` is where the page will lie, and all its links are relative to that."""
    link = partial(_relative, page=path)
    constants = {"style": STYLE, "script": SCRIPT, "episode_page": _episode_page}
    return carried_text(_templates().get_template(template).render(**constants, **values, link=link)).encode()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Images of other servers are left out: a page asks nobody but its own.
    environment.tests["with_own_image"] = has_own_image
    environment.filters |= {
        "clock": clock,
        "date": _date,
        "fragment": _fragment,
        "megabytes": _megabytes,
        "moment": _moment,
        "seconds": _seconds,
        "site": _site,
        "web_address": web_address,
    }
    return environment


def _page_address(show: Show, sister: Show) -> str:
    """The way from the page of one show to that of another: short where both are at one address."""
    is_at_one = show.base_url.rstrip("/") == sister.base_url.rstrip("/")
    return _relative(sister.page_path, page=show.page_path) if is_at_one else sister.url(sister.page_path)


def _episode_page(episode: Episode) -> str:
    return f"episodes/{episode.slug}/index.html"


def _relative(path: str, *, page: str) -> str:
    """The way from a page to another file of the web root."""
    folder = posixpath.dirname(page)
    if path.partition("/")[0] == folder.partition("/")[0]:
        return quote(posixpath.relpath(path, folder))
    return "../" * (folder.count("/") + 1) + quote(path)  # the same, in a fifth of the time: a long show has thousands


def _date(moment: datetime) -> str:
    """``2 March 2026``."""
    day = moment.astimezone(UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _moment(moment: datetime) -> str:
    """``2026-03-02T06:00:00Z``, for machines."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _seconds(ms: int) -> str:
    """``61.25``: no more digits than it takes."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def _fragment(ms: int) -> str:
    """The name of a moment within the page. Source: W3C Media Fragments 1.0, section 4.2.1."""
    return f"t={_seconds(ms)}"


def _site(address: str) -> str:
    """``treaties.example`` for an address of it; the address where that cannot be told."""
    try:
        return unquote(urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return address


def _megabytes(length_bytes: int) -> str:
    return f"{length_bytes / 1_000_000:.1f} MB"
