"""Floor 2: what a person proof-reads before anything is spoken: the script, and what listeners will not hear. Pure."""

from pipeline.model import Article, Block, FateKind, Script, Utterance
from pipeline.scripting import render_script

_LONGEST_SHOWN = 90


def proof_text(article: Article, script: Script) -> str:
    """The whole `script.txt`: every Utterance, then every Block that is not spoken, with where it goes and why."""
    silent = unspoken(article)
    if not silent:
        return render_script(script)
    lines = [f"{block.fate.kind.value:<8} {block.kind.value:<12} {_shown(block)}\n" for block in silent]
    return render_script(script) + "\nNot spoken\n\n" + "".join(lines)


def unspoken(article: Article) -> tuple[Block, ...]:
    """The Blocks that listeners do not hear, in the order of the source."""
    return tuple(block for block in article.blocks if block.fate.kind is not FateKind.SPOKEN)


def doubts(script: Script) -> tuple[tuple[Utterance, str, str, str], ...]:
    """Readings an editor should look at: the Utterance, what is written, what is said, and the rule that chose it."""
    return tuple(
        (
            utterance,
            utterance.display[form.start : form.end],
            utterance.spoken[form.spoken_start : form.spoken_end],
            form.rule,
        )
        for utterance in script.utterances
        for form in utterance.forms
        if form.confidence < 1
    )


def _shown(block: Block) -> str:
    text = " ".join(block.text.split())
    text = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"{text}\n{'':>22}{block.fate.reason}"
