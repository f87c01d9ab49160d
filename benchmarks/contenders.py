"""Who is timed: each a process of its own, run and checked in turn.

Nothing heavy may be imported here: a child's peak memory starts at that of the process it comes from.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
from msgspec import Struct

from benchmarks.articles import corrected
from benchmarks.results import Usage

STRAIGHTFORWARD, BARE = "straightforward", "bare"
COLD, UNCHANGED, CORRECTED = "ours, cold", "ours, nothing changed", "ours, one word corrected"
NAMES = (STRAIGHTFORWARD, BARE, COLD, UNCHANGED, CORRECTED)

_HERE = Path(__file__).parent
_SHOW_FILES = ("show.toml", "lexicon.toml", "cover.jpg")
_ARTICLE = "seeds/article.txt"
_FURTHEST_OFF = 0.03


class Run(Struct, frozen=True, kw_only=True):
    """One process that ended well."""

    usage: Usage
    said: str


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
        runs[name] = _run_script(name, words, files[name])
    cold, unchanged, mended = (folder / name for name in ("cold", "unchanged", "mended"))
    found_show(cold, article)
    for name, show in ((COLD, cold), (UNCHANGED, unchanged), (CORRECTED, mended)):
        if show is not cold:
            shutil.copytree(cold, show)
        if show is mended:
            (show / _ARTICLE).write_text(corrected(article), encoding="utf-8")
        runs[name] = _audio_edition("episode", "--quiet", "--json", "--show", show, show / _ARTICLE)
        (files[name],) = show.glob("episodes/*/*.mp3")
    sounds = dict(zip(NAMES, _sounds([files[name] for name in NAMES]), strict=True))
    _check(runs, sounds)
    return Round(usages={name: runs[name].usage for name in NAMES}, sounds=sounds)


def found_show(folder: Path, article: str) -> Path:
    """A show in ``folder`` with one article and nothing built; the path of the article."""
    (folder / "seeds").mkdir(parents=True)
    for name in _SHOW_FILES:
        shutil.copy(_HERE.parent / name, folder)
    (folder / _ARTICLE).write_text(article, encoding="utf-8")
    return folder / _ARTICLE


def spoken_paragraphs(article: str, *, folder: Path) -> list[str]:
    """What the episode of ``article`` says; the alternatives are given it, so that all speak the same words."""
    source = found_show(folder, article)
    utterances = json.loads(_audio_edition("script", "--json", "--show", folder, source).said)["utterances"]
    paragraphs = groupby(utterances, key=lambda utterance: (utterance["role"], utterance["paragraph"]))
    return [" ".join(utterance["spoken"] for utterance in together) for _, together in paragraphs]


def time_stages(article: str, *, folder: Path) -> list[tuple[str, float]]:
    """The CPU seconds of each part of a cold build."""
    said = _run_script("stages", folder, found_show(folder, article)).said
    return msgspec.json.decode(said, type=list[tuple[str, float]])


def _sounds(files: list[Path]) -> list[Sound]:
    return msgspec.json.decode(_run_script("sounding", *files).said, type=list[Sound])


def _run_script(name: str, *arguments: Path) -> Run:
    return _run(sys.executable, _HERE / f"{name}.py", *arguments)


def _audio_edition(*arguments: object) -> Run:
    return _run(Path(sys.executable).with_name("audio-edition"), *arguments)


def _run(*command: object) -> Run:
    """Run a process to its end; its children count as far as it waited for them, as ours does."""
    with TemporaryFile("w+", encoding="utf-8") as printed:
        start_s = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=printed)
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - start_s
        printed.seek(0)
        said = printed.read()
    process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for here, not by subprocess
    if process.returncode != 0:
        sys.exit(f"status {process.returncode}: {' '.join(str(word) for word in command)}")
    bytes_a_unit = 1 if sys.platform == "darwin" else 1024
    usage = Usage(cpu_s=used.ru_utime + used.ru_stime, wall_s=wall_s, peak_mb=used.ru_maxrss * bytes_a_unit / 1e6)
    return Run(usage=usage, said=said)


def _check(runs: dict[str, Run], sounds: dict[str, Sound]) -> None:
    """The same speech from all of them, and from ours no more synthesis than there should be."""
    expected_s = sounds[STRAIGHTFORWARD].sounding_s
    for name, sound in sounds.items():
        if abs(sound.sounding_s / expected_s - 1) > _FURTHEST_OFF:
            sys.exit(f"{name} speaks for {sound.sounding_s:.0f} s, {STRAIGHTFORWARD} for {expected_s:.0f} s")
    for name, allowed in ((UNCHANGED, 0), (CORRECTED, 1)):
        (made,) = json.loads(runs[name].said)["episodes"]
        if made["synthesised_utterances"] != allowed:
            sys.exit(f"{name} spoke {made['synthesised_utterances']} utterances instead of {allowed}")
