"""Who is timed: each a process of its own, run and checked in turn.

Nothing heavy may be imported here: a child's peak memory starts at that of the process it comes from.
"""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.articles import corrected
from benchmarks.results import Usage
from benchmarks.running import Run, run

STRAIGHTFORWARD, BARE = "straightforward", "bare"
COLD, UNCHANGED, CORRECTED = "ours, cold", "ours, nothing changed", "ours, one word corrected"
NAMES = (STRAIGHTFORWARD, BARE, COLD, UNCHANGED, CORRECTED)

_HERE = Path(__file__).parent
_SHOW_FILES = ("show.toml", "lexicon.toml", "cover.jpg")
_FURTHEST_OFF = 0.03


class Sound(Struct, frozen=True, array_like=True):
    """One file: seconds in all, and seconds in which the voice is heard."""

    length_s: float
    sounding_s: float


class Round(Struct, frozen=True, kw_only=True):
    """Every contender once, by name."""

    usages: dict[str, Usage]
    sounds: dict[str, Sound]


def run_round(article: str, words: Path, *, folder: Path) -> Round:
    """Each contender once, one after the other; every result is checked.

    Raises SystemExit where a process fails or a result is not what it must be.
    """
    runs: dict[str, Run] = {}
    files: dict[str, Path] = {}
    for name in (STRAIGHTFORWARD, BARE):
        files[name] = folder / f"{name}.mp3"
        runs[name] = run_script(name, words, files[name])
    cold, unchanged, mended = (folder / name for name in ("cold", "unchanged", "mended"))
    found_show(cold, article)
    for name, show in ((COLD, cold), (UNCHANGED, unchanged), (CORRECTED, mended)):
        if show is not cold:
            shutil.copytree(cold, show)
        if show is mended:
            article_of(show).write_text(corrected(article), encoding="utf-8")
        runs[name] = audio_edition("episode", "--quiet", "--json", "--show", show, article_of(show))
        (files[name],) = show.glob("episodes/*/*.mp3")
    sounds = dict(zip(NAMES, sounds_of([files[name] for name in NAMES]), strict=True))
    check_speech(sounds, against=STRAIGHTFORWARD)
    check_syntheses(runs)
    return Round(usages={name: runs[name].usage for name in NAMES}, sounds=sounds)


def found_show(folder: Path, article: str, *, settings: str = "", suffix: str = ".txt") -> Path:
    """A show in ``folder`` with one article and nothing built; the path of the article, which says its form by suffix.

    ``settings`` is the text of show.toml; "" takes the sample show's.
    """
    (folder / "seeds").mkdir(parents=True)
    for name in _SHOW_FILES:
        shutil.copy(_HERE.parent / name, folder)
    if settings:
        (folder / "show.toml").write_text(settings, encoding="utf-8")
    (folder / "seeds" / "article").with_suffix(suffix).write_text(article, encoding="utf-8")
    return article_of(folder)


def article_of(show: Path) -> Path:
    """The one article of a show made here."""
    (found,) = show.glob("seeds/*")
    return found


def spoken_paragraphs(article: str, *, folder: Path) -> list[str]:
    """What the episode of ``article`` says; the alternatives are given it, so that all speak the same words."""
    return paragraphs_of(found_show(folder, article), show=folder)


def paragraphs_of(source: Path, *, show: Path, options: Sequence[str] = ()) -> list[str]:
    """What the episode of the article ``source`` says, a paragraph each; ``options`` are those of the command."""
    utterances = json.loads(audio_edition("script", "--json", *options, "--show", show, source).said)["utterances"]
    paragraphs = groupby(utterances, key=lambda utterance: (utterance["role"], utterance["paragraph"]))
    return [" ".join(utterance["spoken"] for utterance in together) for _, together in paragraphs]


def time_stages(article: str, *, folder: Path) -> list[tuple[str, float]]:
    """The CPU seconds of each part of a cold build."""
    said = run_script("stages", folder, found_show(folder, article)).said
    return msgspec.json.decode(said, type=list[tuple[str, float]])


def sounds_of(files: Sequence[Path]) -> list[Sound]:
    """How long each file is heard."""
    return msgspec.json.decode(run_script("sounding", *files).said, type=list[Sound])


def run_script(name: str, *arguments: object) -> Run:
    """Run a script of this folder."""
    return run(sys.executable, _HERE / f"{name}.py", *arguments)


def audio_edition(*arguments: object) -> Run:
    """Run our command, of the environment that runs this."""
    return run(Path(sys.executable).with_name("audio-edition"), *arguments)


def check_speech(sounds: Mapping[str, Sound], *, against: str) -> None:
    """Raises SystemExit unless all speak for as long as ``against`` does."""
    expected_s = sounds[against].sounding_s
    for name, sound in sounds.items():
        if abs(sound.sounding_s / expected_s - 1) > _FURTHEST_OFF:
            sys.exit(f"{name} speaks for {sound.sounding_s:.0f} s, {against} for {expected_s:.0f} s")


def check_syntheses(runs: Mapping[str, Run]) -> None:
    """Raises SystemExit where ours spoke more, or less, than it should have. A long sentence is spoken in two parts."""
    for name, allowed in ((UNCHANGED, (0,)), (CORRECTED, (1, 2))):
        (made,) = json.loads(runs[name].said)["episodes"]
        if made["synthesised_utterances"] not in allowed:
            sys.exit(f"{name} spoke {made['synthesised_utterances']} utterances instead of {allowed[-1]}")
