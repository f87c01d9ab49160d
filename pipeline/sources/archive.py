"""Floor 3, sources: a zip archive, looked over before anything in it is unpacked. DOCX, EPUB and exports are such.

Nothing is ever written to disk, and no size that the archive states is believed: bytes are counted while they come.
"""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import SourceError

#: Word files have some 20 members, books some hundreds, and the export of a newsletter with all its posts, mail logs
#: and pictures many thousands. Every member costs a few hundred bytes and microseconds, whether it is read or not.
MOST_MEMBERS = 20_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 100
#: Small members may be packed better than that: a table of contents of nothing but tags often is.
RATIO_COUNTS_FROM = 1_000_000
#: The list of members of an archive, which `zipfile` reads in one go: 20,000 with names of 350 characters.
LONGEST_LIST = 8_000_000
MOST_BYTES = 10_000_000
CHUNK = 64 * 1024

METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED, UTF8_NAME = 0x1, 0x800
SYMBOLIC_LINK = 0o120000
LOCAL_HEADER = 30
#: What macOS adds beside each file: never what the file is.
FORKS = "__MACOSX/"

NOT_A_ZIP = "is no zip archive, or only a part of one"
DAMAGED = "download or export it again"
PACK_AGAIN = "unpack it, look at what is in it, and pack the files again with an ordinary zip program"


class Archive:
    """An open zip archive whose members are safe to read.

    Attributes: ``path`` (Path) and ``names``, the members that are files, in order, in NFC, `/` between folders.
    """

    def __init__(self, path: Path, *, file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self.path = path
        self.names = tuple(members)
        self._file = file
        self._members = members

    def __contains__(self, name: object) -> bool:
        """Whether there is a member of that name."""
        return name in self._members

    def read(self, name: str, *, most_bytes: int = MOST_BYTES) -> bytes:
        """All bytes of a member.

        Raises:
            SourceError: there is none of that name, it is damaged, or it unpacks to more than ``most_bytes``.
        """
        with self.open(name, most_bytes=most_bytes) as stream:
            return stream.read()

    def open(self, name: str, *, most_bytes: int = MOST_UNPACKED) -> io.BufferedReader:
        """The bytes of a member as a stream, for what is too large to hold. The errors of `read` come while reading.

        Raises:
            SourceError: there is none of that name.
        """
        info = self._members.get(name)
        if info is None:
            raise SourceError(f"has no {name} in it", cure=DAMAGED, path=self.path)
        if info.compress_type not in METHODS:
            raise SourceError(f"{name} in it is packed in a way that is not read", cure=PACK_AGAIN, path=self.path)
        with _told(self.path, what=f"{name} in it is damaged"):
            stream = self._file.open(info)
        return io.BufferedReader(_Counted(stream, name=name, path=self.path, left=most_bytes), CHUNK)


@contextmanager
def open_archive(path: Path, *, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Archive]:
    """The zip archive at ``path``, for a `with`. ``wanted`` says of a name whether it may be read: only those count
    against the 200 MB and the ratio, and only those are in ``names``.

    Raises:
        SourceError: it is no whole zip archive, or one that is made to do harm: encrypted, with more than 20,000
            members, more than 200 MB unpacked or 100 times its size, names that lead out of it, symbolic links,
            a name twice, members that overlap.
    """
    if not path.is_file():
        raise SourceError("there is no such file", cure="check the name and the folder", path=path)
    with _told(path, what=NOT_A_ZIP), _Careful(path) as raw, zipfile.ZipFile(raw) as file:
        infos = file.infolist()
        _refuse_many(infos, path=path)
        for info in infos:
            _refuse_unsafe(info, path=path)
        _refuse_overlap(infos, end=file.start_dir, path=path)
        members = _wanted_members(infos, wanted=wanted, path=path)
        _refuse_bomb(members, path=path)
        yield Archive(path, file=file, members=members)


class _Careful(io.FileIO):
    """A file whose every read is short: the length of the list of members is one more size not to believe."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > LONGEST_LIST:
            raise zipfile.BadZipFile
        return super().read(size) or b""


class _Counted(io.RawIOBase):
    """What a member unpacks to, up to ``left`` bytes."""

    def __init__(self, stream: IO[bytes], *, name: str, path: Path, left: int) -> None:
        self._stream = stream
        self._name = name
        self._path = path
        self._most = self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # always given one by BufferedReader
        with _told(self._path, what=f"{self._name} in it is damaged"):
            data = self._stream.read(min(len(buffer), CHUNK))
        self._left -= len(data)
        if self._left < 0:
            what = f"{self._name} in it unpacks to more than {_megabytes(self._most)}"
            raise SourceError(what, cure="take it apart into smaller ones", path=self._path)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def _told(path: Path, *, what: str) -> Iterator[None]:
    # What zipfile and zlib raise on damaged archives; EOFError comes from truncated ones, the others from wild headers.
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError) as error:
        raise SourceError(what, cure=DAMAGED, path=path) from error
    except OSError as error:
        what = f"cannot be opened ({error.strerror or error})"
        raise SourceError(what, cure="check its name and permissions", path=path) from error


def _refuse_many(infos: list[zipfile.ZipInfo], *, path: Path) -> None:
    if len(infos) > MOST_MEMBERS:
        what = f"holds {len(infos):,} files and {MOST_MEMBERS:,} is the most"
        raise SourceError(what, cure="pack only those that hold text, or several archives", path=path)


def _refuse_unsafe(info: zipfile.ZipInfo, *, path: Path) -> None:
    name = info.orig_filename
    wrong = {
        "needs a password": bool(info.flag_bits & ENCRYPTED),
        "leads out of the archive": _leads_out(name),
        "is a symbolic link": (info.external_attr >> 16) & 0o170000 == SYMBOLIC_LINK,
    }
    for what, is_so in wrong.items():
        if is_so:
            cure = "save it without one" if what == "needs a password" else PACK_AGAIN
            raise SourceError(f"{_shown(name)} in it {what}", cure=cure, path=path)


def _leads_out(name: str) -> bool:
    has_drive = name[1:2] == ":" and name[:1].isalpha()
    return has_drive or name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _refuse_overlap(infos: Iterable[zipfile.ZipInfo], *, end: int, path: Path) -> None:
    following = end
    for info in sorted(infos, key=lambda info: info.header_offset, reverse=True):
        if info.header_offset + LOCAL_HEADER + info.compress_size > following:
            raise SourceError(f"{_shown(info.orig_filename)} in it overlaps with another", cure=PACK_AGAIN, path=path)
        following = info.header_offset


def _wanted_members(
    infos: Iterable[zipfile.ZipInfo], *, wanted: Callable[[str], bool], path: Path
) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = _name(info)
        if name in seen:
            raise SourceError(f"{_shown(name)} is in it twice", cure=PACK_AGAIN, path=path)
        seen.add(name)
        if not info.is_dir() and not name.startswith(FORKS) and wanted(name):
            members[name] = info
    return members


def _name(info: zipfile.ZipInfo) -> str:
    # macOS writes UTF-8 without the flag that says so, and takes accents off their letters.
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return unicodedata.normalize("NFC", name)


def _refuse_bomb(members: dict[str, zipfile.ZipInfo], *, path: Path) -> None:
    for name, info in members.items():
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * info.compress_size:
            what = f"{_shown(name)} in it unpacks to more than {MOST_RATIO} times its size"
            raise SourceError(what, cure=PACK_AGAIN, path=path)
    unpacked = sum(info.file_size for info in members.values())
    if unpacked > MOST_UNPACKED:
        what = f"unpacks to {_megabytes(unpacked)} and {_megabytes(MOST_UNPACKED)} is the most"
        raise SourceError(what, cure="take it apart into smaller ones", path=path)


def _shown(name: str) -> str:
    return name[:80] if name.isprintable() else repr(name[:80])


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"
