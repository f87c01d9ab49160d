"""The set phrases of an English script, British and American."""

from datetime import date

from pipeline.text.english.locale import MONTHS, locale_of
from pipeline.text.pack import Wording

_OPENING = (
    "{show}",
    "{title}",
    "{subtitle}",
    "By {author}.",
    "Published on {date}.",
    "{disclosure}",
)
_CLOSING = ("You have been listening to “{title}”, from {show}.", "{credit}")


def wording_of(language: str) -> Wording:
    """The set phrases in the English of ``language``. Raises: ScriptError for any other language."""
    locale_of(language)
    return Wording(
        opening=_OPENING,
        closing=_CLOSING,
        disclosure="Read by an automated voice.",
        correction="Corrected on {date}: {correction}",
        notes_heading="Notes",
        note="Note {number}.",
        footnote="Footnote.",
        quotation="Quotation.",
        end_of_quotation="End of quotation.",
    )


def written_date(day: date, *, language: str) -> str:
    """ "19 May 2025", or in American "May 19, 2025". Raises: ScriptError for any other language."""
    month = MONTHS[day.month - 1]
    if locale_of(language).is_american:
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}"
