"""Floor 2: what the directories want of how episodes stand in the feed: numbers, seasons, trailers, dates, approval."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.listing import ListingState, is_correction_unapproved, standing_of
from pipeline.model import EpisodeKind, Severity, ShowType
from pipeline.rules.facts import ShowFacts
from pipeline.rules.rule import APPLE, EVERYONE, Confidence, Fault, Rule, Source, apple_guide, rebuild, rule

_HOUSE = Source("show.toml", "docs/corrections.md, Approvals", Confidence.STANDARD)

#: Why an Episode that is built is not in the feed, and what changes that.
_WAITING = {
    ListingState.DRAFT: ("it is a draft", "take `draft` out of {source} when it is ready, and build it again"),
    ListingState.UNAPPROVED: ("nobody has approved it", "audio-edition approve {slug} --by NAME"),
    ListingState.SCHEDULED: (
        "it comes into the feed on {due:%Y-%m-%d %H:%M} UTC",
        "write the feed again then: audio-edition feed",
    ),
    ListingState.EMBARGOED: (
        "it is under an embargo until {due:%Y-%m-%d %H:%M} UTC",
        "write the feed again then: audio-edition feed",
    ),
}


@rule("serial-numbers", Severity.ERROR, directories=APPLE, source=apple_guide("A7"))
def _serial_numbers(facts: ShowFacts) -> Iterator[Fault]:
    if facts.show.type is not ShowType.SERIAL:
        return
    for episode in facts.listed:
        # Trailers and bonus episodes stand beside the order, and need no place in it.
        if episode.listing.number is None and episode.listing.kind is EpisodeKind.FULL:
            yield Fault(
                f"episode {episode.slug}",
                "it has no number, and a serial show needs one on every episode",
                f'write `episode: 1` (2, 3 ...) into {episode.source_path}, or set type = "episodic" in show.toml; '
                f"{rebuild(episode)}",
            )


@rule("number-twice", Severity.WARNING, directories=APPLE, source=apple_guide("A7, A8"))
def _number_twice(facts: ShowFacts) -> Iterator[Fault]:
    slugs: defaultdict[tuple[int | None, int], list[str]] = defaultdict(list)
    for episode in facts.current:
        listing = episode.listing
        if listing.number is not None and listing.kind is EpisodeKind.FULL:
            slugs[listing.season, listing.number].append(episode.slug)
    for (season, number), named in slugs.items():
        if len(named) > 1:
            place = f"{number} of season {season}" if season is not None else str(number)
            yield Fault(
                f"episodes {', '.join(sorted(named))}",
                f"they share the number {place}, and apps show them in any order",
                "give each article a number of its own: `episode:` in its front matter",
            )


@rule("season-missing", Severity.WARNING, directories=APPLE, source=apple_guide("A8"))
def _season_missing(facts: ShowFacts) -> Iterator[Fault]:
    episodes = facts.listed
    if not any(episode.listing.season is not None for episode in episodes):
        return
    for episode in episodes:
        # The trailer of the show itself belongs to no season.
        if episode.listing.season is None and episode.listing.kind is not EpisodeKind.TRAILER:
            yield Fault(
                f"episode {episode.slug}",
                'it has no season in a show that has some: it falls into "Unknown Season" and is not downloaded',
                f"write `season: 1` (2, 3 ...) into {episode.source_path}; {rebuild(episode)}",
            )


@rule("season-names", Severity.ADVICE, directories=APPLE, source=apple_guide("A8"))
def _season_names(facts: ShowFacts) -> Iterator[Fault]:
    named = [season.number for season in facts.show.seasons]
    for number in sorted({number for number in named if named.count(number) > 1}):
        yield Fault("show.toml, seasons", f"season {number} has more than one name", "keep one of them")


@rule(
    "trailer-several",
    Severity.ADVICE,
    directories=APPLE,
    source=Source("Apple, A Podcaster's Guide to RSS", "A9", Confidence.SECONDARY),
)
def _trailer_several(facts: ShowFacts) -> Iterator[Fault]:
    trailers: defaultdict[int | None, list[str]] = defaultdict(list)
    for episode in facts.listed:
        if episode.listing.kind is EpisodeKind.TRAILER:
            trailers[episode.listing.season].append(episode.slug)
    for season, slugs in trailers.items():
        if len(slugs) > 1:
            whose = "the show" if season is None else f"season {season}"
            yield Fault(
                f"episodes {', '.join(sorted(slugs))}",
                f"they are all trailers of {whose}, and apps show the newest alone",
                "take the older ones out: audio-edition withdraw SLUG “why”",
            )


@rule("approval-missing", Severity.ERROR, directories=EVERYONE, source=_HOUSE)
def _approval_missing(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.listed:
        if is_correction_unapproved(facts.show, episode):
            yield Fault(
                f"episode {episode.slug}",
                "it was built again, and nobody has approved this script and this sound",
                f"audio-edition approve {episode.slug} --by NAME",
            )


@rule(
    "not-listed",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("podcastindex web-ui 88", "section 5, 9", Confidence.PRIMARY),
)
def _not_listed(facts: ShowFacts) -> Iterator[Fault]:
    for episode in facts.waiting:
        standing = standing_of(facts.show, episode, now=facts.now)
        why, cure = (
            words.format(slug=episode.slug, source=episode.source_path, due=standing.due)
            for words in _WAITING[standing.state]
        )
        yield Fault(f"episode {episode.slug}", f"it is not in the feed: {why}", cure)


STANDING_RULES: tuple[Rule[ShowFacts], ...] = (
    _serial_numbers,
    _number_twice,
    _season_missing,
    _season_names,
    _trailer_several,
    _approval_missing,
    _not_listed,
)
