"""Floor 3, voices: what a catalogue offers to install, as values."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from pipeline.errors import EngineUnavailable
from pipeline.patterns import regex
from pipeline.voices.folder import FILE

#: A name that is one file or folder and nothing else: no separator, no "..", no hidden file.
_PLAIN = regex(r"\w[\w.+-]*")

#: As an index states them: part of the name of a file while it comes.
Length = Annotated[int, Meta(ge=0)]
Md5 = Annotated[str, Meta(pattern=r"^[0-9A-Fa-f]{32}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9A-Fa-f]{64}\Z")]

#: What only we write into the folder of a model.
PART_SUFFIX = ".part"


class OfferedFile(Struct, frozen=True, kw_only=True):
    """One file to fetch: ``path`` below the base address, ``name`` in the folder, and what its bytes must be."""

    name: str
    path: str
    length_bytes: int
    algorithm: Literal["md5", "sha256"]
    digest: str


class Offer(Struct, frozen=True, kw_only=True):
    """A model that can be installed: ``language`` is a BCP 47 tag, "" for several, which ``languages`` names.

    ``quality`` and ``licence`` are its maker's words; "" as ``licence``: only the model's card may say it.
    """

    engine: str
    name: str
    languages: tuple[str, ...]
    label: str
    quality: str
    licence: str
    files: tuple[OfferedFile, ...]

    @property
    def language(self) -> str:
        """Its one language, "" if it has several."""
        return self.languages[0] if len(self.languages) == 1 else ""

    @property
    def length_bytes(self) -> int:
        """All its files together."""
        return sum(file.length_bytes for file in self.files)


def printable(words: str) -> str:
    """``words`` of a stranger as they may stand on a terminal and in the credits: one line without control signs."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def is_plain(name: str) -> bool:
    """Whether ``name`` can be a file's or a folder's, and leads nowhere else."""
    return _PLAIN.fullmatch(name) is not None


def require_harmless(offer: Offer, *, index: str) -> None:
    """Nothing, if every name of ``offer`` stays in the model's folder.

    Raises: EngineUnavailable, which names what the ``index`` wanted to write where.
    """
    names = [file.name for file in offer.files]
    odd = [part for file in offer.files for part in (file.name, *file.path.split("/")) if not is_plain(part)]
    odd += [name for name in names if name == FILE or name.endswith(PART_SUFFIX) or names.count(name) > 1]
    if odd or not names or not is_plain(offer.name):
        shown = odd[0] if odd else offer.name
        raise EngineUnavailable(
            f"{index} lists {shown[:80]!r} as a name for {offer.name[:80]!r}, which is none, or not its alone",
            cure="nothing was installed; use another address with --from, and tell who keeps this one",
        )
