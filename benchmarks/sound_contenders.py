"""Who is timed by bench_sound.py, and one round of all of them: each a whole process or pipe, run and checked in turn.

Nothing heavy may be imported here, as in contenders.py.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.articles import corrected, repeated
from benchmarks.contenders import (
    COLD,
    CORRECTED,
    UNCHANGED,
    Sound,
    audio_edition,
    check_speech,
    check_syntheses,
    found_show,
    paragraphs_of,
    run_script,
    sounds_of,
)
from benchmarks.piped import pipe
from benchmarks.results import Usage
from benchmarks.running import Run, run_pipe

PIPE = "bare pipe"
SCRIPTS = {"script, pyloudnorm": "pyloudnorm", "script, loudnorm twice": "loudnorm"}
OURS = (COLD, UNCHANGED, CORRECTED)

WORKERS = 2
TARGET_LUFS = -16.0  # as `[sound]` has it by default

#: Defaults everywhere, and no music: the others play none.
SETTINGS = """
title = "The Causeway Letter"
description = "Analyses of The Causeway Letter, read by a synthetic voice."
author = "The Causeway Letter"
default_author = "The Causeway Letter"
email = "audio@causeway-letter.example"
base_url = "https://audio.causeway-letter.example"
link = "https://causeway-letter.example"
categories = ["News"]
[music]
intro = ""
outro = ""
bed = ""
bump = ""
"""


class Job(Struct, frozen=True, kw_only=True):
    """What every contender is given: an article with its body ``copies`` times, and in ``words`` what it says.

    ``suffix`` tells the form of the article, ``options`` are those that our command needs for it. The straightforward
    script is left out unless ``has_scripts``.
    """

    copies: int
    article: str
    suffix: str
    options: tuple[str, ...]
    words: Path
    has_scripts: bool


class Made(Struct, frozen=True, kw_only=True):
    """One contender's run, and the file that came of it."""

    run: Run
    file: Path


class Round(Struct, frozen=True, kw_only=True):
    """Every contender once, by name. ``sounds`` and ``lufs`` (integrated loudness) hold what was measured of them."""

    usages: dict[str, Usage]
    sounds: dict[str, Sound]
    lufs: dict[str, float]


def prepare(path: Path, copies: int, *, options: tuple[str, ...], folder: Path, has_scripts: bool) -> Job:
    """The job of so many copies of the article ``path``; what it says is written into ``folder``."""
    text = path.read_text(encoding="utf-8")
    article = repeated(text, copies) if copies > 1 else text
    show = folder / f"script of {copies}"
    source = found_show(show, article, settings=SETTINGS, suffix=path.suffix)
    words = folder / f"words of {copies}.txt"
    words.write_text("\n\n".join(paragraphs_of(source, show=show, options=options)), encoding="utf-8")
    return Job(
        copies=copies, article=article, suffix=path.suffix, options=options, words=words, has_scripts=has_scripts
    )


def run_round(job: Job, *, folder: Path, is_backward: bool, is_checked: bool) -> Round:
    """Each contender once, one after the other, in the other direction where ``is_backward``.

    Raises SystemExit where a process fails or a result is not what it must be.
    """
    turns: list[Callable[[Job, Path], dict[str, Made]]] = [_pipe, _ours]
    if job.has_scripts:
        turns.insert(1, _scripts)
    made: dict[str, Made] = {}
    for turn in reversed(turns) if is_backward else turns:
        made.update(turn(job, folder))
    check_syntheses({name: one.run for name, one in made.items()})
    names = [name for name in (PIPE, *SCRIPTS, *OURS) if name in made]
    files = [made[name].file for name in names]
    sounds = dict(zip(names, sounds_of(files), strict=True)) if is_checked else {}
    check_speech(sounds, against=PIPE)
    # Whole files at 76 MB a minute: longer ones than a single article do not fit.
    lufs = dict(zip(names, _lufs(files), strict=True)) if is_checked and job.copies == 1 else {}
    return Round(usages={name: made[name].run.usage for name in names}, sounds=sounds, lufs=lufs)


def _pipe(job: Job, folder: Path) -> dict[str, Made]:
    out = folder / "pipe.mp3"
    return {PIPE: Made(run=run_pipe(pipe(job.words, out)), file=out)}


def _scripts(job: Job, folder: Path) -> dict[str, Made]:
    outs = {name: folder / f"{way}.mp3" for name, way in SCRIPTS.items()}
    return {
        name: Made(run=run_script("pydub_script", job.words, outs[name], way), file=outs[name])
        for name, way in SCRIPTS.items()
    }


def _ours(job: Job, folder: Path) -> dict[str, Made]:
    """Into an empty cache, then the same again, then with one word corrected."""
    show = folder / "show"
    source = found_show(show, job.article, settings=SETTINGS, suffix=job.suffix)
    made = {}
    for name in OURS:
        if name is CORRECTED:
            source.write_text(corrected(job.article), encoding="utf-8")
        run = audio_edition("episode", *job.options, "--jobs", WORKERS, "--quiet", "--json", "--show", show, source)
        (built,) = show.glob("episodes/*/*.mp3")
        made[name] = Made(run=run, file=Path(shutil.copy(built, folder / f"{name}.mp3")))
    return made


def _lufs(files: list[Path]) -> list[float]:
    return msgspec.json.decode(run_script("metering", *files).said, type=list[float])
