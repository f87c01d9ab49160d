"""Floor 4: the images and links that an author gives to chapters, looked at before a word is spoken."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.artwork import ChapterImage, read_chapter_image
from pipeline.errors import SourceError
from pipeline.model import Chapter, ChapterMark
from pipeline.notes import web_address
from pipeline.project import Project
from pipeline.tagging import require_light_pictures


def read_own_images(
    chapters: Sequence[Chapter | ChapterMark], project: Project, *, source_path: str
) -> dict[str, ChapterImage]:
    """The images of chapters that are files, by what the author wrote; each is read once.

    ``source_path`` is the article's, from the folder of the show. Links and images that are addresses are looked at,
    too: called before anything is spoken, this refuses what could not be published after it.

    Raises:
        SourceError: an address that feeds cannot carry; an image that is not there, not in the show, or will not do.
        TagError: more images than a tag can carry.
    """
    article = project.root / source_path
    _require_addresses(chapters, article)
    own = [chapter.image for chapter in chapters if chapter.image and not web_address(chapter.image)]
    images = {name: read_chapter_image(_image_path(name, article, project=project)) for name in dict.fromkeys(own)}
    require_light_pictures([images[name].small for name in own])
    return images


def _require_addresses(chapters: Sequence[Chapter | ChapterMark], article: Path) -> None:
    """Nothing, if every link, and every image that is meant as an address, is one that feeds can carry."""
    for number, chapter in enumerate(chapters, start=1):
        for word, address in _addresses(chapter):
            if not web_address(address):
                named = f"“{chapter.title}”" if chapter.title else str(number)
                raise SourceError(
                    f"the {word} {address[:60]!r} of chapter {named} is no web address of at most 2000 bytes",
                    cure="write one that begins with https://, or a shorter one to the same page",
                    path=article,
                    line=chapter.line if isinstance(chapter, ChapterMark) else None,
                )


def _addresses(chapter: Chapter | ChapterMark) -> list[tuple[str, str]]:
    links = [("link", chapter.link)] if chapter.link else []
    return [*links, ("image", chapter.image)] if "://" in chapter.image else links


def _image_path(name: str, article: Path, *, project: Project) -> Path:
    """The file that an author calls ``name``: beside the article, or else in the folder of the show.

    Raises: SourceError if there is none, or if it is no part of the show: what lies elsewhere might be private.
    """
    root = project.root.resolve()
    found = [path for folder in (article.parent, root) if (path := _file_in(folder, name))]
    inside = [path for path in found if path.is_relative_to(root)]
    if inside:
        return inside[0]
    if found:
        cure = f"copy it to {article.parent} or beside show.toml, and name it from there"
        raise SourceError(f"the image “{name[:100]}” of a chapter lies outside the show", path=article, cure=cure)
    cure = "put it beside the article or beside show.toml and name it from there, or give an address with https://"
    raise SourceError(f"the image “{name[:100]}” of a chapter is not there", path=article, cure=cure)


def _file_in(folder: Path, name: str) -> Path | None:
    """The file that ``name`` leads to from ``folder``, links followed; None where there is none."""
    try:
        path = (folder / name).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError):  # a name that no disk takes: too long, or with a NUL in it
        return None
