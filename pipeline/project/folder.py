"""Inside the project: a show in its folder. Where everything of it lies, and one build at a time."""

import hashlib
import hmac
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from pipeline.errors import ConfigError
from pipeline.files import remove_leftovers
from pipeline.model import Lexicon, Show
from pipeline.store import Store

SHOW_FILE = "show.toml"
LEXICON_FILE = "lexicon.toml"
#: Where the settings of all shows but the main one lie.
SHOWS_FOLDER = "shows"

#: The digits of 4 bits that stand behind the slugs of a private show.
_SECRET_DIGITS = 16


class Project(Struct, frozen=True, kw_only=True):
    """A show: its folder, which it may share with others, and what its author wrote into it."""

    root: Path
    show: Show
    lexicon: Lexicon

    @property
    def name(self) -> str:
        """NAME for the show of shows/NAME.toml, "" for the main one."""
        return self.show.name

    @property
    def settings_path(self) -> Path:
        """Its show.toml, or the file of that kind."""
        return self.root / self.show.settings_file

    @property
    def store(self) -> Store:
        """The cache, shared by all shows of the folder: deletable as a whole."""
        return Store(self.root / ".cache")

    @property
    def seeds(self) -> Path:
        """Where the author keeps the articles; never written."""
        return seeds_of(self.root, self.name)

    @property
    def feeds(self) -> Path:
        """Where the feed, the page and the cover of the show are written."""
        return self.root / self.show.feeds_folder

    @property
    def feed_path(self) -> Path:
        """The feed."""
        return self.root / self.show.feed_path

    @property
    def show_ledger_path(self) -> Path:
        """The show's ledger of identity."""
        return ledger_of(self.root, self.name)

    @property
    def artwork_path(self) -> Path:
        """The cover as the author gives it."""
        return self.root / self.show.artwork

    def folder_of(self, slug: str) -> Path:
        """Everything that belongs to one episode."""
        return self.root / "episodes" / slug

    def episode_ledger_path(self, slug: str) -> Path:
        """The episode's ledger of identity."""
        return self.folder_of(slug) / "episode.json"

    def episode_ledger_paths(self) -> list[Path]:
        """The ledgers of every episode of every show in the folder, by slug."""
        return sorted(self.root.glob("episodes/*/episode.json"))

    def source_name(self, source: Path) -> str:
        """How the ledgers name an article's file: from the show's folder, the same on every machine."""
        return Path(os.path.relpath(source.resolve(), self.root.resolve())).as_posix()

    def episode_slug(self, slug: str) -> str:
        """What an article's own slug becomes: itself, or for a private show one that nobody can guess.

        Always the same one for the same slug, and whoever knows some can make no other (RFC 2104, HMAC).
        """
        if not self.show.token or self._is_secret(slug):
            return slug
        return f"{slug}-{self._secret_of(slug)}"

    def _is_secret(self, slug: str) -> bool:
        stem, _, secret = slug.rpartition("-")
        return bool(stem) and hmac.compare_digest(secret, self._secret_of(stem))

    def _secret_of(self, slug: str) -> str:
        return hmac.new(self.show.token.encode(), slug.encode(), hashlib.sha256).hexdigest()[:_SECRET_DIGITS]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One build at a time in the folder; what a killed one left lying about is cleared away first.

        Raises:
            ConfigError: another build is at work, and which; or the folder cannot be written.
        """
        with locked(self.root):
            yield


def settings_file_of(root: Path, name: str) -> Path:
    """Where the settings of the show of that name lie."""
    return root / SHOWS_FOLDER / f"{name}.toml" if name else root / SHOW_FILE


def lexicon_file_of(root: Path, name: str) -> Path:
    """Where the show's own pronunciations lie; those of the main show are everybody's."""
    return root / (f"lexicon-{name}.toml" if name else LEXICON_FILE)


def seeds_of(root: Path, name: str) -> Path:
    """Where the articles of the show of that name lie."""
    return root / "seeds" / name if name else root / "seeds"


def ledger_of(root: Path, name: str) -> Path:
    """Where the show's ledger of identity lies: never below its token, which only the ledger knows."""
    return (root / "feeds" / name if name else root / "feeds") / "show.json"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """The lock of a folder of shows, see `Project.lock`."""
    owner = root / ".audio-edition.owner"
    lock = FileLock(root / ".audio-edition.lock", timeout=0)
    try:
        lock.acquire()
        owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
        for name in ("episodes", "feeds", "masters"):
            remove_leftovers(root / name)
    except Timeout as error:
        name = owner.read_text(encoding="utf-8") if owner.is_file() else "another process"
        raise ConfigError(
            f"{name} is building this show", cure="wait until it is done, or stop it", path=root
        ) from error
    except OSError as error:
        raise ConfigError(
            f"cannot be built in: {error.strerror or error}",
            cure="free the disk, or make the folder writable",
            path=root,
        ) from error
    try:
        yield
    finally:
        lock.release()
