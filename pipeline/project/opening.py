"""Inside the project: a show is found and opened, by its folder, by its file, or by where an article lies."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from pipeline.errors import ConfigError
from pipeline.model import MAIN_SHOW, Lexicon, LexiconEntry
from pipeline.project.beside import read_show, with_editions
from pipeline.project.folder import SHOW_FILE, SHOWS_FOLDER, Project, lexicon_file_of
from pipeline.project.names import name_of_source
from pipeline.project.secrecy import with_token
from pipeline.project.settings import load_lexicon


def find_root(start: Path) -> Path:
    """The folder that holds show.toml: ``start`` or the nearest one above it.

    Raises:
        ConfigError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SHOW_FILE).is_file():
            return folder
    raise ConfigError(
        f"there is no {SHOW_FILE} here or above",
        cure="make a show with `audio-edition init`, or name its folder with --show DIR",
        path=start,
    )


def open_project(root: Path, name: str = "") -> Project:
    """The show of that name in ``root``: the main one, or that of shows/NAME.toml.

    Raises:
        ConfigError: a file that does not parse, a key or a value that is not known, with its line; or no such show.
    """
    show = read_show(root, name)
    if show.feed.is_private:
        show = with_token(root, show)
    return Project(root=root, show=with_editions(root, show), lexicon=_lexicon(root, name))


def open_chosen(chosen: Path | None, *, sources: Sequence[Path] = ()) -> Project:
    """The show that is meant: ``chosen`` is its folder or its file; else the articles say it, else the current folder.

    Where a folder holds several shows, articles below seeds/NAME/ choose theirs, and nothing chooses the main one.

    Raises:
        ConfigError: there is no such show, or the articles are of different ones.
    """
    root = _root_around(sources) if chosen is None else _root_of(chosen)
    names = {name for source in sources if (name := name_of_source(root, source)) is not None}
    if chosen is not None and _is_file(chosen):
        own = "" if chosen.name == SHOW_FILE else chosen.stem
        _require_one(names | {own})
        return open_project(root, own)
    _require_one(names)
    return open_project(root, names.pop() if names else "")


def _is_file(chosen: Path) -> bool:
    return chosen.suffix == ".toml" and not chosen.is_dir()


def _root_of(chosen: Path) -> Path:
    folder = chosen.absolute().parent
    if not _is_file(chosen):
        root = chosen
    elif folder.name == SHOWS_FOLDER:
        root = folder.parent
    else:
        root = folder if chosen.name == SHOW_FILE else chosen  # no other file is a show's
    if not (root / SHOW_FILE).is_file():
        cure = f"name the folder of a show, or a file {SHOWS_FOLDER}/NAME.toml in it"
        raise ConfigError(f"there is no {SHOW_FILE} in it", cure=cure, path=chosen)
    return root


def _root_around(sources: Sequence[Path]) -> Path:
    around = {root for path in sources for root in path.resolve().parents if (root / SHOW_FILE).is_file()}
    if len(around) > 1:
        names = " and ".join(sorted(str(root) for root in around))
        raise ConfigError(f"the articles belong to different shows, {names}", cure="build them one show at a time")
    return around.pop() if around else find_root(Path())


def _require_one(names: Iterable[str]) -> None:
    told = sorted(name or MAIN_SHOW for name in names)
    if len(told) > 1:
        raise ConfigError(
            f"the articles belong to different shows of the folder, {' and '.join(told)}",
            cure="build them one show at a time; those of the show NAME lie in seeds/NAME/",
        )


def _lexicon(root: Path, name: str) -> Lexicon:
    """Everybody's pronunciations; the show's own take the place of those of the same name."""
    shared = load_lexicon(lexicon_file_of(root, ""))
    if not name:
        return shared
    own = load_lexicon(lexicon_file_of(root, name))
    named = {_key(entry) for entry in own.entries}
    kept = tuple(entry for entry in shared.entries if _key(entry) not in named)
    return msgspec.structs.replace(shared, entries=(*kept, *own.entries))


def _key(entry: LexiconEntry) -> tuple[str, str, bool]:
    return entry.grapheme, entry.language.lower(), entry.case
