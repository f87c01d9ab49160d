"""Inside the project: the token of a private show, minted once and kept in its ledger for life.

Whoever was given an address of a show keeps it: what was published openly cannot become private, and what was
published under a token keeps it when the show is opened to all.
"""

import secrets
from pathlib import Path

import msgspec

from pipeline.errors import ConfigError, IdentityError
from pipeline.feeds.ledger import load_episode, load_show_ledger, podcast_guid, save_show_ledger
from pipeline.model import Show, ShowLedger
from pipeline.project.folder import ledger_of, locked

#: 160 bits: nobody finds it by trying. In hexadecimal digits, because some hosts do not tell letters by case.
_TOKEN_BYTES = 20


def known_token(root: Path, name: str, *, is_private: bool) -> str:
    """The token in the addresses of the show of that name; "" if they have none, or none yet."""
    ledger = load_show_ledger(ledger_of(root, name))
    if ledger is None or not (is_private or ledger.published):
        return ""
    return ledger.token


def with_token(root: Path, show: Show) -> Show:
    """The private ``show`` with its token, which is minted and kept if it has none yet.

    Raises:
        ConfigError: it was published without one, or its folder is being built in.
        IdentityError: episodes of it were published, and the ledger with their token is not there.
    """
    if show.token:
        return show
    path = ledger_of(root, show.name)
    with locked(root):
        ledger = load_show_ledger(path)
        if ledger is None or not ledger.token:
            _require_unpublished(root, show, ledger=ledger)
            minted = msgspec.structs.replace(show, token=secrets.token_hex(_TOKEN_BYTES))
            kept = ledger or ShowLedger(podcast_guid=podcast_guid(minted.feed_url))
            ledger = msgspec.structs.replace(kept, token=minted.token)
            save_show_ledger(path, ledger)
    return msgspec.structs.replace(show, token=ledger.token)


def _require_unpublished(root: Path, show: Show, *, ledger: ShowLedger | None) -> None:
    if ledger is not None and ledger.published:
        raise ConfigError(
            f"is_private = true comes too late: what is out ({len(ledger.published)} published) has addresses that "
            "anybody may have",
            cure="take it out again, and found a private show beside this one: audio-edition init --add NAME",
            path=root / show.settings_file,
        )
    if ledger is None and _has_published(root, show.name):
        path = ledger_of(root, show.name)
        raise IdentityError(
            "episodes of this private show are published, and the ledger with the token of their addresses is gone",
            cure=f"restore it from git or a backup: git checkout -- {path.relative_to(root).as_posix()}",
            path=path,
        )


def _has_published(root: Path, name: str) -> bool:
    episodes = (load_episode(path) for path in sorted(root.glob("episodes/*/episode.json")))
    return any(episode is not None and episode.show == name and episode.is_published for episode in episodes)
