"""Floor 4, inside the inspection: everything that the rules find in a show as it lies on disk.

Each family of rules looks at its own: settings and ledgers, the files as they really are, the feed as a document. The
same fault has the same id in all of them and is told once, by the family that knows the better cure.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import unescape
from pathlib import Path

from msgspec.structs import replace

from pipeline.artwork import read_artwork, without_private_data
from pipeline.errors import AudioError, ConfigError
from pipeline.files import sha256_of
from pipeline.identity import current_show_ledger, load_episodes
from pipeline.inspection.media import deep_media_facts, media_facts, with_digests
from pipeline.inspection.own_feed import FeedPage, document_findings, feed_pages
from pipeline.inspection.status import outdated
from pipeline.listing import listed
from pipeline.model import Artwork, Directory, Episode, Finding, Severity, Show
from pipeline.patterns import regex
from pipeline.progress import Progress, Silence
from pipeline.project import SHOW_FILE, Project, shows_beside
from pipeline.rules import PublishedArtwork, ShowFacts, check, judged
from pipeline.rules.editions import EDITION_RULES, EditionFacts
from pipeline.rules.media import MEDIA_RULES, EpisodeMedia
from pipeline.studio import music_of

_STAGE = "files"
_COVER = regex(r'<itunes:image\b[^>]*\bhref="([^"]*)"')


def inspect(
    project: Project, *, now: datetime, is_deep: bool = False, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """What the rules find in the show: errors first, then warnings, then advice.

    ``is_deep`` reads every file to its last byte and measures every sound anew. ``progress`` counts episodes.

    Raises: IdentityError for a ledger that is damaged; StoreError where the cache cannot be read or written.
    """
    episodes = load_episodes(project)
    pages = feed_pages(project)
    found = [*check(_show_facts(project, pages, episodes=episodes, now=now)), *_music_faults(project)]
    found += judged(EDITION_RULES, EditionFacts(show=project.show, beside=shows_beside(project, is_private_too=True)))
    told = {(finding.rule, finding.where) for finding in found}
    in_files = _media_findings(project, episodes, is_deep=is_deep, progress=progress or Silence())
    found += [finding for finding in in_files if (finding.rule, finding.where) not in told]
    told_rules = {finding.rule for finding in found}
    found += [one for one in document_findings(project, pages, now=now) if one.rule not in told_rules]
    order = list(Severity)
    return tuple(sorted((_as_named(project, one) for one in found), key=lambda one: order.index(one.severity)))


def obstacles(project: Project, *, now: datetime) -> tuple[Finding, ...]:
    """The Findings with which nothing should go out.

    They are errors, an example's addresses, and of what listeners do not have yet: episodes that are older than what
    they are made from, and sounds that are not those that were built.
    """
    found = (
        finding
        for finding in inspect(project, now=now)
        if finding.severity is Severity.ERROR or finding.rule == "placeholder"
    )
    news = [one for one in listed(project.show, load_episodes(project), now=now) if not one.is_live]
    older = (outdated(project, episode, now=now) for episode in news)
    return (*found, *_changed_sounds(project, news), *(finding for finding in older if finding is not None))


def _changed_sounds(project: Project, episodes: Iterable[Episode]) -> Iterator[Finding]:
    for episode in episodes:
        files = with_digests(project, media_facts(project, episode))
        found = judged(MEDIA_RULES, EpisodeMedia(show=project.show, episode=episode, files=files))
        yield from (finding for finding in found if finding.rule == "sound-changed")


def _show_facts(
    project: Project, pages: Sequence[FeedPage], *, episodes: tuple[Episode, ...], now: datetime
) -> ShowFacts:
    return ShowFacts(
        show=project.show,
        ledger=current_show_ledger(project),
        episodes=episodes,
        now=now,
        artwork=_artwork(project.artwork_path),
        file_lengths={path: _length(project.root / path) for path in _published_paths(episodes)},
        feed_text=pages[0].text if pages else None,
        further_pages=tuple(page.text for page in pages[1:]),
        published_artwork=_published_artwork(project, pages[0].text) if pages else None,
    )


def _artwork(path: Path) -> Artwork | None:
    try:
        return read_artwork(path)
    except ConfigError:
        return None


def _published_artwork(project: Project, feed: str) -> PublishedArtwork | None:
    """The cover that the ``feed`` names: the channel's own comes before those of items."""
    found = _COVER.search(feed)
    if found is None:
        return None
    address, root = unescape(found[1]), project.show.url("")
    path = address.removeprefix(root) if address.startswith(root) else ""
    if not path or ".." in path.split("/"):
        return PublishedArtwork(path="", artwork=None)
    return PublishedArtwork(
        path=path, artwork=_artwork(project.root / path), is_current=_is_made_of(path, project.artwork_path)
    )


def _is_made_of(path: str, original: Path) -> bool:
    """Whether the name of the published cover carries the digest of what is published of the ``original``."""
    if not original.is_file():
        return True  # that it is missing is told already
    return sha256_of(without_private_data(original.read_bytes()))[:8] in path


def _published_paths(episodes: Iterable[Episode]) -> Iterator[str]:
    for episode in episodes:
        yield episode.enclosure.file.path
        yield from (file.path for file in episode.side_files)
        for revision in episode.revisions:
            yield revision.enclosure.file.path
            yield from (file.path for file in revision.files)


def _length(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _music_faults(project: Project) -> Iterator[Finding]:
    """A Finding if the show's music is not there or will not do: it would stop the next build."""
    try:
        music_of(project, is_kept=False)
    except (AudioError, ConfigError) as error:
        yield Finding(
            rule="music",
            severity=Severity.ERROR,
            directories=tuple(Directory),
            where="show.toml, [music]",
            what=error.what,
            cure=error.cure,
            source="docs/sound.md, Music",
        )


def _media_findings(
    project: Project, episodes: Iterable[Episode], *, is_deep: bool, progress: Progress
) -> Iterator[Finding]:
    """What the rules find in the files of all that is in the feed or to come into it, one Episode after another."""
    facts_of = deep_media_facts if is_deep else media_facts
    going_out = [episode for episode in episodes if not episode.is_withdrawn]
    progress.begin(_STAGE, len(going_out))
    for episode in going_out:
        facts = EpisodeMedia(show=project.show, episode=episode, files=facts_of(project, episode))
        yield from judged(MEDIA_RULES, facts)
        progress.advance()
    progress.end(f"{len(going_out)} looked at")


def _as_named(project: Project, finding: Finding) -> Finding:
    """The Finding with the show's own file in place of show.toml, and without what only its listeners may know."""
    show = project.show
    if show.settings_file == SHOW_FILE and not show.token:
        return finding
    texts = {name: _renamed(getattr(finding, name), show) for name in ("where", "what", "cure")}
    return replace(finding, **texts)


def _renamed(text: str, show: Show) -> str:
    named = text.replace(SHOW_FILE, show.settings_file)
    return named.replace(show.token, "…") if show.token else named
