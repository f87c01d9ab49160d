"""Floor 4: what an editor should look at before anything is spoken: hard names, doubtful readings, copy queries.

The rules are the language pack's. Here they are given what is not pure: the pronouncing dictionary, and the engine,
which is asked in one Session how its voice would say every suspect. Where nothing asks for a review, neither is loaded.
"""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from pipeline.casting import Cast
from pipeline.engines import Engine
from pipeline.engines.notation import render
from pipeline.errors import ScriptError
from pipeline.languages import find_pack
from pipeline.model import (
    Article,
    Doubt,
    HardName,
    Lexicon,
    LexiconEntry,
    Review,
    Role,
    Script,
    SpokenForm,
    Utterance,
)
from pipeline.narration import missing_clips
from pipeline.project import Project
from pipeline.pronouncing import english_dictionary
from pipeline.text.lexicon import lexicon_edits
from pipeline.text.pack import LanguagePack


class Checked(Struct, frozen=True, kw_only=True):
    """What `lexicon check` says of one article.

    ``used`` are the entries of the lexicon whose names it holds. Of its ``utterances`` the cache lacks ``unspoken``:
    as many would be spoken if it were built now.
    """

    title: str
    hard_names: tuple[HardName, ...]
    used: tuple[LexiconEntry, ...]
    utterances: int
    unspoken: int


#: What is a numeral after one name is none after another: no entry can say it right everywhere.
_NUMERALS = "Roman numeral"
#: As many names as fit into one line of an error.
_MOST_NAMED = 5


def review(  # noqa: PLR0917 - the three values that it reviews, in the order of the stages
    project: Project, article: Article, script: Script, *, cast: Cast
) -> Review:
    """All of it for ``script``, each in the order of the text.

    Raises:
        EngineError: and its children, from the engine.
        ScriptError: there are no rules for the article's language.
    """
    pack = find_pack(article.language)
    return Review(
        hard_names=_hard_names(project, script, pack=pack, cast=cast),
        doubts=doubts_of(script),
        copy_queries=pack.copy_queries(article),
    )


def require_reviewed_names(project: Project, article: Article, *, script: Script, cast: Cast) -> None:
    """Nothing, if the show does not ask for it or every hard name of ``script`` has a reviewed entry in lexicon.toml.

    Raises:
        ScriptError: there are names that nobody has listened to.
        EngineError: and its children, from the engine.
    """
    if project.show.names != "require":
        return
    pack = find_pack(article.language)
    names = _hard_names(project, script, pack=pack, cast=cast)
    if names:
        raise ScriptError(
            f"in “{script.title}” {unreviewed(names)}",
            cure='`audio-edition lexicon check` lists them with the lines to paste; or set names = "warn" in show.toml',
        )


def check_names(project: Project, article: Article, *, script: Script, cast: Cast) -> Checked:
    """The hard names of ``script``, the entries that it uses, and what an edit of the lexicon would speak again.

    Raises:
        EngineError: and its children, from the engine.
        ScriptError: there are no rules for the article's language.
    """
    unspoken = missing_clips(
        script, cast.voice, engine=cast.engine, store=project.store, second_voice=cast.second_voice
    )
    return Checked(
        title=script.title,
        hard_names=_hard_names(project, script, pack=find_pack(article.language), cast=cast),
        used=used_entries(project.lexicon, script),
        utterances=len(script.utterances),
        unspoken=len(unspoken),
    )


def unreviewed(names: Sequence[HardName]) -> str:
    """How many names nobody has listened to and the first of them, for one line: "2 names ... : Kyiv, Lviv"."""
    first = ", ".join(name.name for name in names[:_MOST_NAMED])
    are = "1 name has" if len(names) == 1 else f"{len(names)} names have"
    return f"{are} no reviewed entry in lexicon.toml: {first}{' ...' if len(names) > _MOST_NAMED else ''}"


def doubts_of(script: Script) -> tuple[Doubt, ...]:
    """The readings that another reader might not have chosen, in the order of the text, each of them once."""
    first: dict[tuple[str, str, str], Doubt] = {}
    count: Counter[tuple[str, str, str]] = Counter()
    for utterance in script.utterances:
        for form in utterance.forms:
            if form.confidence < 1:
                doubt = _doubt(form, utterance)
                key = (doubt.display, doubt.spoken, doubt.rule)
                first.setdefault(key, doubt)
                count[key] += 1
    return tuple(msgspec.structs.replace(doubt, count=count[key]) for key, doubt in first.items())


def used_entries(lexicon: Lexicon, script: Script) -> tuple[LexiconEntry, ...]:
    """The entries whose names ``script`` holds, in the order of the lexicon."""
    text = "\n".join(utterance.display for utterance in script.utterances)
    folded = text.casefold()
    return tuple(
        entry
        for entry in lexicon.entries
        # Looking for the first letters first spares most entries a pattern of their own.
        if entry.grapheme.split("'")[0].split("’")[0].split(" ")[0].casefold() in folded
        and lexicon_edits(
            text, Lexicon(entries=(entry,)), language=script.language, say_capitals=lambda capitals: capitals.written
        )
    )


def _hard_names(project: Project, script: Script, *, pack: LanguagePack, cast: Cast) -> tuple[HardName, ...]:
    dictionary = _dictionary(pack)
    suspects = pack.suspects(script, project.lexicon, dictionary=dictionary)
    ipa = _ipa(project, [suspect.name for suspect in suspects], script=script, cast=cast)
    return pack.hard_names(suspects, ipa, dictionary=dictionary)


def _dictionary(pack: LanguagePack) -> Mapping[str, tuple[str, ...]]:
    """The dictionary of the pack's language; a language of others' has none here."""
    return english_dictionary() if pack.primary == "en" else {}


def _ipa(project: Project, names: Sequence[str], *, script: Script, cast: Cast) -> dict[str, str]:
    """How the voice would say each name, by the rules and the lexicon: the sound that listeners would get.

    "" where nobody can tell: an engine of the network is not asked by who only looks.
    """
    if not names or cast.engine.capabilities.is_network:
        return dict.fromkeys(names, "")
    texts = [_as_spoken(project, name, language=script.language, engine=cast.engine) for name in names]
    session = cast.engine.open(cast.voice)
    try:
        return dict(zip(names, session.phonemes(texts), strict=True))
    finally:
        session.close()


def _as_spoken(project: Project, name: str, *, language: str, engine: Engine) -> str:
    spoken = find_pack(language).speak(name, language=language, lexicon=project.lexicon)
    alone = Utterance(display=name, spoken=spoken.text, forms=spoken.forms, role=Role.BODY, pause_after_ms=0)
    return render(alone, engine.capabilities.notation, language=language).text


def _doubt(form: SpokenForm, utterance: Utterance) -> Doubt:
    display = utterance.display[form.start : form.end]
    spoken = utterance.spoken[form.spoken_start : form.spoken_end]
    return Doubt(
        display=display,
        spoken=spoken,
        rule=form.rule,
        confidence=form.confidence,
        sentence=utterance.display,
        override=_override(display, spoken, rule=form.rule),
    )


def _override(display: str, spoken: str, *, rule: str) -> str:
    """How to have it said otherwise. An entry of the lexicon holds everywhere: right for words, wrong for figures."""
    if not any(map(str.isalnum, spoken)):
        return "if it is to be heard as something else than a pause, write it in words in the article"
    written_out = f"write it out in the article, e.g. “{' '.join(spoken.split())}”, as it should be said"
    name = display.strip().removesuffix("’s").removesuffix("'s")
    if rule == _NUMERALS or not name.strip(" .-").replace(".", "").isalpha():
        return written_out
    return f'audio-edition lexicon add {shlex.quote(name)} "SAY" says it so everywhere; or {written_out}'
