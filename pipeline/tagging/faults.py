"""Floor 3, inside tagging: what mutagen raises becomes an error with a cure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutagen import MutagenError

from pipeline.errors import TagError

#: All that mutagen raises for broken bytes: its reader of Ogg lets the last two through.
_BROKEN_TAG = (MutagenError, EOFError, ValueError, IndexError)


@contextmanager
def told_as_unfit(form: str) -> Iterator[None]:
    """A block in which a tag is put into bytes that are to be ``form``: what mutagen raises becomes a TagError."""
    try:
        yield
    except _BROKEN_TAG as error:
        raise TagError(
            f"the sound is no {form} that can be tagged ({_said(error)})",
            cure="encode it again, or install the encoders anew: pip install --force-reinstall av soundfile",
        ) from error


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """A block in which the tag of ``path`` is read: what mutagen and the disk raise becomes a TagError about it."""
    try:
        yield
    except OSError as error:
        what = f"the file cannot be read ({error.strerror or error})"
        raise TagError(what, path=path, cure="name a sound file that is there and may be read") from error
    except _BROKEN_TAG as error:
        raise TagError(
            f"its tag is damaged ({_said(error)})",
            path=path,
            cure="get the file again, or write its tag anew with a tag editor; the sound may be whole all the same",
        ) from error


def _said(error: Exception) -> str:
    """What mutagen said, on one line and not for ever; the name of the error where it said nothing."""
    words = " ".join(str(error).split())
    return words[:100] or type(error).__name__
