"""Inside the project: the other shows of the folder, as one of them tells of them."""

from pathlib import Path

import msgspec

from pipeline.errors import ConfigError
from pipeline.model import MAIN_SHOW, EditionSettings, LanguageEdition, Show
from pipeline.project.folder import Project, settings_file_of
from pipeline.project.names import require_show, show_names
from pipeline.project.secrecy import known_token
from pipeline.project.settings import load_show_settings, require_web_address


def read_show(root: Path, name: str) -> Show:
    """The show of that name as its file and its ledger say, without the editions in other languages.

    Raises:
        ConfigError: there is none, or its file has a slip in it.
    """
    require_show(root, name)
    settings = load_show_settings(settings_file_of(root, name))
    token = known_token(root, name, is_private=settings.feed.is_private)
    return Show(**msgspec.structs.asdict(settings), name=name, token=token)


def shows_beside(project: Project, *, is_private_too: bool = False) -> tuple[Show, ...]:
    """The other shows of the folder, the main one first; private ones only for the publisher's own eyes.

    Raises:
        ConfigError: the file of one of them has a slip in it.
    """
    names = (name for name in ("", *show_names(project.root)) if name != project.name)
    shows = (read_show(project.root, name) for name in names)
    return tuple(show for show in shows if is_private_too or not show.feed.is_private)


def with_editions(root: Path, show: Show) -> Show:
    """The ``show`` with the addresses of its editions in other languages.

    Raises:
        ConfigError: one is nowhere, is the show itself, or is private where the show is not.
    """
    found = tuple(_language_edition(edition, root=root, show=show) for edition in show.editions)
    return msgspec.structs.replace(show, language_editions=found)


def _language_edition(edition: EditionSettings, *, root: Path, show: Show) -> LanguageEdition:
    path = root / show.settings_file
    if bool(edition.show) == bool(edition.url):
        cure = f'give it show = "NAME" for one of this folder ("{MAIN_SHOW}": show.toml), or url = "https://..."'
        raise ConfigError(f"the edition in {edition.language} needs one place", cure=cure, path=path)
    if edition.url:
        for key in ("url", "page_url"):
            if value := getattr(edition, key):
                require_web_address(path, value, key=key)
        return LanguageEdition(language=edition.language, feed_url=edition.url, page_url=edition.page_url)
    name = "" if edition.show == MAIN_SHOW else edition.show
    if name == show.name:
        raise ConfigError(f"the edition in {edition.language} is this show itself", cure="name another", path=path)
    other = read_show(root, name)
    _require_tellable(show, other, path=path)
    return LanguageEdition(
        language=edition.language, feed_url=other.feed_url, title=other.title, page_url=other.url(other.page_path)
    )


def _require_tellable(show: Show, other: Show, *, path: Path) -> None:
    if not other.feed.is_private:
        return
    if not show.feed.is_private:
        raise ConfigError(
            f"the edition “{other.called}” is private, and this show would tell everybody where it is",
            cure="take it out of [[editions]]",
            path=path,
        )
    if not other.token:
        cure = f"build it first: audio-edition feed --show {other.settings_file}"
        raise ConfigError(f"the private edition “{other.called}” has no address yet", cure=cure, path=path)
