"""Inside the project: which shows a folder holds, and whose an article is.

Beside the main show of show.toml there is one for each shows/NAME.toml. Names become folders and addresses.
"""

from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import MAIN_SHOW
from pipeline.patterns import regex
from pipeline.project.folder import SHOWS_FOLDER, seeds_of, settings_file_of

_NAME = regex(r"[a-z0-9]{1,30}(-[a-z0-9]{1,30}){0,3}")


def show_names(root: Path) -> tuple[str, ...]:
    """The names of all shows in the folder but the main one, in their order.

    Raises:
        ConfigError: a file of settings has a name that can stand in no address.
    """
    paths = sorted((root / SHOWS_FOLDER).glob("[!.]*.toml"))
    for path in paths:
        require_name(path.stem, path=path)
    return tuple(path.stem for path in paths)


def require_name(name: str, *, path: Path) -> None:
    """Nothing, if a show can be called so. Raises ConfigError with ``path`` if not."""
    if name == MAIN_SHOW or not _NAME.fullmatch(name):
        why = "stands for the show of show.toml" if name == MAIN_SHOW else "cannot stand in an address"
        raise ConfigError(f"“{name}” {why}", cure="name it with a-z, 0-9 and -, such as shows/economy.toml", path=path)


def require_show(root: Path, name: str) -> None:
    """Nothing, if there is a show of that name. Raises ConfigError that says which there are."""
    names = show_names(root)
    if name and name not in names:
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        known = f"there are: {', '.join(names)}" if names else f"there is none but that of {root / 'show.toml'}"
        cure = f'did you mean "{near[0]}"?' if near else f"{known}; make it with `audio-edition init --add {name}`"
        raise ConfigError(f"there is no show “{name}”", cure=cure, path=settings_file_of(root, name))


def name_of_source(root: Path, source: Path) -> str | None:
    """The name of the show in whose folder of articles ``source`` lies; None if it lies in none."""
    place = source.resolve()
    if not place.is_relative_to(seeds_of(root, "").resolve()):
        return None
    fitting = (name for name in show_names(root) if place.is_relative_to(seeds_of(root, name).resolve()))
    return next(fitting, "")
