"""Floor 3, sources: date, byline and slug of an Article, from what is given. Nothing is taken from prose."""

import re
import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path

from pipeline.errors import ConfigError, SourceError
from pipeline.patterns import regex
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.given import Given

LONGEST_SLUG = 80

#: YYYY-MM-DD, and after it a time and a zone where there is one. Source: ISO 8601, and YAML 1.1 for the blanks.
DATE = regex(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]+(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?")
CURE = "write YYYY-MM-DD, or with a time and zone 2026-03-02T06:00:00+00:00"
CLOCK = regex(r"([01]\d|2[0-3]):[0-5]\d")

#: Letters that have no decomposition in Unicode.
PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def published_at(front: FrontMatter, given: Given, *, path: Path) -> datetime | None:
    """When the article was published, aware UTC; None where nobody says so.

    A date without a time gets the show's ``publish_time``; a time without a zone is UTC.

    Raises:
        ConfigError: --published or the show's publish_time is not a date or a time.
        SourceError: the date in the front matter is not one, or --published says another.
    """
    clock = _clock(given.publish_time)
    told = given.published or ("" if front.published else given.remembered_published)
    date = _parsed(told, clock=clock)
    if told and date is None:
        raise ConfigError(f"--published is {_shown(told)}", cure=CURE)
    if not front.published:
        return date
    stated = _parsed(front.published, clock=clock)
    if stated is None:
        what = f"`{front.published_key}` in the front matter is {_shown(front.published)}"
        raise SourceError(what, cure=CURE, path=path, line=front.published_line)
    if date is not None and date != stated:
        what = f"is dated {front.published}, and --published says {given.published}"
        raise SourceError(what, cure=f"leave out --published, or mend `{front.published_key}`", path=path)
    return stated


def embargo_until(front: FrontMatter, given: Given, *, path: Path) -> datetime | None:
    """The moment before which nobody may have it, aware UTC; None where there is no embargo.

    A date without a time gets the show's ``publish_time``. A time must say its zone: an embargo that is read an hour
    wrong is broken.

    Raises:
        ConfigError: the show's publish_time is not a time.
        SourceError: it is not a moment, or a time without its zone.
    """
    if not front.embargo:
        return None
    moment = _parsed(front.embargo, clock=_clock(given.publish_time))
    found = DATE.fullmatch(front.embargo.strip())
    if moment is not None and found is not None and (found[2] is None or found[3] is not None):
        return moment
    why = _shown(front.embargo) if moment is None else f"{front.embargo[:60]!r}, a time without its zone"
    what, cure = f"`embargo` in the front matter is {why}", "write 2026-03-02T06:00:00+00:00, or 2026-03-02 alone"
    raise SourceError(what, cure=cure, path=path, line=front.embargo_line)


def byline(front: FrontMatter, given: Given) -> str:
    """Who wrote it, as far as anybody says; then the show's default author, else ""."""
    return stated_byline(front, given) or given.default_author


def stated_byline(front: FrontMatter, given: Given) -> str:
    """Who wrote it: --author, else the front matter, else --author of an earlier build, else ""."""
    return given.author or front.author or given.remembered_author


def require_one_byline(front: FrontMatter, given: Given, *, path: Path) -> None:
    """Nothing, unless --author and the front matter name two different people.

    Raises:
        SourceError: they do. One of them would be published under the other's name.
    """
    if given.author and front.author and given.author != front.author:
        what = f"is by {front.author}, and --author says {given.author}"
        raise SourceError(what, cure="leave out --author, or mend `author` in the front matter", path=path)


def slug_of(front: FrontMatter, *, path: Path) -> str:
    """The article's name in paths and addresses: the front matter's, else made of the file's name.

    Raises:
        SourceError: the file's name holds no letter or digit that a slug can have.
    """
    slug = front.slug or folded(path.stem)
    if not slug:
        cure = "write `slug: ...` into the front matter, or rename the file"
        raise SourceError("the file's name holds none of a-z and 0-9 to make a slug of", cure=cure, path=path)
    return slug


def folded(name: str) -> str:
    """``name`` in at most 80 characters of a-z, 0-9 and single hyphens; "" if nothing is left."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN_LETTERS))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’")
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")[:LONGEST_SLUG].rstrip("-")


def _clock(publish_time: str) -> time:
    if not CLOCK.fullmatch(publish_time):
        raise ConfigError(
            f"publish_time in show.toml is {_shown(publish_time)}", cure="write HH:MM in UTC, such as 06:00"
        )
    return time.fromisoformat(publish_time).replace(tzinfo=UTC)


def _parsed(written: str, *, clock: time) -> datetime | None:
    found = DATE.fullmatch(written.strip())
    if found is None:
        return None
    day, hour, zone = found.groups()
    try:
        if hour is None:
            date = datetime.combine(datetime.fromisoformat(day), clock)
        else:
            date = datetime.fromisoformat(f"{day}T{hour}{(zone or 'Z').upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # Feeds are read by programs that count from 1970.
    return date if date.year >= 1970 else None


def _shown(found: str) -> str:
    return f"{found[:60]!r}, which is no date or time from 1970 on"
