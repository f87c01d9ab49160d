"""Floor 4: a show moves house. Its address changes, and nothing else: GUIDs, podcast:guid and files stay what they are.

The ledger learns of the move before show.toml does, so that the old address is known whatever happens in between; the
same command goes on from wherever it was stopped.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from pipeline.chapters import has_own_image
from pipeline.errors import ConfigError
from pipeline.feeds.ledger import podcast_guid, save_show_ledger
from pipeline.identity import current_show_ledger, load_episodes
from pipeline.model import Episode, Move, ShowLedger
from pipeline.project import (
    Project,
    open_project,
    require_web_address,
    shows_beside,
    write_base_url,
)
from pipeline.redirects import LEAST_DAYS, Redirect, Snippet, folder_url, redirects, snippets

#: What is done by hand at each directory. Sources: Apple, Change the RSS feed URL (837); feeds.md A29, S14.
_STEPS = {
    "Apple Podcasts": "once the redirects answer, open the show in Podcasts Connect and enter {feed} as the address of "
    f"its feed; keep the redirects, and do not say `move --done`, for {LEAST_DAYS} days at the least",
    "Spotify": "open the show's settings in Spotify for Creators and enter {feed} as the address of its feed; a code "
    "for it goes to {email}",
    "all others": "they follow the redirects; where a directory shows the feed's address, see that it is {feed}",
}


class OldHouse(Struct, frozen=True, kw_only=True):
    """One address that the show had: what has to answer there from now on."""

    url: str
    redirects: tuple[Redirect, ...]
    snippets: tuple[Snippet, ...]


class Step(Struct, frozen=True, kw_only=True):
    """What is to be done at one directory."""

    directory: str
    what: str


class Moving(Struct, frozen=True, kw_only=True):
    """One move, as it is planned or done.

    ``is_told`` is whether the feed tells of it: somebody has the old address. ``is_recorded`` is whether the ledger
    knows it already. ``old_houses`` are all addresses that have to lead to the new one, the newest first, until
    ``keep_until`` at the least. ``rebuild`` names the articles whose chapters give addresses of images.
    ``shows_left`` are the other shows of the folder that stay behind. ``warnings`` are what to think of before.
    """

    old_url: str
    new_url: str
    feed_url: str
    is_told: bool
    is_recorded: bool
    old_houses: tuple[OldHouse, ...]
    keep_until: datetime
    rebuild: tuple[str, ...]
    shows_left: tuple[str, ...]
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def plan_move(project: Project, to: str, *, now: datetime) -> Moving:
    """What moving the show to the web root ``to`` comes to; nothing is written.

    A move that was begun, or is done and still told of, is planned again as it is.

    Raises:
        ConfigError: ``to`` is no address, is where the show is, or would lead round in circles.
    """
    new = _new_url(project, to)
    ledger = current_show_ledger(project)
    begun = ledger.open_move
    is_recorded = begun is not None and begun.new_url == new
    old = begun.old_url if begun is not None and is_recorded else folder_url(project.show.base_url)
    _require_other(new, old=old)
    _require_outside(new, old=old)
    old_urls = _old_urls(ledger, old=old, new=new)
    show = msgspec.structs.replace(project.show, base_url=new)
    return Moving(
        old_url=old,
        new_url=new,
        feed_url=show.feed_url,
        is_told=bool(ledger.published),
        is_recorded=is_recorded,
        old_houses=tuple(
            OldHouse(url=url, redirects=redirects(url, new), snippets=snippets(url, new)) for url in old_urls
        ),
        keep_until=(begun.at if begun is not None and is_recorded else now) + timedelta(days=LEAST_DAYS),
        rebuild=tuple(episode.source_path for episode in load_episodes(project) if _holds_addresses(episode)),
        shows_left=_shows_left(project, old=old),
        steps=tuple(
            Step(directory=name, what=what.format(feed=show.feed_url, email=show.email))
            for name, what in _STEPS.items()
        ),
        warnings=tuple(_warnings(ledger, old=old, new=new)),
    )


def move(project: Project, moving: Moving, *, now: datetime) -> Project:
    """The show at its new address; ledger and show.toml say so, and the feed is to be written again.

    To be called under the project's lock. Until anything is published nobody has an address, and there is nothing to
    tell of.
    """
    ledger = current_show_ledger(project)
    if moving.is_told and not moving.is_recorded:
        told = Move(at=now, old_url=moving.old_url, new_url=moving.new_url)
        ledger = msgspec.structs.replace(ledger, moves=(*ledger.moves, told))
        save_show_ledger(project.show_ledger_path, ledger)
    write_base_url(project.settings_path, moving.new_url)
    return open_project(project.root, project.name)


def is_moved_by_hand(project: Project) -> bool:
    """Whether base_url is another address than listeners were given, and no move led them there.

    The podcast's GUID was derived from the first one; the ledger has all that came after it.
    """
    ledger, show = current_show_ledger(project), project.show
    if not ledger.published:
        return False
    if ledger.moves:
        return _without_scheme(ledger.moves[-1].new_url) != _without_scheme(show.base_url)
    return ledger.podcast_guid != podcast_guid(show.feed_url)


def finish_move(project: Project, *, now: datetime, is_forced: bool = False) -> Move:
    """The move that the feed stops to tell of; the feed is to be written again.

    To be called under the project's lock.

    Raises:
        ConfigError: there is none, or it is younger than what directories need.
    """
    ledger = current_show_ledger(project)
    current = ledger.open_move
    if current is None:
        raise ConfigError("the feed tells of no move", cure="begin one with `audio-edition move --to URL`")
    end = current.at + timedelta(days=LEAST_DAYS)
    if now < end and not is_forced:
        raise ConfigError(
            f"the show moved on {current.at:%Y-%m-%d}, and directories need {LEAST_DAYS} days to follow",
            cure=f"wait until {end:%Y-%m-%d}, or say --force",
        )
    done = msgspec.structs.replace(current, done_at=now)
    save_show_ledger(project.show_ledger_path, msgspec.structs.replace(ledger, moves=(*ledger.moves[:-1], done)))
    return done


def _new_url(project: Project, to: str) -> str:
    require_web_address(project.settings_path, to.strip(), key="--to")
    new = folder_url(to)
    if new.startswith("http://") and project.show.base_url.startswith("https://"):
        raise ConfigError(
            f"{new} is served without encryption, and apps that have the https address would not follow",
            cure=f"move to https://{new.removeprefix('http://')}",
        )
    return new


def _without_scheme(url: str) -> str:
    return folder_url(url).split("://", 1)[-1]


def _require_other(new: str, *, old: str) -> None:
    if new == old:
        cure = (
            "name another address with --to; if base_url was changed by hand, put the old one back first, for only a "
            "move leads listeners on"
        )
        raise ConfigError(f"the show is at {new} already", cure=cure)


def _require_outside(new: str, *, old: str) -> None:
    for redirect in redirects(old, new):
        if new.startswith(redirect.old_url):
            raise ConfigError(
                f"{new} lies in {redirect.old_url}, which has to lead away from the old address",
                cure="choose an address beside it, not in it",
            )


def _old_urls(ledger: ShowLedger, *, old: str, new: str) -> tuple[str, ...]:
    """Every address that the show had, the newest first; the one that it moves to is none of them."""
    had = (old, *(move.old_url for move in reversed(ledger.moves)), *(move.new_url for move in reversed(ledger.moves)))
    return tuple(url for url in dict.fromkeys(had) if url != new)


def _holds_addresses(episode: Episode) -> bool:
    return episode.chapters_file is not None and any(has_own_image(chapter) for chapter in episode.chapters)


def _shows_left(project: Project, *, old: str) -> tuple[str, ...]:
    """The other shows at the old address, by the names that --show takes."""
    beside = shows_beside(project, is_private_too=True)
    return tuple(show.called for show in beside if folder_url(show.base_url) == old)


def _warnings(ledger: ShowLedger, *, old: str, new: str) -> list[str]:
    warnings = []
    if not ledger.published:
        warnings.append(
            "no episode is recorded as published, so nobody is told of the move; if listeners have the feed all the "
            "same, run `audio-edition feed --published` first and then move"
        )
    if new.startswith("http://"):
        warnings.append(f"{new} is served without encryption, which directories advise against")
    if any(new == move.old_url for move in ledger.moves):
        warnings.append(f"the show was at {new} before: take the redirects there away first, or they lead in circles")
    if ledger.open_move is not None and ledger.open_move.new_url == old:
        warnings.append(
            f"the show came to {old} on {ledger.open_move.at:%Y-%m-%d}, and not every app has followed: every older "
            "address has to lead straight to the new one"
        )
    return warnings
