"""`audio-edition script`: what will be said and what not, before a second of sound is made."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.model import Article, Script, Utterance
    from pipeline.project import Project
    from pipeline.sources import Source


@click.command()
@click.argument("source")
@click.option("--published", default="", metavar="DATE", help="Date of the article (2026-03-01), if it names none.")
@click.option("--author", default="", metavar="NAME", help="Byline of the article, if it names none.")
@click.option("--json", "as_json", is_flag=True, help="Print it all as JSON.")
@click.option("--allow-private", is_flag=True, help="The address may be one of your own network.")
@show_option
def script(source: str, folder: Path | None, **options: Any) -> None:
    """Show what will be said of an article, sentence by sentence, and what will not, and why.

    SOURCE is a file (Markdown, plain text, a web page, Word, an EPUB of one chapter) or the address of a page.
    Underneath a sentence stands what the voice is given, wherever that differs; add names to lexicon.toml to change
    it. At the end come readings to look at, and everything that listeners will not hear. Nothing is built.
    """
    from pipeline.proof import doubts, proof_text
    from pipeline.workflow import Order, read_and_write_script

    project = project_at(folder, sources=[Path(source)])
    fetched = _fetched(project, source, is_private_allowed=options["allow_private"])
    order = Order(
        source=fetched.path if fetched else Path(source),
        fetched=fetched,
        now=utc_now(),
        published=options["published"],
        author=options["author"],
    )
    article, written = read_and_write_script(project, order)
    if options["as_json"]:
        print_json(_as_json(article, written))
        return
    click.echo(proof_text(article, written), nl=False)
    if found := doubts(written):
        click.echo("\nReadings to look at\n")
        for utterance, display, spoken, rule in found:
            click.echo(f"{display} -> {spoken} ({rule})\n{'':>22}{utterance.display}")


def _fetched(project: "Project", source: str, *, is_private_allowed: bool) -> "Source | None":
    """What came from an address; None for a file. Only then the library for the web is loaded."""
    if "://" not in source:
        return None
    from pipeline.importing import open_source

    return open_source(project, source, is_private_allowed=is_private_allowed)


def _as_json(article: "Article", written: "Script") -> dict[str, object]:
    from pipeline.proof import doubts

    return {
        "title": written.title,
        "utterances": [_utterance_as_json(utterance) for utterance in written.utterances],
        "doubts": [
            {"display": display, "spoken": spoken, "rule": rule, "sentence": utterance.display}
            for utterance, display, spoken, rule in doubts(written)
        ],
        "fates": [
            {
                "kind": block.kind.value,
                "fate": block.fate.kind.value,
                "reason": block.fate.reason,
                "said": block.fate.said,
                "text": block.text,
            }
            for block in article.blocks
        ],
    }


def _utterance_as_json(utterance: "Utterance") -> dict[str, object]:
    return {
        "display": utterance.display,
        "spoken": utterance.spoken,
        "role": utterance.role.value,
        "paragraph": utterance.paragraph,
        "spans": [
            {
                "start": form.start,
                "end": form.end,
                "display": utterance.display[form.start : form.end],
                "spoken": utterance.spoken[form.spoken_start : form.spoken_end],
                "rule": form.rule,
                "confidence": form.confidence,
            }
            for form in utterance.forms
        ],
    }
