"""Floor 2: what listeners want of a show in several languages: each edition leads to all others, and says the truth.

Only shows of the same folder can be looked at both ways; one that lies elsewhere is taken at its word.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model import Directory, EditionSettings, Severity, Show
from pipeline.rules.rule import Confidence, Fault, Rule, Source, rule

_WHERE = "show.toml, editions"
_APPS = (Directory.PODCASTING20,)
_HREFLANG = Source("RFC 8288, section 3.4.1 (hreflang)", "X12", Confidence.STANDARD)
_BOTH_WAYS = Source("Google Search Central, localized versions of a page", "hreflang", Confidence.STANDARD)


class EditionFacts(Struct, frozen=True, kw_only=True):
    """A show, and all other shows of its folder."""

    show: Show
    beside: tuple[Show, ...]

    @property
    def pairs(self) -> tuple[tuple[EditionSettings, Show], ...]:
        """Each edition that lies in the folder, and the show that it is."""
        named = {show.called: show for show in self.beside}
        return tuple((edition, named[edition.show]) for edition in self.show.editions if edition.show in named)


@rule("edition-language", Severity.WARNING, directories=_APPS, source=_HREFLANG)
def _edition_language(facts: EditionFacts) -> Iterator[Fault]:
    for edition, other in facts.pairs:
        if edition.language != other.language:
            yield Fault(
                _WHERE,
                f"“{other.title}” is said to be in {edition.language}, and {other.settings_file} says {other.language}",
                f'set language = "{other.language}" in that table of [[editions]]',
            )


@rule("edition-twice", Severity.WARNING, directories=_APPS, source=_HREFLANG)
def _edition_twice(facts: EditionFacts) -> Iterator[Fault]:
    languages = (facts.show.language, *(edition.language for edition in facts.show.editions))
    for language, count in Counter(languages).items():
        if count > 1:
            yield Fault(_WHERE, f"{count} editions are in {language}", "keep one, or give each its region, as en-GB")


@rule("edition-one-way", Severity.WARNING, directories=_APPS, source=_BOTH_WAYS)
def _edition_one_way(facts: EditionFacts) -> Iterator[Fault]:
    own = facts.show.called
    for _, other in facts.pairs:
        # One that lies elsewhere by its address may be this very show.
        back = {edition.show for edition in other.editions} | {edition.url for edition in other.editions}
        if not back & {own, facts.show.feed_url}:
            table = f'{{language = "{facts.show.language}", show = "{own}"}}'
            yield Fault(
                _WHERE,
                f"“{other.title}” does not lead back to this show",
                f"write into {other.settings_file}: editions = [{table}]",
            )


EDITION_RULES: tuple[Rule[EditionFacts], ...] = (_edition_language, _edition_twice, _edition_one_way)
