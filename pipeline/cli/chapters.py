"""`audio-edition chapters`: where the chapters would begin, as front matter to paste and edit."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import (
    print_json,
    print_warning,
    progress_on_terminal,
    project_at,
    script_order,
    show_option,
    voice_options,
)
from pipeline.cli.spending import Purse
from pipeline.patterns import regex

if TYPE_CHECKING:
    from pipeline.progress import Progress
    from pipeline.project import Project
    from pipeline.proposing import Outline, OutlinedChapter
    from pipeline.workshop import Workshop

#: What YAML cannot hold as it is, or would read as the end of a line, and JSON leaves alone.
#: Source: YAML 1.1, section 5.1 (c-printable) and 5.4 (b-char).
_NOT_YAML = regex("[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

#: Front matter opens with its fence; a few blank lines may stand before it.
_OPENING_BYTES = 1024
_WITHOUT_FRONT_MATTER = regex(r"\.(?:x?html?|xht|doc[xm]|dotx|epub)$", re.IGNORECASE)

#: Comments stand below each other as far as the values before them leave room.
_MOST_INDENT = 60

_ORIGINS = {
    "author": "From the front matter of the article.",
    "heading": "From the headings of the article.",
    "auto": "A proposal from the text: read it, edit it, then paste it between the --- lines above the article.",
}


@click.command()
@click.argument("source")
@click.option("--propose", "is_afresh", is_flag=True, help="Propose from the text, whatever chapters the article has.")
@click.option("--exact", "is_exact", is_flag=True, help="Speak what is not spoken yet, so that the times are exact.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), show_default=True, help="Workers for --exact.")
@click.option("--published", default="", metavar="DATE", help="Date of the article (2026-03-01), if it names none.")
@click.option("--author", default="", metavar="NAME", help="Byline of the article, if it names none.")
@click.option("--json", "as_json", is_flag=True, help="Print the chapters as JSON.")
@click.option("--allow-private", is_flag=True, help="The address may be one of your own network.")
@click.option("--yes", "is_agreed", is_flag=True, help="With --exact: do not ask above the limits of [spending].")
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@voice_options
@show_option
def chapters(source: str, folder: Path | None, **options: Any) -> None:
    """Print the chapters of an article as front matter to paste and edit.

    SOURCE is a file or an address, as for `audio-edition script`. The chapters are those that a build would find: the
    article's own, else its headings, else a proposal from the text. Each comes with the time at which it starts and its
    first words. Once they stand between the --- lines above the article they are yours:

    \b
      chapters:
        - at: 0                                  # the start of the episode
          title: "The fee at Vael"
        - at: "The underwriters in Corvel"       # words with which a paragraph or sentence begins
          title: "Insurers before admirals"
          link: "https://example.org/tariffs"    # optional, and so is image
        - at: 9                                  # or the number of a paragraph
          title: "What ends it"

    Nothing is built. docs/chapters.md has the rules, and the JSON.

    \b
    audio-edition chapters seeds/my-article.md             what a build would make of it
    audio-edition chapters seeds/my-article.md --propose   what the text suggests, headings or not
    audio-edition chapters seeds/my-article.md --exact     with times to the millisecond; a build finds the sound
    """
    from pipeline.proposing import outline

    project = project_at(folder, sources=[Path(source)])
    order = script_order(project, source, options=options)
    with closing(progress_on_terminal(is_quiet=options["quiet"])) as progress:
        workshop = _workshop(project, progress, options=options) if options["is_exact"] else None
        found = outline(project, order, is_afresh=options["is_afresh"], workshop=workshop)
    _tell(found, order.source, is_quiet=options["quiet"])
    if options["as_json"]:
        print_json({"chapters": found.chapters, "is_exact": found.is_exact})
    elif found.chapters:
        write = _toml if _is_toml(order.source) else _yaml
        click.echo("\n".join(write(found)))


def _workshop(project: "Project", progress: "Progress", *, options: dict[str, Any]) -> "Workshop":
    from pipeline.workshop import Workshop

    purse = Purse(project.show.spending, is_agreed=options["is_agreed"], is_quiet=options["quiet"])
    return Workshop(store=project.store, workers=options["jobs"], progress=progress, consent=purse)


def _is_toml(source: Path) -> bool:
    """Whether the article has its front matter between `+++` lines."""
    if not source.is_file():
        return False
    with source.open("rb") as file:
        return file.read(_OPENING_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"+++")


def _tell(found: "Outline", source: Path, *, is_quiet: bool) -> None:
    """What the chapters themselves do not say."""
    if found.warning:
        print_warning(found.warning)
    if is_quiet:
        return
    if not found.chapters:
        click.echo(f"no chapters: {found.reason}", err=True)
        return
    if _WITHOUT_FRONT_MATTER.search(source.name):
        click.echo("only Markdown and plain text have a front matter to paste into: audio-edition import it", err=True)
    if not found.is_exact:
        click.echo("times are estimates until the episode has been built; --exact speaks what is missing", err=True)


def _toml(found: "Outline") -> Iterator[str]:
    """TOML, line by line: a string of JSON is one of TOML too, with the same exceptions as for YAML."""
    yield f"# {_heading(found)}"
    for chapter in found.chapters:
        time = _time(chapter, is_exact=found.is_exact)
        if chapter.at is None:
            yield f"# {time}  {chapter.title}: this one comes by itself"
            continue
        yield f"[[chapters]]  # {time}  {_printable(chapter.first_words)}"
        yield f"at = {yaml_text(chapter.at) if isinstance(chapter.at, str) else chapter.at}"
        yield f"title = {yaml_text(chapter.title)}" + ("  # auto" if chapter.origin.value == "auto" else "")
        yield from (
            f"{key} = {yaml_text(one)}" for key, one in (("link", chapter.link), ("image", chapter.image)) if one
        )


def _yaml(found: "Outline") -> Iterator[str]:
    """YAML, line by line; what is no part of it stands in comments."""
    marked = [chapter for chapter in found.chapters if chapter.at is not None]
    lines = [line for chapter in marked for line in _lines(chapter, is_exact=found.is_exact)]
    indent = max(len(value) for value, _ in lines if len(value) <= _MOST_INDENT)
    yield f"# {_heading(found)}"
    yield "chapters:"
    yield from (f"{value:<{indent}}  # {comment}" if comment else value for value, comment in lines)
    for chapter in found.chapters[len(marked) :]:
        yield f"# {_time(chapter, is_exact=found.is_exact)}  {chapter.title}: this one comes by itself"


def _heading(found: "Outline") -> str:
    """Where they come from: the first that is neither the opening nor the closing tells."""
    return next(_ORIGINS[chapter.origin.value] for chapter in found.chapters if chapter.origin.value in _ORIGINS)


def _lines(chapter: "OutlinedChapter", *, is_exact: bool) -> Iterator[tuple[str, str]]:
    """Each line of one item, and its comment."""
    at = yaml_text(chapter.at) if isinstance(chapter.at, str) else str(chapter.at)
    yield f"  - at: {at}", f"{_time(chapter, is_exact=is_exact)}  {_printable(chapter.first_words)}"
    yield f"    title: {yaml_text(chapter.title)}", "auto" if chapter.origin.value == "auto" else ""
    if chapter.link:
        yield f"    link: {yaml_text(chapter.link)}", ""
    if chapter.image:
        yield f"    image: {yaml_text(chapter.image)}", ""


def _time(chapter: "OutlinedChapter", *, is_exact: bool) -> str:
    from pipeline.units import clock

    return ("" if is_exact else "~") + clock(round(chapter.start_s * 1000))


def yaml_text(text: str) -> str:
    """``text`` as a YAML scalar that reads back exactly: a string of JSON is one, but for what YAML cannot hold."""
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _printable(text: str) -> str:
    """``text`` on one line of a comment."""
    return "".join(character for character in text if character.isprintable())
