"""Floor 3, sources: `soundbites:` in the front matter -> SoundbiteMarks: stretches that stand for the whole.

Only the form is judged here. Whether the text has such words is known when it is cut into Utterances.
"""

from pathlib import Path

from pipeline.errors import SourceError
from pipeline.model import SoundbiteMark
from pipeline.soundbites import LONGEST_S, SHORTEST_S
from pipeline.sources.entries import Entry, text_of
from pipeline.sources.listed_keys import Kind, values_of

#: What the namespace recommends for a title. Source: podcast-namespace, docs/tags/soundbite.md.
MOST_CHARACTERS = 128
#: What one has that does not say how long it is.
USUAL_S = 30.0

SOUNDBITE = Kind(
    name="soundbite",
    keys=("from", "seconds", "title"),
    other_names={
        "at": "from",
        "begin": "from",
        "start": "from",
        "starttime": "from",
        "words": "from",
        "duration": "seconds",
        "length": "seconds",
        "name": "title",
    },
)
EXAMPLE = '`- from: "The first words of a sentence"` and below it `seconds: 30`'


def soundbite_marks(entry: Entry, *, path: Path) -> tuple[SoundbiteMark, ...]:
    """The marks that ``entry`` lists, in its order.

    Raises:
        SourceError: it is no list of soundbites, or one of them has no words, an unknown key or a value that is none.
    """
    if entry.type != "list":
        what = f"`{entry.key}` in the front matter must be a list of soundbites, and this is a {entry.type}"
        raise SourceError(what, cure=f"write {EXAMPLE}", path=path, line=entry.line)
    return tuple(_mark(item, number, path=path) for number, item in enumerate(entry.items, start=1))


def _mark(item: Entry, number: int, *, path: Path) -> SoundbiteMark:
    values = values_of(item, number, kind=SOUNDBITE, path=path) if item.type == "mapping" else {}
    if "from" not in values:
        what = f"soundbite {number} in the front matter has no `from`: nobody knows where it begins"
        raise SourceError(what, cure=f"write {EXAMPLE}", path=path, line=item.line)
    return SoundbiteMark(
        words=text_of(values["from"], path=path),
        seconds=_seconds(values["seconds"], path=path) if "seconds" in values else USUAL_S,
        title=_title(values["title"], path=path) if "title" in values else "",
        line=item.line,
    )


def _seconds(entry: Entry, *, path: Path) -> float:
    written = str(entry.value).strip()
    try:
        seconds = float(written) if entry.type in {"number", "text"} else 0.0
    except ValueError:
        seconds = 0.0
    if SHORTEST_S <= seconds <= LONGEST_S:
        return seconds
    what = f"`seconds` in the front matter says {written[:60]!r}"
    cure = f"write a number from {SHORTEST_S} to {LONGEST_S}: podcast apps show soundbites of that length"
    raise SourceError(what, cure=cure, path=path, line=entry.line)


def _title(entry: Entry, *, path: Path) -> str:
    title = text_of(entry, path=path)
    if len(title) > MOST_CHARACTERS:
        what = f"the title of a soundbite in the front matter has {len(title)} characters"
        raise SourceError(what, cure=f"write at most {MOST_CHARACTERS}", path=path, line=entry.line)
    return title
