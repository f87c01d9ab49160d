"""Floor 3, inside tagging: what anybody's file says of itself, as values."""

from msgspec import Struct


class FileChapter(Struct, frozen=True, kw_only=True):
    """A chapter as a file has it. ``end_ms`` is None where the file says no end; ``link`` is "" where there is none."""

    start_ms: int
    end_ms: int | None = None
    title: str = ""
    link: str = ""
    has_image: bool = False


class FilePicture(Struct, frozen=True, kw_only=True):
    """A picture in a tag. ``width`` and ``height`` are pixels, None where neither the picture nor the tag says it."""

    media_type: str
    length_bytes: int
    width: int | None = None
    height: int | None = None


class FileTags(Struct, frozen=True, kw_only=True):
    """A tag as it was read; all empty where a file has none.

    ``format`` is "ID3v2.3", "ID3v2.4", "MP4", "Vorbis comments" ... ``fields`` are names for people and values as they
    are, in the file's order; a name may come twice. ``chapters`` are in the order of time; ``unlisted_chapters`` is how
    many of them no table of contents of an ID3 tag names, so that some players hide them. ``pictures`` are those of the
    tag itself, not those of chapters.
    """

    format: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    chapters: tuple[FileChapter, ...] = ()
    unlisted_chapters: int = 0
    pictures: tuple[FilePicture, ...] = ()

    def field(self, name: str) -> str:
        """The first value under ``name``, "" where there is none."""
        return next((value for key, value in self.fields if key == name), "")
