"""Floor 2: what the directories want of the episodes' identity, dates, titles and show notes."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pipeline.model import Directory, Episode, Severity
from pipeline.notes import DISCLOSURE, NOTES_LIMIT_BYTES
from pipeline.rules.facts import ShowFacts
from pipeline.rules.forms import LONGEST_VALUE, NUMBERED
from pipeline.rules.markup import KEPT_TAGS, read_markup
from pipeline.rules.rule import (
    APPLE,
    APPLE_PSP,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    apple_requirements,
    rebuild,
    rule,
)


@rule("episode-missing", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A3, S1"))
def _episode_missing(facts: ShowFacts) -> Iterator[Fault]:
    if not facts.episodes:
        yield Fault("episodes/", "there is no episode yet", "make one: audio-edition episode SOURCE")
    elif not facts.listed:
        yield Fault(
            "episodes/",
            f"none of the {len(facts.episodes)} episodes stands in the feed yet",
            "take `draft` out of one that is ready, or wait until the first is due: audio-edition status",
        )


@rule("guid-twice", Severity.ERROR, directories=EVERYONE, source=apple_guide("A17, S1"))
def _guid_twice(facts: ShowFacts) -> Iterator[Fault]:
    for guid, slugs in _shared(facts.episodes, lambda episode: episode.guid):
        yield Fault(
            _listed(slugs),
            f"they share the GUID {guid}, and all but one of them vanish in apps",
            f"delete episode.json of the copy, for instance episodes/{slugs[-1]}/episode.json, and build it again",
        )


@rule("guid-gone", Severity.ERROR, directories=EVERYONE, source=apple_guide("A17, T8"))
def _guid_gone(facts: ShowFacts) -> Iterator[Fault]:
    present = {episode.guid for episode in facts.episodes}
    for guid, slug in facts.ledger.published.items():
        if guid not in present:
            yield Fault(
                f"episode {slug}",
                f"it was published with the GUID {guid}, which is gone; subscribers would get it twice or lose it",
                f"restore it from git: git checkout -- episodes/{slug}/episode.json",
            )


@rule("enclosure-twice", Severity.ERROR, directories=APPLE, source=apple_requirements("A16"))
def _enclosure_twice(facts: ShowFacts) -> Iterator[Fault]:
    for path, slugs in _shared(facts.episodes, lambda episode: episode.enclosure.file.path):
        yield Fault(
            _listed(slugs),
            f"they share the sound {path}, and repeated ones are ignored",
            f"delete the one that should not be there: episodes/{slugs[-1]}/",
        )


@rule(
    "date-twice",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("audiobookshelf 3442; pocket-casts-ios 108", "X15", Confidence.PRIMARY),
)
def _date_twice(facts: ShowFacts) -> Iterator[Fault]:
    for date, slugs in _shared(facts.current, lambda episode: f"{episode.published:%Y-%m-%d %H:%M:%S} UTC"):
        yield Fault(
            _listed(slugs),
            f"they share the date {date}, and apps show them in any order",
            "give the articles that are not published yet different times",
        )


@rule(
    "date-ahead",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("podcastindex web-ui 88", "section 5, 9", Confidence.PRIMARY),
)
def _date_ahead(facts: ShowFacts) -> Iterator[Fault]:
    # What is not out yet is left out of the feed until it is due; this is what listeners have already.
    for episode in facts.listed:
        if episode.published > facts.now:
            yield Fault(
                f"episode {episode.slug}",
                f"its date {episode.published:%Y-%m-%d %H:%M} UTC is still to come, and apps hide it or refuse it",
                f"correct the date in {episode.source_path}; {rebuild(episode)}",
            )


@rule("episode-title", Severity.ERROR, directories=EVERYONE, source=apple_guide("A4, X13"))
def _episode_title(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        length = len(episode.title.strip())
        if not 0 < length <= LONGEST_VALUE:
            yield Fault(
                f"episode {episode.slug}",
                f"its title has {length} characters, and it must have 1 to {LONGEST_VALUE}",
                f"set the title in {episode.source_path}; {rebuild(episode)}",
            )


@rule("title-number", Severity.WARNING, directories=APPLE, source=apple_guide("A26"))
def _title_number(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        if NUMBERED.search(episode.title):
            yield Fault(
                f"episode {episode.slug}",
                f"its title has a number of season or episode in it: {episode.title!r}",
                f"take the number out of the title in {episode.source_path}; {rebuild(episode)}",
            )


@rule("title-show", Severity.WARNING, directories=APPLE, source=apple_guide("A26"))
def _title_show(facts: ShowFacts) -> Iterator[Fault]:
    name = facts.show.title.strip().casefold()
    for episode in facts.current:
        if name and name in episode.title.casefold():
            yield Fault(
                f"episode {episode.slug}",
                f"its title repeats the name of the show: {episode.title!r}",
                f"take the name out of the title in {episode.source_path}; {rebuild(episode)}",
            )


@rule("notes-long", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A25"))
def _notes_long(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        length = len(episode.notes_html.encode(errors="replace"))
        if length > NOTES_LIMIT_BYTES:
            yield Fault(
                f"episode {episode.slug}",
                f"its show notes have {length} bytes, {length - NOTES_LIMIT_BYTES} too many",
                rebuild(episode),
            )


@rule("notes-empty", Severity.WARNING, directories=EVERYONE, source=apple_guide("A5"))
def _notes_empty(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        if not episode.notes_html.strip():
            yield Fault(f"episode {episode.slug}", "it has no show notes", rebuild(episode))


@rule(
    "notes-tags",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source(
        "Apple, A Podcaster's Guide to RSS; Spotify, formatting your show notes", "A25, S7, X10", Confidence.PRIMARY
    ),
)
def _notes_tags(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        foreign = sorted(read_markup(episode.notes_html).tags - KEPT_TAGS)
        if foreign:
            names = ", ".join(f"<{name}>" for name in foreign)
            yield Fault(
                f"episode {episode.slug}", f"its show notes have {names}, which apps drop or show", rebuild(episode)
            )


@rule(
    "notes-links",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("RSS profile, by the W3C validator", "X10", Confidence.PRIMARY),
)
def _notes_links(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        for address in read_markup(episode.notes_html).addresses:
            if not re.match(r"https?://", address, re.IGNORECASE):
                yield Fault(
                    f"episode {episode.slug}",
                    f"its show notes link to {address!r}, which leads nowhere in an app",
                    f"write the whole address in {episode.source_path}; {rebuild(episode)}",
                )


@rule(
    "notes-disclosure",
    Severity.ERROR,
    directories=(Directory.APPLE, Directory.YOUTUBE),
    source=Source("Apple, Content guidelines 1.11 (891)", "A34, Y7", Confidence.SECONDARY),
)
def _notes_disclosure(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.current:
        if DISCLOSURE not in episode.notes_html:
            yield Fault(
                f"episode {episode.slug}",
                "its show notes do not say that the voice is automated",
                rebuild(episode),
            )


def _shared(episodes: Iterable[Episode], key: Callable[[Episode], str]) -> Iterator[tuple[str, list[str]]]:
    """The values of ``key`` that more than one episode has, and the slugs of those."""
    slugs: defaultdict[str, list[str]] = defaultdict(list)
    for episode in episodes:
        slugs[key(episode)].append(episode.slug)
    return ((value, sorted(named)) for value, named in slugs.items() if len(named) > 1)


def _listed(slugs: list[str]) -> str:
    return f"episodes {', '.join(slugs)}"


EPISODE_RULES: tuple[Rule[ShowFacts], ...] = (
    _episode_missing,
    _guid_twice,
    _guid_gone,
    _enclosure_twice,
    _date_twice,
    _date_ahead,
    _episode_title,
    _title_number,
    _title_show,
    _notes_long,
    _notes_empty,
    _notes_tags,
    _notes_links,
    _notes_disclosure,
)
