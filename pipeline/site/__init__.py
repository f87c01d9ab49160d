"""Floor 3: the pages of the show: one for each episode, one for them all, and the style and script they share.

`passages.py` brings Script and Transcript together into what a reader sees; `pages.py` fills the templates. All links
are relative, so that the pages work on any host, in any folder of it and straight from the disk.
"""

from pipeline.site.pages import (
    page_files,
    render_episode_page,
    render_moved_page,
    render_report_page,
    render_show_page,
    render_withdrawn_page,
    with_links_from,
)

__all__ = [
    "page_files",
    "render_episode_page",
    "render_moved_page",
    "render_report_page",
    "render_show_page",
    "render_withdrawn_page",
    "with_links_from",
]
