"""Floor 4: the main job, top to bottom. One written analysis becomes an Episode; the Episodes become the Feed.

Read ``build_episode`` in ``episode`` and ``build_feed`` in ``feed``: each line is a stage, and each stage is a module
of that name. ``pages`` are those of episodes that stand otherwise than usual.
"""

from pipeline.workflow.episode import (
    Built,
    Order,
    build_episode,
    make_episode,
    read_and_write_script,
    review_script,
)
from pipeline.workflow.feed import WrittenFeed, build_feed, corrections_to_approve, mark_all_published, standings
from pipeline.workflow.pages import carry_page, page_path

__all__ = [
    "Built",
    "Order",
    "WrittenFeed",
    "build_episode",
    "build_feed",
    "carry_page",
    "corrections_to_approve",
    "make_episode",
    "mark_all_published",
    "page_path",
    "read_and_write_script",
    "review_script",
    "standings",
]
