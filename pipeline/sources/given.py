"""Floor 3, sources: what is known of an article from outside its file."""

from msgspec import Struct


class Given(Struct, frozen=True, kw_only=True):
    """What the command line and `show.toml` say; the command line counts more than the file, the show less.

    ``published`` comes from --published and ``author`` from --author. ``default_author``, ``language``,
    ``publish_time`` (HH:MM, UTC: completes dates that have no time) and ``show_title`` (helps to recognise the
    publication's name in a scrape) come from `show.toml`.
    """

    published: str = ""
    author: str = ""
    default_author: str = ""
    language: str
    publish_time: str
    show_title: str
