"""Floor 3: the ledgers of identity, `episodes/<slug>/episode.json` and `feeds/show.json`, and the guards over them.

Everything else that a build makes can be made again; a GUID cannot. So it is minted once, kept in git, and every
feed build passes ``check_identities`` before it and ``mark_published`` after it. Save the show's ledger before the
episodes': a build that dies between the two then finds an episode that is still to be published, and mends itself.

``content`` says what listeners get, ``keeping`` reads and writes the files, ``shelf`` reads all of them,
``identities`` holds the guards, and ``publication`` records what went out.
"""

from pipeline.feeds.ledger.content import WHAT_LISTENERS_GET, changes_between, content_digest
from pipeline.feeds.ledger.identities import (
    check_identities,
    mint_guid,
    podcast_guid,
    refuse_doubles,
    require_reason,
    settled,
    without_superseded,
)
from pipeline.feeds.ledger.keeping import load_episode, load_show_ledger, save_episode, save_show_ledger
from pipeline.feeds.ledger.publication import mark_published, moment_of_correction
from pipeline.feeds.ledger.shelf import load_all_episodes

__all__ = [
    "WHAT_LISTENERS_GET",
    "changes_between",
    "check_identities",
    "content_digest",
    "load_all_episodes",
    "load_episode",
    "load_show_ledger",
    "mark_published",
    "mint_guid",
    "moment_of_correction",
    "podcast_guid",
    "refuse_doubles",
    "require_reason",
    "save_episode",
    "save_show_ledger",
    "settled",
    "without_superseded",
]
