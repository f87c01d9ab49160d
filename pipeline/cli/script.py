"""`audio-edition script`: what will be said and what not, before a second of sound is made."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import counted, print_json, project_at, script_order, show_option, voice_choice, voice_options

if TYPE_CHECKING:
    from pipeline.model import Article, Review, Script, Utterance


@click.command()
@click.argument("source")
@click.option(
    "--proof", "is_proof", is_flag=True, help="Only prove that everything written is said, once and in order."
)
@click.option("--published", default="", metavar="DATE", help="Date of the article (2026-03-01), if it names none.")
@click.option("--author", default="", metavar="NAME", help="Byline of the article, if it names none.")
@click.option("--json", "as_json", is_flag=True, help="Print it all as JSON.")
@click.option("--allow-private", is_flag=True, help="The address may be one of your own network.")
@voice_options
@show_option
def script(source: str, folder: Path | None, **options: Any) -> None:
    """Show what will be said of an article, sentence by sentence, and what will not, and why.

    SOURCE is a file (Markdown, plain text, a web page, Word, an EPUB of one chapter) or the address of a page.
    In the margin of a sentence stands what the voice says differently. Then come the names that the voice may say
    wrong with the lines for lexicon.toml, the readings to look at, what a copy editor would ask, and everything that
    listeners will not hear. Nothing is built. docs/the-script.md explains each part, and the JSON.

    \b
    audio-edition script seeds/my-article.md          to read before a build
    audio-edition script seeds/my-article.md --proof  to prove that no sentence is skipped, doubled or changed
    """
    from pipeline.galley import galley
    from pipeline.workflow import read_and_write_script, review_script

    project = project_at(folder, sources=[Path(source)])
    article, written = read_and_write_script(project, script_order(project, source, options=options))
    if options["is_proof"]:
        _tell_proof(article, written, as_json=options["as_json"])
        return
    review = review_script(project, article, script=written, voice=voice_choice(options))
    if options["as_json"]:
        print_json(_as_json(article, written, review=review))
        return
    click.echo(galley(article, written, review=review), nl=False)


def _tell_proof(article: "Article", written: "Script", *, as_json: bool) -> None:
    """What the proof covered; where it fails, writing the script has said so already."""
    spoken = [block for block in article.blocks if block.is_spoken]
    covered = {
        "utterances": len(written.utterances),
        "blocks": len(spoken),
        "characters": sum(len(block.text) for block in spoken),
        "spoken_forms": sum(len(utterance.forms) for utterance in written.utterances),
    }
    if as_json:
        print_json({"title": written.title, "proof": covered})
        return
    click.echo(
        f"Proved: {counted(covered['characters'], 'character')} of {counted(covered['blocks'], 'block')} are said once "
        f"and in order, in {counted(covered['utterances'], 'utterance')} with "
        f"{counted(covered['spoken_forms'], 'spoken form')}."
    )


def _as_json(article: "Article", written: "Script", *, review: "Review") -> dict[str, object]:
    import msgspec

    return {
        "title": written.title,
        "utterances": [_utterance_as_json(utterance) for utterance in written.utterances],
        **msgspec.to_builtins(review),
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
        "speaker": utterance.speaker,
        "is_second_voice": utterance.is_second_voice,
        "spans": [
            {
                "start": form.start,
                "end": form.end,
                "display": utterance.display[form.start : form.end],
                "spoken": utterance.spoken[form.spoken_start : form.spoken_end],
                "rule": form.rule,
                "confidence": form.confidence,
                "ipa": form.ipa,
            }
            for form in utterance.forms
        ],
    }
