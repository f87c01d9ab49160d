"""Floor 3, sources: what is known of an article from outside its file."""

from msgspec import Struct

from pipeline.model import ReadingSettings


class Given(Struct, frozen=True, kw_only=True):
    """What the command line, the ledger and `show.toml` say of an article that does not say it itself.

    ``published`` comes from --published and ``author`` from --author; they may not contradict the file. What they
    said when the article was built before is ``remembered_published`` and ``remembered_author``. ``default_author``,
    ``language``, ``publish_time`` (HH:MM, UTC: completes dates that have no time), ``show_title`` (helps to
    recognise the publication's name in a scrape) and the house policy ``reading`` come from `show.toml`.
    """

    published: str = ""
    author: str = ""
    remembered_published: str = ""
    remembered_author: str = ""
    default_author: str = ""
    language: str
    publish_time: str
    show_title: str
    reading: ReadingSettings = ReadingSettings()
