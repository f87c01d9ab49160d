"""Articles as an author writes them, read and scripted as in a build; when they are heard is made up."""

from pathlib import Path

from msgspec.structs import replace

from pipeline.model import Article, Lexicon, Placement, Script, Show, Timeline
from pipeline.scripting import write_script
from pipeline.sources import Given, Source
from pipeline.sources.reading import read_article
from tests.samples import SHOW

RATE = 1000
SECONDS_A_WORD = 0.4
GIVEN = Given(
    remembered_published="2026-03-02",
    default_author="Ines Calder",
    language="en-GB",
    publish_time="06:00",
    show_title=SHOW.title,
)


def read(text: str, folder: Path, *, show: Show = SHOW) -> tuple[Article, Script, Timeline]:
    """The Article that ``text`` is as a Markdown file, its Script, and a Timeline of 0.4 seconds a word."""
    path = folder / "quay.md"
    path.write_text(text, encoding="utf-8")
    article = read_article(Source(path=path, name=path.name), replace(GIVEN, reading=show.reading))
    script = write_script(article, show, Lexicon())
    return article, script, timeline_of(script)


def timeline_of(script: Script) -> Timeline:
    """0.4 seconds a word, and the pauses that the Script asks for."""
    placements, at = [], 300
    for number, utterance in enumerate(script.utterances):
        length = round(len(utterance.display.split()) * SECONDS_A_WORD * RATE)
        placements.append(Placement(utterance=number, start=at, length=length))
        at += length + utterance.pause_after_ms
    return Timeline(sample_rate=RATE, length=at, placements=tuple(placements))
